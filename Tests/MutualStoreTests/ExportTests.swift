import Foundation
import MutualCore
import MutualCrypto
import Testing

@testable import MutualStore

private struct SystemEntropy: Entropy {
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { SystemRandom.fill(buffer) }
}

@Suite struct ExportTests {
    private let passphrase = secret("correct horse")

    /// A home with people and items, and what it exports to.
    private final class Exported {
        let folder: Folder
        let place: Folder
        let vault: Vault
        let store: Store
        var path: String { place.path + "/home.mutual" }

        init(hasPassphrase: Bool = false, items: Int = 3) throws {
            folder = try Folder()
            place = try Folder()
            let files = DirectoryHome(path: folder.path)
            var entropy = SystemEntropy()
            vault = try Vault.create(in: files, entropy: &entropy)
            if hasPassphrase {
                try vault.change(passphrase: secret("other words"), ops: 1, mem: 8 << 20, in: files, entropy: &entropy)
            }
            store = try Store(files: files, storeKey: vault.storeKey, entropy: SystemEntropy())
            try store.turn { journal throws(JournalFault) in try journal.setSetting("name", Array("Alder".utf8)) }
            let row = try list(1, in: store, name: "Birch")
            for number in 1...items {
                _ = try insert(
                    item(number, row, mine: true, lifeMs: Int64(number) * hourMs), "words \(number)", in: store)
            }
        }

        func write(_ passphrase: SecretBytes) throws {
            var entropy = SystemEntropy()
            let snapshot = try store.snapshot(in: folder.path)
            defer { snapshot.remove() }
            try Export.write(
                Export.Content(
                    seed: vault.seed, storeKey: vault.storeKey, hasPassphrase: vault.hasPassphrase, snapshot: snapshot),
                to: path, passphrase: passphrase, ops: 1, mem: 8 << 20, entropy: &entropy)
        }

        var bytes: [UInt8] { get throws { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } }
    }

