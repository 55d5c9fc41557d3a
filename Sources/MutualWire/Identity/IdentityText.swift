/// The text form of a public key, which people copy to each other (Protocol/identity.md).
public enum IdentityText {
    /// What every id begins with.
    public static let prefix = "mutual"
    /// The version byte before the key.
    public static let version: UInt8 = 1

    /// 66 characters in lower case for a public key of 32 bytes.
    public static func encode(_ publicKey: [UInt8]) -> String {
        Bech32m.encode(prefix: prefix, values: Bech32m.values(of: [version] + publicKey))
    }

    /// The 32 bytes of the public key that a text stands for.
    ///
    /// - Parameters:
    ///   - text: what was typed or received; lower or upper case.
    ///   - own: one's own public key, which is refused; nil where it may stand.
    /// - Throws: the first refusal that applies, in the order of Protocol/identity.md.
    public static func decode(_ text: String, own: [UInt8]?) throws(WireError) -> [UInt8] {
        let values = try checkedValues(text)
        let isWhole = text.utf8.count == Limits.idCharacters
        let (bytes, rest) = Bech32m.bytes(of: values)
        if isWhole, rest != 0 { throw .idPadding }
        guard isWhole, bytes.count == 33 else { throw .idLength }
        guard bytes[0] == version else { throw .idVersion }
        let key = Array(bytes.dropFirst())
        guard isCanonical(key) else { throw .idNotCanonical }
        guard !lowOrder.contains(key) else { throw .idLowOrder }
        guard key != own else { throw .idOwn }
        return key
    }

    /// The 5-bit values without the checksum, which holds.
    private static func checkedValues(_ text: String) throws(WireError) -> [UInt8] {
        let parts: Bech32m.Parts
        do {
            parts = try Bech32m.split(text, maxLength: Limits.idMaxCharacters)
        } catch {
            switch error {
            case .tooLong: throw .idLength
            case .character: throw .idCharacter
            case .mixedCase: throw .idCase
            case .noPrefix: throw .idPrefix
            case .noChecksum: throw .idLength
            case .checksum: throw .idChecksum
            }
        }
        guard let values = parts.values, parts.prefix == prefix else { throw .idPrefix }
        guard values.count >= Bech32m.checksumCount else { throw .idLength }
        guard Bech32m.isValid(prefix: prefix, values: values) else { throw .idChecksum }
        return Array(values.dropLast(Bech32m.checksumCount))
    }

    /// Below 2^255 - 19, read little-endian; a set top bit is above it.
    private static func isCanonical(_ key: [UInt8]) -> Bool {
        let prime = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]
        return key.reversed().lexicographicallyPrecedes(prime.reversed())
    }

    /// The canonical keys of low order: 0, 1, the two points of order 8, and p - 1.
    private static let lowOrder: [[UInt8]] = [
        [UInt8](repeating: 0, count: 32),
        [1] + [UInt8](repeating: 0, count: 31),
        [
            0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a,
            0xda, 0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
        ],
        [
            0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b,
            0x04, 0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
        ],
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
    ]
}
