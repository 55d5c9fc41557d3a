import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Nothing is given, acked or told that is not committed: what was promised stands on the disk, seen past everything that
/// is held in memory, after every start and now and then in between.
final class PromisesKept: Checker {
    let name = "promises-kept"

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        let machine = speech.from
        let person = speech.to.key
        switch record {
        case .ack(let log, let received):
            let held = try machine.inLogs(of: person)?.positions.first { $0.log == log }
            try hold(held?.received ?? 0 >= received, "machine \(machine.number) acks \(received) and holds less")
            machine.ledger.people[person, default: .init()].acked[log, default: 0].raise(to: received)
        case .hello(let hello):
            if let log = hello.peerLog {
                machine.ledger.people[person, default: .init()].acked[log, default: 0].raise(to: hello.received)
            }
            machine.ledger.people[person, default: .init()].given[hello.log, default: 0].raise(to: hello.next - 1)
        case .item(let item):
            guard let log = speech.talk.logs.last else { return }
            machine.ledger.people[person, default: .init()].given[log, default: 0].raise(to: item.seq)
        case .void(let seq, _):
            guard let log = speech.talk.logs.last else { return }
            machine.ledger.people[person, default: .init()].given[log, default: 0].raise(to: seq)
        case .ping, .pong, .bye, .answer, .unknown: break
        }
    }

    func started(_ machine: Machine, _ world: World) throws {
        guard let store = machine.store else { return }
        try look(machine, store)
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard turn.committed else { return }
        try forget(turn)
        guard turn.machine.turns % 97 == 0 else { return }
        try look(turn.machine, try turn.machine.freshStore())
    }

    func converged(_ world: World) throws {
        for machine in world.machines where machine.power == .running {
            try look(machine, try machine.freshStore())
        }
    }

    /// Only the last 8 logs of a person are kept: what was acked in one that went is no promise any more, and if its
    /// writer, put back once more, returns to it, it is taken from 0 `[log-5]`. So many logs come only of restores.
    private func forget(_ turn: TurnRecord) throws {
        for person in turn.after.people {
            guard let promised = turn.machine.ledger.people[person.key], promised.wasPutBack,
                let held = try turn.machine.inLogs(of: person.key)
            else { continue }
            forget(held, person.key, turn.machine)
        }
    }

    private func forget(_ held: InLogs, _ person: PublicKey, _ machine: Machine) {
        guard held.positions.count >= Limits.rememberedLogs else { return }
        guard let acked = machine.ledger.people[person]?.acked else { return }
        machine.ledger.people[person]?.acked = acked.filter { one in
            held.positions.contains { $0.log == one.key }
        }
    }

    private func look(_ machine: Machine, _ store: Store) throws {
        let people = try store.peopleList()
        for person in people {
            guard let promised = machine.ledger.people[person.key] else { continue }
            let (out, held) = try store.turn { journal throws(JournalFault) in
                (try journal.outLog(person.row), try journal.inLogs(person.row))
            }
            for position in held.positions {
                let acked = promised.acked[position.log] ?? 0
                try hold(
                    position.received >= acked, "machine \(machine.number) acked \(acked), holds \(position.received)")
            }
            let given = promised.given[out.log] ?? 0
            try hold(out.next > given, "machine \(machine.number) gave \(given), and next is \(out.next)")
        }
        let last = try store.lastEventSeq()
        try hold(last >= machine.ledger.lastEvent, "machine \(machine.number) told events that are not on its disk")
    }
}

extension UInt64 {
    mutating func raise(to other: UInt64) { self = Swift.max(self, other) }
}
