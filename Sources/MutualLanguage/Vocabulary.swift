/// Single words that stand in lines: kinds, states and wants, and how yes and no are asked and typed.
///
/// On the command line and in JSON they are the same in every language; only what people read is translated.
struct Vocabulary: Hashable, Sendable {
    /// A word of the command line and what it is called.
    struct Word: Hashable, Sendable {
        var typed: String
        var called: String

        init(_ typed: String, _ called: String) {
            self.typed = typed
            self.called = called
        }
    }

    /// Kinds of items.
    var kinds: [Word]
    /// What became of one's own.
    var states: [Word]
    /// What a writer wants, said to the writer.
    var wants: [Word]
    /// What stands before and after somebody's words.
    var quotes: Quotes
    /// How a question ends whose answer is usually yes, and usually no.
    var usuallyYes: String
    var usuallyNo: String
    /// What is typed for yes and for no, besides `y`, `yes`, `n` and `no`.
    var yes: [String]
    var no: [String]
    /// What stands for an argument that was not given.
    var neutral: [String: String]
}

/// What stands before and after somebody's words.
public struct Quotes: Hashable, Sendable {
    /// Before them.
    public var opening: String
    /// After them.
    public var closing: String

    /// The same before and after, in plain ASCII.
    public static let plain = Quotes(opening: "\"", closing: "\"")
}

extension English {
    static let vocabulary = Vocabulary(
        // In English a word of the command line is its own name.
        kinds: [], states: [], wants: [], quotes: .plain, usuallyYes: "[Y/n]", usuallyNo: "[y/N]", yes: [], no: [],
        neutral: [
            "name": "this person", "who": "WHO", "typed": "that", "word": "that", "limit": "the limit",
            "handle": "this", "code": "it", "key": "it",
        ])
}

extension German {
    static let vocabulary = Vocabulary(
        kinds: [
            .init("note", "Nachricht"), .init("checkin", "Check-in"), .init("heard", "gehört"),
            .init("relate", "kenne ich auch"), .init("here", "ich bin hier"), .init("encourage", "gutes Wort"),
            .init("celebrate", "Grund zur Freude"), .init("cheer", "Mitfreude"), .init("ask", "Frage"),
            .init("idea", "Idee"), .init("take", "nehme ich mit"), .init("close", "Abschluss"),
            .init("learned", "daraus gelernt"), .init("want", "Wunsch"), .init("retract", "zurückgenommen"),
            .init("exchange", "Austausch"), .init("plan", "eigene Seite"), .init("room", "Raum"),
            .init("part", "Abschied"),
        ],
        states: [
            .init("waiting", "wartet"), .init("delivered", "angekommen"),
            .init("not-reached", "nicht rechtzeitig angekommen"), .init("undecided", "noch offen"),
            .init("taken-back", "zurückgenommen"),
        ],
        wants: [
            .init("listen", "ein offenes Ohr"), .init("company", "Gesellschaft"), .init("ideas", "Ideen"),
            .init("encouragement", "ein gutes Wort"), .init("celebrate", "gemeinsame Freude"),
            .init("nothing", "keine Antwort"),
        ],
        quotes: Quotes(opening: "„", closing: "“"), usuallyYes: "[J/n]", usuallyNo: "[j/N]", yes: ["j", "ja"],
        no: ["nein"],
        // Each fits the first, third and fourth case of the grammar.
        neutral: [
            "name": "jemand", "who": "WHO", "typed": "das", "word": "das", "limit": "die erlaubten", "handle": "dies",
            "code": "denselben Code", "key": "derselbe",
        ])
}

extension Catalogue {
    var vocabulary: Vocabulary {
        switch language {
        case .english: English.vocabulary
        case .german: German.vocabulary
        }
    }

    /// What a kind is called; one without a name is told as it is.
    public func kind(_ typed: String) -> String { Self.called(typed, vocabulary.kinds) }

    /// What became of one's own, in one word; one without a name is told as it is.
    public func state(_ typed: String) -> String { Self.called(typed, vocabulary.states) }

    /// What a writer wants, said to the writer; one without a name is told as it is.
    public func want(_ typed: String) -> String { Self.called(typed, vocabulary.wants) }

    /// What stands before and after somebody's words.
    public var quotes: Quotes { vocabulary.quotes }

    /// How a question ends: the usual answer is the capital one.
    public func choice(usually yes: Bool) -> String { yes ? vocabulary.usuallyYes : vocabulary.usuallyNo }

    /// What a typed line answers; nil: neither yes nor no. English is understood in every language.
    public func answer(_ line: String, usually yes: Bool) -> Bool? {
        let word = line.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\r" }
        if word.isEmpty { return yes }
        if (["y", "yes"] + vocabulary.yes).contains(word) { return true }
        return (["n", "no"] + vocabulary.no).contains(word) ? false : nil
    }

    private static func called(_ typed: String, _ words: [Vocabulary.Word]) -> String {
        words.first { $0.typed == typed }?.called ?? typed
    }
}
