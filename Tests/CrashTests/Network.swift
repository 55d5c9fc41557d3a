import Foundation

/// Two places for daemons: namespaces on a bridge where these can be made, else this host's loopback interface.
final class Network {
    private static let name = "mutc\(getpid())"

    /// Whether namespaces with links can be made here: one is made and removed.
    static let hasNamespaces: Bool = {
        let test = name + "try"
        defer { _ = Spawned.run(["ip", "netns", "del", test]) }
        return Spawned.run(["ip", "netns", "add", test])
            && Spawned.run(["ip", "-n", test, "link", "add", "br0", "type", "bridge"])
            && Spawned.run(["ip", "-n", test, "link", "add", "va", "type", "veth", "peer", "name", "vb"])
    }()

    /// How packets can be troubled here.
    enum Trouble: String {
        /// Loss, delay and order, by the kernel's own emulator.
        case netem
        /// Loss alone, by a rule that drops at random.
        case nft
        case none
    }

    private(set) var trouble = Trouble.none
    private var hub: String { Self.name + "hub" }
    private func host(_ index: Int) -> String { "\(Self.name)\(index)" }
    let isReal = Network.hasNamespaces

    init() throws {
        guard isReal else { return }
        try Spawned.must("ip", "netns", "add", hub)
        try Spawned.must("ip", "-n", hub, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0")
        try Spawned.must("ip", "-n", hub, "link", "set", "br0", "up")
        for index in 0...1 {
            try Spawned.must("ip", "netns", "add", host(index))
            try Spawned.must("ip", "-n", host(index), "link", "set", "lo", "up")
            try Spawned.must(
                "ip", "-n", hub, "link", "add", "v\(index)", "type", "veth", "peer", "name", "eth0", "netns",
                host(index))
            try Spawned.must(
                "ip", "-n", host(index), "address", "add", "10.78.0.\(index + 1)/24", "brd", "+", "dev", "eth0")
            try Spawned.must("ip", "-n", hub, "link", "set", "v\(index)", "master", "br0", "up")
            try Spawned.must("ip", "-n", host(index), "link", "set", "eth0", "up")
        }
        let netem = ["ip", "netns", "exec", hub, "tc", "qdisc", "replace", "dev", "v0", "root", "netem", "loss", "1%"]
        if Spawned.run(netem) {
            trouble = .netem
            calm()
        } else if Spawned.run(["ip", "netns", "exec", host(0), "nft", "list", "ruleset"]) {
            trouble = .nft
        }
    }

    /// Words that run a program in a place.
    func prefix(_ index: Int) -> [String] { isReal ? ["ip", "netns", "exec", host(index)] : [] }

    /// Pulls the plug out, or puts it in again: the far end of the link goes down or up.
    func setPlugged(_ index: Int, _ isPlugged: Bool) throws {
        guard isReal else { return }
        try Spawned.must("ip", "-n", hub, "link", "set", "v\(index)", isPlugged ? "up" : "down")
    }

    /// Loses packets, and delays and reorders them where the kernel can.
    func disturb(lossPercent: Int) throws {
        switch trouble {
        case .netem:
            for index in 0...1 {
                try Spawned.must(
                    "ip", "netns", "exec", hub, "tc", "qdisc", "replace", "dev", "v\(index)", "root", "netem", "loss",
                    "\(lossPercent)%", "delay", "20ms", "15ms", "reorder", "25%")
            }
        case .nft:
            for index in 0...1 {
                let rules =
                    "nft add table inet t && nft add chain inet t c '{ type filter hook input priority 0; }' && "
                    + "nft add rule inet t c iifname eth0 numgen random mod 100 '<' \(lossPercent) drop"
                try Spawned.must("ip", "netns", "exec", host(index), "sh", "-c", rules)
            }
        case .none: break
        }
    }

    /// Ends that.
    func calm() {
        for index in 0...1 {
            switch trouble {
            case .netem:
                _ = Spawned.run(["ip", "netns", "exec", hub, "tc", "qdisc", "del", "dev", "v\(index)", "root"])
            case .nft: _ = Spawned.run(["ip", "netns", "exec", host(index), "nft", "delete", "table", "inet", "t"])
            case .none: break
            }
        }
    }

    func clear() {
        guard isReal else { return }
        for namespace in [host(0), host(1), hub] { _ = Spawned.run(["ip", "netns", "del", namespace]) }
    }
}
