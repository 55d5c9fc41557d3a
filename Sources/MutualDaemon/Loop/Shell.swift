import MutualCore
import MutualCrypto
import MutualWire
import NIOCore

/// Moves bytes around the Node: gathers what is ready, gives it one turn and one commit, then carries its orders out.
///
/// Everything here happens on one event loop.
final class Shell {
    let loop: any EventLoop
    let storage: Storage
    let settings: Settings
    let log: DaemonLog
    let connections: Connections
    let control: ControlServer
    private let datagrams: DatagramSockets
    private let watch: SystemWatch
    private let inbox: ShellInbox

    var counters = Counters()
    private var clock: SystemClock
    private var entropy = SystemEntropy()
    private var queue = InputQueue()
    private var budget = DatagramBudget()
    private var node: NodeBox?
    private var isTurnScheduled = false
    private var deadline: Scheduled<Void>?
    private var debounce: Scheduled<Void>?
    private var returning: Scheduled<Void>?
    private var tidying: Scheduled<Void>?
    private(set) var interfaces = InterfaceList()
    /// Whether there are sockets for peers: not while the Node is paused.
    private(set) var hears = true
    /// The last beacons that were heard, whoever sent them.
    private(set) var lastBeacons: [HeardBeacon] = []
    private static let keptBeacons = 32
    private var lastFault = JournalFault("io")
    private var faultsInARow = 0
    private var lastFaultMs = Int64.min / 2
    private(set) var isStopping = false
    private var lastCountersMs = Int64.min / 2
    /// When the shell began, monotonic milliseconds.
    let beganMs: Int64

    /// How long changes of interfaces are gathered.
    private static let debounceTime = TimeAmount.milliseconds(150)
    /// Faults further apart than this begin a new row.
    private static let faultRowMs: Int64 = 10_000
    /// First numbers of dials: each Node begins where no other can have come to.
    private var nextFirstDial: UInt64 = 1

    init(
        loop: any EventLoop, storage: Storage, settings: Settings, log: DaemonLog, control: ControlServer,
        clock: SystemClock
    ) {
        self.loop = loop
        self.clock = clock
        self.storage = storage
        self.settings = settings
        self.log = log
        let inbox = ShellInbox()
        self.inbox = inbox
        connections = Connections(loop: loop, port: settings.port) { inbox.shell?.push($0) }
        datagrams = DatagramSockets(loop: loop) { inbox.shell?.datagram($0, $1) }
        watch = SystemWatch(loop: loop) { inbox.shell?.systemChanged($0) }
        self.control = control
        beganMs = self.clock.now().monotonicMs
        inbox.shell = self
    }

    /// Begins: makes the Node, opens sockets, listens.
    func start() throws(JournalFault) {
        try makeNode()
        watch.start()
        readInterfaces()
        if hears { connections.listen(.sessions) }
    }

    /// This moment.
    func now() -> Instant { clock.now() }

    // MARK: facts

    /// One more fact for the next turn.
    func push(_ input: Input) {
        guard !isStopping else { return }
        queue.push(input)
        scheduleTurn()
    }

    /// Reads from the store after the commit of all that was pushed before.
    func afterCommit(_ read: @escaping () -> Void) {
        queue.read(read)
        scheduleTurn()
    }

    private func datagram(_ bytes: [UInt8], _ source: Endpoint) {
        guard budget.admits(source.address, monotonicMs: clock.now().monotonicMs) else { return }
        counters.datagramsIn += 1
        keep(bytes)
        push(.datagramReceived(bytes, source: source))
    }

    /// Keeps the last beacons of different looks for the doctor: somebody may be there whose clock is far off.
    private func keep(_ bytes: [UInt8]) {
        guard case .beacon(let beacon)? = try? Datagram.parse(bytes) else { return }
        let now = clock.now()
        lastBeacons.append(HeardBeacon(marks: beacon.marks, epoch: now.epoch, monotonicMs: now.monotonicMs))
        if lastBeacons.count > 2 * Self.keptBeacons { lastBeacons.removeFirst(Self.keptBeacons) }
    }

