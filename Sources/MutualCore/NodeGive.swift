import MutualCrypto
import MutualRules
import MutualWire

/// `item.give`: rules first, then one transaction for all copies (Protocol/control.md).
extension Node {
    mutating func give(_ give: Give, _ turn: Turn) throws -> Reply {
        let answered = try give.re.map { try find(item: $0, turn) }
        let readers = try readers(of: give, answering: answered)
        let lifeS = try life(of: give)
        var drafts: [(person: Person, item: Item)] = []
        for person in readers {
            if person.isBlocked { throw Refusal(.rule, "blocked", ["name": person.record.name]) }
            var item = Item(id: turn.newItemID(), madeMs: turn.now.wallMs, content: give.content.tidied)
            item.re = answered?.id
            item.about = give.about
            item.auto = give.auto
            item.noKeep = give.noKeep
            if let fault = item.check() { throw Refusal.shape(fault, item) }
            try permit(item, to: person, answering: answered, anyway: give.anyway, turn)
            drafts.append((person, item))
        }
        var given: [GivenItem] = []
        for (person, item) in drafts {
            let record = ItemRecord(given: item, to: person.row, lifeS: lifeS, now: turn.now)
            let stored = try turn.journal.insert(record, content: item.stored())
            person.giveDue = true
            given.append(
                GivenItem(
                    person: person.record.key, name: person.record.name, id: item.id, handle: stored.handle,
                    state: .waiting))
        }
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

    private func life(of give: Give) throws -> Int64 {
        guard let life = give.lifeS else { return give.content.kind?.defaultLifeS ?? Limits.defaultLifeS }
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
        let context = Context(answers: answered.map { AnsweredItem($0) })
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
}
