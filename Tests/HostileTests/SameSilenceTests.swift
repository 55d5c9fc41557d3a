import Foundation
import MutualCrypto
import MutualWire
import Testing

extension HostileBytesTests {
    /// A stranger, somebody blocked, somebody removed and a replayer see the same: bytes, end, and times
    /// `[session-8]`.
    struct SameSilenceTests {
        /// What one visit saw.
        struct Sight: Sendable {
            var bytes = 0
            var end = End.none
            var seconds = 0.0
        }

        /// How a visitor behaves besides the 64 bytes: everybody does each of these.
        enum Manner: CaseIterable {
            case waits
            case endsItsHalf
            case goesOnTalking
            case inTwoParts
        }

        /// Who visits, and with which bytes.
        enum Kind: CaseIterable {
            case stranger
            case otherStranger
            case replayer
            case removed
            case blocked
        }

        @Test func everybodyWhoIsNotExpectedSeesTheSame() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let removed = try ModifiedMutual(listedBy: victim, as: "Rowan")
                let blocked = try ModifiedMutual(listedBy: victim, as: "Bryony")
                let replayed = try lab.inside { () -> [UInt8] in
                    // All three were mutuals once.
                    for mutual in [removed, blocked] { _ = try mutual.meet() }
                    let wire = try Wire()
                    let (flight, _) = try mallory.flight1()
                    wire.send(flight)
                    guard wire.read(Limits.flight2Bytes, seconds: 3).bytes.count == Limits.flight2Bytes else {
                        throw Trouble("no flight 2")
                    }
                    return flight
                }
                try victim.control.call("people.remove", ["who": "Rowan"])
                let canBlock = try victim.control.answer("people.block", ["who": "Bryony"])["result"] != nil
                let kinds = Kind.allCases.filter { $0 != .blocked || canBlock }
                print("kinds: \(kinds)" + (canBlock ? "" : "; this daemon cannot block yet"))
                let rounds = Needs.isLong ? 30 : 3
                let sights = try lab.inside { () -> [Kind: [Sight]] in
                    var work: [(Kind, Work<Sight>)] = []
                    // All at once, in turn, each from an address of its own: whatever the machine does, it does to all.
                    // Never more than the 64 that are kept.
                    var sights: [Kind: [Sight]] = [:]
                    for round in 0..<rounds {
                        for manner in Manner.allCases {
                            for kind in kinds.shuffled() {
                                let bytes: [UInt8] =
                                    switch kind {
                                    case .stranger, .otherStranger: noise(64)
                                    case .replayer: replayed
                                    case .removed: try removed.flight1().bytes
                                    case .blocked: try blocked.flight1().bytes
                                    }
                                let from = Address.routed(work.count + 1_000 * (round + 1))
                                work.append((kind, lab.begin { try Self.visit(from: from, bytes, manner) }))
                                usleep(5_000)
                            }
                        }
                        if work.count + kinds.count * Manner.allCases.count > Limits.strangers || round == rounds - 1 {
                            for (kind, one) in work { sights[kind, default: []].append(try one.value()) }
                            work = []
                        }
                    }
                    return sights
                }
                Self.compare(sights, kinds)
            }
        }

        private static func visit(from: String, _ bytes: [UInt8], _ manner: Manner) throws -> Sight {
            let wire = try Wire(from: from)
            let began = Monotonic.now
            switch manner {
            case .waits: wire.send(bytes)
            case .endsItsHalf:
                wire.send(bytes)
                wire.endOutput()
            case .goesOnTalking: wire.send(bytes)
            case .inTwoParts:
                wire.send(Array(bytes.prefix(20)))
                usleep(50_000)
                wire.send(Array(bytes.dropFirst(20)))
            }
            if manner == .goesOnTalking {
                // More than a flight, later on, all the time but the last second.
                for _ in 0..<8 {
                    usleep(1_000_000)
                    wire.send(noise(512))
                }
            }
            let seen = wire.read(seconds: 15)
            return Sight(bytes: seen.bytes.count, end: seen.end, seconds: Monotonic.now - began)
        }

        private static func compare(_ sights: [Kind: [Sight]], _ kinds: [Kind]) {
            let strangers = (sights[.stranger] ?? []) + (sights[.otherStranger] ?? [])
            // What two strangers differ by is what a difference may be; a busy machine is slow by a few milliseconds.
            let noiseS = max(0.025, 2 * spread(strangers))
            let expected = median(strangers)
            for kind in kinds {
                let seen = sights[kind] ?? []
                #expect(!seen.isEmpty)
                #expect(seen.allSatisfy { $0.bytes == 0 }, "\(kind): \(seen)")
                #expect(seen.allSatisfy { $0.end == .fin }, "\(kind): \(seen)")
                #expect(seen.allSatisfy { (9.5...11).contains($0.seconds) }, "\(kind): \(seen)")
                #expect(abs(median(seen) - expected) <= noiseS, "\(kind): \(median(seen)) s, strangers \(expected) s")
                print(
                    "\(kind): \(seen.count) visits, 0 bytes, "
                        + String(
                            format: "closed after %.4f s (median), %.4f ... %.4f s", median(seen),
                            seen.map(\.seconds).min() ?? 0, seen.map(\.seconds).max() ?? 0))
            }
        }

        private static func median(_ sights: [Sight]) -> Double {
            let all = sights.map(\.seconds).sorted()
            return all.isEmpty ? 0 : all[all.count / 2]
        }

        /// The middle half of what was seen.
        private static func spread(_ sights: [Sight]) -> Double {
            let all = sights.map(\.seconds).sorted()
            return all.isEmpty ? 0 : all[all.count * 3 / 4] - all[all.count / 4]
        }
    }
}
