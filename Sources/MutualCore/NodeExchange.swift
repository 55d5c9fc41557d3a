import MutualCrypto
import MutualRules
import MutualWire

/// Exchanges: both write, neither can see the other's first, both open together `[records-17]`.
extension Node {
    // MARK: giving

    /// Seals one's own words for a proposal or a commit. Gives what goes out now and what stays here; nil for every
    /// other kind.
    func sealWords(
        of give: Give, for person: Person, _ id: ItemID, answering answered: ItemRecord?, _ turn: Turn
    ) throws -> (content: Content, own: [UInt8])? {
        guard case .exchange(let step) = give.content else { return nil }
        // As its reader will hold it to them, with newlines as they are stored.
        let text = Content.note(text: give.words ?? "", want: nil).tidied.text
        let draft = Item(id: id, madeMs: 0, content: .encourage(text: text))
        if let fault = draft.check() { throw Refusal.shape(fault, draft) }
        var words = SealedWords(key: turn.entropy.bytes(Limits.sealKeyBytes), text: text)
        switch step {
        case .propose(let topic, _):
            guard !topic.isEmpty else { throw Refusal(.rule, "exchange-topic") }
            guard topic.utf8.count <= Limits.titleBytes else { throw Refusal(.limit, "topic-long") }
            let seal = words.seal(side: person.keys.mySide, proposal: id)
            return (.exchange(.propose(topic: topic, seal: seal)), ExchangeOwn.words(words).bytes)
        case .commit:
            let (proposal, seal) = try answerable(answered, turn)
            words.othersSeal = seal
            let own = words.seal(side: person.keys.mySide, proposal: proposal.id)
            return (.exchange(.commit(seal: own)), ExchangeOwn.words(words).bytes)
        case .reveal:
            // Words are revealed by the daemons, in their order.
            throw Refusal(.badParameters, "wrong-kind")
        }
    }

    /// The proposal that can be answered now, and its seal.
    private func answerable(_ record: ItemRecord?, _ turn: Turn) throws -> (ItemRecord, seal: [UInt8]) {
        guard let record, record.kind == Kind.exchange.rawValue, record.re == nil else {
            throw Refusal(.rule, Reason.wrongKind.rawValue, ["kind": Kind.exchange.name])
        }
        guard !record.mine else { throw Refusal(.rule, Reason.onlyTheOthers.rawValue, ["kind": Kind.exchange.name]) }
        let state = try ExchangeParts(proposal: record.id, person: record.person, in: turn.journal).state
        guard !state.isCommitted else { throw Refusal(.conflict, "exchange-answered") }
        guard state.allows(.commit, mine: true),
            case .propose(_, let seal) = try turn.journal.exchangeStep(record)
        else { throw Refusal(.notFound, "exchange-over") }
        return (record, seal)
    }

    /// Leaves an exchange unanswered. To the other it is the same as running out of time, so nothing is sent.
    func pass(_ typed: String, _ turn: Turn) throws -> Reply {
        var record = try find(item: typed, turn)
        _ = try answerable(record, turn)
        record.opened = true
        try turn.journal.update(record)
        try turn.journal.setExchangeOwn(.passed, of: record)
        return .opened([record.row])
    }

    /// One's answer was stored: there is no second one, also when the first runs out.
    func answered(_ proposal: ItemRecord?, by content: Content, _ turn: Turn) throws {
        guard let proposal, case .exchange(.commit) = content else { return }
        try turn.journal.setExchangeOwn(.answered, of: proposal)
    }

    /// One's answer ran out and never left: the proposal stands as it did.
    func answerNeverLeft(_ record: ItemRecord, _ turn: Turn) throws {
        guard record.kind == Kind.exchange.rawValue, !record.opened, let re = record.re,
            let proposal = try turn.journal.item(id: re, person: record.person, mine: false), !proposal.erased,
            try turn.journal.exchangeOwn(proposal) == .answered
        else { return }
        try turn.journal.setExchangeOwn(.unanswered, of: proposal)
    }

    // MARK: the other's move

