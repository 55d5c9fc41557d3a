/// `item.give`: every verb that gives something.
public struct ItemGiveParameters: MethodParameters {
    /// Names, their unique beginnings, ids, or the one word `all`; nil: `re` says to whom.
    public var to: [String]?
    /// The item that it answers: an id or handle.
    public var re: String?
    /// One of `kinds`.
    public var kind: String
    /// The words; for `heard`: what was understood; for `exchange`: one's own words, which go out in their turn.
    public var text: String?
    /// note, checkin, want: `listen`, `company`, `ideas`, `encouragement`, `celebrate` or `nothing`.
    public var want: String?
    /// checkin: free words.
    public var feelings: [String]?
    /// checkin: `low`, `some` or `high`.
    public var energy: String?
    /// celebrate: `mine` (if nothing is said) or `yours`.
    public var whose: String?
    /// idea: from one's own experience.
    public var mine: Bool?
    /// close: `helped`, `partly`, `not-this-time` or `no-longer-needed`.
    public var outcome: String?
    /// exchange: what it is about, for who proposes it; who answers names the proposal with `re`.
    public var topic: String?
    /// room: `yes`, `a-little` or `resting`.
    public var have: String?
    /// Its life in seconds; nil: the kind's own.
    public var lifeS: Int64?
    /// A content note, shown in place of the text until opened.
    public var about: String?
    /// Whether the reader may not keep it beyond its life.
    public var noKeep: Bool?
    /// Whether a script sends it.
    public var auto: Bool?
    /// Yes to what a rule only asks.
    public var anyway: Bool?

    /// A kind; the rest is set where it applies.
    public init(kind: String) { self.kind = kind }

    enum CodingKeys: String, CodingKey, CaseIterable {
        case to, re, kind, text, want, feelings, energy, whose, mine, outcome, topic, have
        case lifeS = "life_s"
        case about
        case noKeep = "no_keep"
        case auto, anyway
    }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there; `to`, `re` or both as well.
    public static let requiredNames = ["kind"]
    /// The kinds that this version gives.
    public static let kinds = [
        "note", "checkin", "heard", "relate", "here", "encourage", "celebrate", "cheer", "ask", "idea", "take", "close",
        "learned", "want", "exchange", "room", "plan",
    ]
    /// What can be wanted.
    public static let wants = ["listen", "company", "ideas", "encouragement", "celebrate", "nothing"]
    /// How much energy there can be.
    public static let energies = ["low", "some", "high"]
    /// Whose success can be celebrated.
    public static let whoses = ["mine", "yours"]
    /// What can come of an ask.
    public static let outcomes = ["helped", "partly", "not-this-time", "no-longer-needed"]
    /// How much room there can be.
    public static let haves = ["yes", "a-little", "resting"]

    /// Words of a list, fields of another kind, nobody to give it to.
    public func fault() -> (parameter: String, expected: String)? {
        func oneOf(_ list: [String]) -> String { "one of: \(list.joined(separator: ", "))" }
        if !Self.kinds.contains(kind) { return ("kind", oneOf(Self.kinds)) }
        let choices: [(name: String, value: String?, list: [String], kinds: [String])] = [
            ("want", want, Self.wants, ["note", "checkin", "want"]), ("energy", energy, Self.energies, ["checkin"]),
            ("whose", whose, Self.whoses, ["celebrate"]), ("outcome", outcome, Self.outcomes, ["close"]),
            ("have", have, Self.haves, ["room"]),
        ]
        for choice in choices {
            guard let value = choice.value else { continue }
            if !choice.list.contains(value) { return (choice.name, oneOf(choice.list)) }
            if !choice.kinds.contains(kind) { return (choice.name, Self.only(choice.kinds)) }
        }
        if feelings != nil, kind != "checkin" { return ("feelings", Self.only(["checkin"])) }
        if mine != nil, kind != "idea" { return ("mine", Self.only(["idea"])) }
        if text != nil, ["here", "want", "plan"].contains(kind) { return ("text", "left out: \(kind) has no words") }
        if kind == "want", want == nil { return ("want", oneOf(Self.wants)) }
        if kind == "close", outcome == nil { return ("outcome", oneOf(Self.outcomes)) }
        if kind == "room", have == nil { return ("have", oneOf(Self.haves)) }
        if topic != nil, kind != "exchange" { return ("topic", Self.only(["exchange"])) }
        if kind == "exchange", (topic == nil) == (re == nil) {
            return ("topic", "there for who proposes an exchange, left out where `re` names one to answer")
        }
        if re == nil, to?.isEmpty ?? true { return ("to", "somebody, or `re` an item") }
        return nil
    }

    private static func only(_ kinds: [String]) -> String {
        "left out: only \(kinds.joined(separator: ", ")) \(kinds.count == 1 ? "has" : "have") it"
    }
}

