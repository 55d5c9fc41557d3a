import CSodium

/// ChaCha20-Poly1305 (RFC 8439), the AEAD of the wire, with a tag of 16 bytes behind the ciphertext.
public enum ChaChaPoly {
    /// Size of a key in bytes.
    public static let keyByteCount = 32
    /// Size of a nonce in bytes.
    public static let nonceByteCount = 12
    /// Size of the tag in bytes.
    public static let tagByteCount = 16

    /// Writes ciphertext || tag: `out` is 16 bytes longer than the plaintext. Throws `wrongLength`.
    public static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, nonce: UnsafeRawBufferPointer,
        ad: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard key.count == keyByteCount, nonce.count == nonceByteCount, out.count >= tagByteCount,
            out.count - tagByteCount == plaintext.count
        else { throw .wrongLength }
        Sodium.start()
        let result = crypto_aead_chacha20poly1305_ietf_encrypt(
            out.bytePointer, nil, plaintext.bytePointer, UInt64(plaintext.count), ad.bytePointer, UInt64(ad.count),
            nil, nonce.bytePointer, key.bytePointer)
        guard result == 0 else { throw .wrongLength }
    }

    /// Writes the plaintext of ciphertext || tag: `out` is 16 bytes shorter. Throws `wrongLength`, or
    /// `authenticationFailed` with `out` wiped.
    public static func open(
        _ sealed: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, nonce: UnsafeRawBufferPointer,
        ad: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard key.count == keyByteCount, nonce.count == nonceByteCount, sealed.count >= tagByteCount,
            sealed.count - tagByteCount == out.count
        else { throw .wrongLength }
        Sodium.start()
        let result = crypto_aead_chacha20poly1305_ietf_decrypt(
            out.bytePointer, nil, nil, sealed.bytePointer, UInt64(sealed.count), ad.bytePointer, UInt64(ad.count),
            nonce.bytePointer, key.bytePointer)
        guard result == 0 else {
            Sodium.wipe(out)
            throw .authenticationFailed
        }
    }
}
