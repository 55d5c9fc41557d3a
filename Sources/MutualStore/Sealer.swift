import MutualCore
import MutualCrypto

/// Seals and opens the columns of the database and makes their twins `[storage]`. Each key is derived once.
final class Sealer {
    private let storeKey: StoreKey
    private var tableKeys: [String: SealingKey] = [:]
    private var indexKeys: [String: IndexKey] = [:]
    /// Where nonces, item keys and bucket keys come from.
    var entropy: any Entropy

    /// The key of the slots of the file `keys`.
    let slotKey: SlotKey

    init(storeKey: SecretBytes, entropy: any Entropy) {
        self.storeKey = StoreKey(storeKey)
        self.entropy = entropy
        slotKey = self.storeKey.slotKey
    }

    /// Fresh, for one use.
    func nonce() -> [UInt8] { entropy.bytes(AtRest.nonceByteCount) }

    // MARK: sealed columns

    /// What a column of a row holds for `value`.
    func seal(_ value: [UInt8], _ table: String, _ column: String, row: Int64) -> [UInt8] {
        tableKey(table).seal(nonce: nonce(), value: value, ad: associated(table, column, row: row))
    }

    /// The value of a sealed column; throws `damaged` when it does not open.
    func open(_ sealed: [UInt8], _ table: String, _ column: String, row: Int64) throws(JournalFault) -> [UInt8] {
        try JournalFault.opening { () throws(CryptoError) in
            try tableKey(table).open(sealed, ad: associated(table, column, row: row))
        }
    }

    /// What ties a sealed value to its place.
    func associated(_ table: String, _ column: String, row: Int64) -> [UInt8] {
        AtRest.associatedData(table: table, column: column, row: UInt64(bitPattern: row))
    }

    // MARK: twins

    /// What a column is searched by; `person` is 0 where the row belongs to nobody.
    func twin(_ value: [UInt8], _ table: String, _ column: String, person: Int64 = 0) -> [UInt8] {
        indexKey(table, column).twin(person: UInt64(bitPattern: person), value: value)
    }

    /// The whole of it, where a digest is kept beside a row.
    func digest(_ value: [UInt8], _ table: String, _ column: String) -> [UInt8] {
        indexKey(table, column).digest(person: 0, value: value)
    }

    // MARK: keys

    private func tableKey(_ table: String) -> SealingKey {
        if let key = tableKeys[table] { return key }
        let key = storeKey.tableKey(table)
        tableKeys[table] = key
        return key
    }

    private func indexKey(_ table: String, _ column: String) -> IndexKey {
        let name = table + "." + column
        if let key = indexKeys[name] { return key }
        let key = storeKey.indexKey(table: table, column: column)
        indexKeys[name] = key
        return key
    }
}
