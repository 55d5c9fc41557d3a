/// `feelings.set`.
public struct FeelingsSetParameters: MethodParameters {
    /// The whole list, in the order in which it is to stand.
    public var words: [String]

    /// A list.
    public init(words: [String]) { self.words = words }

    enum CodingKeys: String, CodingKey, CaseIterable { case words }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["words"]
}

/// A section of a page.
public struct SectionEntry: Codable, Hashable, Sendable {
    /// One line; may be empty.
    public var title: String
    /// The text; may be empty.
    public var text: String

    /// A section.
    public init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

/// `plan.set`.
public struct PlanSetParameters: MethodParameters {
    /// The whole page; nothing: there is none any more.
    public var sections: [SectionEntry]

    /// A page.
    public init(sections: [SectionEntry]) { self.sections = sections }

    enum CodingKeys: String, CodingKey, CaseIterable { case sections }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["sections"]
}

/// `nudges.set`: all of it; what is left out is off.
public struct NudgesSetParameters: MethodParameters {
    /// A time of the day, local, `HH:MM`; nil: none.
    public var at: String?
    /// Whether a check-in of one's own that says little energy brings a kind word that one kept.
    public var kindWord: Bool?

    /// Nothing: all off.
    public init(at: String? = nil, kindWord: Bool? = nil) {
        self.at = at
        self.kindWord = kindWord
    }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case at
        case kindWord = "kind_word"
    }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// The shape of the time.
    public func fault() -> (parameter: String, expected: String)? {
        if let at, NudgeTime.minutes(at) == nil { return ("at", "a time of the day such as 08:30") }
        return nil
    }
}

/// A time of the day as text.
public enum NudgeTime {
    /// Minutes since midnight of `HH:MM` or `H:MM`; nil for anything else.
    public static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            text.utf8.allSatisfy({ $0 == 0x3A || (0x30...0x39).contains($0) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// The same as text.
    public static func text(minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

/// `feelings.get`.
public struct FeelingsResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// The words, in one's own order.
    public var words: [String]
    /// Whether these are the words to begin with, as one never set any.
    public var starting: Bool?

    /// A list.
    public init(words: [String], starting: Bool? = nil) {
        self.words = words
        self.starting = starting
    }
}

/// `plan.get`.
public struct PlanResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// One's own page.
    public var sections: [SectionEntry]
    /// Whether these are the headings to begin with, as one never wrote any.
    public var starting: Bool?

    /// A page.
    public init(sections: [SectionEntry], starting: Bool? = nil) {
        self.sections = sections
        self.starting = starting
    }
}

/// `nudges.get`.
public struct NudgesResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// A time of the day, local, `HH:MM`; nil: none.
    public var at: String?
    /// Whether a check-in of one's own that says little energy brings a kind word that one kept.
    public var kindWord: Bool

    /// What is on.
    public init(at: String? = nil, kindWord: Bool) {
        self.at = at
        self.kindWord = kindWord
    }

    enum CodingKeys: String, CodingKey {
        case schema, at
        case kindWord = "kind_word"
    }
}
