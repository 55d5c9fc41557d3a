import MutualCore
import MutualWire

/// An id is shown once in a store's lineage, for each person and listing `[log-3]`.
final class ShownOnce: Checker {
    let name = "shown-once"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard event.body.kind == .itemArrived, let person = event.body.person, let id = event.body.item else { return }
        let before = machine.ledger.people[person]?.shownOnce.contains(id) ?? false
        try hold(!before, "machine \(machine.number) shows \(id.text) twice")
    }
}
