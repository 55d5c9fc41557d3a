import MutualCore
import MutualCrypto
import MutualWire
import Testing

/// Strangers, replays, half-open sessions and clocks that jump, over whole Nodes.
@Suite struct SilenceTests {
    private let stranger = IPAddress.v4(0x0A00_0063)

    private func mutuals(seed: UInt64) throws -> (World, Host, Host) {
        let world = World(seed: seed)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        try world.start(birch)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        let met = world.run(30_000) {
            [alder, birch].allSatisfy { $0.events.contains { $0.body.kind == .personMutual } }
        }
        #expect(met)
        return (world, alder, birch)
    }

    private func flight1(of host: Host) -> [UInt8]? {
        let dials = host.written.filter { $0.key.number < 1 << 63 && $0.value.count >= 64 }
        return dials.min { $0.key < $1.key }.map { Array($0.value.prefix(64)) }
    }

    @Test(arguments: [0, 1, 63, 64, 65, 512, 5_000])
    func garbageIsMetWithSilenceForTenSeconds(count: Int) throws {
        let (world, alder, _) = try mutuals(seed: 70)
        var entropy = SeededEntropy(70, "garbage")
        let id = world.connect(to: alder, from: stranger)
        let begun = world.nowMs
        if count > 0 { world.turn(alder, [.bytesReceived(id, entropy.bytes(count))]) }
        world.run(2_000)
        world.turn(alder, [.inputEnded(id)])
        world.run(20_000)
        #expect(alder.written[id] == nil)
        #expect(alder.ended[id] == begun + 10_000)
    }

    @Test func aSourceFromElsewhereIsResetAtOnce() throws {
        let (world, alder, _) = try mutuals(seed: 71)
        let id = world.connect(to: alder, from: .v4(0x0808_0808))
        #expect(alder.ended[id] == world.nowMs)
        #expect(alder.written[id] == nil)
    }

    @Test(arguments: [false, true]) func aReplayedFlightGetsNothing(restarted: Bool) throws {
        let (world, alder, birch) = try mutuals(seed: 72)
        var replayed = 0
        for (dialler, listener) in [(alder, birch), (birch, alder)] {
            guard let flight = flight1(of: dialler) else { continue }
            replayed += 1
            if restarted {
                world.kill(listener)
                world.run(1_000)
                try world.start(listener)
                world.run(5_000)
            }
            let id = world.connect(to: listener, from: stranger)
            world.turn(listener, [.bytesReceived(id, flight)])
            world.run(20_000)
            #expect(listener.written[id] == nil)
            #expect(listener.ended[id] != nil)
        }
        #expect(replayed > 0)
    }

    @Test func theOldestOfTooManyStrangersGoes() throws {
        let (world, alder, _) = try mutuals(seed: 73)
        let first = (0..<9).map { _ in world.connect(to: alder, from: stranger) }
        #expect(alder.ended[first[0]] == world.nowMs)
        #expect(first.dropFirst().allSatisfy { alder.ended[$0] == nil })
        let many = (0..<70).map { world.connect(to: alder, from: .v4(0x0A00_0100 + UInt32($0))) }
        #expect((first + many).filter { alder.ended[$0] == nil }.count == 64)
    }

    @Test func aSessionThatIsHalfOpenIsClosedAndNothingIsLost() throws {
        let (world, alder, birch) = try mutuals(seed: 74)
        world.run(20_000)
        world.cuts = [[alder.number, birch.number]]
        _ = try world.ask(alder, .itemGive(Give.note("into the void", to: "birch")))
        // A write that stays unanswered for 5 s asks, and 2 s later the session is over.
        let cut = world.nowMs
        let before = alder.ended.count
        #expect(world.run(40_000) { alder.ended.count > before })
        #expect((5_000...8_000).contains(world.nowMs - cut))
        world.cuts = []
        #expect(world.run(40_000) { birch.events.contains { $0.body.kind == .itemArrived } })
        world.run(60_000)
        #expect(birch.events.filter { $0.body.kind == .itemArrived }.count == 1)
    }

    @Test func anIdleSessionSaysNoMoreThanItsPings() throws {
        let (world, alder, birch) = try mutuals(seed: 77)
        world.run(60_000)
        let before = alder.sent.count + birch.sent.count
        world.run(600_000)
        // A Ping and a Pong in 20 s, and the same when a beacon of either side is heard, each 100 s at the most.
        #expect((alder.sent.count + birch.sent.count - before) / 512 <= 2 * 30 + 2 * 2 * 6)
    }

    @Test func aClockThatJumpsADayErasesNothingAtOnce() throws {
        let world = World(seed: 75)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        var give = Give.note("keeps", to: "birch")
        give.lifeS = 3_600 * 24 * 7
        _ = try world.ask(alder, .itemGive(give))
        world.run(60_000)
        alder.clockSkewMs = 40 * 86_400_000
        world.run(3_600_000)
        #expect(!alder.events.contains { $0.body.state == .notReached })
        // The clock is put right: the note is still there and goes.
        alder.clockSkewMs = 0
        try world.start(birch)
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        #expect(world.run(60_000) { birch.events.contains { $0.body.kind == .itemArrived } })
    }

