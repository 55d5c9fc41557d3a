/// SymmetricState of the Noise specification, section 5.2. `ck` and `k` share one guarded allocation.
final class SymmetricState {
    private let hash: NoiseHash
    private let memory = GuardedMemory(count: 64 + 32)
    private let cipher: CipherState
    /// The hash of all that was sent and received; no secret.
    private(set) var h: [UInt8]

    private var ck: UnsafeMutableRawBufferPointer { memory.bytes.part(0..<hash.byteCount) }
    var hasKey: Bool { cipher.hasKey }

    /// InitializeSymmetric.
    init(protocolName: String, hash: NoiseHash) {
        self.hash = hash
        cipher = CipherState(in: memory, at: 64)
        let name = Array(protocolName.utf8)
        if name.count <= hash.byteCount {
            h = name + [UInt8](repeating: 0, count: hash.byteCount - name.count)
        } else {
            h = hash.hash(name, [])
        }
        ck.copyBytes(from: h)
    }

    func mixKey(_ input: UnsafeRawBufferPointer) {
        let ck = self.ck
        cipher.initializeKey { k in hash.hkdf(chainingKey: ck.readOnly, input, into: ck, k) }
    }

    func mixHash(_ data: [UInt8]) {
        h = hash.hash(h, data)
    }

    func mixKeyAndHash(_ input: UnsafeRawBufferPointer) {
        let ck = self.ck
        // temp_h goes into h, which is no secret.
        var temp = [UInt8](repeating: 0, count: hash.byteCount)
        temp.withUnsafeMutableBytes { temp in
            cipher.initializeKey { k in hash.hkdf(chainingKey: ck.readOnly, input, into: ck, temp, k) }
        }
        mixHash(temp)
        temp.withUnsafeMutableBytes { Sodium.wipe($0) }
    }

    func encryptAndHash(_ plaintext: [UInt8]) throws(CryptoError) -> [UInt8] {
        let sealed = try cipher.encrypt(plaintext, ad: h)
        mixHash(sealed)
        return sealed
    }

    func decryptAndHash(_ sealed: [UInt8]) throws(CryptoError) -> [UInt8] {
        let plaintext = try cipher.decrypt(sealed, ad: h)
        mixHash(sealed)
        return plaintext
    }

    /// Split: two cipher states over one new allocation; the first is the initiator's for sending.
    func split() -> (CipherState, CipherState) {
        let keys = GuardedMemory(count: 64)
        let first = CipherState(in: keys, at: 0)
        let second = CipherState(in: keys, at: 32)
        let ck = self.ck
        first.initializeKey { k1 in
            second.initializeKey { k2 in
                hash.hkdf(chainingKey: ck.readOnly, UnsafeRawBufferPointer(start: nil, count: 0), into: k1, k2)
            }
        }
        return (first, second)
    }
}
