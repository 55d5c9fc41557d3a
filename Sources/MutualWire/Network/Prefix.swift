/// An address with the length of its network's prefix; the bits after the prefix are kept.
public struct Prefix: Hashable, Comparable, Sendable {
    /// An address in the network.
    public let address: IPAddress
    /// Bits of the prefix: 0 ... 32 or 0 ... 128.
    public let length: Int

    /// A prefix; nil when the length does not fit the address's family.
    public init?(address: IPAddress, length: Int) {
        guard 0...8 * address.bytes.count ~= length else { return nil }
        self.address = address
        self.length = length
    }

    /// From "10.0.0.0/8", or an address alone, which is a network of one.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress(text: String($0)) }) else { return nil }
        guard parts.count == 2 else {
            self.init(address: address, length: 8 * address.bytes.count)
            return
        }
        guard 1...3 ~= parts[1].utf8.count, parts[1].utf8.allSatisfy({ 48...57 ~= $0 }), let length = Int(parts[1])
        else { return nil }
        self.init(address: address, length: length)
    }

    /// "10.0.0.0/8".
    public var text: String { "\(address.text)/\(length)" }

    /// Whether an address is in this network; never for one of the other family.
    public func contains(_ other: IPAddress) -> Bool {
        switch (address, other) {
        case (.v4(let mine), .v4(let theirs)):
            // A shift by the whole width gives 0 in Swift, which is what a prefix of no bits needs.
            return (mine ^ theirs) >> (32 - length) == 0
        case (.v6(let high, let low), .v6(let theirHigh, let theirLow)):
            let isSame = (high ^ theirHigh) >> (64 - min(length, 64)) == 0
            return isSame && (length <= 64 || (low ^ theirLow) >> (128 - length) == 0)
        case (.v4, .v6), (.v6, .v4):
            return false
        }
    }

    /// By address, then by length.
    public static func < (a: Prefix, b: Prefix) -> Bool { (a.address, a.length) < (b.address, b.length) }
}
