import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// After healing: one session that stays for each two who list each other, every accepted item delivered, expired or taken
/// back, and told; both stores agree.
final class Convergence: Checker {
    let name = "convergence"
    /// How long it may take after healing and after any hold.
    static let withinMs: Int64 = 90_000

    func converged(_ world: World) throws {
        let running = world.machines.filter { $0.power == .running }
        for one in running {
            for other in running where one.number < other.number && one.key != other.key {
                guard let mine = one.sees(other), let theirs = other.sees(one) else { continue }
                guard mine.standing.isMet, theirs.standing.isMet else { continue }
                guard one.mayMeet(other) else { continue }
                // The limits of a day are no fault.
                if try one.mayBeginNoLog(to: other, world) || other.mayBeginNoLog(to: one, world) { continue }
                try meet(one, mine, other, theirs)
                try agree(one, other, world)
                try agree(other, one, world)
            }
        }
    }

    private func meet(
        _ one: Machine, _ mine: Inspection.Person, _ other: Machine, _ theirs: Inspection.Person
    ) throws {
        let who = "machines \(one.number) and \(other.number)"
        try hold(
            mine.sessions.count == 1 && theirs.sessions.count == 1,
            "\(who) have \(mine.sessions.count) and \(theirs.sessions.count) sessions")
        try hold(mine.sessions.allSatisfy(\.isReady) && theirs.sessions.allSatisfy(\.isReady), "\(who): not ready")
        let mySocket = mine.sessions.first.flatMap { one.sockets[$0.connection] }
        let theirSocket = theirs.sessions.first.flatMap { other.sockets[$0.connection] }
        let isSame = mySocket?.connection != nil && mySocket?.connection === theirSocket?.connection
        try hold(isSame, "\(who) have sessions on two connections")
    }

    private func agree(_ writer: Machine, _ reader: Machine, _ world: World) throws {
        let who = "machine \(writer.number) to \(reader.number)"
        guard let out = try writer.outLog(to: reader.key), let held = try reader.inLogs(of: writer.key),
            let row = writer.sees(reader)?.row, let store = writer.store
        else { return }
        // The limits of a day are no fault.
        if held.items >= Limits.itemsADay || out.newLogCount >= Limits.newLogsADay { return }
        let waiting = try writer.read { journal throws(JournalFault) in
            try journal.unnumbered(row, after: nil, limit: 10)
        }
        try hold(waiting.isEmpty, "\(who): \(waiting.count) items were never given")
        try hold(out.acked + 1 == out.next, "\(who): next \(out.next), acked \(out.acked)")
        let position = held.positions.last
        try hold(position?.log == out.log, "\(who): the reader holds another log")
        try hold(position?.received == out.acked, "\(who): acked \(out.acked), held \(position?.received ?? 0)")
        let open = try store.outbox(limit: 1_000, nowMs: writer.now(world.nowMs).wallMs)
        for detail in open where detail.person == reader.key {
            try hold(false, "\(who): \(detail.record.id.text) is still \(detail.record.state.rawValue)")
        }
        try takenBackIsGone(writer, reader, who, world)
    }
}

extension Convergence {
    /// What was taken back stands on no screen any more, however far it had come. Where both were put back, one to after
    /// a retract was acked and the other to before it came, nobody gives it again: their persons are told `[log-5]`.
    /// Of two copies of a disk the other one may have read and acked it.
    private func takenBackIsGone(_ writer: Machine, _ reader: Machine, _ who: String, _ world: World) throws {
        let isCopied = world.machines.contains { $0.isClone && ($0.key == writer.key || $0.key == reader.key) }
        guard let row = reader.sees(writer)?.row, !isCopied else { return }
        if writer.ledger.restores > 0, reader.ledger.restores > 0 { return }
        for (id, own) in writer.ledger.own.sorted(by: { $0.key < $1.key }) {
            guard own.reader == reader.key, own.state == .takenBack, own.reach != .hereOnly, own.cause == .byYou
            else { continue }
            let isHere = try reader.read { journal throws(JournalFault) -> Bool in
                guard let record = try journal.item(id: id, person: row, mine: false), !record.kept else {
                    return false
                }
                return try journal.content(record.row) != nil
            }
            try hold(!isHere, "\(who): \(id.text) was taken back and is still there")
        }
    }
}

extension Machine {
    /// Somebody, as this Node holds them now.
    func sees(_ other: Machine) -> Inspection.Person? { inspection()?.people.first { $0.key == other.key } }
}

extension PersonRecord.Standing {
    /// Whether sessions with them are wanted.
    var isMet: Bool {
        switch self {
        case .listed, .mutual: true
        case .parting, .blocked: false
        }
    }
}

extension World {
    /// When the last pause for too many replacements is over `[session-22]`.
    func holdEndMs() -> Int64 {
        var end = nowMs
        for machine in machines where machine.power == .running {
            for person in machine.inspection()?.people ?? [] {
                if person.pausedUntilMs > -1_000_000_000_000 {
                    end = max(end, person.pausedUntilMs + machine.runningFromMs)
                }
            }
        }
        return end
    }
}
