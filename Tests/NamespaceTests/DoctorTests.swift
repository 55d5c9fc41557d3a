import Foundation
import Testing

extension NamespaceTests {
    /// Each cause why devices do not meet, made on purpose: the doctor names it, and the one command that helps.
    @Suite struct DoctorTests {
        private static let groups = ["ip daddr 239.255.77.84", "ip6 daddr ff02::6d75:7475:616c"]

        private func problems(_ checks: [Person.Check]) -> [Person.Check] { checks.filter { $0.result == "problem" } }

        /// Where a firewall's rules lie: as many systems have them, and as somebody may have named them.
        enum Place: CaseIterable {
            case usual
            case own
            case two

            var tables: [(table: String, chain: String)] {
                switch self {
                case .usual: [("filter", "input")]
                case .own: [("house", "come_in")]
                case .two: [("filter", "input"), ("house", "come_in")]
                }
            }
        }

        /// A firewall of one table or two.
        private func filter(
            _ host: Host, _ rules: [String], policy: String = "accept", _ place: Place = .usual, hook: String = "input"
        ) async throws {
            for (table, chain) in place.tables {
                try await host.shell(
                    """
                    nft 'add table inet \(table)'
                    nft 'add chain inet \(table) \(chain) { type filter hook \(hook) priority 0; policy \(policy); }'
                    """)
                for rule in rules { try await host.shell("nft 'add rule inet \(table) \(chain) \(rule)'") }
            }
        }

        /// Waits until the addresses can be used, so that only the cause that was made is found.
        private func untilWell(_ person: Person) async throws {
            try await eventually("all is well before the cause is made") { try await person.doctor().code == 0 }
        }

