import Foundation
import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Randomness from a seed, for everything that an invented world draws.
struct SeededEntropy: Entropy {
    private var random: SeededRandom

    init(_ seed: UInt64, _ purpose: String) { random = SeededRandom(seed: Array("\(seed) \(purpose)".utf8)) }

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { random.fill(buffer) }
}

/// A real store over real files in a folder of its own, that can be copied and put back.
final class StoreHome {
    private let folder: URL
    private let backup: URL
    private let storeKey: SecretBytes
    private let seed: UInt64
    private var openings = 0
    private var store: Store?

    init(seed: UInt64) throws {
        self.seed = seed
        let base = FileManager.default.temporaryDirectory.appending(path: "mutual-\(UUID().uuidString)")
        folder = base.appending(path: "home")
        backup = base.appending(path: "copy")
        var entropy = SeededEntropy(seed, "store key")
        storeKey = entropy.secret(32)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try open()
    }

    deinit {
        store = nil
        try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
    }

    func open() throws {
        openings += 1
        store = try Store(
            files: DirectoryHome(path: folder.path), storeKey: storeKey,
            entropy: SeededEntropy(seed, "store \(openings)"))
    }

    func close() throws {
        try store?.close()
        store = nil
    }

    /// Leaves the store as a kill would: nothing is closed.
    func drop() { store = nil }

    func copy() throws {
        try close()
        try FileManager.default.copyItem(at: folder, to: backup)
        try open()
    }

    func putBack() throws {
        try close()
        try FileManager.default.removeItem(at: folder)
        try FileManager.default.copyItem(at: backup, to: folder)
        try open()
    }

    func turn<R: ~Copyable>(_ body: (StoreJournal) throws(JournalFault) -> R) throws(JournalFault) -> R {
        guard let store else { throw JournalFault("closed") }
        return try store.turn(body)
    }
}

/// One daemon's place in a world: its home, its Node, and what it told.
final class Host {
    let number: Int
    let home: StoreHome
    let identity: Identity
    private var node: Node?
    private var entropy: SeededEntropy
    private var starts: UInt64 = 0
    /// Grows with each start and kill: what was on its way to an earlier life is lost.
    var life = 0
    var isUp = true
    var lastByte: UInt8
    var clockSkewMs: Int64 = 0
    /// Seconds that local time is ahead of UTC.
    var utcOffsetS: Int32 = 0
    /// Everything that it did which somebody else can notice, with the moment.
    var networkTrace: [String] = []
    private(set) var deadlineMs = Int64.max
    var answers: [RequestID: Result<Reply, Refusal>] = [:]
    var events: [Event] = []
    var ports: [Listener: UInt16] = [.sessions: 7747]
    /// Whether datagrams are heard.
    var hears = true
    /// Datagrams that it sent.
    var broadcasts = 0
    /// The dials that its Node ordered, in order.
    var dialled: [(id: ConnectionID, to: Endpoint)] = []
    /// What it wrote to each connection, and when it closed or reset each.
    var written: [ConnectionID: [UInt8]] = [:]
    var ended: [ConnectionID: Int64] = [:]
    /// Everything it wrote to connections.
    var sent: [UInt8] = []

    init(number: Int, name: String, seed: UInt64) throws {
        self.number = number
        lastByte = UInt8(number + 1)
        home = try StoreHome(seed: seed &* 1_000 &+ UInt64(number))
        var drawn = SeededEntropy(seed, "identity \(number)")
        identity = Identity(seed: drawn.secret(32))
        entropy = SeededEntropy(seed, "node \(number)")
        try home.turn { journal throws(JournalFault) in try journal.setSetting("name", Array(name.utf8)) }
    }

    var isRunning: Bool { node != nil }
    var address: IPAddress { .v4(0x0A00_0000 | UInt32(lastByte)) }
    var id: String { IdentityText.encode(identity.publicKey.bytes) }

    var interface: Interface {
        Interface(
            index: 1, name: "eth0", isLoopback: false,
            addresses: [Prefix(address: address, length: 24)].compactMap { $0 })
    }

    func open(at now: Instant) throws {
        if starts > 0 { try home.open() }
        starts += 1
        let first = starts << 32
        node = try home.turn { journal throws(JournalFault) in
            try Node(identity, firstDial: first, at: now, from: journal)
        }
        hears = !isPaused
        ports = hears ? [.sessions: 7747] : [:]
    }

    var isPaused: Bool { node?.isPaused ?? false }

    func close() {
        node = nil
        home.drop()
        deadlineMs = .max
    }

    func turn(_ inputs: [Input], at now: Instant) -> [Effect] {
        guard node != nil else { return [] }
        do {
            let outcome = try home.turn { journal throws(JournalFault) in
                try node?.turn(inputs, at: now, drawing: &entropy, in: journal)
            }
            deadlineMs = outcome?.nextDeadlineMs ?? .max
            return outcome?.effects ?? []
        } catch {
            failures.append(error)
            // The same turn would only fail again.
            deadlineMs = .max
            return []
        }
    }

    /// Turns that the machine's faults ended; a world without planned faults expects none.
    private(set) var failures: [JournalFault] = []
}
