import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// The pairing machine in whole conversations: two and more of them on an invented network with an invented clock.
@Suite struct PairingTests {
    let alder: PairingDevice
    let birch: PairingDevice
    let world: PairingWorld

    init() {
        alder = PairingDevice("Alder", host: 1, seed: 1)
        birch = PairingDevice("Birch", host: 2, seed: 2)
        world = PairingWorld([alder, birch])
    }

    /// Alder offers, Birch types, both are asked.
    func meet() throws {
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(2_000)
        #expect(alder.view?.stage == .asked)
        #expect(birch.view?.stage == .asked)
    }

    // MARK: - the way it should go

    @Test func bothSayYes() throws {
        let opened = try world.open(alder)
        #expect(opened.stage == .offering)
        #expect(opened.untilMs == world.now.wallMs + 600_000)
        let looked = try world.join(birch, try #require(opened.code))
        #expect(looked.stage == .looking)
        #expect(looked.code == nil)
        // Offers are collected for 1.5 s after the first.
        world.advance(1_400)
        #expect(birch.view?.stage == .looking)
        #expect(!birch.orders.contains("dial"))
        world.advance(200)
        #expect(alder.view?.stage == .asked)
        #expect(alder.view?.name == "Birch")
        #expect(alder.view?.person == birch.key)
        #expect(birch.view?.name == "Alder")
        #expect(birch.view?.person == alder.key)
        let question = try #require(alder.events.first { $0.kind == .pairAsked })
        #expect(question.untilMs == alder.view?.untilMs)
        #expect(question.pairing == 1)
        // Nothing is kept of anybody before a yes.
        #expect(alder.events.allSatisfy { $0.person == nil } && birch.events.allSatisfy { $0.person == nil })
        #expect(alder.listedAs.isEmpty && birch.listedAs.isEmpty)
        // The pairing port exists only as long as it is needed.
        #expect(alder.port == nil)

        try world.answer(birch, true, name: "Alder of the choir")
        #expect(birch.listedAs == [alder.key: "Alder of the choir"])
        #expect(birch.view?.stage == .answered)
        #expect(alder.view?.stage == .asked)
        try world.answer(alder, true, name: "Birch")
        #expect(alder.listedAs == [birch.key: "Birch"])
        #expect(alder.ends == ["mutuals"] && birch.ends == ["mutuals"])
        #expect(!alder.pairing.isOpen && !birch.pairing.isOpen)
        #expect(alder.orders.contains("close") && birch.orders.contains("close"))
        #expect(alder.pairing.nextDeadlineMs == nil && birch.pairing.nextDeadlineMs == nil)
    }

    @Test func aYesLeavesAfterTheListing() throws {
        try meet()
        let actions = try alder.pairing.answer(
            number: nil, yes: true, name: "Birch", now: world.now, standing: alder.standing)
        guard actions.count == 2, case .list(let key, "Birch") = actions[0],
            case .effect(.write(_, let cell)) = actions[1]
        else {
            Issue.record("listing comes first, then the Answer")
            return
        }
        #expect(key == birch.key)
        #expect(cell.count == 512)
    }

    @Test(arguments: [2, 3, 4]) func codesHaveTheWordsAskedFor(words: Int) throws {
        let code = try #require(try world.open(alder, words: words).code)
        #expect(code.split(separator: "-").count == words + 1)
        try world.join(birch, code)
        world.advance(2_000)
        #expect(alder.view?.stage == .asked)
    }

    @Test func theTyperMayHearTheOffererLate() throws {
        world.datagramsPass = false
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(300_000)
        world.datagramsPass = true
        world.advance(4_000)
        #expect(alder.view?.stage == .asked && birch.view?.stage == .asked)
    }

    @Test func aNameplateThatSomebodyLooksForIsNotTaken() throws {
        for plate in (1...99) where plate != 17 {
            world.hear(strangeQuery(UInt8(plate)), at: alder, from: pairingEndpoint(9))
        }
        world.settle()
        #expect(try world.open(alder).code?.hasPrefix("17-") == true)
    }

    @Test func withAllNameplatesHeardTheOldestIsTaken() throws {
        for plate in [33] + (1...99).filter({ $0 != 33 }) {
            world.hear(strangeOffer(UInt8(plate)), at: alder, from: pairingEndpoint(9))
            world.advance(10)
        }
        #expect(try world.open(alder).code?.hasPrefix("33-") == true)
    }

    // MARK: - no

    @Test(arguments: [true, false], [true, false])
    func aNoOfEitherEndsBoth(offererRefuses: Bool, afterYes: Bool) throws {
        try meet()
        let (refuser, other) = offererRefuses ? (alder, birch) : (birch, alder)
        if afterYes {
            try world.answer(other, true)
            #expect(other.listedAs.count == 1)
        }
        try world.answer(refuser, false)
        #expect(refuser.ends == ["no"] && other.ends == ["no"])
        #expect(alder.listedAs.isEmpty && birch.listedAs.isEmpty)
        world.advance(20_000)
        #expect(refuser.pairing.nextDeadlineMs == nil)
    }

    @Test func theSameAnswerAgainIsFine() throws {
        try meet()
        try world.answer(alder, true, number: 1)
        try world.answer(alder, true, number: 1)
        #expect(throws: Refusal(.conflict, "pairing-answered")) { try world.answer(alder, false, number: 1) }
        try world.answer(birch, true, number: 1)
        // Also when it has ended by then.
        try world.answer(alder, true, number: 1)
        #expect(throws: Refusal(.conflict, "pairing-answered")) { try world.answer(alder, false, number: 1) }
        #expect(throws: Refusal(.notFound, "pairing-not-open")) { try world.answer(alder, true) }
        #expect(throws: Refusal(.notFound, "pairing-not-open")) { try world.answer(alder, true, number: 9) }
        #expect(alder.ends == ["mutuals"])
        #expect(alder.listedAs.count == 1)
    }

    @Test func thereIsNothingToAnswerBeforeTheQuestion() throws {
        try world.open(alder)
        #expect(throws: Refusal(.conflict, "pairing-not-asked")) { try world.answer(alder, true) }
    }

    @Test func oneAtATime() throws {
        let code = try #require(try world.open(alder).code)
        let refusal = Refusal(.conflict, "pairing-open", ["pairing": "1", "code": code])
        #expect(throws: refusal) { try world.open(alder, number: 2) }
        #expect(throws: refusal) { try world.join(alder, "8-tiger-lemon", number: 2) }
        #expect(alder.view?.number == 1)
    }

    // MARK: - cancelled

    @Test func cancelling() throws {
        try world.open(alder)
        #expect(alder.port != nil)
        #expect(throws: Refusal(.notFound, "pairing-not-open")) { try world.cancel(alder, number: 2) }
        try world.cancel(alder, number: 1)
        #expect(alder.ends == ["cancelled"])
        #expect(alder.port == nil)
        #expect(throws: Refusal(.notFound, "pairing-not-open")) { try world.cancel(alder) }
        // The next one can begin at once, and takes another number.
        let first = alder.sent.compactMap(nameplate).first
        try world.open(alder, number: 2)
        #expect(alder.sent.compactMap(nameplate).last != first)
        try world.join(birch, "\(alder.view?.code ?? "")")
        world.advance(2_000)
        #expect(throws: Refusal(.conflict, "pairing-asked")) { try world.cancel(birch) }
        #expect(birch.view?.stage == .asked)
    }

    @Test func cancellingWhileConnecting() throws {
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.tamper = { $0.bytes = [] }
        world.advance(1_600)
        #expect(birch.orders == ["dial"])
        try world.cancel(birch)
        #expect(birch.ends == ["cancelled"])
        // Nothing was guessed: the code is good still.
        world.tamper = nil
        #expect(alder.view?.stage == .offering)
        try world.join(birch, code, number: 2)
        world.advance(2_000)
        #expect(birch.view?.stage == .asked)
    }

    // MARK: - one guess

    @Test func aWrongCodeBurnsAndIsSpent() throws {
        let code = try #require(try world.open(alder).code)
        try world.join(birch, wrong(code))
        world.advance(2_000)
        #expect(alder.ends == ["wrong-code"] && birch.ends == ["wrong-code"])
        #expect(alder.burnt == 1 && birch.burnt == 0)
        #expect(alder.count(.pairWrongCode) == 1 && birch.count(.pairWrongCode) == 0)
        #expect(alder.count(.pairFound) == 0 && birch.count(.pairFound) == 0)
        #expect(alder.port == nil)
    }

    @Test func theFirstThatPassesClosesTheOthers() throws {
        let code = try #require(try world.open(alder).code)
        for number in 0..<3 { connect(UInt64(100 + number), host: UInt8(50 + number)) }
        try world.join(birch, code)
        world.advance(1_600)
        #expect(alder.view?.stage == .asked)
        #expect(alder.orders.count { $0 == "close" } == 3)
        // Who comes now is sent away.
        connect(200, host: 60)
        #expect(alder.orders.last == "reset")
    }

    @Test func atMostFourConversationsAndTwoFromOneAddress() throws {
        try world.open(alder)
        for number in 0..<3 { connect(UInt64(100 + number), host: 50) }
        #expect(alder.orders == ["reset"])
        for number in 0..<3 { connect(UInt64(200 + number), host: UInt8(60 + number)) }
        #expect(alder.orders == ["reset", "reset"])
        #expect(alder.pairing.owns(ConnectionID(100)) && !alder.pairing.owns(ConnectionID(102)))
        // Silence frees their places after 3 s and burns nothing.
        world.advance(3_000)
        #expect(alder.orders.count { $0 == "close" } == 4)
        connect(300, host: 50)
        #expect(alder.pairing.owns(ConnectionID(300)))
        #expect(alder.burnt == 0 && alder.pairing.isOpen)
    }

    @Test func nobodyIsLetInWithoutAWindow() {
        connect(100, host: 50)
        #expect(alder.orders == ["reset"])
        #expect(!alder.pairing.owns(ConnectionID(100)))
    }

    // MARK: - two devices

    @Test func twoDevicesOfferTheSameNameplate() throws {
        let code = try #require(try world.open(alder).code)
        let plate = try #require(alder.sent.compactMap(nameplate).first)
        try world.join(birch, code)
        world.advance(500)
        let strange = strangeOffer(plate)
        for device in [alder, birch] { world.hear(strange, at: device, from: pairingEndpoint(9)) }
        world.settle()
        #expect(alder.ends == ["two-devices"] && birch.ends == ["two-devices"])
        #expect(alder.burnt == 0)
        #expect(!birch.orders.contains("dial"))
    }

    @Test func anotherNameplateIsNobodysBusiness() throws {
        let code = try #require(try world.open(alder).code)
        let plate = try #require(alder.sent.compactMap(nameplate).first)
        try world.join(birch, code)
        let strange = strangeOffer(plate % 99 + 1)
        for device in [alder, birch] { world.hear(strange, at: device, from: pairingEndpoint(9)) }
        world.advance(2_000)
        #expect(alder.view?.stage == .asked && birch.view?.stage == .asked)
    }

    @Test func aNewWindowTakesANameplateThatWasNotHeard() throws {
        for plate in (1...99) where plate != 42 {
            world.hear(strangeOffer(UInt8(plate)), at: alder, from: pairingEndpoint(9))
        }
        world.settle()
        #expect(try world.open(alder).code?.hasPrefix("42-") == true)
    }

    @Test func anotherAddressOfTheSameDeviceIsTriedAtOnce() throws {
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        guard case .offer(let offer)? = alder.sent.last?.datagram else {
            Issue.record("an offer leaves at once")
            return
        }
        // The same window is heard from an address that nobody answers at, and that one first.
        birch.pairing.window?.search?.candidates = []
        world.hear(.offer(offer), at: birch, from: pairingEndpoint(200))
        world.hear(.offer(offer), at: birch, from: alder.endpoint)
        world.advance(1_600)
        #expect(birch.orders.count { $0 == "dial" } == 2)
        #expect(alder.view?.stage == .asked && birch.view?.stage == .asked)
    }

    // MARK: - time

    @Test func theWindowEndsAfterTenMinutes() throws {
        world.datagramsPass = false
        try world.open(alder)
        try world.join(birch, "7-tiger-lemon")
        world.advance(599_999)
        #expect(alder.pairing.isOpen && birch.pairing.isOpen)
        world.advance(1)
        #expect(alder.ends == ["time"] && birch.ends == ["time"])
        #expect(alder.port == nil)
    }

    @Test func theQuestionEndsAfterFiveMinutes() throws {
        try meet()
        try world.answer(alder, true)
        world.advance(320_000)
        #expect(birch.ends == ["time"])
        #expect(birch.listedAs.isEmpty)
        // The yes stays, as waiting.
        #expect(alder.ends == ["waiting-for-them"])
        #expect(alder.listedAs.count == 1)
        #expect(alder.pairing.nextDeadlineMs == nil)
    }

    @Test func queriesAndOffersKeepTheirTimes() throws {
        world.datagramsPass = false
        try world.join(birch, "7-tiger-lemon")
        world.advance(7_000)
        #expect(birch.sent.map { $0.atMs - 1_000 } == [0, 500, 1_000, 2_000, 4_000, 6_000])
        let opened = world.nowMs
        try world.open(alder)
        world.advance(5_000)
        #expect(alder.sent.map { $0.atMs - opened } == [0, 2_000, 4_000])
    }

    @Test func aQueryIsAnsweredAtOnceFiveTimesASecond() throws {
        try world.open(alder)
        let plate = try #require(alder.sent.compactMap(nameplate).first)
        world.advance(1_100)
        alder.sent = []
        world.hear(strangeQuery(plate % 99 + 1), at: alder, from: pairingEndpoint(9))
        world.settle()
        #expect(alder.sent.isEmpty)
        for _ in 0..<20 {
            world.hear(strangeQuery(plate), at: alder, from: pairingEndpoint(9))
        }
        world.settle()
        #expect(alder.sent.count == 5)
    }

    @Test func aPortThatCannotBeOpenedIsAskedForAgain() throws {
        alder.freePort = nil
        let code = try #require(try world.open(alder).code)
        world.advance(3_000)
        #expect(alder.sent.isEmpty && alder.pairing.isOpen)
        alder.freePort = 40_001
        try world.join(birch, code)
        world.advance(4_000)
        #expect(alder.view?.stage == .asked)
    }

    // MARK: - somebody who is known

    @Test func somebodyListedIsToldNotAsked() throws {
        alder.standing[birch.key] = .mutual
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(2_000)
        #expect(alder.view?.stage == .answered)
        #expect(alder.count(.pairAsked) == 0)
        #expect(alder.events.first { $0.kind == .pairFound }?.person == birch.key)
        #expect(alder.listedAs.isEmpty)
        try world.answer(birch, true)
        #expect(alder.ends == ["mutuals"] && birch.ends == ["mutuals"])
    }

    @Test func bothListedAreMutualsAtOnce() throws {
        alder.standing[birch.key] = .listed
        birch.standing[alder.key] = .parting
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(2_000)
        #expect(alder.ends == ["mutuals"] && birch.ends == ["mutuals"])
        #expect(alder.listedAs.isEmpty && birch.listedAs.isEmpty)
    }

    @Test func aNoDoesNotUnlistSomebodyListedBefore() throws {
        alder.standing[birch.key] = .mutual
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(2_000)
        try world.answer(birch, false)
        #expect(alder.ends == ["no"] && birch.ends == ["no"])
        #expect(alder.standing[birch.key] == .mutual)
    }

    @Test func theOffererBlockedThem() throws {
        alder.standing[birch.key] = .blocked
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(2_000)
        #expect(alder.ends == ["blocked"])
        // For the other it is somebody who does not answer: no word, and no close before the question's time.
        #expect(birch.view?.stage == .asked)
        let connection = try #require(world.wires.last?.toID)
        let writes = world.writes
        try world.answer(birch, true)
        #expect(birch.view?.stage == .answered)
        world.advance(299_000)
        #expect(alder.pairing.owns(connection) && alder.orders.isEmpty)
        #expect(world.writes == writes + 1)
        world.advance(21_000)
        #expect(alder.orders == ["close"] && !alder.pairing.owns(connection))
        #expect(birch.ends == ["waiting-for-them"])
        #expect(alder.pairing.nextDeadlineMs == nil)
    }

    @Test func theTyperBlockedThem() throws {
        birch.standing[alder.key] = .blocked
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.advance(1_600)
        #expect(birch.ends == ["blocked"])
        #expect(alder.view?.stage == .offering)
        world.advance(10_000)
        #expect(alder.ends == ["time"])
        #expect(alder.count(.pairFound) == 0 && alder.burnt == 0)
    }

    @Test func blockedWhileTheQuestionStands() throws {
        try meet()
        alder.standing[birch.key] = .blocked
        #expect(throws: Refusal(.rule, "person-blocked")) { try world.answer(alder, true) }
        try world.answer(alder, false)
        #expect(alder.ends == ["no"])
        #expect(alder.standing[birch.key] == .blocked)
    }

    // MARK: - helpers

    func connect(_ number: UInt64, host: UInt8) {
        world.act(
            alder, alder.pairing.accepted(ConnectionID(number), remote: pairingEndpoint(host), now: world.now))
        world.settle()
    }
}
