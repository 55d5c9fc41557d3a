import Foundation
import GRDB
import MutualCore
import MutualCrypto
import MutualWire
import Testing

@testable import MutualStore

/// A Node over a real home in a folder, with an invented clock and no network.
private final class Solo {
    private final class Box {
        var node: Node
        init(_ node: consuming Node) { self.node = node }
    }

    let path: String
    let vault: Vault
    private(set) var store: Store
    private let box: Box
    private(set) var nowMs: Int64 = 1_000_000
    private var deadlineMs: Int64 = 0
    private var requests: UInt64 = 0
    static let wallAtZeroMs: Int64 = 1_790_000_000_000

    init() throws {
        path = NSTemporaryDirectory() + "mutual-solo-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let files = DirectoryHome(path: path)
        var entropy = Chance()
        vault = try Vault.create(in: files, entropy: &entropy)
        let store = try Store(files: files, storeKey: vault.storeKey, entropy: Chance())
        self.store = store
        let identity = Identity(seed: vault.seed)
        let now = Instant(wallMs: Self.wallAtZeroMs + 1_000_000, monotonicMs: 1_000_000)
        box = try store.turn { journal throws(JournalFault) in
            Box(try Node(identity, firstDial: 1, at: now, from: journal))
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var wallMs: Int64 { Self.wallAtZeroMs + nowMs }

    @discardableResult
    private func turn(_ inputs: [Input]) throws -> [Effect] {
        let box = box
        let now = Instant(wallMs: wallMs, monotonicMs: nowMs)
        var entropy = Chance()
        let outcome = try store.turn { journal throws(JournalFault) in
            try box.node.turn(inputs, at: now, drawing: &entropy, in: journal)
        }
        deadlineMs = outcome.nextDeadlineMs
        return outcome.effects
    }

    @discardableResult
    func ask(_ call: Call) throws -> Reply {
        requests += 1
        for case .answer(_, let result) in try turn([.requestReceived(RequestID(requests), Request(call))]) {
            return try result.get()
        }
        throw JournalFault("unanswered")
    }

    /// Lets time pass as it does: from deadline to deadline.
    func pass(_ ms: Int64) throws {
        let end = nowMs + ms
        while deadlineMs < end {
            nowMs = max(nowMs + 1, deadlineMs)
            try turn([.deadlineReached])
        }
        nowMs = end
        try turn([.deadlineReached])
    }

    /// All sealed columns of a table, as they stand in the rows now.
    func sealed(_ sql: String) throws -> [[UInt8]] {
        try store.turn { journal throws(JournalFault) in
            var found: [[UInt8]] = []
            for row in try journal.rows(sql) {
                for index in 0..<row.count {
                    if let blob = try row.optionalBlob(index) { found.append(blob) }
                }
            }
            return found
        }
    }

    /// In which files these bytes stand, whole or as a beginning of 24 bytes (a nonce), or any later 32 of them.
    func places(of sealed: [UInt8]) throws -> [String] {
        var found: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
            guard let data = FileManager.default.contents(atPath: path + "/" + name) else { continue }
            let parts = stride(from: 0, to: max(1, sealed.count - 23), by: 24).map {
                Data(sealed[$0..<min(sealed.count, $0 + 24)])
            }
            if parts.contains(where: { data.range(of: $0) != nil }) { found.append(name) }
        }
        return found
    }
}

/// Erased means erased: the store key is at hand, and every file is searched for the very bytes that were sealed
/// `[storage-15]` `[storage-16]` `[storage-17]`.
@Suite struct ErasureTests {
    private static let other = Identity(seed: SecretBytes(count: 32) { $0[0] = 7 })

    private func home() throws -> Solo {
        let solo = try Solo()
        try solo.ask(.peopleAdd(id: IdentityText.encode(Self.other.publicKey.bytes), name: "Birch"))
        return solo
    }

    private func give(_ solo: Solo, _ text: String, lifeS: Int64 = 600) throws -> GivenItem {
        var give = Give(.note(text: text, want: nil))
        give.to = ["birch"]
        give.lifeS = lifeS
        guard case .given(let items) = try solo.ask(.itemGive(give)), let item = items.first else {
            throw JournalFault("no item")
        }
        return item
    }

    private func receive(_ solo: Solo, _ text: String, lifeMs: Int64) throws {
        try solo.store.turn { journal throws(JournalFault) in
            let person = try journal.people()[0].row
            let id = ItemID([UInt8](repeating: 9, count: 16))
            guard let id else { throw JournalFault("id") }
            _ = try journal.insert(
                ItemRecord(
                    row: ItemRow(0), person: person, mine: false, id: id, handle: "", kind: 16, re: nil, want: nil,
                    madeMs: solo.wallMs, storedMs: solo.wallMs, expiresMs: solo.wallMs + lifeMs),
                content: Array(text.utf8))
        }
    }

