/// One copy that was taken back.
public struct RetractedEntry: Codable, Hashable, Sendable {
    /// The id of the person whose it was; nil: somebody who is not listed any more.
    public var person: String?
    /// The name that this person has or had here; empty when it is not known any more.
    public var who: String
    /// The item.
    public var id: String
    /// Its handle.
    public var handle: String
    /// What it comes to: `never-left`; `undecided` (if it is on their device, it is erased there when the devices meet);
    /// `when-met` (it is on their device, and is erased there when the devices meet); `here-only` (it stays on the
    /// device of somebody who is not listed any more); or one of a later version.
    public var reach: String

    /// One copy.
    public init(person: String?, who: String, id: String, handle: String, reach: String) {
        self.person = person
        self.who = who
        self.id = id
        self.handle = handle
        self.reach = reach
    }
}

/// `item.retract`.
public struct RetractedResult: ControlResult {
    /// The version of this shape.
    public var schema = 1
    /// What was taken back, one for each copy.
    public var items: [RetractedEntry]

    /// What was taken back.
    public init(items: [RetractedEntry]) { self.items = items }
}
