/// Marks for one's people, sent to a network (Protocol/discovery.md).
public struct Beacon: Hashable, Sendable {
    /// The TCP port that the sender listens on, not 0.
    public var port: UInt16
    /// 12 bytes, fresh for each datagram.
    public var nonce: [UInt8]
    /// 8, 24 or 72 marks.
    public var marks: [Mark]

    /// A beacon.
    public init(port: UInt16, nonce: [UInt8], marks: [Mark]) {
        self.port = port
        self.nonce = nonce
        self.marks = marks
    }

    /// How many marks each datagram of a beacon for so many people has: 8, 24 or 72; for more people full 72s.
    public static func sizes(people: Int) -> [Int] {
        if let size = Limits.beaconCounts.first(where: { people <= $0 }) { return [size] }
        return [Int](repeating: 72, count: (people - 1) / 72 + 1)
    }
}

/// "Whoever was told this nameplate, come here": of a pairing window (Protocol/pairing.md).
public struct PairingOffer: Hashable, Sendable {
    /// The TCP port of the window, not 0.
    public var port: UInt16
    /// 12 bytes, the window's.
    public var nonce: [UInt8]
    /// 1 ... 99.
    public var nameplate: UInt8

    /// An offer.
    public init(port: UInt16, nonce: [UInt8], nameplate: UInt8) {
        self.port = port
        self.nonce = nonce
        self.nameplate = nameplate
    }
}

/// "Who offers this nameplate?" (Protocol/pairing.md).
public struct PairingQuery: Hashable, Sendable {
    /// 12 bytes, fresh for each query.
    public var nonce: [UInt8]
    /// 1 ... 99.
    public var nameplate: UInt8

    /// A query.
    public init(nonce: [UInt8], nameplate: UInt8) {
        self.nonce = nonce
        self.nameplate = nameplate
    }
}

/// What is sent to everybody on a network (Protocol/discovery.md).
public enum Datagram: Hashable, Sendable {
    /// Type 1.
    case beacon(Beacon)
    /// Type 2.
    case offer(PairingOffer)
    /// Type 3.
    case query(PairingQuery)

    /// Reads a datagram. What is none is dropped without an answer; the error is for tests and counters.
    public static func parse(_ bytes: [UInt8]) throws(WireError) -> Datagram {
        guard bytes.count >= Limits.datagramHeaderBytes else { throw .datagramLength }
        guard bytes[0..<2].elementsEqual(magic) else { throw .datagramMagic }
        guard bytes[2] == version else { throw .datagramVersion }
        guard let type = Kind(rawValue: bytes[3]) else { throw .datagramType }
        guard bytes[7] == 0 else { throw .datagramReserved }
        let count = Int(bytes[6])
        let port = bytes[4..<6].bigEndian16
        let nonce = Array(bytes[8..<20])
        let body = bytes[20...]
        switch type {
        case .beacon:
            guard Limits.beaconCounts.contains(count) else { throw .datagramCount }
            guard body.count == count * Limits.markBytes else { throw .datagramLength }
            guard port != 0 else { throw .datagramPort }
            let marks = (0..<count).compactMap { Mark(body.dropFirst($0 * Limits.markBytes).prefix(Limits.markBytes)) }
            return .beacon(Beacon(port: port, nonce: nonce, marks: marks))
        case .offer:
            let nameplate = try nameplate(count: count, body: body)
            guard port != 0 else { throw .datagramPort }
            return .offer(PairingOffer(port: port, nonce: nonce, nameplate: nameplate))
        case .query:
            let nameplate = try nameplate(count: count, body: body)
            guard port == 0 else { throw .datagramPort }
            return .query(PairingQuery(nonce: nonce, nameplate: nameplate))
        }
    }

    /// The bytes that are sent.
    public func encode() -> [UInt8] {
        switch self {
        case .beacon(let beacon):
            Self.header(.beacon, port: beacon.port, count: beacon.marks.count, nonce: beacon.nonce)
                + beacon.marks.flatMap(\.bytes)
        case .offer(let offer):
            Self.header(.offer, port: offer.port, count: 0, nonce: offer.nonce) + [offer.nameplate]
        case .query(let query):
            Self.header(.query, port: 0, count: 0, nonce: query.nonce) + [query.nameplate]
        }
    }

    private enum Kind: UInt8 {
        case beacon = 1
        case offer = 2
        case query = 3
    }

    private static let magic = Array("MU".utf8)
    private static let version: UInt8 = 1

    private static func nameplate(count: Int, body: ArraySlice<UInt8>) throws(WireError) -> UInt8 {
        guard count == 0 else { throw .datagramCount }
        guard body.count == 1, let nameplate = body.first else { throw .datagramLength }
        guard Limits.nameplates.contains(nameplate) else { throw .datagramNameplate }
        return nameplate
    }

    private static func header(_ kind: Kind, port: UInt16, count: Int, nonce: [UInt8]) -> [UInt8] {
        var result = magic + [version, kind.rawValue]
        result.append(bigEndian: port)
        result += [UInt8(truncatingIfNeeded: count), 0]
        return result + nonce
    }
}
