import Foundation
import MutualCrypto
import MutualWire

/// A program that was changed: it has an identity of its own, is listed by the victim, knows the protocol, and keeps
/// to it only as far as a test wants.
final class ModifiedMutual: Sendable {
    let identity: Identity
    let keys: PairKeys
    /// What the victim has to list.
    let id: String

    init(victim: [UInt8]) throws {
        identity = Identity(seed: Self.secret())
        keys = try identity.pair(with: PublicKey(checking: victim))
        id = IdentityText.encode(identity.publicKey.bytes)
    }

    /// Makes one and has the victim list it.
    convenience init(listedBy victim: Daemon, as name: String) throws {
        try self.init(victim: try victim.publicKey())
        try victim.add(id, name)
    }

    private static func secret() -> SecretBytes {
        let bytes = noise(32)
        return bytes.withUnsafeBytes { SecretBytes(copying: $0) }
    }

    /// The epoch that now is, by a clock that is so many seconds off.
    static func epoch(clockOffS: Int64 = 0) -> UInt64 { UInt64((Int64(time(nil)) + clockOffS) / Limits.epochS) }

    /// A first flight to the victim, and what finishes its handshake.
    func flight1(clockOffS: Int64 = 0) throws -> (bytes: [UInt8], handshake: DiallerHandshake) {
        guard let destination = IPAddress(text: Lab.victim) else { throw Trouble("no address") }
        let ephemeral = Self.secret()
        let publicKey = try ephemeral.withBytes { (k) throws(CryptoError) in try X25519.publicKey(of: k) }
        let epoch = Self.epoch(clockOffS: clockOffS)
        let context = MarkContext.flight(ephemeral: publicKey, destination: destination, port: 7747)
        let mark = Mark(
            tag: keys.tag(from: .me, use: .flight, epoch: epoch),
            check: keys.check(from: .me, use: .flight, epoch: epoch, context: context)
        ).bytes
        let (handshake, message) = try SessionHandshake.dial(
            identity: identity, pair: keys, mark: mark, ephemeral: ephemeral)
        return (mark + message, handshake)
    }

    /// A beacon that only the victim understands.
    func beacon(
        from source: String, port: UInt16, version: UInt8 = 1, clockOffS: Int64 = 0, nonce: [UInt8] = noise(12)
    ) throws -> [UInt8] {
        guard let address = IPAddress(text: source) else { throw Trouble("no address") }
        let epoch = Self.epoch(clockOffS: clockOffS)
        let context = MarkContext.beacon(nonce: nonce, source: address, port: port)
        let mark = Mark(
            tag: keys.tag(from: .me, use: .beacon, epoch: epoch),
            check: keys.check(from: .me, use: .beacon, epoch: epoch, context: context))
        let others = (0..<7).map { _ in Mark(tag: .random(in: 0 ... .max), check: .random(in: 0 ... .max)) }
        var bytes = Datagram.beacon(Beacon(port: port, nonce: nonce, marks: others + [mark])).encode()
        bytes[2] = version
        return bytes
    }

    /// A line whose handshake is done. Nothing is written on it.
    func dial(from: String = Lab.stranger) throws -> Line {
        let wire = try Wire(from: from)
        let (flight, handshake) = try flight1()
        wire.send(flight)
        let answer = wire.read(Limits.flight2Bytes, seconds: 3)
        guard answer.bytes.count == Limits.flight2Bytes else {
            throw Trouble("\(answer.bytes.count) bytes for a flight 2, then \(answer.end)")
        }
        return Line(wire, try handshake.finish(flight2: answer.bytes))
    }

    /// A line on which both Hellos were said: one's own first.
    func meet(
        from: String = Lab.stranger, log: LogID = freshLog(), next: UInt64 = 1, name: String = "Mallory"
    ) throws -> (line: Line, hello: Hello) {
        let line = try dial(from: from)
        line.send(.hello(.plain(log: log, next: next, name: name)))
        for record in line.read(seconds: 3, until: { if case .hello = $0 { true } else { false } }) {
            if case .hello(let hello) = record { return (line, hello) }
        }
        throw Trouble("no Hello came")
    }
}

/// A session by hand: cells and records, right or wrong. Used by one thread.
final class Line {
    let wire: Wire
    let transport: Transport
    private var assembler = RecordAssembler()
    private var input: [UInt8] = []
    /// Every record that was read, as it came.
    private(set) var raw: [[UInt8]] = []
    /// How the victim ended it, as far as was read.
    private(set) var end = End.none

    init(_ wire: Wire, _ transport: Transport) {
        self.wire = wire
        self.transport = transport
    }

    /// The cells of a record.
    func cells(_ record: [UInt8]) -> [UInt8] { Cells.cut(record: record).flatMap { transport.seal($0) } }

    @discardableResult func send(_ record: Record) -> Bool { wire.send(cells(record.encode())) }

    /// A cell with a right tag around whatever plaintext.
    @discardableResult func send(plaintext: [UInt8]) -> Bool {
        wire.send(transport.seal(Array((plaintext + [UInt8](repeating: 0, count: 496)).prefix(496))))
    }

    /// Records that come until one is as wanted, the victim ends, or the time is up.
    func read(seconds: Double, until isLast: (Record) -> Bool = { _ in false }) -> [Record] {
        let stop = Monotonic.now + seconds
        var records: [Record] = []
        while true {
            while input.count >= Limits.cellBytes {
                let cell = Array(input.prefix(Limits.cellBytes))
                input.removeFirst(Limits.cellBytes)
                guard let plaintext = try? transport.open(cell),
                    let bytes = try? assembler.take(plaintext), let record = try? Record.parse(bytes)
                else { continue }
                records.append(record)
                raw.append(bytes)
                if isLast(record) { return records }
            }
            guard end == .none, Monotonic.now < stop else { return records }
            let part = wire.read(Limits.cellBytes - input.count, seconds: stop - Monotonic.now)
            input += part.bytes
            end = part.end
        }
    }

    /// Whether the victim ends it within the time, and how.
    func ends(within seconds: Double) -> End {
        _ = read(seconds: seconds)
        return end
    }
}

func freshLog() -> LogID {
    LogID(noise(16)) ?? freshLog()
}

func freshID() -> ItemID {
    ItemID(noise(16)) ?? freshID()
}

extension Hello {
    static func plain(
        log: LogID = freshLog(), next: UInt64 = 1, first: UInt64 = 1, peerLog: LogID? = nil, received: UInt64 = 0,
        name: String = "Mallory", version: UInt32 = 1
    ) -> Hello {
        Hello(
            version: version, log: log, next: next, first: first, peerLog: peerLog, received: received, name: name,
            abilities: [], addresses: [])
    }
}

extension Item {
    static func note(_ text: String, seq: UInt64, id: ItemID = freshID(), leftS: UInt32 = 3_600) -> Item {
        var item = Item(id: id, madeMs: Int64(time(nil)) * 1_000, content: .note(text: text, want: nil))
        item.seq = seq
        item.leftS = leftS
        return item
    }
}
