import MutualCore
import MutualCrypto
import MutualWire

/// Birch, who knows the keys and says whatever the input wants.
final class FuzzPeer {
    let pair: PairKeys
    private var drawn = 0
    /// The highest number that was given in each log of Birch's.
    var given: [LogID: UInt64] = [:]
    /// Alder's log and its next number, as its last Hello said.
    var heard: Hello?
    /// Ids of items that Alder gave, the latest last.
    var items: [ItemID] = []

    init() throws { pair = try Made.birch.pair(with: Made.alder.publicKey) }

    private func ephemeral() -> SecretBytes {
        drawn += 1
        return Made.secret("birch's key \(drawn)")
    }

    /// The 64 bytes of a true first flight to Alder.
    func dial(_ line: FuzzLine, now: Instant) throws -> [UInt8] {
        let secret = ephemeral()
        let context = MarkContext.flight(
            ephemeral: try KeyPair(secret: secret).publicKey, destination: FuzzWorld.address, port: 7_747)
        let mark = Mark(
            tag: pair.tag(from: .me, use: .flight, epoch: now.epoch),
            check: pair.check(from: .me, use: .flight, epoch: now.epoch, context: context))
        let (handshake, message) = try SessionHandshake.dial(
            identity: Made.birch, pair: pair, mark: mark.bytes, ephemeral: secret)
        line.handshake = handshake
        return mark.bytes + message
    }

    /// Flight 2 to a dial of Alder's.
    func answer(_ line: FuzzLine, flight1: [UInt8]) throws -> [UInt8] {
        let (transport, flight2) = try SessionHandshake.answer(
            identity: Made.birch, pair: pair, mark: Array(flight1.prefix(16)),
            flight1Message: Array(flight1.dropFirst(16)), ephemeral: ephemeral())
        line.transport = transport
        return flight2
    }

    /// A beacon with a true mark of Birch's among seven that say nothing.
    func beacon(now: Instant, source: IPAddress, port: UInt16, nonce: UInt8) -> [UInt8] {
        let nonce = [UInt8](repeating: nonce, count: Limits.datagramNonceBytes)
        let context = MarkContext.beacon(nonce: nonce, source: source, port: port)
        let mark = Mark(
            tag: pair.tag(from: .me, use: .beacon, epoch: now.epoch),
            check: pair.check(from: .me, use: .beacon, epoch: now.epoch, context: context))
        let others = (0..<7).map { Mark(tag: UInt64($0), check: 0) }
        return Datagram.beacon(Beacon(port: port, nonce: nonce, marks: others + [mark])).encode()
    }
}

/// One connection and what both sides said on it.
final class FuzzLine {
    enum Kind: Equatable {
        case accepted
        case pairing
        case dialled(Endpoint)
    }

    let id: ConnectionID
    let kind: Kind
    var hasEnded = false
    /// A dial that got through.
    var isOpen = false
    /// Bytes other than Birch's own were sent on it.
    var isSpoilt = false
    /// Birch's flight stands on it and Birch is listed: it may be answered.
    var mayHear = false
    var handshake: DiallerHandshake?
    var transport: Transport?
    /// Alder's first flight on a dial, for Birch to answer.
    private(set) var flight1: [UInt8] = []
    private var unread: [UInt8] = []
    private var assembler = RecordAssembler()
    private var heardHello = false
    /// Logs that Birch named on it.
    private var named: [LogID] = []
    /// Numbers that Alder gave on it, in its present log.
    private var numbers: Set<UInt64> = []
    private var log: LogID?

    init(id: ConnectionID, kind: Kind) {
        self.id = id
        self.kind = kind
    }

    /// What Alder wrote: nothing to strangers, and nothing but flights and cells to anybody.
    func read(_ bytes: [UInt8], _ peer: FuzzPeer) throws {
        if kind == .pairing { return }
        unread += bytes
        switch kind {
        case .pairing: return
        case .accepted:
            try hold(mayHear, "a stranger hears nothing")
            if transport == nil, unread.count >= Limits.flight2Bytes, let handshake {
                transport = try handshake.finish(flight2: Array(unread.prefix(Limits.flight2Bytes)))
                unread.removeFirst(Limits.flight2Bytes)
            }
        case .dialled(let endpoint):
            if endpoint.port == 40_000 { return }
            if flight1.isEmpty, unread.count >= Limits.flight1Bytes {
                flight1 = Array(unread.prefix(Limits.flight1Bytes))
                unread.removeFirst(Limits.flight1Bytes)
            }
        }
        guard let transport else { return try hold(unread.isEmpty, "cells come after the handshake") }
        try hold(unread.count % Limits.cellBytes == 0, "everything after the handshake is cells")
        while !unread.isEmpty {
            let plaintext = try transport.open(Array(unread.prefix(Limits.cellBytes)))
            unread.removeFirst(Limits.cellBytes)
            guard let record = try assembler.take(plaintext) else { continue }
            try heard(try Record.parse(record, in: .session), peer)
        }
    }

    private func heard(_ record: Record, _ peer: FuzzPeer) throws {
        switch record {
        case .hello(let hello):
            if log != hello.log { numbers = [] }
            (heardHello, log, peer.heard) = (true, hello.log, hello)
            return
        case .item(let item):
            try hold(item.fault == nil, "what is given keeps the rules: \(item.fault?.code ?? "")")
            try hold(numbers.insert(item.seq).inserted, "on one session a number goes out once")
            peer.items = peer.items.suffix(7) + [item.id]
        case .void(let seq, _):
            try hold(numbers.insert(seq).inserted, "on one session a number goes out once")
        case .ack(let log, let received):
            try hold(named.contains(log), "only a log that was named is acked")
            try hold(received <= peer.given[log] ?? 0, "nothing is acked that was not given: \(received)")
        case .ping, .pong, .bye: break
        case .answer, .unknown: throw Violation("a session has no such record")
        }
        try hold(heardHello, "Hello comes first")
        try hold(!named.isEmpty, "nothing is said before the other's Hello")
    }

    /// What Birch is about to say.
    func note(sent record: [UInt8], _ peer: FuzzPeer) {
        switch try? Record.parse(record, in: .session) {
        case .hello(let hello):
            named.append(hello.log)
            peer.given[hello.log] = max(peer.given[hello.log] ?? 0, hello.first - 1)
        case .item(let item): note(item.seq, peer)
        case .void(let seq, _): note(seq, peer)
        default: break
        }
    }

    private func note(_ seq: UInt64, _ peer: FuzzPeer) {
        guard let log = named.last else { return }
        peer.given[log] = max(peer.given[log] ?? 0, seq)
    }
}
