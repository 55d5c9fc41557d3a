import MutualCore
import MutualWire

/// "Never left" and "did not reach" mean that it was never shown; "delivered" means that it was taken, unless a restore was
/// told `[log-8]`.
final class ToldTruth: Checker {
    let name = "told-truth"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard let id = event.body.item else { return }
        switch event.body.kind {
        case .itemDelivered: try delivered(id, machine, world)
        case .itemState:
            if event.body.state == .notReached { try neverShown(id, machine, world, "did not reach") }
        case .itemArrived: try arrived(id, machine, world)
        default: break
        }
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        for effect in turn.effects {
            guard case .answer(_, .success(.retracted(let copies))) = effect else { continue }
            for copy in copies where copy.reach == .neverLeft {
                try neverShown(copy.id, turn.machine, world, "never left")
            }
        }
    }

    private func neverShown(_ id: ItemID, _ machine: Machine, _ world: World, _ words: String) throws {
        guard let item = world.accepted[id], !wasPutBack(machine, item) else { return }
        try hold(!item.wasShown, "machine \(machine.number) says \(id.text) \(words), and it was shown")
    }

    /// What was told never to have left may not be shown later, either.
    private func arrived(_ id: ItemID, _ reader: Machine, _ world: World) throws {
        guard let item = world.accepted[id] else { return }
        for writer in world.machines where writer.key == item.writer {
            guard let own = writer.ledger.own[id], !wasPutBack(writer, item) else { continue }
            let neverLeft = own.reach == .neverLeft
            try hold(
                own.state != .notReached && !neverLeft,
                "machine \(reader.number) shows \(id.text), of which \(writer.number) was told \(own.state.rawValue)")
        }
    }

    private func delivered(_ id: ItemID, _ writer: Machine, _ world: World) throws {
        guard let item = world.accepted[id], !wasPutBack(writer, item), !item.wasShown else { return }
        let readers = world.machines.filter { $0.key == item.reader && $0.power == .running }
        guard !readers.isEmpty, !readers.contains(where: { $0.ledger.restores > 0 }) else { return }
        for reader in readers {
            guard let person = try reader.store?.peopleList().first(where: { $0.key == item.writer }) else { return }
            if try reader.read({ journal throws(JournalFault) in try journal.isTaken(id, person: person.row) }) {
                return
            }
        }
        try hold(false, "machine \(writer.number) says \(id.text) is delivered, and nobody took it")
    }

    private func wasPutBack(_ writer: Machine, _ item: Accepted) -> Bool {
        writer.ledger.restores > 0 || writer.isClone || writer.ledger.people[item.reader]?.wasPutBack ?? false
    }
}
