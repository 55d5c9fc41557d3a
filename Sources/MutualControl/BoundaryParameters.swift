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
