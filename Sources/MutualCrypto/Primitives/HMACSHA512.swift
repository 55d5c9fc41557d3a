import CSodium

/// HMAC-SHA512 (RFC 2104) with keys of any length, in parts or at once.
public struct HMACSHA512: ~Copyable {
    /// Size of a whole tag in bytes.
    public static let byteCount = 64

    private var state = crypto_auth_hmacsha512_state()

    /// Begins under a key.
    public init(key: UnsafeRawBufferPointer) {
        crypto_auth_hmacsha512_init(&state, key.bytePointer, key.count)
    }

    /// Begins under a key that is no secret (a label).
    init(key: [UInt8]) {
        crypto_auth_hmacsha512_init(&state, key, key.count)
    }

    /// Adds bytes.
    public mutating func update(_ part: UnsafeRawBufferPointer) {
        crypto_auth_hmacsha512_update(&state, part.bytePointer, UInt64(part.count))
    }

    /// Adds bytes.
    public mutating func update(_ part: [UInt8]) {
        part.withUnsafeBytes { update($0) }
    }

    /// Writes the 64 bytes of the tag and wipes the state.
    public mutating func finish(into out: UnsafeMutableRawBufferPointer) {
        precondition(out.count == Self.byteCount, "a tag has 64 bytes")
        crypto_auth_hmacsha512_final(&state, out.bytePointer)
        sodium_memzero(&state, MemoryLayout.size(ofValue: state))
    }

    /// The tag of the parts joined; 64 bytes, for values that are no secret.
    public static func authenticate(key: UnsafeRawBufferPointer, _ parts: [UInt8]...) -> [UInt8] {
        var mac = HMACSHA512(key: key)
        for part in parts { mac.update(part) }
        return [UInt8](count: byteCount) { mac.finish(into: $0) }
    }

    /// The first 8 bytes of the tag of the parts joined, read as a big-endian number.
    static func prefix64(key: UnsafeRawBufferPointer, _ parts: [UInt8]...) -> UInt64 {
        var mac = HMACSHA512(key: key)
        for part in parts { mac.update(part) }
        return withTemporarySecret(byteCount) { out in
            mac.finish(into: out)
            return UInt64(bigEndian: out.load(as: UInt64.self))
        }
    }
}
