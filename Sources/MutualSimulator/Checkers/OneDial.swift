/// At most one dial a person is under way, and none to somebody blocked `[discovery]`.
final class OneDial: Checker {
    let name = "one-dial"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        for person in turn.after.people {
            try hold(person.dials <= 1, "machine \(turn.machine.number) dials one person \(person.dials) times")
            try hold(person.held <= 1, "machine \(turn.machine.number) holds \(person.held) flights of one person")
            if person.standing == .blocked {
                try hold(
                    person.dials == 0 && person.sessions.isEmpty && person.held == 0,
                    "machine \(turn.machine.number) has to do with somebody blocked")
            }
        }
    }
}
