import Foundation
import MutualCrypto
import MutualWire
import Testing

extension HostileMassTests {
    /// A listed person who sends more than anybody can read `[log-7]`, `[log-12.5]`, `[session-31]`.
    struct MassTests {
        /// Seconds of each, and how often something is done in a short run.
        private static var seconds: Int { Needs.attackS ?? 3 }

        /// Sends records until a moment, meets again whenever the session is closed, and counts.
        private static func pour(
            _ mallory: ModifiedMutual, until: Double, log: LogID, _ record: (UInt64) -> Record
        ) throws -> (sent: Int, sessions: Int) {
            Lab.giveWay()
            var sent = 0
            var sessions = 0
            while Monotonic.now < until {
                // Thirty flights a minute are read, and then none: wait and see.
                guard let line = try? mallory.dial() else {
                    usleep(200_000)
                    continue
                }
                sessions += 1
                line.send(.hello(.plain(log: log, next: 1)))
                var seq: UInt64 = 1
                for record in line.read(seconds: 3, until: { if case .hello = $0 { true } else { false } }) {
                    if case .hello(let hello) = record, hello.peerLog == log { seq = hello.received + 1 }
                }
                while Monotonic.now < until {
                    var bytes: [UInt8] = []
                    for _ in 0..<64 {
                        bytes += line.cells(record(seq).encode())
                        seq += 1
                    }
                    guard line.wire.send(bytes, seconds: max(0.1, until - Monotonic.now)) else { break }
                    sent += 64
                    // Acks are read away.
                    if line.wire.read(65_536, seconds: 0).end != .none { break }
                }
            }
            return (sent, sessions)
        }

