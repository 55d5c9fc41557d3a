#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command that opens Mutual's port in the firewall that this machine has.
enum Firewall {
    enum Traffic: String {
        case udp
        case tcp
    }

    static func command(_ traffic: Traffic, port: UInt16, isV6: Bool) -> String {
        if exists("ufw") { return "sudo ufw allow \(port)/\(traffic.rawValue)" }
        if exists("firewall-cmd") { return "sudo firewall-cmd --add-port=\(port)/\(traffic.rawValue)" }
        #if canImport(Darwin)
            return "sudo /usr/libexec/ApplicationFirewall/socketfilterfw --setglobalstate off"
        #else
            if !exists("iptables"), exists("nft") {
                // The table and chain that distributions set up.
                return "sudo nft insert rule inet filter input \(traffic.rawValue) dport \(port) accept"
            }
            let table = isV6 ? "ip6tables" : "iptables"
            return "sudo \(table) -I INPUT -p \(traffic.rawValue) --dport \(port) -j ACCEPT"
        #endif
    }

    private static func exists(_ program: String) -> Bool {
        ["/usr/sbin/", "/usr/bin/", "/sbin/"].contains { access($0 + program, X_OK) == 0 }
    }
}
