/// `people.remove`, `people.block`, `people.unblock`.
public struct WhoParameters: MethodParameters {
    /// An id, a name or its unique beginning.
    public var who: String

    /// Whom it is about.
    public init(who: String) { self.who = who }

    enum CodingKeys: String, CodingKey, CaseIterable { case who }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["who"]
}

/// `people.part`.
public struct PeoplePartParameters: MethodParameters {
    /// An id, a name or its unique beginning.
    public var who: String
    /// The last words; nil: the goodbye goes without.
    public var text: String?

    /// Who is left, with which words.
    public init(who: String, text: String? = nil) {
        self.who = who
        self.text = text
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case who, text }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["who"]
}

/// `people.replace`.
public struct PeopleReplaceParameters: MethodParameters {
    /// Whose place is taken: an id, a name or its unique beginning.
    public var old: String
    /// Who takes it, listed already: likewise.
    public var new: String

    /// Who takes whose place.
    public init(old: String, new: String) {
        self.old = old
        self.new = new
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case old, new }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["old", "new"]
}

/// `quiet.set`: one of `on`, `until` and `daily`.
public struct QuietSetParameters: MethodParameters {
    /// Whose arrivals give no notice: ids, names or their unique beginnings; nil, or the one word `all`: everybody's.
    public var who: [String]?
    /// Until it is ended; false: ends it.
    public var on: Bool?
    /// Until this moment.
    public var until: Timestamp?
    /// Every day in these hours of local time, `22:00-07:00`.
    public var daily: String?

    /// From now on, until it is ended, or ended.
    public init(who: [String]? = nil, on: Bool) {
        self.who = who
        self.on = on
    }

    /// Until a moment.
    public init(who: [String]? = nil, until: Timestamp) {
        self.who = who
        self.until = until
    }

    /// In these hours of every day.
    public init(who: [String]? = nil, daily: String) {
        self.who = who
        self.daily = daily
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case who, on, until, daily }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there by its name.
    public static let requiredNames: [String] = []
    /// One of the three, and somebody where people are named.
    public func fault() -> (parameter: String, expected: String)? {
        let said = [on != nil, until != nil, daily != nil].filter { $0 }
        if said.count != 1 { return ("on", "one of `on`, `until` and `daily`") }
        if who?.isEmpty == true { return ("who", "somebody, or left out for everybody") }
        return nil
    }
}

/// `pause.set`.
public struct PauseSetParameters: MethodParameters {
    /// Absent for everybody, or there again.
    public var on: Bool

    /// On or off.
    public init(on: Bool) { self.on = on }

    enum CodingKeys: String, CodingKey, CaseIterable { case on }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["on"]
}

/// `item.retract`.
public struct ItemRetractParameters: MethodParameters {
    /// An id, a handle, or a beginning that only one item has: one of one's own.
    public var item: String
    /// Every copy of what was given to several at once; nil: this copy.
    public var everywhere: Bool?

    /// Which item.
    public init(item: String, everywhere: Bool? = nil) {
        self.item = item
        self.everywhere = everywhere
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case item, everywhere }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["item"]
}
