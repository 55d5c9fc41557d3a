import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// One Node over a real store in memory, and the input's hands on everything that reaches it. What must hold of any
/// Node whatever happens is looked at here.
final class FuzzWorld {
    static let storeKey = Made.secret("store")
    static let address = IPAddress.v4(0x0a00_0001)
    private static let sessionPort: UInt16 = 7_747
    private static let pairingPort: UInt16 = 40_000

    let home = MemoryHome()
    private(set) var store: Store?
    private var node: Node?
    private var entropy = MadeEntropy("node")
    private var starts: UInt64 = 0
    var now = Instant(wallMs: 1_800_000_000_000, monotonicMs: 1_000_000)
    private(set) var deadlineMs = Int64.max
    /// Connections of all times, in order.
    private(set) var lines: [FuzzLine] = []
    private var unreported: [Input] = []
    /// Whether connections for sessions come in at all: not while it is paused.
    private(set) var isListening = true
    private var answered: [RequestID: Int] = [:]
    private var requests: UInt64 = 0
    /// What the Node sent to everybody, the latest last.
    private(set) var datagrams: [[UInt8]] = []
    let peer: FuzzPeer

    /// Alder's home, in which Birch is listed, and perhaps somebody who never comes.
    init(people: Int) throws {
        peer = try FuzzPeer()
        store = try Store(files: home, storeKey: Self.storeKey, entropy: MadeEntropy("store"))
        let wall = now.wallMs
        try store?.turn { journal throws(JournalFault) in
            try journal.setSetting("name", Array("Alder".utf8))
            for (number, name) in ["Birch", "Cedar"].prefix(people).enumerated() {
                guard let log = LogID([UInt8](repeating: UInt8(number + 1), count: 16)) else { continue }
                let key = number == 0 ? Made.birch.publicKey : Identity(seed: Made.secret("cedar")).publicKey
                let person = PersonRecord(
                    row: PersonRow(0), key: key, name: name, nameIsProvisional: false, standing: .listed,
                    listedMs: wall,
                    byCode: true)
                _ = try journal.list(person, out: OutLog(log: log))
            }
        }
        try restart()
    }

    /// The Node's process ends; another one begins with what is stored.
    func restart() throws(JournalFault) {
        node = nil
        store = nil
        for line in lines { line.hasEnded = true }
        unreported = []
        starts += 1
        let first = starts << 32
        let moment = now
        let opened = try Store(files: home, storeKey: Self.storeKey, entropy: MadeEntropy("store \(starts)"))
        store = opened
        node = try opened.turn { journal throws(JournalFault) in
            try Node(Made.alder, firstDial: first, at: moment, from: journal)
        }
        deadlineMs = now.monotonicMs
    }

    // MARK: turns

    /// One turn, and a look at all that came of it. What the Node did is reported to it at its next turn.
    func turn(_ inputs: [Input]) throws {
        guard node != nil, let store else { return }
        let all = unreported + inputs
        unreported = []
        let moment = now
        let outcome = try store.turn { journal throws(JournalFault) in
            try node?.turn(all, at: moment, drawing: &entropy, in: journal)
        }
        guard let outcome else { return }
        deadlineMs = outcome.nextDeadlineMs
        try hold(outcome.effects.count < 20_000, "a turn orders a bounded number of things")
        for effect in outcome.effects { try carryOut(effect) }
    }

    /// Lets time pass, a turn at each deadline.
    func pass(_ ms: Int64) throws {
        let end = now.monotonicMs + ms
        var still = 0
        while deadlineMs <= end {
            let step = max(0, deadlineMs - now.monotonicMs)
            still = step == 0 ? still + 1 : 0
            try hold(still < 20, "the deadline always moves")
            now.monotonicMs += step
            now.wallMs += step
            try turn([.deadlineReached])
        }
        let rest = max(0, end - now.monotonicMs)
        now.monotonicMs += rest
        now.wallMs += rest
    }

    /// Asks something; there is one answer, in the same turn.
    func ask(_ call: Call, key: IdempotencyKey? = nil) throws {
        requests += 1
        let id = RequestID(requests)
        try turn([.requestReceived(id, Request(call, key: key))])
        try hold(answered[id] == 1, "a request is answered once")
    }

