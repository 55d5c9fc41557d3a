import MutualCrypto
import MutualRules
import MutualWire

/// The items of one exchange that are here. What each of them is stands with it: which others are here says nothing,
/// for the other can have theirs erased or removed at any time `[records-28]`.
struct ExchangeParts {
    /// The proposal; nil when it is gone.
    let proposal: ItemRecord?
    /// Answering: one's own seal.
    let ownCommit: ItemRecord?
    /// One's own words, given.
    let ownReveal: ItemRecord?
    /// The other's words.
    let othersReveal: ItemRecord?
    /// The seal that the other's words are held against; nil: nothing of theirs is awaited.
    let othersSeal: [UInt8]?
    /// What the rules know of it.
    let state: ExchangeState

    init(proposal id: ItemID, person: PersonRow, in journal: any Journal) throws(JournalFault) {
        let proposal = try journal.item(eithers: id, person: person)
        let answers = try journal.answers(to: id, person: person).filter { $0.kind == Kind.exchange.rawValue }
        let own = answers.filter(\.mine)
        let iProposed = if let proposal { proposal.mine } else { try Self.iProposed(answers, in: journal) }
        self.proposal = proposal
        ownCommit = iProposed ? nil : own.first { !$0.opened }
        ownReveal = iProposed ? own.first : own.first(where: \.opened)
        othersReveal = answers.first { !$0.mine && $0.shown }
        let standing = try proposal.flatMap { record throws(JournalFault) in try journal.exchangeOwn(record) }
        var seal: [UInt8]?
        for row in [ownReveal, ownCommit].compactMap({ $0 }) where seal == nil {
            seal = try journal.exchangeOwn(row)?.othersSeal
        }
        othersSeal = seal ?? standing?.othersSeal
        var state = ExchangeState(iProposed: iProposed, isOver: proposal?.erased ?? true)
        if iProposed {
            // One's own words go out when the other's seal has come, and not before.
            state.proposerRevealed = ownReveal != nil || standing?.othersSeal != nil
            state.isCommitted = state.proposerRevealed || answers.contains { !$0.mine && !$0.shown }
            state.answererRevealed = othersReveal != nil || ownReveal?.opened == true
        } else {
            state.isCommitted = !own.isEmpty || standing == .answered
            state.proposerRevealed = othersReveal != nil || ownReveal != nil
            state.answererRevealed = ownReveal != nil
        }
        self.state = state
    }

    /// Whose proposal it was that is gone: a seal answers the other's, and only the proposer's words stand with a seal.
    private static func iProposed(_ answers: [ItemRecord], in journal: any Journal) throws(JournalFault) -> Bool {
        if answers.contains(where: { !$0.mine && !$0.shown }) { return true }
        for row in answers where row.mine {
            guard case .reveal = try journal.exchangeStep(row) else { continue }
            if try journal.own(row.row) != nil { return true }
        }
        return false
    }

    /// Whether the other's words are here, or were, so that both may be shown.
    var isShown: Bool { othersReveal != nil || ownReveal?.opened == true }
}

/// What stands with an item of an exchange and never leaves this machine.
enum ExchangeOwn: Equatable {
    /// With the other's proposal: one left it unanswered.
    case passed
    /// With the other's proposal: one answered it.
    case answered
    /// With the other's proposal: one's answer never left, and it may be answered again.
    case unanswered
    /// With one's own proposal or commit: the words that it seals.
    case words(SealedWords)
    /// With one's own proposal or commit, and with the proposer's words: one's words are given; the other's seal.
    case revealed(othersSeal: [UInt8])
    /// With the other's words: whether they are what was sealed.
    case held(fits: Bool)

    /// From what `bytes` gave.
    init?(_ bytes: [UInt8]) {
        switch bytes.first {
        case nil: self = .passed
        case 2 where bytes.count == 1 + Limits.sealBytes: self = .revealed(othersSeal: Array(bytes.dropFirst()))
        case 3: self = .answered
        case 4: self = .unanswered
        case 5 where bytes.count == 2: self = .held(fits: bytes[1] == 1)
        default:
            guard let words = SealedWords(bytes) else { return nil }
            self = .words(words)
        }
    }

    /// For the store.
    var bytes: [UInt8] {
        switch self {
        case .passed: []
        case .words(let words): words.bytes
        case .revealed(let seal): [2] + seal
        case .answered: [3]
        case .unanswered: [4]
        case .held(let fits): [5, fits ? 1 : 0]
        }
    }

    /// The seal of the other's words, where it stands here.
    var othersSeal: [UInt8]? {
        switch self {
        case .words(let words): words.othersSeal.isEmpty ? nil : words.othersSeal
        case .revealed(let seal): seal
        case .passed, .answered, .unanswered, .held: nil
        }
    }
}

/// One's own words while they are sealed: they stay on this machine until it is their turn `[records-17]`.
struct SealedWords: Equatable {
    /// The key of the seal.
    var key: [UInt8]
    /// Answering: the seal of the proposer's words, which outlives the proposal here.
    var othersSeal: [UInt8]
    var text: String

    init(key: [UInt8], othersSeal: [UInt8] = [], text: String) {
        self.key = key
        self.othersSeal = othersSeal
        self.text = text
    }

    /// From what `bytes` gave.
    init?(_ bytes: [UInt8]) {
        guard let hasSeal = bytes.first, hasSeal <= 1, bytes.count > Limits.sealKeyBytes else { return nil }
        let words = 1 + Limits.sealKeyBytes + (hasSeal == 1 ? Limits.sealBytes : 0)
        guard bytes.count >= words else { return nil }
        key = Array(bytes[1..<1 + Limits.sealKeyBytes])
        othersSeal = Array(bytes[1 + Limits.sealKeyBytes..<words])
        text = String(decoding: bytes[words...], as: UTF8.self)
    }

    /// For the store.
    var bytes: [UInt8] { [othersSeal.isEmpty ? 0 : 1] + key + othersSeal + Array(text.utf8) }

    /// The seal over these words, written by the person on `side` of the pair, for this proposal.
    func seal(side: UInt8, proposal: ItemID) -> [UInt8] {
        ExchangeSeal.compute(side: side, proposeID: proposal.bytes, key: key, text: Array(text.utf8))
    }
}

extension Journal {
    /// What stands with an item of an exchange; nil: nothing.
    func exchangeOwn(_ record: ItemRecord) throws(JournalFault) -> ExchangeOwn? {
        guard let bytes = try own(record.row) else { return nil }
        guard let own = ExchangeOwn(bytes) else { throw JournalFault("damaged") }
        return own
    }

    /// Writes it; what stood there is beyond reach.
    func setExchangeOwn(_ own: ExchangeOwn, of record: ItemRecord) throws(JournalFault) {
        try setOwn(own.bytes, of: record.row)
    }

    /// The step of an exchange that an item is; nil for another kind, or when its texts are erased.
    func exchangeStep(_ record: ItemRecord) throws(JournalFault) -> ExchangeStep? {
        guard let stored = try content(record.row), case .exchange(let step)? = Item(stored: stored)?.content else {
            return nil
        }
        return step
    }
}
