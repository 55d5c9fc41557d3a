import MutualCore
import MutualCrypto
import MutualWire
import Testing

/// The same person on a new machine, or somebody else: only their person says so.
@Suite struct TakingAPlaceTests {
    private let world = World(seed: 70)
    private let alder: Host
    private let birch: Host
    private let newer: Host

    init() throws {
        alder = try world.add("Alder")
        birch = try world.add("Birch")
        newer = try world.add("Birch")
        for host in [alder, birch, newer] { try world.start(host) }
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        let (world, alder) = (world, alder)
        #expect(world.run(30_000) { alder.events.contains { $0.body.kind == .personMutual } })
    }

    private func people(_ host: Host) throws -> [PersonRecord] {
        try host.home.turn { journal throws(JournalFault) in try journal.people() }
    }

    private func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.reason
        }
    }

    private func note(_ who: String, _ text: String) throws -> GivenItem {
        guard case .given(let items) = try world.ask(alder, .itemGive(Give.note(text, to: who))) else {
            throw Refusal(.fault, "no items")
        }
        return try #require(items.first)
    }

    // MARK: people.replace

    @Test func whoIsListedTakesTheNameAndWhatWaitedIsTakenBack() throws {
        world.setLink(birch, up: false)
        world.run(60_000)
        let waiting = try note("birch", "for the old one")
        _ = try world.ask(alder, .quietSet(who: ["birch"], .open))
        _ = try world.ask(alder, .peopleAdd(id: newer.id, name: "Newer"))
        let before = alder.events.count
        guard case .person(let person) = try world.ask(alder, .peopleReplace(old: "birch", new: "newer")) else {
            throw Refusal(.fault, "nobody")
        }
        #expect(person.name == "Birch" && person.key == newer.identity.publicKey && !person.nameIsProvisional)
        #expect(try people(alder).map(\.name) == ["Birch"])
        let told = alder.events.dropFirst(before).map(\.body)
        #expect(told.map(\.kind) == [.itemState, .personRenamed])
        #expect(told.first?.item == waiting.id)
        #expect(told.first?.state == .takenBack && told.first?.cause == .removed)
        #expect(told.last?.person == newer.identity.publicKey)
        // Quiet was about the person.
        let kept = try alder.home.turn { journal throws(JournalFault) in try journal.setting(Quiet.setting) ?? [] }
        #expect(Quiet(stored: kept).entries.map(\.person) == [newer.identity.publicKey])
        // The old machine is a stranger's.
        world.setLink(birch, up: true)
        _ = try world.ask(newer, .peopleAdd(id: alder.id, name: nil))
        let arrived = try note("birch", "for the new one")
        #expect(world.run(60_000) { newer.events.contains { $0.body.item == arrived.id } })
        #expect(!birch.events.contains { $0.body.kind == .itemArrived })
    }

    @Test func itIsRefusedWhereItMakesNoSense() throws {
        #expect(reason { _ = try world.ask(alder, .peopleReplace(old: "birch", new: "birch")) } == "replace-self")
        #expect(reason { _ = try world.ask(alder, .peopleReplace(old: "birch", new: "cedar")) } == "unknown-person")
        _ = try world.ask(alder, .peopleAdd(id: newer.id, name: "Newer"))
        _ = try world.ask(alder, .peopleBlock(who: "newer"))
        #expect(reason { _ = try world.ask(alder, .peopleReplace(old: "birch", new: "newer")) } == "blocked")
        #expect(reason { _ = try world.ask(alder, .peopleReplace(old: "newer", new: "birch")) } == "blocked")
        #expect(try people(alder).map(\.name) == ["Birch", "Newer"])
    }

    // MARK: in a pairing

    /// Both proved the code, and Alder is asked about a second Birch.
    private func meet() throws {
        guard case .pairing(let offered) = try world.ask(newer, .pairOpen(words: nil)) else { return }
        _ = try world.ask(alder, .pairJoin(code: try #require(offered.code)))
        #expect(world.run(30_000) { [alder, newer].allSatisfy { $0.events.last?.body.kind == .pairAsked } })
    }

    @Test func aNameThatIsInUseIsNeverMergedSilently() throws {
        try meet()
        #expect(reason { _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil)) } == "name-in-use")
        #expect(try people(alder).count == 1)
        // Nobody has this name: there is nobody whose place could be taken.
        let nobody = reason {
            _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: "Betula", same: true))
        }
        #expect(nobody == "unknown-person")
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: "Betula"))
        _ = try world.ask(newer, .pairAnswer(pairing: nil, yes: true, name: nil))
        #expect(world.run(30_000) { alder.events.count { $0.body.kind == .personMutual } == 2 })
        #expect(try people(alder).map(\.name) == ["Birch", "Betula"])
    }

    @Test func theSamePersonTakesThePlaceOnceTheirYesIsKnown() throws {
        try meet()
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil, same: true))
        // Until then both stand beside each other.
        #expect(try people(alder).map(\.name) == ["Birch", "Birch-2"])
        _ = try world.ask(newer, .pairAnswer(pairing: nil, yes: true, name: nil))
        #expect(world.run(30_000) { alder.events.count { $0.body.kind == .personMutual } == 2 })
        let now = try people(alder)
        #expect(now.map(\.name) == ["Birch"] && now.map(\.key) == [newer.identity.publicKey])
        let ended = alder.events.last { $0.body.kind == .pairEnded }
        #expect(ended?.body.how == "mutuals")
    }

    @Test func theirNoLeavesTheOldOneAsItWas() throws {
        try meet()
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil, same: true))
        _ = try world.ask(newer, .pairAnswer(pairing: nil, yes: false, name: nil))
        #expect(world.run(30_000) { alder.events.last?.body.how == "no" })
        let now = try people(alder)
        #expect(now.map(\.key) == [birch.identity.publicKey] && now.map(\.name) == ["Birch"])
        #expect(try alder.home.turn { journal throws(JournalFault) in try journal.setting("replacing") } == nil)
    }

    @Test func aYesThatIsAwaitedOutlivesTheDaemon() throws {
        try meet()
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil, same: true))
        world.kill(newer)
        world.kill(alder)
        for host in [alder, newer] { try world.start(host) }
        world.run(5_000)
        #expect(try people(alder).map(\.name) == ["Birch", "Birch-2"])
        _ = try world.ask(newer, .peopleAdd(id: alder.id, name: "Alder"))
        #expect(try world.run(60_000) { try people(alder).count == 1 })
        #expect(try people(alder).map(\.key) == [newer.identity.publicKey])
        #expect(try people(alder).map(\.name) == ["Birch"])
    }

    @Test func aBlockedPersonIsNotReplacedByAPairing() throws {
        _ = try world.ask(alder, .peopleBlock(who: "birch"))
        try meet()
        let why = reason { _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil, same: true)) }
        #expect(why == "blocked")
    }
}
