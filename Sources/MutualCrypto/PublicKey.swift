/// The public key of a person: 32 bytes, ordered as unsigned bytes (the first decides).
public struct PublicKey: Hashable, Comparable, Sendable {
    /// Size in bytes.
    public static let byteCount = 32

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Checks the length only: for keys that were checked before they were stored.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// Refuses what an id could not have: not 32 bytes, not canonical, of low order, in this order.
    /// [identity-5]
    public init(checking bytes: some Collection<UInt8>) throws(PublicKeyError) {
        guard bytes.count == Self.byteCount else { throw .wrongLength }
        let bytes = Array(bytes)
        guard Self.isCanonical(bytes) else { throw .notCanonical }
        guard !Self.lowOrder.contains(bytes) else { throw .lowOrder }
        self.bytes = bytes
    }

    /// Unsigned byte order.
    public static func < (a: PublicKey, b: PublicKey) -> Bool {
        a.bytes.lexicographicallyPrecedes(b.bytes)
    }

    /// Below 2^255 - 19, read little-endian (which rules out a set top bit).
    private static func isCanonical(_ bytes: [UInt8]) -> Bool {
        let prime: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
        return bytes.reversed().lexicographicallyPrecedes(prime.reversed())
    }

    /// The canonical u-coordinates of the points whose order divides 8, on the curve and on its twist:
    /// 0, 1, -1 and the two of order 8.
    private static let lowOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
        [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
            0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ],
        [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
            0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ],
    ]
}
