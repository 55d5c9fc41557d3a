import Foundation
import MutualCore
import MutualCrypto
import Testing

@testable import MutualStore

/// Cuts a run at its n-th step.
final class Cutter {
    private(set) var steps = 0
    let at: Int
    init(at: Int) { self.at = at }

    func step() throws(JournalFault) {
        steps += 1
        if steps == at { throw JournalFault("cut") }
    }
}

@Suite struct WipeTests {
    private let others = ["mutual.toml", "mutuald.log"]

    /// A home with a vault, an item, and files of a daemon and of somebody else.
    private func home() throws -> (folder: Folder, vault: [UInt8], keys: [UInt8]) {
        let folder = try Folder()
        let files = DirectoryHome(path: folder.path)
        var entropy = Seeded("wipe")
        let vault = try Vault.create(in: files, entropy: &entropy)
        let store = try Store(files: files, storeKey: vault.storeKey, entropy: Seeded("store"))
        let row = try list(1, in: store, name: "Birch")
        _ = try insert(item(1, row, mine: true), "words", in: store)
        for name in others + [".text-abc123", "mine.txt"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
        }
        let contents = try folder.contents()
        #expect(contents["mutual.db-wal"]?.isEmpty == false)
        return (folder, try #require(contents["vault"]), try #require(contents["keys"]))
    }

    private func wipe(_ folder: Folder, _ cutter: Cutter? = nil) -> Wipe {
        Wipe(path: folder.path, others: others, beginnings: [".text-"]) { () throws(JournalFault) in
            try cutter?.step()
        }
    }

    private func all(_ wipe: Wipe) throws {
        try wipe.begin(.wipe)
        try wipe.run(.wipe)
        try wipe.finish()
    }

    @Test func nothingOfMutualIsLeftAndNothingElseIsTouched() throws {
        let (folder, _, _) = try home()
        try all(wipe(folder))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.txt"])
        #expect(try Wipe.unfinished(in: folder.path) == nil)
        // Once more is no fault.
        try all(wipe(folder))
    }

    @Test func cutAnywhereItGoesOn() throws {
        let count = try { () throws -> Int in
            let (folder, _, _) = try home()
            let counter = Cutter(at: 0)
            try all(wipe(folder, counter))
            return counter.steps
        }()
        #expect(count > 12)
        for at in 1...count {
            let (folder, vault, keys) = try home()
            let fault = #expect(throws: JournalFault.self) { try all(wipe(folder, Cutter(at: at))) }
            #expect(fault?.reason == "cut")
            let left = try folder.contents()
            if at > 1 && at < count { #expect(try Wipe.unfinished(in: folder.path) == .wipe, "\(at)") }
            // As soon as anything but a key file is gone, the keys are gone, too.
            if left["mutual.db"] == nil {
                #expect(left["vault"] == nil && left["keys"] == nil)
                #expect(!left.values.contains { $0.contains(vault) || $0.contains(keys) })
            }
            let again = wipe(folder)
            try again.run(.wipe)
            try again.finish()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["mine.txt"], "\(at)")
        }
    }

    /// The bytes of vault and keys are overwritten where they stand, before the names go: somebody else's link to the
    /// same file shows it.
    @Test func keysAreOverwrittenInPlace() throws {
        let (folder, vault, keys) = try home()
        let outside = try Folder()
        for name in ["vault", "keys"] {
            try FileManager.default.linkItem(atPath: folder.path + "/" + name, toPath: outside.path + "/" + name)
        }
        try all(wipe(folder))
        let left = try outside.contents()
        #expect(left["vault"]?.count == vault.count)
        #expect(left["keys"]?.count == keys.count)
        for start in stride(from: 0, to: vault.count, by: 16) {
            #expect(left["vault"]?.contains(Array(vault[start..<start + 16])) == false)
        }
        for start in stride(from: 0, to: 80, by: 16) {
            #expect(left["keys"]?.contains(Array(keys[start..<start + 16])) == false)
        }
    }

    @Test func somebodyElsesFileOfThatNameBeginsNothing() throws {
        let (folder, vault, _) = try home()
        try Data("my list".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + Wipe.markName))
        #expect(try Wipe.unfinished(in: folder.path) == nil)
        #expect(try folder.contents()["vault"] == vault)
    }
}
