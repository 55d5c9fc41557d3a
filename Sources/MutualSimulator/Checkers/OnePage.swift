import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// One living page and one living room a writer and reader, the newest, on both machines `[log-14]`.
final class OnePage: Checker {
    let name = "one-page"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard world.options.habits.pages, turn.committed else { return }
        for person in turn.after.people {
            for kind in [Kinds.plan, Kinds.room] {
                for mine in [true, false] {
                    let living = try turn.machine.living(kind, person.row, mine: mine)
                    try hold(
                        living.count <= 1,
                        "machine \(turn.machine.number) has \(living.count) of kind \(kind), mine: \(mine)")
                }
            }
        }
    }

    /// Both have the same one; where somebody was put back the older may be known again and never be given once more.
    /// By clocks that were hours off it may be over for one of them.
    func converged(_ world: World) throws {
        let clocksAgree = world.options.clockSkewMs == 0 && !world.options.clockJumps
        for (writer, reader) in try world.pairsThatMet() {
            guard let row = writer.sees(reader)?.row, let there = reader.sees(writer)?.row else { continue }
            for kind in [Kinds.plan, Kinds.room] {
                let given = try writer.living(kind, row, mine: true).first
                let taken = try reader.living(kind, there, mine: false).first
                if given == nil || taken == nil {
                    let one = given.map { $0.expiresMs - writer.now(world.nowMs).wallMs }
                    let leftMs = one ?? taken.map { $0.expiresMs - reader.now(world.nowMs).wallMs } ?? 0
                    if !clocksAgree || leftMs < 2 * 3_600_000 { continue }
                }
                try hold(
                    given?.id == taken?.id,
                    "machine \(writer.number) shares \(given?.id.text ?? "nothing") of kind \(kind) with "
                        + "\(reader.number), who has \(taken?.id.text ?? "nothing")")
            }
        }
    }
}

extension Machine {
    /// Items of a kind whose texts are here.
    func living(_ kind: UInt32, _ person: PersonRow, mine: Bool) throws -> [ItemRecord] {
        try store?.look { journal throws(JournalFault) in
            try journal.living(kind: kind, person: person, mine: mine)
        } ?? []
    }
}

extension World {
    /// Two who list each other, met, and were never put back or listed anew, both ways round. The limits of a day are no
    /// fault.
    func pairsThatMet() throws -> [(Machine, Machine)] {
        var pairs: [(Machine, Machine)] = []
        for one in machines where one.power == .running && !one.isClone {
            for other in machines where other !== one && other.power == .running && other.key != one.key {
                guard let mine = one.sees(other), let theirs = other.sees(one), mine.standing.isMet,
                    theirs.standing.isMet, one.mayMeet(other)
                else { continue }
                let isTorn = [(one, other), (other, one)].contains { machine, there in
                    machine.ledger.people[there.key]?.wasPutBack ?? false
                }
                if isTorn || one.ledger.restores > 0 || other.ledger.restores > 0 { continue }
                if try one.isAtLimit(with: other, self) || other.isAtLimit(with: one, self) { continue }
                pairs.append((one, other))
            }
        }
        return pairs
    }
}

extension Machine {
    /// Whether they share a LAN.
    func mayMeet(_ other: Machine) -> Bool {
        cards.contains { card in other.cards.contains { $0.lan == card.lan } }
    }

    /// Whether a limit of a day stands between what somebody gives and this reader.
    func isAtLimit(with writer: Machine, _ world: World) throws -> Bool {
        if try writer.mayBeginNoLog(to: self, world) { return true }
        return try inLogs(of: writer.key).map { $0.items >= Limits.itemsADay || $0.bytes >= Limits.bytesADay / 2 }
            ?? false
    }
}
