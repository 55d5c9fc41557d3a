import Testing

@testable import MutualSimulator

/// Circumstances are added to what else is drawn, and change nothing of it.
@Suite struct CircumstanceTests {
    private func options(_ seed: UInt64) -> Options {
        var drawn = Chance(seed, "options")
        return Options(&drawn)
    }

    @Test func mostWorldsHaveNoneAndEachIsInSome() {
        let all = (1...500).map { Circumstances(UInt64($0)) }
        let none = all.filter { $0.restMs == 0 && !$0.replays && !$0.relists && $0.flood == 0 }
        #expect(none.count > 250)
        #expect(all.filter { $0.restMs > 0 }.count > 50)
        #expect(all.filter(\.replays).count > 50)
        #expect(all.filter(\.relists).count > 50)
        #expect(all.filter { $0.flood > 256 }.count > 15)
    }

    /// The other steps stay what they are; those after a rest come later by it.
    @Test func otherStepsStay() {
        for seed in UInt64(1)...200 {
            let plain = options(seed)
            var with = plain
            with.take(Circumstances(seed))
            let before = Schedule(seed: seed, options: plain)
            let after = Schedule(seed: seed, options: with)
            #expect(after.lengthMs == before.lengthMs + with.circumstances.restMs)
            let later = Dictionary(after.steps.map { ($0.salt, $0.atMs) }) { first, _ in first }
            for step in before.steps {
                let moved = later[step.salt].map { $0 - step.atMs }
                #expect(moved == 0 || moved == with.circumstances.restMs, "seed \(seed)")
            }
            #expect(after.steps.allSatisfy { $0.atMs <= after.lengthMs })
        }
    }
}
