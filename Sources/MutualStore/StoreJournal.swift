import GRDB
public import MutualCore
import MutualCrypto

/// The journal of one turn: every call is in the turn's transaction. It is of no use after the turn.
public struct StoreJournal: Journal {
    let store: Store

    var sealer: Sealer { store.sealer }

    /// Runs a statement that changes rows.
    func execute(_ sql: String, _ arguments: StatementArguments) throws(JournalFault) {
        let db = try store.database()
        try JournalFault.wrap { try db.cachedStatement(sql: sql).execute(arguments: arguments) }
    }

    /// The first row of a query.
    func row(_ sql: String, _ arguments: StatementArguments = []) throws(JournalFault) -> Row? {
        let db = try store.database()
        return try JournalFault.wrap { try Row.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) }
    }

    /// All rows of a query.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws(JournalFault) -> [Row] {
        let db = try store.database()
        return try JournalFault.wrap { try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments) }
    }

    func seal(_ value: [UInt8], _ table: String, _ column: String, _ row: Int64) -> DatabaseValue {
        sealer.seal(value, table, column, row: row).data.databaseValue
    }
}
