import GRDB
public import MutualCore
public import MutualCrypto

/// A database that lives in memory and outlives the `Store` over it, as a file would.
public final class MemoryDatabase {
    private var opened: DatabaseQueue?

    init() {}

    func queue(_ configuration: Configuration) throws -> DatabaseQueue {
        if let opened { return opened }
        let queue = try DatabaseQueue(configuration: configuration)
        opened = queue
        return queue
    }

    /// The same rows in a database of their own, as a copied file would hold them.
    func copy() throws -> MemoryDatabase {
        let copy = MemoryDatabase()
        guard let opened else { return copy }
        try opened.backup(to: try copy.queue(Store.configuration))
        return copy
    }
}

/// The durable truth of one home, on SQLite with sealed columns `[storage]`.
///
/// Belongs to one thread. Everything it keeps in memory is soft: after a turn that failed it is made anew from the
/// rows and the file `keys`, just as after a start.
public final class Store {
    private let files: any HomeFiles
    private let queue: DatabaseQueue
    let sealer: Sealer
    /// The soft part; nil after a failed turn, until it is needed again.
    private var loaded: Loaded?
    /// The connection, while a turn or a reading query is under way.
    private var current: Database?
    /// Where wrapped keys stood that were erased before their time in this turn.
    private var erasedEarly: Set<Int> = []
    /// Slots that a row named before this turn's writes and does not now.
    private var leftSlots: Set<Int> = []
    /// The latest moment that lives were asked to have ended by in this turn.
    var sweepMs = Int64.min

    /// How many transactions were committed since this object was made (migrations not counted).
    public private(set) var commitCount = 0

    /// Whether an erasure waits for SQLite's log to be cut; `housekeeping` is due within a minute.
    public private(set) var needsCheckpoint = false

    /// Soft state that is read from the rows.
    struct Loaded {
        var index = SoftIndex()
        var people: [Int64: PersonRecord] = [:]
        var outLogs: [Int64: OutLog] = [:]
        var inLogs: [Int64: InLogs] = [:]
        var nextRows: [String: Int64] = [:]
        var buckets: BucketKeys
    }

    /// Opens the store of a home, making or migrating it where needed.
    ///
    /// Throws `newer-version`, `damaged` (the files are left as they are), `read-only`, `disk-full` or `io`. With
    /// `expecting` a store that lacks a setting of this name is no new one: `unmade`, and nothing is made. `entropy`
    /// gives nonces, item keys and bucket keys.
    public init(
        files: any HomeFiles, storeKey: SecretBytes, entropy: any Entropy, expecting setting: String? = nil
    ) throws(JournalFault) {
        self.files = files
        sealer = Sealer(storeKey: storeKey, entropy: entropy)
        do throws(JournalFault) {
            let isExamined = try Self.examine(files, sealer, expecting: setting)
            queue = try Self.open(files, isExamined: isExamined)
        } catch {
            throw files.cause(of: error)
        }
        try reading { _ throws(JournalFault) in }
    }

    /// Looks at what is there before anything is written; whether it could be looked through whole.
    private static func examine(
        _ files: any HomeFiles, _ sealer: Sealer, expecting setting: String?
    ) throws(JournalFault) -> Bool {
        guard case .file(let path) = files.database else { return false }
        guard let header = try files.databaseHeader(), !header.isEmpty else {
            if setting != nil { throw JournalFault("unmade") }
            return false
        }
        guard let found = Schema.version(inHeader: header) else { throw .damaged }
        guard found.version <= Schema.version else { throw JournalFault("newer-version") }
        guard found.isOurs || found.version == 0 else { throw .damaged }
        return try Examination.passes(path: path, files: files, sealer: sealer, expecting: setting)
    }

