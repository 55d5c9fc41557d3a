import MutualCore
import MutualWire

/// An id is shown once in a store's lineage, for each person and listing `[log-3]`.
final class ShownOnce: Checker {
    let name = "shown-once"
    /// How long a reader keeps an id by its own clock, milliseconds `[log-3]`.
    private static let keptMs: Int64 = 120 * 86_400_000
    /// By how much its clock may move on before the next start without being held for a jump `[log-11.2]`.
    private static let unnoticedMs: Int64 = 86_400_000

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard event.body.kind == .itemArrived, let person = event.body.person, let id = event.body.item else { return }
        let before = machine.ledger.people[person]?.shownOnce[id]
        try hold(before == nil, "machine \(machine.number) shows \(id.text) twice")
    }

    /// An id is kept for 120 days of the reader's clock, which need not agree with the writer's `[log-11.1]`: where that
    /// clock says at a start that they are over, a writer who was put back, and by whose clock the item still lives, may
    /// give it once more. While the daemon runs a jump of the clock makes it forget nothing within these few hours
    /// `[log-11.2]`, so that only what is old at a start is let go.
    func started(_ machine: Machine, _ world: World) throws {
        let keptFromMs = machine.now(world.nowMs).wallMs + Self.unnoticedMs - Self.keptMs
        for (person, ledger) in machine.ledger.people {
            machine.ledger.people[person]?.shownOnce = ledger.shownOnce.filter { $0.value > keptFromMs }
        }
    }
}
