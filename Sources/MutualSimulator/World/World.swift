import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// An invented world: machines with real Nodes over real stores, a network, clocks and people. Everything follows from
/// the seed and the schedule.
final class World {
    static let wallAtZeroMs: Int64 = 1_790_000_000_000

    let seed: UInt64
    var options: Options
    private(set) var nowMs: Int64 = 1_000_000
    private var queue = EventQueue()
    var chance: Chance
    var networkChance: Chance
    private(set) var trace = Trace()
    /// What happened, in words, when it is wanted.
    var story: [String]?

    var machines: [Machine] = []
    var tricksters: [Trickster] = []
    var eavesdropper: Eavesdropper?
    var isHealed = false
    var healedAtMs = Int64.max
    /// What was accepted anywhere, by id.
    var accepted: [ItemID: Accepted] = [:]
    private var acceptedCounts: [[PublicKey]: Int] = [:]
    let checkers: [any Checker]
    let soonMet: SoonMet?
    private(set) var failure: Failure?
    /// Which ends of the network do not hear which: `from * 64 + to`.
    var cuts: Set<Int> = []
    var nextConnection: UInt64 = 1
    /// Codes that are offered, by machine, and what keys stood for.
    var codes: [Int: String] = [:]
    var keys: [String: [ItemID]] = [:]
    /// Datagrams that a machine took from a source in the present second.
    var budget: [Int: (second: Int64, count: Int)] = [:]
    /// Connections of which an end is alive or bytes are on their way.
    var connections: [UInt64: Connection] = [:]
    var watch = Watch()
    /// The kinds of what stood on screens.
    var shownKinds: Set<UInt32> = []

    init(seed: UInt64, options: Options, checkers: [any Checker]) {
        self.seed = seed
        self.options = options
        self.checkers = checkers
        soonMet = checkers.lazy.compactMap { $0 as? SoonMet }.first
        chance = Chance(seed, "world")
        networkChance = Chance(seed, "network")
    }

    // MARK: time

    func plan(after ms: Int64, _ happen: @escaping () -> Void) { queue.plan(nowMs + max(0, ms), happen) }

    /// For a machine's present life only.
    func plan(_ machine: Machine, after ms: Int64, _ happen: @escaping () -> Void) {
        let life = machine.life
        plan(after: ms) { [weak machine] in if machine?.life == life { happen() } }
    }

    /// Lets invented time pass until `endMs`, or until something fails or is true.
    func run(until endMs: Int64, or done: () -> Bool = { false }) {
        while failure == nil {
            if done() { return }
            let due = machines.map(\.dueMs).min() ?? .max
            let next = min(max(due, nowMs), queue.nextMs ?? .max)
            guard next <= endMs else {
                nowMs = max(nowMs, endMs)
                return
            }
            nowMs = max(nowMs, next)
            if let first = queue.nextMs, first <= nowMs {
                queue.take()?.happen()
            } else {
                for machine in machines where machine.dueMs <= nowMs { turn(machine) }
            }
        }
    }

    /// Lets go of everything that holds something else: a process that runs many worlds has room for one.
    func end() {
        queue = EventQueue()
        for connection in connections.values {
            connection.dialler.queue = []
            connection.listener.queue = []
        }
        connections = [:]
        for trickster in tricksters { trickster.stop() }
        eavesdropper = nil
        queue = EventQueue()
        connections = [:]
        for machine in machines { machine.letGo() }
    }

    func fail(_ error: any Error, _ place: String = "world") {
        guard failure == nil else { return }
        if let found = error as? Failure {
            failure = found
        } else if let fault = error as? JournalFault {
            failure = Failure(checker: "fault", message: "\(place): \(fault.reason)")
        } else {
            failure = Failure(checker: "fault", message: "\(place): \(error)")
        }
    }

    func note(_ words: @autoclosure () -> String) {
        guard story != nil else { return }
        let seconds = nowMs - 1_000_000
        story?.append("\(seconds / 1_000).\(seconds % 1_000) \(words())")
    }

