/// One thing that people or fate do, drawn in advance, so that a failing schedule can be made shorter.
struct Step {
    let atMs: Int64
    let act: Act
    /// What the step itself draws from: the same whatever else is left out.
    let salt: UInt64
}

/// What can be done to a world.
enum Act {
    case verb(Int, Verb)
    case kill(Int, power: Bool)
    case start(Int)
    case sleep(Int)
    case wake(Int)
    case jump(Int, ms: Int64)
    case cut(Int, Int, oneWay: Bool)
    case join(Int, Int)
    case card(Int, Int, up: Bool)
    case readdress(Int, Int)
    case breakOne
    case backUp(Int)
    case restore(Int)
    case clone(Int)
    case fillDisk(Int)
    case emptyDisk(Int)
    case trick(Int, Trick)
    case circumstance(Circumstance)
}

/// The steps of a world's faults phase.
struct Schedule {
    private(set) var steps: [Step] = []
    /// How long the faults phase lasts.
    private(set) var lengthMs: Int64
    private var chance: Chance
    private let options: Options

    init(seed: UInt64, options: Options) {
        chance = Chance(seed, "schedule")
        self.options = options
        lengthMs = options.faultsMs
        let kinds = weights()
        for _ in 0..<options.steps {
            let atMs = chance.ms(1_500...options.faultsMs)
            guard let kind = chance.pick(weighted: kinds) else { continue }
            add(kind, atMs)
        }
        if options.restores > 0 { addRestores() }
        steps.sort { ($0.atMs, $0.salt) < ($1.atMs, $1.salt) }
        // After all others, which keep their numbers.
        steps += options.habits.schedule(seed: seed, options: options)
        // Rests move the steps of habits, too.
        options.circumstances.weave(into: &steps, &lengthMs, options, Chance(seed, "steps of circumstances"))
    }

    private enum Kind { case verb, kill, sleep, jump, cut, card, address, breakOne, clone, disk, trick, burst }

    private func weights() -> [(Int, Kind)] {
        var kinds: [(Int, Kind)] = [(60, .verb), (4, .burst)]
        if options.crashes || options.powerCuts { kinds.append((10, .kill)) }
        if options.sleeps { kinds.append((6, .sleep)) }
        if options.clockJumps { kinds.append((8, .jump)) }
        if options.partitions || options.oneWay { kinds.append((10, .cut)) }
        if options.addressChanges { kinds += [(5, .card), (5, .address)] }
        if options.cuts > 0 { kinds.append((10, .breakOne)) }
        if options.clones { kinds.append((3, .clone)) }
        if options.fullDisks { kinds.append((6, .disk)) }
        if options.tricksters > 0 { kinds.append((25, .trick)) }
        return kinds
    }

    private mutating func put(_ atMs: Int64, _ act: Act) {
        steps.append(Step(atMs: min(atMs, options.faultsMs), act: act, salt: chance.next()))
    }

    private mutating func machine() -> Int { chance.int(0...options.machines - 1) }

    /// How long a state lasts: mostly short, so that several follow each other.
    private mutating func spell() -> Int64 { chance.pick([200, 1_500, 5_000, 20_000, 45_000]) ?? 1_500 }

    private mutating func add(_ kind: Kind, _ atMs: Int64) {
        let one = machine()
        switch kind {
        case .verb: put(atMs, .verb(one, verb()))
        case .burst:
            let verb: Verb = chance.happens(700) ? .give : .retract
            for _ in 0..<chance.int(3...40) { put(atMs + chance.ms(0...300), .verb(one, verb)) }
        case .kill:
            let power = options.powerCuts && (!options.crashes || chance.happens(500))
            put(atMs, .kill(one, power: power))
            put(atMs + spell(), .start(one))
        case .sleep:
            put(atMs, .sleep(one))
            put(atMs + spell(), .wake(one))
        case .jump:
            let hour: Int64 = 3_600_000
            put(
                atMs, .jump(one, ms: chance.pick([59 * 60_000, 5 * hour, 960 * hour, -59 * 60_000, -5 * hour]) ?? hour))
        case .cut:
            let other = machine()
            put(atMs, .cut(one, other, oneWay: options.oneWay && (!options.partitions || chance.happens(500))))
            put(atMs + spell(), .join(one, other))
        case .card:
            put(atMs, .card(one, chance.int(0...1), up: false))
            put(atMs + spell(), .card(one, chance.int(0...1), up: true))
        case .address: put(atMs, .readdress(one, 0))
        case .breakOne: put(atMs, .breakOne)
        case .clone: put(atMs, .clone(one))
        case .disk:
            put(atMs, .fillDisk(one))
            put(atMs + spell(), .emptyDisk(one))
        case .trick: put(atMs, .trick(0, Trick.allCases[chance.int(0...Trick.allCases.count - 1)]))
        }
    }

    private mutating func addRestores() {
        let half = options.faultsMs / 2
        for _ in 0..<options.restores {
            let one = machine()
            let atMs = chance.ms(1_000...half)
            put(atMs, .backUp(one))
            put(chance.ms(atMs...options.faultsMs), .restore(one))
            // Once more from the same backup, or the other side as well.
            if chance.happens(300) { put(chance.ms(atMs...options.faultsMs), .restore(one)) }
            if chance.happens(300) {
                let other = machine()
                put(chance.ms(1_000...half), .backUp(other))
                put(chance.ms(half...options.faultsMs), .restore(other))
            }
        }
    }

    private mutating func verb() -> Verb {
        var verbs: [(Int, Verb)] = [
            (50, .give), (8, .giveAll), (10, .answer), (14, .retract), (4, .retractEverywhere), (6, .open),
            (2, .acknowledge), (2, .rename), (2, .reach),
        ]
        if options.boundaries {
            verbs += [(4, .block), (8, .unblock), (2, .pause), (6, .unpause), (2, .remove), (8, .add)]
        }
        if options.partings { verbs += [(6, .part), (6, .add)] }
        if options.pairings { verbs += [(10, .pairOpen), (20, .pairJoin), (25, .pairAnswer), (2, .pairCancel)] }
        return chance.pick(weighted: verbs) ?? .give
    }
}
