import MutualCore
import MutualCrypto
import MutualWire

/// A beacon holds a mark for everybody who is listed, and none for anybody else `[marks]`.
final class Marks: Checker {
    let name = "marks"
    private struct Place: Hashable {
        let interface: UInt32
        let family: AddressFamily
    }
    private var pairs: [[PublicKey]: PairKeys] = [:]
    private var tags: [[PublicKey]: (epoch: UInt64, tag: UInt64)] = [:]

    func turned(_ turn: TurnRecord, _ world: World) throws {
        var beacons: [Place: Set<UInt64>] = [:]
        for effect in turn.effects {
            guard case .broadcast(let bytes, let interface, let family, _) = effect,
                case .beacon(let beacon)? = try? Datagram.parse(bytes)
            else { continue }
            beacons[Place(interface: interface, family: family), default: []].formUnion(beacon.marks.map(\.tag))
        }
        guard !beacons.isEmpty else { return }
        let all = world.machines.map(\.key) + world.tricksters.map(\.key)
        for key in all where key != turn.machine.key {
            let tag = try tag(turn.machine, key, turn.now.epoch)
            let person = turn.after.people.first { $0.key == key }
            let isListed = person.map { $0.standing != .blocked } ?? false
            for marks in beacons.values {
                try hold(
                    marks.contains(tag) == isListed,
                    "machine \(turn.machine.number) "
                        + (isListed ? "leaves somebody out of a beacon" : "has a mark for somebody blocked or unlisted")
                )
            }
        }
    }

    private func tag(_ machine: Machine, _ other: PublicKey, _ epoch: UInt64) throws -> UInt64 {
        let names = [machine.key, other]
        if let known = tags[names], known.epoch == epoch { return known.tag }
        let pair = try pairs[names] ?? machine.identity.pair(with: other)
        pairs[names] = pair
        let tag = pair.tag(from: .me, use: .beacon, epoch: epoch)
        tags[names] = (epoch, tag)
        return tag
    }
}
