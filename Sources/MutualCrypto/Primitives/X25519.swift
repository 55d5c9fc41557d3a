import CSodium

/// X25519 (RFC 7748). Takes points that are not canonical, as the RFC asks; ids are checked by `PublicKey`.
public enum X25519 {
    /// Size of a scalar, a point and a result in bytes.
    public static let byteCount = 32

    /// Writes X25519(scalar, point). Throws `lowOrderResult` for the all-zero result, `wrongLength`.
    public static func multiply(
        scalar: UnsafeRawBufferPointer, point: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard scalar.count == byteCount, point.count == byteCount, out.count == byteCount else { throw .wrongLength }
        Sodium.start()
        let result = crypto_scalarmult_curve25519(out.bytePointer, scalar.bytePointer, point)
        guard result == 0, !ConstantTime.isZero(out.readOnly) else {
            Sodium.wipe(out)
            throw .lowOrderResult
        }
    }

    /// The public key of a scalar: X25519(scalar, 9), 32 bytes. Throws `wrongLength`.
    public static func publicKey(of scalar: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        guard scalar.count == byteCount else { throw .wrongLength }
        Sodium.start()
        return [UInt8](count: byteCount) { _ = crypto_scalarmult_curve25519_base($0.bytePointer, scalar.bytePointer) }
    }
}

/// A secret scalar with its public key.
public struct KeyPair: Sendable {
    /// The scalar, 32 bytes.
    public let secret: SecretBytes
    /// X25519(secret, 9), 32 bytes.
    public let publicKey: [UInt8]

    /// Throws `wrongLength` if the secret has not 32 bytes.
    public init(secret: SecretBytes) throws(CryptoError) {
        self.secret = secret
        publicKey = try secret.withBytes { (bytes) throws(CryptoError) in try X25519.publicKey(of: bytes) }
    }

    init(secret: SecretBytes, publicKey: [UInt8]) {
        self.secret = secret
        self.publicKey = publicKey
    }
}