    func check(_ body: (any Checker) throws -> Void) {
        guard failure == nil else { return }
        do { for checker in checkers { try body(checker) } } catch { fail(error) }
    }

    // MARK: inputs

    /// Tells a machine's shell something; the next turn takes it.
    func tell(_ machine: Machine, _ input: Input) {
        guard machine.power == .running || machine.power == .asleep else { return }
        machine.pending.append(input)
        planTurn(machine)
    }

    func planTurn(_ machine: Machine) {
        guard machine.power == .running, !machine.turnIsPlanned, machine.restUntilMs <= nowMs else { return }
        machine.turnIsPlanned = true
        plan(machine, after: 0) { [weak self, weak machine] in
            guard let self, let machine else { return }
            machine.turnIsPlanned = false
            turn(machine)
        }
    }

    // MARK: turns

    /// One turn of a machine's shell: all that is ready, one commit, then the effects.
    func turn(_ machine: Machine) {
        guard machine.power == .running, machine.isRunning, machine.restUntilMs <= nowMs, failure == nil else { return }
        let take = min(machine.pending.count, machine.chance.happens(100) ? 1 : 256)
        var inputs = Array(machine.pending.prefix(take))
        machine.pending.removeFirst(take)
        if !machine.pending.isEmpty { planTurn(machine) }
        if machine.dueMs <= nowMs { inputs.append(.deadlineReached) }
        guard !inputs.isEmpty, let before = machine.inspection() else { return }
        trace.add(UInt64(machine.number) << 48 | UInt64(nowMs))
        for input in inputs { trace.add(input) }
        if watch.machine == machine.number, watch.hears { for input in inputs { watch.add(input, nowMs) } }
        let commits = machine.store?.commitCount ?? 0
        armDisk(machine)
        let effects: [Effect]
        do throws(JournalFault) {
            effects = try machine.turn(inputs, nowMs)
        } catch {
            machine.disk.fault = nil
            return failed(machine, inputs, error)
        }
        machine.disk.fault = nil
        let committed = (machine.store?.commitCount ?? 0) != commits
        // A crash between commit and effects: nobody hears of what is on the disk.
        if committed, !isHealed, options.crashes, machine.chance.happens(4) {
            note("\(machine.number) dies between commit and effects")
            return kill(machine, power: machine.chance.happens(500))
        }
        guard let after = machine.inspection() else { return }
        do {
            if committed { try readEvents(machine) }
            forgetUnlisted(machine, after)
            let now = machine.now(nowMs)
            let record = TurnRecord(
                machine: machine, now: now, inputs: inputs, effects: effects, before: before, after: after,
                committed: committed, atMs: nowMs)
            for effect in effects { trace.add(effect) }
            if watch.machine == machine.number, !watch.hears { for effect in effects { watch.add(effect, nowMs) } }
            for checker in checkers { try checker.turned(record, self) }
        } catch {
            return fail(error, "turn")
        }
        for effect in effects { carryOut(effect, machine) }
    }

    private func armDisk(_ machine: Machine) {
        if machine.diskIsFull {
            machine.disk.fault = JournalFault("disk-full")
            machine.disk.callsBeforeFault = 0
        } else if machine.commitFaults > 0, machine.chance.happens(machine.commitFaults) {
            machine.disk.fault = JournalFault("io")
            machine.disk.callsBeforeFault = machine.chance.int(0...3)
        }
    }

    /// A turn that could not commit: nothing of it leaves, and the Node is made anew.
    private func failed(_ machine: Machine, _ inputs: [Input], _ fault: JournalFault) {
        note("\(machine.number) turn fails: \(fault.reason)")
        guard machine.diskIsFull || machine.commitFaults > 0, fault.reason != "damaged", fault.reason != "internal"
        else { return fail(fault, "turn of \(machine.number)") }
        trace.add(fault.reason)
        if options.crashes, machine.chance.happens(300) { return kill(machine, power: true) }
        closeAll(machine)
        machine.countFault(nowMs)
        do throws(JournalFault) {
            try machine.renew(nowMs)
        } catch {
            return kill(machine, power: false)
        }
        lookWhoIsListed(machine)
        // It may have been committed all the same, and then its person is told of it.
        do { try readEvents(machine) } catch { return fail(error, "events of \(machine.number)") }
        settleIn(machine)
        plan(machine, after: machine.restUntilMs - nowMs) { [weak self] in self?.planTurn(machine) }
    }

