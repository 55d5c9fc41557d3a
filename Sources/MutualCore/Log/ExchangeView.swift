public import MutualCrypto
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

    /// The exchange that an item belongs to; nil for an item that belongs to none. `me`, `peer`: the keys that say who
    /// is on which side; nil: somebody who is not listed any more, whose words cannot be held against their seal.
    public init?(
        of record: ItemRecord, me: PublicKey, peer: PublicKey?, in journal: some Journal
    ) throws(JournalFault) {
        guard record.kind == Kind.exchange.rawValue else { return nil }
        let proposalID = record.re ?? record.id
        let parts = try ExchangeParts(proposal: proposalID, person: record.person, in: journal)
        if let proposal = parts.proposal, case .propose(let about, _) = try journal.exchangeStep(proposal) {
            topic = about
        }
        fits = true
        guard parts.isShown else {
            stage = try Self.stageBefore(parts, in: journal)
            return
        }
        stage = .opened
        let own = parts.state.iProposed ? parts.proposersReveal : parts.answerersReveal
        let others = parts.state.iProposed ? parts.answerersReveal : parts.proposersReveal
        mine = try own.flatMap { record throws(JournalFault) in try Self.words(record, in: journal)?.text }
        guard let others, let words = try Self.words(others, in: journal) else { return }
        theirs = words.text
        guard let peer, let seal = try Self.othersSeal(parts, in: journal) else { return }
        fits = words.seal(side: peer < me ? 0 : 1, proposal: proposalID) == seal
    }

    private static func stageBefore(_ parts: ExchangeParts, in journal: some Journal) throws(JournalFault) -> Stage {
        guard let proposal = parts.proposal, !proposal.erased else { return .notOpened }
        if proposal.mine || parts.commit != nil { return .sealed }
        return try journal.own(proposal.row) == nil ? .asked : .passed
    }

    private static func words(_ record: ItemRecord, in journal: some Journal) throws(JournalFault) -> SealedWords? {
        guard case .reveal(let key, let text) = try journal.exchangeStep(record) else { return nil }
        return SealedWords(key: key, text: text)
    }

    private static func othersSeal(_ parts: ExchangeParts, in journal: some Journal) throws(JournalFault) -> [UInt8]? {
        guard let commit = parts.commit else { return nil }
        if commit.mine { return try journal.own(commit.row).flatMap { SealedWords($0) }?.othersSeal }
        guard case .commit(let seal) = try journal.exchangeStep(commit) else { return nil }
        return seal
    }
}
