/// The languages that there are sentences in.
public enum Language: String, CaseIterable, Hashable, Sendable {
    /// English.
    case english = "en"
    /// German.
    case german = "de"

    /// The language of a tag such as `en`, `en-GB` or `en_GB.UTF-8`; nil when there are no sentences in it.
    public init?(tag: String) {
        let primary = tag.split(whereSeparator: { "-_.@".contains($0) }).first.map { $0.lowercased() }
        guard let primary, let known = Language(rawValue: primary) else { return nil }
        self = known
    }
}

/// Every sentence that the program says, by a stable key.
///
/// A sentence names its arguments in braces, `{name}`. Arguments are shown as one safe line, whatever they hold: a name
/// from outside can neither begin a line nor bring another argument in.
public struct Catalogue: Hashable, Sendable {
    /// The language of the sentences.
    public let language: Language

    /// The sentences of a language.
    public init(_ language: Language = .english) { self.language = language }

    /// A sentence.
    public func say(_ key: Key, _ arguments: [String: String] = [:]) -> String {
        fill(pattern(key), arguments)
    }

    /// The sentence as it stands in the catalogue; where a language lacks one, the English one stands in.
    public func pattern(_ key: Key) -> String {
        switch language {
        case .english: English.sentence(key)
        case .german: German.sentence(key) ?? English.sentence(key)
        }
    }

    /// What is said of a refusal: the fact, and what could be done.
    public struct Refusal: Hashable, Sendable {
        /// The fact, one sentence.
        public var sentence: String
        /// What could be done; nil where nothing can.
        public var advice: String?
    }

    /// The sentence and the advice of a reason. A reason that the catalogue does not know is told as it is.
    public func refusal(_ reason: String, _ arguments: [String: String] = [:]) -> Refusal {
        guard let entry = reasonPattern(reason, arguments) else {
            return Refusal(sentence: fill(pattern(.refusedOther), ["reason": reason]), advice: nil)
        }
        return Refusal(sentence: fill(entry.sentence, arguments), advice: entry.advice.map { fill($0, arguments) })
    }

    /// All reasons that have a sentence, in order.
    public var reasons: [String] { reasonTable.map(\.reason) }

    var reasonTable: [ReasonEntry] {
        switch language {
        case .english: English.reasons
        case .german: German.reasons
        }
    }

    /// A rule that only asks has a sentence for each rule (`asks-first.RULE`), and one for all others.
    func reasonPattern(_ reason: String, _ arguments: [String: String]) -> ReasonEntry? {
        if let rule = arguments["rule"], let entry = reasonPattern("\(reason).\(rule)", [:]) { return entry }
        return reasonTable.first { $0.reason == reason } ?? English.reasons.first { $0.reason == reason }
    }

    /// Puts the arguments in; a neutral word stands for one that was not given.
    func fill(_ pattern: String, _ arguments: [String: String]) -> String {
        let neutral = vocabulary.neutral
        var out = ""
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            out += rest[..<open]
            out += value(name, arguments).map { SafeText.line($0) } ?? neutral[name] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        let filled = out + rest
        guard pattern.hasPrefix("{"), let first = filled.first, first.isLowercase else { return filled }
        // A sentence that begins with a neutral word begins with a capital letter; a name stays as it is written.
        let begins = neutral.contains {
            filled.hasPrefix($0.value) && arguments[$0.key] == nil && pattern.hasPrefix("{\($0.key)}")
        }
        return begins ? first.uppercased() + filled.dropFirst() : filled
    }

    /// `who` is the name where it stands in a command: the other chose it, and it may be more than one word of a shell.
    private func value(_ name: String, _ arguments: [String: String]) -> String? {
        guard name == "who", arguments["who"] == nil else { return arguments[name] }
        return arguments["name"].map { SafeText.word($0) }
    }
}

/// A reason with what is said of it.
struct ReasonEntry: Hashable, Sendable {
    var reason: String
    var sentence: String
    var advice: String?

    init(_ reason: String, _ sentence: String, _ advice: String? = nil) {
        self.reason = reason
        self.sentence = sentence
        self.advice = advice
    }
}
