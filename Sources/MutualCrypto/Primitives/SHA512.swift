import CSodium

/// SHA-512 (FIPS 180-4), in parts or at once.
public struct SHA512: ~Copyable {
    /// Size of a digest in bytes.
    public static let byteCount = 64

    private var state = crypto_hash_sha512_state()

    /// Begins a hash.
    public init() {
        crypto_hash_sha512_init(&state)
    }

    /// Adds bytes.
    public mutating func update(_ part: UnsafeRawBufferPointer) {
        crypto_hash_sha512_update(&state, part.bytePointer, UInt64(part.count))
    }

    /// Adds bytes.
    public mutating func update(_ part: [UInt8]) {
        part.withUnsafeBytes { update($0) }
    }

    /// Writes the 64 bytes of the digest and wipes the state.
    public mutating func finish(into out: UnsafeMutableRawBufferPointer) {
        precondition(out.count == Self.byteCount, "a digest has 64 bytes")
        crypto_hash_sha512_final(&state, out.bytePointer)
        sodium_memzero(&state, MemoryLayout.size(ofValue: state))
    }

    /// The digest of the parts joined.
    public static func hash(_ parts: [UInt8]...) -> [UInt8] {
        var hash = SHA512()
        for part in parts { hash.update(part) }
        return [UInt8](count: byteCount) { hash.finish(into: $0) }
    }
}
