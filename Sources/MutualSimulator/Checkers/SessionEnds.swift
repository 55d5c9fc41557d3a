import MutualCore
import MutualWire

/// No ready session is closed by the protocol but for one that was begun later: else it ends because its peer or its network
/// ended it, it was silent, its person did something, or its peer broke a rule `[session-15]`.
final class SessionEnds: Checker {
    let name = "session-ends"

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard world.tricksters.isEmpty else { return }
        for before in turn.before.people {
            let after = turn.after.people.first { $0.row == before.row }
            guard let after, after.standing == before.standing, !turn.machine.isPaused else { continue }
            guard !(turn.machine.ledger.people[before.key]?.wasPutBack ?? false) else { continue }
            for session in before.sessions where session.isReady {
                guard !after.sessions.contains(where: { $0.connection == session.connection }) else { continue }
                try hold(
                    isExplained(session, before, after, turn),
                    "machine \(turn.machine.number) closes session \(session.connection.number) for nothing")
            }
        }
    }

    private func isExplained(
        _ session: Inspection.Session, _ before: Inspection.Person, _ after: Inspection.Person, _ turn: TurnRecord
    ) -> Bool {
        if (before.sessions + after.sessions).contains(where: { $0.order > session.order }) { return true }
        if turn.now.monotonicMs - session.lastReadMs >= 30_000 { return true }
        if let due = session.answerDueMs, turn.now.monotonicMs >= due { return true }
        return turn.inputs.contains { input in
            switch input {
            case .inputEnded(let id), .connectionClosed(let id): id == session.connection
            // A newer one may have come and gone within the turn.
            case .connectionAccepted, .bytesReceived: begunAndGone(turn)
            case .datagramReceived, .connectionOpened, .dialFailed, .bytesWritten, .interfacesChanged, .listening,
                .requestReceived, .deadlineReached:
                false
            }
        }
    }

    private func begunAndGone(_ turn: TurnRecord) -> Bool {
        turn.effects.contains { effect in
            if case .log(let line) = effect { return line.phrase.text == "session begins" }
            return false
        }
    }
}
