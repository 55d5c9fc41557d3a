import MutualCore
import MutualWire
import Testing

/// Both sides dial at once: one connection comes of it `[session-11]` to `[session-14]`.
@Suite struct CrossedDialsTests {
    // MARK: the side with the higher key

    @Test func hiDropsItsOwnDialAndAnswers() throws {
        let peer = try ScriptedPeer(seed: 300, nodeIsLow: false)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        #expect(peer.host.ended[out] == peer.world.nowMs)
        #expect(peer.isAnswered(call))
        try call.finish()
        try call.sendHello()
        peer.world.run(10_000)
        #expect(call.closedMs == nil)
        #expect(peer.host.dialled.count == 1)
    }

    // MARK: the side with the lower key

    @Test func loHoldsUntilItsOwnDialIsVerified() throws {
        let peer = try ScriptedPeer(seed: 301, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        peer.world.run(500)
        #expect(call.isSilent && call.closedMs == nil)
        let talk = try peer.answer(out)
        #expect(call.isSilent && call.closedMs == peer.world.nowMs)
        #expect(try talk.records().count == 1)
        try talk.sendHello()
        peer.world.run(10_000)
        #expect(talk.closedMs == nil)
        #expect(call.isSilent)
    }

    @Test func loAnswersWhatItHeldAfterASecond() throws {
        let peer = try ScriptedPeer(seed: 302, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        peer.world.run(999)
        #expect(call.isSilent && call.closedMs == nil)
        peer.world.run(1)
        #expect(peer.isAnswered(call))
        #expect(peer.host.ended[out] == nil)
        try call.finish()
        try call.sendHello()
        // Its own dial was out: what comes of it is a session that was begun later, and that one stays.
        let talk = try peer.answer(out)
        #expect(call.closedMs == nil)
        try talk.sendHello()
        #expect(call.closedMs == peer.world.nowMs)
        peer.world.run(10_000)
        #expect(talk.closedMs == nil)
    }

    enum Failure: CaseIterable {
        case closed
        case ended
        case wrongFlight2
    }

    @Test(arguments: Failure.allCases) func loAnswersAtOnceWhenItsOwnDialFails(_ failure: Failure) throws {
        let peer = try ScriptedPeer(seed: 303, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        peer.world.run(200)
        #expect(call.isSilent)
        switch failure {
        case .closed: peer.world.turn(peer.host, [.connectionClosed(out)])
        case .ended: peer.world.turn(peer.host, [.inputEnded(out)])
        case .wrongFlight2:
            peer.world.turn(peer.host, [.bytesReceived(out, [UInt8](repeating: 9, count: Limits.flight2Bytes))])
        }
        #expect(peer.isAnswered(call))
        if failure != .closed { #expect(peer.host.ended[out] == peer.world.nowMs) }
        try call.finish()
        try call.sendHello()
        peer.world.run(10_000)
        #expect(call.closedMs == nil)
    }

    @Test func loHoldsTheNewestFlightOnly() throws {
        let peer = try ScriptedPeer(seed: 304, nodeIsLow: true)
        _ = try peer.outDialOfNode()
        let older = try peer.call()
        peer.world.run(300)
        let newer = try peer.call()
        #expect(older.isSilent && older.closedMs == peer.world.nowMs)
        peer.world.run(999)
        #expect(newer.isSilent && newer.closedMs == nil)
        peer.world.run(1)
        #expect(peer.isAnswered(newer))
        #expect(older.isSilent)
    }

    @Test func aHeldFlightThatGoesIsForgotten() throws {
        let peer = try ScriptedPeer(seed: 305, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        peer.world.turn(peer.host, [.connectionClosed(call.id)])
        peer.world.run(1_500)
        #expect(call.isSilent)
        let talk = try peer.answer(out)
        try talk.sendHello()
        #expect(talk.closedMs == nil)
        #expect(call.isSilent)
    }

    @Test func aHeldPeerThatSpeaksBeforeFlight2IsDropped() throws {
        let peer = try ScriptedPeer(seed: 306, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let call = try peer.call()
        peer.world.turn(peer.host, [.bytesReceived(call.id, [1])])
        #expect(call.isSilent && call.closedMs == peer.world.nowMs)
        peer.world.turn(peer.host, [.connectionClosed(out)])
        #expect(call.isSilent)
    }

    /// Hi gave its own dial up, and what it had sent on it is read only when lo's dial stands already.
    @Test(arguments: [true, false]) func aFlightThatWasGivenUpTakesNothingAlong(isReady: Bool) throws {
        let peer = try ScriptedPeer(seed: 308, nodeIsLow: true)
        let out = try peer.outDialOfNode()
        let talk = try peer.answer(out)
        if isReady { try talk.sendHello() }
        _ = try peer.call(ending: true)
        peer.world.run(100)
        if !isReady { try talk.sendHello() }
        peer.world.run(10_000)
        #expect(talk.closedMs == nil)
        #expect(peer.host.dialled.count == 1)
    }

    // MARK: either side

    @Test(arguments: [true, false]) func aDialThatIsNotOutGivesWay(nodeIsLow: Bool) throws {
        let peer = try ScriptedPeer(seed: 307, nodeIsLow: nodeIsLow)
        let dial = try peer.dialOfNode()
        let call = try peer.call()
        #expect(peer.host.ended[dial] == peer.world.nowMs)
        #expect(peer.isAnswered(call))
        // It opens all the same, a moment too late.
        let local = Endpoint(address: peer.host.address, port: 50_000, interface: 1)
        peer.world.turn(peer.host, [.connectionOpened(dial, local: local)])
        #expect(peer.host.written[dial] == nil)
    }

    /// Two Nodes that hear each other, dial and send at the same moments.
    @Test(arguments: 310...317) func ofTwoNodesThatCrossTheLowersDialStays(seed: Int) throws {
        let world = World(seed: UInt64(seed))
        world.delayMs = 50
        let hosts = [try world.add("Alder"), try world.add("Birch")]
        for host in hosts { try world.start(host) }
        world.run(20_000)
        for (one, other) in [(hosts[0], hosts[1]), (hosts[1], hosts[0])] {
            _ = try world.ask(one, .peopleAdd(id: other.id, name: "Other"))
        }
        let began = world.nowMs
        let met = world.run(2_000) { hosts.allSatisfy { $0.events.contains { $0.body.kind == .personMutual } } }
        #expect(met)
        #expect(world.nowMs - began <= 6 * world.delayMs)
        world.run(60_000)
        #expect(world.dials.sorted() == [0, 1])
        let firstIsLow = try hosts[0].identity.pair(with: hosts[1].identity.publicKey).iAmLow
        for (host, isLow) in [(hosts[0], firstIsLow), (hosts[1], !firstIsLow)] {
            let dial = try #require(host.dialled.first).id
            // Both were out: they did cross.
            #expect((host.written[dial]?.count ?? 0) >= Limits.flight1Bytes)
            #expect((host.ended[dial] == nil) == isLow)
        }
        #expect(hosts.allSatisfy { $0.failures.isEmpty })
    }
}
