import MutualCrypto
import MutualWire

/// The tags by which listed people's marks are found, for the epochs around now `[marks-9]`.
struct TagTable {
    struct Entry {
        let person: PersonRow
        let use: MarkUse
        let epoch: UInt64
    }

    private var entries: [UInt64: [Entry]] = [:]
    private var people: [(row: PersonRow, keys: PairKeys)] = []
    private var epochs: ClosedRange<UInt64>?

    /// Makes the table right for these people at this epoch: epochs now-4 ... now+4, both uses.
    mutating func prepare(_ listed: [Person], epoch: UInt64) {
        let wanted = (epoch < 4 ? 0 : epoch - 4)...(epoch + 4)
        let same = people.count == listed.count && zip(people, listed).allSatisfy { $0.row == $1.row }
        if same, epochs == wanted { return }
        people = listed.map { ($0.row, $0.keys) }
        epochs = wanted
        entries = [:]
        for (row, keys) in people {
            for epoch in wanted {
                for use in [MarkUse.beacon, .flight] {
                    let tag = keys.tag(from: .peer, use: use, epoch: epoch)
                    entries[tag, default: []].append(Entry(person: row, use: use, epoch: epoch))
                }
            }
        }
    }

    /// Whom this tag may be of.
    func find(_ tag: UInt64, use: MarkUse) -> Entry? { entries[tag]?.first { $0.use == use } }
}

/// Counts what happens in a running second (or minute) and says when it is enough.
struct RateWindow {
    let limit: Int
    let lengthMs: Int64
    private var startMs = Int64.min / 2
    private var count = 0

    init(perSecond limit: Int) {
        self.limit = limit
        lengthMs = 1_000
    }

    init(perMinute limit: Int) {
        self.limit = limit
        lengthMs = Times.minute
    }

    /// Whether one more is within the limit; counts it if so.
    mutating func allows(_ now: Instant) -> Bool {
        if now.monotonicMs - startMs >= lengthMs {
            startMs = now.monotonicMs
            count = 0
        }
        guard count < limit else { return false }
        count += 1
        return true
    }

    /// Whether the limit is reached, without counting.
    func isFull(_ now: Instant) -> Bool { now.monotonicMs - startMs < lengthMs && count >= limit }
}

/// When beacons go out: a volley of four on each cause, then steadily `[discovery]`.
struct BeaconClock {
    private var volley: [Int64] = []
    /// The sending at `nextMs` belongs to a volley.
    private var isVolley = false
    private(set) var nextMs: Int64?
    private var sent: [UInt32: RateWindow] = [:]

    /// A new cause: the volley begins again, its first sending now.
    mutating func restart(_ now: Instant, _ entropy: inout any Entropy) {
        volley = [0, 1_000, 3_000, 7_000].map { at in
            now.monotonicMs + (at == 0 ? 0 : entropy.around(at, spread: at / 5))
        }
        nextMs = volley.removeFirst()
        isVolley = true
    }

    /// Whether a sending is due; sets the next one. `missing`: a listed person has no session.
    mutating func isDue(missing: Bool, _ now: Instant, _ entropy: inout any Entropy) -> (due: Bool, volley: Bool) {
        guard let next = nextMs, now.monotonicMs >= next else { return (false, false) }
        let wasVolley = isVolley
        if volley.isEmpty {
            isVolley = false
            nextMs =
                now.monotonicMs
                + (missing ? entropy.around(30_000, spread: 5_000) : entropy.around(120_000, spread: 20_000))
        } else {
            nextMs = volley.removeFirst()
        }
        return (true, wasVolley)
    }

    /// At most 12 sendings a minute and interface.
    mutating func allows(interface: UInt32, _ now: Instant) -> Bool {
        sent[interface, default: RateWindow(perMinute: Limits.beaconsAMinute)].allows(now)
    }
}
