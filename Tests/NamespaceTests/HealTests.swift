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