    private static func open(_ files: any HomeFiles, isExamined: Bool) throws(JournalFault) -> DatabaseQueue {
        let queue = try JournalFault.wrap {
            let configuration = configuration
            switch files.database {
            case .file(let path):
                try files.makeDatabaseFile()
                return try DatabaseQueue(path: path, configuration: configuration)
            case .memory(let memory): return try memory.queue(configuration)
            }
        }
        var isFile = false
        if case .file = files.database { isFile = true }
        try JournalFault.wrap {
            try queue.writeWithoutTransaction { db in
                try checkPragmas(db, isFile: isFile)
                try Schema.migrate(db)
                if !isExamined { try checkIntegrity(db) }
            }
        }
        return queue
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "mutual"
        configuration.foreignKeysEnabled = true
        // journalMode stays at its default: `.wal` would set synchronous to NORMAL behind our back.
        configuration.prepareDatabase { db in
            // A row for each of these: fetched, so that a refusal is seen when they are read back.
            for pragma in [
                "journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY",
                "journal_size_limit = 1048576", "cell_size_check = ON", "fullfsync = ON", "checkpoint_fullfsync = ON",
            ] {
                _ = try Row.fetchAll(db, sql: "PRAGMA " + pragma)
            }
        }
        return configuration
    }

    /// What was set is read back: SQLite does not report what it did not take.
    private static func checkPragmas(_ db: Database, isFile: Bool) throws {
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
        guard mode == (isFile ? "wal" : "memory") else { throw JournalFault("io") }
        for (pragma, value) in [("synchronous", 2), ("secure_delete", 1), ("temp_store", 2), ("foreign_keys", 1)] {
            guard try Int.fetchOne(db, sql: "PRAGMA " + pragma) == value else { throw JournalFault("io") }
        }
    }

    static func checkIntegrity(_ db: Database) throws {
        // Not the quick one: it does not hold indexes against their tables, and keys and settings are found by these.
        guard try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") == "ok" else { throw JournalFault.damaged }
        guard try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty else { throw JournalFault.damaged }
    }

    // MARK: turns

    /// Runs one turn in one transaction, durable when this returns; whatever it throws, nothing of it is left.
    ///
    /// A turn that wrote nothing commits nothing. Texts that were erased before their time are beyond reach on the
    /// disk when this returns. If only that fails, the fault is thrown though the rows are committed: the store
    /// then does it before anything else `[storage]`.
    public func turn<R: ~Copyable>(
        _ body: (StoreJournal) throws(JournalFault) -> R
    ) throws(JournalFault) -> R {
        var result: R?
        do {
            try queue.writeWithoutTransaction { db in
                current = db
                // SQLite may have rolled back by itself.
                defer {
                    if db.isInsideTransaction { try? db.rollback() }
                    current = nil
                }
                try load(db)
                erasedEarly = []
                leftSlots = []
                sweepMs = Int64.min
                let before = db.totalChangesCount
                try db.beginTransaction(.immediate)
                result = try body(StoreJournal(store: self))
                guard db.totalChangesCount != before else { return }
                let emptied = try wrapAnew(db)
                try files.willCommit()
                try db.commit()
                commitCount += 1
                try loaded?.buckets.overwrite(emptied)
            }
        } catch {
            loaded = nil
            throw files.cause(of: JournalFault(wrapping: error))
        }
        guard let value = result.take() else { throw JournalFault("io") }
        return value
    }

    /// The file `keys` as it is now.
    func keysFile() throws(JournalFault) -> [UInt8]? { try files.read(.keys) }

    /// Runs a query outside of a turn (or inside one, on the same connection).
    func reading<R>(_ body: (Database) throws(JournalFault) -> R) throws(JournalFault) -> R {
        if let current { return try body(current) }
        do {
            return try queue.writeWithoutTransaction { db in
                current = db
                defer { current = nil }
                try load(db)
                return try body(db)
            }
        } catch {
            throw JournalFault(wrapping: error)
        }
    }

    /// The connection of the turn that is under way; a journal that outlived its turn gets a fault.
    func database() throws(JournalFault) -> Database {
        guard let current else { throw JournalFault("io") }
        return current
    }

    /// The soft part, changed in place.
    func soft<R>(_ body: (inout Loaded) throws(JournalFault) -> R) throws(JournalFault) -> R {
        // Taken out and put back: a copy would copy the whole index at each change.
        guard var taken = loaded.take() else { throw JournalFault("io") }
        defer { loaded = taken }
        return try body(&taken)
    }

    // MARK: erasing

