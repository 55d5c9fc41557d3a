import Foundation
import MutualSimulator
import TestSupport
import Testing

/// Invented worlds from fixed seeds: what broke once is run for ever, and a few fresh kinds with it.
@Suite struct SeedTests {
    /// Seeds that are run each time.
    private static let ordinary: [UInt64] = Array(1...60)

    /// Seeds that failed once, and why.
    private static let found: [(seed: UInt64, why: String)] = [
        (1, "a clock that was set back promised more life than a reader accepts: acked, and never shown"),
        (5, "a Ping went out before the other's Hello was read"),
        (1360, "a retract that was acked stays behind when both are put back, and was awaited"),
        (262, "a retract went out after a Bye"),
        (4_700_403_536, "a disk was copied before anything was said, and positions of both copies were compared"),
        (4_700_405_411, "an Ack of one copy of a disk was held against the other copy"),
        (4_700_405_714, "one copy of a disk had acked a retract, and it was awaited of the other"),
        (4_700_405_703, "a beacon heard while a dial to a wrong address was out was forgotten"),
        (5_200_004_578, "a Hello read late on an older session began a log that the newer one had not named"),
        (5_100_041_106, "by the reader's clock 120 days were over, and by that of a writer who was put back an hour"),
    ]

    @Test func nothingFailsOnceMore() {
        for (seed, why) in Self.found {
            // As these worlds were when they failed.
            let report = Simulator.run(seed, withHabits: false)
            #expect(report.checker == nil, "seed \(seed), once: \(why); now: \(report.message)")
        }
    }

    /// A pause that a resting machine had not taken up yet was left standing when the world was healed.
    @Test func nobodyIsPausedAfterHealing() {
        let report = Simulator.run(4_700_403_378, keeping: [2, 8, 32])
        #expect(report.checker == nil, "\(report.message)")
    }

    @Test(arguments: ordinary) func everyPromiseHolds(seed: UInt64) {
        let report = Simulator.run(seed)
        let words = "seed \(seed): \(report.checker ?? "")\(report.message); replay: scripts/sim \(seed)"
        #expect(report.checker == nil, "\(words)")
        #expect(report.turns > 0)
    }

    @Test func theWorldsAreBusy() {
        let reports = (1...12).map { Simulator.run(UInt64($0)) }
        #expect(reports.reduce(0) { $0 + $1.accepted } > 100)
        #expect(reports.reduce(0) { $0 + $1.shown } > 60)
        // What people say to each other is not only notes: exchanges, pages and rooms come to screens, too.
        let kinds = Set(reports.flatMap(\.kinds))
        #expect(kinds.isSuperset(of: [16, 17, 18, 19, 20, 21, 22, 24, 29, 31, 34, 35]), "\(kinds.sorted())")
    }

    @Test(arguments: [7, 41, 226] as [UInt64]) func oneSeedHasOneTrace(seed: UInt64) {
        let first = Simulator.run(seed)
        let second = Simulator.run(seed)
        #expect(first.digest == second.digest)
        #expect(first.turns == second.turns)
        #expect(first.digest != Simulator.run(seed + 1).digest)
    }

    /// Hash seeds and addresses differ from process to process: nothing may follow from them.
    @Test func oneSeedHasOneTraceInTwoProcesses() throws {
        let program = try #require(Self.program)
        func trace() throws -> String {
            let (pipe, complaints) = (Pipe(), Pipe())
            let process = try Started(
                program.path, ["--seeds", "1..6", "--digests"],
                environment: ProcessInfo.processInfo.environment, output: pipe, errors: complaints)
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: data, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("trace ") }
                .joined(separator: "\n")
        }
        let first = try trace()
        #expect(first.split(separator: "\n").count == 6)
        #expect(try trace() == first)
    }

    /// The program, built beside these tests.
    private static var program: URL? {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = folder.appending(path: "mutual-sim")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
            folder = folder.deletingLastPathComponent()
        }
        return nil
    }
}

/// What must look alike from outside does.
@Suite struct LookalikeTests {
    @Test(arguments: 1...10 as ClosedRange<UInt64>) func blockedLooksLikeNeverKnown(seed: UInt64) {
        #expect(Lookalikes.blockedAndUnknown(seed) == nil)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>) func pausedLooksLikeOff(seed: UInt64) {
        #expect(Lookalikes.pausedAndOff(seed) == nil)
    }
}
