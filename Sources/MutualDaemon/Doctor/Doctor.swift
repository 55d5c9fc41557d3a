import MutualCore
import MutualWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Looks for the usual causes why two devices do not find each other, and names for each the one command that helps.
///
/// Blocks for up to some seconds: never on an event loop.
public struct Doctor: Sendable {
    /// What is known of the daemon of this home.
    public enum DaemonState: Hashable, Sendable {
        /// None runs.
        case off
        /// It runs and listens here; nil: it could not open a port.
        case on(port: UInt16?)
    }

    private static let echoWaitMs = 700
    private static let connectWaitMs = 1_000

    private let allowed: [String]?
    private let wantedPort: UInt16
    /// Asked only where something is dropped.
    private var firewall: Firewall { Firewall.here() }

    /// A doctor for a home's settings.
    init(settings: Settings) {
        allowed = settings.interfaces
        wantedPort = settings.port ?? Connections.usualPort
    }

    /// What `mutuald doctor` finds where no daemon runs.
    public static func examine(
        _ home: HomeLocation, environment: (String) -> String? = { HomeLocation.variable($0) }
    ) throws(DaemonError) -> [Finding] {
        let settings = try Settings.load(home, environment: environment)
        return Doctor(settings: settings).findings(.off)
    }

    /// Everything, in a fixed order.
    func findings(_ daemon: DaemonState) -> [Finding] {
        var found: [Finding] = []
        switch daemon {
        case .off: found.append(Finding("daemon", isWell: false, "Mutual does not run.", command: "mutual start"))
        case .on: found.append(Finding("daemon", isWell: true, "Mutual runs."))
        }
        let interfaces = InterfaceList.read(allowed: allowed).interfaces
        found += network(interfaces)
        let (portFindings, port, listener) = checkPort(daemon)
        found += portFindings
        for interface in interfaces { found += check(interface, port: port) }
        if listener >= 0 { _ = systemClose(listener) }
        found.append(clock())
        return found
    }

    // MARK: interfaces

    private func network(_ interfaces: [Interface]) -> [Finding] {
        let real = interfaces.filter { !$0.isLoopback && !Self.sources($0).isEmpty }
        if let first = real.first {
            let names = real.map(\.name).joined(separator: ", ")
            return [Finding("network", interface: first.name, isWell: true, "This machine is on a network (\(names)).")]
        }
        if let allowed, interfaces.isEmpty {
            return [
                Finding(
                    "network", isWell: false,
                    "None of the interfaces that mutual.toml allows is up (\(allowed.joined(separator: ", "))).",
                    command: "ip -brief address")
            ]
        }
        if interfaces.isEmpty {
            return [
                Finding("network", isWell: false, "No network interface is up.", command: "ip -brief address")
            ]
        }
        return [
            Finding(
                "network", isWell: false,
                "This machine is on no network: only another home on this same machine can be found.",
                command: "ip -brief address")
        ]
    }

    /// The addresses that datagrams go out from.
    private static func sources(_ interface: Interface) -> [[UInt8]] {
        let all = interface.addresses.map(\.address)
        let v4 = all.first { $0.bytes.count == 4 }?.bytes
        let v6 = all.first { $0.bytes.count == 16 && $0.isLinkLocal }?.bytes
        return [v4, v6].compactMap { $0 }
    }

    private func check(_ interface: Interface, port: UInt16?) -> [Finding] {
        Self.sources(interface).flatMap { source in
            let echo = echoFinding(interface, source)
            guard let port, !interface.isLoopback else { return [echo] }
            return [echo, tcpFinding(interface, source, port)].compactMap { $0 }
        }
    }

