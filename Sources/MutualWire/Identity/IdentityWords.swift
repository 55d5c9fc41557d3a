/// The ten words of a public key, which people compare by voice (Protocol/identity.md).
public enum IdentityWords {
    /// How many words there are.
    public static let count = 10

    /// Ten words from the first 90 bits of a digest, most significant first, nine bits a word. A digest of fewer than
    /// 12 bytes gives no words.
    public static func words(digest: [UInt8]) -> [String] {
        guard digest.count >= 12 else { return [] }
        return (0..<count).map { word in
            var number = 0
            for bit in 9 * word..<9 * word + 9 {
                number = number << 1 | Int(digest[bit / 8] >> (7 - bit % 8) & 1)
            }
            return WordList.words[number]
        }
    }
}
