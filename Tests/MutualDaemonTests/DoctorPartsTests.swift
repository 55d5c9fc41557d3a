import Foundation
import MutualCore
import MutualCrypto
import MutualWire
import Testing

@testable import MutualDaemon

/// Whose rules drop, and the command that lets Mutual pass: the list of rules is what nft 1.0.6 writes.
@Suite struct FirewallTests {
    private static func chain(_ family: String, _ table: String, _ name: String, _ hook: String?, policy: String)
        -> String
    {
        let base = hook.map { ", \"type\": \"filter\", \"hook\": \"\($0)\", \"prio\": 0, \"policy\": \"\(policy)\"" }
        return """
            {"chain": {"family": "\(family)", "table": "\(table)", "name": "\(name)", "handle": 1\(base ?? "")}}
            """
    }

    private static func rule(_ family: String, _ table: String, _ chain: String, _ expression: String) -> String {
        """
        {"rule": {"family": "\(family)", "table": "\(table)", "chain": "\(chain)", "handle": 4, "expr": [\(expression)]}}
        """
    }

    private static func firewall(_ entries: [String]?, programs: Set<String> = ["nft"], ufwIsOff: Bool = false) throws
        -> Firewall
    {
        var ruleset: Ruleset?
        if let entries {
            let json =
                "{\"nftables\": [{\"metainfo\": {\"json_schema_version\": 1}}, "
                + entries.joined(separator: ", ") + "]}"
            ruleset = Ruleset(json: Array(json.utf8))
            try #require(ruleset != nil)
        }
        return Firewall(ruleset: ruleset, exists: { programs.contains($0) }, ufwIsOff: ufwIsOff)
    }

    #if os(Linux)
        @Test func theTableAndTheChainThatDropAreNamed() throws {
            let firewall = try Self.firewall([
                Self.chain("inet", "house", "come_in", "input", policy: "drop"),
                Self.chain("inet", "house", "go_on", "forward", policy: "drop"),
                Self.chain("inet", "house", "go_out", "output", policy: "accept"),
            ])
            #expect(
                firewall.command(.udp, port: 7747, isV6: false)
                    == "sudo nft insert rule inet house come_in udp dport 7747 accept")
            #expect(
                firewall.command(.tcp, port: 40_000, isV6: true)
                    == "sudo nft insert rule inet house come_in tcp dport 40000 accept")
            // Nothing drops what goes out: no chain is blamed.
            #expect(firewall.command(.udp, port: 7747, isV6: false, .output).hasPrefix("sudo nft list ruleset"))
        }

        @Test func aRuleThatDropsIsFoundThroughJumpsAndMaps() throws {
            let jumps = try Self.firewall([
                Self.chain("ip6", "a", "in", "input", policy: "accept"), Self.chain("ip6", "a", "one", nil, policy: ""),
                Self.chain("ip6", "a", "two", nil, policy: ""),
                Self.rule("ip6", "a", "in", "{\"jump\": {\"target\": \"one\"}}"),
                Self.rule("ip6", "a", "one", "{\"goto\": {\"target\": \"two\"}}"),
                // Round in a circle, as no kernel would take it.
                Self.rule("ip6", "a", "two", "{\"jump\": {\"target\": \"in\"}}"),
                Self.rule("ip6", "a", "two", "{\"reject\": {\"type\": \"icmpv6\"}}"),
            ])
            #expect(
                jumps.command(.tcp, port: 7747, isV6: true) == "sudo nft insert rule ip6 a in tcp dport 7747 accept")
            #expect(jumps.command(.tcp, port: 7747, isV6: false).hasPrefix("sudo nft list ruleset"))
            let map = try Self.firewall([
                Self.chain("inet", "a", "in", "input", policy: "accept"),
                Self.rule(
                    "inet", "a", "in",
                    "{\"vmap\": {\"key\": 1, \"data\": {\"set\": [[22, {\"accept\": null}], [23, {\"drop\": null}]]}}}"),
            ])
            #expect(map.command(.udp, port: 7747, isV6: true) == "sudo nft insert rule inet a in udp dport 7747 accept")
        }

        @Test func everyChainThatDropsHasToLetItPass() throws {
            let firewall = try Self.firewall([
                Self.chain("inet", "a", "in", "input", policy: "drop"),
                Self.chain("ip", "b", "in", "input", policy: "drop"),
                Self.chain("inet", "c", "in", "input", policy: "accept"),
            ])
            #expect(
                firewall.command(.udp, port: 7747, isV6: false)
                    == "sudo nft 'insert rule inet a in udp dport 7747 accept; "
                    + "insert rule ip b in udp dport 7747 accept'")
        }

        @Test func aFrontEndThatMadeTheRulesIsNamed() throws {
            let firewalld = try Self.firewall(
                [Self.chain("inet", "firewalld", "filter_INPUT", "input", policy: "drop")],
                programs: ["nft", "firewall-cmd"])
            #expect(firewalld.command(.udp, port: 7747, isV6: false) == "sudo firewall-cmd --add-port=7747/udp")
            let ufw = try Self.firewall(
                [
                    Self.chain("ip", "filter", "INPUT", "input", policy: "drop"),
                    Self.chain("ip", "filter", "ufw-user-input", nil, policy: ""),
                ], programs: ["nft", "iptables", "ufw"])
            #expect(ufw.command(.tcp, port: 7747, isV6: false) == "sudo ufw allow 7747/tcp")
            let iptables = try Self.firewall(
                [Self.chain("ip", "filter", "INPUT", "input", policy: "drop")], programs: ["nft", "iptables", "ufw"])
            #expect(
                iptables.command(.tcp, port: 7747, isV6: false)
                    == "sudo iptables -I INPUT -p tcp --dport 7747 -j ACCEPT")
            // A front end that is there and did not make these rules would not help.
            let own = try Self.firewall(
                [Self.chain("inet", "house", "come_in", "input", policy: "drop")],
                programs: ["nft", "iptables", "ufw", "firewall-cmd"])
            #expect(own.command(.tcp, port: 7747, isV6: false).hasPrefix("sudo nft insert rule inet house come_in"))
        }

        @Test func whoMayNotReadTheRulesGetsAdviceThatIsTrue() throws {
            func udp(_ programs: Set<String>, ufwIsOff: Bool = false) throws -> String {
                try Self.firewall(nil, programs: programs, ufwIsOff: ufwIsOff).command(.udp, port: 7747, isV6: true)
            }
            #expect(try udp(["nft", "ufw", "iptables"]) == "sudo ufw allow 7747/udp")
            #expect(try udp(["nft", "ufw"], ufwIsOff: true).hasPrefix("sudo nft list ruleset"))
            #expect(try udp(["nft", "firewall-cmd"]) == "sudo firewall-cmd --add-port=7747/udp")
            #expect(try udp(["iptables"]) == "sudo ip6tables -I INPUT -p udp --dport 7747 -j ACCEPT")
            // Which of the two made the rules is not known: neither is guessed at.
            #expect(try udp(["nft", "iptables"]).hasPrefix("sudo nft list ruleset"))
        }

        @Test func namesThatAShellCouldReadAreNotPassedOn() throws {
            let firewall = try Self.firewall([Self.chain("inet", "a;reboot", "in", "input", policy: "drop")])
            #expect(!firewall.command(.udp, port: 7747, isV6: false).contains("reboot"))
        }
    #endif

    @Test(arguments: ["", "[]", "{}", "{\"nftables\":1}", "no"]) func whatIsNoListOfRulesIsNone(_ text: String) {
        #expect(Ruleset(json: Array(text.utf8)) == nil)
    }
}

