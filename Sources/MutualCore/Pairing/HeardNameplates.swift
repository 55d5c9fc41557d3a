import MutualWire

/// Which nameplates were heard on this network, so that a new window takes one that nobody uses `[pairing-1]`.
struct HeardNameplates {
    /// When each nameplate 1 ... 99 was heard last, monotonic milliseconds; index 0 is nameplate 1.
    private var lastMs = [Int64?](repeating: nil, count: 99)

    /// Remembers that a nameplate was heard or taken.
    mutating func note(_ nameplate: UInt8, nowMs: Int64) {
        let index = Int(nameplate) - 1
        guard lastMs.indices.contains(index) else { return }
        lastMs[index] = nowMs
    }

    /// A nameplate drawn from those that were not heard lately; the one heard longest ago when all were.
    func choose(nowMs: Int64, drawing: inout some Entropy) -> UInt8 {
        let free = (1...99).filter { nameplate in
            guard let last = lastMs[nameplate - 1] else { return true }
            return nowMs - last > PairingTimes.nameplateHeard
        }
        if free.isEmpty {
            let oldest = lastMs.indices.min { (lastMs[$0] ?? 0, $0) < (lastMs[$1] ?? 0, $1) }
            return UInt8(truncatingIfNeeded: (oldest ?? 0) + 1)
        }
        return UInt8(truncatingIfNeeded: free[Int(drawing.below(UInt64(free.count)))])
    }
}
