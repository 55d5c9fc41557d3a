import MutualCore
import MutualWire
import Testing

/// One session a person, and what happens when two machines use one key `[session-15]` to `[session-19]`.
@Suite struct ReplacementTests {
    private func count(_ kind: EventKind, _ peer: ScriptedPeer) -> Int {
        peer.host.events.count { $0.body.kind == kind }
    }

    private func acks(_ talk: Talk) throws -> [UInt64] {
        try talk.records().compactMap { record in
            if case .ack(_, let received) = record { return received }
            return nil
        }
    }

    // MARK: one session a person

    @Test func theSessionBegunLastStays() throws {
        let peer = try ScriptedPeer(seed: 320, nodeIsLow: true)
        let first = try peer.session()
        try first.send(try peer.note(1, "on the first"))
        #expect(try acks(first) == [1])
        let second = try peer.call()
        try second.finish()
        // Both are open, but the older one takes nothing any more: the newer one's Hello has said what is held.
        #expect(first.closedMs == nil)
        try first.send(try peer.note(2, "too late"))
        #expect(try acks(first).isEmpty)
        #expect(count(.itemArrived, peer) == 1)
        try second.sendHello()
        #expect(first.closedMs == peer.world.nowMs)
        try second.send(try peer.note(2, "on the second"))
        #expect(try acks(second) == [2])
        #expect(count(.itemArrived, peer) == 2)
        peer.world.run(10_000)
        #expect(second.closedMs == nil)
    }

    @Test func anOlderSessionThatBecomesReadyDoesNotCloseANewerOne() throws {
        let peer = try ScriptedPeer(seed: 321, nodeIsLow: true)
        let first = try peer.call()
        try first.finish()
        peer.world.run(500)
        let second = try peer.call()
        try second.finish()
        try first.sendHello()
        #expect(first.closedMs == nil && second.closedMs == nil)
        try second.sendHello()
        #expect(first.closedMs == peer.world.nowMs)
        #expect(second.closedMs == nil)
        // Not a replacement of one machine by another.
        #expect(count(.personTwoMachines, peer) == 0)
    }

    @Test func aNewerSessionThatNeverBecomesReadyTakesTheOlderWithIt() throws {
        let peer = try ScriptedPeer(seed: 322, nodeIsLow: false)
        let first = try peer.session()
        let second = try peer.call()
        try second.finish()
        peer.world.run(2_999)
        #expect(first.closedMs == nil && second.closedMs == nil)
        peer.world.run(1)
        #expect(second.closedMs == peer.world.nowMs)
        #expect(first.closedMs == peer.world.nowMs)
        // The next one goes on where all was left.
        let third = try peer.session()
        try third.send(try peer.note(1, "after all"))
        #expect(try acks(third) == [1])
    }

    @Test func aNewerSessionThatThePeerClosesUnreadyTakesTheOlderWithIt() throws {
        let peer = try ScriptedPeer(seed: 323, nodeIsLow: false)
        let first = try peer.session()
        let second = try peer.call()
        try second.finish()
        peer.world.turn(peer.host, [.connectionClosed(second.id)])
        #expect(first.closedMs == peer.world.nowMs)
    }

    @Test(arguments: [true, false]) func aSessionNotReadyAfterThreeSecondsIsClosed(dialled: Bool) throws {
        let peer = try ScriptedPeer(seed: 324, nodeIsLow: true)
        let talk = dialled ? try peer.answer(try peer.outDialOfNode()) : try peer.call()
        peer.world.run(2_999)
        #expect(talk.closedMs == nil)
        peer.world.run(1)
        #expect(talk.closedMs == peer.world.nowMs)
    }

    @Test func whoHasASessionDialsNobodyAndDropsADialThatIsNotOut() throws {
        let peer = try ScriptedPeer(seed: 325, nodeIsLow: true)
        _ = try peer.session()
        peer.sendBeacon()
        #expect(peer.host.dialled.isEmpty)
    }

    // MARK: two machines

    /// One session, and so many that replace it.
    @discardableResult private func replace(_ peer: ScriptedPeer, _ times: Int) throws -> Talk {
        var last = try peer.session()
        for _ in 0..<times {
            peer.world.run(100)
            let next = try peer.session()
            #expect(last.closedMs == peer.world.nowMs)
            last = next
        }
        return last
    }

    @Test func fiveReplacementsAMinuteAreNoFault() throws {
        let peer = try ScriptedPeer(seed: 330, nodeIsLow: true)
        try replace(peer, 5)
        peer.world.run(100)
        #expect(peer.isAnswered(try peer.call()))
        #expect(count(.personTwoMachines, peer) == 0)
    }

    @Test func replacementsOfDifferentMinutesDoNotAddUp() throws {
        let peer = try ScriptedPeer(seed: 331, nodeIsLow: true)
        try replace(peer, 0)
        for _ in 0..<20 {
            peer.world.run(12_500)
            try replace(peer, 0)
        }
        #expect(peer.isAnswered(try peer.call()))
        #expect(count(.personTwoMachines, peer) == 0)
    }

    @Test func moreBringAPauseThatDoublesToAQuarterOfAnHour() throws {
        let peer = try ScriptedPeer(seed: 332, nodeIsLow: true)
        for lengthS: Int64 in [60, 120, 240, 480, 900, 900] {
            let last = try replace(peer, 6)
            let began = peer.world.nowMs
            // The session of that moment goes on; nobody else is answered, and nobody is dialled.
            peer.world.run(1_000)
            #expect(last.closedMs == nil)
            #expect(try peer.call().isSilent)
            peer.world.run(lengthS * 1_000 - 1_001)
            #expect(last.closedMs != nil)
            let call = try peer.call()
            let dials = peer.host.dialled.count
            peer.sendBeacon()
            #expect(call.isSilent)
            #expect(peer.host.dialled.count == dials)
            peer.world.run(1)
            #expect(peer.world.nowMs - began == lengthS * 1_000)
            #expect(call.isSilent)
            #expect(peer.isAnswered(try peer.call()))
            // That one never says Hello and is over, and with it what the pause has left.
            peer.world.run(70_000)
        }
        #expect(count(.personTwoMachines, peer) == 1)
        // Long after, a beacon leads to a dial again.
        peer.world.run(60_000)
        _ = try peer.dialOfNode()
    }
}
