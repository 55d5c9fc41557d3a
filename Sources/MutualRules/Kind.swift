/// The kinds of what one person can say to another, with their numbers in the schema (Protocol/records.md).
public enum Kind: UInt32, Hashable, Sendable, CaseIterable {
    /// Words.
    case note = 16
    /// How somebody is.
    case checkin = 17
    /// What was understood, said back.
    case heard = 18
    /// "I know this too."
    case relate = 19
    /// "I am here."
    case here = 20
    /// A kind word.
    case encourage = 21
    /// A success.
    case celebrate = 22
    /// Joy with somebody.
    case cheer = 23
    /// A question for ideas.
    case ask = 24
    /// An idea.
    case idea = 25
    /// An idea is taken.
    case take = 26
    /// No more ideas.
    case close = 27
    /// What somebody takes from the other.
    case learned = 28
    /// Another want.
    case want = 29
    /// Takes an item back.
    case retract = 30
    /// A step of an exchange.
    case exchange = 31
    /// One's shared page.
    case plan = 34
    /// How much room one has.
    case room = 35

    /// The name on the command line and in JSON.
    public var name: String { String(describing: self) }

    /// From its name on the command line and in JSON.
    public init?(name: String) {
        guard let kind = Kind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// The life that an item of this kind has when its writer names none, seconds.
    ///
    /// A `want` lives as long as its item; the figure here is for the case that this is not known.
    public var defaultLifeS: Int64 { rule.defaultLifeS }

    /// Whether its reader may keep it beyond its life, unless it was sent as not to be kept.
    public var mayBeKept: Bool { rule.mayBeKept }
}

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

/// The lives that a writer may choose, seconds (Protocol/records.md).
public enum Life {
    /// Ten minutes.
    public static let minS: Int64 = 600
    /// 90 days.
    public static let maxS: Int64 = 7_776_000

    /// Whether a writer may choose this life.
    public static func allows(_ lifeS: Int64) -> Bool { minS...maxS ~= lifeS }
}
