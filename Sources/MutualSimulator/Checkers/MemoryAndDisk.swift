import MutualCore
import MutualStore

/// What a Node holds of people in memory is what stands in its store: the same people, each as what they are.
final class MemoryAndDisk: Checker {
    let name = "memory-and-disk"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        // Nothing else changes what people are to us.
        let isAsked = turn.inputs.contains { if case .requestReceived = $0 { true } else { false } }
        guard turn.committed || isAsked, let store = turn.machine.store else { return }
        try compare(turn.after, try store.peopleList(), turn.machine)
    }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running {
            guard let held = machine.inspection() else { continue }
            try compare(held, try machine.freshStore().peopleList(), machine)
        }
    }

    private func compare(_ held: Inspection, _ stored: [PersonRecord], _ machine: Machine) throws {
        try hold(
            held.people.map(\.row) == stored.map(\.row) && held.people.map(\.key) == stored.map(\.key),
            "machine \(machine.number) holds \(held.people.count) people, and \(stored.count) are stored")
        for (one, other) in zip(held.people, stored) {
            try hold(
                one.standing == other.standing,
                "machine \(machine.number) holds \(other.name) as \(one.standing), stored is \(other.standing)")
        }
    }
}
