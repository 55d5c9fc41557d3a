import MutualCore
import MutualWire

/// Two worlds that must look alike from outside: one in which somebody is blocked and one in which they are unknown, one
/// in which a daemon is paused and one in which it is off `[session-29]`.
public enum Lookalikes {
    /// Everything that a machine orders at its sockets, byte for byte, after it blocked somebody, against after it unlisted
    /// them: nil when both are the same, else what differs. The other one is an honest Node and a modified peer, who
    /// both go on trying.
    public static func blockedAndUnknown(_ seed: UInt64) -> String? {
        let blocked = meeting(seed, watched: 0) { world, machine in
            for name in ["M1", "T0"] { world.ask(machine, .block, .peopleBlock(who: name)) }
        }
        let unknown = meeting(seed, watched: 0) { world, machine in
            for name in ["M1", "T0"] { world.ask(machine, .remove, .peopleRemove(who: name)) }
        }
        return difference(blocked, unknown)
    }

    /// Everything that another machine hears of a daemon after it was paused, against after it was stopped.
    public static func pausedAndOff(_ seed: UInt64) -> String? {
        let paused = meeting(seed, watched: 1) { world, machine in
            world.ask(machine, .pause, .pauseSet(on: true))
        }
        let off = meeting(seed, watched: 1) { world, machine in world.stop(machine) }
        return difference(paused, off)
    }

    private static func difference(_ one: World, _ other: World) -> String? {
        defer {
            one.end()
            other.end()
        }
        if let failure = one.failure ?? other.failure { return "\(failure.checker): \(failure.message)" }
        guard one.watch.lines.count > 3 else { return "nothing was seen" }
        for (mine, theirs) in zip(one.watch.lines, other.watch.lines) where mine != theirs {
            return "\(mine) against \(theirs)"
        }
        let same = one.watch.lines.count == other.watch.lines.count && one.watch.digest == other.watch.digest
        return same ? nil : "\(one.watch.lines.count) against \(other.watch.lines.count) orders"
    }

    /// Two machines and a trickster meet and talk, then something is done, and what follows is watched for a while.
    private static func meeting(_ seed: UInt64, watched: Int, _ body: @escaping (World, Machine) -> Void) -> World {
        var drawn = Chance(seed, "options")
        var options = Options(&drawn)
        options.heal()
        // Nothing is drawn for the network, so that neither world draws more than the other.
        options.delayMs = 2...2
        options.machines = 2
        options.lans = 1
        options.tricksters = 1
        options.listAll = true
        options.clockSkewMs = 0
        options.otherPorts = false
        options.crashes = false
        let world = World(seed: seed, options: options, checkers: [])
        world.setUp()
        guard world.machines.count == 2 else { return world }
        let one = world.machines[0]
        var chance = Chance(seed, "lookalike")
        for at in [3_000, 4_000, 5_000] as [Int64] {
            world.plan(after: at) { [unowned world] in world.act(one, .give, UInt64(at)) }
        }
        for _ in 0..<6 {
            let trick = Trick.allCases[chance.int(0...Trick.allCases.count - 1)]
            let salt = chance.next()
            world.plan(after: chance.ms(2_000...8_000)) { [unowned world] in world.tricksters[0].play(trick, salt) }
        }
        let startMs = world.nowMs + 10_000
        world.plan(after: 10_000) { [unowned world] in
            body(world, one)
        }
        world.plan(after: 10_045) { [unowned world] in
            for machine in world.machines { machine.reseed(seed) }
            world.networkChance = Chance(seed, "after")
        }
        // The turn in which it is done differs in what it says to its own person.
        world.watch.hears = watched == 1
        world.plan(after: 10_050) { [unowned world] in world.watch.machine = watched }
        for _ in 0..<25 {
            let trick = Trick.allCases[chance.int(0...Trick.allCases.count - 1)]
            let salt = chance.next()
            world.plan(after: chance.ms(11_000...120_000)) { [unowned world] in world.tricksters[0].play(trick, salt) }
        }
        world.run(until: startMs + 150_000)
        return world
    }
}

/// What is seen of one machine: its orders, or for another machine what it hears.
struct Watch {
    var machine: Int?
    /// What it hears counts, not what it orders.
    var hears = false
    private(set) var lines: [String] = []
    private var trace = Trace()

    var digest: UInt64 { trace.digest }

    mutating func add(_ effect: Effect, _ atMs: Int64) {
        switch effect {
        case .answer, .publish, .log: return
        case .broadcast(let bytes, _, _, _): lines.append("\(atMs) broadcast \(bytes.count)")
        case .write(let id, let bytes): lines.append("\(atMs) write \(id.number) \(bytes.count)")
        case .close(let id): lines.append("\(atMs) close \(id.number)")
        case .reset(let id): lines.append("\(atMs) reset \(id.number)")
        case .dial(let id, let endpoint): lines.append("\(atMs) dial \(id.number) \(endpoint.text)")
        case .listen, .unlisten, .hear: lines.append("\(atMs) listens")
        }
        trace.add(effect)
    }

    mutating func add(_ input: Input, _ atMs: Int64) {
        switch input {
        case .deadlineReached, .requestReceived: return
        case .datagramReceived(let bytes, let source): lines.append("\(atMs) datagram \(bytes.count) \(source.text)")
        case .bytesReceived(let id, let bytes): lines.append("\(atMs) bytes \(id.number) \(bytes.count)")
        case .connectionAccepted(let id, _, _, _): lines.append("\(atMs) accepted \(id.number)")
        case .connectionOpened(let id, _): lines.append("\(atMs) opened \(id.number)")
        case .dialFailed(let id): lines.append("\(atMs) failed \(id.number)")
        case .inputEnded(let id): lines.append("\(atMs) ended \(id.number)")
        case .connectionClosed(let id): lines.append("\(atMs) closed \(id.number)")
        case .bytesWritten, .interfacesChanged, .listening: break
        }
        trace.add(input)
    }
}

extension World {
    /// A daemon ends in good order: its sockets close with a plain FIN.
    func stop(_ machine: Machine) {
        guard machine.power == .running else { return }
        for (_, socket) in machine.sockets.sorted(by: { $0.key < $1.key }) { close(socket) }
        machine.sockets = [:]
        machine.end()
        machine.power = .idle
    }
}
