import MutualCore
import MutualWire
import Testing

/// What the simulator found, small.
@Suite struct SimulatorFindingsTests {
    /// Found as `records`: the reader refused more than 90 days of life, acked it, and never showed it.
    @Test func aClockThatWasSetBackPromisesNoMoreLifeThanThereIs() throws {
        let world = World(seed: 70)
        let alder = try world.add("Alder")
        let birch = try world.add("Birch")
        try world.start(alder)
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        try world.start(birch)
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        world.kill(birch)
        var give = Give.note("long", to: "birch")
        give.lifeS = Limits.lifeMaxS
        _ = try world.ask(alder, .itemGive(give))
        alder.clockSkewMs = -3_000_000
        try world.start(birch)
        #expect(world.run(60_000) { birch.events.contains { $0.body.kind == .itemArrived } })
    }

    /// Found as `soon-met`: what was heard while a dial to an address that is not theirs any more was out was forgotten,
    /// and with it everything until the next beacon, half a minute later.
    @Test func aBeaconHeardDuringADialToAWrongAddressIsDialledOnceThatIsOver() throws {
        let peer = try ScriptedPeer(seed: 71, nodeIsLow: true)
        let wrong = IPAddress.v4(0x0A00_00C9)
        peer.world.silentAddresses.append(wrong)
        let out = try peer.outDialOfNode(to: wrong)
        peer.world.run(2_500)
        peer.sendBeacon()
        #expect(peer.host.dialled.count == 1)
        peer.world.run(500)
        #expect(peer.host.ended[out] != nil)
        #expect(peer.host.dialled.map(\.to.address) == [wrong, peer.address])
    }

    /// The same, when that dial came to nothing by itself.
    @Test func aBeaconHeardDuringADialThatFailsIsDialled() throws {
        let peer = try ScriptedPeer(seed: 72, nodeIsLow: false)
        let wrong = IPAddress.v4(0x0A00_00C9)
        peer.world.silentAddresses.append(wrong)
        let out = try peer.outDialOfNode(to: wrong)
        peer.world.run(2_100)
        peer.sendBeacon()
        peer.world.turn(peer.host, [.connectionClosed(out)])
        #expect(peer.host.dialled.map(\.to.address) == [wrong, peer.address])
    }

    /// Found as `soon-met`: within two seconds of a dial that a beacon led to, other beacons were forgotten.
    @Test func aBeaconHeardTooSoonIsDialledWhenTwoSecondsArePassed() throws {
        let peer = try ScriptedPeer(seed: 73, nodeIsLow: true)
        let wrong = IPAddress.v4(0x0A00_00C9)
        peer.world.silentAddresses.append(wrong)
        let out = try peer.outDialOfNode(to: wrong)
        peer.world.run(100)
        peer.world.turn(peer.host, [.connectionClosed(out)])
        peer.sendBeacon()
        peer.world.run(1_899)
        #expect(peer.host.dialled.count == 1)
        peer.world.run(1)
        #expect(peer.host.dialled.map(\.to.address) == [wrong, peer.address])
        peer.world.run(20_000)
        #expect(peer.host.dialled.count == 2)
    }

    /// Found as `soon-met`: a connection that died in its handshake, of which only the other end knew.
    @Test func aBeaconHeardDuringADialThatHangsIsDialledOnceThatIsOver() throws {
        let peer = try ScriptedPeer(seed: 74, nodeIsLow: false)
        let out = try peer.outDialOfNode()
        peer.world.run(500)
        peer.sendBeacon()
        peer.world.run(2_499)
        #expect(peer.host.ended[out] == nil && peer.host.dialled.count == 1)
        peer.world.run(1)
        #expect(peer.host.ended[out] == peer.world.nowMs && peer.host.dialled.count == 2)
    }

    @Test func whatWasHeardIsForgottenWhenASessionBegins() throws {
        let peer = try ScriptedPeer(seed: 75, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        peer.sendBeacon()
        let talk = try peer.answer(out)
        try talk.sendHello()
        peer.world.run(1_500)
        peer.world.turn(peer.host, [.connectionClosed(out)])
        peer.world.run(600)
        #expect(peer.host.dialled.count == 1)
    }

    private func hellos(_ talk: Talk) throws -> [Hello] {
        try talk.records().compactMap { record in
            if case .hello(let hello) = record { return hello }
            return nil
        }
    }

    /// Found as `convergence`: a Hello that was read late, on an older session, began a new log that the newer session
    /// had not named. What was given there was held under the old one, and its Acks were ignored as long as it stayed.
    @Test func aHelloReadLateOnAnOlderSessionBeginsNoNewLog() throws {
        let peer = try ScriptedPeer(seed: 76, nodeIsLow: true)
        let older = try peer.call()
        try older.finish()
        let newer = try peer.call()
        try newer.finish()
        let log = try #require(try hellos(newer).last).log
        // From before the peer was put back, and from after.
        try older.sendHello(holding: log, received: 1)
        try newer.sendHello(holding: log, received: 0)
        _ = try peer.world.ask(peer.host, .itemGive(Give.note("on the newer", to: "peer")))
        #expect(try hellos(newer).isEmpty)
        try newer.send(.ack(log: log, received: 1))
        #expect(newer.closedMs == nil)
        #expect(peer.host.events.contains { $0.body.kind == .itemDelivered })
        #expect(!peer.host.events.contains { $0.body.kind == .storePutBack })
    }

    /// The newer session's own Hello still asks for one.
    @Test func theHelloOfTheSessionBegunLastBeginsTheNewLog() throws {
        let peer = try ScriptedPeer(seed: 77, nodeIsLow: true)
        let older = try peer.call()
        try older.finish()
        let newer = try peer.call()
        try newer.finish()
        let log = try #require(try hellos(newer).last).log
        try older.sendHello(holding: log, received: 1)
        try newer.sendHello(holding: log, received: 1)
        let named = try hellos(newer)
        #expect(named.count == 1 && named.first?.log != log)
        #expect(peer.host.events.count { $0.body.kind == .storePutBack } == 1)
    }

    /// Found as `calm`: two copies of a disk used up the new logs of a day. From then on every session was closed as soon
    /// as it stood, and a dial followed each second until midnight.
    @Test func whoAsksForTooManyNewLogsIsLeftAloneForAWhile() throws {
        let peer = try ScriptedPeer(seed: 78, nodeIsLow: true)
        func askForNewLog() throws -> Talk {
            let talk = try peer.call()
            try talk.finish()
            let log = try #require(try hellos(talk).last).log
            try talk.sendHello(holding: log, received: 1_000)
            return talk
        }
        for _ in 0..<Limits.newLogsADay { #expect(try askForNewLog().closedMs == nil) }
        #expect(try askForNewLog().closedMs != nil)
        let before = peer.host.dialled.count
        for _ in 0..<11 {
            peer.world.run(5_000)
            peer.sendBeacon()
        }
        #expect(peer.host.dialled.count == before)
        peer.world.run(5_000)
        peer.sendBeacon()
        #expect(peer.host.dialled.count == before + 1)
    }
}