    private func texts(_ store: Store) throws -> [String] {
        try store.outbox(limit: 200, nowMs: startMs).compactMap {
            $0.content.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func load(_ path: String, _ folder: Folder, _ passphrase: SecretBytes, _ cutter: Cutter? = nil) throws {
        var entropy = SystemEntropy()
        try Import.run(from: path, into: folder.path, passphrase: passphrase, entropy: &entropy) {
            () throws(JournalFault) in try cutter?.step()
        }
    }

    @Test(arguments: [1, 400]) func aHomeComesOverWhole(_ items: Int) throws {
        let old = try Exported(items: items)
        try old.write(passphrase)
        #expect(try old.folder.contents()["snapshot.db"] == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: old.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        if items > 1 { #expect(try old.bytes.count > 2 * 65_536) }
        // While the old one goes on, nothing of it moves.
        let row = try old.store.peopleList()[0].row
        _ = try insert(item(items + 1, row, mine: true), "later", in: old.store)

        let folder = try Folder()
        try load(old.path, folder, passphrase)
        var entropy = SystemEntropy()
        let files = DirectoryHome(path: folder.path)
        let vault = try Vault.open(in: files, entropy: &entropy)
        #expect(vault.seed.exposed == old.vault.seed.exposed)
        #expect(vault.storeKey.exposed == old.vault.storeKey.exposed)
        let store = try Store(files: files, storeKey: vault.storeKey, entropy: SystemEntropy())
        #expect(try store.peopleList().map(\.name) == ["Birch"])
        #expect(try texts(store).count == min(items, 200))
        #expect(try !texts(store).contains("later"))
        #expect(
            Set(try folder.contents().keys).isSubset(of: [
                "vault", "keys", "mutual.db", "mutual.db-wal", "mutual.db-shm",
            ]))
        for name in try folder.contents().keys {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func whatWasErasedDoesNotComeOver() throws {
        let old = try Exported()
        let rows = try old.store.outbox(limit: 9, nowMs: startMs).map(\.record.row)
        let before = try old.store.turn { journal throws(JournalFault) in
            try journal.row("SELECT text FROM item WHERE row = ?", [rows[0].number])?.blob(0)
        }
        try old.store.turn { journal throws(JournalFault) in try journal.eraseContent(rows[0]) }
        let snapshot = try old.store.snapshot(in: old.folder.path)
        defer { snapshot.remove() }
        let copy = [UInt8](try Data(contentsOf: URL(fileURLWithPath: snapshot.path)))
        #expect(!copy.contains(try #require(before)))
        try old.write(passphrase)
        let folder = try Folder()
        try load(old.path, folder, passphrase)
        let store = try Store(
            files: DirectoryHome(path: folder.path), storeKey: old.vault.storeKey, entropy: SystemEntropy())
        #expect(try texts(store).sorted() == ["words 2", "words 3"])
    }

    @Test func aHomeWithAPassphraseOpensWithThatOfTheFile() throws {
        let old = try Exported(hasPassphrase: true)
        try old.write(passphrase)
        let folder = try Folder()
        try load(old.path, folder, passphrase)
        let files = DirectoryHome(path: folder.path)
        #expect(try Vault.isLocked(in: files))
        var entropy = SystemEntropy()
        #expect(throws: VaultError.open) { try Vault.open(in: files, entropy: &entropy) }
        #expect(
            try Vault.open(in: files, passphrase: passphrase, entropy: &entropy).seed.exposed == old.vault.seed.exposed)
    }

    @Test func nothingIsWrittenOverAndNothingReadableIsInIt() throws {
        let old = try Exported()
        try old.write(passphrase)
        let bytes = try old.bytes
        #expect(throws: ExportFault.fileExists) { try old.write(passphrase) }
        #expect(try old.bytes == bytes)
        for needle in [
            old.vault.seed.exposed, old.vault.storeKey.exposed, Array("words".utf8), Array("Birch".utf8),
            Array("SQLite format".utf8), publicKey(1).bytes,
        ] { #expect(!bytes.contains(needle)) }
        #expect(throws: ExportFault.unreadable) {
            var entropy = SystemEntropy()
            let snapshot = try old.store.snapshot(in: old.folder.path)
            defer { snapshot.remove() }
            try Export.write(
                Export.Content(
                    seed: old.vault.seed, storeKey: old.vault.storeKey, hasPassphrase: false, snapshot: snapshot),
                to: old.place.path + "/none/home.mutual", passphrase: passphrase, ops: 1, mem: 8 << 20,
                entropy: &entropy)
        }
    }

    /// What a home that was not made looks like: as it was.
    private func expectEmpty(_ folder: Folder, _ what: String) throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mutual.toml"], "\(what)")
    }

    private func emptyHome() throws -> Folder {
        let folder = try Folder()
        try Data("port = 1".utf8).write(to: URL(fileURLWithPath: folder.path + "/mutual.toml"))
        return folder
    }

    @Test func whatIsCutOrAlteredLeavesNoHalfHome() throws {
        let old = try Exported(items: 200)
        try old.write(passphrase)
        let whole = try old.bytes
        let chunk = 65_536 + 16
        #expect(whole.count > 64 + chunk + 100)
        let folder = try emptyHome()
        func fault(_ bytes: [UInt8], _ passphrase: SecretBytes? = nil) throws -> ExportFault? {
            let path = old.place.path + "/altered"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let fault = #expect(throws: ExportFault.self, "\(bytes.count)") {
                try load(path, folder, passphrase ?? self.passphrase)
            }
            try expectEmpty(folder, "\(bytes.count)")
            return fault
        }
        #expect(try fault(whole, secret("another one")) == .wrongPassphrase)
        #expect(try fault([]) == .notAnExport)
        #expect(try fault(Array("MUTUAL V".utf8) + whole[8...]) == .notAnExport)
        #expect(try fault(Array(whole.prefix(63))) == .damaged)
        #expect(try fault(Array(whole.prefix(64))) == .damaged)
        #expect(try fault(Array(whole.prefix(80))) == .damaged)
        #expect(try fault(Array(whole.prefix(64 + chunk))) == .wrongPassphrase)
        #expect(try fault(Array(whole.prefix(64 + chunk + 16))) == .damaged)
        for end in [64 + chunk + 17, 64 + chunk + 1_000, whole.count - 1, whole.count - 16] {
            #expect(try fault(Array(whole.prefix(end))) == .damaged)
        }
        #expect(try fault(whole + [0]) == .damaged)
        #expect(try fault(whole + whole[(64)...]) == .damaged)
        var later = whole
        later[8] = 2
        #expect(try fault(later) == .newerVersion)
        var costly = whole
        costly[40] = 0xFF
        #expect(try fault(costly) == .damaged)
        var random = Seeded("flips")
        for _ in 0..<40 {
            var altered = whole
            let at = 9 + Int(random.below(UInt64(whole.count - 9)))
            altered[at] ^= UInt8(1 << random.below(8))
            let found = try fault(altered)
            #expect(found == .damaged || (found == .wrongPassphrase && at < 64 + chunk), "\(at)")
        }
        // Chunks that are swapped, or one that is left out.
        var swapped = whole
        swapped.replaceSubrange(64 + chunk..<whole.count, with: whole[64..<64 + whole.count - 64 - chunk])
        #expect(try fault(swapped) == .damaged)
        // And as it is, it is taken.
        try load(old.path, folder, passphrase)
        #expect(Set(try folder.contents().keys).isSuperset(of: ["vault", "keys", "mutual.db"]))
    }

    @Test func cutAtAnyStepItGoesAwayAtTheNextStart() throws {
        let old = try Exported(items: 200)
        try old.write(passphrase)
        let counter = Cutter(at: 0)
        try load(old.path, try emptyHome(), passphrase, counter)
        #expect(counter.steps > 8)
        for at in 1...counter.steps {
            let folder = try emptyHome()
            // A cut that even the taking away does not survive: every step after it fails, too.
            var steps = 0
            var entropy = SystemEntropy()
            #expect(throws: ExportFault.fault("cut")) {
                try Import.run(from: old.path, into: folder.path, passphrase: passphrase, entropy: &entropy) {
                    () throws(JournalFault) in
                    steps += 1
                    if steps >= at { throw JournalFault("cut") }
                }
            }
            guard let what = try Wipe.unfinished(in: folder.path) else {
                // Before it began, or after everything was whole.
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(names == ["mutual.toml"] || names.contains("vault"), "\(at)")
                continue
            }
            #expect(what == .importing)
            let wipe = Wipe(path: folder.path)
            try wipe.run(what)
            try wipe.finish()
            try expectEmpty(folder, "\(at)")
        }
    }

    @Test func aHomeOfSomebodyIsLeftAlone() throws {
        let old = try Exported()
        try old.write(passphrase)
        let other = try Exported()
        let vault = try other.folder.contents()["vault"]
        #expect(throws: ExportFault.homeExists) { try load(old.path, other.folder, passphrase) }
        #expect(try other.folder.contents()["vault"] == vault)
        // Also one whose vault is lost: it may be put back.
        try FileManager.default.removeItem(atPath: other.folder.path + "/vault")
        #expect(throws: ExportFault.homeExists) { try load(old.path, other.folder, passphrase) }
        #expect(try texts(other.store).count == 3)
    }
}
