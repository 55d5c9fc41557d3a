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
}
