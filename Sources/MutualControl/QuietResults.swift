/// Quiet for everybody or for one person: what comes waits without a notice.
public struct QuietEntry: Codable, Hashable, Sendable {
    /// The id of the person; nil: everybody.
    public var person: String?
    /// The name that this person has here.
    public var who: String?
    /// Until this moment; nil: see `daily`, or until it is ended.
    public var until: Timestamp?
    /// Every day in these hours of local time, `22:00-07:00`.
    public var daily: String?
    /// Whether it holds now.
    public var now: Bool

    /// Until it is ended; the rest is set where it applies.
    public init(person: String? = nil, who: String? = nil, now: Bool) {
        self.person = person
        self.who = who
        self.now = now
    }
}

/// `quiet.get`, `quiet.set`.
public struct QuietResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// For everybody first, then person by person; empty: everything that comes gives a notice.
    public var quiet: [QuietEntry]

    /// What is set.
    public init(quiet: [QuietEntry]) { self.quiet = quiet }
}
