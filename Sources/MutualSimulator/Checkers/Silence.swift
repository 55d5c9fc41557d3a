import MutualCore
import MutualCrypto
import MutualWire

/// No byte to somebody who is not listed, or blocked, but pairing's and the 64 of a dial that found another one behind an
/// address; and nothing of theirs is committed `[session-6]`.
final class Silence: Checker {
    let name = "silence"
    private var counts: [String: Int] = [:]

    func turned(_ turn: TurnRecord, _ world: World) throws {
        var known: [PublicKey] = []
        for person in turn.before.people + turn.after.people where person.standing != .blocked {
            known.append(person.key)
        }
        for effect in turn.effects {
            guard case .write(let id, let bytes) = effect, let socket = turn.machine.sockets[id],
                let connection = socket.connection, !connection.isPairing
            else { continue }
            let other: PublicKey
            switch connection.other(socket).owner {
            case .machine(let machine): other = machine.key
            case .trickster(let trickster): other = trickster.key
            case .eavesdropper:
                throw Failure(
                    checker: name, message: "machine \(turn.machine.number) answers a flight that it answered before")
            }
            if known.contains(other) { continue }
            let mayDial = socket.isDialler && socket.writtenBytes + bytes.count <= Limits.flight1Bytes
            try hold(
                mayDial, "machine \(turn.machine.number) writes \(bytes.count) bytes to somebody unlisted or blocked")
        }
        if turn.committed { try nothingOfBlocked(turn) }
    }

    private func nothingOfBlocked(_ turn: TurnRecord) throws {
        for person in turn.after.people where person.standing == .blocked {
            let wasBlocked = turn.before.people.contains { $0.row == person.row && $0.standing == .blocked }
            let held = try turn.machine.inLogs(of: person.key)
            let place = "\(turn.machine.number) \(turn.machine.ledger.restores) \(person.row.number)"
            let sum = held?.positions.reduce(0) { $0 &+ Int(truncatingIfNeeded: $1.received) } ?? 0
            if wasBlocked, let before = counts[place] {
                try hold(before == sum, "machine \(turn.machine.number) took something of somebody blocked")
            }
            counts[place] = sum
        }
    }
}