    private func echoFinding(_ interface: Interface, _ source: [UInt8]) -> Finding {
        let isV6 = source.count == 16
        let name = interface.name
        let family = isV6 ? "IPv6" : "IPv4"
        let check = isV6 ? "echo-v6" : "echo-v4"
        let port = DatagramSockets.port
        func bad(_ sentence: String, _ command: String) -> Finding {
            Finding(check, interface: name, isWell: false, sentence, command: command)
        }
        var echo = Probe.echo(interface.index, source: source, waitMs: Self.echoWaitMs)
        if echo == .notOpen {
            // An IPv6 address can be used a second or two after its link came up.
            usleep(2_000_000)
            echo = Probe.echo(interface.index, source: source, waitMs: Self.echoWaitMs)
        }
        switch echo {
        case .heard:
            return Finding(
                check, interface: name, isWell: true, "Mutual hears its own multicast on \(name) (\(family)).")
        case .silent:
            return bad(
                "What is sent to the group on \(name) (\(family)) is not heard: a firewall on this machine drops it.",
                firewall.command(.udp, port: port, isV6: isV6))
        case .refused:
            return bad(
                "A firewall on this machine does not let Mutual send on \(name) (\(family), UDP \(port)).",
                firewall.command(.udp, port: port, isV6: isV6, .output))
        case .portHeld:
            return bad(
                "Another program holds UDP port \(port) for itself.", "sudo ss -lunp 'sport = :\(port)'")
        case .notOpen:
            return bad(
                "Multicast cannot be used on \(name) (\(family)).", "ip address show dev \(name)")
        }
    }

    private func tcpFinding(_ interface: Interface, _ source: [UInt8], _ port: UInt16) -> Finding? {
        let isV6 = source.count == 16
        let family = isV6 ? "IPv6" : "IPv4"
        let check = isV6 ? "connect-v6" : "connect-v4"
        let reach = Probe.connectTCP(source, port: port, interface: interface.index, waitMs: Self.connectWaitMs)
        switch reach {
        case .reached:
            return Finding(
                check, interface: interface.name, isWell: true,
                "This machine answers at its own address on \(interface.name) (\(family), TCP \(port)).")
        case .silent, .refused:
            return Finding(
                check, interface: interface.name, isWell: false,
                "A firewall on this machine drops connections on \(interface.name) (\(family), TCP \(port)).",
                command: firewall.command(.tcp, port: port, isV6: isV6))
        case .notTried:
            return nil
        }
    }

    // MARK: port

    private func checkPort(_ daemon: DaemonState) -> ([Finding], UInt16?, CInt) {
        switch daemon {
        case .on(nil):
            let none = Finding(
                "port", isWell: false, "Mutual could not open a TCP port.", command: "sudo ss -ltnp")
            return ([none], nil, -1)
        case .on(let port?):
            if port != wantedPort, wantedPort != 0 { return ([taken(insteadOn: port)], port, -1) }
            return ([Finding("port", isWell: true, "Mutual listens on TCP port \(port).")], port, -1)
        case .off:
            if wantedPort == 0 { return ([], nil, -1) }
            let (state, listener) = Probe.listenTCP(wantedPort)
            switch state {
            case .free:
                return ([Finding("port", isWell: true, "TCP port \(wantedPort) is free.")], wantedPort, listener)
            case .taken: return ([taken(insteadOn: nil)], nil, -1)
            case .unknown: return ([], nil, -1)
            }
        }
    }

    /// If another Mutual has the port nothing is wrong: each says its own port in its beacons.
    private func taken(insteadOn port: UInt16?) -> Finding {
        let instead = port.map { "this one listens on TCP port \($0)" } ?? "this one will take a free port"
        if PortHolder.isMutual(wantedPort) {
            return Finding(
                "port", isWell: true,
                "TCP port \(wantedPort) is taken by another Mutual on this machine: \(instead), and is found as well.")
        }
        return Finding(
            "port", isWell: false, "TCP port \(wantedPort) is taken by another program: \(instead).",
            command: "sudo ss -ltnp 'sport = :\(wantedPort)'")
    }

    // MARK: clock

    /// A clock that nobody sets: years apart at once.
    private func clock() -> Finding {
        var clock = SystemClock()
        let year = 1970 + clock.now().wallMs / 31_556_952_000
        guard (2_025...2_100).contains(year) else {
            return Finding(
                "clock", isWell: false, "The clock of this machine says the year \(year).",
                command: "sudo timedatectl set-ntp true")
        }
        return Finding("clock", isWell: true, "The clock of this machine says a sensible time.")
    }
}
