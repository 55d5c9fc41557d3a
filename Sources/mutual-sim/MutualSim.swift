import ArgumentParser
import MutualSimulator

/// Runs invented worlds from seeds and tells which of them break a promise.
@main
struct MutualSim: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutual-sim",
        abstract: "Run invented worlds of real Nodes: faults first, then healing; every checker looks on.")

    @Argument(help: "One seed.")
    var seed: UInt64?

    @Option(help: "Seeds FROM..TO, ends included.")
    var seeds: String?

    @Option(help: "Fresh seeds for so many minutes.")
    var minutes: Double?

    @Option(help: "Only these steps of the schedule: 0,3,17.")
    var keep: String?

    @Flag(help: "Tell what happens.")
    var tell = false

    @Flag(help: "Look for the shortest part of a failing schedule that still fails.")
    var shrink = false

    @Flag(help: "Go on after a failure.")
    var all = false

    @Flag(help: "Print the trace of each seed, to compare two runs.")
    var digests = false

    @Flag(help: "Hold the worlds that must look alike against each other instead.")
    var lookalikes = false

    func run() throws {
        if let seed { return try one(seed) }
        var tally = Tally(shrinks: shrink, goesOn: all)
        if let seeds {
            let ends = seeds.split(separator: ".", omittingEmptySubsequences: true).compactMap { UInt64($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { throw ValidationError("--seeds wants FROM..TO") }
            if lookalikes { return try alike(ends[0]...ends[1]) }
            for seed in ends[0]...ends[1] where tally.goes {
                let report = Simulator.run(seed)
                if digests { print("trace \(seed) \(report.digest) \(report.turns)") }
                tally.add(report)
            }
        } else {
            let length = Duration.milliseconds(Int64((minutes ?? 1) * 60_000))
            let start = ContinuousClock.now
            var seed = UInt64.random(in: 1_000_000...9_000_000_000)
            print("fresh seeds from \(seed)")
            while tally.goes, ContinuousClock.now - start < length {
                tally.add(Simulator.run(seed))
                seed += 1
            }
        }
        tally.end()
        if tally.failures > 0 { throw ExitCode(1) }
    }

    private func alike(_ seeds: ClosedRange<UInt64>) throws {
        var failures = 0
        for seed in seeds {
            for (name, difference) in [
                ("blocked and unknown", Lookalikes.blockedAndUnknown(seed)),
                ("paused and off", Lookalikes.pausedAndOff(seed)),
            ] {
                guard let difference else { continue }
                failures += 1
                print("seed \(seed): \(name) differ: \(difference)")
            }
        }
        print("\(seeds.count) seeds, \(failures) differences")
        if failures > 0 { throw ExitCode(1) }
    }

    private func one(_ seed: UInt64) throws {
        let kept = keep.map { Set($0.split(separator: ",").compactMap { Int($0) }) }
        let report = Simulator.run(seed, keeping: kept, telling: tell)
        for line in report.story { print(line) }
        print(report.line)
        guard report.checker != nil else { return }
        if shrink, let short = Simulator.shrink(seed) { print(short.report.replay(short.keeping)) }
        throw ExitCode(1)
    }
}

/// Counts what came of many seeds.
struct Tally {
    let shrinks: Bool
    let goesOn: Bool
    private let start = ContinuousClock.now
    private(set) var runs = 0
    private(set) var failures = 0
    private var turns = 0
    private var accepted = 0
    private var shown = 0
    private var simulatedMs: Int64 = 0
    private var checkers: [String: Int] = [:]

    init(shrinks: Bool, goesOn: Bool) {
        self.shrinks = shrinks
        self.goesOn = goesOn
    }

    var goes: Bool { failures == 0 || goesOn }

    mutating func add(_ report: Report) {
        runs += 1
        turns += report.turns
        accepted += report.accepted
        shown += report.shown
        simulatedMs += report.simulatedMs
        guard let checker = report.checker else { return }
        failures += 1
        checkers[checker, default: 0] += 1
        print(report.line)
        print("  replay: mutual-sim \(report.seed) --tell")
        if shrinks, let short = Simulator.shrink(report.seed) { print("  " + short.report.replay(short.keeping)) }
    }

    func end() {
        let seconds = Double((ContinuousClock.now - start).components.seconds) + 0.001
        let aMinute = Int(Double(runs) / seconds * 60)
        print(
            "\(runs) schedules, \(failures) failed, \(Int(seconds)) s, \(aMinute) a minute; \(turns) turns, "
                + "\(accepted) items accepted, \(shown) shown, \(simulatedMs / 3_600_000) simulated hours")
        for (checker, count) in checkers.sorted(by: { $0.key < $1.key }) { print("  \(checker): \(count)") }
    }
}

extension Report {
    /// One line.
    var line: String {
        let digits = String(digest, radix: 16)
        let trace = String(repeating: "0", count: 16 - digits.count) + digits
        let figures = "\(turns) turns, \(accepted) accepted, \(shown) shown, trace \(trace)"
        guard let checker else { return "seed \(seed): holds; \(figures)" }
        return "seed \(seed): \(checker): \(message) (at \(simulatedMs / 1_000) s; \(figures))"
    }

    /// How to see the shortest schedule.
    func replay(_ kept: [Int]) -> String {
        "shortest (\(kept.count) of \(steps) steps): mutual-sim \(seed) --tell --keep "
            + (kept.isEmpty ? "none" : kept.map(String.init).joined(separator: ","))
            + "\n  \(message)"
    }
}
