import MutualCore
import MutualWire
import Testing

/// Taking back, parting, blocking and pausing, between Nodes over real stores.
@Suite struct BoundaryTests {
    private let world: World
    private let alder: Host
    private let birch: Host

    init() throws {
        world = World(seed: 40)
        alder = try world.add("Alder")
        birch = try world.add("Birch")
        for host in [alder, birch] { try world.start(host) }
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        let (world, alder, birch) = (world, alder, birch)
        #expect(world.run(30_000) { [alder, birch].allSatisfy { Self.saw(.personMutual, $0) == 1 } })
    }

    // MARK: what hosts say

    private static func saw(_ kind: EventKind, _ host: Host) -> Int { host.events.count { $0.body.kind == kind } }

    private func people(_ host: Host) throws -> [PersonRecord] {
        try host.home.turn { journal throws(JournalFault) in try journal.people() }
    }

    private func note(_ host: Host, _ who: String, _ text: String) throws -> GivenItem {
        guard case .given(let items) = try world.ask(host, .itemGive(Give.note(text, to: who))) else {
            throw Refusal(.fault, "no items")
        }
        return try #require(items.first)
    }

    private func retract(_ host: Host, _ item: String, everywhere: Bool = false) throws -> [Retraction] {
        guard case .retracted(let copies) = try world.ask(host, .itemRetract(item: item, everywhere: everywhere)) else {
            throw Refusal(.fault, "no copies")
        }
        return copies
    }

    /// What a host has of an item of the other's.
    private func received(_ host: Host, _ id: ItemID) throws -> (record: ItemRecord, content: [UInt8]?)? {
        try host.home.turn { journal throws(JournalFault) in
            guard let record = try journal.items(beginning: id.text, limit: 1).first, !record.mine else { return nil }
            return (record, try journal.content(record.row))
        }
    }

