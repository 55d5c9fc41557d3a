import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// An exchange shows nobody's words before both are here, then both, and exactly what each wrote `[records-17]`.
final class Sealed: Checker {
    let name = "sealed"
    /// What somebody sealed, by the proposal and their name: more than one only where they were put back in between.
    private var words: [String: [String]] = [:]

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard world.options.habits.exchanges else { return }
        remember(turn)
        guard turn.committed else { return }
        for person in turn.after.people { try look(turn.machine, person, world) }
    }

    private func remember(_ turn: TurnRecord) {
        for effect in turn.effects {
            guard case .answer(let id, .success(.given(let items))) = effect,
                case .itemGive(let give)? = turn.machine.asked[id]?.call, case .exchange = give.content
            else { continue }
            for item in items {
                words[(give.re ?? item.id.text) + turn.machine.name, default: []].append(give.words ?? "")
            }
        }
    }

    private func look(_ machine: Machine, _ person: Inspection.Person, _ world: World) throws {
        for proposal in try machine.exchanges(with: person.row) {
            let parts = try machine.exchange(proposal, with: person)
            guard let parts else { continue }
            let who = "machine \(machine.number), exchange \(proposal.text)"
            if !parts.isOthersHere, !parts.isErased {
                try hold(
                    parts.view.stage != .opened && parts.view.mine == nil && parts.view.theirs == nil,
                    "\(who): \(parts.view.stage.rawValue) before the other's words are here")
                try hold(!parts.isOwnListed, "\(who): one's own words are listed before the other's are here")
            }
            try hold(!parts.isSealListed, "\(who): a seal is listed")
            guard let other = world.machines.first(where: { $0.key == person.key }) else { continue }
            if let theirs = parts.view.theirs {
                // Somebody who was put back may have sealed other words since.
                let isTorn = machine.ledger.people[person.key]?.wasPutBack ?? false
                try hold(parts.view.fits || isTorn, "\(who): what an honest one sealed does not fit")
                let said = words[proposal.text + other.name]
                try hold(said?.contains(theirs) ?? true, "\(who): shows other words than were sealed")
            }
            if let mine = parts.view.mine, let said = words[proposal.text + machine.name] {
                try hold(said.contains(mine), "\(who): shows other words of one's own than were sealed")
            }
        }
    }

    /// What was committed to is open on both machines.
    func converged(_ world: World) throws {
        guard world.options.habits.exchanges else { return }
        for (one, other) in try world.pairsThatMet() {
            guard let mine = one.sees(other), let theirs = other.sees(one) else { continue }
            for proposal in try one.exchanges(with: mine.row) {
                guard let here = try one.exchange(proposal, with: mine),
                    let there = try other.exchange(proposal, with: theirs), !here.isErased, !there.isErased,
                    here.answers > 0, there.answers > 0
                else { continue }
                try hold(
                    here.view.stage == .opened && there.view.stage == .opened,
                    "exchange \(proposal.text): \(here.view.stage.rawValue) on machine \(one.number), "
                        + "\(there.view.stage.rawValue) on \(other.number)")
            }
        }
    }
}

/// An exchange, as it stands in a store.
private struct ExchangeParts {
    var view: ExchangeView
    /// Moves that answer the proposal.
    var answers = 0
    /// The other's words are here.
    var isOthersHere = false
    /// Something of it was erased, so that nobody can tell what it was.
    var isErased = false
    /// A list shows one's own words, or a seal.
    var isOwnListed = false
    var isSealListed = false
}

extension Machine {
    /// The proposals of all exchanges with somebody of which a move is here, in order.
    fileprivate func exchanges(with person: PersonRow) throws -> [ItemID] {
        let moves = try living(Kinds.exchange, person, mine: true) + living(Kinds.exchange, person, mine: false)
        return Array(Set(moves.map { $0.re ?? $0.id })).sorted()
    }

    fileprivate func exchange(_ proposal: ItemID, with person: Inspection.Person) throws -> ExchangeParts? {
        guard let store else { return nil }
        var seals: [ItemRow] = []
        var own: [ItemRow] = []
        var parts = try store.look { journal throws(JournalFault) -> ExchangeParts? in
            var proposed = try journal.item(id: proposal, person: person.row, mine: true)
            if proposed == nil { proposed = try journal.item(id: proposal, person: person.row, mine: false) }
            let answers = try journal.answers(to: proposal, person: person.row).filter { $0.kind == Kinds.exchange }
            guard let first = proposed ?? answers.first,
                let view = try ExchangeView(of: first, in: journal)
            else { return nil }
            var parts = ExchangeParts(view: view, answers: answers.count)
            parts.isErased = proposed?.erased ?? true
            for answer in answers {
                guard let stored = try journal.content(answer.row) else {
                    parts.isErased = true
                    continue
                }
                guard case .exchange(let step)? = Item(stored: stored)?.content else { continue }
                guard case .reveal = step else {
                    seals.append(answer.row)
                    continue
                }
                if answer.mine { own.append(answer.row) } else { parts.isOthersHere = true }
            }
            return parts
        }
        // Shown whatever its life is.
        parts?.isSealListed = try seals.contains { try store.itemDetail($0, nowMs: 0) != nil }
        parts?.isOwnListed = try own.contains { try store.itemDetail($0, nowMs: 0) != nil }
        return parts
    }
}
