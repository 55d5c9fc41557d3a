import MutualWire

/// Times and bounds of pairing (Protocol/pairing.md), all times in milliseconds.
enum PairingTimes {
    /// How long a code is offered or looked for.
    static let window: Int64 = Limits.pairingWindowS * 1_000
    /// How long the question waits for its person.
    static let question: Int64 = 300_000
    /// How much longer than the question the other's Answer is awaited: theirs may come at the last moment.
    static let answerOnItsWay: Int64 = 10_000
    /// For each message up to N1, connecting included.
    static let messageBeforeProof: Int64 = 3_000
    /// For each message after N1.
    static let messageAfterProof: Int64 = 10_000
    /// Between two offers that nobody asked for, and between two queries after the first ones.
    static let repetition: Int64 = 2_000
    /// The first queries, counted from the beginning.
    static let firstQueries: [Int64] = [0, 500, 1_000, 2_000]
    /// How long offers are collected after the first.
    static let collecting: Int64 = 1_500
    /// Before the same device is tried again.
    static let retry: Int64 = 1_000
    /// After the pairing port could not be opened.
    static let listenAgain: Int64 = 2_000
    /// A nameplate that was not heard for so long is free again: offers come every 2 s.
    static let nameplateHeard: Int64 = 60_000

    /// Offers in any second.
    static let offersASecond = 5
    /// Addresses of the offering device that are remembered.
    static let candidates = 8
    /// Connections that are kept without a word.
    static let muted = 4
    /// Answers that are remembered so that the same one again is fine.
    static let answersRemembered = 8
}

/// What `pair.ended` says.
enum PairingEnd: String {
    case mutuals
    case waitingForThem = "waiting-for-them"
    case no
    case wrongCode = "wrong-code"
    case twoDevices = "two-devices"
    case blocked
    case time
    case cancelled
}
