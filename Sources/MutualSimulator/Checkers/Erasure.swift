import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// A text that was erased is in no table and goes out no more: not by its writer after it was taken back or expired, not
/// by its reader after that was told.
final class Erasure: Checker {
    let name = "erasure"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard let id = event.body.item else { return }
        switch event.body.kind {
        case .itemErased:
            guard let person = event.body.person else { return }
            try gone(id, machine, mine: false, person: person)
        case .itemState:
            if event.body.state != .waiting, event.body.state != .delivered {
                machine.ledger.own[id]?.isErased = true
                guard let reader = machine.ledger.own[id]?.reader else { return }
                try gone(id, machine, mine: true, person: reader)
            }
        default: break
        }
    }

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        guard case .item(let item) = record else { return }
        let erased = speech.from.ledger.own[item.id]?.isErased ?? false
        try hold(!erased, "machine \(speech.from.number) gives \(item.id.text), which it erased")
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard turn.committed, turn.machine.turns % 61 == 0 else { return }
        try look(turn.machine)
    }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running { try look(machine) }
    }

    private func gone(_ id: ItemID, _ machine: Machine, mine: Bool, person: PublicKey) throws {
        guard let row = try machine.store?.peopleList().first(where: { $0.key == person })?.row else { return }
        let isHere = try machine.read { journal throws(JournalFault) -> Bool in
            guard let record = try journal.item(id: id, person: row, mine: mine)
            else { return false }
            return try journal.content(record.row) != nil
        }
        try hold(!isHere, "machine \(machine.number) still has the text of \(id.text)")
    }

    /// Rows without text have no key, and rows that were erased have no text.
    private func look(_ machine: Machine) throws {
        guard let store = machine.store else { return }
        for record in try store.items(beginning: "", limit: 10_000) {
            guard let detail = try store.itemDetail(record.row, nowMs: 0) else { continue }
            if record.erased { try hold(detail.content == nil, "machine \(machine.number) keeps an erased text") }
            if record.mine, machine.ledger.own[record.id]?.isErased ?? false {
                try hold(detail.content == nil, "machine \(machine.number) keeps the text of \(record.id.text)")
            }
        }
    }
}