        @Test(arguments: [false, true]) func aDaemonThatIsOff(_ byDaemonProgram: Bool) async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a").person("Alder")
                try await untilWell(alder)
                try await alder.stop()
                let found = try await alder.doctor(byDaemonProgram: byDaemonProgram)
                #expect(found.code == 1)
                #expect(problems(found.checks).map(\.check) == ["daemon"])
                #expect(problems(found.checks).first?.advice == "mutual start")
            }
        }

        @Test(.enabled(if: Needs.has("nft"), "skipped: there is no nft"))
        func multicastThatIsFiltered() async throws { try await filterMulticast(.usual) }

        @Test(
            .enabled(if: Needs.has("nft"), "skipped: there is no nft"),
            .enabled(if: !Needs.hasFrontEnd, "skipped: a front end's own rules come first"),
            arguments: [Place.own, .two])
        func multicastThatIsFilteredBySomebodysOwnRules(_ place: Place) async throws {
            let advice = try await filterMulticast(place)
            for (table, chain) in place.tables {
                #expect(advice.contains("insert rule inet \(table) \(chain) udp dport 7747 accept"))
            }
        }

        /// Gives the advice for IPv4.
        @discardableResult private func filterMulticast(_ place: Place) async throws -> String {
            var given = ""
            try await Lab.with { lab in
                let host = try await lab.addHost("a")
                let alder = try await host.person("Alder")
                try await untilWell(alder)
                // The IPv6 address is usable a second or two after the link came up.
                try await eventually("the IPv6 group is heard") {
                    try await alder.doctor().checks.contains { $0.interface == "eth0" && $0.family == "ipv6" }
                }
                try await filter(host, Self.groups.map { $0 + " drop" }, place)
                let found = try await alder.doctor()
                #expect(found.code == 1)
                #expect(problems(found.checks).allSatisfy { $0.check == "echo" })
                for family in ["ipv4", "ipv6"] {
                    let echo = try #require(
                        problems(found.checks).first { $0.interface == "eth0" && $0.family == family })
                    #expect(echo.message.contains("a firewall on this machine drops it"))
                    let advice = try #require(echo.advice)
                    #expect(advice.hasPrefix("sudo ") && advice.contains("7747") && advice.contains("udp"))
                    given = advice
                }
                try await follow(found.checks, on: host, for: alder)
            }
            return given
        }

        @Test(.enabled(if: Needs.has("nft"), "skipped: there is no nft"))
        func aFirewallThatDropsWhatGoes() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a", .v4)
                let alder = try await host.person("Alder")
                try await untilWell(alder)
                try await filter(host, ["oifname eth0 ip daddr 239.255.77.84 drop"], .own, hook: "output")
                let found = try await alder.doctor()
                let bad = problems(found.checks)
                #expect(bad.map(\.check) == ["echo"])
                #expect(bad.first?.message.contains("does not let Mutual send on eth0") == true)
                try await follow(found.checks, on: host, for: alder)
            }
        }

        @Test(.enabled(if: Needs.has("nft"), "skipped: there is no nft"))
        func aFirewallThatDropsWhatComes() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a", .v4)
                let alder = try await host.person("Alder")
                try await untilWell(alder)
                try await filter(host, ["ct state established,related accept"], policy: "drop")
                let found = try await alder.doctor()
                #expect(found.code == 1)
                let bad = problems(found.checks).filter { $0.interface == "eth0" }
                #expect(bad.map(\.check).sorted() == ["connect", "echo"])
                let connect = try #require(bad.first { $0.check == "connect" })
                #expect(connect.message.contains("A firewall on this machine drops connections on eth0"))
                #expect(connect.advice?.contains("tcp") == true && connect.advice?.contains("7747") == true)
                try await follow(found.checks, on: host, for: alder)
            }
        }

        /// Types what the doctor advises, as the root user that the test is: then all is well.
        private func follow(_ checks: [Person.Check], on host: Host, for person: Person) async throws {
            // A front end's own rules do not lie in the table that was made here.
            guard !Needs.hasFrontEnd else { return }
            for advice in Set(problems(checks).compactMap(\.advice)) {
                try await host.shell(String(advice.dropFirst("sudo ".count)))
            }
            let after = try await person.doctor()
            #expect(after.code == 0, "\(problems(after.checks))")
        }

        @Test(.enabled(if: Needs.has("python3"), "skipped: there is no python3"))
        func aPortThatIsTakenByAnotherProgram() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a")
                let holder = try host.begin([
                    "python3", "-c",
                    """
                    import socket, time
                    held = socket.socket(socket.AF_INET6)
                    held.bind(("::", 7747))
                    held.listen()
                    print("held", flush=True)
                    time.sleep(600)
                    """,
                ])
                try await eventually("the port is held") { holder.output.contains("held") }
                let alder = try await host.person("Alder")
                try await eventually("only the port is found") {
                    let checks = try await alder.doctor().checks
                    return problems(checks).map(\.check) == ["port"]
                }
                let taken = try #require(problems(try await alder.doctor().checks).first)
                #expect(taken.message.contains("TCP port 7747 is taken by another program"))
                #expect(taken.advice == "sudo ss -ltnp 'sport = :7747'")
                try await alder.stop()
                let found = try await alder.doctor(byDaemonProgram: true)
                #expect(problems(found.checks).map(\.check) == ["daemon", "port"])
            }
        }

        @Test func aPortThatAnotherMutualHasIsNoFault() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a")
                let alder = try await host.person("Alder", home: "a")
                try await untilWell(alder)
                let birch = try await host.person("Birch", home: "b")
                for (person, says) in [(alder, "Mutual listens on TCP port 7747"), (birch, "another Mutual")] {
                    let found = try await person.doctor()
                    #expect(found.code == 0, "\(person.name): \(problems(found.checks))")
                    let port = try #require(found.checks.first { $0.check == "port" })
                    #expect(port.message.contains(says) && port.advice == nil)
                }
                try await birch.stop()
                let found = try await birch.doctor(byDaemonProgram: true)
                #expect(problems(found.checks).map(\.check) == ["daemon"])
                #expect(found.checks.contains { $0.check == "port" && $0.message.contains("another Mutual") })
            }
        }

        /// Birch's clock is wrong by so many hours, and is then put right.
        @Test(.enabled(if: Needs.story, "skipped: mutuald-story is not built"), arguments: [5, -42])
        func clocksThatAreHoursApart(_ hours: Int) async throws {
            try await Lab.with { lab in
                let alder = try await lab.addHost("a").person("Alder")
                let birch = try await lab.addHost("b").person("Birch")
                try await Person.list(alder, birch)
                for person in [alder, birch] { try await untilWell(person) }
                try await birch.stop()
                let clock = lab.folder + "/clock"
                try "\(hours * 3_600)".write(toFile: clock, atomically: true, encoding: .utf8)
                let sessions = [alder, birch].map { $0.log().count { $0.hasPrefix("session begins") } }
                try await birch.startStory(clock: clock)
                for person in [alder, birch] {
                    try await eventually("\(person.name)'s doctor names the cause") {
                        try await problems(person.doctor().checks).contains { $0.check == "clock-apart" }
                    }
                    let found = try await person.doctor()
                    #expect(found.code == 1)
                    #expect(problems(found.checks).map(\.check) == ["clock-apart"])
                    let apart = try #require(problems(found.checks).first)
                    #expect(apart.message.contains("differ by about \(abs(hours)) hours"))
                    #expect(!apart.message.contains("Alder") && !apart.message.contains("Birch"))
                    #expect(apart.advice == "sudo timedatectl set-ntp true")
                }
                _ = try await alder.note("Birch", "late")
                #expect([alder, birch].map { $0.log().count { $0.hasPrefix("session begins") } } == sessions)
                // What the advised command would do.
                try "0".write(toFile: clock, atomically: true, encoding: .utf8)
                try await eventually("the note is there") { try await birch.received() == ["late"] }
                for person in [alder, birch] {
                    try await eventually("all is well with \(person.name)") { try await person.doctor().code == 0 }
                }
            }
        }

        @Test func noInterfaceThatIsUp() async throws {
            try await Lab.with { lab in
                let alder = try await lab.addLonelyHost("a", isLoopbackUp: false).person("Alder")
                let found = try await alder.doctor()
                #expect(found.code == 1)
                let bad = try #require(problems(found.checks).first)
                #expect(problems(found.checks).count == 1)
                #expect(bad.check == "network" && bad.message == "No network interface is up.")
                #expect(bad.advice == "ip -brief address")
            }
        }

        @Test func aLoopbackInterfaceOnly() async throws {
            try await Lab.with { lab in
                let alder = try await lab.addLonelyHost("a").person("Alder")
                let found = try await alder.doctor()
                #expect(found.code == 1)
                let bad = try #require(problems(found.checks).first)
                #expect(problems(found.checks).count == 1)
                #expect(bad.check == "network" && bad.message.contains("on no network"))
                #expect(bad.message.contains("another home on this same machine"))
                #expect(bad.advice == "ip -brief address")
            }
        }
    }
}
