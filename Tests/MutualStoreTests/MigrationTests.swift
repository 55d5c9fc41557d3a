import Foundation
import GRDB
import MutualCore
import MutualCrypto
import MutualWire
import Testing

@testable import MutualStore

/// Homes that released versions wrote, one for each schema, in Tests/Fixtures; and steps to a later schema that fail.
@Suite struct MigrationTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    private static func fixture(_ schema: Int32) -> URL { fixtures.appending(path: "schema-\(schema)") }

    private static let versions = Array(1...Schema.version)
    private static let isMaking = ProcessInfo.processInfo.environment["MUTUAL_MAKE_FIXTURE"] == "1"

    /// A copy of a fixture, to be opened.
    private func copy(_ schema: Int32) throws -> Folder {
        let folder = try Folder()
        for name in ["vault", "keys", "mutual.db"] {
            let from = Self.fixture(schema).appending(path: name)
            try #require(
                FileManager.default.fileExists(atPath: from.path),
                "schema \(schema) has no fixture: make it with scripts/fixture, and keep it for ever")
            try FileManager.default.copyItem(atPath: from.path, toPath: folder.path + "/" + name)
        }
        return folder
    }

    private func open(_ folder: Folder) throws -> Store {
        let files = DirectoryHome(path: folder.path)
        var entropy = Seeded("later")
        let vault = try Vault.open(in: files, entropy: &entropy)
        return try Store(files: files, storeKey: vault.storeKey, entropy: Seeded("later still"))
    }

    /// Adds a step for the time of a call.
    private func with<R>(_ steps: [String], _ body: () throws -> R) rethrows -> R {
        let later = steps.enumerated().map { Schema.Migration(name: "later \($0)", sql: $1) }
        return try Schema.$migrations.withValue(Schema.migrations + later, operation: body)
    }

    // MARK: every released schema

    @Test(.enabled(if: !isMaking), arguments: versions)
    func aStoreOfAnEarlierSchemaOpens(_ schema: Int32) throws {
        let folder = try copy(schema)
        let store = try open(folder)
        #expect(try store.pragma("user_version") == String(Schema.version))
        try Past.check(store)
        // It can be written, and a Node lives in it.
        let row = try #require(try store.peopleList().first).row
        try insert(item(900, row, mine: true, lifeMs: 30 * dayMs), "written now", in: store)
        let identity = Identity(seed: Past.seed)
        try store.turn { journal throws(JournalFault) in
            var node = try Node(
                identity, firstDial: 1, at: Instant(wallMs: startMs + dayMs, monotonicMs: 5), from: journal)
            var entropy = Seeded("node")
            _ = try node.turn(
                [.deadlineReached], at: Instant(wallMs: startMs + dayMs, monotonicMs: 5), drawing: &entropy, in: journal
            )
        }
        try store.close()
        let again = try open(folder)
        #expect(try again.itemDetail(ItemRow(Past.lastRow + 1), nowMs: startMs)?.content == Array("written now".utf8))
    }

    @Test(.enabled(if: !isMaking), arguments: versions)
    func aFixtureIsSmall(_ schema: Int32) throws {
        let sizes = try copy(schema).contents().values.map(\.count)
        #expect(sizes.reduce(0, +) <= 1 << 20)
    }

    /// Run by scripts/fixture, once for a schema that is about to be released.
    @Test(.enabled(if: isMaking)) func makeTheFixtureOfThisSchema() throws {
        let place = Self.fixture(Schema.version)
        try #require(!FileManager.default.fileExists(atPath: place.path), "a fixture is never made anew")
        let folder = try Folder()
        let files = DirectoryHome(path: folder.path)
        var entropy = PastEntropy()
        let vault = try Vault.create(in: files, entropy: &entropy)
        let store = try Store(files: files, storeKey: vault.storeKey, entropy: Seeded("past"))
        try Past.fill(store)
        try store.housekeeping()
        try store.close()
        try Past.check(try open(folder))
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for name in ["vault", "keys", "mutual.db"] {
            try FileManager.default.copyItem(atPath: folder.path + "/" + name, toPath: place.path + "/" + name)
        }
    }

    // MARK: steps that fail

    @Test(
        .enabled(if: !isMaking),
        arguments: [
            // Statements that fail after others that did something.
            (["ALTER TABLE person ADD COLUMN later BLOB; DELETE FROM event; SELECT later FROM nothing"], "damaged"),
            (["UPDATE item SET kept = 1 - kept; UPDATE item SET size = 'long'"], "damaged"),
            // The second of two steps.
            (["CREATE TABLE later (row INTEGER) STRICT; DELETE FROM setting", "CREATE TABLE later (a)"], "damaged"),
            // What is only found out at the end.
            (["PRAGMA defer_foreign_keys = ON; DELETE FROM person"], "damaged"),
            // A disk that is full.
            (
                ["PRAGMA max_page_count = 64; CREATE TABLE later (a); INSERT INTO later VALUES (zeroblob(4000000))"],
                "disk-full"
            ),
        ])
    func aStepThatFailsLeavesTheStoreAsItWas(_ steps: [String], _ reason: String) throws {
        let folder = try copy(Schema.version)
        let before = try folder.contents()
        for _ in 0..<2 {
            let error = #expect(throws: JournalFault.self) { try with(steps) { try open(folder) } }
            #expect(error?.reason == reason)
            #expect(try folder.contents() == before)
        }
        let store = try open(folder)
        #expect(try store.pragma("user_version") == String(Schema.version))
        try Past.check(store)
    }

    @Test(.enabled(if: !isMaking)) func aStepThatIsDoneIsDoneOnce() throws {
        let folder = try copy(Schema.version)
        let steps = ["ALTER TABLE person ADD COLUMN later BLOB", "CREATE TABLE later (row INTEGER) STRICT"]
        for _ in 0..<2 {
            try with(steps) {
                let store = try open(folder)
                #expect(try store.pragma("user_version") == String(Schema.version))
                try Past.check(store)
                try store.close()
            }
        }
        // The program of today finds a store of tomorrow, and leaves it alone.
        let before = try folder.contents()
        let error = #expect(throws: JournalFault.self) { try open(folder) }
        #expect(error?.reason == "newer-version")
        #expect(try folder.contents() == before)
    }
}
