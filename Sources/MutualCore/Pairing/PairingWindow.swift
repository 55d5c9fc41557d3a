import MutualCrypto
import MutualWire

/// One pairing from its code to its end.
struct PairingWindow {
    let number: UInt64
    let seq: UInt64
    let identity: Identity
    /// What we call ourselves, as it is sent: 256 bytes.
    let card: [UInt8]
    let code: PairingCode
    /// When the window ends, monotonic and Unix milliseconds.
    let untilMs: Int64
    let untilWallMs: Int64

    /// What the offerer has; nil: this is the typer's.
    var offer: PairingOffering?
    /// What the typer has.
    var search: PairingSearch?
    /// Conversations that have not come to the question.
    var conversations: [PairingConversation] = []
    /// The question, once both proved the code.
    var question: PairingQuestion?

    init(number: UInt64, seq: UInt64, identity: Identity, ownName: String, code: PairingCode, now: Instant) {
        self.number = number
        self.seq = seq
        self.identity = identity
        // The Node lets no name pass that a card cannot hold; a card of zeros has no name.
        card = (try? Card.encode(name: ownName)) ?? [UInt8](repeating: 0, count: Limits.cardBytes)
        self.code = code
        untilMs = now.monotonicMs + PairingTimes.window
        untilWallMs = now.wallMs + PairingTimes.window
    }

    /// Whether the one guess was made in a conversation that goes on: typer: N1 is sent, offerer: N1 has passed.
    var isProving: Bool { conversations.contains { $0.isProving } }

    /// Whether nobody is found yet and the code is good.
    var isSeeking: Bool { question == nil && !isProving }

    /// As a client sees it.
    var view: PairingView {
        var view = PairingView(
            number: number, stage: offer == nil ? .looking : .offering, code: offer == nil ? nil : code.text,
            untilMs: untilWallMs, seq: seq)
        if let question {
            view.stage = question.mine == nil ? .asked : .answered
            view.name = question.name
            view.person = question.key
            view.untilMs = question.untilWallMs
        }
        return view
    }

    /// All moments at which something is due, monotonic milliseconds.
    var deadlinesMs: [Int64] {
        var due = conversations.map(\.deadlineMs)
        if let question {
            due.append(question.deadlineMs)
            return due
        }
        guard !isProving else { return due }
        due.append(untilMs)
        if let offer { due += offer.deadlinesMs }
        if let search { due += search.deadlinesMs(isTalking: !conversations.isEmpty) }
        return due
    }
}

/// What only the offerer has.
struct PairingOffering {
    /// The window's nonce, in every offer of it.
    let nonce: [UInt8]
    /// The pairing port, once it is open.
    var port: UInt16?
    /// Whether the port is wanted: until somebody proved the code.
    var isListening = true
    /// When the next offer leaves by itself.
    var nextOfferMs: Int64 = 0
    /// When the port is asked for again.
    var listenAgainMs: Int64?
    /// When the last offers left, at most `offersASecond` of them.
    private var sentMs: [Int64] = []

    init(nonce: [UInt8]) { self.nonce = nonce }

    var deadlinesMs: [Int64] {
        var due: [Int64] = []
        if port != nil { due.append(nextOfferMs) }
        if let listenAgainMs { due.append(listenAgainMs) }
        return due
    }

    /// Whether one more offer may leave in this second; counts it when it may.
    mutating func countOffer(nowMs: Int64) -> Bool {
        sentMs.removeAll { nowMs - $0 >= 1_000 }
        guard sentMs.count < PairingTimes.offersASecond else { return false }
        sentMs.append(nowMs)
        return true
    }
}

/// What only the typer has.
struct PairingSearch {
    /// An address of the device that offers.
    struct Candidate {
        let endpoint: Endpoint
        var tries = 0
    }

    let startedMs: Int64
    /// How many queries left.
    var queries = 0
    var nextQueryMs: Int64
    /// The window's nonce of the offers heard; nil: none was heard.
    var nonce: [UInt8]?
    /// Until when offers are collected before the first dial.
    var collectUntilMs: Int64 = 0
    var candidates: [Candidate] = []
    /// Conversations begun, none of which came to N1.
    var tries = 0
    var lastDialMs: Int64 = 0

    init(startedMs: Int64) {
        self.startedMs = startedMs
        nextQueryMs = startedMs
    }

    /// When the next dial may leave; nil: nobody to dial.
    var nextDialMs: Int64? {
        guard nonce != nil, tries < Limits.pairingTries, !candidates.isEmpty else { return nil }
        guard tries > 0, !candidates.contains(where: { $0.tries == 0 }) else { return collectUntilMs }
        return max(collectUntilMs, lastDialMs + PairingTimes.retry)
    }

    func deadlinesMs(isTalking: Bool) -> [Int64] {
        guard !isTalking, let nextDialMs else { return [nextQueryMs] }
        return [nextQueryMs, nextDialMs]
    }

    /// Counts a query that leaves now and sets when the next one is due.
    mutating func countQuery(nowMs: Int64) {
        queries += 1
        let first = PairingTimes.firstQueries
        nextQueryMs = queries < first.count ? startedMs + first[queries] : nowMs + PairingTimes.repetition
    }

    /// The address to dial now: the one that was tried least, in the order of hearing; counts the try.
    mutating func chooseCandidate(nowMs: Int64) -> Endpoint? {
        guard let index = candidates.indices.min(by: { (candidates[$0].tries, $0) < (candidates[$1].tries, $1) })
        else { return nil }
        candidates[index].tries += 1
        tries += 1
        lastDialMs = nowMs
        return candidates[index].endpoint
    }
}
