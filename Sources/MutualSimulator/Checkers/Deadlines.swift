/// The deadline always moves: a machine to which nothing happens does not wake all the time.
final class Deadlines: Checker {
    let name = "deadlines"
    private var seconds: [Int: (second: Int64, turns: Int)] = [:]

    func turned(_ turn: TurnRecord, _ world: World) throws {
        let onlyTime = turn.inputs.allSatisfy { if case .deadlineReached = $0 { true } else { false } }
        let next = turn.machine.dueMs
        try hold(next > turn.atMs, "machine \(turn.machine.number) is due again at once")
        guard onlyTime else { return }
        var count = seconds[turn.machine.number] ?? (turn.atMs / 1_000, 0)
        if count.second != turn.atMs / 1_000 { count = (turn.atMs / 1_000, 0) }
        count.turns += 1
        seconds[turn.machine.number] = count
        try hold(count.turns <= 60, "machine \(turn.machine.number) wakes \(count.turns) times in a second for nothing")
    }
}
