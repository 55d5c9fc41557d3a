import MutualCrypto
import MutualWire

/// Looks for one's people in beacons up to 48 hours each way: their daemons and ours do not hear each other if their
/// clocks are further apart than an hour `[marks]`.
struct ClockSearch {
    /// 48 hours in quarters of an hour.
    private static let reach: UInt64 = 192

    let pairs: [PairKeys]
    let epoch: UInt64

    /// Nothing where nobody is found out of time. No name is said: a name would tell who is near.
    func finding(in beacons: [[Mark]]) -> [Finding] {
        let tags = Set(beacons.joined().map(\.tag))
        let first = epoch < Self.reach ? 0 : epoch - Self.reach
        for pair in pairs {
            for at in first...(epoch + Self.reach) where tags.contains(pair.tag(from: .peer, use: .beacon, epoch: at)) {
                let apart = at > epoch ? at - epoch : epoch - at
                guard apart > Limits.epochsAround else { continue }
                return [
                    Finding(
                        "clock-apart", isWell: false,
                        "The clocks of this machine and of somebody whom you know differ by about "
                            + "\((apart + 2) / 4) hours, so they cannot find each other.",
                        command: "sudo timedatectl set-ntp true")
                ]
            }
        }
        return []
    }
}
