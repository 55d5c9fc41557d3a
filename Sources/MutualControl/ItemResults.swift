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
    /// The words; for `heard`: what was understood.
    public var text: String?
    /// Theirs: whether it was opened here.
    public var opened: Bool?
    /// One's own: `waiting`, `delivered`, `not-reached`, `undecided`, `taken-back`.
    public var state: String?
    /// One's own, taken back: `by-you`, `removed`, `replaced`.
    public var cause: String?
    /// The texts are erased here.
    public var erased: Bool?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, handle, kind, who, person, mine, re, made, expires, about, auto, want, feelings, energy, text, opened
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

/// `item.open`, `inbox.list`, `outbox.list`, `history.list`: oldest first.
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
