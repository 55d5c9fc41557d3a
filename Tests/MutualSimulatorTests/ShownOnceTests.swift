import MutualCore
import MutualWire
import Testing

@testable import MutualSimulator

/// What the checker `shown-once` lets pass: nothing but what a reader's clock calls older than 120 days at a start.
@Suite struct ShownOnceTests {
    private static let dayMs: Int64 = 86_400_000

    /// Whether an item that was shown so long ago may be shown again after a start.
    private func mayBeShownAgain(afterMs ageMs: Int64) throws -> Bool {
        var drawn = Chance(1, "options")
        var options = Options(&drawn)
        options.machines = 2
        options.tricksters = 0
        let checker = ShownOnce()
        let world = World(seed: 1, options: options, checkers: [checker])
        world.setUp()
        try #require(world.machines.count == 2)
        let (reader, writer) = (world.machines[0], world.machines[1])
        let id = try #require(ItemID([UInt8](repeating: 7, count: 16)))
        let nowMs = reader.now(world.nowMs).wallMs
        reader.ledger.people[writer.key, default: .init()].shownOnce[id] = nowMs - ageMs
        try checker.started(reader, world)
        let again = Event(seq: 1, atMs: nowMs, body: EventBody(.itemArrived, person: writer.key, item: id))
        do {
            try checker.told(again, reader, world)
            return true
        } catch is Failure {
            return false
        }
    }

    @Test func whatWasShownIsNotShownAgain() throws {
        #expect(try !mayBeShownAgain(afterMs: 0))
        #expect(try !mayBeShownAgain(afterMs: 118 * Self.dayMs))
    }

    @Test func whatTheReadersClockCallsOlderThanItKeepsMayComeAgain() throws {
        #expect(try mayBeShownAgain(afterMs: 120 * Self.dayMs))
    }
}
