/// One thing that the doctor looked at.
public struct Finding: Hashable, Sendable {
    /// A stable kebab-case key of the check.
    public var check: String
    /// The interface that it is about.
    public var interface: String?
    /// Whether all is well.
    public var isWell: Bool
    /// What was found, one sentence.
    public var sentence: String
    /// The one command that helps, where there is one.
    public var command: String?

    /// A finding.
    public init(_ check: String, interface: String? = nil, isWell: Bool, _ sentence: String, command: String? = nil) {
        self.check = check
        self.interface = interface
        self.isWell = isWell
        self.sentence = sentence
        self.command = command
    }

    /// The lines for a person.
    public var lines: [String] {
        let first = (isWell ? "ok    " : "look  ") + sentence
        guard let command else { return [first] }
        return [first, "      \(command)"]
    }
}
