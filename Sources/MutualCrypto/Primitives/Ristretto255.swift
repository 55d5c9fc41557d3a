import CSodium

/// The group ristretto255 (RFC 9496), as CPace needs it.
public enum Ristretto255 {
    /// Size of an encoded element and of a scalar in bytes.
    public static let byteCount = 32
    /// Size of the hash that becomes an element or a scalar, in bytes.
    public static let hashByteCount = 64

    /// True when the bytes are the canonical encoding of an element (the identity is one).
    public static func isValid(_ encoding: [UInt8]) -> Bool {
        // libsodium 1.0.18 overlooks the top bit of the last byte.
        guard encoding.count == byteCount, let last = encoding.last, last & 0x80 == 0 else { return false }
        return crypto_core_ristretto255_is_valid_point(encoding) == 1
    }

    /// The one-way map: 64 uniform bytes to an element. Throws `wrongLength`.
    public static func fromHash(
        _ hash: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard hash.count == hashByteCount, out.count == byteCount else { throw .wrongLength }
        guard crypto_core_ristretto255_from_hash(out.bytePointer, hash.bytePointer) == 0 else { throw .refusedShare }
    }

    /// 64 bytes reduced to a scalar. Throws `wrongLength`.
    public static func reduce(
        _ wide: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard wide.count == hashByteCount, out.count == byteCount else { throw .wrongLength }
        crypto_core_ristretto255_scalar_reduce(out.bytePointer, wide.bytePointer)
    }

    /// Writes scalar * element. Throws `refusedShare` for bytes that are no element and for the identity as result.
    public static func multiply(
        scalar: UnsafeRawBufferPointer, element: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard scalar.count == byteCount, element.count == byteCount, out.count == byteCount else { throw .wrongLength }
        Sodium.start()
        guard let last = element.last, last & 0x80 == 0 else { throw .refusedShare }
        let result = crypto_scalarmult_ristretto255(out.bytePointer, scalar.bytePointer, element.bytePointer)
        guard result == 0, !ConstantTime.isZero(out.readOnly) else {
            Sodium.wipe(out)
            throw .refusedShare
        }
    }

    /// scalar * generator, 32 bytes. Throws `refusedShare` for the identity (a scalar of zero), `wrongLength`.
    public static func multiplyBase(_ scalar: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        guard scalar.count == byteCount else { throw .wrongLength }
        Sodium.start()
        return try [UInt8](count: byteCount) { (out) throws(CryptoError) in
            guard crypto_scalarmult_ristretto255_base(out.bytePointer, scalar.bytePointer) == 0 else {
                throw .refusedShare
            }
        }
    }
}
