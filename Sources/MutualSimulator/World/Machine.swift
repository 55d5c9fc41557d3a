import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// One network interface of a machine, in one LAN.
struct Card {
    let index: UInt32
    let lan: Int
    var host: UInt8
    var isUp = true

    /// 10.0.LAN.HOST
    var v4: IPAddress { .v4(0x0A00_0000 | UInt32(lan) << 8 | UInt32(host)) }
    /// fe80::LAN:HOST
    var v6: IPAddress { .v6(0xfe80_0000_0000_0000, UInt64(lan + 1) << 16 | UInt64(host)) }

    func holds(_ address: IPAddress) -> Bool { address == v4 || address == v6 }

    /// Whether an address belongs to this LAN's prefixes.
    func reaches(_ address: IPAddress) -> Bool {
        Prefix(address: v4, length: 24)?.contains(address) ?? false || address.isLinkLocal
    }

    var interface: Interface {
        Interface(
            index: index, name: "eth\(index)", isLoopback: false,
            addresses: [Prefix(address: v4, length: 24), Prefix(address: v6, length: 64)].compactMap { $0 })
    }
}

/// One machine: a disk, a clock, cards, and a daemon's shell around a Node, which may be killed at any moment.
final class Machine {
    enum Power {
        /// The power is off: nothing answers.
        case off
        /// The machine is on, the daemon is not: its kernel answers with resets.
        case idle
        case running
        case asleep
    }

    let number: Int
    let identity: Identity
    let name: String
    /// Chance of the person in front of it and of its shell.
    var chance: Chance
    private let seed: UInt64

    private(set) var disk: MemoryHome
    let storeKey: SecretBytes
    private(set) var store: Store?
    private var node: Node?
    private var entropy: NodeEntropy
    let draws = Draws()

    var power = Power.off
    /// Grows with each start and end: what was on its way to an earlier life is lost.
    private(set) var life = 0
    private(set) var starts: UInt64 = 0
    /// How far the wall clock is off, and the world's moment at which the running clock was 0.
    var skewMs: Int64
    var runningFromMs: Int64 = 0
    var sleptAtMs: Int64 = 0
    private(set) var deadlineMs = Int64.max

    var cards: [Card]
    var ports: [Listener: UInt16] = [:]
    var sessionPort: UInt16
    var hearsDatagrams = false
    var sockets: [ConnectionID: Socket] = [:]

    /// Inputs that wait for the next turn.
    var pending: [Input] = []
    var turnIsPlanned = false
    var asked: [RequestID: Asked] = [:]
    private var requests: UInt64 = 0

    /// What this store's lineage has promised and seen; goes back with the store when a backup is put back.
    var ledger = Ledger()
    var backups: [(disk: MemoryHome, ledger: Ledger)] = []
    /// Commits fail so often, permille.
    var commitFaults = 0
    var diskIsFull = false
    /// Until when its shell rests after faults.
    private(set) var restUntilMs: Int64 = 0
    private var lastFaultMs: Int64 = 0
    private var faultsInARow = 0
    var isClone = false
    var turns = 0
    /// The running clock of its last turn.
    private(set) var lastRunningMs: Int64?

    init(number: Int, seed: UInt64, cards: [Card], port: UInt16) throws(JournalFault) {
        self.number = number
        self.seed = seed
        var chance = Chance(seed, "identity", UInt64(number))
        identity = Identity(seed: chance.secret(32))
        storeKey = chance.secret(32)
        name = "M\(number)"
        self.chance = Chance(seed, "machine", UInt64(number))
        self.cards = cards
        sessionPort = port
        skewMs = 0
        disk = MemoryHome()
        entropy = NodeEntropy(Chance(seed, "node", UInt64(number)), draws)
        try openStore()
        let name = name
        try store?.turn { journal throws(JournalFault) in try journal.setSetting("name", Array(name.utf8)) }
    }

    /// A copied disk that is alive beside the one it was copied from.
    init(copyOf other: Machine, number: Int, cards: [Card]) throws(JournalFault) {
        self.number = number
        seed = other.seed
        identity = other.identity
        storeKey = other.storeKey
        name = other.name
        chance = Chance(other.seed, "machine", UInt64(number))
        self.cards = cards
        sessionPort = other.sessionPort
        skewMs = other.skewMs
        disk = try other.disk.copy()
        entropy = NodeEntropy(Chance(other.seed, "node", UInt64(number)), draws)
        ledger = other.ledger
        isClone = true
        try openStore()
    }

