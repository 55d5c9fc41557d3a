import MutualCrypto
import MutualRules
import MutualWire

/// `item.give`: rules first, then one transaction for all copies (Protocol/control.md).
extension Node {
    mutating func give(_ asked: Give, _ turn: Turn) throws -> Reply {
        let give = try withPage(asked, turn)
        let answered = try give.re.map { try find(item: $0, turn) }
        let readers = try readers(of: give, answering: answered)
        let lifeS = try life(of: give, answering: answered, turn)
        var drafts: [(person: Person, item: Item, own: [UInt8]?)] = []
        for person in readers {
            if person.isBlocked { throw Refusal(.rule, "blocked", ["name": person.record.name]) }
            let id = turn.newItemID()
            let words = try sealWords(of: give, for: person, id, answering: answered, turn)
            var item = Item(id: id, madeMs: turn.now.wallMs, content: words?.content ?? give.content.tidied)
            item.re = answered?.id
            item.about = give.about
            item.auto = give.auto
            item.noKeep = give.noKeep
            if let fault = item.check() { throw Refusal.shape(fault, item) }
            try permit(item, to: person, answering: answered, anyway: give.anyway, turn)
            drafts.append((person, item, words?.own))
        }
        var given: [GivenItem] = []
        for (person, item, own) in drafts {
            try replaceOlder(than: item, to: person, turn)
            let record = ItemRecord(given: item, to: person.row, lifeS: lifeS, now: turn.now)
            let stored = try turn.journal.insert(record, content: item.stored())
            if let own { try turn.journal.setOwn(own, of: stored.row) }
            try self.answered(answered, by: item.content, turn)
            person.giveDue = true
            given.append(
                GivenItem(
                    person: person.record.key, name: person.record.name, id: item.id, handle: stored.handle,
                    state: .waiting))
        }
        try nudgeKindly(after: give, given, turn)
        return .given(given)
    }

    /// With `re` alone it goes to whom that item is shared with; both name the same person.
    private func readers(of give: Give, answering answered: ItemRecord?) throws -> [Person] {
        guard let answered else {
            guard !give.to.isEmpty else { throw Refusal(.badParameters, "to-missing") }
            return try find(all: give.to)
        }
        guard let sharer = person(answered.person), !sharer.isParting else { throw Refusal(.notFound, "item-gone") }
        if !give.to.isEmpty {
            let named = try find(all: give.to)
            guard named.count == 1, named[0] === sharer else { throw Refusal(.badParameters, "to-and-re-differ") }
        }
        return [sharer]
    }

    private func life(of give: Give, answering answered: ItemRecord?, _ turn: Turn) throws -> Int64 {
        guard let life = give.lifeS else {
            switch give.content {
            // As long as what it is said of.
            case .want: return min(max(1, answered?.leftS(at: turn.now) ?? 1), Limits.lifeMaxS)
            // The seal is needed here until the other's words can have come.
            case .exchange(.commit): return Limits.defaultLifeS
            default: return give.content.kind?.defaultLifeS ?? Limits.defaultLifeS
            }
        }
        guard (Int64(Limits.lifeMinS)...Int64(Limits.lifeMaxS)).contains(life) else {
            throw Refusal(.limit, "life-range")
        }
        return life
    }

    /// The writer's side of the rules.
    private func permit(
        _ item: Item, to person: Person, answering answered: ItemRecord?, anyway: Bool, _ turn: Turn
    ) throws {
        guard let kind = item.content.kind else { throw Refusal(.badParameters, "wrong-kind") }
        let draft = Draft(kind: kind, auto: item.auto)
        let context = Context(
            answers: try answered.map { record throws(JournalFault) in try turn.journal.answered(record) })
        switch verdict(on: draft, given: context) {
        case .allowed:
            return
        case .asksFirst(let reason, let arguments):
            if anyway { return }
            throw Refusal(
                .rule, "asks-first",
                arguments.merging(
                    ["name": person.record.name, "rule": reason.rawValue]) { first, _ in first })
        case .refused(let reason, let arguments):
            throw Refusal(.rule, reason.rawValue, arguments.merging(["name": person.record.name]) { first, _ in first })
        }
    }

    /// A new plan or room takes the place of the one before to the same person `[log-14]`: one that was never given leaves
    /// no trace, one that was given and not acked goes as Void, of one that is there only the text here is erased.
    private func replaceOlder(than item: Item, to person: Person, _ turn: Turn) throws {
        let kind = item.content.kindNumber
        guard kind == Kind.plan.rawValue || kind == Kind.room.rawValue else { return }
        for var older in try turn.journal.living(kind: kind, person: person.row, mine: true) {
            guard older.seq != nil else {
                try turn.journal.removeItem(older.row)
                older.cause = .replaced
                try tellState(.takenBack, of: older, turn)
                continue
            }
            try turn.journal.eraseContent(older.row)
            older.erased = true
            guard older.state == .waiting else { continue }
            older.state = .takenBack
            older.cause = .replaced
            try turn.journal.update(older)
            try tellState(.takenBack, of: older, turn)
        }
    }
}
