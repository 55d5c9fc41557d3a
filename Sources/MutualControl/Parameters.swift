/// The parameters of a method that has none.
public struct NoParameters: MethodParameters {
    /// None.
    public init() {}
    /// None.
    public static let allNames: [String] = []
    /// None.
    public static let requiredNames: [String] = []
}

/// `hello`.
public struct HelloParameters: MethodParameters {
    /// Who calls: a program's name and version, 1 to 64 characters.
    public var client: String?
    /// The language of this connection's sentences, such as `en`.
    public var language: String?

    /// Both may be left out.
    public init(client: String? = nil, language: String? = nil) {
        self.client = client
        self.language = language
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case client, language }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// Lengths.
    public func fault() -> (parameter: String, expected: String)? {
        if let client, !(1...64).contains(client.count) { return ("client", "1 to 64 characters") }
        if let language, !(2...16).contains(language.count) { return ("language", "2 to 16 characters") }
        return nil
    }
}

/// A page of a list.
public struct PageParameters: MethodParameters {
    /// At most so many, 1 to 200.
    public var limit: Int?
    /// `next` of the page before; for items also an item.
    public var before: String?

    /// Both may be left out: the first 200.
    public init(limit: Int? = nil, before: String? = nil) {
        self.limit = limit
        self.before = before
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case limit, before }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// The most that a list gives.
    public static let mostItems = 200
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? { Self.fault(limit: limit, before: before) }

    static func fault(limit: Int?, before: String?) -> (parameter: String, expected: String)? {
        if let limit, !(1...mostItems).contains(limit) { return ("limit", "1 to 200") }
        if let before, !(1...64).contains(before.utf8.count) { return ("before", "`next` of the page before") }
        return nil
    }
}

/// `people.add`.
public struct PeopleAddParameters: MethodParameters {
    /// Their id, `mutual1...`.
    public var id: String
    /// The name that they get here; nil: their first Hello names them.
    public var name: String?

    /// Who is listed.
    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case id, name }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["id"]
}

/// `people.rename`.
public struct PeopleRenameParameters: MethodParameters {
    /// An id, a name or its unique beginning.
    public var who: String
    /// The new name.
    public var name: String

    /// Who gets which name.
    public init(who: String, name: String) {
        self.who = who
        self.name = name
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case who, name }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["who", "name"]
}

/// `people.reach`.
public struct PeopleReachParameters: MethodParameters {
    /// An id, a name or its unique beginning.
    public var who: String
    /// `ADDRESS[:PORT]`, IPv6 in brackets.
    public var address: String

    /// Who is at which address.
    public init(who: String, address: String) {
        self.who = who
        self.address = address
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case who, address }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["who", "address"]
}

/// `pair.open`.
public struct PairOpenParameters: MethodParameters {
    /// How many words the code has, 2 to 4; nil: two, more after burnt codes.
    public var words: Int?

    /// The usual two words.
    public init(words: Int? = nil) { self.words = words }

    enum CodingKeys: String, CodingKey, CaseIterable { case words }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// The range.
    public func fault() -> (parameter: String, expected: String)? {
        if let words, !(2...4).contains(words) { return ("words", "2 to 4") }
        return nil
    }
}

/// `pair.join`.
public struct PairJoinParameters: MethodParameters {
    /// The code as it was typed.
    public var code: String

    /// Which code.
    public init(code: String) { self.code = code }

    enum CodingKeys: String, CodingKey, CaseIterable { case code }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["code"]
}

/// `pair.answer`.
public struct PairAnswerParameters: MethodParameters {
    /// The pairing; nil: the only one open.
    public var pairing: Int64?
    /// Whether it is the person who is here.
    public var yes: Bool
    /// The name that they get here; nil: what they call themselves.
    public var name: String?
    /// Whether who has this name here is the same person, on an older machine, whose place they take.
    public var same: Bool?

    /// An answer.
    public init(pairing: Int64? = nil, yes: Bool, name: String? = nil, same: Bool? = nil) {
        self.pairing = pairing
        self.yes = yes
        self.name = name
        self.same = same
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case pairing, yes, name, same }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["yes"]
    /// The range.
    public func fault() -> (parameter: String, expected: String)? {
        if let pairing, pairing < 0 { return ("pairing", "a number from 0") }
        return nil
    }
}

/// `pair.cancel`.
public struct PairCancelParameters: MethodParameters {
    /// The pairing; nil: the only one open.
    public var pairing: Int64?

    /// Which pairing.
    public init(pairing: Int64? = nil) { self.pairing = pairing }

    enum CodingKeys: String, CodingKey, CaseIterable { case pairing }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// None must be there.
    public static let requiredNames: [String] = []
    /// The range.
    public func fault() -> (parameter: String, expected: String)? {
        if let pairing, pairing < 0 { return ("pairing", "a number from 0") }
        return nil
    }
}
