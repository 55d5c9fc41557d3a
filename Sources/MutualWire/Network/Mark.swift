/// A mark: a tag that its reader finds in a table, and a check that ties it to one use (Protocol/marks.md).
public struct Mark: Hashable, Sendable {
    /// The tag, its 8 bytes as a big-endian number.
    public var tag: UInt64
    /// The check, its 8 bytes as a big-endian number.
    public var check: UInt64

    /// A mark from its two halves.
    public init(tag: UInt64, check: UInt64) {
        self.tag = tag
        self.check = check
    }

    /// A mark from exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Limits.markBytes else { return nil }
        self.init(tag: bytes.bigEndian64, check: bytes.dropFirst(8).bigEndian64)
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.append(bigEndian: tag)
        result.append(bigEndian: check)
        return result
    }
}

/// What the check of a mark is computed over besides its epoch (Protocol/marks.md).
public enum MarkContext {
    /// For a beacon: its nonce (12 bytes), the address it is sent from, and the TCP port that it names.
    public static func beacon(nonce: [UInt8], source: IPAddress, port: UInt16) -> [UInt8] {
        nonce + place(source, port)
    }

    /// For a flight: its ephemeral public key (32 bytes), and the address and port that are dialled.
    public static func flight(ephemeral: [UInt8], destination: IPAddress, port: UInt16) -> [UInt8] {
        ephemeral + place(destination, port)
    }

    private static func place(_ address: IPAddress, _ port: UInt16) -> [UInt8] {
        var result = [address.familyByte] + address.bytes
        result.append(bigEndian: port)
        return result
    }
}
