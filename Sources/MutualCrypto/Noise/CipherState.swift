/// A cipher key with its nonce: CipherState of the Noise specification, section 5.1, over ChaChaPoly.
/// Used by one thread. The key lives in guarded memory that several states of one connection share.
public final class CipherState {
    /// Size of the tag behind each ciphertext, in bytes.
    public static let tagByteCount = ChaChaPoly.tagByteCount

    private let memory: GuardedMemory
    private let offset: Int
    /// The nonce of the next message.
    public private(set) var n: UInt64 = 0
    /// False before the first key: then messages pass unencrypted.
    private(set) var hasKey = false

    private var key: UnsafeMutableRawBufferPointer { memory.bytes.part(offset..<offset + 32) }

    /// Without a key, over 32 bytes of `memory` at `offset`.
    init(in memory: GuardedMemory, at offset: Int) {
        self.memory = memory
        self.offset = offset
    }

    /// InitializeKey: `write` puts 32 bytes in place.
    func initializeKey(n: UInt64 = 0, _ write: (UnsafeMutableRawBufferPointer) -> Void) {
        write(key)
        hasKey = true
        self.n = n
    }

    func withKey<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R { body(key.readOnly) }

    /// EncryptWithAd: ciphertext || tag, or the plaintext itself while there is no key.
    /// Throws `counterExhausted` at nonce 2^64 - 1.
    public func encrypt(_ plaintext: [UInt8], ad: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        guard hasKey else { return plaintext }
        let nonce = try currentNonce()
        let key = self.key.readOnly
        let sealed = try [UInt8](count: plaintext.count + Self.tagByteCount) { (out) throws(CryptoError) in
            try Self.withBytes(plaintext, nonce, ad) { (plaintext, nonce, ad) throws(CryptoError) in
                try ChaChaPoly.seal(plaintext, key: key, nonce: nonce, ad: ad, into: out)
            }
        }
        n += 1
        return sealed
    }

    /// DecryptWithAd: the plaintext, or the bytes themselves while there is no key. After an error the nonce is as
    /// before. Throws `authenticationFailed`, `wrongLength` for less than a tag, `counterExhausted`.
    public func decrypt(_ sealed: [UInt8], ad: [UInt8] = []) throws(CryptoError) -> [UInt8] {
        try sealed.withRaw { (bytes) throws(CryptoError) in try decrypt(bytes, ad: ad) }
    }

    func decrypt(_ sealed: UnsafeRawBufferPointer, ad: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard hasKey else { return Array(sealed) }
        guard sealed.count >= Self.tagByteCount else { throw .wrongLength }
        let nonce = try currentNonce()
        let key = self.key.readOnly
        let plaintext = try [UInt8](count: sealed.count - Self.tagByteCount) { (out) throws(CryptoError) in
            try Self.withBytes([], nonce, ad) { (_, nonce, ad) throws(CryptoError) in
                try ChaChaPoly.open(sealed, key: key, nonce: nonce, ad: ad, into: out)
            }
        }
        n += 1
        return plaintext
    }

    /// Rekey: the key becomes the first 32 bytes of ENCRYPT(k, 2^64 - 1, "", 32 zeros). The nonce goes on.
    public func rekey() {
        guard hasKey else { return }
        let key = self.key
        withTemporarySecret(32 + 48) { scratch in
            let sealed = scratch.part(32..<80)
            let zeros = scratch.part(0..<32).readOnly
            do throws(CryptoError) {
                try Self.nonce(.max).withRaw { (nonce) throws(CryptoError) in
                    try ChaChaPoly.seal(
                        zeros, key: key.readOnly, nonce: nonce, ad: zeros.part(0..<0), into: sealed)
                }
            } catch {
                preconditionFailure("every length here is constant")
            }
            key.copyMemory(from: sealed.part(0..<32).readOnly)
        }
    }

    private func currentNonce() throws(CryptoError) -> [UInt8] {
        guard n < .max else { throw .counterExhausted }
        return Self.nonce(n)
    }

    /// 32 zero bits, then the number little-endian.
    private static func nonce(_ n: UInt64) -> [UInt8] {
        [0, 0, 0, 0] + Swift.withUnsafeBytes(of: n.littleEndian) { Array($0) }
    }

    private typealias Bytes = UnsafeRawBufferPointer

    private static func withBytes(
        _ a: [UInt8], _ b: [UInt8], _ c: [UInt8], _ body: (Bytes, Bytes, Bytes) throws(CryptoError) -> Void
    ) throws(CryptoError) {
        try a.withRaw { (a) throws(CryptoError) in
            try b.withRaw { (b) throws(CryptoError) in
                try c.withRaw { (c) throws(CryptoError) in try body(a, b, c) }
            }
        }
    }
}
