import CSodium

/// The operating system's random bytes.
public enum SystemRandom {
    /// Fills the buffer.
    public static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        Sodium.start()
        guard let base = buffer.baseAddress, buffer.count > 0 else { return }
        randombytes_buf(base, buffer.count)
    }
}

/// Bytes that follow from a seed alone, for tests and the simulator: the n-th call (from 0) gives ChaCha20 under the
/// first 32 bytes of SHA-512(seed || u64(n)). Never for keys of real people.
public struct SeededRandom: Sendable {
    private let seed: [UInt8]
    private var counter: UInt64 = 0

    /// Any number of seed bytes.
    public init(seed: [UInt8]) {
        self.seed = seed
    }

    /// Fills the buffer and goes one step on.
    public mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        Sodium.start()
        let key = SHA512.hash(seed, [UInt8](bigEndian: counter))
        counter &+= 1
        guard let base = buffer.baseAddress, buffer.count > 0 else { return }
        randombytes_buf_deterministic(base, buffer.count, key)
    }
}
