/// Bech32m: text of 5-bit values with a checksum (BIP-350).
enum Bech32m {
    /// Why a text is no bech32m; the first that applies, in this order.
    enum Failure: Error, Hashable {
        case tooLong
        case character
        case mixedCase
        case noPrefix
        case noChecksum
        case checksum
    }

    /// A text taken apart, in lower case, its checksum not yet looked at.
    struct Parts: Hashable {
        /// What stands before the last "1"; the whole text when there is none.
        var prefix: String
        /// The 5-bit values after it, the checksum's six included; nil without a "1".
        var values: [UInt8]?
    }

    /// The 32 letters, by value.
    static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    /// Values that the checksum takes.
    static let checksumCount = 6

    /// Takes a text apart: length, characters and case are checked, neither prefix nor checksum.
    static func split(_ text: String, maxLength: Int = 90) throws(Failure) -> Parts {
        guard text.unicodeScalars.prefix(maxLength + 1).count <= maxLength else { throw .tooLong }
        let bytes = Array(text.utf8)
        guard bytes.allSatisfy({ 33...126 ~= $0 }) else { throw .character }
        let lowered = bytes.map { 65...90 ~= $0 ? $0 + 32 : $0 }
        let separator = lowered.lastIndex(of: UInt8(ascii: "1"))
        var values: [UInt8] = []
        if let separator {
            for byte in lowered[(separator + 1)...] {
                guard let value = alphabet.firstIndex(of: byte) else { throw .character }
                values.append(UInt8(truncatingIfNeeded: value))
            }
        }
        let hasUpper = bytes.contains { 65...90 ~= $0 }
        let hasLower = bytes.contains { 97...122 ~= $0 }
        guard !(hasUpper && hasLower) else { throw .mixedCase }
        let prefix = String(decoding: lowered[..<(separator ?? lowered.count)], as: UTF8.self)
        return Parts(prefix: prefix, values: separator == nil ? nil : values)
    }

    /// The prefix and the values without the checksum.
    static func decode(_ text: String) throws(Failure) -> (prefix: String, values: [UInt8]) {
        let parts = try split(text)
        guard let values = parts.values, !parts.prefix.isEmpty else { throw .noPrefix }
        guard values.count >= checksumCount else { throw .noChecksum }
        guard isValid(prefix: parts.prefix, values: values) else { throw .checksum }
        return (parts.prefix, Array(values.dropLast(checksumCount)))
    }

    /// Text in lower case; values have five bits.
    static func encode(prefix: String, values: [UInt8]) -> String {
        let sum = polymod(expand(prefix) + values + [UInt8](repeating: 0, count: checksumCount)) ^ constant
        let check = (0..<checksumCount).map { UInt8(truncatingIfNeeded: sum >> (5 * (5 - $0)) & 31) }
        let letters = (values + check).map { alphabet[Int($0 & 31)] }
        return prefix + "1" + String(decoding: letters, as: UTF8.self)
    }

    /// Whether the checksum, the last six values, fits.
    static func isValid(prefix: String, values: [UInt8]) -> Bool {
        polymod(expand(prefix) + values) == constant
    }

    /// Bytes as 5-bit values, the last one filled up with zero bits.
    static func values(of bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var (buffer, bits): (UInt32, Int) = (0, 0)
        for byte in bytes {
            buffer = buffer << 8 & 0xffff | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                result.append(UInt8(truncatingIfNeeded: buffer >> bits & 31))
            }
        }
        if bits > 0 { result.append(UInt8(truncatingIfNeeded: buffer << (5 - bits) & 31)) }
        return result
    }

    /// Whole bytes of 5-bit values, and the bits that are left over (fewer than eight) as a number.
    static func bytes(of values: [UInt8]) -> (bytes: [UInt8], rest: UInt8) {
        var result: [UInt8] = []
        var (buffer, bits): (UInt32, Int) = (0, 0)
        for value in values {
            buffer = buffer << 5 & 0xffff | UInt32(value & 31)
            bits += 5
            if bits >= 8 {
                bits -= 8
                result.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return (result, UInt8(truncatingIfNeeded: buffer & (1 << bits - 1)))
    }

    private static let constant: UInt32 = 0x2bc8_30a3

    private static func expand(_ prefix: String) -> [UInt8] {
        prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
    }

    private static func polymod(_ values: [UInt8]) -> UInt32 {
        let generator: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var sum: UInt32 = 1
        for value in values {
            let top = sum >> 25
            sum = (sum & 0x1ff_ffff) << 5 ^ UInt32(value)
            for (bit, factor) in generator.enumerated() where top >> bit & 1 == 1 { sum ^= factor }
        }
        return sum
    }
}
