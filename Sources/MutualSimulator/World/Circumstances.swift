/// What some worlds have besides: drawn from a stream of its own, in addition to what `Options` draws.
struct Circumstances {
    /// How long nothing is done in the middle of the faults phase, milliseconds; 0: there is no rest. Most machines are
    /// off or asleep then, so that hours cost little.
    var restMs: Int64 = 0
    /// Somebody on the network sends first flights again.
    var replays = false
    /// People unlist somebody and list them again, or somebody else, at once.
    var relists = false
    /// How many things somebody writes to one person in one go; 0: nobody does.
    var flood = 0
    /// Healing lets a clock alone that is right enough.
    var keepsClocks = false
    /// Of what is given in a world of short lives so much has one, permille.
    var shortLives = 600

    init() {}

    init(_ seed: UInt64) {
        self.init()
        var chance = Chance(seed, "circumstances")
        guard chance.happens(400) else { return }
        let minute: Int64 = 60_000
        if chance.happens(450) { restMs = (chance.pick([35, 380, 420, 1_800]) ?? 35) * minute }
        replays = chance.happens(450)
        relists = chance.happens(450)
        if chance.happens(150) { flood = chance.int(280...600) }
        keepsClocks = chance.happens(600)
        if restMs > 0 { shortLives = 900 }
    }
}

/// A step that comes of them.
enum Circumstance {
    /// Unlists somebody and lists them again, or somebody else, at once; or blocks one and unblocks another.
    case relist(Int)
    /// Writes so many things to one person in one go.
    case flood(Int, to: Int, count: Int)
    /// Sends first flights again that were answered.
    case replay
}

extension Options {
    /// They change a little of the rest.
    mutating func take(_ circumstances: Circumstances) {
        self.circumstances = circumstances
        if circumstances.restMs > 0 { shortLives = true }
    }
}

extension Circumstances {
    /// Adds their steps to a schedule, which grows by the rest.
    func weave(into steps: inout [Step], _ lengthMs: inout Int64, _ options: Options, _ drawn: Chance) {
        var weaver = Weaver(circumstances: self, options: options, chance: drawn, steps: steps, lengthMs: lengthMs)
        if restMs > 0 { weaver.rest() }
        if relists { weaver.relist() }
        if flood > 0 { weaver.flood() }
        if replays { weaver.replay() }
        steps = weaver.steps
        lengthMs = weaver.lengthMs
    }
}

/// Puts steps of circumstances between the others.
private struct Weaver {
    let circumstances: Circumstances
    let options: Options
    var chance: Chance
    var steps: [Step]
    var lengthMs: Int64
    /// When the rest begins, and when it is over, if there is one.
    var restsFromMs: Int64?
    var restedAtMs: Int64?

    private mutating func put(_ atMs: Int64, _ act: Act) {
        steps.append(Step(atMs: min(max(atMs, 1_500), lengthMs), act: act, salt: chance.next()))
    }

    /// A moment at which something goes on: not in the middle of the rest.
    private mutating func moment(from: Int64) -> Int64 {
        let atMs = chance.ms(from...options.faultsMs)
        guard let restsFromMs, atMs > restsFromMs else { return atMs }
        return atMs + circumstances.restMs
    }

    private mutating func machine() -> Int { chance.int(0...options.machines - 1) }

    /// All lie still for hours. What was said shortly before may have reached nobody; what comes after finds things that
    /// are over.
    mutating func rest() {
        let fromMs = chance.ms(options.faultsMs / 4...options.faultsMs * 3 / 4)
        let restMs = circumstances.restMs
        steps = steps.map { step in
            step.atMs <= fromMs ? step : Step(atMs: step.atMs + restMs, act: step.act, salt: step.salt)
        }
        lengthMs += restMs
        let overMs = fromMs + restMs
        (restsFromMs, restedAtMs) = (fromMs, overMs)
        let away = machine()
        if chance.happens(600) {
            // Nobody knows yet that this one is away.
            put(fromMs - 1_000, .kill(away, power: true))
            for _ in 0..<chance.int(1...4) {
                put(fromMs - chance.ms(0...900), .verb(machine(), chance.happens(800) ? .give : .retract))
            }
        }
        // One that is awake looks for the others all the time.
        var someoneIsAwake = restMs > 8 * 3_600_000 || options.machines > 3
        for one in 0..<options.machines {
            let stopMs = fromMs + chance.ms(0...12_000)
            let goMs = overMs + chance.ms(-20_000...20_000)
            switch chance.int(0...9) {
            case 0...5:
                put(stopMs, .kill(one, power: chance.happens(300)))
                put(goMs, .start(one))
            case 6, 7:
                put(stopMs, .sleep(one))
                put(goMs, .wake(one))
                if chance.happens(500) {
                    put(goMs + 500, .kill(one, power: false))
                    put(goMs + 1_500, .start(one))
                }
            default:
                if someoneIsAwake {
                    put(stopMs, .kill(one, power: true))
                    put(goMs, .start(one))
                }
                someoneIsAwake = true
            }
        }
        put(overMs + 20_000, .start(away))
        for _ in 0..<chance.int(1...5) { put(overMs + chance.ms(0...40_000), .verb(machine(), .give)) }
    }

    mutating func relist() {
        for _ in 0..<chance.int(1...3) { put(moment(from: 2_000), .circumstance(.relist(machine()))) }
        if chance.happens(700) { put(lengthMs - chance.ms(0...8_000), .circumstance(.relist(machine()))) }
        guard let restedAtMs else { return }
        for _ in 0..<chance.int(1...2) {
            let atMs = restedAtMs + chance.ms(0...35_000)
            put(atMs, .circumstance(.relist(machine())))
            put(atMs + chance.ms(0...9_000), .verb(machine(), .giveAll))
        }
    }

    mutating func flood() {
        let (one, other) = (machine(), machine())
        let atMs = moment(from: 3_000)
        if chance.happens(500) {
            put(atMs - 1_000, .kill(other, power: chance.happens(500)))
            put(atMs + chance.ms(200...20_000), .start(other))
        }
        put(atMs, .circumstance(.flood(one, to: other, count: circumstances.flood)))
    }

    mutating func replay() {
        // A daemon that began anew has only its disk to remember by.
        let starts = steps.compactMap { step -> Int64? in
            if case .start = step.act { return step.atMs }
            return nil
        }
        for atMs in starts where chance.happens(600) { put(atMs + chance.ms(50...4_000), .circumstance(.replay)) }
        for _ in 0..<chance.int(1...3) {
            let (one, atMs) = (machine(), moment(from: 4_000))
            put(atMs, .kill(one, power: false))
            put(atMs + 300, .start(one))
            put(atMs + 300 + chance.ms(50...4_000), .circumstance(.replay))
        }
        for _ in 0..<chance.int(2...6) { put(moment(from: 3_000), .circumstance(.replay)) }
        if let restedAtMs { put(restedAtMs + 21_000, .circumstance(.replay)) }
    }
}
