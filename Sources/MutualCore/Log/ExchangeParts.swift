import MutualCrypto
import MutualRules
import MutualWire

/// The items of one exchange that are here. Each is stored only in its turn, so their places say what they are.
struct ExchangeParts {
    /// The proposal; nil when it is gone.
    let proposal: ItemRecord?
    let commit: ItemRecord?
    let proposersReveal: ItemRecord?
    let answerersReveal: ItemRecord?
    /// What the rules know of it.
    let state: ExchangeState

    init(proposal id: ItemID, person: PersonRow, in journal: any Journal) throws(JournalFault) {
        proposal = try journal.item(eithers: id, person: person)
        let answers = try journal.answers(to: id, person: person).filter { $0.kind == Kind.exchange.rawValue }
        let iProposed = proposal?.mine ?? (answers.first?.mine == false)
        let proposers = answers.filter { $0.mine == iProposed }
        let answerers = answers.filter { $0.mine != iProposed }
        commit = answerers.first
        proposersReveal = proposers.first
        answerersReveal = answerers.dropFirst().first
        state = ExchangeState(
            iProposed: iProposed, isOver: proposal?.erased ?? true, isCommitted: commit != nil,
            proposerRevealed: proposersReveal != nil, answererRevealed: answerersReveal != nil)
    }

    /// Whether the other's words are here, so that both may be shown.
    var isShown: Bool { (state.iProposed ? answerersReveal : proposersReveal) != nil }
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
        guard let hasSeal = bytes.first, bytes.count > Limits.sealKeyBytes else { return nil }
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
    /// The step of an exchange that an item is; nil for another kind, or when its texts are erased.
    func exchangeStep(_ record: ItemRecord) throws(JournalFault) -> ExchangeStep? {
        guard let stored = try content(record.row), case .exchange(let step)? = Item(stored: stored)?.content else {
            return nil
        }
        return step
    }
}