    private func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.reason
        }
    }

    // MARK: taking back

    @Test func whatNeverLeftIsTakenBackWithoutATrace() throws {
        world.setLink(birch, up: false)
        // Until the session is known to be dead things are given to it.
        world.run(60_000)
        let given = try note(alder, "birch", "not yet")
        #expect(try retract(alder, given.handle).map(\.reach) == [.neverLeft])
        // Once more is the same.
        #expect(try retract(alder, given.id.text).map(\.reach) == [.neverLeft])
        world.setLink(birch, up: true)
        _ = try note(alder, "birch", "after")
        #expect(world.run(60_000) { Self.saw(.itemArrived, birch) == 1 })
        #expect(try received(birch, given.id) == nil)
        let told = alder.events.filter { $0.body.item == given.id }
        #expect(told.map(\.body.state) == [.takenBack] && told.map(\.body.cause) == [.byYou])
    }

    @Test func whatArrivedIsErasedThereAndSaysSoForADay() throws {
        let given = try note(alder, "birch", "a word")
        #expect(world.run(5_000) { Self.saw(.itemDelivered, alder) == 1 })
        #expect(try retract(alder, given.handle).map(\.reach) == [.whenMet])
        #expect(world.run(5_000) { Self.saw(.itemErased, birch) == 1 })
        let stands = try #require(try received(birch, given.id))
        #expect(stands.content == nil && stands.record.erased && stands.record.state == .takenBack)
        let left = stands.record.expiresMs - world.now(birch).wallMs
        #expect(left <= 86_400_000 && left > 86_000_000)
        world.run(26 * 3_600_000)
        world.run(6 * 3_600_000)
        #expect(try received(birch, given.id) == nil)
    }

    @Test func onlyOnesOwnIsTakenBack() throws {
        let given = try note(alder, "birch", "mine")
        #expect(world.run(5_000) { Self.saw(.itemDelivered, alder) == 1 })
        #expect(reason { _ = try retract(birch, given.id.text) } == "only-your-own")
        #expect(reason { _ = try retract(alder, "zzzz") } == "unknown-item")
    }

    @Test func everywhereTakesEveryCopyAndNoOther() throws {
        let cedar = try world.add("Cedar")
        try world.start(cedar)
        _ = try world.ask(alder, .peopleAdd(id: cedar.id, name: "Cedar"))
        _ = try world.ask(cedar, .peopleAdd(id: alder.id, name: "Alder"))
        #expect(world.run(60_000) { Self.saw(.personMutual, cedar) == 1 })
        let earlier = try note(alder, "cedar", "to both")
        world.run(10)
        guard case .given(let copies) = try world.ask(alder, .itemGive(Give.note("to both", to: "all"))) else {
            throw Refusal(.fault, "no items")
        }
        #expect(copies.count == 2)
        #expect(world.run(10_000) { Self.saw(.itemDelivered, alder) == 3 })
        #expect(try retract(alder, copies[1].handle, everywhere: true).map(\.id) == copies.map(\.id))
        #expect(world.run(10_000) { Self.saw(.itemErased, birch) + Self.saw(.itemErased, cedar) == 2 })
        #expect(try received(cedar, earlier.id)?.content != nil)
    }

    @Test func whatWasGivenAndReceivedEndsAlsoWhenItsPersonIsGone() throws {
        for (host, who) in [(alder, "birch"), (birch, "alder")] {
            var give = Give(.note(text: "for a while", want: nil))
            give.to = [who]
            give.lifeS = 600
            _ = try world.ask(host, .itemGive(give))
        }
        #expect(world.run(5_000) { Self.saw(.itemDelivered, alder) + Self.saw(.itemDelivered, birch) == 2 })
        _ = try world.ask(alder, .peopleRemove(who: "birch"))
        world.run(7 * 3_600_000)
        #expect(alder.failures.isEmpty)
        let left = try alder.home.turn { journal throws(JournalFault) in
            try journal.expired(atMs: .max, limit: 10).count
        }
        #expect(left == 0)
    }

    @Test func fromSomebodyWhoIsGoneOnlyWhatIsHereIsTakenBack() throws {
        let given = try note(alder, "birch", "a word")
        #expect(world.run(5_000) { Self.saw(.itemDelivered, alder) == 1 })
        _ = try world.ask(alder, .peopleRemove(who: "birch"))
        #expect(try retract(alder, given.handle).map(\.reach) == [.hereOnly])
        let content = try alder.home.turn { journal throws(JournalFault) in
            try journal.items(beginning: given.id.text, limit: 1).first.map { $0.erased } ?? true
        }
        #expect(content)
        world.run(31 * 86_400_000 / 100)
        #expect(alder.failures.isEmpty)
    }

    @Test func whatArrivedIsErasedWhenItsLifeEnds() throws {
        // Something of one's own that lives longer is known of first.
        _ = try note(birch, "alder", "for a month")
        var give = Give(.note(text: "for ten minutes", want: nil))
        give.to = ["birch"]
        give.lifeS = 600
        _ = try world.ask(alder, .itemGive(give))
        #expect(world.run(5_000) { Self.saw(.itemArrived, birch) == 1 })
        let arrived = try #require(birch.events.last { $0.body.kind == .itemArrived }?.body.item)
        world.run(595_000)
        #expect(try received(birch, arrived) != nil)
        world.run(10_000)
        #expect(try received(birch, arrived) == nil)
    }

    @Test func takenBackStaysKnownUntilTheDevicesMeet() throws {
        world.setLink(birch, up: false)
        world.run(60_000)
        var give = Give(.note(text: "for a while", want: nil))
        give.to = ["birch"]
        give.lifeS = 600
        guard case .given(let items) = try world.ask(alder, .itemGive(give)), let given = items.first else {
            throw Refusal(.fault, "no items")
        }
        _ = try retract(alder, given.handle)
        world.run(7 * 3_600_000)
        let known = try alder.home.turn { journal throws(JournalFault) in try journal.neverLeft(PersonRow(1)) }
        #expect(known.map(\.id) == [given.id])
    }

    @Test func aKeyGivesTheSameRetraction() throws {
        let given = try note(alder, "birch", "once")
        #expect(world.run(5_000) { Self.saw(.itemDelivered, alder) == 1 })
        let key = IdempotencyKey(key: "k", parameters: [1])
        let call = Call.itemRetract(item: given.handle, everywhere: false)
        for _ in 0..<2 {
            guard case .retracted(let copies) = try world.ask(alder, call, key: key) else {
                throw Refusal(.fault, "no copies")
            }
            #expect(copies.map(\.reach) == [.whenMet] && copies.map(\.id) == [given.id])
        }
    }

    // MARK: parting

    @Test func partingSendsTheLastWordsThenBothUnlist() throws {
        world.setLink(birch, up: false)
        _ = try note(alder, "birch", "before")
        _ = try world.ask(alder, .peoplePart(who: "birch", text: "Take care."))
        #expect(reason { _ = try note(alder, "birch", "too late") } == "unknown-person")
        world.setLink(birch, up: true)
        #expect(world.run(60_000) { Self.saw(.personParted, birch) == 1 })
        #expect(world.run(5_000) { (try? people(alder).isEmpty) ?? false })
        #expect(Self.saw(.itemArrived, birch) == 2)
        #expect(try people(birch).isEmpty)
        #expect(Self.saw(.personParted, alder) == 0)
        // Nothing more is said.
        let (before, after) = (alder.sent.count, birch.sent.count)
        world.run(300_000)
        #expect(alder.sent.count == before && birch.sent.count == after)
    }

    @Test func bothPartAtOnce() throws {
        world.setLink(birch, up: false)
        _ = try world.ask(alder, .peoplePart(who: "birch", text: nil))
        _ = try world.ask(birch, .peoplePart(who: "alder", text: nil))
        world.setLink(birch, up: true)
        #expect(try world.run(60_000) { try people(alder).isEmpty && people(birch).isEmpty })
        #expect(Self.saw(.personParted, alder) + Self.saw(.personParted, birch) == 0)
    }

    @Test func partingOutlivesAKillAndHidesWhatComes() throws {
        world.setLink(birch, up: false)
        _ = try note(birch, "alder", "are you there?")
        _ = try world.ask(alder, .peoplePart(who: "birch", text: "Goodbye."))
        world.kill(alder)
        try world.start(alder)
        world.setLink(birch, up: true)
        #expect(world.run(60_000) { Self.saw(.personParted, birch) == 1 })
        #expect(Self.saw(.itemArrived, alder) == 0)
        #expect(Self.saw(.itemDelivered, birch) == 1)
    }

    @Test func partingEndsSilentlyAfterThirtyDays() throws {
        // Nobody looks for anybody meanwhile, so that the month is short.
        world.kill(birch)
        _ = try world.ask(alder, .peoplePart(who: "birch", text: nil))
        _ = try world.ask(alder, .pauseSet(on: true))
        world.run(29 * 86_400_000)
        #expect(try people(alder).map(\.standing) == [.parting])
        world.run(86_400_000 + 1_000)
        #expect(try people(alder).isEmpty)
    }

    @Test func aNewYesEndsPartingAndStartsANewLog() throws {
        world.setLink(birch, up: false)
        let before = try alder.home.turn { journal throws(JournalFault) in try journal.outLog(PersonRow(1)).log }
        _ = try world.ask(alder, .peoplePart(who: "birch", text: nil))
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        let row = try #require(try people(alder).first).row
        let now = try alder.home.turn { journal throws(JournalFault) in try journal.outLog(row).log }
        #expect(now != before)
        world.setLink(birch, up: true)
        _ = try note(alder, "birch", "hello again")
        #expect(world.run(60_000) { Self.saw(.itemArrived, birch) == 1 })
        #expect(Self.saw(.personParted, birch) == 0)
    }

    @Test func nobodyPartsFromSomebodyWhoNeverSaidYes() throws {
        let cedar = try world.add("Cedar")
        _ = try world.ask(alder, .peopleAdd(id: cedar.id, name: "Cedar"))
        #expect(reason { _ = try world.ask(alder, .peoplePart(who: "cedar", text: nil)) } == "not-mutual-yet")
    }

    // MARK: blocking

    @Test func blockedLooksLikeNeverKnownAndWhatWaitedArrivesLater() throws {
        _ = try world.ask(alder, .peopleBlock(who: "birch"))
        world.run(1_000)
        let (sent, told) = (alder.sent.count, birch.events.count)
        _ = try note(birch, "alder", "waiting")
        world.run(600_000)
        #expect(alder.sent.count == sent && birch.events.count == told)
        #expect(reason { _ = try note(alder, "birch", "no") } == "blocked")
        world.kill(alder)
        try world.start(alder)
        world.run(60_000)
        #expect(alder.sent.count == sent)
        _ = try world.ask(alder, .peopleUnblock(who: "birch"))
        #expect(world.run(60_000) { Self.saw(.itemArrived, alder) == 1 })
        #expect(try people(alder).map(\.standing) == [.mutual])
        #expect(reason { _ = try world.ask(alder, .peopleUnblock(who: "birch")) } == "not-blocked")
    }

    @Test func somebodyListedIsListedAgainAfterABlock() throws {
        let cedar = try world.add("Cedar")
        _ = try world.ask(alder, .peopleAdd(id: cedar.id, name: "Cedar"))
        _ = try world.ask(alder, .peopleBlock(who: "cedar"))
        world.kill(alder)
        try world.start(alder)
        _ = try world.ask(alder, .peopleUnblock(who: "cedar"))
        #expect(try people(alder).map(\.standing) == [.mutual, .listed])
    }

    // MARK: pausing

    @Test func pausedIsAbsentAndWritingWaits() throws {
        _ = try world.ask(alder, .pauseSet(on: true))
        #expect(alder.ports[.sessions] == nil && !alder.hears)
        world.run(1_000)
        let (sent, broadcasts) = (alder.sent.count, alder.broadcasts)
        _ = try note(alder, "birch", "later")
        _ = try note(birch, "alder", "and back")
        world.run(600_000)
        #expect(alder.sent.count == sent && alder.broadcasts == broadcasts)
        // It stays so over a restart.
        world.kill(alder)
        try world.start(alder)
        #expect(alder.isPaused && alder.ports[.sessions] == nil)
        world.run(600_000)
        #expect(alder.sent.count == sent && alder.broadcasts == broadcasts)
        #expect(reason { _ = try world.ask(alder, .pairOpen(words: nil)) } == "paused")
        _ = try world.ask(alder, .pauseSet(on: false))
        #expect(world.run(60_000) { Self.saw(.itemArrived, birch) == 1 && Self.saw(.itemArrived, alder) == 1 })
    }

    @Test func aPausedNodeSleeps() throws {
        _ = try world.ask(alder, .pauseSet(on: true))
        world.run(1_000)
        #expect(alder.deadlineMs - world.nowMs > 3_600_000)
    }

    @Test func pausingEndsAPairing() throws {
        _ = try world.ask(alder, .pairOpen(words: nil))
        _ = try world.ask(alder, .pauseSet(on: true))
        #expect(alder.events.last?.body.how == "cancelled")
        #expect(alder.ports[.pairing] == nil)
    }
}
