import SwiftProtobuf

/// What is said in a session, one record at a time (Protocol/records.md).
public enum Record: Equatable, Sendable {
    /// First in a session, and again for a new log.
    case hello(Hello)
    /// One item under its number.
    case item(Item)
    /// Nothing more will come under this number.
    case void(seq: UInt64, id: ItemID)
    /// All up to this number is stored.
    case ack(log: LogID, received: UInt64)
    /// Asks for a Pong of the same number.
    case ping(UInt64)
    /// Answers a Ping.
    case pong(UInt64)
    /// Parting; nothing is read after it.
    case bye
    /// Yes or No in pairing, and nowhere else.
    case answer(Bool)
    /// A record of a later version: ignored.
    case unknown

    /// Where records are read.
    public enum Place: Hashable, Sendable {
        /// In a session.
        case session
        /// After the handshake of a pairing.
        case pairing
    }

    /// Reads a record.
    ///
    /// - Parameters:
    ///   - bytes: the record as its cells gave it.
    ///   - place: where it was read; nil leaves that to the caller.
    /// - Throws: what closes the session. An item that breaks a rule of its own is no such thing: see `Item.fault`.
    public static func parse(_ bytes: [UInt8], in place: Place? = nil) throws(WireError) -> Record {
        guard bytes.count <= Limits.recordBytes else { throw .recordLong }
        guard let message = try? Mutual_V1_Record(serializedBytes: bytes) else { throw .recordParse }
        let record = try parse(message, size: bytes.count)
        if let place, !record.belongs(in: place) { throw .answerHere }
        return record
    }

    /// Whether a record may be read there.
    private func belongs(in place: Place) -> Bool {
        switch (self, place) {
        case (.unknown, _), (.answer, .pairing): true
        case (.answer, .session): false
        case (_, .session): true
        case (_, .pairing): false
        }
    }

    /// The record as it is cut into cells, fields in the order of their numbers.
    public func encode() -> [UInt8] {
        (try? message.serializedBytes()) ?? []
    }

    private static func parse(_ message: Mutual_V1_Record, size: Int) throws(WireError) -> Record {
        switch message.body {
        case .hello(let hello):
            return .hello(try Hello(hello, size: size))
        case .item(let message):
            guard message.seq != 0, let item = Item(message) else { throw .recordField }
            return .item(item)
        case .void(let void):
            guard void.seq != 0, let id = ItemID(void.id) else { throw .recordField }
            return .void(seq: void.seq, id: id)
        case .ack(let ack):
            guard let log = LogID(ack.log) else { throw .recordField }
            return .ack(log: log, received: ack.received)
        case .ping(let ping):
            return .ping(ping.n)
        case .pong(let pong):
            return .pong(pong.n)
        case .bye:
            return .bye
        case .answer(let answer):
            return .answer(answer.yes)
        case nil:
            return .unknown
        }
    }

    private var message: Mutual_V1_Record {
        var record = Mutual_V1_Record()
        switch self {
        case .hello(let hello): record.hello = hello.message
        case .item(let item): record.item = item.message
        case .void(let seq, let id):
            record.void.seq = seq
            record.void.id = .init(id.bytes)
        case .ack(let log, let received):
            record.ack.log = .init(log.bytes)
            record.ack.received = received
        case .ping(let number): record.ping = .with { $0.n = number }
        case .pong(let number): record.pong = .with { $0.n = number }
        case .bye: record.bye = .init()
        case .answer(let yes): record.answer = .with { $0.yes = yes }
        case .unknown: break
        }
        return record
    }
}

extension Hello {
    /// From the generated type; `size` is that of the whole record.
    fileprivate init(_ message: Mutual_V1_Hello, size: Int) throws(WireError) {
        guard message.version != 0, message.next != 0, message.first != 0, message.first <= message.next,
            let log = LogID(message.log)
        else { throw .recordField }
        let peerLog = LogID(message.peerLog)
        guard peerLog != nil || (message.peerLog.isEmpty && message.received == 0) else { throw .recordField }
        guard size <= Limits.helloBytes, Shape.isName(message.name), message.can.count <= Limits.abilities,
            message.can.allSatisfy({ $0.utf8.count <= Limits.abilityBytes }),
            message.addresses.count <= Limits.helloAddresses
        else { throw .helloLimit }
        var addresses: [Endpoint] = []
        for address in message.addresses {
            guard let ip = IPAddress(bytes: address.ip), let port = UInt16(exactly: address.port), port != 0 else {
                throw .helloLimit
            }
            addresses.append(Endpoint(address: ip, port: port))
        }
        self.init(
            version: message.version, log: log, next: message.next, first: message.first, peerLog: peerLog,
            received: message.received, name: message.name, abilities: message.can, addresses: addresses)
    }

    fileprivate var message: Mutual_V1_Hello {
        .with {
            $0.version = version
            $0.log = .init(log.bytes)
            $0.next = next
            $0.first = first
            $0.peerLog = .init(peerLog?.bytes ?? [])
            $0.received = received
            $0.name = name
            $0.can = abilities
            $0.addresses = addresses.map { endpoint in
                .with {
                    $0.ip = .init(endpoint.address.bytes)
                    $0.port = UInt32(endpoint.port)
                }
            }
        }
    }
}
