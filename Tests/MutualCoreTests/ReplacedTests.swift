import MutualWire
import Testing

@testable import MutualCore

/// A page or a room that took the place of another one, and ends before it came there `[log-14.2]`.
@Suite struct ReplacedTests {
    private let couple: Couple
    private var alder: Host { couple.alder }
    private var birch: Host { couple.birch }
    private let page = Content.plan([Section(title: "Helps", text: "Tea.")])

    init() throws { couple = try Couple(seed: 91) }

    /// Whether nothing of it can be read by its reader.
    private func isGone(_ id: ItemID) throws -> Bool { try couple.record(birch, id).map(\.erased) ?? true }

    /// Found as `one-page`: what was replaced by something that never came stayed with its reader.
    @Test func whatWasReplacedGoesWithTheNewerThatNeverCame() throws {
        let first = try couple.give(alder, page)
        couple.settle()
        couple.world.setLink(birch, up: false)
        couple.world.run(60_000)
        let second = try couple.give(alder, page)
        let reply = try couple.world.ask(alder, .itemRetract(item: second.id.text, everywhere: false))
        // The page, as one thing, is with the other.
        guard case .retracted(let copies) = reply else { throw Refusal(.fault, "nothing") }
        #expect(copies.map(\.id) == [second.id] && copies.map(\.reach) == [.whenMet])
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try isGone(first.id) })
        #expect(try couple.record(birch, second.id) == nil)
    }

    /// The same, when nobody knows whether the older one came.
    @Test func whatMayHaveComeGoesWithTheNewerToo() throws {
        couple.world.setLink(birch, up: false)
        let first = try couple.give(alder, .room(have: .resting, text: ""))
        #expect(try couple.record(alder, first.id)?.seq != nil)
        couple.world.run(60_000)
        let second = try couple.give(alder, .room(have: .yes, text: ""))
        let reply = try couple.world.ask(alder, .itemRetract(item: second.id.text, everywhere: false))
        guard case .retracted(let copies) = reply else { throw Refusal(.fault, "nothing") }
        #expect(copies.map(\.reach) == [.undecided])
        let given = try alder.home.turn { journal throws(JournalFault) -> [ItemRecord] in
            guard let person = try journal.people().first else { return [] }
            return try journal.unnumbered(person.row, after: nil, limit: 100)
        }
        #expect(given.filter(\.isRetract).map(\.re) == [first.id])
    }

    /// The same, when the newer one's life ends on this machine.
    @Test func whatWasReplacedGoesWithTheNewerWhoseLifeEnds() throws {
        let first = try couple.give(alder, .room(have: .resting, text: ""))
        couple.settle()
        couple.world.setLink(birch, up: false)
        couple.world.run(60_000)
        var give = Give(.room(have: .yes, text: ""))
        give.to = ["all"]
        give.lifeS = Int64(Limits.lifeMinS)
        _ = try couple.world.ask(alder, .itemGive(give))
        couple.world.run(Int64(Limits.lifeMinS) * 1_000 + 60_000)
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try isGone(first.id) })
    }
}
