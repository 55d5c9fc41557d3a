import MutualCore
import MutualCrypto
import MutualLanguage
import MutualWire

/// A beacon as it was heard.
struct HeardBeacon {
    let marks: [Mark]
    /// Our own epoch when it came.
    let epoch: UInt64
    /// When it came, monotonic milliseconds.
    let monotonicMs: Int64
}

/// Looks for one's people in beacons up to 48 hours each way: their daemons and ours do not hear each other if their
/// clocks are further apart than an hour `[marks]`.
struct ClockSearch {
    /// 48 hours in quarters of an hour.
    private static let reach: UInt64 = 192
    /// What was heard longer ago says nothing about the clocks of now.
    private static let recentMs: Int64 = 300_000

    let pairs: [PairKeys]
    let now: Instant

    /// Nothing where nobody is found out of time. No name is said: a name would tell who is near.
    func finding(in beacons: [HeardBeacon], saying catalogue: Catalogue = Catalogue()) -> [Finding] {
        let recent = beacons.reversed().filter { now.monotonicMs - $0.monotonicMs < Self.recentMs }
        let quarters = pairs.compactMap { apart($0, in: recent) }.max() ?? 0
        guard quarters > Limits.epochsAround else { return [] }
        return [
            Finding(
                "clock-apart", isWell: false,
                catalogue.say(.doctorClocksApart, ["hours": String((quarters + 2) / 4)]),
                command: "sudo timedatectl set-ntp true")
        ]
    }

    /// How many quarters of an hour somebody's clock is from ours, by the newest beacon that has a mark of theirs.
    private func apart(_ pair: PairKeys, in newestFirst: [HeardBeacon]) -> UInt64? {
        let first = now.epoch < Self.reach ? 0 : now.epoch - Self.reach
        let epochs = first...(now.epoch + Self.reach)
        let tags = Dictionary(
            epochs.map { (pair.tag(from: .peer, use: .beacon, epoch: $0), $0) }, uniquingKeysWith: { first, _ in first }
        )
        for beacon in newestFirst {
            for mark in beacon.marks {
                guard let theirs = tags[mark.tag] else { continue }
                // A clock of ours that was put right, or a sleep, since then: what counts is the smaller distance.
                return min(distance(theirs, now.epoch), distance(theirs, beacon.epoch))
            }
        }
        return nil
    }

    private func distance(_ a: UInt64, _ b: UInt64) -> UInt64 { a > b ? a - b : b - a }
}
