import MutualCore

/// Chance from a seed: SplitMix64. Fast and reproducible, never for anything real.
struct Chance: Entropy {
    private var state: UInt64

    init(_ seed: UInt64) { state = Self.mix(seed &+ 0x9e37_79b9_7f4a_7c15) }

    /// A stream of its own for a part of the world, so that what one part draws changes nothing elsewhere.
    init(_ seed: UInt64, _ part: String, _ number: UInt64 = 0) {
        var sum = Self.mix(seed &+ 1)
        for byte in part.utf8 { sum = Self.mix(sum ^ UInt64(byte)) }
        state = Self.mix(sum ^ number)
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Self.mix(state)
    }

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var word: UInt64 = 0
        for index in buffer.indices {
            if index % 8 == 0 { word = next() }
            buffer[index] = UInt8(truncatingIfNeeded: word)
            word >>= 8
        }
    }

    /// A number of the range, ends included.
    mutating func int(_ range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next() % width)
    }

    mutating func ms(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True so many times in a thousand.
    mutating func happens(_ permille: Int) -> Bool { next() % 1_000 < UInt64(max(0, permille)) }

    mutating func pick<T>(_ choices: [T]) -> T? {
        choices.isEmpty ? nil : choices[Int(next() % UInt64(choices.count))]
    }

    /// One of several, by weight.
    mutating func pick<T>(weighted choices: [(Int, T)]) -> T? {
        let sum = choices.reduce(0) { $0 + $1.0 }
        guard sum > 0 else { return nil }
        var at = Int(next() % UInt64(sum))
        for (weight, choice) in choices {
            if at < weight { return choice }
            at -= weight
        }
        return nil
    }
}

/// What a Node draws from, and what of it may have become an ephemeral key: by these the simulator reads along.
final class Draws {
    private(set) var secrets: [[UInt8]] = []

    func note(_ bytes: [UInt8]) {
        secrets.append(bytes)
        if secrets.count > 48 { secrets.removeFirst(16) }
    }
}

/// A Node's chance, which remembers draws of 32 bytes.
struct NodeEntropy: Entropy {
    private var chance: Chance
    let draws: Draws

    init(_ chance: Chance, _ draws: Draws) {
        self.chance = chance
        self.draws = draws
    }

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        chance.fill(buffer)
        if buffer.count == 32 { draws.note(Array(buffer)) }
    }
}
