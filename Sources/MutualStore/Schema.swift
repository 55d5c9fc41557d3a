import GRDB
import MutualCore

/// The tables, as a list of migrations that is only ever appended to `[storage]`.
enum Schema {
    /// The version that this program writes: the number of migrations.
    static var version: Int32 { Int32(migrations.count) }
    /// "MUTU", in the header of the database file.
    static let applicationID: Int32 = 0x4d55_5455

    /// One step from a version to the next.
    struct Migration {
        let name: String
        let sql: String
    }

    /// In order. Tests put their own behind them for the time of one call.
    @TaskLocal static var migrations = [
        Migration(name: "first", sql: first),
        // What belongs to an item and stays on this machine, sealed like its text.
        Migration(name: "own", sql: "ALTER TABLE item ADD COLUMN own BLOB"),
    ]

    /// What a version of ours says in the header of a database file; nil for another program's file.
    static func version(inHeader header: [UInt8]) -> (version: Int32, isOurs: Bool)? {
        guard header.count >= 100, header.starts(with: Array("SQLite format 3\0".utf8)) else { return nil }
        func number(_ at: Int) -> Int32 {
            Int32(bitPattern: header[at..<at + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        }
        return (number(60), number(68) == applicationID)
    }

    /// The version of a database; throws `newer-version`, or `damaged` for one that is not ours.
    static func check(_ db: Database) throws -> Int32 {
        let present = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let owner = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard present >= 0, present <= version else { throw JournalFault("newer-version") }
        if present == 0 {
            // Not ours: somebody else's tables stand there.
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard tables == 0 else { throw JournalFault.damaged }
        } else if owner != applicationID {
            throw JournalFault.damaged
        }
        return present
    }

    /// Brings a database to the present version, all steps in one transaction: if one fails, the store is what it was,
    /// and the program that wrote it can go on. Throws `newer-version` before anything is written.
    static func migrate(_ db: Database) throws {
        let present = try check(db)
        guard present < version else { return }
        try db.inTransaction(.immediate) {
            for migration in migrations.dropFirst(Int(present)) {
                try db.execute(sql: migration.sql)
                try db.execute(sql: "INSERT INTO migration (name) VALUES (?)", arguments: [migration.name])
            }
            guard try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty else { throw JournalFault.damaged }
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
            return .commit
        }
        // So that the version stands in the file itself, where it can be read without opening it.
        _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Sealed: BLOB columns but the twins, which are said. `hour` is a full hour, Unix seconds / 3600.
    private static let first = """
        CREATE TABLE migration (number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL) STRICT;

        -- standing 0: unlisted, only the name is left while something received is.
        CREATE TABLE person (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            standing INTEGER NOT NULL,
            id BLOB UNIQUE, -- twin of the public key
            record BLOB NOT NULL,
            sent BLOB, -- our log to them
            held BLOB -- what we hold of theirs
        ) STRICT;

        -- slot: where the bucket key lies that wraps `key`; null once the text is erased.
        CREATE TABLE item (
            row INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL REFERENCES person (row),
            mine INTEGER NOT NULL,
            state INTEGER NOT NULL,
            opened INTEGER NOT NULL,
            shown INTEGER NOT NULL,
            kept INTEGER NOT NULL,
            hour INTEGER NOT NULL,
            size INTEGER NOT NULL,
            slot INTEGER,
            record BLOB NOT NULL,
            key BLOB,
            text BLOB
        ) STRICT;

        -- id: twin.
        CREATE TABLE taken (
            person INTEGER NOT NULL REFERENCES person (row),
            id BLOB NOT NULL,
            hour INTEGER NOT NULL,
            PRIMARY KEY (person, id)
        ) STRICT, WITHOUT ROWID;

        -- e: twin; running: milliseconds of running time.
        CREATE TABLE seen (e BLOB NOT NULL PRIMARY KEY, running INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX seen_running ON seen (running);
        CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), running INTEGER NOT NULL) STRICT;
        INSERT INTO clock VALUES (1, 0);

        CREATE TABLE event (
            row INTEGER PRIMARY KEY AUTOINCREMENT, hour INTEGER NOT NULL, body BLOB NOT NULL
        ) STRICT;

        -- name: twin; event: the last one that it dealt with.
        CREATE TABLE consumer (name BLOB NOT NULL PRIMARY KEY, event INTEGER NOT NULL) STRICT, WITHOUT ROWID;

        -- key: twin.
        CREATE TABLE idempotency (
            row INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, hour INTEGER NOT NULL, record BLOB NOT NULL
        ) STRICT;

        -- name: twin.
        CREATE TABLE setting (
            row INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB NOT NULL UNIQUE, value BLOB NOT NULL
        ) STRICT;
        """
}
