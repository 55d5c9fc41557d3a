import MutualRules
import MutualWire

/// An exchange as its reader is shown it: nothing of either's words before both are here `[records-17]`.
public struct ExchangeView: Hashable, Sendable {
    /// How far it is.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// One's own words are asked for.
        case asked
        /// One left it unanswered; only this machine knows.
        case passed
        /// One's own words lie sealed, the other's are awaited.
        case sealed
        /// Both are here.
        case opened
        /// Its time ended before both were here.
        case notOpened = "not-opened"
    }

    /// How far it is.
    public var stage: Stage
    /// What it is about; nil when the proposal is gone.
    public var topic: String?
    /// One's own words, once both are here; nil also when they are taken back.
    public var mine: String?
    /// The other's words, once both are here; nil also when they are taken back.
    public var theirs: String?
    /// Whether the other's words are what was sealed.
    public var fits: Bool

    /// One of which nothing is shown.
    public init(stage: Stage) {
        self.stage = stage
        fits = true
    }

    /// The exchange that an item belongs to; nil for an item that belongs to none.
    public init?(of record: ItemRecord, in journal: some Journal) throws(JournalFault) {
        guard record.kind == Kind.exchange.rawValue else { return nil }
        let parts = try ExchangeParts(proposal: record.re ?? record.id, person: record.person, in: journal)
        if let proposal = parts.proposal, case .propose(let about, _) = try journal.exchangeStep(proposal) {
            topic = about
        }
        fits = true
        guard parts.isShown else {
            stage = try Self.stageBefore(parts, in: journal)
            return
        }
        stage = .opened
        mine = try parts.ownReveal.flatMap { own throws(JournalFault) in try Self.words(own, in: journal) }
        guard let others = parts.othersReveal, let words = try Self.words(others, in: journal) else { return }
        theirs = words
        // It was decided when they came, by the seal that one's own words were given for.
        fits = try journal.exchangeOwn(others) == .held(fits: true)
    }

    private static func stageBefore(_ parts: ExchangeParts, in journal: some Journal) throws(JournalFault) -> Stage {
        guard let proposal = parts.proposal, !proposal.erased else { return .notOpened }
        if proposal.mine || parts.ownCommit?.erased == false { return .sealed }
        switch try journal.exchangeOwn(proposal) {
        case .passed: return .passed
        // One's own words ran out before the other's came.
        case .answered: return .notOpened
        default: return .asked
        }
    }

    private static func words(_ record: ItemRecord, in journal: some Journal) throws(JournalFault) -> String? {
        guard case .reveal(_, let text) = try journal.exchangeStep(record) else { return nil }
        return text
    }
}
