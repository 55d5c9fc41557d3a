import Foundation
import GRDB
import MutualCore
import MutualCrypto

import MutualWire
import Testing

@testable import MutualStore

/// Opens the database file as anybody could.
private func withDatabase<R>(_ folder: Folder, _ body: (Database) throws -> R) throws -> R {
    let queue = try DatabaseQueue(path: folder.path + "/mutual.db")
    return try queue.writeWithoutTransaction(body)
}

@Suite struct TurnTests {
    @Test func aTurnWithoutWritesCommitsNothing() throws {
        let folder = try Folder()
        let store = try folder.open()
        let row = try list(1, in: store)
        let stored = try insert(item(1, row, mine: true), in: store)
        let count = store.commitCount
        let before = try folder.contents()
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.people().count == 1)
            #expect(try journal.content(stored.row) != nil)
            // What says the same as before is no write.
            try journal.update(stored)
            try journal.update(try journal.people()[0])
            try journal.setOutLog(try journal.outLog(row), of: row)
            try journal.setInLogs(try journal.inLogs(row), of: row)
            try journal.setSetting("none", nil)
        }
        #expect(store.commitCount == count)
        let after = try folder.contents()
        #expect(after.filter { $0.key != "mutual.db-shm" } == before.filter { $0.key != "mutual.db-shm" })
        try insert(item(2, row, mine: true), in: store)
        #expect(store.commitCount == count + 1)
    }

    @Test func aFailedTurnLeavesNothing() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        let kept = try insert(item(1, row, mine: true), in: store)
        #expect(throws: JournalFault.self) {
            try store.turn { journal throws(JournalFault) in
                _ = try journal.insert(item(2, row, mine: false, lifeMs: 1), content: [1])
                try journal.eraseContent(kept.row)
                try journal.setSetting("name", [7])
                _ = try journal.append(EventBody(.itemArrived), atMs: startMs)
                var log = try journal.outLog(row)
                log.next = 5
                try journal.setOutLog(log, of: row)
                try journal.unlist(row)
                _ = try journal.list(person(2), out: OutLog(log: logID(2)))
                throw JournalFault("io")
            }
        }
        for store in [store, try world.open()] {
            #expect(try store.peopleList().map(\.key) == [publicKey(1)])
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.content(kept.row) == Array("text".utf8))
                #expect(try journal.item(id: itemID(2), person: row, mine: false) == nil)
                #expect(try journal.items(beginning: itemID(2).text, limit: 9).isEmpty)
                #expect(try journal.items(beginning: itemID(1).text, limit: 9).map(\.row) == [kept.row])
                #expect(try !journal.isTaken(itemID(2), person: row))
                #expect(try journal.nextExpiryMs() == kept.expiresMs)
                #expect(try journal.unopened(atMs: startMs, limit: 9).isEmpty)
                #expect(try journal.unnumbered(row, after: nil, limit: 9).map(\.row) == [kept.row])
                #expect(try journal.outLog(row) == OutLog(log: logID(1)))
                #expect(try journal.setting("name") == nil)
                #expect(try journal.lastEvent() == 0)
            }
        }
        // The number of the row that was not kept is given again, and nothing is in the way.
        #expect(try insert(item(2, row, mine: false), in: store).row.number == kept.row.number + 1)
    }

    @Test func aCommitThatFailsLeavesNothing() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        let first = try insert(item(1, row, mine: true), in: store)
        for calls in 0..<3 {
            (world.home.fault, world.home.callsBeforeFault) = (JournalFault("disk-full"), calls)
            let error = #expect(throws: JournalFault.self) {
                // Another hour: a slot is written and synced before the commit.
                try insert(item(2, row, mine: true, lifeMs: Int64(calls + 3) * dayMs), in: store)
            }
            #expect(error?.reason == "disk-full")
            world.home.fault = nil
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.unnumbered(row, after: nil, limit: 9).map(\.row) == [first.row])
            }
        }
        #expect(try insert(item(2, row, mine: true), in: store).row.number == first.row.number + 1)
    }

    @Test func theJournalIsOfNoUseAfterItsTurn() throws {
        let store = try World().open()
        let journal = try store.turn { journal throws(JournalFault) in journal }
        #expect(throws: JournalFault.self) { try journal.setSetting("name", [1]) }
    }

    @Test func aTurnSeesItsOwnWrites() throws {
        let store = try World().open()
        try store.turn { journal throws(JournalFault) in
            let row = try journal.list(person(1), out: OutLog(log: logID(1)))
            let stored = try journal.insert(item(1, row, mine: true), content: [1, 2])
            #expect(try journal.content(stored.row) == [1, 2])
            #expect(try journal.items(beginning: stored.handle, limit: 1) == [stored])
            #expect(try journal.append(EventBody(.personMutual), atMs: 5).seq == 1)
            #expect(try journal.lastEvent() == 1)
            // A reading query on the same connection.
            #expect(try store.peopleList().count == 1)
        }
    }
}