    /// The other's commit or reveal was taken in its turn: one's own words may be due now.
    func moved(_ record: ItemRecord, _ person: Person, _ turn: Turn) throws {
        guard let proposal = record.re, let step = try turn.journal.exchangeStep(record) else { return }
        let parts = try ExchangeParts(proposal: proposal, person: person.row, in: turn.journal)
        switch step {
        case .propose: return
        case .commit(let seal):
            guard parts.state.revealIsDue, let mine = parts.proposal else { return }
            try reveal(mine, against: seal, isLast: false, to: person, turn)
        case .reveal(let key, let text):
            let side = 1 - person.keys.mySide
            let fits = SealedWords(key: key, text: text).seal(side: side, proposal: proposal) == parts.othersSeal
            try turn.journal.setExchangeOwn(.held(fits: fits), of: record)
            if var mine = parts.ownReveal {
                mine.opened = true
                try turn.journal.update(mine)
            } else if fits, parts.state.revealIsDue, let mine = parts.ownCommit, let seal = parts.othersSeal {
                try reveal(mine, against: seal, isLast: true, to: person, turn)
            }
            try turn.tell(EventBody(.exchangeOpened, person: person.record.key, item: record.id))
        }
    }

    /// Gives one's own words, which stood with the item that carried their seal, and from now on stand in the given one
    /// only. The other's seal stays with both, where the other cannot reach it `[records-28]`. `isLast`: the other's
    /// words are here.
    private func reveal(
        _ sealed: ItemRecord, against seal: [UInt8], isLast: Bool, to person: Person, _ turn: Turn
    ) throws {
        guard case .words(let words) = try turn.journal.exchangeOwn(sealed) else { throw JournalFault("damaged") }
        let content = Content.exchange(.reveal(key: words.key, text: words.text))
        var item = Item(id: turn.newItemID(), madeMs: turn.now.wallMs, content: content)
        item.re = sealed.re ?? sealed.id
        var record = ItemRecord(given: item, to: person.row, lifeS: Limits.defaultLifeS, now: turn.now)
        record.opened = isLast
        let given = try turn.journal.insert(record, content: item.stored())
        if !isLast { try turn.journal.setExchangeOwn(.revealed(othersSeal: seal), of: given) }
        try turn.journal.setExchangeOwn(.revealed(othersSeal: seal), of: sealed)
        person.giveDue = true
    }

    // MARK: taking back, and the end

    /// Of an exchange one takes back one's own words; not before both are here, once the other has sealed theirs.
    mutating func wordsToTakeBack(of record: ItemRecord, _ turn: Turn) throws -> [Retraction]? {
        guard record.kind == Kind.exchange.rawValue, record.mine, record.re == nil else { return nil }
        let parts = try ExchangeParts(proposal: record.id, person: record.person, in: turn.journal)
        if parts.state.canBeWithdrawn { return nil }
        guard parts.isShown, let words = parts.ownReveal else { throw Refusal(.rule, "exchange-begun") }
        _ = try takeBack(record, cause: .byYou, turn)
        return [try takeBack(words, cause: .byYou, turn)]
    }

    /// The time of a proposal is over. When it was given and not opened, that stands in its place for a day: alike
    /// for one that was passed, and for one that nobody came to.
    func endProposal(_ record: ItemRecord, _ turn: Turn) throws {
        let parts = try ExchangeParts(proposal: record.id, person: record.person, in: turn.journal)
        var ended = record
        ended.expiresMs = record.expiresMs + Times.day
        if record.mine {
            switch try LifeEnd.perform(record, journal: turn.journal) {
            case .neverGiven(let record): return try tellState(.notReached, of: record, turn)
            case .undecided(let record):
                try tellState(.undecided, of: record, turn)
                ended.state = .undecided
            case .known: break
            }
            if !parts.isShown { try turn.journal.update(ended) }
        } else if parts.isShown {
            try turn.journal.removeItem(record.row)
        } else {
            try turn.journal.eraseContent(record.row)
            ended.state = .notReached
            try turn.journal.update(ended)
        }
    }
}
