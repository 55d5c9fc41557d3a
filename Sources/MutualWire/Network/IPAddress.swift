/// An IP address. IPv4 comes before IPv6; an IPv4 address mapped into IPv6 is the IPv4 address.
public enum IPAddress: Hashable, Comparable, Sendable {
    /// IPv4, as a big-endian number.
    case v4(UInt32)
    /// IPv6, the upper and the lower half as big-endian numbers.
    case v6(UInt64, UInt64)

    /// From 4 or 16 bytes in network order.
    public init?(bytes: some Collection<UInt8>) {
        switch bytes.count {
        case 4:
            self = .v4(UInt32(truncatingIfNeeded: bytes.bigEndian64))
        case 16:
            let (high, low) = (bytes.bigEndian64, bytes.dropFirst(8).bigEndian64)
            let isMapped = high == 0 && low >> 32 == 0xffff
            self = isMapped ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high, low)
        default:
            return nil
        }
    }

    /// 4 or 16 bytes in network order.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        switch self {
        case .v4(let number):
            result.append(bigEndian: number)
        case .v6(let high, let low):
            result.append(bigEndian: high)
            result.append(bigEndian: low)
        }
        return result
    }

    /// The byte that stands for the family in the context of a mark: 0x04 or 0x06 (Protocol/marks.md).
    public var familyByte: UInt8 {
        switch self {
        case .v4: 0x04
        case .v6: 0x06
        }
    }

    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        switch self {
        case .v4(let number): number >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// 169.254.0.0/16 or fe80::/10.
    public var isLinkLocal: Bool {
        switch self {
        case .v4(let number): number >> 16 == 0xa9fe
        case .v6(let high, _): high >> 54 == 0xfe80 >> 6
        }
    }

    /// Multicast, or the IPv4 broadcast address of all networks.
    public var isMulticast: Bool {
        switch self {
        case .v4(let number): number >> 28 == 14 || number == .max
        case .v6(let high, _): high >> 56 == 0xff
        }
    }

    /// 0.0.0.0 or ::.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let number): number == 0
        case .v6(let high, let low): high == 0 && low == 0
        }
    }

    /// Whether connections from here are listened to although the source is not on-link: 10/8, 172.16/12, 192.168/16,
    /// 169.254/16, 100.64/10, fc00::/7, fe80::/10 and loopback (Protocol/session.md).
    public var isPrivate: Bool {
        if isLoopback || isLinkLocal { return true }
        switch self {
        case .v4(let number):
            return number >> 24 == 10 || number >> 20 == 0xac1 || number >> 16 == 0xc0a8 || number >> 22 == 0x191
        case .v6(let high, _):
            return high >> 57 == 0xfc >> 1
        }
    }
}

extension IPAddress {
    /// From "192.168.1.2" or any spelling of an IPv6 address, without brackets and scope.
    public init?(text: String) {
        guard text.utf8.prefix(46).count <= 45 else { return nil }
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let groups = Self.groups(text) else { return nil }
            self.init(bytes: groups.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] })
        } else {
            guard let number = Self.dotted(text) else { return nil }
            self = .v4(number)
        }
    }

    /// "192.168.1.2", or IPv6 as RFC 5952 wants it.
    public var text: String {
        switch self {
        case .v4(let number):
            return stride(from: 24, through: 0, by: -8).map { String(number >> $0 & 255) }.joined(separator: ".")
        case .v6(let high, let low):
            let halves = [high, low].flatMap { half in
                stride(from: 48, through: 0, by: -16).map { half >> $0 & 0xffff }
            }
            let groups = halves.map { String($0, radix: 16) }
            guard let zeros = Self.longestZeros(halves) else { return groups.joined(separator: ":") }
            return groups[..<zeros.lowerBound].joined(separator: ":") + "::"
                + groups[zeros.upperBound...].joined(separator: ":")
        }
    }

    /// The first of the longest runs of two or more groups that are 0.
    private static func longestZeros(_ groups: [UInt64]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > best?.count ?? 0 { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }

    /// Four decimal numbers without leading zeros.
    private static func dotted(_ text: some StringProtocol) -> UInt32? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard 1...3 ~= part.count, part.allSatisfy({ 48...57 ~= $0 }), part.count == 1 || part.first != 48 else {
                return nil
            }
            let value = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 48) }
            guard value <= 255 else { return nil }
            number = number << 8 | value
        }
        return number
    }

    /// The eight groups of an IPv6 text.
    private static func groups(_ text: String) -> [UInt16]? {
        let pieces = text.split(separator: "::", omittingEmptySubsequences: false)
        guard pieces.count <= 2, let head = run(pieces[0], isLast: pieces.count == 1) else { return nil }
        guard pieces.count == 2 else { return head.count == 8 ? head : nil }
        guard let tail = run(pieces[1], isLast: true), head.count + tail.count <= 7 else { return nil }
        return head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    /// Groups divided by colons; the last one of an address may be a dotted IPv4 address.
    private static func run(_ text: Substring, isLast: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var result: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, part.contains(".") {
                guard let number = dotted(part) else { return nil }
                result += [UInt16(truncatingIfNeeded: number >> 16), UInt16(truncatingIfNeeded: number)]
            } else {
                guard 1...4 ~= part.utf8.count, part.utf8.first != UInt8(ascii: "+"),
                    part.utf8.first != UInt8(ascii: "-"), let value = UInt16(part, radix: 16)
                else { return nil }
                result.append(value)
            }
        }
        return result
    }
}
