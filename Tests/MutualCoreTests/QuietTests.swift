import MutualCore
import MutualCrypto
import MutualWire
import Testing

/// Quiet: what comes arrives and waits, and nobody else can tell.
@Suite struct QuietTests {
    private let couple: Couple
    private var world: World { couple.world }

    init() throws { couple = try Couple(seed: 61) }

    private func notices(_ host: Host) -> [Bool?] {
        host.events.filter { $0.body.kind == .itemArrived }.map(\.body.notice)
    }

    private func note(_ text: String) throws {
        try couple.give(couple.alder, .note(text: text, want: nil))
        couple.settle()
    }

    private func quiet(_ wish: QuietWish, of who: [String] = []) throws {
        _ = try world.ask(couple.birch, .quietSet(who: who, wish))
    }

    @Test func untilItIsEnded() throws {
        try note("one")
        try quiet(.open)
        try note("two")
        try quiet(.off)
        // Nothing is made up for.
        #expect(notices(couple.birch) == [true, false])
        try note("three")
        #expect(notices(couple.birch) == [true, false, true])
    }

    @Test func ofOnePersonOnly() throws {
        try quiet(.open, of: ["alder"])
        try note("one")
        try quiet(.open)
        try quiet(.off, of: ["Alder"])
        try note("two")
        try quiet(.off, of: ["all"])
        try note("three")
        #expect(notices(couple.birch) == [false, false, true])
        #expect(couple.reason { try quiet(.open, of: ["nobody"]) } == "unknown-person")
    }

    @Test func untilAMoment() throws {
        let now = world.now(couple.birch).wallMs
        #expect(couple.reason { try quiet(.until(now)) } == "until-passed")
        try quiet(.until(now + 60_000))
        try note("one")
        world.run(60_000)
        try note("two")
        #expect(notices(couple.birch) == [false, true])
    }

    @Test func hoursFollowTheClockOnTheWall() throws {
        // The world begins at 14:13 UTC.
        #expect(couple.reason { try quiet(.daily("22-7")) } == "bad-hours")
        try quiet(.daily("16:00-17:00"))
        try note("one")
        couple.birch.utcOffsetS = 7_200
        try note("two")
        couple.birch.utcOffsetS = 10_800
        try note("three")
        couple.birch.utcOffsetS = -79_200
        try note("four")
        #expect(notices(couple.birch) == [true, false, true, false])
    }

    @Test func itHoldsOverARestart() throws {
        try quiet(.daily("14:00-15:00"))
        try quiet(.until(world.now(couple.birch).wallMs + 3_600_000), of: ["alder"])
        world.kill(couple.birch)
        try world.start(couple.birch)
        world.run(30_000)
        try note("one")
        try quiet(.off)
        try note("two")
        try quiet(.off, of: ["alder"])
        try note("three")
        #expect(notices(couple.birch) == [false, false, true])
    }

    @Test func itGoesWithThePerson() throws {
        try quiet(.open, of: ["alder"])
        _ = try world.ask(couple.birch, .peopleRemove(who: "alder"))
        let kept = try couple.birch.home.turn { journal throws(JournalFault) in try journal.setting(Quiet.setting) }
        #expect(kept == nil)
    }

    @Test func whatIsKeptIsReadBack() throws {
        try quiet(.daily("22:00-07:00"))
        try quiet(.until(world.now(couple.birch).wallMs + 3_600_000), of: ["alder"])
        let kept = try couple.birch.home.turn { journal throws(JournalFault) in
            try journal.setting(Quiet.setting) ?? []
        }
        let quiet = Quiet(stored: kept)
        #expect(quiet.entries.map(\.person) == [nil, couple.alder.identity.publicKey])
        #expect(quiet.entries.first?.span == DailyHours(text: "22:00-07:00").map { .daily($0) })
        // However it is cut, it is read without a fault.
        for length in kept.indices { #expect(Quiet(stored: Array(kept.prefix(length))).entries.count <= 2) }
    }

    /// The same bytes at the same moments, whether somebody is quiet or not.
    @Test func othersCannotTell() throws {
        func traffic(quietly: Bool) throws -> (
            sent: [[UInt8]], ended: [ConnectionID: Int64], dials: [Int], ids: [String]
        ) {
            let couple = try Couple(seed: 62)
            let world = couple.world
            _ = try world.ask(couple.birch, quietly ? .quietSet(who: [], .open) : .pairList)
            _ = try world.ask(couple.birch, quietly ? .quietSet(who: ["alder"], .daily("00:00-23:59")) : .pairList)
            for text in ["one", "two", "three"] {
                try couple.give(couple.alder, .note(text: text, want: nil))
                world.run(40_000)
            }
            try couple.give(couple.birch, .note(text: "back", want: nil))
            world.setLink(couple.birch, up: false)
            world.run(60_000)
            world.setLink(couple.birch, up: true)
            world.run(120_000)
            #expect(couple.birch.events.contains { $0.body.notice == !quietly })
            #expect(!couple.birch.events.contains { $0.body.notice == quietly })
            let ids = couple.alder.events.compactMap { $0.body.item?.text }
            let written = couple.birch.written.sorted { $0.key < $1.key }.map(\.value)
            return ([couple.alder.sent, couple.birch.sent] + written, couple.birch.ended, world.dials, ids)
        }
        let (loud, silent) = (try traffic(quietly: false), try traffic(quietly: true))
        #expect(loud.sent == silent.sent && !loud.sent[1].isEmpty)
        #expect(loud.ended == silent.ended && loud.dials == silent.dials && loud.ids == silent.ids)
    }
}
