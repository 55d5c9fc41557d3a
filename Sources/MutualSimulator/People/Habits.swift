/// What the invented people of one world live beyond notes and small answers. Drawn from a stream of its own, so that the
/// rest of a world is what it is without them.
struct Habits {
    /// Both seal their words, and both open together.
    var exchanges = false
    /// One's own page and one's room: each replaces the one before.
    var pages = false
    /// All other kinds, kind words that are kept, quiet, reminders.
    var words = false
    /// Goodbyes while the other is away, before a restart, from both sides, and a new yes after them.
    var goodbyes = false
    /// A machine is put back to before something was given, and its writer takes it back.
    var secondThoughts = false
    /// How many steps come of it.
    var steps = 0

    /// None.
    init() {}

    /// Half of the worlds have none.
    init(_ seed: UInt64) {
        var chance = Chance(seed, "habits")
        guard chance.happens(500) else { return }
        exchanges = chance.happens(400)
        pages = chance.happens(400)
        words = chance.happens(400)
        goodbyes = chance.happens(250)
        secondThoughts = chance.happens(250)
        steps = chance.int(6...24)
    }

    /// The steps that come of it, in no order.
    func schedule(seed: UInt64, options: Options) -> [Step] {
        var drawing = HabitSteps(chance: Chance(seed, "habit steps"), options: options)
        let verbs = verbs
        if !verbs.isEmpty {
            for _ in 0..<(words ? 2 * steps : steps) { drawing.one(of: verbs) }
        }
        if goodbyes { drawing.goodbye() }
        if secondThoughts {
            for _ in 0..<2 { drawing.secondThought() }
        }
        return drawing.steps
    }

    private var verbs: [(Int, Verb)] {
        var verbs: [(Int, Verb)] = []
        if exchanges { verbs += [(10, .propose), (14, .commit), (1, .pass), (3, .retractExchange), (4, .open)] }
        if pages { verbs += [(6, .writePage), (12, .sharePage), (3, .unsharePage), (8, .sayRoom), (2, .endRoom)] }
        if words { verbs += [(24, .speak), (6, .keep), (2, .quiet), (1, .feelings), (1, .nudges), (1, .replace)] }
        return verbs
    }
}

/// Draws steps of people who have habits.
struct HabitSteps {
    var chance: Chance
    let options: Options
    private(set) var steps: [Step] = []

    init(chance: Chance, options: Options) {
        self.chance = chance
        self.options = options
    }

    private mutating func put(_ atMs: Int64, _ act: Act) {
        steps.append(Step(atMs: min(atMs, options.faultsMs), act: act, salt: chance.next()))
    }

    private mutating func machine() -> Int { chance.int(0...options.machines - 1) }

    /// Two who are not the same.
    private mutating func pair() -> (Int, Int) {
        let one = machine()
        return (one, (one + chance.int(1...max(1, options.machines - 1))) % options.machines)
    }

    mutating func one(of verbs: [(Int, Verb)]) {
        let atMs = chance.ms(1_500...options.faultsMs)
        guard let verb = chance.pick(weighted: verbs) else { return }
        let one = machine()
        put(atMs, .verb(one, verb))
        // What replaces follows soon now and then, so that the older one is still on its way.
        let again = verb == .sharePage || verb == .sayRoom ? chance.int(0...2) : 0
        for _ in 0..<again { put(atMs + (chance.pick([20, 400, 4_000]) ?? 20), .verb(one, verb)) }
    }

    /// One leaves, often while the other is away or shortly before a restart; some come back.
    mutating func goodbye() {
        let (one, other) = pair()
        var atMs = chance.ms(options.faultsMs / 4...options.faultsMs)
        let isAlone = chance.happens(500)
        if isAlone { put(atMs, .kill(other, power: chance.happens(300))) }
        atMs += chance.ms(0...2_000)
        if chance.happens(500) { put(atMs, .verb(one, chance.happens(500) ? .give : .sharePage)) }
        put(atMs, .verb(one, .part))
        if chance.happens(200) { put(atMs + chance.ms(0...40), .verb(other, .part)) }
        if chance.happens(500) {
            atMs += chance.pick([0, 5, 60, 1_000]) ?? 0
            put(atMs, .kill(one, power: chance.happens(300)))
            put(atMs + chance.ms(0...2_000), .start(one))
        }
        atMs += chance.pick([200, 2_000, 8_000]) ?? 200
        if isAlone { put(atMs, .start(other)) }
        if chance.happens(500) {
            for back in [one, other] { put(atMs + chance.ms(1_000...8_000), .verb(back, .add)) }
        }
    }

    /// Something is given from a machine that has a backup from before it went, and taken back after that was put back.
    mutating func secondThought() {
        let (one, other) = pair()
        let isPaused = chance.happens(500)
        var atMs = chance.ms(3_000...max(3_001, options.faultsMs - 12_000))
        func leave() -> Act { isPaused ? .verb(one, .pause) : .kill(other, power: false) }
        func meet() -> Act { isPaused ? .verb(one, .unpause) : .start(other) }
        put(atMs, leave())
        atMs += chance.ms(100...1_500)
        let verb: Verb = chance.pick(weighted: [(6, .give), (2, .sharePage), (1, .propose)]) ?? .give
        for _ in 0..<chance.int(1...3) { put(atMs, .verb(one, verb)) }
        atMs += chance.ms(50...500)
        put(atMs, .backUp(one))
        put(atMs + 10, meet())
        atMs += chance.pick([1_000, 3_000, 8_000]) ?? 1_000
        // A paused one is put back into its pause.
        if !isPaused { put(atMs, leave()) }
        put(atMs + 20, .restore(one))
        atMs += chance.ms(100...1_000)
        for _ in 0..<chance.int(1...3) { put(atMs + chance.ms(0...200), .verb(one, .retractLast)) }
        put(atMs + 500, meet())
    }
}
