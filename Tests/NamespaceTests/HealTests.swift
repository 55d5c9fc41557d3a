import Foundation
import Testing

extension NamespaceTests {
    /// What was written while the other could not be reached arrives afterwards, once and in order.
    @Suite struct HealTests {
        /// The last part of the IPv4 address that the host comes back with.
        @Test(arguments: [1, 9]) func aLinkThatComesBackHeals(_ last: Int) async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a", .v4)
                let alder = try await host.person("Alder")
                let birch = try await lab.addHost("b", .v4).person("Birch")
                try await Person.list(alder, birch)
                let dials = birch.dials()
                try await host.setPlugged(false)
                let fromAlder = try await alder.note("Birch", "from Alder")
                let fromBirch = try await birch.note("Alder", "from Birch")
                #expect(fromAlder.state == "waiting")
                #expect(fromBirch.state == "waiting")
                // Birch's own link is up: that the session is dead shows in that it dials anew.
                try await eventually("the session is over") { birch.dials() > dials }
                #expect(try await birch.received().isEmpty)
                try await host.setAddress("10.77.0.\(last)")
                try await host.setPlugged(true)
                try await eventually("both notes are there") {
                    let there = try await (alder.received(), birch.received())
                    return there == (["from Birch"], ["from Alder"])
                }
                try await eventually("both know it") {
                    let ours = try await alder.history(with: "Birch").first { $0.id == fromAlder.id }
                    let theirs = try await birch.history(with: "Alder").first { $0.id == fromBirch.id }
                    return ours?.state == "delivered" && theirs?.state == "delivered"
                }
                for person in [alder, birch] { #expect(person.log().filter { $0 == "started" }.count == 1) }
            }
        }

        /// After the first beacon that gets through each side dials once at most, and a session that is dead is not waited
        /// for more than 2 s.
        @Test(arguments: Family.allCases, Outage.allCases)
        func oneDialHeals(_ family: Family, _ outage: Outage) async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a", family).person("Alder")
                let birch = try await lab.addHost("b", family).person("Birch")
                try await Person.list(alder, birch)
                let healing = try await Healing.of(outage, alder, birch)
                #expect(healing.dials.allSatisfy { $0 <= 1 }, "\(healing.trace.joined(separator: "\n"))")
                #expect(healing.fromBeaconMs < 3_000, "\(healing.trace.joined(separator: "\n"))")
                let started = outage == .kill ? [2, 1] : [1, 1]
                #expect([alder, birch].map { $0.log().count { $0 == "started" } } == started)
            }
        }

        /// Figures: MUTUAL_HEAL_ROUNDS=20 swift test --filter manyHealings
        @Test(.enabled(if: rounds > 0, "only where MUTUAL_HEAL_ROUNDS says how many"), arguments: Family.allCases)
        func manyHealings(_ family: Family) async throws {
            for outage in Outage.allCases {
                try await Lab.with { lab in
                    let alder = try await lab.addHost("a", family).person("Alder")
                    let birch = try await lab.addHost("b", family).person("Birch")
                    try await Person.list(alder, birch)
                    var all: [Healing] = []
                    for _ in 0..<Self.rounds {
                        try await Task.sleep(for: .seconds(4))
                        all.append(try await Healing.of(outage, alder, birch))
                        #expect(all.last?.dials.allSatisfy { $0 <= 1 } == true, "\(all.last?.trace ?? [])")
                    }
                    func spread(_ what: String, _ values: [Int]) {
                        let sorted = values.sorted()
                        print(
                            "\(family) \(outage) \(what): median \(sorted[sorted.count / 2]), worst "
                                + "\(sorted.last ?? 0), of \(sorted.count)")
                    }
                    spread("first beacon to delivered, ms", all.map(\.fromBeaconMs))
                    spread("end of the outage to delivered, ms", all.map(\.fromEndMs))
                    for (side, name) in ["Alder", "Birch"].enumerated() {
                        spread("dials of \(name) since that beacon", all.map { $0.dials[side] })
                        spread("dials of \(name) since the end", all.map { $0.dialsFromEnd[side] })
                    }
                }
            }
        }

        private static let rounds = ProcessInfo.processInfo.environment["MUTUAL_HEAL_ROUNDS"].flatMap { Int($0) } ?? 0

        @Test func aKilledWriterDeliversWhatWaited() async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a").person("Alder")
                let birch = try await lab.addHost("b").person("Birch")
                try await Person.list(alder, birch)
                try await birch.stop()
                let texts = (1...5).map { "note \($0)" }
                for text in texts { _ = try await alder.note("Birch", text) }
                try await alder.killHard()
                try await alder.start()
                try await birch.start()
                try await eventually("everything is there") { try await birch.received().count >= texts.count }
                try await eventually("Alder knows it") {
                    try await alder.history(with: "Birch").allSatisfy { $0.state == "delivered" }
                }
                #expect(try await birch.received() == texts)
            }
        }

        @Test func aKilledReaderGetsEverythingOnce() async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a").person("Alder")
                let birch = try await lab.addHost("b").person("Birch")
                try await Person.list(alder, birch)
                let texts = (1...20).map { "note \($0)" }
                for (number, text) in texts.enumerated() {
                    _ = try await alder.note("Birch", text)
                    // With some delivered, some on their way, and some not yet written.
                    if number == 9 { try await birch.killHard() }
                    if number == 14 { try await birch.start() }
                }
                try await eventually("everything is there") { try await birch.received().count >= texts.count }
                try await eventually("Alder knows it") {
                    try await alder.history(with: "Birch").allSatisfy { $0.state == "delivered" }
                }
                #expect(try await birch.received() == texts)
            }
        }
    }
}
