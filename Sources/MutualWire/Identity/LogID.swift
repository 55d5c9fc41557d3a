/// The id of a log: 16 random bytes, ordered as unsigned bytes (Protocol/log.md).
public struct LogID: Hashable, Comparable, Sendable {
    /// Size in bytes.
    public static let byteCount = 16

    private let high: UInt64
    private let low: UInt64

    /// From exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.bigEndian64
        low = bytes.dropFirst(8).bigEndian64
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        result.append(bigEndian: high)
        result.append(bigEndian: low)
        return result
    }

    /// Unsigned byte order.
    public static func < (a: LogID, b: LogID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}