    /// With a listing end its positions and ids: what is said under the next one begins anew.
    func forgetUnlisted(_ machine: Machine, _ after: Inspection) {
        let before = machine.ledger.rows.sorted { $0.value < $1.value }
        machine.ledger.rows = [:]
        for person in after.people { machine.ledger.rows[person.key] = person.row }
        for (key, row) in before where machine.ledger.rows[key] != row {
            var fresh = Ledger.Person()
            fresh.wasPutBack = true
            machine.ledger.people[key] = fresh
            // A retract that had not arrived goes with the listing.
            machine.ledger.own = machine.ledger.own.filter { $0.value.reader != key }
            for other in machines where other.key == key {
                other.ledger.people[machine.key, default: .init()].wasPutBack = true
            }
        }
    }

    /// What a turn did of which nobody heard, because the daemon or the commit failed, may stand in the store all the
    /// same: somebody may be listed no more.
    func lookWhoIsListed(_ machine: Machine) {
        if let after = machine.inspection() { forgetUnlisted(machine, after) }
    }

    /// Reads what is new in a store's sequence of events: what its person is told.
    func readEvents(_ machine: Machine) throws {
        guard let store = machine.store else { return }
        let events = try store.events(after: machine.ledger.lastEvent, limit: .max)
        for event in events {
            for checker in checkers { try checker.told(event, machine, self) }
            learn(event, machine)
        }
    }

    private func learn(_ event: Event, _ machine: Machine) {
        machine.ledger.lastEvent = event.seq
        guard let id = event.body.item else { return }
        switch event.body.kind {
        case .itemArrived:
            guard let person = event.body.person else { return }
            machine.ledger.people[person, default: .init()].shown.append(id)
            machine.ledger.people[person, default: .init()].shownOnce[id] = event.atMs
            accepted[id]?.wasShown = true
            note("\(machine.number) shows \(id.text.prefix(4))")
        case .itemDelivered:
            machine.ledger.own[id]?.state = .delivered
            note("\(machine.number) is told delivered \(id.text.prefix(4))")
        case .itemState:
            if machine.ledger.own[id] == nil { machine.ledger.endedEarly.insert(id) }
            if let state = event.body.state { machine.ledger.own[id]?.state = state }
            machine.ledger.own[id]?.cause = event.body.cause
            note("\(machine.number) is told \(event.body.state?.rawValue ?? "") \(id.text.prefix(4))")
        default: break
        }
    }

    /// A store accepted an item.
    func accept(_ id: ItemID, by machine: Machine, for reader: PublicKey) {
        // A key that is used again names what may have gone with its listing since.
        guard accepted[id] == nil else { return }
        // What was unlisted in the same turn was told of before this answer.
        if machine.ledger.endedEarly.remove(id) == nil { machine.ledger.own[id] = Ledger.Own(reader: reader) }
        let pair = [machine.key, reader]
        acceptedCounts[pair, default: 0] += 1
        accepted[id] = Accepted(
            writer: machine.key, reader: reader, index: acceptedCounts[pair] ?? 0, machine: machine.number)
    }

    /// Items that are stored though nobody was answered: the daemon fell between commit and answer.
    func findUnanswered(_ machine: Machine) throws {
        guard let store = machine.store else { return }
        for detail in try store.history(limit: 5_000, mine: true, nowMs: 0) {
            guard let person = detail.person, accepted[detail.record.id] == nil else { continue }
            accept(detail.record.id, by: machine, for: person)
        }
    }
}
