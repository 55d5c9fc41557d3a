/// The id of an item: 16 random bytes, ordered as unsigned bytes (Protocol/records.md).
public struct ItemID: Hashable, Comparable, Sendable {
    /// Size in bytes.
    public static let byteCount = 16
    /// Characters of the text form.
    public static let textLength = 26
    /// The least characters of a handle.
    public static let shortestHandle = 3

    private let high: UInt64
    private let low: UInt64

    /// From exactly 16 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        high = bytes.bigEndian64
        low = bytes.dropFirst(8).bigEndian64
    }

    /// From its text form, in either case.
    public init?(text: String) {
        let letters = Array(text.utf8)
        guard letters.count == Self.textLength else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, letter) in letters.enumerated() {
            guard let value = Self.value(of: letter) else { return nil }
            // 26 characters hold 130 bits: the last two are zero.
            if index == Self.textLength - 1 {
                guard value & 3 == 0 else { return nil }
                (high, low) = (high << 3 | low >> 61, low << 3 | UInt64(value >> 2))
            } else {
                (high, low) = (high << 5 | low >> 59, low << 5 | UInt64(value))
            }
        }
        self.high = high
        self.low = low
    }

    /// The 16 bytes.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(Self.byteCount)
        result.append(bigEndian: high)
        result.append(bigEndian: low)
        return result
    }

    /// 26 characters of Crockford's base32 in lower case, most significant bits first, the last two bits zero.
    public var text: String {
        var letters: [UInt8] = []
        letters.reserveCapacity(Self.textLength)
        var (high, low) = (high, low)
        for _ in 0..<Self.textLength {
            letters.append(Self.alphabet[Int(high >> 59)])
            (high, low) = (high << 5 | low >> 59, low << 5)
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// How many characters of the text are the item's handle: the shortest beginning of three or more that has a digit
    /// in it (so it never spells a word) and begins no other item here; the whole text when no shorter one will do.
    ///
    /// - Parameter othersBeginning: whether the text of another item here begins with this.
    public static func handleLength(_ id: ItemID, othersBeginning: (_ prefix: String) -> Bool) -> Int {
        let text = id.text
        for length in shortestHandle..<textLength {
            let beginning = text.prefix(length)
            let hasDigit = beginning.utf8.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            if hasDigit, !othersBeginning(String(beginning)) { return length }
        }
        return textLength
    }

    /// Unsigned byte order.
    public static func < (a: ItemID, b: ItemID) -> Bool { (a.high, a.low) < (b.high, b.low) }

    /// Crockford's letters: no i, l, o and u.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func value(of letter: UInt8) -> UInt8? {
        let lower = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= letter ? letter + 32 : letter
        return alphabet.firstIndex(of: lower).map { UInt8(truncatingIfNeeded: $0) }
    }
}
