import MutualCore
import MutualWire

/// What one person gave to another is shown in the order in which it was accepted `[log-1]`. Two copies of one disk have
/// no common order.
final class ShownInOrder: Checker {
    let name = "shown-in-order"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard event.body.kind == .itemArrived, let person = event.body.person, let id = event.body.item,
            let item = world.accepted[id], item.writer == person
        else { return }
        try hold(item.reader == machine.key, "\(id.text) is shown to somebody else")
        guard !world.machines.contains(where: { $0.isClone && $0.key == person }) else { return }
        let ledger = machine.ledger.people[person] ?? .init()
        // What its writer's store forgot when it was put back may come in late, and has no common order with the rest.
        let writers = world.machines.filter { $0.key == person }
        let last = ledger.shown[min(ledger.orderFrom, ledger.shown.count)...].last { before in
            world.accepted[before] != nil && writers.contains { $0.ledger.own[before] != nil }
        }
        guard let last, let before = world.accepted[last] else { return }
        try hold(before.index < item.index, "machine \(machine.number) shows \(id.text) after \(last.text)")
    }
}
