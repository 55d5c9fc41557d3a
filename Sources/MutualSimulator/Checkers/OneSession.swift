/// At most one ready session a person and side, and sessions in the order of their handshakes `[session-15]`.
final class OneSession: Checker {
    let name = "one-session"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        for person in turn.after.people {
            let ready = person.sessions.filter(\.isReady)
            try hold(
                ready.count <= 1, "machine \(turn.machine.number) has \(ready.count) ready sessions with one person")
            let orders = person.sessions.map(\.order)
            try hold(orders == orders.sorted(), "machine \(turn.machine.number) has sessions out of order")
            try hold(
                person.sessions.count <= 40, "machine \(turn.machine.number) has \(person.sessions.count) sessions")
        }
    }
}
