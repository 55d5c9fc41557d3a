/// `item.keep`.
public struct ItemKeepParameters: MethodParameters {
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

/// `thread.list`: the newest page first, each page in the order of acceptance and arrival.
public struct ThreadListParameters: MethodParameters {
    /// Any item of it: an id, a handle, or a beginning that only one item has.
    public var item: String
    /// `next` of the page before, or an item.
    public var before: String?
    /// At most so many, 1 to 200.
    public var limit: Int?

    /// The last 200 around an item.
    public init(item: String, before: String? = nil, limit: Int? = nil) {
        self.item = item
        self.before = before
        self.limit = limit
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case item, before, limit }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["item"]
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? {
        PageParameters.fault(limit: limit, before: before)
    }
}

/// `search.list`: the newest page first, each page in the order of acceptance and arrival.
public struct SearchListParameters: MethodParameters {
    /// The longest text that is looked for, bytes.
    public static let textBytes = 200
    /// What is looked for in texts, content notes, topics and feeling words, without regard to case.
    public var text: String
    /// Only what is shared with this person: an id, a name or its unique beginning.
    public var with: String?
    /// `next` of the page before, or an item.
    public var before: String?
    /// At most so many, 1 to 200.
    public var limit: Int?

    /// The last 200 with this text.
    public init(text: String, with: String? = nil, before: String? = nil, limit: Int? = nil) {
        self.text = text
        self.with = with
        self.before = before
        self.limit = limit
    }

    enum CodingKeys: String, CodingKey, CaseIterable { case text, with, before, limit }
    /// All names.
    public static let allNames = CodingKeys.allCases.map(\.rawValue)
    /// What must be there.
    public static let requiredNames = ["text"]
    /// Ranges.
    public func fault() -> (parameter: String, expected: String)? {
        if text.allSatisfy(\.isWhitespace) || text.utf8.count > Self.textBytes {
            return ("text", "1 to \(Self.textBytes) bytes that are not all blanks")
        }
        return PageParameters.fault(limit: limit, before: before)
    }
}