    private func systemChanged(_ change: SystemWatch.Change) {
        switch change {
        case .clock: push(.deadlineReached)
        case .network:
            guard debounce == nil else { return }
            let me = NIOLoopBound(self, eventLoop: loop)
            debounce = loop.scheduleTask(in: Self.debounceTime) {
                me.value.debounce = nil
                me.value.readInterfaces()
            }
        }
    }

    private func readInterfaces() {
        guard !isStopping else { return }
        let list = InterfaceList.read(allowed: settings.interfaces)
        let isNew = list != interfaces
        interfaces = list
        // Also when nothing is new: a socket may have gone with a link that is back already.
        if hears { datagrams.use(list) }
        if isNew { push(.interfacesChanged(list.interfaces)) }
    }

    // MARK: turns

    private func scheduleTurn() {
        guard !isTurnScheduled else { return }
        isTurnScheduled = true
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.execute {
            me.value.isTurnScheduled = false
            me.value.turn()
        }
    }

    private func turn() {
        guard !isStopping else { return }
        let inputs = queue.takeTurn()
        if !inputs.isEmpty {
            // Somebody waits: it is tried now, whatever the pause says. There may be room again.
            if node == nil, inputs.contains(where: \.isRequest) { tryToComeBack() }
            if let node { take(inputs, node) } else { refuse(inputs) }
        }
        for read in queue.takeReads() { read() }
        if queue.hasWork { scheduleTurn() }
    }

    private func take(_ inputs: [Input], _ box: NodeBox) {
        let now = clock.now()
        counters.turns += 1
        do throws(JournalFault) {
            let outcome = try storage.turn(box, inputs, at: now, drawing: &entropy)
            for case .bytesReceived(let id, let bytes) in inputs { connections.inputTaken(id, bytes.count) }
            carryOut(outcome.effects)
            setDeadline(outcome.nextDeadlineMs, now)
            tidySoon()
        } catch {
            fail(inputs, error)
        }
        if now.monotonicMs - lastCountersMs >= 60_000 {
            lastCountersMs = now.monotonicMs
            logCounters()
        }
    }

    private func logCounters() {
        counters.commits = storage.commits
        counters.accepted = connections.acceptedCount
        log.counters(counters)
    }

    private func setDeadline(_ atMs: Int64, _ now: Instant) {
        deadline?.cancel()
        // A clock that is moved from outside says nothing: it is looked at often.
        let wait = min(max(atMs &- now.monotonicMs, 1), clock.isShifted ? 50 : 3_600_000)
        let me = NIOLoopBound(self, eventLoop: loop)
        deadline = loop.scheduleTask(in: .milliseconds(wait)) { me.value.push(.deadlineReached) }
    }

    /// What was erased is cut from the store's log within a minute.
    private func tidySoon() {
        guard tidying == nil, storage.needsHousekeeping else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        tidying = loop.scheduleTask(in: .seconds(20)) {
            me.value.tidying = nil
            do throws(JournalFault) {
                try me.value.storage.housekeeping()
            } catch {
                me.value.log.note("the store's log could not be cut", level: .warning)
            }
        }
    }

    private func carryOut(_ effects: [Effect]) {
        var written: [ConnectionID] = []
        for effect in effects {
            switch effect {
            case .hear(let on): hear(on)
            case .listen(let listener): connections.listen(listener)
            case .unlisten(let listener): connections.unlisten(listener)
            case .broadcast(let bytes, let interface, let family, let widely):
                let sent = datagrams.send(bytes, interface: interface, family: family, widely: widely)
                counters.datagramsOut += UInt64(sent)
            case .dial(let id, let endpoint):
                nextFirstDial = max(nextFirstDial, id.number + 1)
                counters.dials += 1
                connections.dial(id, endpoint)
            case .write(let id, let bytes):
                connections.write(id, bytes)
                if written.last != id { written.append(id) }
            case .close(let id): connections.close(id)
            case .reset(let id): connections.reset(id)
            case .answer(let id, let result): control.answer(id, result)
            case .publish(let events): control.published(events)
            case .log(let line): log.note(line.phrase, line.number)
            }
        }
        for id in written { connections.flush(id) }
    }