@Suite struct OpeningTests {
    @Test func pragmasAreWhatTheyWereSetTo() throws {
        let folder = try Folder()
        let store = try folder.open()
        #expect(try store.pragma("synchronous") == "2")
        #expect(try store.pragma("journal_mode") == "wal")
        #expect(try store.pragma("secure_delete") == "1")
        #expect(try store.pragma("temp_store") == "2")
        #expect(try store.pragma("foreign_keys") == "1")
        #expect(try store.pragma("user_version") == String(Schema.version))
        #expect(try store.pragma("quick_check") == "ok")
        let strict = try withDatabase(folder) { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM pragma_table_list
                    WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'
                    """)
        }
        #expect(strict == 0)
    }

    @Test func filesArePrivate() throws {
        let folder = try Folder()
        let store = try folder.open()
        let row = try list(1, in: store)
        try insert(item(1, row, mine: true), in: store)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func aCrashBetweenTwoTurnsLosesNothing() throws {
        let (folder, copy) = (try Folder(), try Folder())
        let store = try folder.open()
        let row = try list(1, in: store)
        let stored = try insert(item(1, row, mine: true), "before the crash", in: store)
        for (name, data) in try folder.contents() {
            try Data(data).write(to: URL(fileURLWithPath: copy.path + "/" + name))
        }
        let after = try copy.open("b")
        #expect(try after.itemDetail(stored.row, nowMs: startMs)?.content == Array("before the crash".utf8))
        #expect(try after.peopleList().count == 1)
        try insert(item(2, row, mine: true), in: after)
    }

    @Test func aNewerStoreIsRefusedUntouched() throws {
        let folder = try Folder()
        do {
            let store = try folder.open()
            let row = try list(1, in: store)
            try insert(item(1, row, mine: true), in: store)
            try store.close()
        }
        try withDatabase(folder) { db in
            try db.execute(sql: "CREATE TABLE later (row INTEGER) STRICT; PRAGMA user_version = \(Schema.version + 1)")
        }
        let before = try folder.contents()
        let error = #expect(throws: JournalFault.self) { try folder.open() }
        #expect(error?.reason == "newer-version")
        #expect(try folder.contents() == before)
    }

    /// The newer program died before its log was cut: the version stands in the log alone.
    @Test func aNewerStoreWithAnOpenLogIsRefused() throws {
        let (folder, copy) = (try Folder(), try Folder())
        let store = try folder.open()
        try withExtendedLifetime(store) {
            let queue = try DatabaseQueue(path: folder.path + "/mutual.db")
            try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA user_version = \(Schema.version + 1)")
            }
            for (name, data) in try folder.contents() {
                try Data(data).write(to: URL(fileURLWithPath: copy.path + "/" + name))
            }
        }
        let before = try copy.lasting()
        #expect(!(before["mutual.db-wal"] ?? []).isEmpty)
        for _ in 0..<2 {
            let error = #expect(throws: JournalFault.self) { try copy.open() }
            #expect(error?.reason == "newer-version")
        }
        #expect(try copy.lasting() == before)
    }

    /// A home that was in use has its settings: a store without them is one that was lost, and none is made in its place.
    @Test func aStoreThatIsGoneIsNotMadeAnew() throws {
        func open(_ folder: Folder, _ setting: String?) throws -> Store {
            try Store(
                files: DirectoryHome(path: folder.path), storeKey: storeKey(), entropy: Seeded("a"),
                expecting: setting)
        }
        let folder = try Folder()
        for isThere in [false, true] {
            if isThere { try Data().write(to: URL(fileURLWithPath: folder.path + "/mutual.db")) }
            let before = try folder.contents()
            let error = #expect(throws: JournalFault.self) { try open(folder, "name") }
            #expect(error?.reason == "unmade")
            #expect(try folder.contents() == before)
        }
        do {
            let store = try open(folder, nil)
            let row = try list(1, in: store)
            try insert(item(1, row, mine: true), in: store)
            try store.close()
        }
        let keys = try folder.contents()["keys"]
        let error = #expect(throws: JournalFault.self) { try open(folder, "name") }
        #expect(error?.reason == "unmade")
        #expect(try folder.contents()["keys"] == keys)
        try open(folder, nil).turn { journal throws(JournalFault) in try journal.setSetting("name", [1]) }
        #expect(try open(folder, "name").peopleList().count == 1)
    }

    @Test func whatIsNoStoreIsDamaged() throws {
        for data in [Data("no database at all".utf8), Data(repeating: 7, count: 8_192)] {
            let folder = try Folder()
            try data.write(to: URL(fileURLWithPath: folder.path + "/mutual.db"))
            let error = #expect(throws: JournalFault.self) { try folder.open() }
            #expect(error?.reason == "damaged")
            #expect(try folder.contents()["mutual.db"] == [UInt8](data))
        }
        let folder = try Folder()
        try withDatabase(folder) { db in try db.execute(sql: "CREATE TABLE theirs (a)") }
        #expect(throws: JournalFault.self) { try folder.open() }
    }

    @Test func anotherStoreKeyOpensNothing() throws {
        let folder = try Folder()
        do {
            let store = try folder.open()
            let row = try list(1, in: store)
            try insert(item(1, row, mine: true), in: store)
            try store.close()
        }
        let error = #expect(throws: JournalFault.self) {
            let store = try Store(
                files: DirectoryHome(path: folder.path), storeKey: storeKey("another"), entropy: Seeded("x"))
            _ = try store.peopleList()
        }
        #expect(error?.reason == "damaged")
    }

    /// Every sealed column of every row, altered in turn, is a fault and never a trap.
    @Test(arguments: [
        "UPDATE person SET record = zeroblob(60)", "UPDATE person SET sent = x'00'", "UPDATE person SET held = x''",
        "UPDATE person SET standing = 77", "UPDATE item SET record = zeroblob(100)", "UPDATE item SET key = x'01'",
        "UPDATE item SET text = zeroblob(41)",
        "UPDATE item SET own = zeroblob(41)", "UPDATE item SET state = 9", "UPDATE item SET slot = -1",
        "UPDATE item SET slot = 99", "UPDATE item SET size = -9223372036854775808", "UPDATE event SET body = x'02'",
        "UPDATE setting SET value = zeroblob(40)", "UPDATE idempotency SET record = zeroblob(99)",
        "UPDATE item SET size = 9223372036854775807", "UPDATE clock SET running = 9223372036854775807",
        "UPDATE clock SET running = -1", "DELETE FROM clock", "UPDATE sqlite_sequence SET seq = 9223372036854775807",
        "UPDATE sqlite_sequence SET seq = 9223372036854775806",
        "UPDATE sqlite_sequence SET seq = -9223372036854775808", "UPDATE sqlite_sequence SET seq = 0",
    ])
    func aDamagedRowIsAFault(_ damage: String) throws {
        let folder = try Folder()
        do {
            let store = try folder.open()
            let row = try list(1, in: store)
            let stored = try insert(item(1, row, mine: true), in: store)
            try store.turn { journal throws(JournalFault) in
                try journal.setOwn([1, 2, 3], of: stored.row)
                _ = try journal.append(EventBody(.itemArrived), atMs: startMs)
                try journal.setSetting("name", [1])
                try journal.remember(IdempotencyKey(key: "k", parameters: [1]), result: [2], atMs: startMs)
            }
            try store.close()
        }
        try withDatabase(folder) { db in
            try db.execute(sql: damage)
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        let before = try folder.lasting()
        let reads: [(Store) throws -> Void] = [
            { _ = try $0.peopleList() }, { _ = try $0.itemDetail(ItemRow(1), nowMs: startMs) },
            { _ = try $0.events(after: 0, limit: 9) }, { _ = try $0.setting("name") },
            { _ = try $0.turn { journal throws(JournalFault) in try journal.outLog(PersonRow(1)) } },
            { _ = try $0.turn { journal throws(JournalFault) in try journal.inLogs(PersonRow(1)) } },
            {
                _ = try $0.turn { journal throws(JournalFault) in
                    try journal.recall(IdempotencyKey(key: "k", parameters: [1]), atMs: startMs)
                }
            },
        ]
        var reasons: [String] = []
        for read in reads {
            do {
                try read(try folder.open())
            } catch let fault as JournalFault {
                reasons.append(fault.reason)
            }
        }
        #expect(reasons == Array(repeating: "damaged", count: reads.count))
        // Keys that no row names would be overwritten, had it been opened.
        #expect(try folder.lasting() == before)
    }

    @Test func aReadOnlyHomeSaysSo() throws {
        // Root may write everywhere but on a file system that is mounted so.
        try #require(FileManager.default.fileExists(atPath: "/sys/kernel"))
        let home = DirectoryHome(path: "/sys/kernel")
        let error = #expect(throws: JournalFault.self) {
            try Store(files: home, storeKey: storeKey(), entropy: Seeded("x"))
        }
        #expect(["read-only", "io"].contains(error?.reason))
    }
}
