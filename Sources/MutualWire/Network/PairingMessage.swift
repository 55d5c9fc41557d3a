import SwiftProtobuf

/// The messages of a pairing before its cells (Protocol/pairing.md).
public enum PairingMessage {
    /// Version, nonce and share of the typer, bytes.
    public static let p1Size = 49
    /// The offerer's share, bytes.
    public static let p2Size = 32
    /// The first Noise message, bytes.
    public static let n1Size = 48
    /// The second Noise message, bytes.
    public static let n2Size = 352
    /// The third Noise message, bytes.
    public static let n3Size = 320

    /// A message with its length before it, as it is written.
    public static func frame(_ message: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.append(bigEndian: UInt16(truncatingIfNeeded: message.count))
        return result + message
    }

    /// The next message in what was read so far, nil while it is not whole.
    ///
    /// - Throws: `pair-length` as soon as the length before it is not `size`.
    public static func unframe(_ buffer: [UInt8], size: Int) throws(WireError) -> [UInt8]? {
        guard buffer.count >= 2 else { return nil }
        guard Int(buffer.bigEndian16) == size else { throw .pairLength }
        guard buffer.count >= 2 + size else { return nil }
        return Array(buffer[2..<2 + size])
    }
}

/// The typer's first message.
public struct P1: Hashable, Sendable {
    /// 16 fresh bytes.
    public var nonce: [UInt8]
    /// The share, 32 bytes; whether it decodes is not looked at here.
    public var share: [UInt8]

    /// A message from its parts.
    public init(nonce: [UInt8], share: [UInt8]) {
        self.nonce = nonce
        self.share = share
    }

    /// Reads a message without its frame.
    public init(parsing bytes: [UInt8]) throws(WireError) {
        guard bytes.count == PairingMessage.p1Size else { throw .pairLength }
        guard bytes[0] == 1 else { throw .pairVersion }
        self.init(nonce: Array(bytes[1..<17]), share: Array(bytes[17...]))
    }

    /// The 49 bytes.
    public func encode() -> [UInt8] { [1] + nonce + share }
}

/// The offerer's first message.
public struct P2: Hashable, Sendable {
    /// The share, 32 bytes; whether it decodes is not looked at here.
    public var share: [UInt8]

    /// A message from its part.
    public init(share: [UInt8]) { self.share = share }

    /// Reads a message without its frame.
    public init(parsing bytes: [UInt8]) throws(WireError) {
        guard bytes.count == PairingMessage.p2Size else { throw .pairLength }
        self.init(share: bytes)
    }

    /// The 32 bytes.
    public func encode() -> [UInt8] { share }
}

/// The name that the two tell each other under the code's protection (Protocol/pairing.md).
public enum Card {
    /// The 256 bytes of a card.
    ///
    /// - Throws: `pair-card` for a name that breaks the limits of Hello's.
    public static func encode(name: String) throws(WireError) -> [UInt8] {
        var card = Mutual_V1_Card()
        card.name = name
        guard Shape.isName(name), let data: [UInt8] = try? card.serializedBytes(), data.count <= Limits.cardDataBytes
        else { throw .pairCard }
        var result: [UInt8] = []
        result.append(bigEndian: UInt16(truncatingIfNeeded: data.count))
        result += data
        return result + [UInt8](repeating: 0, count: Limits.cardBytes - result.count)
    }

    /// The name on a card of 256 bytes; may be empty.
    public static func decode(_ bytes: [UInt8]) throws(WireError) -> String {
        guard bytes.count == Limits.cardBytes else { throw .pairCard }
        let length = Int(bytes.bigEndian16)
        guard length <= Limits.cardDataBytes, bytes[(2 + length)...].allSatisfy({ $0 == 0 }),
            let card = try? Mutual_V1_Card(serializedBytes: Array(bytes[2..<2 + length])), Shape.isName(card.name)
        else { throw .pairCard }
        return card.name
    }
}
