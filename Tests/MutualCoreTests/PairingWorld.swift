import MutualCrypto
import MutualWire

@testable import MutualCore

/// Reproducible chance for tests (SplitMix64): never for anything real.
struct PairingChance: Entropy {
    var state: UInt64

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        for index in buffer.indices {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            buffer[index] = UInt8(truncatingIfNeeded: z ^ (z >> 31))
        }
    }
}

/// One machine with its pairing and what its Node would have kept of it.
final class PairingDevice {
    let name: String
    let identity: Identity
    let endpoint: Endpoint
    var pairing = Pairing()
    var chance: PairingChance
    var nextDial: UInt64 = 1
    var port: UInt16?
    /// The port that `listen` gives; nil: it cannot be opened.
    var freePort: UInt16? = 40_000
    var standing: [PublicKey: PersonRecord.Standing] = [:]
    var listedAs: [PublicKey: String] = [:]
    var events: [EventBody] = []
    var burnt = 0
    var sent: [(atMs: Int64, datagram: Datagram)] = []
    /// What it did with connections, newest last.
    var orders: [String] = []

    init(_ name: String, host: UInt8, seed: UInt64) {
        self.name = name
        chance = PairingChance(state: seed)
        identity = Identity(seed: chance.secret(32))
        endpoint = pairingEndpoint(host)
    }

    var key: PublicKey { identity.publicKey }
    var view: PairingView? { pairing.views.first }
    var ends: [String] { events.filter { $0.kind == .pairEnded }.map { $0.how ?? "" } }
    func count(_ kind: EventKind) -> Int { events.filter { $0.kind == kind }.count }
    func standing(_ key: PublicKey) -> PersonRecord.Standing? { standing[key] }
}

/// Several devices on one invented network with one clock. Nothing takes time but waiting.
final class PairingWorld {
    struct Wire {
        let from: PairingDevice
        let fromID: ConnectionID
        var to: PairingDevice?
        var toID: ConnectionID?
        var fromOpen = true
        var toOpen = true
    }
    /// A write on its way.
    struct Passing {
        let from: PairingDevice
        /// Its number among all writes of this world, from 0.
        let index: Int
        var bytes: [UInt8]
        /// The connection is cut after these bytes.
        var cuts = false
    }

    var devices: [PairingDevice]
    var nowMs: Int64 = 1_000
    let wallOffsetMs: Int64 = 1_700_000_000_000
    var wires: [Wire] = []
    /// Changes, shortens or cuts what passes.
    var tamper: ((inout Passing) -> Void)?
    /// Whether a dial reaches its target.
    var dialsWork = true
    /// Whether datagrams pass.
    var datagramsPass = true
    var writes = 0
    private var queue: [() -> Void] = []
    private var acceptedNumber: UInt64 = 1 << 63
    private var isRunning = false

    init(_ devices: [PairingDevice]) { self.devices = devices }

    var now: Instant { Instant(wallMs: wallOffsetMs + nowMs, monotonicMs: nowMs) }

    // MARK: - running

    /// Carries out what is queued and due until nothing is left at this moment.
    func settle() {
        guard !isRunning else { return }
        isRunning = true
        defer { isRunning = false }
        while true {
            if !queue.isEmpty {
                queue.removeFirst()()
                continue
            }
            guard let due = devices.first(where: { ($0.pairing.nextDeadlineMs ?? .max) <= nowMs }) else { return }
            act(due, due.pairing.deadline(now: now, drawing: &due.chance, nextDial: &due.nextDial))
        }
    }

    /// Lets time pass, deadline by deadline.
    func advance(_ ms: Int64) {
        let target = nowMs + ms
        settle()
        while let next = devices.compactMap(\.pairing.nextDeadlineMs).min(), next <= target {
            nowMs = max(nowMs, next)
            settle()
        }
        nowMs = target
    }

    // MARK: - people

    @discardableResult
    func open(_ device: PairingDevice, words: Int = 2, number: UInt64 = 1) throws -> PairingView {
        let (view, actions) = try device.pairing.open(
            identity: device.identity, ownName: device.name, words: words, number: number, seq: 0, now: now,
            drawing: &device.chance)
        act(device, actions)
        settle()
        return view
    }

    @discardableResult
    func join(_ device: PairingDevice, _ code: String, number: UInt64 = 1) throws -> PairingView {
        let (view, actions) = try device.pairing.join(
            code: try PairingCode(typed: code), identity: device.identity, ownName: device.name, number: number, seq: 0,
            now: now)
        act(device, actions)
        settle()
        return view
    }

    func answer(_ device: PairingDevice, _ yes: Bool, number: UInt64? = nil, name: String = "Somebody") throws {
        act(
            device,
            try device.pairing.answer(number: number, yes: yes, name: name, now: now, standing: device.standing))
        settle()
    }

    func cancel(_ device: PairingDevice, number: UInt64? = nil) throws {
        act(device, try device.pairing.cancel(number: number))
        settle()
    }

    // MARK: - orders

