import Foundation

/// Numbers that are the same again for the same seed (SplitMix64).
struct Seed: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// One of these.
    mutating func one<T>(of choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }

    mutating func below(_ end: Int) -> Int { Int.random(in: 0..<max(1, end), using: &self) }

    mutating func chance(percent: Int) -> Bool { below(100) < percent }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}

/// How much is done: little in an ordinary run of the tests, more where `scripts/crash` says so.
enum Volume {
    /// Kills with -9 in all.
    static let rounds = number("MUTUAL_ROUNDS", 24)
    /// Damaged homes that are opened inside this process.
    static let mutations = number("MUTUAL_MUTATIONS", 150)
    /// Damaged homes that the built program is started on.
    static let startedMutations = number("MUTUAL_STARTED_MUTATIONS", 16)
    /// The first seed.
    static let seed = UInt64(clamping: number("MUTUAL_SEED", 1))

    private static func number(_ name: String, _ usual: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? usual
    }
}
