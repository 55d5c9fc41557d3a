import MutualCore
import MutualCrypto
import MutualWire
import Testing

/// Somebody listed by a Node, played by the test: it has real keys, and sends when and what the test says.
final class ScriptedPeer {
    let world: World
    let host: Host
    let address = IPAddress.v4(0x0A00_00C8)
    private let identity: Identity
    private let keys: PairKeys
    private var entropy: SeededEntropy
    /// The one log that it writes.
    let log: LogID

    /// A Node that lists the peer. `nodeIsLow`: which of the two has the lower key `[session-13]`.
    init(seed: UInt64, nodeIsLow: Bool) throws {
        world = World(seed: seed)
        host = try world.add("Alder")
        var entropy = SeededEntropy(seed, "peer")
        var found: (Identity, PairKeys)?
        while found == nil {
            let identity = Identity(seed: entropy.secret(32))
            let keys = try identity.pair(with: host.identity.publicKey)
            if keys.iAmLow != nodeIsLow { found = (identity, keys) }
        }
        (identity, keys) = try #require(found)
        log = try #require(LogID(entropy.bytes(16)))
        self.entropy = entropy
        // What the Node dials there hangs until the test says what becomes of it.
        world.silentAddresses = [address]
        try world.start(host)
        let id = IdentityText.encode(identity.publicKey.bytes)
        _ = try world.ask(host, .peopleAdd(id: id, name: "Peer"))
    }

    private var epoch: UInt64 { world.now(host).epoch }
    var publicKey: PublicKey { identity.publicKey }

    /// The Node hears a beacon of this peer; `from`: another address that it has, or had.
    func sendBeacon(from other: IPAddress? = nil) {
        let address = other ?? address
        let nonce = entropy.bytes(12)
        let context = MarkContext.beacon(nonce: nonce, source: address, port: 7747)
        var marks = [
            Mark(
                tag: keys.tag(from: .me, use: .beacon, epoch: epoch),
                check: keys.check(from: .me, use: .beacon, epoch: epoch, context: context))
        ]
        while marks.count < 8 { marks.append(Mark(tag: entropy.below(.max), check: entropy.below(.max))) }
        let bytes = Datagram.beacon(Beacon(port: 7747, nonce: nonce, marks: marks)).encode()
        let source = Endpoint(address: address, port: 7747, interface: 1)
        world.turn(host, [.datagramReceived(bytes, source: source)])
    }

    /// A beacon, and the dial to which it led.
    func dialOfNode(to other: IPAddress? = nil) throws -> ConnectionID {
        let before = host.dialled.count
        sendBeacon(from: other)
        try #require(host.dialled.count == before + 1)
        return try #require(host.dialled.last).id
    }

    /// A dial of the Node that is out: its flight 1 was sent.
    func outDialOfNode(to other: IPAddress? = nil) throws -> ConnectionID {
        let id = try dialOfNode(to: other)
        world.turn(host, [.connectionOpened(id, local: Endpoint(address: host.address, port: 50_000, interface: 1))])
        try #require(host.written[id]?.count == Limits.flight1Bytes)
        return id
    }

    /// This peer connects to the Node and sends flight 1; `ending`: its end is there before the Node reads anything.
    func call(ending: Bool = false) throws -> Talk {
        let id = world.connect(to: host, from: address)
        let ephemeral = entropy.secret(32)
        let publicKey = try ephemeral.withBytes { (k) throws(CryptoError) in try X25519.publicKey(of: k) }
        let context = MarkContext.flight(ephemeral: publicKey, destination: host.address, port: 7747)
        let mark = Mark(
            tag: keys.tag(from: .me, use: .flight, epoch: epoch),
            check: keys.check(from: .me, use: .flight, epoch: epoch, context: context)
        ).bytes
        let (handshake, message) = try SessionHandshake.dial(
            identity: identity, pair: keys, mark: mark, ephemeral: ephemeral)
        world.turn(host, [.bytesReceived(id, mark + message)] + (ending ? [.inputEnded(id)] : []))
        return Talk(self, id, handshake)
    }

