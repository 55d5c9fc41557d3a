import Foundation
import MutualCrypto
import MutualWire
import Testing

extension HostileBytesTests {
    /// What was said before is not believed again, whoever says it `[session-9]`, `[marks-7]`.
    struct ReplayTests {
        /// A flight opens one session, in this life of the daemon and in every later one.
        @Test func aFlightOpensOneSessionBeforeAndAfterARestart() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let flight = try lab.inside { () -> [UInt8] in
                    let (flight, _) = try mallory.flight1()
                    guard try Self.answer(to: flight) == Limits.flight2Bytes else { throw Trouble("no flight 2") }
                    return flight
                }
                #expect(try lab.inside { try Self.answer(to: flight) } == 0)
                #expect(try lab.inside { try Self.answer(to: flight, from: Address.routed(1)) } == 0)
                for signal in [SIGKILL, SIGTERM] {
                    victim.end(signal)
                    try victim.startAgain()
                    #expect(try lab.inside { try Self.answer(to: flight) } == 0)
                    // It is the flight, not the person: a fresh one is answered.
                    #expect(try lab.inside { try Self.answer(to: try mallory.flight1().bytes) } == Limits.flight2Bytes)
                }
            }
        }

        /// How many bytes come back within a second.
        private static func answer(to flight: [UInt8], from: String = Lab.stranger) throws -> Int {
            let wire = try Wire(from: from)
            wire.send(flight)
            return wire.read(Limits.flight2Bytes, seconds: 1).bytes.count
        }

        /// A beacon leads to a dial of the place it came from and to nothing else; another version, another clock,
        /// another source or another port is nobody's.
        @Test func onlyAnOwnFreshBeaconBringsADial() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let (good, elsewhere) = (Address.onLink(7), Address.onLink(8))
                try lab.inside {
                    let trap = try Trap(at: good, port: 7747)
                    let other = try Trap(at: elsewhere, port: 7747)
                    let low = try Trap(at: good, port: 1_023)
                    let mouth = try Shout(from: good)
                    let nonce = noise(12)
                    for version: UInt8 in [0, 2, 255] {
                        mouth.send(try mallory.beacon(from: good, port: 7747, version: version))
                    }
                    mouth.send(try mallory.beacon(from: good, port: 7747, clockOffS: 365 * 86_400))
                    mouth.send(try mallory.beacon(from: good, port: 1_023))
                    let beacon = try mallory.beacon(from: good, port: 7747, nonce: nonce)
                    // Heard there and said here: the address does not fit.
                    try Shout(from: elsewhere).send(beacon)
                    // Another port than the one that was marked.
                    var moved = beacon
                    moved[5] ^= 1
                    mouth.send(moved)
                    guard trap.next(seconds: 1) == nil, other.next(seconds: 0) == nil, low.next(seconds: 0) == nil
                    else {
                        throw Trouble("a wrong beacon brought a dial")
                    }
                    mouth.send(beacon)
                    guard let dial = trap.next(seconds: 3) else { throw Trouble("a right beacon brought no dial") }
                    // It says its flight and waits three seconds; nothing follows a wrong answer.
                    guard dial.read(seconds: 1).bytes.count == Limits.flight1Bytes else { throw Trouble("no flight 1") }
                    dial.send(noise(Limits.flight2Bytes))
                    let rest = dial.read(seconds: 2)
                    guard rest.bytes.isEmpty, rest.end != .none else { throw Trouble("a wrong flight 2 was taken") }
                }
                #expect(victim.lives)
            }
        }

        /// The same beacon again and again counts once `[discovery-16]`; after a restart once more.
        @Test func aReplayedBeaconCountsOnce() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let place = Address.onLink(9)
                let beacon = try mallory.beacon(from: place, port: 7747)
                let dials = try lab.inside { try Self.dials(at: place, beacon, seconds: 4.5) }
                #expect(dials == 1)
                victim.end(SIGKILL)
                try victim.startAgain()
                let again = try lab.inside { try Self.dials(at: place, beacon, seconds: 4.5) }
                #expect(again == 1)
            }
        }

        /// Says one beacon ten times a second; how often somebody came.
        private static func dials(at place: String, _ beacon: [UInt8], seconds: Double) throws -> Int {
            let trap = try Trap(at: place, port: 7747)
            let mouth = try Shout(from: place)
            let end = Monotonic.now + seconds
            var dials = 0
            while Monotonic.now < end {
                mouth.send(beacon)
                while trap.next(seconds: 0.1) != nil { dials += 1 }
            }
            return dials
        }

        /// Fresh beacons as fast as they go, of somebody who never answers: a dial in two seconds, one at a time.
        @Test func beaconsWithoutEndBringFewDials() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let place = Address.onLink(10)
                let seconds = Needs.attackS ?? 4
                try Watch.over("beacons of a mutual", victim: victim, honest: honest, seconds: seconds) { until in
                    let dials = try lab.inside { () -> Int in
                        let trap = try Trap(at: place, port: 7747)
                        let mouth = try Shout(from: place)
                        var held: [Wire] = []
                        while Monotonic.now < until {
                            for _ in 0..<10 { mouth.send(try mallory.beacon(from: place, port: 7747)) }
                            if let dial = trap.next(seconds: 0.02) { held.append(dial) }
                        }
                        return held.count
                    }
                    #expect(dials >= 1 && dials <= seconds / 2 + 1, "\(dials) dials in \(seconds) s")
                    return "\(dials) dials"
                }
            }
        }

        /// Who saw somebody's tags once sends them with wrong checks, without end; their owner is let in `[marks-10]`.
        @Test func wrongChecksUnderAKnownTagKeepNobodyOut() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let rowan = try ModifiedMutual(listedBy: victim, as: "Rowan")
                let until = Monotonic.now + 6
                let work = [
                    lab.begin { try Floods.wrongFlights(of: rowan, until: until) },
                    lab.begin { try Floods.wrongBeacons(of: rowan, until: until) },
                ]
                usleep(500_000)
                // Beside their own flights nobody's are read for the person: twelve in a minute are few.
                let met = try lab.inside {
                    (0..<12).filter { _ in
                        usleep(300_000)
                        return (try? rowan.meet()) != nil
                    }.count
                }
                print("let in \(met) of 12 times;", try work.map { try $0.value() }.joined(separator: ", "))
                #expect(met == 12)
            }
        }

        /// The beacon and the address of somebody who is away: the victim dials, says 64 bytes that open no other
        /// door, and believes nothing.
        @Test func whoTakesSomebodysAddressGetsNothing() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let ear = lab.begin { () -> [[UInt8]] in
                    let ear = try Shout()
                    var heard: [[UInt8]] = []
                    let end = Monotonic.now + 8
                    while Monotonic.now < end, heard.count < 2 {
                        guard let (bytes, source) = ear.hear(seconds: 0.2), source == IPAddress(text: Lab.honest) else {
                            continue
                        }
                        heard.append(bytes)
                    }
                    return heard
                }
                usleep(300_000)
                // Whoever starts shouts.
                honest.end(SIGTERM)
                try honest.startAgain()
                let beacons = try ear.value()
                #expect(!beacons.isEmpty)
                honest.end(SIGKILL)
                try lab.setPlugged("h", false)
                try Command.must("ip", "-n", lab.name + "s", "address", "add", "\(Lab.honest)/16", "dev", "eth0")
                try Command.must("ip", "-n", lab.name + "v", "neigh", "flush", "dev", "eth0")
                let flights = try lab.inside { () -> [[UInt8]] in
                    let trap = try Trap(at: Lab.honest, port: 7747)
                    let mouth = try Shout(from: Lab.honest)
                    var flights: [[UInt8]] = []
                    let end = Monotonic.now + 8
                    while Monotonic.now < end, flights.count < 2 {
                        for beacon in beacons { mouth.send(beacon) }
                        guard let dial = trap.next(seconds: 0.5) else { continue }
                        let said = dial.read(seconds: 1).bytes
                        flights.append(said)
                        // Back to its writer, from whom it came, and to the port it did not name.
                        dial.send(Array(said.suffix(Limits.flight2Bytes)))
                        let echo = try Wire(from: Lab.honest)
                        echo.send(said)
                        guard dial.read(seconds: 0.3).bytes.isEmpty, echo.read(seconds: 0.7).bytes.isEmpty else {
                            throw Trouble("a flight was answered")
                        }
                    }
                    return flights
                }
                #expect(!flights.isEmpty, "the beacon was not believed at all")
                #expect(flights.allSatisfy { $0.count == Limits.flight1Bytes })
                #expect(try victim.inbox().isEmpty)
                #expect(victim.lives)
            }
        }
    }
}
