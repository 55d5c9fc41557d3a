/// What may go wrong in one world, drawn from its seed: a world in which everything goes wrong at once hides what
/// fails when one thing does, so each fault is in about half of the worlds, and each with a strength of its own.
struct Options {
    var machines: Int
    /// LANs; machines have a place in one to three of them.
    var lans: Int
    var faultsMs: Int64
    /// How many steps of people and of fate there are.
    var steps: Int

    // MARK: network
    var delayMs: ClosedRange<Int64>
    var datagramLoss = 0
    var datagramRepeats = 0
    /// Segments that come late, permille: a loss that TCP made good.
    var segmentLoss = 0
    var smallSegments = false
    /// Bytes a second that a slow reader takes; nil: none is slow.
    var slowBytes: Int?
    var slowReaders = 0
    /// Connections that are cut after some bytes, permille.
    var cuts = 0
    var partitions = false
    var oneWay = false
    var addressChanges = false
    var otherPorts = false

    // MARK: machines
    var crashes = false
    var powerCuts = false
    var sleeps = false
    var clockSkewMs: Int64 = 0
    var clockJumps = false
    var commitFaults = 0
    var fullDisks = false
    var restores = 0
    var clones = false

    // MARK: people
    var shortLives = false
    var boundaries = false
    var partings = false
    var pairings = false
    var listAll = true
    var tricksters = 0
    /// Some worlds run for hours, with pauses between steps.
    var longRun = false
    /// Drawn from a stream of their own.
    var circumstances = Circumstances()
    /// What people do beyond notes; from a stream of its own.
    var habits = Habits()

    init(_ chance: inout Chance) {
        machines = chance.pick(weighted: [(60, 2), (22, 3), (8, 4), (4, 5), (3, 6), (2, 8), (1, 12)]) ?? 2
        lans = chance.pick(weighted: [(70, 1), (25, 2), (5, 3)]) ?? 1
        faultsMs = chance.ms(20_000...90_000)
        steps = chance.int(10...45)
        delayMs = chance.pick([0...1, 1...5, 1...40, 20...200, 1...900]) ?? 1...5
        func often(_ chance: inout Chance) -> Bool { chance.happens(450) }
        if often(&chance) { datagramLoss = chance.pick([20, 200, 600]) ?? 0 }
        if often(&chance) { datagramRepeats = chance.pick([20, 300]) ?? 0 }
        if often(&chance) { segmentLoss = chance.pick([5, 50, 200]) ?? 0 }
        smallSegments = chance.happens(300)
        if chance.happens(200) {
            slowReaders = chance.pick([300, 1_000]) ?? 0
            slowBytes = chance.pick([400, 5_000, 50_000])
        }
        if often(&chance) { cuts = chance.pick([100, 400, 900]) ?? 0 }
        partitions = often(&chance)
        oneWay = chance.happens(400)
        addressChanges = chance.happens(300)
        otherPorts = chance.happens(150)
        crashes = often(&chance)
        powerCuts = chance.happens(350)
        sleeps = chance.happens(300)
        if often(&chance) { clockSkewMs = chance.pick([1_000, 600_000, 3_540_000, 18_000_000]) ?? 0 }
        clockJumps = chance.happens(300)
        if chance.happens(300) { commitFaults = chance.pick([5, 30, 150]) ?? 0 }
        fullDisks = chance.happens(200)
        if chance.happens(300) { restores = chance.int(1...3) }
        clones = chance.happens(80)
        shortLives = chance.happens(350)
        boundaries = chance.happens(350)
        partings = chance.happens(250)
        pairings = chance.happens(70)
        listAll = chance.happens(800)
        if chance.happens(250) { tricksters = 1 }
        longRun = chance.happens(40)
        if longRun { faultsMs = chance.pick([1_800_000, 5_400_000, 10_800_000]) ?? 0 }
    }

    /// How a network is after healing.
    mutating func heal() {
        delayMs = 1...5
        datagramLoss = 0
        datagramRepeats = 0
        segmentLoss = 0
        smallSegments = false
        slowBytes = nil
        cuts = 0
        commitFaults = 0
    }
}
