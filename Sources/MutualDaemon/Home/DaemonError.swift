/// Why the daemon does not run: one sentence and what to do, for a person.
public struct DaemonError: Error, Hashable, Sendable {
    /// How `mutuald` ends.
    public enum ExitCode: Int32, Hashable, Sendable {
        case failed = 1
        case usage = 2
        case conflict = 8
        case fault = 9
    }

    /// What is wrong and what helps, in whole sentences.
    public var sentence: String
    /// The exit code.
    public var exitCode: ExitCode

    /// An error.
    public init(_ sentence: String, exitCode: ExitCode = .failed) {
        self.sentence = sentence
        self.exitCode = exitCode
    }
}
