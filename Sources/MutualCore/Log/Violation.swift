/// A peer broke a rule: the session with it is closed without a word. `reason` is the vectors' key.
struct Violation: Error, Hashable {
    /// A stable key such as `seq-gap`.
    let reason: String

    static let sequenceGap = Violation(reason: "seq-gap")
    static let windowExceeded = Violation(reason: "window")
    static let ackTooHigh = Violation(reason: "ack-high")
    static let newLogLimit = Violation(reason: "log-limit")
    static let beforeHello = Violation(reason: "hello-first")
    static let answerHere = Violation(reason: "answer-here")
}
