/// The seal over words that are not shown before both have given theirs. [records-16]
public enum ExchangeSeal {
    /// SHA-512("mutual/1 exchange" || side || propose id || key || text), 64 bytes. `side` is the writer's side of the
    /// pair, the id has 16 bytes, the key 32, the text is UTF-8.
    public static func compute(side: UInt8, proposeID: [UInt8], key: [UInt8], text: [UInt8]) -> [UInt8] {
        SHA512.hash(Label.exchange.bytes, [side], proposeID, key, text)
    }
}