    var key: PublicKey { identity.publicKey }
    var isRunning: Bool { node != nil }
    var isPaused: Bool { node?.isPaused ?? false }

    // MARK: clock

    func now(_ worldMs: Int64) -> Instant {
        Instant(wallMs: World.wallAtZeroMs + worldMs + skewMs, monotonicMs: worldMs - runningFromMs)
    }

    /// The world's moment of the next deadline.
    var dueMs: Int64 {
        guard power == .running, deadlineMs < Int64.max / 2 else { return .max }
        return max(deadlineMs + runningFromMs, restUntilMs)
    }

    /// A shell that cannot commit rests a little longer each time.
    var isResting: Bool { faultsInARow > 1 }

    func countFault(_ worldMs: Int64) {
        faultsInARow = worldMs - lastFaultMs < 10_000 + (restUntilMs - lastFaultMs) ? faultsInARow + 1 : 1
        lastFaultMs = worldMs
        restUntilMs = worldMs + (faultsInARow <= 1 ? 0 : min(30_000, 500 << Int64(min(faultsInARow - 2, 10))))
    }

    // MARK: store

    private func openStore() throws(JournalFault) {
        store = try Store(files: disk, storeKey: storeKey, entropy: Chance(seed, "store \(number)", starts))
    }

    /// A second look at the disk, past everything that is held in memory.
    func freshStore() throws(JournalFault) -> Store {
        try Store(files: try disk.copy(), storeKey: storeKey, entropy: Chance(0))
    }

    func backUp() throws(JournalFault) { backups.append((try disk.copy(), ledger)) }

    /// Puts a backup in the place of the disk; the daemon must not run.
    func restore(_ index: Int) throws(JournalFault) {
        guard backups.indices.contains(index) else { return }
        store = nil
        disk = try backups[index].disk.copy()
        ledger = backups[index].ledger
    }

    // MARK: life

    /// Makes a Node from what is stored.
    func open(_ worldMs: Int64) throws(JournalFault) {
        starts += 1
        life += 1
        store = nil
        try openStore()
        runningFromMs = worldMs - Int64(chance.next() % 1_000_000)
        try makeNode(worldMs)
        power = .running
    }

    private func makeNode(_ worldMs: Int64) throws(JournalFault) {
        let first = starts << 32 | UInt64(life) << 16
        let now = now(worldMs)
        let identity = identity
        node = nil
        node = try store?.turn { journal throws(JournalFault) in
            try Node(identity, firstDial: first, at: now, from: journal)
        }
    }

    /// After a turn that failed: the Node anew from the store, as after a start.
    func renew(_ worldMs: Int64) throws(JournalFault) {
        life += 1
        forgetSoft()
        try makeNode(worldMs)
    }

    func end() {
        life += 1
        restUntilMs = 0
        faultsInARow = 0
        node = nil
        store = nil
        disk.fault = nil
        disk.cutPower()
        forgetSoft()
        ports = [:]
        hearsDatagrams = false
    }

    /// The world is over.
    func letGo() {
        end()
        sockets = [:]
        backups = []
    }

    private func forgetSoft() {
        pending = []
        asked = [:]
        deadlineMs = .max
        turnIsPlanned = false
    }

    // MARK: turns

    /// From here on its chance follows from this seed.
    func reseed(_ seed: UInt64) {
        chance = Chance(seed, "machine again", UInt64(number))
        entropy = NodeEntropy(Chance(seed, "node again", UInt64(number)), draws)
    }

    func newRequest() -> RequestID {
        requests += 1
        return RequestID(requests)
    }

    func turn(_ inputs: [Input], _ worldMs: Int64) throws(JournalFault) -> [Effect] {
        guard node != nil, let store else { return [] }
        turns += 1
        let now = now(worldMs)
        lastRunningMs = now.monotonicMs
        let outcome = try store.turn { journal throws(JournalFault) in
            try node?.turn(inputs, at: now, drawing: &entropy, in: journal)
        }
        deadlineMs = outcome?.nextDeadlineMs ?? .max
        return outcome?.effects ?? []
    }

    func inspection() -> Inspection? { node?.inspection() }

    /// Reads in the store, outside of the Node's turns.
    func read<R>(_ body: (StoreJournal) throws(JournalFault) -> R) throws(JournalFault) -> R {
        guard let store else { throw JournalFault("closed") }
        return try store.turn(body)
    }
}