    @Test func aClockThatStaysADayAheadEnds() throws {
        let world = World(seed: 76)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        _ = try world.ask(alder, .itemGive(Give.note("old", to: "birch")))
        world.run(60_000)
        alder.clockSkewMs = 40 * 86_400_000
        world.run(23 * 3_600_000)
        #expect(!alder.events.contains { $0.body.state == .notReached })
        world.run(2 * 3_600_000)
        #expect(alder.events.contains { $0.body.state == .notReached })
    }

    private func leftS(_ host: Host, _ world: World) throws -> [Int64] {
        let nowMs = world.now(host).wallMs
        let shown = try host.home.turn { journal throws(JournalFault) in try journal.unopened(atMs: nowMs, limit: 9) }
        return shown.map { ($0.expiresMs - nowMs) / 1_000 }
    }

    /// Sixty hours asleep are a jump: what is written afterwards has the life that was said, and no more.
    @Test func whatIsWrittenAfterAJumpLivesAsLongAsItSays() throws {
        let (world, alder, birch) = try mutuals(seed: 77)
        for host in [alder, birch] { host.clockSkewMs = 60 * 3_600_000 }
        world.run(1_000)
        var give = Give.note("ten minutes", to: "birch")
        give.lifeS = 600
        _ = try world.ask(alder, .itemGive(give))
        #expect(world.run(60_000) { birch.events.contains { $0.body.kind == .itemArrived } })
        #expect(try leftS(birch, world).allSatisfy { $0 <= 600 })
        #expect(try leftS(birch, world).count == 1)
    }

    /// And ends by the clock that it was written by, given or not, here and there.
    @Test func whatIsWrittenAfterAJumpEndsInTime() throws {
        let (world, alder, birch) = try mutuals(seed: 78)
        world.kill(birch)
        alder.clockSkewMs = 60 * 3_600_000
        world.run(1_000)
        var give = Give.note("ten minutes", to: "birch")
        give.lifeS = 600
        _ = try world.ask(alder, .itemGive(give))
        world.run(1_300_000)
        #expect(alder.events.contains { $0.body.state == .notReached })
        try world.start(birch)
        world.run(60_000)
        #expect(!birch.events.contains { $0.body.kind == .itemArrived })
    }

    /// A clock that was weeks ahead and is put right promises no weeks more.
    @Test func aClockThatIsPutRightPromisesNoMoreLife() throws {
        let (world, alder, birch) = try mutuals(seed: 79)
        world.kill(birch)
        alder.clockSkewMs = 40 * 86_400_000
        world.run(60_000)
        alder.clockSkewMs = 0
        world.run(1_000)
        var give = Give.note("a week", to: "birch")
        give.lifeS = 7 * 86_400
        _ = try world.ask(alder, .itemGive(give))
        try world.start(birch)
        #expect(world.run(60_000) { birch.events.contains { $0.body.kind == .itemArrived } })
        #expect(try leftS(birch, world).allSatisfy { $0 <= 7 * 86_400 })
    }

    /// A machine that sleeps for days again and again, with hours between: what is over is over a day later.
    @Test func manyJumpsHoldNothingBackForEver() throws {
        let (world, alder, birch) = try mutuals(seed: 80)
        world.kill(birch)
        world.run(60_000)
        _ = try world.ask(alder, .itemGive(Give.note("old", to: "birch")))
        for _ in 0..<8 {
            alder.clockSkewMs += 40 * 86_400_000
            world.run(9 * 3_600_000)
        }
        #expect(alder.events.contains { $0.body.state == .notReached })
    }

    /// Last words wait for their thirty days of a clock that stood.
    @Test func aJumpEndsNoParting() throws {
        let (world, alder, birch) = try mutuals(seed: 81)
        world.kill(birch)
        alder.clockSkewMs = 40 * 86_400_000
        world.run(1_000)
        _ = try world.ask(alder, .peoplePart(who: "birch", text: "farewell"))
        world.run(26 * 3_600_000)
        birch.clockSkewMs = alder.clockSkewMs
        try world.start(birch)
        #expect(world.run(120_000) { birch.events.contains { $0.body.kind == .personParted } })
        #expect(birch.events.contains { $0.body.kind == .itemArrived })
    }

    /// A yes to a code has a day of a clock that stood.
    @Test func aJumpTakesNoYesBack() throws {
        let (world, alder, _) = try mutuals(seed: 82)
        let other = try world.add("Cedar")
        let log = try #require(LogID([UInt8](repeating: 9, count: 16)))
        try alder.home.turn { journal throws(JournalFault) in
            let person = PersonRecord(
                row: PersonRow(0), key: other.identity.publicKey, name: "Cedar", nameIsProvisional: false,
                standing: .listed, listedMs: world.now(alder).wallMs, byCode: true)
            _ = try journal.list(person, out: OutLog(log: log))
        }
        world.kill(alder)
        try world.start(alder)
        world.run(1_000)
        alder.clockSkewMs = 40 * 86_400_000
        world.run(3_600_000)
        #expect(!alder.events.contains { $0.body.kind == .pairEnded })
        world.run(25 * 3_600_000)
        #expect(alder.events.contains { $0.body.kind == .pairEnded })
    }
}
