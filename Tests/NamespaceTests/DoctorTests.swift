import Testing

extension NamespaceTests {
    /// Each cause why devices do not meet, made on purpose: the doctor names it, and the one command that helps.
    @Suite struct DoctorTests {
        private static let groups = ["ip daddr 239.255.77.84", "ip6 daddr ff02::6d75:7475:616c"]

        private func problems(_ checks: [Person.Check]) -> [Person.Check] { checks.filter { $0.result == "problem" } }

        /// A firewall like that of many systems: table `inet filter` with a chain `input`.
        private func filter(_ host: Host, _ rules: [String], policy: String = "accept") async throws {
            try await host.shell(
                """
                nft 'add table inet filter'
                nft 'add chain inet filter input { type filter hook input priority 0; policy \(policy); }'
                """)
            for rule in rules { try await host.shell("nft 'add rule inet filter input \(rule)'") }
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
        func multicastThatIsFiltered() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a")
                let alder = try await host.person("Alder")
                try await untilWell(alder)
                // The IPv6 address is usable a second or two after the link came up.
                try await eventually("the IPv6 group is heard") {
                    try await alder.doctor().checks.contains { $0.interface == "eth0" && $0.family == "ipv6" }
                }
                try await filter(host, Self.groups.map { $0 + " drop" })
                let found = try await alder.doctor()
                #expect(found.code == 1)
                #expect(problems(found.checks).allSatisfy { $0.check == "echo" })
                for family in ["ipv4", "ipv6"] {
                    let echo = try #require(
                        problems(found.checks).first { $0.interface == "eth0" && $0.family == family })
                    #expect(echo.message.contains("a firewall on this machine drops it"))
                    let advice = try #require(echo.advice)
                    #expect(advice.hasPrefix("sudo ") && advice.contains("7747") && advice.contains("udp"))
                }
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
            guard !Needs.has("ufw"), !Needs.has("firewall-cmd"), !Needs.has("iptables") else { return }
            for advice in Set(problems(checks).compactMap(\.advice)) {
                try await host.shell(String(advice.dropFirst("sudo ".count)))
            }
            let after = try await person.doctor()
            #expect(after.code == 0, "\(problems(after.checks))")
        }

        @Test func aPortThatIsTaken() async throws {
            try await Lab.with { lab in
                let host = try await lab.addHost("a")
                let alder = try await host.person("Alder", home: "a")
                try await untilWell(alder)
                let birch = try await host.person("Birch", home: "b")
                for (person, code) in [(alder, Int32(0)), (birch, 1)] {
                    let found = try await person.doctor()
                    #expect(found.code == code, "\(person.name): \(problems(found.checks))")
                }
                let taken = try #require(problems(try await birch.doctor().checks).first)
                #expect(taken.check == "port")
                #expect(taken.message.contains("TCP port 7747 is taken"))
                #expect(taken.advice == "sudo ss -ltnp 'sport = :7747'")
                try await birch.stop()
                let found = try await birch.doctor(byDaemonProgram: true)
                #expect(problems(found.checks).map(\.check) == ["daemon", "port"])
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
