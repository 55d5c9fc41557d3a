import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Several Nodes over real stores in one process, with an invented network and clock. Everything follows from the seed.
final class World {
    /// What will happen to a host at a moment.
    private struct Scheduled {
        let atMs: Int64
        let order: UInt64
        let host: Int
        let life: Int
        let input: Input
    }

    /// One end of a connection.
    private struct End: Hashable {
        let host: Int
        let id: ConnectionID
    }

    private(set) var nowMs: Int64 = 1_000_000
    let wallAtZeroMs: Int64 = 1_790_000_000_000
    private(set) var hosts: [Host] = []
    private var queue: [Scheduled] = []
    private var order: UInt64 = 0
    private var peers: [End: End] = [:]
    private var accepted: UInt64 = 1 << 63
    let seed: UInt64
    /// How long anything takes from host to host.
    var delayMs: Int64 = 1
    /// All dials that Nodes ordered, by host.
    private(set) var dials: [Int] = []

    init(seed: UInt64) { self.seed = seed }

    // MARK: hosts

    /// A new home on a host of its own: 10.0.0.1, 10.0.0.2 ...
    @discardableResult
    func add(_ name: String) throws -> Host {
        let host = try Host(number: hosts.count, name: name, seed: seed)
        hosts.append(host)
        return host
    }

    /// Starts a host's daemon: a Node from what is stored.
    func start(_ host: Host) throws {
        host.life += 1
        try host.open(at: now(host))
        let listening: [Input] = host.isPaused ? [] : [.listening(.sessions, port: 7747)]
        turn(host, listening + [.interfacesChanged(host.isUp ? [host.interface] : [])])
    }

    /// A kill -9: what was committed stays, everything else is gone; the kernel resets its connections.
    func kill(_ host: Host) {
        host.life += 1
        host.close()
        cutConnections(of: host, tellBoth: false)
    }

    /// Takes the link away or brings it back, perhaps with another address. Connections notice nothing by themselves.
    func setLink(_ host: Host, up: Bool, address: UInt8? = nil) {
        host.isUp = up
        if let address { host.lastByte = address }
        if host.isRunning { turn(host, [.interfacesChanged(up ? [host.interface] : [])]) }
    }

    /// Ends all connections of a host as the kernel would.
    func cutConnections(of host: Host, tellBoth: Bool = true) {
        for (end, other) in peers.sorted(by: { ($0.key.host, $0.key.id) < ($1.key.host, $1.key.id) })
        where end.host == host.number {
            peers[end] = nil
            peers[other] = nil
            schedule(hosts[other.host], .connectionClosed(other.id), after: delayMs)
            if tellBoth { schedule(host, .connectionClosed(end.id), after: 0) }
        }
    }

    func now(_ host: Host) -> Instant {
        Instant(
            wallMs: wallAtZeroMs + nowMs + host.clockSkewMs, monotonicMs: nowMs, utcOffsetS: host.utcOffsetS)
    }

    // MARK: running

    /// Lets invented time pass.
    func run(_ limitMs: Int64) { _ = run(limitMs, until: { false }) }

    /// Lets invented time pass until something is true; false when it is not within the limit.
    @discardableResult
    func run(_ limitMs: Int64, until done: () throws -> Bool) rethrows -> Bool {
        let end = nowMs + limitMs
        while true {
            if try done() { return true }
            let due = hosts.filter(\.isRunning).map(\.deadlineMs).min() ?? .max
            let next = queue.first?.atMs ?? .max
            let at = max(nowMs, min(due, next))
            guard at <= end else {
                nowMs = end
                return try done()
            }
            nowMs = at
            step()
        }
    }

    private func step() {
        if let first = queue.first, first.atMs <= nowMs {
            queue.removeFirst()
            let host = hosts[first.host]
            guard host.isRunning, host.life == first.life else { return }
            turn(host, [first.input])
            return
        }
        for host in hosts where host.isRunning && host.deadlineMs <= nowMs { turn(host, [.deadlineReached]) }
    }

    /// Asks a host's Node something and gives its answer.
    func ask(_ host: Host, _ call: Call, key: IdempotencyKey? = nil) throws -> Reply {
        let id = RequestID(UInt64(host.answers.count + 1))
        turn(host, [.requestReceived(id, Request(call, key: key))])
        guard let answer = host.answers[id] else { throw Refusal(.fault, "no-answer") }
        return try answer.get()
    }

    func turn(_ host: Host, _ inputs: [Input]) {
        for effect in host.turn(inputs, at: now(host)) { carryOut(effect, host) }
    }