    func act(_ device: PairingDevice, _ actions: [PairingAction]) {
        for action in actions {
            switch action {
            case .event(let body): device.events.append(body)
            case .list(let key, let name):
                device.listedAs[key] = name
                device.standing[key] = .listed
            case .unlist(let key):
                device.listedAs[key] = nil
                device.standing[key] = nil
            case .burnt: device.burnt += 1
            case .send(let datagram): send(datagram, from: device)
            case .effect(let effect): carryOut(effect, of: device)
            }
        }
    }

    private func send(_ datagram: Datagram, from device: PairingDevice) {
        device.sent.append((nowMs, datagram))
        guard datagramsPass else { return }
        // One's own datagrams come back too.
        for other in devices { hear(datagram, at: other, from: device.endpoint) }
    }

    func hear(_ datagram: Datagram, at device: PairingDevice, from source: Endpoint) {
        queue.append { [unowned self] in
            act(device, device.pairing.datagram(datagram, source: source, now: now))
        }
    }

    private func carryOut(_ effect: Effect, of device: PairingDevice) {
        switch effect {
        case .listen(.pairing):
            device.port = device.freePort
            let port = device.port
            queue.append { [unowned self] in act(device, device.pairing.listening(port: port, now: now)) }
        case .unlisten(.pairing): device.port = nil
        case .dial(let id, let target): dial(device, id, target)
        case .write(let id, let bytes): write(device, id, bytes)
        case .close(let id):
            device.orders.append("close")
            finish(device, id)
        case .reset(let id):
            device.orders.append("reset")
            finish(device, id)
        default: device.orders.append("unexpected")
        }
    }

    private func dial(_ device: PairingDevice, _ id: ConnectionID, _ target: Endpoint) {
        device.orders.append("dial")
        queue.append { [unowned self] in
            guard dialsWork,
                let other = devices.first(where: { $0.endpoint.address == target.address && $0.port == target.port })
            else { return act(device, device.pairing.dialFailed(id)) }
            acceptedNumber += 1
            let accepted = ConnectionID(acceptedNumber)
            wires.append(Wire(from: device, fromID: id, to: other, toID: accepted))
            act(other, other.pairing.accepted(accepted, remote: device.endpoint, now: now))
            act(device, device.pairing.opened(id, now: now, drawing: &device.chance))
        }
    }

    private func write(_ device: PairingDevice, _ id: ConnectionID, _ bytes: [UInt8]) {
        var passing = Passing(from: device, index: writes, bytes: bytes)
        writes += 1
        tamper?(&passing)
        guard let (other, otherID) = peer(of: device, id) else { return }
        deliver(passing.bytes, to: other, otherID)
        if passing.cuts { cut(device, id) }
    }

    func deliver(_ bytes: [UInt8], to device: PairingDevice, _ id: ConnectionID) {
        guard !bytes.isEmpty else { return }
        queue.append { [unowned self] in
            guard device.pairing.owns(id) else { return }
            act(
                device,
                device.pairing.bytes(bytes, on: id, now: now, drawing: &device.chance, standing: device.standing))
        }
    }

    /// The connection breaks: both sides see it closed.
    func cut(_ device: PairingDevice, _ id: ConnectionID) {
        let other = peer(of: device, id)
        queue.append { [unowned self] in
            act(device, device.pairing.closed(id))
            if let other { act(other.0, other.0.pairing.closed(other.1)) }
        }
    }

    /// One side closes: the other reads the end of the input, then that the connection is gone.
    private func finish(_ device: PairingDevice, _ id: ConnectionID) {
        let other = peer(of: device, id)
        queue.append { [unowned self] in
            act(device, device.pairing.closed(id))
            guard let other else { return }
            act(other.0, other.0.pairing.inputEnded(other.1))
            act(other.0, other.0.pairing.closed(other.1))
        }
    }

    private func peer(of device: PairingDevice, _ id: ConnectionID) -> (PairingDevice, ConnectionID)? {
        for wire in wires {
            if wire.from === device, wire.fromID == id, let to = wire.to, let toID = wire.toID { return (to, toID) }
            if wire.to === device, wire.toID == id { return (wire.from, wire.fromID) }
        }
        return nil
    }
}

/// An invented machine's address; ports of dials are of no matter.
func pairingEndpoint(_ host: UInt8) -> Endpoint {
    Endpoint(address: .v4(0xc0a8_0700 | UInt32(host)), port: 50_000, interface: 2)
}

/// The nameplate of an offer or a query.
func nameplate(_ sent: (atMs: Int64, datagram: Datagram)) -> UInt8? {
    switch sent.datagram {
    case .offer(let offer): offer.nameplate
    case .query(let query): query.nameplate
    case .beacon: nil
    }
}

/// An offer of a device with another window.
func strangeOffer(_ nameplate: UInt8) -> Datagram {
    .offer(PairingOffer(port: 41_000, nonce: [UInt8](repeating: 7, count: 12), nameplate: nameplate))
}

/// Somebody's query.
func strangeQuery(_ nameplate: UInt8) -> Datagram {
    .query(PairingQuery(nonce: [UInt8](repeating: 1, count: 12), nameplate: nameplate))
}

/// The same nameplate with other words.
func wrong(_ code: String) -> String {
    let number = code.prefix { $0 != "-" }
    return code == "\(number)-tiger-lemon" ? "\(number)-lemon-tiger" : "\(number)-tiger-lemon"
}
