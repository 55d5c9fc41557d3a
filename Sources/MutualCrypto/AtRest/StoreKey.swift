/// The key of a store, from which every key of its columns follows. See Protocol/storage.md.
public final class StoreKey: Sendable {
    /// Size in bytes.
    public static let byteCount = 32

    private let secret: SecretBytes

    /// From the 32 bytes that the vault keeps.
    public init(_ secret: SecretBytes) {
        precondition(secret.count == Self.byteCount, "a store key has 32 bytes")
        self.secret = secret
    }

    /// The key of all sealed columns of a table.
    public func tableKey(_ table: String) -> SealingKey {
        SealingKey(HKDF.key(.store, secret, Array(table.utf8)))
    }

    /// The key of the twins of a searched column.
    public func indexKey(table: String, column: String) -> IndexKey {
        IndexKey(HKDF.key(.index, secret, Array(table.utf8) + [0x00] + Array(column.utf8)))
    }

    /// The key of the file of bucket keys.
    public var slotKey: SlotKey { SlotKey(HKDF.key(.slot, secret, Array("slot".utf8))) }
}

/// Seals the values of one table.
public final class SealingKey: Sendable {
    private let secret: SecretBytes

    init(_ secret: SecretBytes) {
        self.secret = secret
    }

    /// nonce || ciphertext || tag: 40 bytes longer than the value. The nonce has 24 fresh random bytes.
    public func seal(nonce: [UInt8], value: [UInt8], ad: [UInt8]) -> [UInt8] {
        secret.withBytes { AtRest.sealValue(key: $0, nonce: nonce, ad: ad, value: value) }
    }

    /// The value. Throws `wrongLength`, `authenticationFailed`.
    public func open(_ sealed: [UInt8], ad: [UInt8]) throws(CryptoError) -> [UInt8] {
        try secret.withBytes { (key) throws(CryptoError) in try AtRest.openValue(key: key, ad: ad, sealed: sealed) }
    }
}

/// Makes the twins by which a sealed column is searched.
public final class IndexKey: Sendable {
    /// Size of a twin in bytes.
    public static let twinByteCount = 16

    private let secret: SecretBytes

    init(_ secret: SecretBytes) {
        self.secret = secret
    }

    /// HMAC(key, u64(person) || value)[0..16] [storage-10]; `person` is 0 where the row belongs to nobody.
    public func twin(person: UInt64, value: [UInt8]) -> [UInt8] {
        Array(digest(person: person, value: value).prefix(Self.twinByteCount))
    }

    /// All 64 bytes of it, where a digest is kept beside a row.
    public func digest(person: UInt64, value: [UInt8]) -> [UInt8] {
        secret.withBytes { HMACSHA512.authenticate(key: $0, [UInt8](bigEndian: person), value) }
    }
}

/// Seals the slots of the file of bucket keys. [storage-13]
public final class SlotKey: Sendable {
    /// Size of a slot in bytes: nonce(24) || sealed bucket key and hour (56) || 48 zeros.
    public static let slotByteCount = 128
    private static let sealedByteCount = AtRest.overheadByteCount + 40

    let secret: SecretBytes

    init(_ secret: SecretBytes) {
        self.secret = secret
    }

    /// The 128 bytes of slot number `slot`. `hour` is Unix seconds / 3600, or 2^64 - 1 for what is kept; the nonce
    /// has 24 fresh random bytes.
    public func seal(_ bucket: BucketKey, hour: UInt64, slot: UInt64, nonce: [UInt8]) -> [UInt8] {
        let sealed = withTemporarySecret(40) { value in
            bucket.secret.withBytes { value.part(0..<32).copyMemory(from: $0) }
            value.part(32..<40).copyBytes(from: [UInt8](bigEndian: hour))
            return secret.withBytes {
                AtRest.sealValue(key: $0, nonce: nonce, ad: [UInt8](bigEndian: slot), value: value.readOnly)
            }
        }
        return sealed + [UInt8](repeating: 0, count: Self.slotByteCount - sealed.count)
    }

    /// Opens slot number `slot`. Throws `wrongLength`, `notZero` when the end is not zeros (the slot is not laid out
    /// as one), `authenticationFailed`.
    public func open(_ data: [UInt8], slot: UInt64) throws(CryptoError) -> (BucketKey, hour: UInt64) {
        try withOpened(data, slot: slot) { value in
            (BucketKey(SecretBytes(copying: value.part(0..<32))), Self.hour(value))
        }
    }

    /// The hour of slot number `slot`, without guarded memory for its key: a whole file is read so. Throws as `open`.
    public func hour(_ data: [UInt8], slot: UInt64) throws(CryptoError) -> UInt64 {
        try withOpened(data, slot: slot) { value in Self.hour(value) }
    }

    private func withOpened<R>(
        _ data: [UInt8], slot: UInt64, _ body: (UnsafeRawBufferPointer) -> R
    ) throws(CryptoError) -> R {
        guard data.count == Self.slotByteCount else { throw .wrongLength }
        guard data.dropFirst(Self.sealedByteCount).allSatisfy({ $0 == 0 }) else { throw .notZero }
        let sealed = Array(data.prefix(Self.sealedByteCount))
        return try withTemporarySecret(40) { (value) throws(CryptoError) in
            try secret.withBytes { (key) throws(CryptoError) in
                try AtRest.openValue(key: key, ad: [UInt8](bigEndian: slot), sealed: sealed, into: value)
            }
            return body(value.readOnly)
        }
    }

    private static func hour(_ value: UnsafeRawBufferPointer) -> UInt64 {
        value.part(32..<40).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