    private static let texts = "SELECT text, key FROM item ORDER BY row"

    @Test func afterItsLifeNothingIsLeft() throws {
        let solo = try home()
        _ = try give(solo, "quiet words")
        _ = try give(solo, "words that stay", lifeS: 86_400)
        try receive(solo, "their quiet words", lifeMs: 600_000)
        let sealed = try solo.sealed(Self.texts)
        let whole = try solo.sealed("SELECT record FROM item WHERE mine = 1 ORDER BY row")
        let slots = try #require(FileManager.default.contents(atPath: solo.path + "/keys"))
        #expect(sealed.count == 6)
        for blob in sealed { #expect(try !solo.places(of: blob).isEmpty) }
        try solo.pass(2 * 3_600_000)
        try solo.store.housekeeping()
        let kept = Set(try solo.sealed(Self.texts))
        #expect(kept.count == 2)
        for blob in sealed where !kept.contains(blob) { #expect(try solo.places(of: blob).isEmpty) }
        // What never left leaves no trace at all.
        #expect(try solo.places(of: whole[0]).isEmpty)
        #expect(try !solo.places(of: whole[1]).isEmpty)
        // The key of the hour that is over is not the one that lies there now.
        let now = try #require(FileManager.default.contents(atPath: solo.path + "/keys"))
        let changed = stride(from: 0, to: slots.count, by: 128).filter { slots[$0..<$0 + 128] != now[$0..<$0 + 128] }
        #expect(changed.count >= 1)
        #expect(try solo.store.outbox(limit: 9, nowMs: solo.wallMs).count == 1)
    }

    @Test func whatIsTakenBackIsGoneAtOnce() throws {
        let solo = try home()
        let item = try give(solo, "quiet words", lifeS: 86_400)
        _ = try give(solo, "words that stay", lifeS: 86_400)
        let sealed = try solo.sealed(Self.texts)
        let keys = try #require(FileManager.default.contents(atPath: solo.path + "/keys"))
        _ = try solo.ask(.itemRetract(item: item.id.text, everywhere: false))
        // Before any housekeeping: the key that wraps it is overwritten, so an old page holds nothing that opens.
        let after = try #require(FileManager.default.contents(atPath: solo.path + "/keys"))
        #expect(after.range(of: keys[0..<128]) == nil)
        try solo.store.housekeeping()
        let kept = Set(try solo.sealed(Self.texts))
        // The other one's key was wrapped anew; its text is as it was.
        #expect(kept.contains(sealed[2]) && !kept.contains(sealed[3]))
        for blob in sealed where !kept.contains(blob) { #expect(try solo.places(of: blob).isEmpty) }
        #expect(
            try solo.store.outbox(limit: 9, nowMs: solo.wallMs).compactMap(\.content).contains {
                $0.contains(Array("words that stay".utf8))
            })
    }

    @Test func namesAndKeysGoWithThePerson() throws {
        let solo = try home()
        let sealed = try solo.sealed("SELECT id, record FROM person")
        try solo.ask(.peopleRename(who: "birch", name: "Birchfield"))
        try solo.store.housekeeping()
        // The record before the new name is gone, too.
        #expect(try solo.places(of: sealed[1]).isEmpty)
        _ = try give(solo, "quiet words")
        let renamed = try solo.sealed("SELECT id, record, sent, held FROM person")
        let items = try solo.sealed("SELECT text, key, record FROM item")
        for blob in renamed + items { #expect(try !solo.places(of: blob).isEmpty) }
        try solo.ask(.peopleRemove(who: "birchfield"))
        try solo.pass(2 * 3_600_000)
        try solo.store.housekeeping()
        for blob in sealed + renamed + items.prefix(2) { #expect(try solo.places(of: blob).isEmpty) }
        #expect(try solo.store.peopleList().isEmpty)
    }

    /// Nothing is found in the open at any time, whatever is sealed.
    @Test func nothingStandsInTheOpen() throws {
        let solo = try home()
        let item = try give(solo, "quiet words")
        let needles = [
            Array("quiet words".utf8), Array("Birch".utf8), Self.other.publicKey.bytes, item.id.bytes,
            Array(item.id.text.utf8), vaultBytes(solo.vault.seed), vaultBytes(solo.vault.storeKey),
        ]
        for name in try FileManager.default.contentsOfDirectory(atPath: solo.path) {
            let data = try #require(FileManager.default.contents(atPath: solo.path + "/" + name))
            for (index, needle) in needles.enumerated() {
                #expect(data.range(of: Data(needle)) == nil, "\(index) in \(name)")
            }
        }
    }

    private func vaultBytes(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }
}
