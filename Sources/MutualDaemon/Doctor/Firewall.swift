#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command that opens Mutual's port in the firewall that this machine has.
struct Firewall {
    enum Traffic: String {
        case udp
        case tcp
    }

    enum Direction: String {
        case input
        case output
    }

    /// What nft says, where it is there and this user may ask it.
    let ruleset: Ruleset?
    /// Whether a program is there.
    let exists: (String) -> Bool
    /// Whether ufw was turned off by its own setting.
    let ufwIsOff: Bool

    /// Looks at this machine.
    static func here() -> Firewall {
        #if os(Linux)
            let ruleset = find("nft").flatMap { Output.of($0, ["-j", "list", "ruleset"]) }.flatMap { Ruleset(json: $0) }
            let ufw = Output.file("/etc/ufw/ufw.conf").map { $0.split(separator: "\n").contains("ENABLED=no") } ?? false
            return Firewall(ruleset: ruleset, exists: { find($0) != nil }, ufwIsOff: ufw)
        #else
            return Firewall(ruleset: nil, exists: { find($0) != nil }, ufwIsOff: false)
        #endif
    }

    #if canImport(Darwin)
        private static var program: String { CommandLine.arguments.first ?? "mutuald" }
    #endif

    private static func find(_ program: String) -> String? {
        ["/usr/sbin/", "/usr/bin/", "/sbin/"].map { $0 + program }.first { access($0, X_OK) == 0 }
    }

    /// The one command that helps; where nobody can know which, the one that shows what there is.
    func command(_ traffic: Traffic, port: UInt16, isV6: Bool, _ direction: Direction = .input) -> String {
        #if canImport(Darwin)
            // This program alone; what else the firewall keeps out stays out.
            let (tool, program) = ("sudo /usr/libexec/ApplicationFirewall/socketfilterfw", Self.program)
            return "\(tool) --add '\(program)' && \(tool) --unblockapp '\(program)'"
        #else
            if let ruleset {
                let dropping = ruleset.dropping(direction, isV6: isV6)
                if !dropping.isEmpty { return open(dropping, ruleset, traffic, port, isV6, direction) }
            } else if let frontEnd = frontEnd(traffic, port, direction, ufw: exists("ufw") && !ufwIsOff) {
                return frontEnd
            }
            if exists("iptables"), ruleset != nil || !exists("nft") { return iptables(traffic, port, isV6, direction) }
            return "sudo nft list ruleset  # then, for the chain that drops: "
                + "sudo nft insert rule FAMILY TABLE CHAIN \(traffic.rawValue) dport \(port) accept"
        #endif
    }

    /// Each chain that drops has to let it pass: that one of them accepts is not enough.
    private func open(
        _ chains: [Ruleset.Chain], _ ruleset: Ruleset, _ traffic: Traffic, _ port: UInt16, _ isV6: Bool,
        _ direction: Direction
    ) -> String {
        let firewalld = chains.contains { $0.table == "firewalld" } && exists("firewall-cmd")
        if let frontEnd = frontEnd(
            traffic, port, direction, ufw: exists("ufw") && ruleset.hasUFW, firewalld: firewalld)
        {
            return frontEnd
        }
        let ofIptables = chains.allSatisfy {
            ["ip", "ip6"].contains($0.family) && $0.table == "filter" && $0.name == direction.rawValue.uppercased()
        }
        if ofIptables, exists("iptables") { return iptables(traffic, port, isV6, direction) }
        let rules = chains.map {
            "insert rule \($0.family) \($0.table) \($0.name) \(traffic.rawValue) dport \(port) accept"
        }
        return rules.count == 1 ? "sudo nft \(rules[0])" : "sudo nft '\(rules.joined(separator: "; "))'"
    }

    private func frontEnd(
        _ traffic: Traffic, _ port: UInt16, _ direction: Direction, ufw: Bool, firewalld: Bool? = nil
    ) -> String? {
        if ufw { return "sudo ufw allow \(direction == .output ? "out " : "")\(port)/\(traffic.rawValue)" }
        // It does not filter what goes out, unless by rules of one's own.
        if direction == .input, firewalld ?? exists("firewall-cmd") {
            return "sudo firewall-cmd --add-port=\(port)/\(traffic.rawValue)"
        }
        return nil
    }

    private func iptables(_ traffic: Traffic, _ port: UInt16, _ isV6: Bool, _ direction: Direction) -> String {
        let program = isV6 ? "ip6tables" : "iptables"
        let chain = direction.rawValue.uppercased()
        return "sudo \(program) -I \(chain) -p \(traffic.rawValue) --dport \(port) -j ACCEPT"
    }
}