/// `item.pass`.
public struct ItemPassParameters: MethodParameters {
    /// An id, a handle, or a beginning that only one item has.
    public var item: String

    /// Which exchange.
    public init(item: String) { self.item = item }

    enum CodingKeys: String, CodingKey, CaseIterable { case item }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["item"]
}

/// `item.get`.
public struct ItemGetParameters: MethodParameters {
    /// An id, a handle, or a beginning that only one item has.
    public var item: String

    /// Which item.
    public init(item: String) { self.item = item }

    enum CodingKeys: String, CodingKey, CaseIterable { case item }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["item"]
}

/// `item.open`.
public struct ItemOpenParameters: MethodParameters {
    /// An id, a handle, or a beginning that only one item has; nil: the oldest that is not opened.
    public var item: String?
    /// All that are not opened, oldest first.
    public var all: Bool?

    /// Neither: the oldest.
    public init(item: String? = nil, all: Bool? = nil) {
        self.item = item
        self.all = all
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case item, all }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// Only one of them.
    public func fault() -> (parameter: String, expected: String)? {
        item != nil && all == true ? ("all", "left out where `item` stands") : nil
    }
}

/// `inbox.list`: the newest page first, each page in the order of arrival.
public struct InboxListParameters: MethodParameters {
    /// Only what is not opened.
    public var unopened: Bool?
    /// Only from this person: an id, a name or its unique beginning.
    public var with: String?
    /// At most so many, 1 to 200.
    public var limit: Int?
    /// `next` of the page before, or an item: what came before it.
    public var before: String?

    /// All may be left out: the last 200.
    public init(unopened: Bool? = nil, with: String? = nil, limit: Int? = nil, before: String? = nil) {
        self.unopened = unopened
        self.with = with
        self.limit = limit
        self.before = before
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case unopened, with, limit, before }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? {
        PageParameters.fault(limit: limit, before: before)
    }
}

/// `history.list`: the newest page first, each page in the order of acceptance and arrival.
public struct HistoryListParameters: MethodParameters {
    /// Only what is shared with this person: an id, a name or its unique beginning.
    public var with: String?
    /// Only this kind.
    public var kind: String?
    /// Only one's own, or only theirs.
    public var mine: Bool?
    /// `next` of the page before, or an item: what came before it.
    public var before: String?
    /// At most so many, 1 to 200.
    public var limit: Int?

    /// All may be left out: the last 200.
    public init(
        with: String? = nil, kind: String? = nil, mine: Bool? = nil, before: String? = nil, limit: Int? = nil
    ) {
        self.with = with
        self.kind = kind
        self.mine = mine
        self.before = before
        self.limit = limit
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case with, kind, mine, before, limit }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? {
        if let kind, !ItemGiveParameters.kinds.contains(kind) {
            return ("kind", "one of: \(ItemGiveParameters.kinds.joined(separator: ", "))")
        }
        return PageParameters.fault(limit: limit, before: before)
    }
}

/// `events.subscribe`: replays, then follows, without gap or double.
public struct EventsSubscribeParameters: MethodParameters {
    /// The number of the last event that is known already; 0: from the oldest that is kept.
    public var since: Int64?
    /// A name under which `events.ack` remembers how far it came: goes on from there.
    public var consumer: String?
    /// Only these kinds; numbers stay as they are.
    public var kinds: [String]?

    /// Neither `since` nor `consumer`: what comes from now on.
    public init(since: Int64? = nil, consumer: String? = nil, kinds: [String]? = nil) {
        self.since = since
        self.consumer = consumer
        self.kinds = kinds
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case since, consumer, kinds }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// Ranges, known kinds.
    public func fault() -> (parameter: String, expected: String)? {
        if let since, since < 0 { return ("since", "a number from 0") }
        if since != nil, consumer != nil { return ("consumer", "left out where `since` stands") }
        if let consumer, !(1...64).contains(consumer.count) { return ("consumer", "1 to 64 characters") }
        let known = EventNotice.Kind.numbered
        if let kinds, kinds.isEmpty || kinds.contains(where: { !known.contains($0) }) {
            return ("kinds", "of: \(known.joined(separator: ", "))")
        }
        return nil
    }
}

/// `events.ack`.
public struct EventsAckParameters: MethodParameters {
    /// The consumer.
    public var consumer: String
    /// It has dealt with all events up to this number.
    public var seq: Int64

    /// Who came how far.
    public init(consumer: String, seq: Int64) {
        self.consumer = consumer
        self.seq = seq
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case consumer, seq }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["consumer", "seq"]
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? {
        if !(1...64).contains(consumer.count) { return ("consumer", "1 to 64 characters") }
        return seq < 0 ? ("seq", "a number from 0") : nil
    }
}
