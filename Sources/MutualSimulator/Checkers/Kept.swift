import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// What somebody keeps can be read, whatever became of its life and its writer, until it is taken back `[log-9]`.
final class Kept: Checker {
    let name = "kept"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard event.body.kind == .itemErased, let id = event.body.item else { return }
        machine.ledger.kept.remove(id.text)
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        for effect in turn.effects {
            guard case .answer(let id, .success) = effect, case .itemKeep(let item)? = turn.machine.asked[id]?.call
            else {
                continue
            }
            // It may have been taken back in the same turn.
            if try jar(turn.machine).contains(item) { turn.machine.ledger.kept.insert(item) }
        }
        if turn.committed, turn.machine.turns % 61 == 0 { try look(turn.machine) }
    }

    func started(_ machine: Machine, _ world: World) throws { try look(machine) }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running { try look(machine) }
    }

    private func jar(_ machine: Machine) throws -> Set<String> {
        Set(try machine.store?.jar(limit: 10_000).map(\.record.id.text) ?? [])
    }

    private func look(_ machine: Machine) throws {
        guard !machine.ledger.kept.isEmpty else { return }
        let lost = machine.ledger.kept.subtracting(try jar(machine)).min()
        try hold(lost == nil, "machine \(machine.number) has lost \(lost ?? ""), which its person keeps")
    }
}
