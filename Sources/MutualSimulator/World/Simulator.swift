import MutualWire

/// What came of one seed.
public struct Report: Sendable {
    /// The seed.
    public let seed: UInt64
    /// The checker that failed; nil: everything held.
    public let checker: String?
    /// What it found.
    public let message: String
    /// A digest of everything that happened.
    public let digest: UInt64
    /// How many turns Nodes took.
    public let turns: Int
    /// How many items were accepted, and how many of them were shown.
    public let accepted: Int
    /// How many of the accepted items stood on their reader's screen.
    public let shown: Int
    /// The kinds of what stood on screens, by number, in order.
    public let kinds: [UInt32]
    /// How many steps the schedule has.
    public let steps: Int
    /// Simulated milliseconds.
    public let simulatedMs: Int64
    /// What happened, in words, when it was asked for.
    public let story: [String]
}

/// Runs invented worlds, one for each seed.
public enum Simulator {
    /// Runs the world of a seed. `keeping`: the numbers of the steps that are carried out (nil: all). `telling`: with a
    /// story in words. `withHabits`: false leaves out what people do beyond notes, which seeds from before it did not have.
    public static func run(
        _ seed: UInt64, keeping: Set<Int>? = nil, telling: Bool = false, withHabits: Bool = true
    ) -> Report {
        var drawn = Chance(seed, "options")
        var options = Options(&drawn)
        options.habits = withHabits ? Habits(seed) : Habits()
        if withHabits { options.take(Circumstances(seed)) }
        let world = World(seed: seed, options: options, checkers: allCheckers())
        if telling { world.story = ["\(options)"] }
        let schedule = Schedule(seed: seed, options: options)
        world.setUp()
        for (number, step) in schedule.steps.enumerated() where keeping?.contains(number) ?? true {
            world.plan(after: step.atMs) { [unowned world] in world.carryOut(step) }
        }
        let end = world.nowMs + schedule.lengthMs
        world.run(until: end)
        if world.failure == nil { finish(world) }
        defer { world.end() }
        return Report(
            seed: seed, checker: world.failure?.checker, message: world.failure?.message ?? "",
            digest: world.trace.digest, turns: world.machines.reduce(0) { $0 + $1.turns },
            accepted: world.accepted.count, shown: world.accepted.values.reduce(0) { $0 + ($1.wasShown ? 1 : 0) },
            kinds: world.shownKinds.sorted(), steps: schedule.steps.count, simulatedMs: world.nowMs - 1_000_000,
            story: world.story ?? [])
    }

    /// Heals the world, gives it its time, and looks at what came of it.
    private static func finish(_ world: World) {
        world.heal()
        world.run(until: world.holdEndMs() + Convergence.withinMs)
        world.check { try $0.converged(world) }
        guard world.failure == nil else { return }
        world.note("converged")
        world.run(until: world.nowMs + Calm.lengthMs)
        world.check { if let calm = $0 as? Calm { try calm.ended(world) } }
    }

    /// The shortest part of a failing schedule that still fails with the same checker: steps are left out, in ever
    /// smaller groups, as long as it fails.
    public static func shrink(_ seed: UInt64, tries: Int = 400) -> (keeping: [Int], report: Report)? {
        let whole = run(seed)
        guard let checker = whole.checker else { return nil }
        var kept = Array(0..<whole.steps)
        var best = whole
        var size = max(1, kept.count / 2)
        var left = tries
        while left > 0 {
            var start = 0
            var didShrink = false
            while start < kept.count, left > 0 {
                let part = Array(kept[..<start] + kept[min(kept.count, start + size)...])
                left -= 1
                let report = run(seed, keeping: Set(part))
                if report.checker == checker {
                    kept = part
                    best = report
                    didShrink = true
                } else {
                    start += size
                }
            }
            if size == 1, !didShrink { break }
            size = max(1, size / 2)
        }
        return (kept, best)
    }
}
