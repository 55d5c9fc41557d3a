import MutualCore

/// Events have one sequence without gap or double, and what is published stands in the store.
final class EventOrder: Checker {
    let name = "event-order"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        let last = machine.ledger.lastEvent
        try hold(event.seq == last + 1, "machine \(machine.number) tells \(event.seq) after \(last)")
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        for effect in turn.effects {
            guard case .publish(let events) = effect, let last = events.last else { continue }
            try hold(
                last.seq <= turn.machine.ledger.lastEvent, "machine \(turn.machine.number) publishes what is not stored"
            )
        }
    }
}