        @Test func aMillionTinyItemsAreAThousandADay() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let log = freshLog()
                try Watch.over("tiny items", victim: victim, honest: honest, seconds: Self.seconds + 1) { until in
                    let (sent, sessions) = try lab.inside {
                        try Self.pour(mallory, until: until, log: log) { .item(.note("x", seq: $0)) }
                    }
                    return "\(sent) items on \(sessions) sessions"
                }
                #expect(try victim.inbox(with: "Mallory").count == Limits.itemsADay)
            }
        }

        /// Beyond the day's limit a session holds what an honest sender may have given, and no more `[log-7]`.
        @Test func whatWaitsForTheNextDayIsBounded() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let log = freshLog()
                let end = try lab.inside { () -> (fair: End, beyond: End, acked: UInt64) in
                    let (line, _) = try mallory.meet(log: log)
                    var acked: UInt64 = 0
                    func give(_ range: ClosedRange<UInt64>) {
                        for seq in range { line.send(.item(.note("x", seq: seq))) }
                    }
                    let day = UInt64(Limits.itemsADay)
                    give(1...day)
                    _ = line.read(seconds: 20) {
                        if case .ack(_, let received) = $0 { acked = max(acked, received) }
                        return acked == day
                    }
                    give(day + 1...day + UInt64(Limits.unackedRecords))
                    let fair = line.ends(within: 1)
                    give(day + UInt64(Limits.unackedRecords) + 1...day + UInt64(Limits.unackedRecords) + 1)
                    return (fair, line.ends(within: 3), acked)
                }
                #expect(end.acked == UInt64(Limits.itemsADay))
                #expect(end.fair == .none, "an honest sender may have given so many")
                #expect(end.beyond != .none, "what no honest sender gives ends the session")
                #expect(try victim.inbox(with: "Mallory").count == Limits.itemsADay)
            }
        }

        @Test func oneIdWithoutEndIsOneItem() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let (log, id) = (freshLog(), freshID())
                try Watch.over("one id again and again", victim: victim, honest: honest, seconds: Self.seconds) {
                    until in
                    let (sent, sessions) = try lab.inside {
                        try Self.pour(mallory, until: until, log: log) { .item(.note("only once", seq: $0, id: id)) }
                    }
                    return "\(sent) items on \(sessions) sessions"
                }
                #expect(try victim.texts(with: "Mallory") == ["only once"])
            }
        }

        /// Retracts are outside the limit of a day, and each one's id is kept: they cost the disk a row and memory nothing.
        @Test func retractsWithoutEndCostNoMemory() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let log = freshLog()
                try Watch.over("retracts", victim: victim, honest: honest, seconds: Self.seconds) { until in
                    let (sent, sessions) = try lab.inside {
                        try Self.pour(mallory, until: until, log: log) {
                            var item = Item(id: freshID(), madeMs: 0, content: .retract)
                            (item.seq, item.leftS, item.re) = ($0, 3_600, freshID())
                            return .item(item)
                        }
                    }
                    let size = try FileManager.default.contentsOfDirectory(atPath: victim.home).reduce(0) { sum, name in
                        let file = try FileManager.default.attributesOfItem(atPath: victim.home + "/" + name)
                        return sum + (file[.size] as? Int ?? 0)
                    }
                    return "\(sent) retracts on \(sessions) sessions, \(size >> 10) KiB in the home"
                }
                #expect(try victim.inbox(with: "Mallory").isEmpty)
            }
        }

        /// Pings by the hundred thousand, whose answers are not read; Hellos that each name a new log; Voids.
        @Test func recordsThatAskForNothingCostLittle() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallories = try (0..<4).map { try ModifiedMutual(listedBy: victim, as: "Mallory\($0)") }
                try Watch.over("pings, Hellos, Voids", victim: victim, honest: honest, seconds: Self.seconds + 3) {
                    until in
                    let work = [
                        lab.begin { try Self.push(mallories[0], until: until, reads: false) { .ping(UInt64($0)) } },
                        lab.begin { try Self.push(mallories[1], until: until, reads: true) { .ping(UInt64($0)) } },
                        lab.begin { try Self.push(mallories[2], until: until, reads: true) { _ in .hello(.plain()) } },
                        lab.begin {
                            try Self.push(mallories[3], until: until, reads: true) {
                                .void(seq: UInt64($0), id: freshID())
                            }
                        },
                    ]
                    let counts = try work.map { try $0.value() }
                    return "\(counts[0] + counts[1]) pings, \(counts[2]) Hellos, \(counts[3]) Voids"
                }
                #expect(try victim.inbox().allSatisfy { ($0["text"] as? String)?.hasPrefix("tick") == true })
            }
        }

        /// Writes records on one session until it ends or the time is up.
        private static func push(
            _ mallory: ModifiedMutual, until: Double, reads: Bool, _ record: (Int) -> Record
        ) throws -> Int {
            Lab.giveWay()
            let (line, _) = try mallory.meet()
            var sent = 0
            while Monotonic.now < until {
                var bytes: [UInt8] = []
                for _ in 0..<32 {
                    sent += 1
                    bytes += line.cells(record(sent).encode())
                }
                guard line.wire.send(bytes, seconds: max(0.1, until - Monotonic.now)) else { break }
                if reads, line.wire.read(65_536, seconds: 0).end != .none { break }
            }
            return sent
        }

        /// Session after session with one key: after a few there is a pause, and its person is told once `[session-21]`.
        @Test func sessionsWithoutEndBringAPause() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let events = try Control(victim.socketPath)
                try events.call("events.subscribe", ["kinds": ["person.two-machines"]])
                try Watch.over("session storm", victim: victim, honest: honest, seconds: Self.seconds) { until in
                    let (met, refused) = try lab.inside { () -> (Int, Int) in
                        var lines: [Line] = []
                        var refused = 0
                        while Monotonic.now < until {
                            if let (line, _) = try? mallory.meet() { lines.append(line) } else { refused += 1 }
                        }
                        return (lines.count, refused)
                    }
                    #expect(met >= 7 && met <= 8 * (1 + Self.seconds / 60), "\(met) sessions")
                    return "\(met) sessions, then \(refused) times silence"
                }
                #expect(try events.message(seconds: 0.5) != nil)
                #expect(try events.message(seconds: 0.5) == nil)
            }
        }

        /// Somebody who takes nothing while much is on its way to them.
        @Test func whoReadsNothingHoldsNothingUp() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let text = String(repeating: "long ", count: 3_000)
                for _ in 0..<200 {
                    try victim.control.call("item.give", ["to": ["Mallory"], "kind": "note", "text": text])
                }
                try Watch.over("a reader who does not read", victim: victim, honest: honest, seconds: 9) { _ in
                    let end = try lab.inside { () -> End in
                        let (line, _) = try mallory.meet()
                        // Nothing is read for longer than a write may stay `[session-30]`.
                        usleep(8_500_000)
                        return line.ends(within: 10)
                    }
                    #expect(end != .none)
                    return "3 MB waited"
                }
            }
        }
    }
}
