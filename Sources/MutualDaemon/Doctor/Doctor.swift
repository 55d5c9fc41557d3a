import MutualCore
import MutualLanguage
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
    /// The sentences of who asks.
    private let catalogue: Catalogue
    /// Asked only where something is dropped.
    private var firewall: Firewall { Firewall.here() }

    /// A doctor for a home's settings; nil: in the language of the home.
    init(settings: Settings, catalogue: Catalogue? = nil) {
        self.catalogue = catalogue ?? Catalogue(Language(tag: settings.language) ?? .english)
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

    private func say(_ key: Key, _ arguments: [String: String] = [:]) -> String { catalogue.say(key, arguments) }

    /// Everything, in a fixed order.
    func findings(_ daemon: DaemonState) -> [Finding] {
        var found: [Finding] = []
        switch daemon {
        case .off: found.append(Finding("daemon", isWell: false, say(.doctorOff), command: "mutual start"))
        case .on: found.append(Finding("daemon", isWell: true, say(.doctorRuns)))
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
            return [
                Finding("network", interface: first.name, isWell: true, say(.doctorNetwork, ["names": names]))
            ]
        }
        if let allowed, interfaces.isEmpty {
            return [
                Finding(
                    "network", isWell: false,
                    say(.doctorNotAllowed, ["names": allowed.joined(separator: ", ")]),
                    command: "ip -brief address")
            ]
        }
        if interfaces.isEmpty {
            return [
                Finding("network", isWell: false, say(.doctorNoInterface), command: "ip -brief address")
            ]
        }
        return [
            Finding(
                "network", isWell: false,
                say(.doctorAlone),
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
        let said = ["interface": name, "family": family, "port": String(port)]
        func bad(_ key: Key, _ command: String) -> Finding {
            Finding(check, interface: name, isWell: false, say(key, said), command: command)
        }
        var echo = Probe.echo(interface.index, source: source, waitMs: Self.echoWaitMs)
        if echo == .notOpen {
            // An IPv6 address can be used a second or two after its link came up.
            usleep(2_000_000)
            echo = Probe.echo(interface.index, source: source, waitMs: Self.echoWaitMs)
        }
        switch echo {
        case .heard:
            return Finding(check, interface: name, isWell: true, say(.doctorHears, said))
        case .silent:
            return bad(.doctorSilent, firewall.command(.udp, port: port, isV6: isV6))
        case .refused:
            return bad(.doctorRefused, firewall.command(.udp, port: port, isV6: isV6, .output))
        case .portHeld:
            return bad(.doctorHeld, "sudo ss -lunp 'sport = :\(port)'")
        case .notOpen:
            return bad(.doctorNoMulticast, "ip address show dev \(name)")
        }
    }

    private func tcpFinding(_ interface: Interface, _ source: [UInt8], _ port: UInt16) -> Finding? {
        let isV6 = source.count == 16
        let family = isV6 ? "IPv6" : "IPv4"
        let check = isV6 ? "connect-v6" : "connect-v4"
        let said = ["interface": interface.name, "family": family, "port": String(port)]
        let reach = Probe.connectTCP(source, port: port, interface: interface.index, waitMs: Self.connectWaitMs)
        switch reach {
        case .reached:
            return Finding(check, interface: interface.name, isWell: true, say(.doctorReached, said))
        case .silent, .refused:
            return Finding(
                check, interface: interface.name, isWell: false, say(.doctorDrops, said),
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
                "port", isWell: false, say(.doctorNoPort), command: "sudo ss -ltnp")
            return ([none], nil, -1)
        case .on(let port?):
            if port != wantedPort, wantedPort != 0 { return ([taken(insteadOn: port)], port, -1) }
            let said = say(.doctorListens, ["port": String(port)])
            return ([Finding("port", isWell: true, said)], port, -1)
        case .off:
            if wantedPort == 0 { return ([], nil, -1) }
            let (state, listener) = Probe.listenTCP(wantedPort)
            switch state {
            case .free:
                let said = say(.doctorFree, ["port": String(wantedPort)])
                return ([Finding("port", isWell: true, said)], wantedPort, listener)
            case .taken: return ([taken(insteadOn: nil)], nil, -1)
            case .unknown: return ([], nil, -1)
            }
        }
    }

    /// If another Mutual has the port nothing is wrong: each says its own port in its beacons.
    private func taken(insteadOn port: UInt16?) -> Finding {
        var said = ["port": String(wantedPort)]
        said["own"] = port.map { String($0) }
        if PortHolder.isMutual(wantedPort) {
            return Finding("port", isWell: true, say(port == nil ? .doctorMutualWill : .doctorMutualHas, said))
        }
        return Finding(
            "port", isWell: false, say(port == nil ? .doctorTakenWill : .doctorTakenHas, said),
            command: "sudo ss -ltnp 'sport = :\(wantedPort)'")
    }

    // MARK: clock

    /// A clock that nobody sets: years apart at once.
    private func clock() -> Finding {
        var clock = SystemClock()
        let year = 1970 + clock.now().wallMs / 31_556_952_000
        guard (2_025...2_100).contains(year) else {
            return Finding(
                "clock", isWell: false, say(.doctorClockYear, ["year": String(year)]),
                command: "sudo timedatectl set-ntp true")
        }
        return Finding("clock", isWell: true, say(.doctorClock))
    }
}
