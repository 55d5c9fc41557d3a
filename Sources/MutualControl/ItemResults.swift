/// An item as it is read.
public struct ItemEntry: Codable, Hashable, Sendable {
    /// Its id: 26 characters of lower-case base32.
    public var id: String
    /// The short beginning of the id that names it here.
    public var handle: String
    /// `note`, `checkin` ..., or `unknown`: something this version cannot show.
    public var kind: String
    /// The name of the person whom it is shared with.
    public var who: String
    /// That person's id.
    public var person: String
    /// Whether it is one's own.
    public var mine: Bool
    /// The id of the item that it answers.
    public var re: String?
    /// The handle of the item that it answers, while that is here.
    public var answers: String?
    /// Whether what it answers is gone.
    public var answersGone: Bool?
    /// An idea that its writer wrote before they could know of one's own `close` or `want`.
    public var crossed: String?
    /// By the writer's clock.
    public var made: Timestamp
    /// When its life ends.
    public var expires: Timestamp
    /// A content note, shown in place of the text until opened.
    public var about: String?
    /// Whether a script sent it.
    public var auto: Bool
    /// What its writer wants, as of now.
    public var want: String?
    /// checkin: free words.
    public var feelings: [String]?
    /// checkin: `low`, `some`, `high`.
    public var energy: String?
    /// celebrate: `mine` (the writer's) or `yours`.
    public var whose: String?
    /// idea: from its writer's own experience.
    public var experience: Bool?
    /// close: `helped`, `partly`, `not-this-time`, `no-longer-needed`.
    public var outcome: String?
    /// room: `yes`, `a-little`, `resting`.
    public var have: String?
    /// exchange: how far it is, and both's words once both are here.
    public var exchange: ExchangeEntry?
    /// plan: the page.
    public var sections: [SectionEntry]?
    /// The words; for `heard`: what was understood.
    public var text: String?
    /// Theirs: whether it was opened here.
    public var opened: Bool?
    /// Theirs: it is in one's jar of kind words, beyond its life.
    public var kept: Bool?
    /// It was sent as not to be kept beyond its life.
    public var noKeep: Bool?
    /// One's own: `waiting`, `delivered`, `not-reached`, `undecided`, `taken-back`.
    public var state: String?
    /// One's own, taken back: `by-you`, `removed`, `replaced`.
    public var cause: String?
    /// The texts are erased here.
    public var erased: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, handle, kind, who, person, mine, re, answers
        case answersGone = "answers_gone"
        case crossed, made, expires, about, auto, want, feelings, energy, whose, experience, outcome, have, exchange
        case sections, text, opened, kept
        case noKeep = "no_keep"
        case state, cause, erased
    }

    /// An item; the rest is set where it applies.
    public init(
        id: String, handle: String, kind: String, who: String, person: String, mine: Bool, made: Timestamp,
        expires: Timestamp, auto: Bool = false
    ) {
        self.id = id
        self.handle = handle
        self.kind = kind
        self.who = who
        self.person = person
        self.mine = mine
        self.made = made
        self.expires = expires
        self.auto = auto
    }
}

/// An exchange as it is read: nothing of either's words before both are here.
public struct ExchangeEntry: Codable, Hashable, Sendable {
    /// `asked`, `passed`, `sealed`, `opened` or `not-opened`.
    public var stage: String
    /// What it is about; nil when the proposal is gone.
    public var topic: String?
    /// One's own words.
    public var mine: String?
    /// The other's words; nil also when they are not what was sealed.
    public var theirs: String?
    /// Whether the other's words are what was sealed.
    public var fits: Bool

    /// An exchange.
    public init(stage: String, topic: String? = nil, mine: String? = nil, theirs: String? = nil, fits: Bool = true) {
        self.stage = stage
        self.topic = topic
        self.mine = mine
        self.theirs = theirs
        self.fits = fits
    }
}

/// One copy of what was given.
public struct GivenEntry: Codable, Hashable, Sendable {
    /// The id of the person whose it is.
    public var person: String
    /// The name that this person has here.
    public var who: String
    /// The item.
    public var id: String
    /// Its handle.
    public var handle: String
    /// What became of it so far.
    public var state: String

    /// One copy.
    public init(person: String, who: String, id: String, handle: String, state: String) {
        self.person = person
        self.who = who
        self.id = id
        self.handle = handle
        self.state = state
    }
}

/// `item.give`.
public struct GivenResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// One for each person.
    public var items: [GivenEntry]

    /// What was given.
    public init(items: [GivenEntry]) { self.items = items }
}

/// `item.get`.
public struct ItemResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// The item.
    public var item: ItemEntry

    /// An item.
    public init(item: ItemEntry) { self.item = item }
}

/// `item.open`, `item.keep` and all lists of items: oldest first.
public struct ItemsResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// The items of this page, oldest first.
    public var items: [ItemEntry]
    /// `before` of the page with older ones; nil: there is none.
    public var next: String?

    /// A page.
    public init(items: [ItemEntry], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

/// `events.subscribe`.
public struct SubscribedResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// What follows comes after this number.
    public var seq: Int64

    /// From where it follows.
    public init(seq: Int64) { self.seq = seq }
}