    /// This peer answers a dial of the Node's that is out.
    func answer(_ id: ConnectionID) throws -> Talk {
        let flight = try #require(host.written[id])
        let (transport, flight2) = try SessionHandshake.answer(
            identity: identity, pair: keys, mark: Array(flight[0..<16]), flight1Message: Array(flight[16..<64]),
            ephemeral: entropy.secret(32))
        world.turn(host, [.bytesReceived(id, flight2)])
        return Talk(self, id, transport)
    }

    /// A whole session, ready at the Node.
    func session() throws -> Talk {
        let talk = try call()
        try talk.finish()
        try talk.sendHello()
        return talk
    }

    /// Nothing but what a listener says at most at once: flight 2 and a Hello.
    func isAnswered(_ talk: Talk) -> Bool { host.written[talk.id]?.count == Limits.flight2Bytes + Limits.cellBytes }

    /// A note with its number in this peer's log.
    func note(_ seq: UInt64, _ text: String) throws -> Record {
        let id = try #require(ItemID(entropy.bytes(16)))
        var item = Item(id: id, madeMs: world.now(host).wallMs, content: .note(text: text, want: nil))
        item.seq = seq
        item.leftS = 3_600
        return .item(item)
    }
}

/// One connection between a scripted peer and the Node.
final class Talk {
    let id: ConnectionID
    private unowned let peer: ScriptedPeer
    private var handshake: DiallerHandshake?
    private var transport: Transport?
    private var assembler = RecordAssembler()
    private var read: Int

    /// This peer dialled.
    fileprivate init(_ peer: ScriptedPeer, _ id: ConnectionID, _ handshake: DiallerHandshake) {
        self.peer = peer
        self.id = id
        self.handshake = handshake
        read = Limits.flight2Bytes
    }

    /// The Node dialled.
    fileprivate init(_ peer: ScriptedPeer, _ id: ConnectionID, _ transport: Transport) {
        self.peer = peer
        self.id = id
        self.transport = transport
        read = Limits.flight1Bytes
    }

    /// Whether the Node said anything beyond what it had said when this peer began to listen.
    var isSilent: Bool { peer.host.written[id] == nil }
    /// When the Node closed it.
    var closedMs: Int64? { peer.host.ended[id] }

    /// Verifies the Node's flight 2.
    func finish() throws {
        let written = try #require(peer.host.written[id])
        let handshake = try #require(handshake)
        transport = try handshake.finish(flight2: Array(written.prefix(Limits.flight2Bytes)))
    }

    func send(_ record: Record) throws { try send(bytes: record.encode()) }

    /// A record as it was once encoded.
    func send(bytes record: [UInt8]) throws {
        let transport = try #require(transport)
        let bytes = Cells.cut(record: record).flatMap { transport.seal($0) }
        peer.world.turn(peer.host, [.bytesReceived(id, bytes)])
    }

    /// `peerLog`, `received`: what it holds of the Node's log.
    func sendHello(holding peerLog: LogID? = nil, received: UInt64 = 0, addresses: [Endpoint] = []) throws {
        try send(
            .hello(
                Hello(
                    version: 1, log: peer.log, next: 1, first: 1, peerLog: peerLog, received: received, name: "",
                    abilities: [], addresses: addresses)))
    }

    /// What the Node said since the last look.
    func records() throws -> [Record] {
        let transport = try #require(transport)
        let written = peer.host.written[id] ?? []
        var found: [Record] = []
        while written.count - read >= Limits.cellBytes {
            let plaintext = try transport.open(Array(written[read..<read + Limits.cellBytes]))
            read += Limits.cellBytes
            if let bytes = try assembler.take(plaintext) { found.append(try Record.parse(bytes)) }
        }
        return found
    }
}
