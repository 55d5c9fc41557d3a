import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Parting `[log-10]`: who is told that somebody parted answers with a Bye on a connection that is still open, and where
/// both can meet nobody goes on parting.
final class Goodbyes: Checker {
    let name = "goodbyes"
    private var parted: [Int: [PublicKey]] = [:]
    /// Who owes whom a Bye: written at the end of the turn in which it was read.
    private var owed: [Int: (life: Int, turn: Int, people: [PublicKey])] = [:]

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard event.body.kind == .personParted, let person = event.body.person else { return }
        parted[machine.number, default: []].append(person)
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        let number = turn.machine.number
        try nothingAfterTheEnd(turn)
        if let owing = owed.removeValue(forKey: number), owing.life == turn.machine.life {
            try hold(owing.people.isEmpty, "machine \(number) is told that somebody parted, and says no Bye")
        }
        let people = (parted.removeValue(forKey: number) ?? []).filter { person in
            turn.before.people.contains { isWhole($0, person, turn.machine) }
        }
        if !people.isEmpty { owed[number] = (turn.machine.life, turn.machine.turns, people) }
    }

    /// What is closed is written to no more: nobody reads it.
    private func nothingAfterTheEnd(_ turn: TurnRecord) throws {
        var ended: Set<ConnectionID> = []
        for effect in turn.effects {
            switch effect {
            case .close(let id), .reset(let id): ended.insert(id)
            case .write(let id, _):
                try hold(!ended.contains(id), "machine \(turn.machine.number) writes to what it has closed")
            default: break
            }
        }
    }

    /// Whether all that could be read of somebody in this turn came on connections that are still there.
    private func isWhole(_ person: Inspection.Person, _ key: PublicKey, _ machine: Machine) -> Bool {
        guard person.key == key, !person.sessions.isEmpty else { return false }
        return person.sessions.allSatisfy { session in
            guard let socket = machine.sockets[session.connection], socket.state == .open else { return false }
            return socket.connection?.tap.isSession ?? false
        }
    }

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        guard record == .bye else { return }
        owed[speech.from.number]?.people.removeAll { $0 == speech.to.key }
    }

    func started(_ machine: Machine, _ world: World) throws {
        owed[machine.number] = nil
        parted[machine.number] = nil
    }

    func converged(_ world: World) throws {
        for one in world.machines where one.power == .running {
            for other in world.machines where other.power == .running && other.key != one.key {
                guard one.sees(other)?.standing == .parting, let standing = other.sees(one)?.standing,
                    standing != .blocked, one.mayMeet(other)
                else { continue }
                if try one.isAtLimit(with: other, world) || other.isAtLimit(with: one, world) { continue }
                let isCopied = world.machines.contains { $0.isClone && ($0.key == one.key || $0.key == other.key) }
                try hold(
                    isCopied,
                    "machine \(one.number) still parts from \(other.number), who has them as \(standing)")
            }
        }
    }
}
