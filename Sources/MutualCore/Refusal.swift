/// Why a request is not done, for a person: translated into a sentence by the catalogue.
public struct Refusal: Error, Hashable, Sendable {
    /// The kinds of refusal that the control interface tells apart.
    public enum Code: Int, Hashable, Sendable {
        case badParameters = -32602
        case rule = 1
        case notFound = 2
        case ambiguous = 3
        case locked = 4
        case conflict = 5
        case limit = 6
        case fault = 7
    }

    /// The kind.
    public var code: Code
    /// A stable kebab-case key; the catalogue has a sentence and an advice for each.
    public var reason: String
    /// What the sentence names: `name`, `typed`, `limit` ...; values are shown as text, never interpreted.
    public var arguments: [String: String]
    /// Choices to list (names, handles), in order.
    public var choices: [String]

    /// A refusal.
    public init(_ code: Code, _ reason: String, _ arguments: [String: String] = [:], choices: [String] = []) {
        self.code = code
        self.reason = reason
        self.arguments = arguments
        self.choices = choices
    }
}

/// The machine's fault (disk full, I/O error, damaged store): ends the turn with a rollback.
public struct JournalFault: Error, Sendable {
    /// A stable kebab-case key: `disk-full`, `read-only`, `io`, `damaged`.
    public var reason: String

    /// A fault.
    public init(_ reason: String) { self.reason = reason }
}
