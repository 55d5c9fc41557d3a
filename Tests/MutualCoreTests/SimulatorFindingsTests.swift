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
}
