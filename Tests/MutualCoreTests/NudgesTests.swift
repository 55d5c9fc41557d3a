import MutualStore
import MutualWire
import Testing

@testable import MutualCore

/// When a nudge comes, and that nothing else comes of it.
@Suite struct NudgesTests {
    private static let hourMs: Int64 = 3_600_000
    private static let dayMs: Int64 = 86_400_000
    /// Midnight in UTC of some day.
    private static let midnightMs: Int64 = 20_717 * 86_400_000

    private func nudges(_ minute: Int) -> Nudges {
        var nudges = Nudges()
        nudges.minute = minute
        return nudges
    }

    private func at(_ hours: Double, offsetH: Double = 0) -> Instant {
        Instant(
            wallMs: Self.midnightMs + Int64(hours * 3_600_000), monotonicMs: Int64(hours * 3_600_000),
            utcOffsetS: Int32(offsetH * 3_600))
    }

    /// Turns at these moments; which of them bring a nudge.
    private func times(_ nudges: inout Nudges, _ moments: [Instant]) -> [Int] {
        var last: Instant?
        var found: [Int] = []
        for (index, now) in moments.enumerated() {
            if nudges.due(at: now, after: last) == .now { found.append(index) }
            last = now
        }
        return found
    }

    @Test func itComesOnceADayAtItsLocalTime() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(5))
        let moments = stride(from: 5.0, to: 77.0, by: 0.1).map { at($0, offsetH: 2) }
        let found = times(&daily, moments)
        #expect(found.count == 3)
        // 8:00 local is 6:00 in UTC.
        #expect(found.first.map { moments[$0].wallMs } == at(6).wallMs)
    }

    @Test func aMomentThatIsPastWhenItIsChosenComesTomorrow() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(8.05))
        #expect(times(&daily, [at(8.06), at(8.2), at(9)]) == [])
        #expect(times(&daily, [at(31.9), at(32)]) == [1])
    }

    @Test func whatWasSleptThroughIsNotMadeUpFor() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(6))
        // Asleep from 7 to 11, then awake; then asleep for three days.
        #expect(times(&daily, [at(7), at(11), at(11.1), at(12)]) == [])
        #expect(times(&daily, [at(31), at(24 * 4 + 9), at(24 * 4 + 10)]) == [])
        #expect(times(&daily, [at(24 * 5 + 8)]) == [0])
        // A little late is in time.
        var late = nudges(8 * 60)
        late.begin(at: at(6))
        #expect(times(&late, [at(7), at(8.2)]) == [1])
    }

    @Test func aRestartBringsItNoSecondTime() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(6))
        #expect(times(&daily, [at(8)]) == [0])
        var again = Nudges(stored: daily.stored)
        #expect(again == daily)
        #expect(times(&again, [at(8.1), at(8.2)]) == [])
    }

    @Test func summerTimeLeavesNothingOutAndDoublesNothing() {
        // At 1:00 in UTC the clock goes from 2:00 to 3:00: there is no 2:30.
        var spring = nudges(2 * 60 + 30)
        spring.begin(at: at(0, offsetH: 1))
        #expect(
            times(&spring, [at(0.9, offsetH: 1), at(1, offsetH: 2), at(1.2, offsetH: 2), at(2, offsetH: 2)]) == [1])
        // At 1:00 in UTC the clock goes from 3:00 to 2:00: there are two 2:30.
        var autumn = nudges(2 * 60 + 30)
        autumn.begin(at: at(0, offsetH: 2))
        #expect(
            times(&autumn, [at(0.5, offsetH: 2), at(1, offsetH: 1), at(1.5, offsetH: 1), at(2, offsetH: 1)]) == [0])
    }

    @Test func anotherZoneBringsItAtItsTimeThere() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(0))
        // Asleep on the way east, woken at 11:00 of the new place: that was missed.
        #expect(times(&daily, [at(1), at(3, offsetH: 8), at(3.2, offsetH: 8)]) == [])
        #expect(times(&daily, [at(24, offsetH: 8)]) == [0])
        // Back west it is the same day there, on which it came already.
        #expect(times(&daily, [at(30, offsetH: 2)]) == [])
        #expect(times(&daily, [at(54, offsetH: 2)]) == [0])
    }

    @Test func aClockThatWasFarAheadDoesNotSilenceTheYearsToCome() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(24 * 3_000))
        #expect(times(&daily, [at(7), at(8), at(8.1)]) == [1])
    }

    @Test func theWaitIsNeverLongAndEndsAtTheMoment() {
        var daily = nudges(8 * 60)
        daily.begin(at: at(6))
        #expect(daily.waitMs(at: at(6)) == Nudges.lateMs)
        #expect(daily.waitMs(at: at(7.95)) == 180_000)
        #expect(Nudges().waitMs(at: at(6)) == nil)
    }

    @Test(arguments: [nil, [], [1], [UInt8](repeating: 255, count: 11), [UInt8](repeating: 9, count: 12)])
    func whatIsNoSettingIsOff(_ stored: [UInt8]?) {
        let read = Nudges(stored: stored)
        #expect(read.minute == nil)
        #expect(!read.kindWord || stored?.count == 11)
    }

    @Test(arguments: [Int64.min, -1, 0, 1, Int64.max]) func noClockIsTooStrange(_ wallMs: Int64) {
        for offset in [Int32.min, 0, Int32.max] {
            var daily = nudges(1_439)
            daily.begin(at: at(6))
            let now = Instant(wallMs: wallMs, monotonicMs: 0, utcOffsetS: offset)
            _ = daily.due(at: now, after: Instant(wallMs: 0, monotonicMs: 0, utcOffsetS: offset / 2))
            _ = daily.waitMs(at: now)
            daily.begin(at: now)
        }
    }

    // MARK: over whole Nodes

    private func told(_ host: Host) -> [EventBody] { host.events.map(\.body).filter { $0.kind == .nudge } }

    /// The minute of the day, in UTC, that comes next in a world.
    private func soon(_ world: World, _ host: Host) -> Int {
        Int((world.now(host).wallMs + 120_000) / 60_000 % 1_440)
    }

    @Test func theDeadlineBringsItAndARestartKeepsIt() throws {
        let couple = try Couple(seed: 91)
        let (world, alder) = (couple.world, couple.alder)
        _ = try world.ask(alder, .nudgesSet(minute: soon(world, alder), kindWord: false))
        world.run(180_000)
        #expect(told(alder).map(\.how) == ["moment"])
        #expect(told(alder).allSatisfy { $0.person == nil && $0.item == nil })
        world.kill(alder)
        try world.start(alder)
        world.run(600_000)
        #expect(told(alder).count == 1)
        world.run(Self.dayMs)
        #expect(told(alder).count == 2)
        // Off means off.
        _ = try world.ask(alder, .nudgesSet(minute: nil, kindWord: false))
        world.run(2 * Self.dayMs)
        #expect(told(alder).count == 2)
    }

    @Test func whileTheMachineIsOffNothingCollects() throws {
        let couple = try Couple(seed: 92)
        let (world, alder) = (couple.world, couple.alder)
        _ = try world.ask(alder, .nudgesSet(minute: soon(world, alder), kindWord: false))
        world.kill(alder)
        world.run(3 * Self.dayMs + Self.hourMs)
        try world.start(alder)
        world.run(Self.hourMs)
        #expect(told(alder).isEmpty)
        world.run(Self.dayMs)
        #expect(told(alder).count == 1)
    }

    /// Keeps what Birch gave.
    private func keep(_ given: GivenItem, _ couple: Couple) throws {
        var record = try #require(try couple.record(couple.alder, given.id))
        record.kept = true
        try couple.alder.home.turn { journal throws(JournalFault) in try journal.update(record) }
    }

    @Test func aLowCheckInBringsAKindWordThatWasKept() throws {
        let couple = try Couple(seed: 93)
        let (world, alder, birch) = (couple.world, couple.alder, couple.birch)
        let low = Content.checkIn(text: "", feelings: [], energy: .low, want: nil)
        _ = try world.ask(alder, .nudgesSet(minute: nil, kindWord: true))
        // Nothing kept, nothing told.
        try couple.give(alder, low)
        #expect(told(alder).isEmpty)
        var words: [ItemID] = []
        for text in ["You listen well.", "You stayed.", "You are missed."] {
            let word = try couple.give(birch, .encourage(text: text))
            couple.settle()
            try keep(word, couple)
            words.append(word.id)
        }
        _ = try couple.give(birch, .encourage(text: "Not kept."))
        couple.settle()
        for _ in 0..<30 { try couple.give(alder, low) }
        #expect(told(alder).count == 30)
        // By chance, and each of them at some time.
        #expect(Set(told(alder).compactMap(\.item)) == Set(words))
        #expect(told(alder).allSatisfy { $0.how == "kind-word" && $0.person == birch.identity.publicKey })
        // Only a check-in of one's own that says so.
        try couple.give(alder, .checkIn(text: "", feelings: [], energy: .some, want: nil))
        try couple.give(birch, low)
        couple.settle()
        #expect(told(alder).count == 30 && told(birch).isEmpty)
        // Nothing of somebody whom one blocked; nothing when it is off.
        _ = try world.ask(alder, .peopleAdd(id: try world.add("Cedar").id, name: "Cedar"))
        _ = try world.ask(alder, .peopleBlock(who: "birch"))
        var give = Give(low)
        give.to = ["cedar"]
        _ = try world.ask(alder, .itemGive(give))
        #expect(told(alder).count == 30)
        _ = try world.ask(alder, .peopleUnblock(who: "birch"))
        _ = try world.ask(alder, .nudgesSet(minute: nil, kindWord: false))
        _ = try world.ask(alder, .itemGive(give))
        #expect(told(alder).count == 30)
    }

    @Test func aKeyThatComesAgainBringsNoSecondOne() throws {
        let couple = try Couple(seed: 94)
        let word = try couple.give(couple.birch, .encourage(text: "You listen well."))
        couple.settle()
        try keep(word, couple)
        _ = try couple.world.ask(couple.alder, .nudgesSet(minute: nil, kindWord: true))
        var give = Give(.checkIn(text: "", feelings: [], energy: .low, want: nil))
        give.to = ["birch"]
        let key = IdempotencyKey(key: "k", parameters: [1])
        for _ in 0..<3 { _ = try couple.world.ask(couple.alder, .itemGive(give), key: key) }
        #expect(told(couple.alder).count == 1)
    }

    /// The same world, days of it, with nudges and without: to everybody else it is the same to the byte and the
    /// millisecond.
    @Test func nothingThatIsSentDependsOnNudges() throws {
        func play(nudges: Bool) throws -> (traces: [[String]], told: Int) {
            let couple = try Couple(seed: 95)
            let (world, alder, birch) = (couple.world, couple.alder, couple.birch)
            let minute = soon(world, alder)
            _ = try world.ask(alder, .nudgesSet(minute: nudges ? minute : nil, kindWord: nudges))
            for text in ["You listen well.", "You stayed."] {
                let word = try couple.give(birch, .encourage(text: text))
                couple.settle()
                try keep(word, couple)
            }
            for day in 0..<3 {
                world.run(7 * Self.hourMs)
                try couple.give(alder, .checkIn(text: "Day \(day)", feelings: ["tired"], energy: .low, want: .listen))
                world.run(5 * Self.hourMs)
                // Away, restarted and paused, as days go.
                world.setLink(birch, up: false)
                world.run(2 * Self.hourMs)
                world.setLink(birch, up: true)
                _ = try world.ask(alder, .pauseSet(on: true))
                world.run(Self.hourMs)
                _ = try world.ask(alder, .pauseSet(on: false))
                world.kill(alder)
                world.run(60_000)
                try world.start(alder)
                world.run(9 * Self.hourMs)
            }
            #expect(alder.failures.isEmpty && birch.failures.isEmpty)
            return ([alder.networkTrace, birch.networkTrace], told(alder).count)
        }
        let (without, with) = (try play(nudges: false), try play(nudges: true))
        #expect(without.told == 0)
        #expect(with.told >= 5)
        #expect(without.traces[0].count > 100)
        for (a, b) in zip(without.traces, with.traces) {
            #expect(a.count == b.count)
            #expect(zip(a, b).first { $0 != $1 }.map { "\($0)\n\($1)".prefix(400) } == nil)
        }
    }
}