    private func carryOut(_ effect: Effect) throws {
        switch effect {
        case .listen(let listener):
            if listener == .sessions { isListening = true }
            unreported.append(.listening(listener, port: listener == .pairing ? Self.pairingPort : Self.sessionPort))
        case .unlisten(let listener):
            if listener == .sessions { isListening = false }
            unreported.append(.listening(listener, port: nil))
        case .broadcast(let bytes, _, _, _):
            try hold((try? Datagram.parse(bytes)) != nil, "what is sent to everybody is a datagram")
            datagrams = datagrams.suffix(3) + [bytes]
        case .dial(let id, let endpoint):
            try hold(!lines.contains { $0.id == id }, "a connection's number is used once")
            lines.append(FuzzLine(id: id, kind: .dialled(endpoint)))
        case .write(let id, let bytes):
            guard let line = lines.last(where: { $0.id == id }) else { throw Violation("a write to no connection") }
            try hold(!line.hasEnded, "nothing is written after the end")
            unreported.append(.bytesWritten(id, bytes.count))
            try line.read(bytes, peer)
        case .close(let id), .reset(let id):
            guard let line = lines.last(where: { $0.id == id }) else { throw Violation("an end of no connection") }
            try hold(!line.hasEnded, "a connection ends once")
            line.hasEnded = true
            unreported.append(.connectionClosed(id))
        case .answer(let id, _): answered[id, default: 0] += 1
        case .publish, .log: break
        default: break
        }
    }

    // MARK: from outside

    /// Somebody connects.
    func accept(_ listener: Listener, from address: IPAddress) throws {
        guard listener == .pairing || isListening else { return }
        let id = ConnectionID(1 << 63 | UInt64(lines.count))
        let port = listener == .pairing ? Self.pairingPort : Self.sessionPort
        let remote = Endpoint(address: address, port: 50_000, interface: 1)
        let local = Endpoint(address: Self.address, port: port, interface: 1)
        lines.append(FuzzLine(id: id, kind: listener == .pairing ? .pairing : .accepted))
        try turn([.connectionAccepted(id, listener: listener, remote: remote, local: local)])
    }

    /// Birch's first flight, whole, on a connection that was accepted.
    func shake(_ line: FuzzLine) throws {
        guard line.kind == .accepted, !line.hasEnded, line.handshake == nil, !line.isSpoilt else { return }
        let flight = try peer.dial(line, now: now)
        line.mayHear =
            try store?.peopleList().contains {
                $0.key == Made.birch.publicKey && $0.standing != .blocked
            } ?? false
        try turn([.bytesReceived(line.id, flight)])
    }

    /// The Node's dial gets through.
    func open(_ line: FuzzLine) throws {
        guard case .dialled = line.kind, !line.hasEnded, !line.isOpen else { return }
        line.isOpen = true
        try turn([.connectionOpened(line.id, local: Endpoint(address: Self.address, port: 51_000, interface: 1))])
    }

    /// Bytes as they are, on any connection.
    func send(_ bytes: [UInt8], on line: FuzzLine) throws {
        guard !line.hasEnded else { return }
        line.isSpoilt = true
        try turn([.bytesReceived(line.id, bytes)])
    }

    /// A record of Birch's in cells, where a session is.
    func send(record: [UInt8], on line: FuzzLine) throws {
        guard let transport = line.transport, !line.hasEnded, !record.isEmpty, record.count <= Limits.recordBytes else {
            return
        }
        line.note(sent: record, peer)
        var bytes: [UInt8] = []
        for plaintext in Cells.cut(record: record) { bytes += transport.seal(plaintext) }
        try turn([.bytesReceived(line.id, bytes)])
    }

    func end(_ line: FuzzLine, half: Bool) throws {
        guard !line.hasEnded else { return }
        if !half { line.hasEnded = true }
        try turn([half ? .inputEnded(line.id) : .connectionClosed(line.id)])
    }

    func fail(_ line: FuzzLine) throws {
        guard case .dialled = line.kind, !line.hasEnded, !line.isOpen else { return }
        line.hasEnded = true
        try turn([.dialFailed(line.id)])
    }
}
