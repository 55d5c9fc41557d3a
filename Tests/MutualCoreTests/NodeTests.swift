import MutualCore
import MutualWire
import Testing

/// Two Nodes and more over real stores: find, list, exchange, cut, crash, resume.
@Suite struct NodeTests {
    /// Two homes that list each other by id, running.
    private func pair(seed: UInt64, name: String? = "Birch") throws -> (World, Host, Host) {
        let world = World(seed: seed)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        try world.start(birch)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: name))
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        return (world, alder, birch)
    }

    private func people(_ host: Host) throws -> [PersonRecord] {
        try host.home.turn { journal throws(JournalFault) in try journal.people() }
    }

    private func note(_ world: World, _ host: Host, _ who: String, _ text: String) throws -> GivenItem {
        let reply = try world.ask(host, .itemGive(Give.note(text, to: who)))
        guard case .given(let items) = reply else { throw Refusal(.fault, "no items") }
        return try #require(items.first)
    }

    /// The texts that arrived, in the order of their events.
    private func arrived(_ host: Host) throws -> [String] {
        let ids = host.events.filter { $0.body.kind == .itemArrived }.compactMap(\.body.item)
        return try host.home.turn { journal throws(JournalFault) in
            var texts: [String] = []
            for id in ids {
                for person in try journal.people() {
                    guard let record = try journal.item(id: id, person: person.row, mine: false),
                        let stored = try journal.content(record.row), let item = Item(stored: stored)
                    else { continue }
                    texts.append(item.content.text)
                }
            }
            return texts
        }
    }

    private func standings(_ host: Host) throws -> [PersonRecord.Standing] { try people(host).map(\.standing) }

    @Test func listingEachOtherMakesMutuals() throws {
        let (world, alder, birch) = try pair(seed: 1, name: nil)
        #expect(
            try world.run(30_000) {
                try standings(alder) == [.mutual] && standings(birch) == [.mutual]
            })
        #expect(try people(alder).map(\.name) == ["Birch"])
        #expect(alder.failures.isEmpty && birch.failures.isEmpty)
        #expect(alder.events.contains { $0.body.kind == .personMutual })
    }

    @Test func oneSidedListingSendsNothingAndStaysListed() throws {
        let world = World(seed: 2)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        try world.start(birch)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        world.run(120_000)
        #expect(try standings(alder) == [.listed])
        #expect(birch.sent.isEmpty)
    }

    @Test func notesArriveOnceInOrderAndAreDelivered() throws {
        let (world, alder, birch) = try pair(seed: 3)
        var given: [ItemID] = []
        for number in 0..<20 { given.append(try note(world, alder, "birch", "note \(number)").id) }
        #expect(world.run(60_000) { alder.events.filter { $0.body.kind == .itemDelivered }.count == 20 })
        #expect(try arrived(birch) == (0..<20).map { "note \($0)" })
        #expect(alder.events.filter { $0.body.kind == .itemDelivered }.compactMap(\.body.item) == given)
    }

    @Test func sixHundredWaitingCrossTheWindow() throws {
        let (world, alder, birch) = try pair(seed: 4)
        world.setLink(birch, up: false)
        for number in 0..<600 { _ = try note(world, alder, "birch", "n\(number)") }
        world.setLink(birch, up: true)
        #expect(world.run(120_000) { birch.events.filter { $0.body.kind == .itemArrived }.count == 600 })
        #expect(try arrived(birch) == (0..<600).map { "n\($0)" })
    }

    @Test(arguments: 10...29) func killedAtAnyMomentNothingIsLostOrShownTwice(seed: Int) throws {
        let (world, alder, birch) = try pair(seed: UInt64(seed))
        var random = SeededEntropy(UInt64(seed), "test")
        var expected: [String] = []
        for round in 0..<12 {
            for number in 0..<3 where alder.isRunning {
                let text = "r\(round)n\(number)"
                _ = try note(world, alder, "Birch", text)
                expected.append(text)
            }
            world.run(Int64(random.below(3_000)))
            let victim = random.below(2) == 0 ? alder : birch
            world.kill(victim)
            world.run(Int64(random.below(2_000)))
            try world.start(victim)
        }
        #expect(try world.run(180_000) { try arrived(birch).count >= expected.count })
        #expect(try arrived(birch) == expected)
        #expect(alder.failures.isEmpty && birch.failures.isEmpty)
    }

    @Test func aLinkThatComesBackWithAnotherAddressHeals() throws {
        let (world, alder, birch) = try pair(seed: 5)
        #expect(try world.run(30_000) { try standings(alder) == [.mutual] })
        world.setLink(birch, up: false)
        _ = try note(world, alder, "birch", "while away")
        world.run(60_000)
        world.setLink(birch, up: true, address: 77)
        #expect(try world.run(20_000) { try arrived(birch) == ["while away"] })
    }

    @Test func atMostOneDialBySideAfterTheFirstBeacon() throws {
        let (world, alder, birch) = try pair(seed: 6)
        #expect(try world.run(30_000) { try standings(alder) == [.mutual] && standings(birch) == [.mutual] })
        _ = try note(world, alder, "birch", "x")
        world.kill(birch)
        world.run(30_000)
        let before = world.dials.count
        try world.start(birch)
        world.run(10_000)
        let dials = world.dials[before...]
        #expect(dials.filter { $0 == alder.number }.count <= 1)
        #expect(dials.filter { $0 == birch.number }.count <= 1)
        #expect(try arrived(birch) == ["x"])
    }

    @Test func anOldAddressDoesNotStandInTheWayOfABeacon() throws {
        let (world, alder, birch) = try pair(seed: 61)
        #expect(try world.run(30_000) { try standings(alder) == [.mutual] && standings(birch) == [.mutual] })
        world.run(5_000)
        world.setLink(birch, up: false)
        world.kill(birch)
        _ = try note(world, alder, "birch", "x")
        world.run(60_000)
        // Nobody answers at the old address, and nobody says so.
        world.silentAddresses = [birch.address]
        birch.lastByte = 99
        birch.isUp = true
        _ = try world.ask(alder, .peopleReach(who: "birch", address: "10.0.0.2"))
        let back = world.nowMs
        try world.start(birch)
        #expect(try world.run(10_000) { try arrived(birch) == ["x"] })
        #expect(world.nowMs - back < 1_000)
    }

    @Test func aKeyGivesOneEffect() throws {
        let (world, alder, birch) = try pair(seed: 7)
        let key = IdempotencyKey(key: "k1", parameters: [1, 2, 3])
        let first = try world.ask(alder, .itemGive(Give.note("once", to: "birch")), key: key)
        let again = try world.ask(alder, .itemGive(Give.note("once", to: "birch")), key: key)
        guard case .given(let one) = first, case .given(let two) = again else {
            Issue.record("no items")
            return
        }
        #expect(one.map(\.id) == two.map(\.id))
        #expect(throws: Refusal.self) {
            try world.ask(
                alder, .itemGive(Give.note("other", to: "birch")), key: IdempotencyKey(key: "k1", parameters: [9]))
        }
        #expect(try world.run(60_000) { try arrived(birch) == ["once"] })
        world.run(60_000)
        #expect(try arrived(birch) == ["once"])
    }

    @Test func anItemThatNeverMeetsItsReaderIsToldAndGone() throws {
        let world = World(seed: 8)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        var give = Give.note("short", to: "Birch")
        give.lifeS = 600
        _ = try world.ask(alder, .itemGive(give))
        #expect(world.run(700_000) { alder.events.contains { $0.body.state == .notReached } })
        #expect(world.nowMs - 1_000_000 >= 600_000)
    }

    @Test func sessionsAreRenewedByTheHour() throws {
        let (world, alder, birch) = try pair(seed: 9)
        #expect(try world.run(30_000) { try standings(alder) == [.mutual] })
        let before = world.dials.count
        world.run(3 * 3_600_000)
        #expect((2...4).contains(world.dials.count - before))
        _ = try note(world, alder, "birch", "still")
        #expect(try world.run(5_000) { try arrived(birch) == ["still"] })
    }

    @Test func theSameSeedGivesTheSameTrace() throws {
        func trace() throws -> [UInt8] {
            let (world, alder, birch) = try pair(seed: 42)
            _ = try note(world, alder, "birch", "same")
            world.run(40_000)
            return alder.sent + birch.sent
        }
        #expect(try trace() == trace())
    }
}