/// Who is hours away, by beacons that were heard.
@Suite struct ClockSearchTests {
    private let mine: PairKeys
    private let theirs: PairKeys
    private static let quarterMs: Int64 = 900_000

    init() throws {
        let one = Identity(seed: SecretBytes(count: 32) { SystemRandom.fill($0) })
        let other = Identity(seed: SecretBytes(count: 32) { SystemRandom.fill($0) })
        mine = try one.pair(with: other.publicKey)
        theirs = try other.pair(with: one.publicKey)
    }

    /// A beacon of theirs, whose clock is so many quarters of an hour ahead, heard by us at a moment.
    private func heard(ahead: Int64, at now: Instant) -> HeardBeacon {
        let epoch = UInt64(Int64(now.epoch) + ahead)
        let mark = Mark(tag: theirs.tag(from: .me, use: .beacon, epoch: epoch), check: 1)
        return HeardBeacon(marks: [Mark(tag: 7, check: 7), mark], epoch: now.epoch, monotonicMs: now.monotonicMs)
    }

    private func sentence(_ beacons: [HeardBeacon], at now: Instant) -> String? {
        ClockSearch(pairs: [mine], now: now).finding(in: beacons).first?.sentence
    }

    private let now = Instant(wallMs: 1_790_000_000_000, monotonicMs: 10_000_000)

    @Test(arguments: [5, 20, 192, -5, -192] as [Int64]) func anHourAndMoreIsFound(_ quarters: Int64) throws {
        let found = try #require(sentence([heard(ahead: quarters, at: now)], at: now))
        #expect(found.contains("about \((abs(quarters) + 2) / 4) hours"))
    }

    @Test(arguments: [0, 4, -4, 193, -193] as [Int64]) func lessOrMoreThanTwoDaysIsNot(_ quarters: Int64) {
        #expect(sentence([heard(ahead: quarters, at: now)], at: now) == nil)
    }

    @Test func theNewestBeaconCounts() {
        let earlier = Instant(wallMs: now.wallMs - 60_000, monotonicMs: now.monotonicMs - 60_000)
        #expect(sentence([heard(ahead: 20, at: earlier), heard(ahead: 0, at: now)], at: now) == nil)
        #expect(sentence([heard(ahead: 0, at: earlier), heard(ahead: 20, at: now)], at: now) != nil)
    }

    /// A person who was here hours ago, a machine that slept, a clock of one's own that was put right: no fault.
    @Test func whatWasHeardLongAgoOrBeforeASleepSaysNothing() {
        let ago = Instant(wallMs: now.wallMs - 3 * 3_600_000, monotonicMs: now.monotonicMs - 3 * 3_600_000)
        #expect(sentence([heard(ahead: 0, at: ago)], at: now) == nil)
        #expect(sentence([heard(ahead: 20, at: ago)], at: now) == nil)
        let beforeSleep = Instant(wallMs: now.wallMs - 3 * 3_600_000, monotonicMs: now.monotonicMs - 1_000)
        #expect(sentence([heard(ahead: 0, at: beforeSleep)], at: now) == nil)
        let wrong = Instant(wallMs: now.wallMs - 5 * 3_600_000, monotonicMs: now.monotonicMs - 1_000)
        #expect(sentence([heard(ahead: 20, at: wrong)], at: now) == nil)
    }
}
