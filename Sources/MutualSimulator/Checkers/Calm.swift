import MutualCore
import MutualWire

/// After convergence there are only pings, beacons and hourly renewals.
final class Calm: Checker {
    let name = "calm"
    /// How long is listened.
    static let lengthMs: Int64 = 100_000
    private var isCalm = false
    private var dials = 0
    private var records: [String] = []

    /// Who began as many new logs as a day has room for is dialled, heard and left again until the next: no fault.
    func converged(_ world: World) throws {
        isCalm = try !world.machines.contains { one in
            guard one.power == .running else { return false }
            return try world.machines.contains { try one.mayBeginNoLog(to: $0, world) }
        }
    }

    func turned(_ turn: TurnRecord, _ world: World) throws {
        guard isCalm else { return }
        for effect in turn.effects { if case .dial = effect { dials += 1 } }
    }

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        guard isCalm, let whose = speech.from.sees(speech.to), whose.standing.isMet,
            speech.to.sees(speech.from)?.standing.isMet ?? false
        else { return }
        // A side that may begin no new log today closes every session.
        if try speech.from.mayBeginNoLog(to: speech.to, world) || speech.to.mayBeginNoLog(to: speech.from, world) {
            return
        }
        switch record {
        case .ping, .pong: break
        // A renewal may fall into this time, and a life may end.
        case .hello, .void, .ack, .item, .bye, .answer, .unknown:
            records.append("\(speech.from.number) \(record.words)")
        }
    }

    func ended(_ world: World) throws {
        guard isCalm else { return }
        // Each pair may be renewed once; what is unlisted on one side is dialled by nobody it answers.
        let pairs = world.machines.count * (world.machines.count - 1) / 2
        let hasLonely = world.machines.contains { machine in
            machine.power == .running && machine.inspection()?.people.contains { $0.sessions.isEmpty } ?? false
        }
        if !hasLonely { try hold(dials <= pairs, "\(dials) dials in calm time") }
        try hold(records.count <= 6 * pairs, "in calm time: \(records.prefix(6).joined(separator: "; "))")
    }
}
