/// The key of all items that expire in one hour, or of all that are kept. It wraps the items' own keys: when it is
/// overwritten, their texts are gone. [storage-12]
public final class BucketKey: Sendable {
    /// Size in bytes.
    public static let byteCount = 32

    let secret: SecretBytes

    /// From 32 random bytes.
    public init(_ secret: SecretBytes) {
        precondition(secret.count == Self.byteCount, "a bucket key has 32 bytes")
        self.secret = secret
    }

    /// Unwraps an item's key for the length of one call. Throws `wrongLength`, `authenticationFailed`, and what
    /// `body` throws.
    public func withItemKey<R>(
        wrapped: [UInt8], ad: [UInt8], _ body: (borrowing ItemKey) throws(CryptoError) -> R
    ) throws(CryptoError) -> R {
        try withTemporarySecret(ItemKey.byteCount) { (bytes) throws(CryptoError) in
            try secret.withBytes { (key) throws(CryptoError) in
                try AtRest.openValue(key: key, ad: ad, sealed: wrapped, into: bytes)
            }
            return try body(ItemKey(bytes.readOnly))
        }
    }

    /// Wraps an item's key anew under another bucket's key, in the same column of the same row. Throws
    /// `wrongLength`, `authenticationFailed`.
    public func rewrap(
        _ wrapped: [UInt8], ad: [UInt8], under other: BucketKey, nonce: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        try withItemKey(wrapped: wrapped, ad: ad) { item in
            item.wrapped(under: other, nonce: nonce, ad: ad)
        }
    }
}

/// The key of one item's texts. It exists only inside a call, on the stack, and cannot be kept.
public struct ItemKey: ~Copyable {
    /// Size in bytes.
    public static let byteCount = 32

    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Makes an item's key for the length of one call: `draw` fills its 32 bytes with random ones, `body` wraps it
    /// and seals the item's texts under it, then it is wiped.
    public static func withNew<R>(
        draw: (UnsafeMutableRawBufferPointer) -> Void, _ body: (borrowing ItemKey) -> R
    ) -> R {
        withTemporarySecret(byteCount) { bytes in
            draw(bytes)
            return body(ItemKey(bytes.readOnly))
        }
    }

    /// The key sealed under its bucket's: 72 bytes. The nonce has 24 fresh random bytes.
    public func wrapped(under bucket: BucketKey, nonce: [UInt8], ad: [UInt8]) -> [UInt8] {
        bucket.secret.withBytes { AtRest.sealValue(key: $0, nonce: nonce, ad: ad, value: bytes) }
    }

    /// nonce || ciphertext || tag: 40 bytes longer than the value. The nonce has 24 fresh random bytes.
    public func seal(nonce: [UInt8], value: [UInt8], ad: [UInt8]) -> [UInt8] {
        AtRest.sealValue(key: bytes, nonce: nonce, ad: ad, value: value)
    }

    /// The value. Throws `wrongLength`, `authenticationFailed`.
    public func open(_ sealed: [UInt8], ad: [UInt8]) throws(CryptoError) -> [UInt8] {
        try AtRest.openValue(key: bytes, ad: ad, sealed: sealed)
    }
}
