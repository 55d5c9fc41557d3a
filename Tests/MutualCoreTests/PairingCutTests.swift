import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// Conversations that are cut, held back or altered in each of their messages.
@Suite struct PairingCutTests {
    let alder: PairingDevice
    let birch: PairingDevice
    let world: PairingWorld

    init() {
        alder = PairingDevice("Alder", host: 1, seed: 3)
        birch = PairingDevice("Birch", host: 2, seed: 4)
        world = PairingWorld([alder, birch])
    }

    /// The writes of a conversation by their number.
    enum Message: Int, CaseIterable {
        case p1, p2, n1, n2, n3, answer
    }

    /// Alder offers, Birch types; `tamper` sees the messages of the first conversation.
    func run(_ tamper: @escaping (Message, inout PairingWorld.Passing) -> Void) throws {
        world.tamper = { passing in
            if let message = Message(rawValue: passing.index) { tamper(message, &passing) }
        }
        try world.join(birch, try #require(try world.open(alder).code))
        world.advance(5_000)
    }

    func expectBothAsked() {
        #expect(alder.view?.stage == .asked && birch.view?.stage == .asked)
        #expect(alder.burnt == 0)
        #expect(birch.orders.count { $0 == "dial" } == 2)
    }

    /// A typer that was asked and whose connection is gone may still answer, and waits.
    func expectBirchStillAskedAndWaiting() throws {
        #expect(birch.view?.stage == .asked)
        try world.answer(birch, true)
        #expect(birch.listedAs[alder.key] != nil)
        #expect(birch.ends == ["waiting-for-them"])
    }

    // MARK: - cut

    @Test(arguments: [0, 1, 2, 20]) func cutInP1OrP2SpendsNothing(after length: Int) throws {
        for message in [Message.p1, .p2] {
            let inner = PairingCutTests()
            try inner.run { passed, passing in
                guard passed == message else { return }
                passing.bytes = Array(passing.bytes.prefix(length))
                passing.cuts = true
            }
            inner.expectBothAsked()
        }
    }

    @Test(arguments: [0, 1, 2, 49]) func cutInN1SpendsTheTypersCode(after length: Int) throws {
        try run { message, passing in
            guard message == .n1 else { return }
            passing.bytes = Array(passing.bytes.prefix(length))
            passing.cuts = true
        }
        #expect(birch.ends == ["wrong-code"])
        // Nothing was tested, so nothing is burnt.
        #expect(alder.view?.stage == .offering)
        #expect(alder.burnt == 0)
    }

    @Test func cutAfterN1() throws {
        try run { message, passing in passing.cuts = message == .n1 }
        #expect(birch.ends == ["wrong-code"])
        #expect(alder.ends == ["time"])
        #expect(alder.burnt == 0)
    }

    @Test(arguments: [0, 1, 2, 353]) func cutInN2(after length: Int) throws {
        try run { message, passing in
            guard message == .n2 else { return }
            passing.bytes = Array(passing.bytes.prefix(length))
            passing.cuts = true
        }
        #expect(birch.ends == ["wrong-code"])
        #expect(alder.ends == ["time"])
    }

    @Test func cutAfterN2() throws {
        try run { message, passing in passing.cuts = message == .n2 }
        #expect(alder.ends == ["time"])
        try expectBirchStillAskedAndWaiting()
    }

    @Test(arguments: [0, 1, 2, 321]) func cutInN3(after length: Int) throws {
        try run { message, passing in
            guard message == .n3 else { return }
            passing.bytes = Array(passing.bytes.prefix(length))
            passing.cuts = true
        }
        #expect(alder.ends == ["time"])
        try expectBirchStillAskedAndWaiting()
    }

    @Test func cutAfterN3LeavesTheQuestionToBoth() throws {
        try run { message, passing in passing.cuts = message == .n3 }
        try expectBirchStillAskedAndWaiting()
        try world.answer(alder, true)
        #expect(alder.ends == ["waiting-for-them"])
        #expect(alder.listedAs[birch.key] != nil)
    }

    @Test func cutAfterN3AndANo() throws {
        try run { message, passing in passing.cuts = message == .n3 }
        try world.answer(alder, false)
        #expect(alder.ends == ["no"])
        #expect(alder.listedAs.isEmpty)
    }

    @Test(arguments: [0, 1, 511]) func anAnswerLostOnTheWayLeavesBothYeses(after length: Int) throws {
        try run { message, passing in
            guard message == .answer else { return }
            passing.bytes = Array(passing.bytes.prefix(length))
            passing.cuts = true
        }
        try world.answer(birch, true)
        #expect(birch.ends == ["waiting-for-them"])
        #expect(birch.listedAs[alder.key] != nil)
        #expect(alder.view?.stage == .asked)
        try world.answer(alder, true)
        #expect(alder.ends == ["waiting-for-them"])
        #expect(alder.listedAs[birch.key] != nil)
    }

    @Test func cutAfterTheFirstAnswer() throws {
        try run { message, passing in passing.cuts = message == .answer }
        try world.answer(birch, true)
        #expect(birch.ends == ["waiting-for-them"])
        // Theirs is here, ours cannot be sent: the session brings it.
        try world.answer(alder, true)
        #expect(alder.ends == ["mutuals"])
    }

    // MARK: - silence

    @Test func aMessageThatNeverComes() throws {
        for message in [Message.p1, .p2] {
            let inner = PairingCutTests()
            try inner.run { passed, passing in if passed == message { passing.bytes = [] } }
            inner.world.advance(2_000)
            inner.expectBothAsked()
        }
    }

    @Test func anN1ThatNeverComes() throws {
        try run { message, passing in if message == .n1 { passing.bytes = [] } }
        #expect(birch.ends == ["wrong-code"])
        #expect(alder.view?.stage == .offering && alder.burnt == 0)
    }

    @Test func anN2ThatNeverComes() throws {
        try run { message, passing in if message == .n2 { passing.bytes = [] } }
        #expect(birch.view?.stage == .looking)
        world.advance(6_400)
        #expect(birch.pairing.isOpen && alder.pairing.isOpen)
        world.advance(200)
        #expect(birch.ends == ["wrong-code"])
        #expect(alder.ends == ["time"])
    }

    @Test func anN3ThatNeverComes() throws {
        try run { message, passing in if message == .n3 { passing.bytes = [] } }
        world.advance(10_000)
        #expect(alder.ends == ["time"])
        try expectBirchStillAskedAndWaiting()
    }

    @Test func eightTriesAndNoMore() throws {
        world.tamper = { $0.bytes = [] }
        try world.join(birch, try #require(try world.open(alder).code))
        world.advance(120_000)
        #expect(birch.orders.count { $0 == "dial" } == 8)
        #expect(birch.ends == ["time"])
        #expect(alder.pairing.isOpen && alder.burnt == 0)
    }

    @Test func eightDialsAndNoMore() throws {
        world.dialsWork = false
        try world.join(birch, try #require(try world.open(alder).code))
        world.advance(120_000)
        #expect(birch.orders == [String](repeating: "dial", count: 8))
        #expect(birch.ends == ["time"])
    }

    // MARK: - altered

    /// What is done to the bytes of one message.
    enum Harm: CaseIterable {
        case firstByte, lastByte, shorterPrefix, longerPrefix, hugePrefix, zeroPrefix, noise

        func apply(_ bytes: inout [UInt8]) {
            switch self {
            case .firstByte: bytes[2] ^= 0x80
            case .lastByte: bytes[bytes.count - 1] ^= 0x80
            case .shorterPrefix: bytes[1] &-= 1
            case .longerPrefix: bytes[1] &+= 1
            case .hugePrefix: bytes.replaceSubrange(0..<2, with: [0xff, 0xff])
            case .zeroPrefix: bytes.replaceSubrange(0..<2, with: [0, 0])
            case .noise: for index in 2..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 167) }
            }
        }
    }

    @Test(arguments: Harm.allCases) func aBadP1OrP2SpendsNothing(harm: Harm) throws {
        for message in [Message.p1, .p2] {
            let inner = PairingCutTests()
            try inner.run { passed, passing in if passed == message { harm.apply(&passing.bytes) } }
            // A share with an altered first byte may be another good share: then the guess is wrong, and is spent.
            if inner.alder.ends == ["wrong-code"] {
                #expect(message == .p2 && harm == .firstByte)
                continue
            }
            inner.expectBothAsked()
        }
    }

    @Test(arguments: Harm.allCases) func aBadN1Burns(harm: Harm) throws {
        try run { message, passing in if message == .n1 { harm.apply(&passing.bytes) } }
        #expect(alder.ends == ["wrong-code"] && birch.ends == ["wrong-code"])
        #expect(alder.burnt == 1)
        #expect(alder.count(.pairWrongCode) == 1)
    }

    @Test(arguments: Harm.allCases) func aBadN2IsSpent(harm: Harm) throws {
        try run { message, passing in if message == .n2 { harm.apply(&passing.bytes) } }
        #expect(birch.ends == ["wrong-code"])
        #expect(alder.ends == ["time"])
        #expect(alder.burnt == 0)
    }

    @Test(arguments: Harm.allCases) func aBadN3EndsTheOfferer(harm: Harm) throws {
        try run { message, passing in if message == .n3 { harm.apply(&passing.bytes) } }
        #expect(alder.ends == ["wrong-code"])
        #expect(alder.burnt == 0 && alder.count(.pairFound) == 0)
        try expectBirchStillAskedAndWaiting()
    }

    @Test(arguments: Harm.allCases) func aBadAnswerIsALostOne(harm: Harm) throws {
        try run { message, passing in if message == .answer { harm.apply(&passing.bytes) } }
        try world.answer(birch, true)
        #expect(birch.ends == ["waiting-for-them"])
        #expect(alder.view?.stage == .asked)
    }

    @Test func aP2ThatIsTheTypersOwnShare() throws {
        var share: [UInt8] = []
        try run { message, passing in
            if message == .p1 { share = Array(passing.bytes.suffix(32)) }
            if message == .p2 { passing.bytes = Array(passing.bytes.prefix(2)) + share }
        }
        expectBothAsked()
    }

    @Test func anAnswerRightBehindN3IsRead() throws {
        birch.standing[alder.key] = .listed
        var held: [UInt8] = []
        try run { message, passing in
            if message == .n3 {
                held = passing.bytes
                passing.bytes = []
            }
            if message == .answer { passing.bytes = held + passing.bytes }
        }
        #expect(alder.view?.stage == .asked)
        try world.answer(alder, true)
        #expect(alder.ends == ["mutuals"] && birch.ends == ["mutuals"])
    }

    @Test func everythingByteByByte() throws {
        let code = try #require(try world.open(alder).code)
        try world.join(birch, code)
        world.tamper = { [world] passing in
            let from = passing.from
            let target = from === alder ? birch : alder
            let connection = world.wires.last.map { $0.from === target ? $0.fromID : $0.toID }
            guard let connection, let connection else { return }
            for byte in passing.bytes { world.deliver([byte], to: target, connection) }
            passing.bytes = []
        }
        world.advance(2_000)
        try world.answer(alder, true)
        try world.answer(birch, true)
        #expect(alder.ends == ["mutuals"] && birch.ends == ["mutuals"])
    }

    @Test func garbageBeforeN1BurnsNothing() throws {
        try world.open(alder)
        var chance = PairingChance(state: 99)
        for round in 0..<500 {
            let id = ConnectionID(UInt64(1_000 + round))
            world.act(alder, alder.pairing.accepted(id, remote: pairingEndpoint(77), now: world.now))
            #expect(alder.pairing.owns(id))
            var bytes = chance.bytes(Int(chance.below(600)) + 2)
            if round % 2 == 0 { bytes.replaceSubrange(0..<2, with: [0, 49]) }
            world.deliver(bytes, to: alder, id)
            world.settle()
            world.advance(3_000)
            #expect(!alder.pairing.owns(id))
            guard world.nowMs < 590_000 else { break }
        }
        #expect(alder.burnt == 0)
        #expect(alder.view?.stage == .offering)
    }
}