    /// A row no longer names this slot. `early`: its bucket's hour has not come, the key must go now.
    func left(slot: Int, early: Bool) {
        if early { erasedEarly.insert(slot) }
        leftSlots.insert(slot)
        needsCheckpoint = true
    }

    /// A row went or was replaced whose old page SQLite's log may keep.
    func rowsWentAway() { needsCheckpoint = true }

    /// Gives the other rows of a bucket, of which something was erased early, another key; says which slots hold
    /// nothing any more that is needed.
    private func wrapAnew(_ db: Database) throws -> [Int] {
        for slot in erasedEarly.sorted() {
            let rows = try soft { $0.index.rows(inSlot: slot) }
            guard let first = rows.first, let hour = try soft({ $0.index.entry(first)?.hour }) else { continue }
            let buckets = try soft { $0.buckets }
            let fresh = try buckets.makeSlot(ofHour: hour)
            for row in rows {
                _ = try move(row: row, from: slot, toHour: hour)
                try soft { loaded throws(JournalFault) in
                    guard var entry = loaded.index.entry(row) else { throw .damaged }
                    entry.slot = fresh
                    loaded.index.set(row, entry)
                }
            }
        }
        return try soft { loaded in leftSlots.sorted().filter { !loaded.index.isNamed(slot: $0) } }
    }

    /// Cuts SQLite's log when something was erased. Call it within a minute of a turn after which `needsCheckpoint`
    /// holds; it does nothing otherwise.
    public func housekeeping() throws(JournalFault) {
        guard needsCheckpoint else { return }
        try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap { try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            // Busy: somebody else reads the file. It is tried again at the next call.
            if let row, try row.int(0) == 0 { needsCheckpoint = false }
        }
    }

    /// Ends with the log cut and the files closed. The object is of no use afterwards.
    public func close() throws(JournalFault) {
        guard case .file = files.database else { return }
        try JournalFault.wrap { try queue.close() }
    }

    // MARK: loading

    private func load(_ db: Database) throws {
        guard loaded == nil else { return }
        var index = SoftIndex()
        let cursor = try Row.fetchCursor(db, sql: "SELECT \(ItemColumns.list) FROM item ORDER BY row")
        while let row = try cursor.next() {
            let item = try ItemColumns.read(row, sealer)
            index.set(item.record.row.number, item.entry)
        }
        let buckets = try BucketKeys(files: files, sealer: sealer) { index.isNamed(slot: $0) }
        loaded = Loaded(index: index, buckets: buckets)
        for table in Self.numberedTables { loaded?.nextRows[table] = try Self.lastRow(db, table) + 1 }
        // What a crash left in the log is cut soon.
        if case .file = files.database { needsCheckpoint = true }
    }

    /// Tables whose rows get numbers that never come again.
    static let numberedTables = ["person", "item", "event", "idempotency", "setting"]

    /// The last number that a row of this table had.
    static func lastRow(_ db: Database, _ table: String) throws -> Int64 {
        let last = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table])
        let highest = try Int64.fetchOne(db, sql: "SELECT max(row) FROM \(table)")
        // More rows than anybody can have written: the next ones would soon have no number.
        guard 0..<1 << 52 ~= last ?? 0, highest ?? 0 <= last ?? 0 else { throw JournalFault.damaged }
        return last ?? 0
    }

    /// The number of the next row of a table: one more than `sqlite_sequence` says.
    func takeRow(_ table: String) throws(JournalFault) -> Int64 {
        try soft { loaded throws(JournalFault) in
            guard let next = loaded.nextRows[table], next < Int64.max else { throw .damaged }
            loaded.nextRows[table] = next + 1
            return next
        }
    }
}

extension Store {
    /// What a pragma of the connection says now, for doctor and tests; nil when it says nothing.
    public func pragma(_ name: String) throws(JournalFault) -> String? {
        guard name.allSatisfy({ $0.isLetter || $0 == "_" }) else { return nil }
        return try reading { db throws(JournalFault) in
            try JournalFault.wrap {
                guard let row = try Row.fetchOne(db, sql: "PRAGMA " + name) else { return nil }
                let value: DatabaseValue = row[0]
                return Int64.fromDatabaseValue(value).map { String($0) } ?? String.fromDatabaseValue(value)
            }
        }
    }
}
