import MutualCrypto
import MutualWire

/// One listed person with what is soft about them: dials, sessions, marks' keys. Rebuilt from the store at any time.
final class Person {
    var record: PersonRecord
    let keys: PairKeys
    /// What we hold of their logs; written back before the turn ends when it changed.
    var inLogs: InLogs
    var inLogsChanged = false

    /// Something may have to be given to them: looked at when the turn ends, so that other turns ask nothing.
    var giveDue = true

    /// Our dial to them, one at a time `[discovery]`.
    var dial: ConnectionID?
    /// Whether a beacon led to it: then the address is known to be theirs now.
    var dialIsFromBeacon = false
    var lastBeaconDialMs = Int64.min / 2
    /// Where a beacon was heard from last, as long as it was not dialled: a dial is out already, or two seconds have not
    /// passed since the last one.
    var heardAt: Endpoint?
    var heard = HeardMarks()
    /// The next try of a remembered address (monotonic), its place in the list, and how often all were tried.
    var nextAddressDialMs: Int64?
    var addressIndex = 0
    var addressRound = 0

    /// Sessions in the order of their handshakes.
    var sessions: [Session] = []
    /// A flight of theirs that waits for our own dial.
    var held: ConnectionID?
    /// Ready sessions replaced, monotonic moments of the last minute; and the pause that too many bring.
    var replacements: [Int64] = []
    var pausedUntilMs = Int64.min / 2
    var pauseLengthMs: Int64 = 0
    var toldTwoMachines = false
    var twoMachinesDue = false
    /// Flights read in the present minute.
    var flightMinute = Int64.min / 2
    var flights = 0
    /// Changed names told on the present day.
    private var renamesDay = Int64.min
    private var renames = 0
    /// When a beacon last made us ask whether a quiet session still lives.
    var lastProbeMs = Int64.min / 2

    init(record: PersonRecord, keys: PairKeys, inLogs: InLogs) {
        self.record = record
        self.keys = keys
        self.inLogs = inLogs
    }

    /// Whether one more changed name is told on this day `[log-13]`; counts it.
    func tellsRename(on day: Int64) -> Bool {
        if renamesDay != day {
            renamesDay = day
            renames = 0
        }
        renames += 1
        return renames <= Limits.renamesToldADay
    }

    var row: PersonRow { record.row }
    /// From when on what was heard may be dialled; nil: nothing waits, or a dial is out.
    var heardDialDueMs: Int64? {
        heardAt == nil || dial != nil ? nil : lastBeaconDialMs + Times.beaconDialEvery
    }
    var isBlocked: Bool { record.standing == .blocked }
    /// Leaving: gone for one's own person, while the last words are on their way `[log-10]`.
    var isParting: Bool { record.standing == .parting }
    var hasSession: Bool { !sessions.isEmpty }
    var readySession: Session? { sessions.last(where: \.isReady) }
}

/// The last valid marks of one person: the same tag with the same nonce counts once `[discovery-16]`.
struct HeardMarks {
    private struct Heard: Equatable {
        let tag: UInt64
        let nonce: [UInt8]
    }

    /// Older ones are forgotten: what they bring is a dial in two seconds at the most `[discovery-17]`.
    static let limit = 64
    private var all: [Heard] = []
    private var next = 0

    /// Whether it was not heard before; remembers it, in the place of the oldest.
    mutating func isNew(tag: UInt64, nonce: [UInt8]) -> Bool {
        let one = Heard(tag: tag, nonce: nonce)
        if all.contains(one) { return false }
        if all.count < Self.limit { all.append(one) } else { all[next] = one }
        next = (next + 1) % Self.limit
        return true
    }
}
