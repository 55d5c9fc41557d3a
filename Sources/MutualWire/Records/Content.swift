/// What the writer of an item wishes for.
public enum Want: String, Hashable, Sendable, CaseIterable {
    /// To be listened to.
    case listen
    /// Company.
    case company
    /// Ideas.
    case ideas
    /// Encouragement.
    case encouragement
    /// That it is celebrated.
    case celebrate
    /// No answer needed.
    case nothing
}

/// How much energy somebody has.
public enum Energy: String, Hashable, Sendable, CaseIterable {
    /// Little.
    case low
    /// Some.
    case some
    /// Much.
    case high
}

/// Whose success is celebrated.
public enum Whose: String, Hashable, Sendable, CaseIterable {
    /// The writer's; also what a later version says and this one does not know.
    case mine
    /// The reader's.
    case yours
}

/// What came of an ask.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// It helped.
    case helped
    /// In part.
    case partly
    /// Not this time.
    case notThisTime = "not-this-time"
    /// It is no longer needed.
    case noLongerNeeded = "no-longer-needed"
}

/// How much room somebody has for others.
public enum Have: String, Hashable, Sendable, CaseIterable {
    /// Room.
    case yes
    /// A little.
    case aLittle = "a-little"
    /// None now.
    case resting
}

/// One part of a plan.
public struct Section: Hashable, Sendable {
    /// At most 200 bytes.
    public var title: String
    /// At most 16,384 bytes.
    public var text: String

    /// A section.
    public init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

/// One of the three messages of an exchange.
public enum ExchangeStep: Hashable, Sendable {
    /// A topic (1 ... 200 bytes) and the seal of one's own words (64 bytes).
    case propose(topic: String, seal: [UInt8])
    /// The seal of the answer (64 bytes).
    case commit(seal: [UInt8])
    /// The key of a seal (32 bytes) and the words.
    case reveal(key: [UInt8], text: String)
}

/// The kind of an item with the kind's own fields (Protocol/records.md). An empty text is one that is not there.
public enum Content: Hashable, Sendable {
    /// Words; nil: nothing is said about what is wanted.
    case note(text: String, want: Want?)
    /// How somebody is: at least one of the four.
    case checkIn(text: String, feelings: [String], energy: Energy?, want: Want?)
    /// What was understood, said back; may be empty.
    case heard(back: String)
    /// "I know this too."
    case relate(text: String)
    /// "I am here."
    case here
    /// A kind word.
    case encourage(text: String)
    /// A success.
    case celebrate(text: String, whose: Whose)
    /// Joy with somebody; the text may be empty.
    case cheer(text: String)
    /// A question for ideas.
    case ask(text: String)
    /// An idea; `mine`: from one's own experience.
    case idea(text: String, mine: Bool)
    /// An idea is taken; the text may be empty.
    case take(text: String)
    /// No more ideas; the text may be empty. nil: an outcome of a later version.
    case close(text: String, outcome: Outcome?)
    /// What somebody takes from the other.
    case learned(text: String)
    /// Another want for an item of one's own; nil: none any more.
    case want(Want?)
    /// Takes an item back.
    case retract
    /// A step of an exchange.
    case exchange(ExchangeStep)
    /// One's shared page.
    case plan([Section])
    /// How much room one has; the text may be empty. nil: an answer of a later version.
    case room(have: Have?, text: String)
    /// A kind of a later version, or none at all.
    case unknown

    /// The number of the kind's field in the schema; 0 for an unknown kind.
    public var kindNumber: UInt32 {
        switch self {
        case .note: 16
        case .checkIn: 17
        case .heard: 18
        case .relate: 19
        case .here: 20
        case .encourage: 21
        case .celebrate: 22
        case .cheer: 23
        case .ask: 24
        case .idea: 25
        case .take: 26
        case .close: 27
        case .learned: 28
        case .want: 29
        case .retract: 30
        case .exchange: 31
        case .plan: 34
        case .room: 35
        case .unknown: 0
        }
    }

    /// What it wants of its reader, where its kind has that and it is said.
    public var want: Want? {
        switch self {
        case .note(_, let want), .checkIn(_, _, _, let want), .want(let want): want
        case .heard, .relate, .here, .encourage, .celebrate, .cheer, .ask, .idea, .take, .close, .learned, .retract,
            .exchange, .plan, .room, .unknown:
            nil
        }
    }

    /// The words, where the kind has one text; empty where it has none or they are not there.
    public var text: String {
        switch self {
        case .note(let text, _), .checkIn(let text, _, _, _), .heard(let text), .relate(let text),
            .encourage(let text), .celebrate(let text, _), .cheer(let text), .ask(let text), .idea(let text, _),
            .take(let text), .close(let text, _), .learned(let text), .room(_, let text),
            .exchange(.reveal(_, let text)):
            text
        case .here, .want, .retract, .exchange(.propose), .exchange(.commit), .plan, .unknown:
            ""
        }
    }

    /// The same with CR LF, and CR alone, as newlines: what a sender does before anything is checked.
    public var tidied: Content {
        switch self {
        case .note(let text, let want): .note(text: text.newlines, want: want)
        case .checkIn(let text, let feelings, let energy, let want):
            .checkIn(text: text.newlines, feelings: feelings, energy: energy, want: want)
        case .heard(let back): .heard(back: back.newlines)
        case .relate(let text): .relate(text: text.newlines)
        case .encourage(let text): .encourage(text: text.newlines)
        case .celebrate(let text, let whose): .celebrate(text: text.newlines, whose: whose)
        case .cheer(let text): .cheer(text: text.newlines)
        case .ask(let text): .ask(text: text.newlines)
        case .idea(let text, let mine): .idea(text: text.newlines, mine: mine)
        case .take(let text): .take(text: text.newlines)
        case .close(let text, let outcome): .close(text: text.newlines, outcome: outcome)
        case .learned(let text): .learned(text: text.newlines)
        case .plan(let sections): .plan(sections.map { Section(title: $0.title, text: $0.text.newlines) })
        case .room(let have, let text): .room(have: have, text: text.newlines)
        // An exchange's words are sealed as they were written.
        case .here, .want, .retract, .exchange, .unknown: self
        }
    }
}

extension String {
    /// With CR LF, and CR alone, as LF. CR LF is one character in Swift, so this works on scalars.
    fileprivate var newlines: String {
        guard utf8.contains(13) else { return self }
        var result = UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                result.append("\n")
            } else if scalar != "\n" {
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }
}
