import MutualCore
import MutualCrypto
import MutualWire

/// acked <= received < next, wherever neither side was put back or copied `[log-1]`, `[log-2]`.
final class Positions: Checker {
    let name = "positions"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard turn.committed else { return }
        for person in turn.after.people {
            for other in world.machines where other.key == person.key && other.power == .running {
                try compare(turn.machine, other, world)
                try compare(other, turn.machine, world)
            }
        }
    }

    private func compare(_ writer: Machine, _ reader: Machine, _ world: World) throws {
        guard !(writer.ledger.people[reader.key]?.wasPutBack ?? false),
            !(reader.ledger.people[writer.key]?.wasPutBack ?? false), !writer.isClone, !reader.isClone
        else { return }
        guard let mine = try writer.outLog(to: reader.key), let held = try reader.inLogs(of: writer.key) else { return }
        try hold(mine.acked < mine.next, "machine \(writer.number): acked \(mine.acked), next \(mine.next)")
        try hold(mine.first >= 1 && mine.first <= mine.next, "machine \(writer.number): first \(mine.first)")
        guard let position = held.positions.first(where: { $0.log == mine.log }) else { return }
        try hold(
            position.received < mine.next,
            "machine \(reader.number) holds \(position.received) of \(writer.number), who gave up to \(mine.next - 1)")
        try hold(
            mine.acked <= position.received,
            "machine \(writer.number) counts \(mine.acked) acked, \(reader.number) holds \(position.received)")
    }
}

extension Machine {
    /// Our log to somebody, as it is stored.
    func outLog(to key: PublicKey) throws -> OutLog? {
        guard let person = try store?.peopleList().first(where: { $0.key == key }) else { return nil }
        return try read { journal throws(JournalFault) in try journal.outLog(person.row) }
    }

    /// Whether it began as many new logs today as it may: a first Hello that asks for one more closes `[log-5]`.
    func mayBeginNoLog(to other: Machine, _ world: World) throws -> Bool {
        guard let log = try outLog(to: other.key) else { return false }
        return log.newLogDay == now(world.nowMs).wallMs / 86_400_000 && log.newLogCount >= Limits.newLogsADay
    }

    /// What is held of somebody's logs.
    func inLogs(of key: PublicKey) throws -> InLogs? {
        guard let person = try store?.peopleList().first(where: { $0.key == key }) else { return nil }
        return try read { journal throws(JournalFault) in try journal.inLogs(person.row) }
    }
}
