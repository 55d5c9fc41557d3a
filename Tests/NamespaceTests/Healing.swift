import Foundation
import Testing

/// What keeps two mutuals apart for a while.
enum Outage: String, Sendable, CaseIterable {
    /// One's link goes down and comes back, so soon that the other still thinks that the session lives.
    case shortCut
    /// One's daemon is killed and started again.
    case kill
}

/// How two mutuals came back together, by the logs of both.
struct Healing {
    /// From the first beacon that got through to everything delivered, in milliseconds.
    var fromBeaconMs: Int
    /// From the end of the outage to everything delivered.
    var fromEndMs: Int
    /// The dials of each side since the first beacon that it heard; and since the end of the outage.
    var dials: [Int]
    var dialsFromEnd: [Int]
    /// What both logged since the end of the outage.
    var trace: [String]

    /// One outage, with something waiting on both sides.
    static func of(_ outage: Outage, _ alder: Person, _ birch: Person) async throws -> Healing {
        switch outage {
        case .shortCut:
            try await alder.host.setPlugged(false)
            // Alder's daemon sees that its link is gone and gives the session up; Birch's does not.
            let sessions = alder.log().count { $0.hasPrefix("session ends") }
            try await eventually("Alder's session is over") {
                alder.log().count { $0.hasPrefix("session ends") } > sessions
            }
            try await Task.sleep(for: .seconds(1))
        case .kill:
            try await alder.killHard()
        }
        var given = [(birch, try await birch.note("Alder", UUID().uuidString))]
        if outage != .kill { given.append((alder, try await alder.note("Birch", UUID().uuidString))) }
        let end = Date()
        switch outage {
        case .shortCut: try await alder.host.setPlugged(true)
        case .kill: try await alder.start()
        }
        var delivered = end
        try await eventually("everything is delivered") {
            for (writer, item) in given {
                let other = writer === alder ? "Birch" : "Alder"
                guard try await writer.history(with: other).first(where: { $0.id == item.id })?.state == "delivered"
                else { return false }
            }
            delivered = Date()
            return true
        }
        // A dial that would come too late to be of use comes within this time.
        try await Task.sleep(for: .seconds(2))
        return Healing(since: end, delivered: delivered, [alder, birch])
    }

    private init(since end: Date, delivered: Date, _ people: [Person]) {
        // Times of the log have no part of a millisecond.
        let logs = people.map { person in person.trace().filter { $0.at >= end.addingTimeInterval(-0.001) } }
        let heard = logs.joined().filter { $0.line.hasPrefix("beacon ") }.map(\.at).min() ?? delivered
        fromBeaconMs = Self.milliseconds(heard, delivered)
        fromEndMs = Self.milliseconds(end, delivered)
        dialsFromEnd = logs.map { $0.count { $0.line.hasPrefix("dial ") } }
        dials = logs.map { log in
            // By the order of its own log: what it dialled before (an address that it remembered) is no answer to it.
            let first = log.firstIndex { $0.line.hasPrefix("beacon ") } ?? log.firstIndex { $0.at >= heard }
            return log[(first ?? log.endIndex)...].count { $0.line.hasPrefix("dial ") }
        }
        let lines = zip(people, logs).flatMap { person, log in log.map { (person.name, $0.at, $0.line) } }
        trace = lines.sorted { $0.1 < $1.1 }.map { "\(Self.milliseconds(end, $0.1)) \($0.0): \($0.2)" }
    }

    private static func milliseconds(_ from: Date, _ to: Date) -> Int { Int((to.timeIntervalSince(from) * 1_000)) }
}
