/// The three messages of an exchange.
public enum ExchangeMove: Hashable, Sendable, CaseIterable {
    /// A topic, and the seal of the proposer's words.
    case propose
    /// The seal of the answerer's words.
    case commit
    /// The words, and the key of their seal.
    case reveal
}

/// An exchange as one of its two people has it: neither has to be the first to be seen (Protocol/records.md).
///
/// Order: propose, commit, the proposer's reveal, the answerer's reveal. Seals are made and checked by the caller.
public struct ExchangeState: Hashable, Sendable {
    /// Whether one proposed it oneself.
    public var iProposed: Bool
    /// Whether the proposal is over: taken back, or past its time.
    public var isOver: Bool
    /// Whether the answerer's sealed words are here, or were.
    public var isCommitted: Bool
    /// Whether the proposer's words are here, or were.
    public var proposerRevealed: Bool
    /// Whether the answerer's words are here, or were.
    public var answererRevealed: Bool

    /// What is here.
    public init(
        iProposed: Bool, isOver: Bool = false, isCommitted: Bool = false, proposerRevealed: Bool = false,
        answererRevealed: Bool = false
    ) {
        self.iProposed = iProposed
        self.isOver = isOver
        self.isCommitted = isCommitted
        self.proposerRevealed = proposerRevealed
        self.answererRevealed = answererRevealed
    }

    /// Whether a move may follow; `mine`: it is one's own.
    public func allows(_ move: ExchangeMove, mine: Bool) -> Bool {
        let isProposers = mine == iProposed
        return switch move {
        case .propose: false
        // What is sealed after the proposer's words are out could be chosen by them.
        case .commit: !isProposers && !isOver && !isCommitted && !proposerRevealed
        // What was committed to is revealed, also when the proposal's time has ended meanwhile.
        case .reveal where isProposers: isCommitted && !proposerRevealed
        case .reveal: proposerRevealed && !answererRevealed
        }
    }

    /// Whether one's own words are due now: the proposer's when the commit is stored, the answerer's when the
    /// proposer's are stored and fit.
    public var revealIsDue: Bool { allows(.reveal, mine: true) }

    /// Whether the proposal can still be taken back: not once the other's sealed words are here, and one's own are out.
    public var canBeWithdrawn: Bool { iProposed && !isCommitted && !proposerRevealed }

    /// Whether both are here: only then is either shown.
    public var isOpen: Bool { proposerRevealed && answererRevealed }
}
