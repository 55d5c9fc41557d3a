public import MutualWire

/// What a person has for themself: small sealed settings of the home, on this machine only.
public enum OwnSetting {
    /// The setting with the feeling words.
    public static let feelings = "feelings"
    /// The setting with one's page.
    public static let page = "plan"
    /// The setting with what one is reminded of.
    public static let nudges = "nudges"
    /// Words of a list at most.
    public static let mostWords = 200

    // No word and no section has the character that parts them: control characters are refused.
    private static let end: UInt8 = 0

    static func pack(_ words: [String]) -> [UInt8] { words.flatMap { Array($0.utf8) + [end] } }

    static func pack(_ sections: [Section]) -> [UInt8] { pack(sections.flatMap { [$0.title, $0.text] }) }

    /// The words of a setting, in their order; nil: there is none.
    public static func words(_ stored: [UInt8]?) -> [String]? {
        stored.map { bytes in
            bytes.split(separator: end, omittingEmptySubsequences: false).dropLast()
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The sections of a setting, in their order; nil: there is none.
    public static func sections(_ stored: [UInt8]?) -> [Section]? {
        words(stored).map { texts in
            stride(from: 0, to: texts.count - texts.count % 2, by: 2).map {
                Section(title: texts[$0], text: texts[$0 + 1])
            }
        }
    }
}
