public import MutualCrypto

/// Where randomness comes from: the system's in the daemon, a seed's in tests and simulator.
public protocol Entropy {
    /// Fills the buffer with random bytes.
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer)
}

extension Entropy {
    /// `count` random bytes that are no secret (ids, nonces, padding).
    public mutating func bytes(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        result.withUnsafeMutableBytes { fill($0) }
        return result
    }

    /// `count` random bytes in guarded memory.
    public mutating func secret(_ count: Int) -> SecretBytes {
        SecretBytes(count: count) { fill($0) }
    }

    /// A uniform number in `0 ..< bound` (0 for a bound of 0), without modulo bias.
    public mutating func below(_ bound: UInt64) -> UInt64 {
        guard bound > 1 else { return 0 }
        let limit = UInt64.max - UInt64.max % bound
        while true {
            let value = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            if value < limit { return value % bound }
        }
    }

    /// `ms` changed by up to `spread` in either direction.
    mutating func around(_ ms: Int64, spread: Int64) -> Int64 {
        ms - spread + Int64(below(UInt64(2 * spread + 1)))
    }
}