    private func hear(_ on: Bool) {
        hears = on
        datagrams.use(on ? interfaces : InterfaceList())
    }

    // MARK: faults

    private func makeNode() throws(JournalFault) {
        node = nil
        let made = try storage.makeNode(firstDial: nextFirstDial, allowed: settings.allowPrefixes, at: clock.now())
        hears = !made.node.isPaused
        node = made
    }

    /// The turn could not be committed: its requests hear the fault, everything soft goes, the Node is made anew.
    private func fail(_ inputs: [Input], _ fault: JournalFault) {
        counters.faults += 1
        log.note("a turn could not be committed", level: .error)
        lastFault = fault
        deadline?.cancel()
        connections.forgetAll()
        node = nil
        refuse(inputs)
        refuse(queue.dropAll())
        let now = clock.now().monotonicMs
        faultsInARow = now - lastFaultMs < Self.faultRowMs ? faultsInARow + 1 : 1
        lastFaultMs = now
        comeBack()
    }

    /// Makes the Node anew: at once the first time, then with a growing pause.
    private func comeBack() {
        let pause: Int64 = faultsInARow <= 1 ? 0 : min(30_000, 500 << Int64(min(faultsInARow - 2, 10)))
        let me = NIOLoopBound(self, eventLoop: loop)
        returning?.cancel()
        returning = loop.scheduleTask(in: .milliseconds(pause)) {
            guard !me.value.isStopping, me.value.node == nil else { return }
            me.value.tryToComeBack()
        }
    }

    private func tryToComeBack() {
        do throws(JournalFault) {
            // A full disk does the connection no harm, and opening it anew would need room.
            if lastFault.reason != "disk-full" { try storage.reopen() }
            try makeNode()
            returning?.cancel()
            push(.interfacesChanged(interfaces.interfaces))
            if hears { connections.listen(.sessions) }
        } catch {
            lastFault = error
            lastFaultMs = clock.now().monotonicMs
            faultsInARow += 1
            log.note("the store could not be opened again", UInt64(faultsInARow), level: .error)
            comeBack()
        }
    }

    /// Without a Node requests hear why; everything else is forgotten.
    private func refuse(_ inputs: [Input]) {
        for case .requestReceived(let id, _) in inputs {
            control.answer(id, .failure(Refusal(.fault, lastFault.reason)))
        }
    }

    // MARK: stop

    /// Ends sessions with a plain FIN, closes the store, then says so. Calls that wait hear `reason`.
    func close(_ reason: String, then closed: @escaping () -> Void) {
        guard !isStopping else { return }
        isStopping = true
        deadline?.cancel()
        debounce?.cancel()
        tidying?.cancel()
        watch.close()
        datagrams.close()
        lastFault = JournalFault(reason)
        refuse(queue.dropAll())
        for read in queue.takeReads() { read() }
        logCounters()
        let me = NIOLoopBound(self, eventLoop: loop)
        let done = NIOLoopBound(closed, eventLoop: loop)
        connections.shutDown(within: .seconds(1)).whenComplete { _ in
            me.value.node = nil
            me.value.storage.close()
            done.value()
        }
    }
}

/// Lets the parts of the shell reach it without holding it.
private final class ShellInbox {
    weak var shell: Shell?
}

/// The Node in a place where it can stay while a transaction's closure works on it.
final class NodeBox {
    var node: Node

    init(_ node: consuming Node) { self.node = node }
}

/// The operating system's randomness as the Node draws it.
struct SystemEntropy: Entropy {
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { SystemRandom.fill(buffer) }
}
