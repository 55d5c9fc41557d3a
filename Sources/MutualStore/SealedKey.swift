import GRDB
public import MutualCore
import MutualCrypto

/// The key of an item's text as it stands in its row, sealed: by these the simulator looks whether a text that went
/// is beyond reach. It opens only with the store key and the file `keys`.
public struct SealedKey: Sendable {
    /// The row that it stands in.
    public let row: ItemRow
    /// The slot of the file `keys` that wraps it.
    public let slot: Int
    /// As it was wrapped, 72 bytes.
    public let wrapped: [UInt8]
    /// When the life of the text ends, wall clock, milliseconds.
    public let expiresMs: Int64
    /// Whether its reader keeps it.
    public let isKept: Bool
    /// What ties it to its place.
    public var associatedData: [UInt8] {
        AtRest.associatedData(table: "item", column: "key", row: UInt64(bitPattern: row.number))
    }
}

extension Store {
    /// The keys of all texts that are here, in the order of their rows.
    public func sealedKeys() throws(JournalFault) -> [SealedKey] {
        try reading { db throws(JournalFault) in
            let rows = try JournalFault.wrap {
                try Row.fetchAll(
                    db.cachedStatement(sql: "SELECT row, slot, key FROM item WHERE slot IS NOT NULL ORDER BY row"))
            }
            var found: [SealedKey] = []
            found.reserveCapacity(rows.count)
            for row in rows {
                let number = try row.int(0)
                let known = try soft { loaded throws(JournalFault) in loaded.index.entry(number) }
                guard let entry = known, let slot = Int(exactly: try row.int(1)) else { throw .damaged }
                found.append(
                    SealedKey(
                        row: ItemRow(number), slot: slot, wrapped: try row.blob(2), expiresMs: entry.expiresMs,
                        isKept: entry.kept))
            }
            return found
        }
    }
}
