import Testing

extension NamespaceTests {
    /// Two devices on one network find each other `[discovery-2]`, over either family of addresses.
    @Suite struct MeetTests {
        @Test(arguments: Family.allCases) func listedByIDTheyBecomeMutuals(_ family: Family) async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a", family).person("Alder")
                let birch = try await lab.addHost("b", family).person("Birch")
                try await Person.list(alder, birch)
                _ = try await alder.note("Birch", "over \(family.rawValue)")
                try await eventually("the note is there") { try await birch.received() == ["over \(family.rawValue)"] }
            }
        }

        @Test(arguments: Family.allCases) func byACodeTheyBecomeMutuals(_ family: Family) async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a", family).person("Alder")
                let birch = try await lab.addHost("b", family).person("Birch")
                try await Person.pair(alder, birch)
                _ = try await birch.note("Alder", "over \(family.rawValue)")
                try await eventually("the note is there") { try await alder.received() == ["over \(family.rawValue)"] }
            }
        }

        @Test func twoHomesOnAHostWithoutANetworkFindEachOther() async throws {
            try await Lab.with { lab in
                let host = try await lab.addLonelyHost("a")
                let alder = try await host.person("Alder", home: "a")
                let birch = try await host.person("Birch", home: "b")
                try await Person.list(alder, birch)
                _ = try await alder.note("Birch", "one host")
                try await eventually("the note is there") { try await birch.received() == ["one host"] }
            }
        }
    }
}
