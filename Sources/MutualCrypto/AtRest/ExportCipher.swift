/// The chunks of an exported home: XChaCha20-Poly1305 under a key from a passphrase. [storage-21]
///
/// The nonce of a chunk is the file's 16 random bytes and the chunk's number, whose highest bit says that it is the
/// last: chunks that are left out, moved or cut off do not open.
public final class ExportCipher: Sendable {
    /// Size of a salt in bytes.
    public static let saltByteCount = 16
    /// Size of what all nonces of a file begin with, in bytes.
    public static let prefixByteCount = 16
    /// Most bytes of content in a chunk.
    public static let chunkByteCount = 65_536
    /// How much longer a sealed chunk is than its content, in bytes.
    public static let overheadByteCount = XChaChaPoly.tagByteCount

    private let key: SecretBytes
    private let prefix: [UInt8]
    private let ad: [UInt8]

    /// The cipher of one file. `salt` and `prefix` have 16 random bytes each, `ad` is the file's whole header.
    /// Throws `wrongLength`, `passwordHashFailed`. The bounds of `ops` and `memBytes` are the caller's to check first.
    public init(
        passphrase: SecretBytes, salt: [UInt8], ops: UInt64, memBytes: UInt64, prefix: [UInt8], ad: [UInt8]
    ) throws(CryptoError) {
        guard prefix.count == Self.prefixByteCount else { throw .wrongLength }
        key = try SecretBytes(count: XChaChaPoly.keyByteCount) { (key) throws(CryptoError) in
            try passphrase.withBytes { (password) throws(CryptoError) in
                try Argon2id.derive(password: password, salt: salt, ops: ops, memBytes: memBytes, into: key)
            }
        }
        self.prefix = prefix
        self.ad = ad
    }

    /// The sealed chunk: 16 bytes longer than its content, which has at most 65,536. A number is used once.
    public func seal(_ content: UnsafeRawBufferPointer, number: UInt64, isLast: Bool) throws(CryptoError) -> [UInt8] {
        guard content.count <= Self.chunkByteCount else { throw .wrongLength }
        let nonce = nonce(number, isLast)
        return try [UInt8](count: content.count + Self.overheadByteCount) { (out) throws(CryptoError) in
            try key.withBytes { (key) throws(CryptoError) in
                try nonce.withRaw { (nonce) throws(CryptoError) in
                    try ad.withRaw { (ad) throws(CryptoError) in
                        try XChaChaPoly.seal(content, key: key, nonce: nonce, ad: ad, into: out)
                    }
                }
            }
        }
    }

    /// Opens a chunk into memory of the caller, 16 bytes shorter. Throws `wrongLength`, `authenticationFailed`.
    public func open(
        _ sealed: [UInt8], number: UInt64, isLast: Bool, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        let nonce = nonce(number, isLast)
        try key.withBytes { (key) throws(CryptoError) in
            try nonce.withRaw { (nonce) throws(CryptoError) in
                try ad.withRaw { (ad) throws(CryptoError) in
                    try sealed.withRaw { (sealed) throws(CryptoError) in
                        try XChaChaPoly.open(sealed, key: key, nonce: nonce, ad: ad, into: out)
                    }
                }
            }
        }
    }

    private func nonce(_ number: UInt64, _ isLast: Bool) -> [UInt8] {
        prefix + [UInt8](bigEndian: isLast ? number | 1 << 63 : number)
    }
}
