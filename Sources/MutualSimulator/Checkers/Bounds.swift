import MutualCore
import MutualWire

/// Queues and memory are bounded: output, input, strangers, what waits for a day, effects of one turn.
final class Bounds: Checker {
    let name = "bounds"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        let who = "machine \(turn.machine.number)"
        let after = turn.after
        try hold(after.strangers <= Limits.strangers, "\(who) keeps \(after.strangers) strangers")
        try hold(
            after.connections <= Limits.strangers + 8 * (after.people.count + 1),
            "\(who): \(after.connections) connections")
        try hold(
            after.inputBytes <= 70_000 * (after.connections + 1), "\(who) keeps \(after.inputBytes) bytes of input")
        for person in after.people {
            for session in person.sessions {
                // The bound, the record that went over it, and what stands outside of it.
                let most = Limits.sessionQueueBytes + Limits.recordBytes + 16 * Limits.cellBytes
                try hold(session.unsentBytes <= most, "\(who) queues \(session.unsentBytes) bytes")
                try hold(session.inputBytes < Limits.cellBytes, "\(who) keeps \(session.inputBytes) bytes of a cell")
                try hold(
                    session.waitingRecords <= Limits.unackedRecords
                        && session.waitingBytes <= Limits.unackedBytes + Limits.recordBytes,
                    "\(who) lets \(session.waitingRecords) records wait in memory")
            }
        }
    }
}
