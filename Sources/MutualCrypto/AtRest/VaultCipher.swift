/// What stands between a vault block and whoever opens it. [storage-3] to [storage-5]
public enum VaultProtection: Sendable {
    /// Mode 0: the key follows from the salt. No secrecy; a damaged file is noticed.
    case none
    /// Mode 1: Argon2id of a passphrase (UTF-8), `ops` passes over `memBytes` bytes.
    case passphrase(SecretBytes, ops: UInt64, memBytes: UInt64)
}

/// The AEAD of a vault block: XChaCha20-Poly1305 over seed and store key.
public enum VaultCipher {
    /// Size of the salt in bytes.
    public static let saltByteCount = 16
    /// Size of the sealed seed and store key in bytes, without the nonce.
    public static let sealedByteCount = 64 + XChaChaPoly.tagByteCount

    /// Ciphertext and tag, 80 bytes. `nonce` has 24 fresh random bytes, `salt` 16, `ad` is the block before its
    /// nonce. Throws `wrongLength`, and `passwordHashFailed` for a passphrase.
    public static func seal(
        seed: SecretBytes, storeKey: SecretBytes, protection: VaultProtection, salt: [UInt8], nonce: [UInt8],
        ad: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard seed.count == 32, storeKey.count == 32, nonce.count == XChaChaPoly.nonceByteCount else {
            throw .wrongLength
        }
        return try withTemporarySecret(32 + 64) { (scratch) throws(CryptoError) in
            let key = scratch.part(0..<32)
            try derive(protection, salt, into: key)
            seed.withBytes { scratch.part(32..<64).copyMemory(from: $0) }
            storeKey.withBytes { scratch.part(64..<96).copyMemory(from: $0) }
            let sealed = AtRest.sealValue(
                key: key.readOnly, nonce: nonce, ad: ad, value: scratch.part(32..<96).readOnly)
            return Array(sealed.dropFirst(nonce.count))
        }
    }

    /// Seed and store key, 32 bytes each, from 80 bytes. Throws `wrongLength`, `authenticationFailed` (damaged, or
    /// another passphrase), `passwordHashFailed`. The bounds of `ops` and `memBytes` are the caller's to check first.
    public static func open(
        _ sealed: [UInt8], protection: VaultProtection, salt: [UInt8], nonce: [UInt8], ad: [UInt8]
    ) throws(CryptoError) -> (seed: SecretBytes, storeKey: SecretBytes) {
        guard sealed.count == sealedByteCount, nonce.count == XChaChaPoly.nonceByteCount else { throw .wrongLength }
        return try withTemporarySecret(32 + 64) { (scratch) throws(CryptoError) in
            let key = scratch.part(0..<32)
            try derive(protection, salt, into: key)
            try AtRest.openValue(key: key.readOnly, ad: ad, sealed: nonce + sealed, into: scratch.part(32..<96))
            return (
                SecretBytes(copying: scratch.part(32..<64).readOnly),
                SecretBytes(copying: scratch.part(64..<96).readOnly)
            )
        }
    }

    private static func derive(
        _ protection: VaultProtection, _ salt: [UInt8], into key: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard salt.count == saltByteCount else { throw .wrongLength }
        switch protection {
        case .none:
            key.copyBytes(from: SHA512.hash(Label.openVault.bytes, salt).prefix(32))
        case .passphrase(let passphrase, let ops, let memBytes):
            try passphrase.withBytes { (bytes) throws(CryptoError) in
                try Argon2id.derive(password: bytes, salt: salt, ops: ops, memBytes: memBytes, into: key)
            }
        }
    }
}
