import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// What a peer whose program was changed can put into a log: the highest numbers, and more than its window.
@Suite struct HostilePeerTests {
    private let now = Instant(wallMs: 1_790_000_000_000, monotonicMs: 0)

    private func log(_ byte: UInt8) throws -> LogID { try #require(LogID([UInt8](repeating: byte, count: 16))) }

    private func note(_ seq: UInt64, id: UInt64, text: String = "x") throws -> Record {
        var entropy = SeededEntropy(id, "item")
        var item = Item(id: try #require(ItemID(entropy.bytes(16))), madeMs: 0, content: .note(text: text, want: nil))
        item.seq = seq
        item.leftS = 3_600
        return .item(item)
    }

    /// A home that lists one person, whose day is used up if so wanted.
    private func home(usedUp: Bool) throws -> (StoreHome, PersonRow, InLogs) {
        let home = try StoreHome(seed: 90)
        let key = try #require(PublicKey([UInt8](repeating: 7, count: 32)))
        let own = try log(1)
        let person = try home.turn { journal throws(JournalFault) in
            try journal.list(
                PersonRecord(
                    row: PersonRow(0), key: key, name: "Mallory", nameIsProvisional: false, standing: .mutual,
                    listedMs: 0, byCode: false), out: OutLog(log: own))
        }
        var logs = InLogs()
        logs.day = now.day
        if usedUp { logs.items = Limits.itemsADay }
        return (home, person, logs)
    }

    /// Takes one record as a session would; nil: it ended the session, and why.
    private func take(
        _ record: Record, size: Int = 100, _ incoming: inout IncomingLog, _ logs: inout InLogs, _ home: StoreHome
    ) throws -> Result<[IncomingStep], Violation> {
        var (one, held) = (incoming, logs)
        defer { (incoming, logs) = (one, held) }
        var result: Result<[IncomingStep], Violation> = .success([])
        try home.turn { journal throws(JournalFault) in
            do {
                result = .success(try one.take(record, size: size, logs: &held, now: now, journal: journal))
            } catch let violation as Violation {
                result = .failure(violation)
            } catch let fault as JournalFault {
                throw fault
            } catch {
                throw JournalFault("internal")
            }
        }
        return result
    }

    @Test func theHighestNumbersTrapNothing() throws {
        var (home, person, logs) = try home(usedUp: false)
        var incoming = IncomingLog(person: person)
        incoming.hello(log: try log(2), first: .max, into: &logs)
        #expect(logs.positions.last?.received == UInt64.max - 1)
        guard case .success(let steps) = try take(note(.max, id: 1), &incoming, &logs, home) else {
            Issue.record("the last number is a number")
            return
        }
        #expect(steps.count == 1)
        #expect(logs.positions.last?.received == UInt64.max)
        // The end: nothing comes after it, and whatever does is one of those that were there.
        #expect(try take(note(.max, id: 2), &incoming, &logs, home) == .success([]))
        #expect(try take(note(1, id: 3), &incoming, &logs, home) == .success([]))
        for first: UInt64 in [.max, 1] {
            incoming.hello(log: try log(2), first: first, into: &logs)
            #expect(logs.positions.last?.received == UInt64.max)
        }
    }

    @Test func whatWaitsHasTheBoundOfTheWindow() throws {
        var (home, person, logs) = try home(usedUp: true)
        var incoming = IncomingLog(person: person)
        incoming.hello(log: try log(2), first: 1, into: &logs)
        let most = UInt64(Limits.unackedRecords)
        for seq in 1...most {
            #expect(try take(note(seq, id: seq), &incoming, &logs, home) == .success([]))
        }
        #expect(incoming.waiting.count == Limits.unackedRecords)
        #expect(
            try take(note(most + 1, id: most + 1), &incoming, &logs, home) == .failure(Violation.windowExceeded))
        #expect(try take(note(most + 2, id: most + 2), &incoming, &logs, home) == .failure(Violation.sequenceGap))
        // By bytes: a window's worth and a record of grace.
        incoming.hello(log: try log(2), first: 1, into: &logs)
        let whole = UInt64(Limits.unackedBytes / Limits.recordBytes) + 1
        for seq in 1...whole {
            let result = try take(note(seq, id: seq), size: Limits.recordBytes, &incoming, &logs, home)
            #expect(result == .success([]))
        }
        let result = try take(note(whole + 1, id: whole + 1), size: 1, &incoming, &logs, home)
        #expect(result == .failure(Violation.windowExceeded))
    }

    /// Who saw a tag once can send it with wrong checks; its owner comes in all the same `[marks-10]`.
    @Test func wrongChecksUnderAKnownTagKeepNobodyOut() throws {
        let world = World(seed: 92)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        world.run(10_000)
        let keys = try birch.identity.pair(with: alder.identity.publicKey)
        let epoch = world.now(alder).epoch
        let stranger = IPAddress.v4(0x0A00_0063)
        let from = Endpoint(address: stranger, port: 7_747, interface: 1)
        let others = (1...7).map { Mark(tag: $0, check: 0) }
        var entropy = SeededEntropy(92, "wrong")
        for number in 0..<300 {
            let mark = Mark(tag: keys.tag(from: .me, use: .beacon, epoch: epoch), check: UInt64(number))
            let beacon = Beacon(port: 7_747, nonce: entropy.bytes(12), marks: others + [mark])
            world.turn(alder, [.datagramReceived(Datagram.beacon(beacon).encode(), source: from)])
            let flight = Mark(tag: keys.tag(from: .me, use: .flight, epoch: epoch), check: UInt64(number))
            let id = world.connect(to: alder, from: stranger)
            world.turn(alder, [.bytesReceived(id, flight.bytes + entropy.bytes(48))])
            #expect(alder.written[id] == nil)
        }
        let ephemeral = entropy.secret(32)
        let publicKey = try ephemeral.withBytes { (k) throws(CryptoError) in try X25519.publicKey(of: k) }
        let context = MarkContext.flight(ephemeral: publicKey, destination: alder.address, port: 7_747)
        let mark = Mark(
            tag: keys.tag(from: .me, use: .flight, epoch: epoch),
            check: keys.check(from: .me, use: .flight, epoch: epoch, context: context)
        ).bytes
        let (_, message) = try SessionHandshake.dial(
            identity: birch.identity, pair: keys, mark: mark, ephemeral: ephemeral)
        let id = world.connect(to: alder, from: birch.address)
        world.turn(alder, [.bytesReceived(id, mark + message)])
        #expect((alder.written[id]?.count ?? 0) >= Limits.flight2Bytes)
    }

    /// The same tag with the same nonce counts once `[discovery-16]`.
    @Test func aBeaconThatIsHeardAgainBringsNoOtherDial() throws {
        let world = World(seed: 91)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        world.run(10_000)
        let source = birch.address
        func beacon(_ seed: UInt64) throws -> Input {
            var entropy = SeededEntropy(seed, "nonce")
            let nonce = entropy.bytes(12)
            let keys = try birch.identity.pair(with: alder.identity.publicKey)
            let epoch = world.now(alder).epoch
            let context = MarkContext.beacon(nonce: nonce, source: source, port: 7_747)
            let mark = Mark(
                tag: keys.tag(from: .me, use: .beacon, epoch: epoch),
                check: keys.check(from: .me, use: .beacon, epoch: epoch, context: context))
            let others = (1...7).map { Mark(tag: $0, check: 0) }
            let bytes = Datagram.beacon(Beacon(port: 7_747, nonce: nonce, marks: others + [mark])).encode()
            return .datagramReceived(bytes, source: Endpoint(address: source, port: 7_747, interface: 1))
        }
        let first = try beacon(1)
        for _ in 0..<5 {
            world.turn(alder, [first])
            world.run(4_000)
        }
        #expect(world.dials.count == 1)
        world.turn(alder, [try beacon(2)])
        world.run(4_000)
        #expect(world.dials.count == 2)
        // Many others do not push an older one out at once.
        for seed: UInt64 in 3..<40 { world.turn(alder, [try beacon(seed)]) }
        world.run(4_000)
        let before = world.dials.count
        world.turn(alder, [first])
        world.run(4_000)
        #expect(world.dials.count == before)
    }

    /// Eight addresses of a Hello are dialled after a restart: not the services of other machines.
    @Test func aHelloBringsNoDialToALowPort() throws {
        let peer = try ScriptedPeer(seed: 91, nodeIsLow: true)
        let talk = try peer.call()
        try talk.finish()
        let here = IPAddress.v4(0x0A00_00C8)
        let named = [22, 1_023, 1_024, 7_747].map { Endpoint(address: here, port: $0) }
        try talk.sendHello(addresses: named)
        peer.world.kill(peer.host)
        try peer.world.start(peer.host)
        peer.world.run(20_000)
        let ports = Set(peer.host.dialled.map(\.to.port))
        #expect(ports.isSuperset(of: [1_024, 7_747]) && ports.isDisjoint(with: [22, 1_023]))
    }
}
