import Foundation

/// A network of a story's own: each home on a device of its own, with a cable (`eth0`) and with Wi-Fi (`wlan0`, off)
/// into the same house. No link leads out.
final class StoryNetwork {
    /// Whether network namespaces with links can be made here: one is made and removed.
    static let canBeMade: Bool = {
        let runs = Runs()
        let name = "mus\(getpid())try"
        let test =
            "ip netns add \(name) && ip -n \(name) link add br0 type bridge "
            + "&& ip -n \(name) link add va type veth peer name vb; code=$?; ip netns del \(name); exit $code"
        guard
            let pid = try? runs.begin(
                ["/bin/bash", "-c", test], ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"], output: "/dev/null",
                errors: "/dev/null")
        else { return false }
        return runs.end(of: pid, atMostSeconds: 10) == 0
    }()

    /// The namespaces' names begin so.
    let name: String
    private static let homes = ["a", "b", "c"]

    init(folder: String) { name = "mus" + folder.drop { $0 != "-" }.dropFirst() }

    /// The namespace of a home's device, or of the `hub` in between.
    func namespace(_ home: String) -> String { name + home }

    /// The commands that make it.
    var making: String {
        let hub = namespace("hub")
        var lines = [
            "ip netns add \(hub)",
            "ip netns exec \(hub) sh -c 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6'",
            "ip -n \(hub) link add br0 type bridge mcast_snooping 0", "ip -n \(hub) link set br0 up",
        ]
        for (index, home) in Self.homes.enumerated() {
            let host = namespace(home)
            lines += ["ip netns add \(host)", "ip -n \(host) link set lo up"]
            for (end, inside) in [("cable", "eth0"), ("wifi", "wlan0")] {
                lines += [
                    "ip -n \(hub) link add \(end)\(home) type veth peer name \(inside) netns \(host)",
                    "ip -n \(hub) link set \(end)\(home) master br0 up",
                ]
            }
            lines += [
                "ip -n \(host) address add 10.77.0.\(index + 1)/24 brd + dev eth0", "ip -n \(host) link set eth0 up",
            ]
        }
        return "set -e; " + lines.joined(separator: "; ")
    }

    /// The commands that take it away.
    var ending: String {
        (Self.homes + ["hub"]).map { "ip netns del \(namespace($0))" }.joined(separator: "; ")
    }
}