    private func schedule(_ host: Host, _ input: Input, after ms: Int64) {
        order += 1
        let one = Scheduled(atMs: nowMs + ms, order: order, host: host.number, life: host.life, input: input)
        let place = queue.firstIndex { ($0.atMs, $0.order) > (one.atMs, one.order) } ?? queue.count
        queue.insert(one, at: place)
    }

    /// Somebody who is no Node connects to a host's session port.
    func connect(to host: Host, from address: IPAddress) -> ConnectionID {
        accepted += 1
        let id = ConnectionID(accepted)
        let from = Endpoint(address: address, port: 60_000, interface: 1)
        let to = Endpoint(address: host.address, port: 7747, interface: 1)
        turn(host, [.connectionAccepted(id, listener: .sessions, remote: from, local: to)])
        return id
    }

    // MARK: the network

    private func carryOut(_ effect: Effect, _ host: Host) {
        if effect.reachesNetwork { host.networkTrace.append("\(nowMs) \(effect)") }
        switch effect {
        case .hear(let on): host.hears = on
        case .listen(let listener):
            host.ports[listener] = listener == .sessions ? 7747 : 40_000
            schedule(host, .listening(listener, port: host.ports[listener]), after: 0)
        case .unlisten(let listener):
            host.ports[listener] = nil
        case .broadcast(let bytes, _, _, _):
            host.broadcasts += 1
            for other in hosts
            where other !== host && other.isRunning && other.isUp && other.hears && host.isUp && !isCut(host, other) {
                let source = Endpoint(address: host.address, port: 7747, interface: 1)
                schedule(other, .datagramReceived(bytes, source: source), after: delayMs)
            }
        case .dial(let id, let endpoint): dial(id, endpoint, host)
        case .write(let id, let bytes):
            schedule(host, .bytesWritten(id, bytes.count), after: 0)
            host.written[id, default: []] += bytes
            guard let other = peers[End(host: host.number, id: id)] else { return }
            host.sent += bytes
            if host.isUp, hosts[other.host].isUp, !isCut(host, hosts[other.host]) {
                schedule(hosts[other.host], .bytesReceived(other.id, bytes), after: delayMs)
            }
        case .close(let id), .reset(let id):
            host.ended[id] = nowMs
            schedule(host, .connectionClosed(id), after: 0)
            guard let other = peers.removeValue(forKey: End(host: host.number, id: id)) else { return }
            peers[other] = nil
            if host.isUp, hosts[other.host].isUp, !isCut(host, hosts[other.host]) {
                schedule(hosts[other.host], .connectionClosed(other.id), after: delayMs)
            }
        case .answer(let id, let result): host.answers[id] = result
        case .publish(let events): host.events += events
        case .log: break
        }
    }

    /// Addresses where a dial hears nothing at all.
    var silentAddresses: [IPAddress] = []

    private func dial(_ id: ConnectionID, _ endpoint: Endpoint, _ host: Host) {
        dials.append(host.number)
        host.dialled.append((id, endpoint))
        if silentAddresses.contains(endpoint.address) { return }
        guard host.isUp,
            let other = hosts.first(where: {
                $0.isRunning && $0.isUp && $0.address == endpoint.address && !isCut(host, $0)
            }), let listener = Listener.allCases.first(where: { other.ports[$0] == endpoint.port })
        else { return schedule(host, .dialFailed(id), after: delayMs) }
        accepted += 1
        let theirs = ConnectionID(accepted)
        peers[End(host: host.number, id: id)] = End(host: other.number, id: theirs)
        peers[End(host: other.number, id: theirs)] = End(host: host.number, id: id)
        let from = Endpoint(
            address: host.address, port: UInt16(truncatingIfNeeded: 50_000 + order % 10_000), interface: 1)
        let to = Endpoint(address: other.address, port: endpoint.port, interface: 1)
        schedule(other, .connectionAccepted(theirs, listener: listener, remote: from, local: to), after: delayMs)
        schedule(host, .connectionOpened(id, local: from), after: delayMs)
    }

    /// Pairs of hosts that can't hear each other.
    var cuts: Set<[Int]> = []
    func isCut(_ a: Host, _ b: Host) -> Bool { cuts.contains([a.number, b.number].sorted()) }
}

extension Effect {
    /// Whether somebody else can notice it.
    fileprivate var reachesNetwork: Bool {
        switch self {
        case .listen, .unlisten, .hear, .broadcast, .dial, .write, .close, .reset: true
        case .answer, .publish, .log: false
        }
    }
}
