import MutualCore
import MutualWire

/// Of every item an end is told: delivered, not reached, taken back. What no end was told of stands in the store; none
/// vanishes without a word `[log-8]`.
final class EndsTold: Checker {
    let name = "ends-told"

    func started(_ machine: Machine, _ world: World) throws { try look(machine, world) }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running { try look(machine, world) }
    }

    /// Of what was undecided when this store, or the one of its reader, was put back nothing more may be known `[log-5]`.
    private func look(_ machine: Machine, _ world: World) throws {
        let isCopied = world.machines.contains { $0.isClone && $0.key == machine.key }
        guard let people = try machine.store?.peopleList(), machine.ledger.restores == 0, !isCopied else { return }
        for (id, own) in machine.ledger.own.sorted(by: { $0.key < $1.key }) {
            guard own.state == .waiting || own.state == .undecided else { continue }
            guard !world.tricksters.contains(where: { $0.key == own.reader }) else { continue }
            guard let row = people.first(where: { $0.key == own.reader })?.row else { continue }
            let isHere = try machine.read { journal throws(JournalFault) in
                try journal.item(id: id, person: row, mine: true) != nil
            }
            try hold(isHere, "machine \(machine.number): \(id.text) is gone, and told as \(own.state.rawValue)")
        }
    }
}
