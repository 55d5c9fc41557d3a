import GRDB
import MutualCore
import MutualCrypto

/// Looks through the database of a home by a connection that cannot write, before anything is written: what is refused
/// stays as it was found, SQLite's log included, which the end of a connection that can write would cut.
///
/// Every sealed column is opened. What passes can be read by turns and queries; what does not is damaged now, and not
/// in the middle of a turn.
struct Examination {
    private let db: Database
    private let sealer: Sealer
    private let buckets: BucketKeys

    /// Examines the file at `path`; false where SQLite has to write before it can read (the very first transaction was
    /// cut off), so that nothing was looked at. Throws `newer-version`, `damaged`, or `unmade` when a setting of this
    /// name is not there.
    static func passes(
        path: String, files: any HomeFiles, sealer: Sealer, expecting setting: String?
    ) throws(JournalFault) -> Bool {
        var configuration = Configuration()
        configuration.label = "mutual-examination"
        configuration.readonly = true
        configuration.prepareDatabase { db in
            for pragma in ["temp_store = MEMORY", "cell_size_check = ON"] {
                _ = try Row.fetchAll(db, sql: "PRAGMA " + pragma)
            }
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // A store of an older version is looked through after its migration only.
            try queue.unsafeRead { db in
                let present = try Schema.check(db)
                try Store.checkIntegrity(db)
                guard present == Schema.version else {
                    if present == 0, setting != nil { throw JournalFault("unmade") }
                    return
                }
                try examine(db, files, sealer, expecting: setting)
            }
            try queue.close()
            return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            return false
        } catch {
            throw JournalFault(wrapping: error)
        }
    }

    private static func examine(
        _ db: Database, _ files: any HomeFiles, _ sealer: Sealer, expecting setting: String?
    ) throws {
        var isThere = setting == nil
        let twin = setting.map { sealer.twin(Array($0.utf8), "setting", "name") }
        try each(db, "SELECT row, name, value FROM setting") { row in
            _ = try sealer.open(try row.blob(2), "setting", "value", row: try row.int(0))
            if try row.blob(1) == twin { isThere = true }
        }
        guard isThere else { throw JournalFault("unmade") }
        let buckets = try BucketKeys(files: files, sealer: sealer, mayWrite: false) { _ in true }
        let examination = Examination(db: db, sealer: sealer, buckets: buckets)
        try examination.people()
        try examination.items()
        try examination.rest()
    }

    private static func each(_ db: Database, _ sql: String, _ body: (Row) throws -> Void) throws {
        let cursor = try Row.fetchCursor(db, sql: sql)
        while let row = try cursor.next() { try body(row) }
    }

    private func people() throws {
        try Self.each(db, "SELECT row, standing, record, sent, held FROM person") { row in
            let (number, standing) = (try row.int(0), try row.int(1))
            let inside = try sealer.open(try row.blob(2), "person", "record", row: number)
            if standing == PersonColumns.goneStanding {
                _ = try PersonColumns.name(inside)
                return
            }
            _ = try PersonColumns.unpack(inside, row: number, standing: standing)
            _ = try PersonColumns.outLog(try sealer.open(try row.blob(3), "person", "sent", row: number))
            _ = try PersonColumns.inLogs(try sealer.open(try row.blob(4), "person", "held", row: number))
        }
    }

    /// Also the texts, which a turn would need to give them, and what stands with an item and stays here.
    private func items() throws {
        try Self.each(db, "SELECT \(ItemColumns.list), key, text, own FROM item") { row in
            let item = try ItemColumns.read(row, sealer)
            guard let slot = item.entry.slot else { return }
            let number = item.record.row.number
            let (wrapped, text) = (try row.blob(10), try row.blob(11))
            let keyAD = sealer.associated("item", "key", row: number)
            let textAD = sealer.associated("item", "text", row: number)
            let own = row.hasNull(atIndex: 12) ? nil : try row.blob(12)
            let ownAD = sealer.associated("item", "own", row: number)
            let bucket = try buckets.key(inSlot: slot)
            try JournalFault.opening { () throws(CryptoError) in
                try bucket.withItemKey(wrapped: wrapped, ad: keyAD) { key throws(CryptoError) in
                    _ = try key.open(text, ad: textAD)
                    if let own { _ = try key.open(own, ad: ownAD) }
                }
            }
        }
    }

    private func rest() throws {
        try Self.each(db, "SELECT row, body FROM event") { row in
            let number = try row.int(0)
            _ = try EventColumns.unpack(
                try sealer.open(try row.blob(1), "event", "body", row: number), seq: number)
        }
        try Self.each(db, "SELECT row, record FROM idempotency") { row in
            _ = try sealer.open(try row.blob(1), "idempotency", "record", row: try row.int(0))
        }
        guard let clock = try Row.fetchOne(db, sql: "SELECT running FROM clock WHERE one = 1") else {
            throw JournalFault.damaged
        }
        _ = try clock.runningMs(0)
        for table in Store.numberedTables { _ = try Store.lastRow(db, table) }
    }
}

extension Row {
    /// Running time in milliseconds: what no machine has run for is damage.
    func runningMs(_ index: Int) throws(JournalFault) -> Int64 {
        let value = try int(index)
        guard 0..<1 << 52 ~= value else { throw .damaged }
        return value
    }
}
