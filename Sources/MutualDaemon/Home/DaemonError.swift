import MutualControl

/// Why the daemon does not run, for a person: what is wrong, and what helps.
public struct DaemonError: Error, Hashable, Sendable {
    /// How `mutuald` ends `[control-24]`.
    public enum ExitCode: Int32, Hashable, Sendable {
        case failed = 1
        case usage = 2
        case refused = 4
        case locked = 6
        case conflict = 8
        case fault = 9
    }

    /// A stable kebab-case key.
    public var reason: String
    /// What is wrong, a whole sentence.
    public var fact: String
    /// What helps, a whole sentence.
    public var advice: String?
    /// The exit code.
    public var exitCode: ExitCode

    /// An error.
    public init(
        _ fact: String, advice: String? = nil, reason: String = "cannot-run", exitCode: ExitCode = .failed
    ) {
        self.reason = reason
        self.fact = fact
        self.advice = advice
        self.exitCode = exitCode
    }

    /// The disk is full.
    static let diskFull = DaemonError(
        "The disk is full.", advice: "Make room and try again.", reason: "disk-full", exitCode: .fault)

    /// First the fact, below it what helps.
    public var lines: [String] { [fact] + (advice.map { [$0] } ?? []) }

    /// All of it on one line.
    public var sentence: String { lines.joined(separator: " ") }

    /// The error as one JSON document, of the same shape as on the control socket `[control-23]`.
    public var document: String {
        let code: ErrorCode =
            switch exitCode {
            case .failed, .fault: .fault
            case .usage: .parameters
            case .refused: .refused
            case .locked: .locked
            case .conflict: .conflict
            }
        let error = ControlError(code, fact, ControlError.Details(reason: reason, advice: advice))
        return String(decoding: error.document(), as: UTF8.self)
    }
}