extension Give {
    static func note(_ text: String, to who: String) -> Give {
        var give = Give(.note(text: text, want: nil))
        give.to = [who]
        return give
    }
}

/// What a Node says of a pairing.
@Suite struct NodePairingTests {
    private func ended(_ host: Host) -> [String] {
        host.events.filter { $0.body.kind == .pairEnded }.compactMap(\.body.how)
    }

    @Test func aCodeMakesMutuals() throws {
        let world = World(seed: 50)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        try world.start(birch)
        guard case .pairing(let offered) = try world.ask(alder, .pairOpen(words: nil)), let code = offered.code else {
            Issue.record("no code")
            return
        }
        _ = try world.ask(birch, .pairJoin(code: code))
        #expect(
            world.run(20_000) {
                [alder, birch].allSatisfy { $0.events.contains { $0.body.kind == .pairAsked } }
            })
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil))
        _ = try world.ask(birch, .pairAnswer(pairing: nil, yes: true, name: "A."))
        #expect(
            world.run(20_000) {
                [alder, birch].allSatisfy { $0.events.contains { $0.body.kind == .personMutual } }
            })
        #expect(ended(alder) == ["mutuals"])
        #expect(ended(birch) == ["mutuals"])
        let names = try birch.home.turn { journal throws(JournalFault) in try journal.people() }.map(\.name)
        #expect(names == ["A."])
    }

    @Test func aRestartEndsAPairingAndSaysSo() throws {
        let world = World(seed: 51)
        let alder = try world.add("Alder")
        try world.start(alder)
        guard case .pairing(let first) = try world.ask(alder, .pairOpen(words: nil)) else {
            Issue.record("no pairing")
            return
        }
        world.kill(alder)
        try world.start(alder)
        #expect(ended(alder) == ["cancelled"])
        #expect(alder.events.last?.body.pairing == first.number)
        guard case .pairing(let second) = try world.ask(alder, .pairOpen(words: nil)) else {
            Issue.record("no pairing")
            return
        }
        #expect(second.number > first.number)
        _ = try world.ask(alder, .pairCancel(pairing: nil))
        world.kill(alder)
        try world.start(alder)
        #expect(ended(alder) == ["cancelled", "cancelled"])
    }

    @Test func aYesThatNobodyAnsweredIsTakenBackAfterADay() throws {
        let world = World(seed: 52)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        try world.start(birch)
        guard case .pairing(let offered) = try world.ask(alder, .pairOpen(words: nil)), let code = offered.code else {
            Issue.record("no code")
            return
        }
        _ = try world.ask(birch, .pairJoin(code: code))
        #expect(world.run(20_000) { alder.events.contains { $0.body.kind == .pairAsked } })
        _ = try world.ask(alder, .pairAnswer(pairing: nil, yes: true, name: nil))
        world.kill(birch)
        world.run(90_000_000)
        #expect(try alder.home.turn { journal throws(JournalFault) in try journal.people() }.isEmpty)
        #expect(ended(alder).last == "time")
    }
}
