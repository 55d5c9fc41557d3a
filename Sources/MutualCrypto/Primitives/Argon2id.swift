import CSodium

/// Argon2id, version 0x13, one lane.
public enum Argon2id {
    /// Size of a salt in bytes.
    public static let saltByteCount = 16

    /// Fills `out` (16 bytes at least) from a password. `ops` passes over `memBytes` of memory.
    /// Throws `wrongLength` for a salt of another length, `passwordHashFailed` for parameters that libsodium refuses
    /// and when there is not enough memory. The bounds for parameters from outside are the caller's to check.
    public static func derive(
        password: UnsafeRawBufferPointer, salt: [UInt8], ops: UInt64, memBytes: UInt64,
        into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard salt.count == saltByteCount else { throw .wrongLength }
        guard let memory = Int(exactly: memBytes) else { throw .passwordHashFailed }
        Sodium.start()
        let characters = UnsafeRawPointer(password.bytePointer).assumingMemoryBound(to: CChar.self)
        let result = crypto_pwhash_argon2id(
            out.bytePointer, UInt64(out.count), characters, UInt64(password.count), salt, ops, memory,
            crypto_pwhash_argon2id_ALG_ARGON2ID13)
        guard result == 0 else {
            Sodium.wipe(out)
            throw .passwordHashFailed
        }
    }
}
