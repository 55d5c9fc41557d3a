import MutualCore
import MutualWire

/// A session on which not a byte came for 30 s is closed `[session-29]`.
final class SilenceCloses: Checker {
    let name = "silence-closes"
    private static let afterMs: Int64 = 30_000
    /// When bytes came last, by machine and connection, running milliseconds.
    private var heardMs: [Int: [ConnectionID: Int64]] = [:]

    func turned(_ turn: TurnRecord, _ world: World) throws {
        var heard: Set<ConnectionID> = []
        for input in turn.inputs { if case .bytesReceived(let id, _) = input { heard.insert(id) } }
        let before = heardMs[turn.machine.number] ?? [:]
        var now: [ConnectionID: Int64] = [:]
        for session in turn.after.people.flatMap(\.sessions) {
            let id = session.connection
            let lastMs = heard.contains(id) ? turn.now.monotonicMs : before[id] ?? session.begunMs
            now[id] = lastMs
            try hold(
                turn.now.monotonicMs - lastMs < Self.afterMs,
                "machine \(turn.machine.number) keeps session \(id.number), on which nothing came for 30 s")
        }
        heardMs[turn.machine.number] = now
    }
}
