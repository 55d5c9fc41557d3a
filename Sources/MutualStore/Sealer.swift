import MutualCore
import MutualCrypto

/// Keys, nonces and associated data of the database `[storage]`. Keys of tables and twins are derived once.
final class Sealer {
    private let storeKey: SecretBytes
    private var tableKeys: [String: SecretBytes] = [:]
    private var indexKeys: [String: SecretBytes] = [:]
    private var prefixes: [String: [UInt8]] = [:]
    /// Where nonces, item keys and bucket keys come from.
    var entropy: any Entropy

    init(storeKey: SecretBytes, entropy: any Entropy) {
        self.storeKey = storeKey
        self.entropy = entropy
    }

    // MARK: sealed columns

    /// nonce || XChaCha20-Poly1305(table key, value, ad).
    func seal(_ value: [UInt8], _ table: String, _ column: String, row: Int64) throws(JournalFault) -> [UInt8] {
        let ad = associated(table, column, row: row)
        return try tableKey(table).withBytes { key throws(JournalFault) in
            try value.withRaw { value throws(JournalFault) in try seal(value, key: key, ad: ad) }
        }
    }

    /// The value of a sealed column; throws `damaged` when it does not open.
    func open(_ sealed: [UInt8], _ table: String, _ column: String, row: Int64) throws(JournalFault) -> [UInt8] {
        let ad = associated(table, column, row: row)
        return try tableKey(table).withBytes { key throws(JournalFault) in try Self.open(sealed, key: key, ad: ad) }
    }

    /// u8(|table|) || table || u8(|column|) || column || u64(row).
    func associated(_ table: String, _ column: String, row: Int64) -> [UInt8] {
        let name = table + "." + column
        let prefix: [UInt8]
        if let known = prefixes[name] {
            prefix = known
        } else {
            let (table, column) = (Array(table.utf8), Array(column.utf8))
            prefix = [UInt8(clamping: table.count)] + table + [UInt8(clamping: column.count)] + column
            prefixes[name] = prefix
        }
        return prefix + Self.bigEndian(UInt64(bitPattern: row))
    }

    /// Seals under any key: nonce || ciphertext || tag.
    func seal(
        _ value: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, ad: [UInt8]
    ) throws(JournalFault) -> [UInt8] {
        try Self.seal(value, key: key, ad: ad, nonce: entropy.bytes(XChaChaPoly.nonceByteCount))
    }

    /// Seals under any key and a nonce of 24 bytes that is used once.
    static func seal(
        _ value: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, ad: [UInt8], nonce: [UInt8]
    ) throws(JournalFault) -> [UInt8] {
        var out = nonce + [UInt8](repeating: 0, count: value.count + XChaChaPoly.tagByteCount)
        let result: Result<Void, CryptoError> = out.withUnsafeMutableBytes { out in
            let rest = UnsafeMutableRawBufferPointer(rebasing: out[nonce.count...])
            return nonce.withUnsafeBytes { nonce in
                ad.withUnsafeBytes { ad in
                    do throws(CryptoError) {
                        try XChaChaPoly.seal(value, key: key, nonce: nonce, ad: ad, into: rest)
                        return .success(())
                    } catch {
                        return .failure(error)
                    }
                }
            }
        }
        guard case .success = result else { throw .damaged }
        return out
    }

    /// Opens what `seal` made, as public bytes.
    static func open(_ sealed: [UInt8], key: UnsafeRawBufferPointer, ad: [UInt8]) throws(JournalFault) -> [UInt8] {
        let over = XChaChaPoly.nonceByteCount + XChaChaPoly.tagByteCount
        guard sealed.count >= over else { throw .damaged }
        var out = [UInt8](repeating: 0, count: sealed.count - over)
        let result: Result<Void, JournalFault> = out.withUnsafeMutableBytes { out in
            do throws(JournalFault) {
                try open(sealed, key: key, ad: ad, into: out)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        return out
    }

    /// Opens what `seal` made into memory of the caller, of just its size.
    static func open(
        _ sealed: [UInt8], key: UnsafeRawBufferPointer, ad: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) throws(JournalFault) {
        let nonceCount = XChaChaPoly.nonceByteCount
        guard sealed.count >= nonceCount + XChaChaPoly.tagByteCount else { throw .damaged }
        let result: Result<Void, CryptoError> = sealed.withUnsafeBytes { sealed in
            ad.withUnsafeBytes { ad in
                do throws(CryptoError) {
                    try XChaChaPoly.open(
                        UnsafeRawBufferPointer(rebasing: sealed[nonceCount...]), key: key,
                        nonce: UnsafeRawBufferPointer(rebasing: sealed[..<nonceCount]), ad: ad, into: out)
                    return .success(())
                } catch {
                    return .failure(error)
                }
            }
        }
        guard case .success = result else { throw .damaged }
    }

    // MARK: twins

    /// HMAC(index key, u64(person) || value)[0..16].
    func twin(_ value: [UInt8], _ table: String, _ column: String, person: Int64 = 0) -> [UInt8] {
        Array(digest(value, table, column, person: person).prefix(16))
    }

    /// The whole of it, where a digest is kept beside a row.
    func digest(_ value: [UInt8], _ table: String, _ column: String, person: Int64 = 0) -> [UInt8] {
        indexKey(table, column).withBytes { key in
            HMACSHA512.authenticate(key: key, Self.bigEndian(UInt64(bitPattern: person)), value)
        }
    }

    // MARK: keys

    private func tableKey(_ table: String) -> SecretBytes {
        if let key = tableKeys[table] { return key }
        let key = derive("mutual/1 store", Array(table.utf8))
        tableKeys[table] = key
        return key
    }

    private func indexKey(_ table: String, _ column: String) -> SecretBytes {
        let name = table + "." + column
        if let key = indexKeys[name] { return key }
        let key = derive("mutual/1 index", Array(table.utf8) + [0] + Array(column.utf8))
        indexKeys[name] = key
        return key
    }

    /// The key of the slots of the file `keys`.
    private(set) lazy var slotKey = derive("mutual/1 slot", Array("slot".utf8))

    private func derive(_ label: String, _ info: [UInt8]) -> SecretBytes {
        storeKey.withBytes { storeKey in
            SecretBytes(count: 32) { out in
                do throws(CryptoError) {
                    try HKDF.derive(salt: Array(label.utf8), ikm: storeKey, info: info, into: out)
                } catch {
                    preconditionFailure("32 bytes are never too long")
                }
            }
        }
    }

    static func bigEndian(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}

extension [UInt8] {
    /// `withUnsafeBytes` that keeps the type of the error.
    func withRaw<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        let result: Result<R, E> = withUnsafeBytes { bytes in
            do throws(E) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
