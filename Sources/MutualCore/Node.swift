public import MutualCrypto
public import MutualWire

/// One person's Mutual: pure and deterministic. Facts go in, orders come out; time, chance and the open transaction are
/// handed to it. Everything it holds is soft and can be made anew from the journal (docs/architecture.md).
public struct Node: ~Copyable {
    let identity: Identity
    var ownName: String
    var people: [Person] = []
    var links: [ConnectionID: Link] = [:]
    var nextDial: UInt64
    var sessionsBegun: UInt64 = 0

    var interfaces: [Interface] = []
    var sessionPort: UInt16?
    var allowedPrefixes: [Prefix]
    var tags = TagTable()
    var beacons = BeaconClock()
    var badChecks = RateWindow(perSecond: Limits.failedChecksASecond)
    var pairing = Pairing()
    var burntCodes: [Int64] = []
    var pairingsBegun: UInt64
    /// Absent for everybody, as when the machine is off: the shell opens no socket for peers while it is so.
    public internal(set) var isPaused: Bool
    /// When arrivals give no notice.
    var quiet: Quiet
    /// Who takes whose place once both said yes.
    var replacing: [Replacement]

    /// What this person is reminded of; it reaches nothing but events.
    var nudges: Nudges

    /// Running time on record when this Node was made, and the monotonic moment of that.
    var runningBaseMs: Int64
    var madeAtMs: Int64
    var lastNow: Instant?
    /// The clock by which lives end.
    var lives = LifeClock()
    /// While that one is held back: when what came since is looked through next, monotonic milliseconds.
    var nextLookMs = Int64.min
    var nextExpiryWallMs: Int64?
    var nextTidyMs: Int64

    /// A Node from what is stored. `firstDial`: the number of its first dial, never used before in this process.
    public init(
        _ identity: Identity, firstDial: UInt64, allowedPrefixes: [Prefix] = [], at now: Instant,
        from journal: some Journal
    ) throws(JournalFault) {
        var people: [Person] = []
        for record in try journal.people() {
            guard let keys = try? identity.pair(with: record.key) else { throw JournalFault("damaged") }
            people.append(Person(record: record, keys: keys, inLogs: try journal.inLogs(record.row)))
        }
        self.init(
            identity: identity, name: String(decoding: try journal.setting("name") ?? [], as: UTF8.self),
            people: people, firstDial: firstDial, allowedPrefixes: allowedPrefixes,
            pairingsBegun: try journal.lastEvent(), isPaused: try journal.setting(Self.pauseSetting) != nil,
            quiet: Quiet(stored: try journal.setting(Quiet.setting) ?? []),
            replacing: Self.replacements(stored: try journal.setting(Self.replacingSetting) ?? []),
            nudges: Nudges(stored: try journal.setting(OwnSetting.nudges)),
            runningBaseMs: try journal.lastRunningMs(), now: now)
    }

    private init(
        identity: Identity, name: String, people: [Person], firstDial: UInt64, allowedPrefixes: [Prefix],
        pairingsBegun: UInt64, isPaused: Bool, quiet: Quiet, replacing: [Replacement], nudges: Nudges,
        runningBaseMs: Int64, now: Instant
    ) {
        self.identity = identity
        ownName = name
        self.people = people
        nextDial = firstDial
        self.allowedPrefixes = allowedPrefixes
        self.pairingsBegun = pairingsBegun
        self.isPaused = isPaused
        self.quiet = quiet
        self.replacing = replacing
        self.nudges = nudges
        self.runningBaseMs = runningBaseMs
        madeAtMs = now.monotonicMs
        nextTidyMs = now.monotonicMs
    }

    /// One turn: all that is ready, in one transaction. On a throw the Node is to be dropped and made anew.
    public mutating func turn<E: Entropy>(
        _ inputs: [Input], at now: Instant, drawing entropy: inout E, in journal: some Journal
    ) throws(JournalFault) -> Outcome {
        let turn = Turn(now: now, journal: journal, entropy: entropy, inputs: inputs)
        do {
            try clockMoved(turn)
            for input in inputs { try handle(input, turn) }
            try dueNow(turn)
            try settle(turn)
        } catch let fault as JournalFault {
            throw fault
        } catch {
            // Violations are dealt with where their connection is known; one that comes here is our own mistake.
            throw JournalFault("internal")
        }
        if let drawn = turn.entropy as? E { entropy = drawn }
        lastNow = now
        return Outcome(effects: turn.finish(), nextDeadlineMs: deadline(now))
    }

    private mutating func handle(_ input: Input, _ turn: Turn) throws {
        switch input {
        case .datagramReceived(let bytes, let source): try datagram(bytes, from: source, turn)
        case .connectionAccepted(let id, .sessions, let remote, let local):
            accepted(id, remote: remote, local: local, turn)
        case .connectionAccepted(let id, .pairing, let remote, _):
            try perform(pairing.accepted(id, remote: remote, now: turn.now), turn)
        case .connectionOpened(let id, let local): try opened(id, local: local, turn)
        case .dialFailed(let id): try dialFailed(id, turn)
        case .bytesReceived(let id, let bytes): try received(bytes, on: id, turn)
        case .bytesWritten(let id, let count): written(count, on: id)
        case .inputEnded(let id): try inputEnded(id, turn)
        case .connectionClosed(let id): try closed(id, turn)
        case .interfacesChanged(let interfaces): try interfacesChanged(interfaces, turn)
        case .listening(.sessions, let port):
            sessionPort = port
            beacons.restart(turn.now, &turn.entropy)
        case .listening(.pairing, let port): try pairingListening(port, turn)
        case .requestReceived(let id, let request): try answer(request, id, turn)
        case .deadlineReached: break
        }
    }

    /// Notices waking and jumps of the wall clock.
    private mutating func clockMoved(_ turn: Turn) throws {
        guard let last = lastNow else {
            beacons.restart(turn.now, &turn.entropy)
            try endCutPairing(turn)
            return
        }
        let apart = (turn.now.wallMs - last.wallMs) - (turn.now.monotonicMs - last.monotonicMs)
        if abs(apart) > Times.wakeJump {
            beacons.restart(turn.now, &turn.entropy)
            probeSessions(turn)
            resetAddressDials(turn.now)
        }
        lives.moved(by: apart, turn.now)
    }

    func runningMs(_ now: Instant) -> Int64 { runningBaseMs + now.monotonicMs - madeAtMs }

    func person(_ row: PersonRow) -> Person? { people.first { $0.row == row } }
    func person(_ key: PublicKey) -> Person? { people.first { $0.record.key == key } }
}
