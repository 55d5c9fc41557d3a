import GRDB
@testable import MutualCore
import MutualCrypto
@testable import MutualStore
import MutualWire

/// A whole store of which the input changes values: open ones, sealed ones (opened, changed, sealed again), the file
/// `keys`. Then it is opened and everything is read: each part is there or damaged.
func fuzzStore(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let world = try FuzzWorld(people: 2)
    try world.fill()
    let sealer = Sealer(storeKey: FuzzWorld.storeKey, entropy: MadeEntropy("changes"))
    guard case .memory(let memory) = world.home.database else { throw Violation("the store is in memory") }
    let queue = try memory.queue(Configuration())
    for _ in 0..<8 where !reader.isAtEnd {
        let column = reader.byte()
        if column == 0xff {
            try world.home.write(reader.string(), to: .keys, at: Int(reader.number16()) % 1_024)
            continue
        }
        let change = Change(column: Column.all[Int(column) % Column.all.count], reader: &reader)
        try queue.writeWithoutTransaction { db in
            do { try change.perform(db, sealer) } catch is DatabaseError {}
        }
    }
    do throws(JournalFault) {
        try world.restart()
        try world.readEverything()
    } catch {
        try hold(error.reason == "damaged", "a store that can't be read is damaged: \(error.reason)")
        return
    }
    do {
        try world.meet()
    } catch let fault as JournalFault {
        try hold(fault.reason == "damaged", "a store that can't be used is damaged: \(fault.reason)")
    } catch {
        // Who changed what was sealed made the Node say what is not so; that it goes on is enough.
    }
}

/// A column that something is changed in.
private struct Column {
    let table: String
    let name: String
    var isSealed = false

    static let all: [Column] =
        [
            ("person", ["row", "standing", "id"], ["record", "sent", "held"]),
            (
                "item",
                [
                    "row", "person", "mine", "state", "opened", "shown", "kept", "hour", "size", "slot", "key", "text",
                ], ["record"]
            ),
            ("taken", ["person", "id", "hour"], []),
            ("seen", ["e", "running"], []),
            ("clock", ["running"], []),
            ("event", ["row", "hour"], ["body"]),
            ("consumer", ["name", "event"], []),
            ("idempotency", ["key", "hour"], ["record"]),
            ("setting", ["name"], ["value"]),
            ("sqlite_sequence", ["seq", "name"], []),
            ("migration", ["name"], []),
        ].flatMap { (table, open, sealed) in
            open.map { Column(table: table, name: $0) }
                + sealed.map { Column(table: table, name: $0, isSealed: true) }
        }
}

/// Another value for one column of one row.
private struct Change {
    private enum Value {
        case integer(Int64)
        case null
        case blob([UInt8])
        /// Bytes put in the place of others: from where, how many go, what comes.
        case splice(at: Int, count: Int, [UInt8])
    }

    let column: Column
    private let row: Int
    private let value: Value

    init(column: Column, reader: inout InputReader) {
        self.column = column
        row = Int(reader.byte())
        switch reader.byte() % 8 {
        case 0...2: value = .integer(Int64(bitPattern: reader.number64()))
        case 3: value = .null
        case 4: value = .blob(reader.string())
        default: value = .splice(at: Int(reader.byte()), count: Int(reader.byte()), reader.string())
        }
    }

    func perform(_ db: Database, _ sealer: Sealer) throws {
        let (table, name) = (column.table, column.name)
        let key = ["taken", "seen", "consumer"].contains(table) ? name : "rowid"
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
        guard count > 0 else { return }
        let found = try Row.fetchOne(
            db, sql: "SELECT \(key), \(name) FROM \(table) ORDER BY \(key) LIMIT 1 OFFSET \(row % count)")
        guard let found else { return }
        let place: DatabaseValue = found[0]
        let new: DatabaseValue
        switch value {
        case .integer(let number): new = number.databaseValue
        case .null: new = .null
        case .blob(let bytes): new = bytes.data.databaseValue
        case .splice(let at, let removed, let bytes):
            guard var old = try? found.blob(1) else { return }
            let number = Int64.fromDatabaseValue(place) ?? 0
            if column.isSealed {
                guard let inside = try? sealer.open(old, table, name, row: number) else { return }
                old = inside
            }
            let start = min(at, old.count)
            old.replaceSubrange(start..<min(start + removed, old.count), with: bytes)
            let result = column.isSealed ? sealer.seal(old, table, name, row: number) : old
            new = result.data.databaseValue
        }
        try db.execute(
            sql: "UPDATE \(table) SET \(name) = ? WHERE \(key) = ?", arguments: [new, place])
    }
}
