import MutualWire
import Testing

@testable import MutualCore

/// One's jar of kind words, between two Nodes.
@Suite struct KeepTests {
    private let couple: Couple
    private var alder: Host { couple.alder }
    private var birch: Host { couple.birch }

    init() throws { couple = try Couple(seed: 71) }

    private func say(_ host: Host, _ content: Content, re: GivenItem? = nil, lifeS: Int64? = nil) throws -> GivenItem {
        let given = try couple.give(host, content, re: re?.id.text, lifeS: lifeS)
        couple.settle()
        return given
    }

    private func keep(_ host: Host, _ item: GivenItem, key: String? = nil) throws {
        let key = key.map { IdempotencyKey(key: $0, parameters: [1]) }
        _ = try couple.world.ask(host, .itemKeep(item: item.id.text), key: key)
    }

    private func reason(_ host: Host, _ item: GivenItem) -> String? { couple.reason { try keep(host, item) } }

    @Test func whatIsKeptOutlivesItsLifeAndNothingElseDoes() throws {
        let kept = try say(alder, .encourage(text: "You listen well."), lifeS: 3_600)
        let other = try say(alder, .encourage(text: "Rest."), lifeS: 3_600)
        try keep(birch, kept, key: "k")
        // The same again is the same.
        try keep(birch, kept, key: "k")
        try keep(birch, kept)
        couple.world.run(2 * 3_600_000)
        #expect(try couple.text(birch, kept.id) == "You listen well.")
        #expect(try couple.record(birch, other.id) == nil)
        #expect(try couple.text(alder, kept.id) == nil)
        // It can be opened, and answered, as long as it is there.
        _ = try couple.world.ask(birch, .itemOpen(.item(kept.id.text)))
        #expect(try couple.record(birch, kept.id)?.opened == true)
        _ = try couple.give(birch, .learned(text: "To stay."), re: kept.id.text)
        couple.world.kill(birch)
        try couple.world.start(birch)
        couple.world.run(40 * 86_400_000)
        #expect(try couple.text(birch, kept.id) == "You listen well.")
    }

    @Test func aRetractReachesWhatIsKept() throws {
        let success = try say(alder, .celebrate(text: "I called her.", whose: .mine))
        try keep(birch, success)
        _ = try couple.world.ask(alder, .itemRetract(item: success.handle, everywhere: false))
        couple.settle()
        #expect(try couple.text(birch, success.id) == nil)
        let record = try #require(try couple.record(birch, success.id))
        #expect(!record.kept && record.state == .takenBack)
        #expect(reason(birch, success) == "keep-taken-back")
        couple.world.run(2 * 86_400_000)
        #expect(try couple.record(birch, success.id) == nil)
    }

    @Test func whatMayNotBeKeptIsRefused() throws {
        let note = try say(alder, .note(text: "x", want: nil))
        #expect(reason(birch, note) == "keep-kind")
        #expect(reason(alder, note) == "keep-own")
        var give = Give(.encourage(text: "Only for now."))
        give.to = ["birch"]
        give.noKeep = true
        guard case .given(let items) = try couple.world.ask(alder, .itemGive(give)), let item = items.first else {
            throw Refusal(.fault, "no items")
        }
        couple.settle()
        #expect(reason(birch, item) == "keep-not")
        #expect(try couple.record(birch, item.id)?.kept == false)
        #expect(couple.reason { _ = try couple.world.ask(birch, .itemKeep(item: "zzz")) } == "unknown-item")
    }
}
