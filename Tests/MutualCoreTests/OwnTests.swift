import MutualWire
import Testing

@testable import MutualCore

/// One's own words and one's own page, between two Nodes.
@Suite struct OwnTests {
    private let couple: Couple
    private var alder: Host { couple.alder }
    private var birch: Host { couple.birch }

    init() throws { couple = try Couple(seed: 90) }

    private func ask(_ call: Call) throws { _ = try couple.world.ask(alder, call) }
    private func reason(_ call: Call) -> String? { couple.reason { try ask(call) } }

    private func stored(_ name: String) throws -> [UInt8]? {
        try alder.home.turn { journal throws(JournalFault) in try journal.setting(name) }
    }

    // MARK: feelings

    @Test func wordsStandAsTheyWereOrdered() throws {
        try ask(.feelingsSet(["tired", "at sea", "müde", "tired"]))
        #expect(OwnSetting.words(try stored(OwnSetting.feelings)) == ["tired", "at sea", "müde"])
        try ask(.feelingsSet([]))
        #expect(OwnSetting.words(try stored(OwnSetting.feelings)) == [])
        #expect(OwnSetting.words(nil) == nil)
    }

    @Test func aListHasLimits() throws {
        let most = (0..<OwnSetting.mostWords).map { "w\($0)" }
        #expect(reason(.feelingsSet(most)) == nil)
        #expect(reason(.feelingsSet(most + ["one more"])) == "feelings-many")
        #expect(reason(.feelingsSet([String(repeating: "x", count: 32)])) == nil)
        #expect(reason(.feelingsSet([String(repeating: "x", count: 33)])) == "feelings-long")
        for word in ["", " x", "x ", "a,b", "a\nb", "a\0b", "a\u{85}b"] {
            #expect(reason(.feelingsSet([word])) == "feelings-word", "\(word)")
        }
        // What is refused changes nothing.
        #expect(OwnSetting.words(try stored(OwnSetting.feelings)) == [String(repeating: "x", count: 32)])
    }

    // MARK: the page

    private let page = [Section(title: "Helps", text: "Tea.\r\nA walk."), Section(title: "Places", text: "")]

    @Test func aPageIsKeptAsItWasWritten() throws {
        try ask(.planSet(page))
        let kept = [Section(title: "Helps", text: "Tea.\nA walk."), Section(title: "Places", text: "")]
        #expect(OwnSetting.sections(try stored(OwnSetting.page)) == kept)
        try ask(.planSet([]))
        #expect(try stored(OwnSetting.page) == nil)
    }

    @Test func aPageHasTheLimitsOfWhatIsShared() throws {
        func page(_ count: Int, _ title: Int, _ text: Int) -> Call {
            .planSet(
                (0..<count).map { _ in
                    Section(title: String(repeating: "t", count: title), text: String(repeating: "x", count: text))
                })
        }
        #expect(reason(page(20, 200, 2_000)) == nil)
        #expect(reason(page(21, 1, 1)) == "plan-many")
        #expect(reason(page(1, 201, 1)) == "plan-title")
        #expect(reason(.planSet([Section(title: "a\nb", text: "")])) == "plan-title")
        #expect(reason(page(1, 1, 16_384)) == nil)
        #expect(reason(page(1, 1, 16_385)) == "text-long")
        #expect(reason(page(4, 1, 16_384)) == "plan-long")
        #expect(reason(.planSet([Section(title: "", text: "a\u{1B}b")])) == "text-control")
    }

    @Test func whatFitsOnThePageCanBeShared() throws {
        // As long as a page can be: one byte more is refused.
        var last = 16_384
        func page(_ last: Int) -> [Section] {
            [16_384, 16_384, 16_384, last].map { Section(title: "", text: String(repeating: "x", count: $0)) }
        }
        while reason(.planSet(page(last))) != nil { last -= 1 }
        #expect(last > 15_000)
        var give = Give(.plan([]))
        give.to = ["birch"]
        give.about = String(repeating: "a", count: Limits.contentNoteBytes)
        guard case .given(let items) = try couple.world.ask(alder, .itemGive(give)) else { throw Refusal(.fault, "") }
        couple.settle()
        #expect(try couple.record(birch, try #require(items.first).id)?.erased == false)
    }

    @Test func anEmptyPageIsNotShared() throws {
        #expect(couple.reason { try couple.give(alder, .plan([])) } == "plan-empty")
    }

    private func sections(_ host: Host, _ id: ItemID) throws -> [Section]? {
        guard let record = try couple.record(host, id) else { return nil }
        let content = try host.home.turn { journal throws(JournalFault) in
            try journal.content(record.row).flatMap { Item(stored: $0)?.content }
        }
        guard case .plan(let sections)? = content else { return nil }
        return sections
    }

    @Test func whatIsSharedIsWhatStandsThereNow() throws {
        try ask(.planSet([Section(title: "Helps", text: "Tea.")]))
        let shared = try couple.give(alder, .plan([]))
        try ask(.planSet([Section(title: "Helps", text: "Coffee.")]))
        couple.settle()
        // What is written afterwards stays here.
        #expect(try sections(birch, shared.id)?.first?.text == "Tea.")
    }

    // MARK: a newer one [log-14]

    @Test func aNewerPageReplacesTheOneBeforeAtBothEnds() throws {
        try ask(.planSet([Section(title: "", text: "first")]))
        let first = try couple.give(alder, .plan([]))
        couple.settle()
        try ask(.planSet([Section(title: "", text: "second")]))
        let second = try couple.give(alder, .plan([]))
        couple.settle()
        #expect(try couple.record(birch, first.id) == nil)
        #expect(try sections(birch, second.id)?.first?.text == "second")
        // Here only its text is gone: it was there.
        #expect(try couple.record(alder, first.id)?.state == .delivered)
        #expect(try sections(alder, first.id) == nil)
        let erased = birch.events.filter { $0.body.kind == .itemErased }
        #expect(erased.map(\.body.item) == [first.id])
        // Nobody took it back: something newer is there.
        #expect(erased.map(\.body.cause) == [.replaced])
        #expect(!alder.events.contains { $0.body.state == .takenBack })
    }

    @Test func onePageThatWasNeverGivenLeavesNoTrace() throws {
        couple.world.setLink(birch, up: false)
        couple.world.run(60_000)
        try ask(.planSet([Section(title: "", text: "first")]))
        let first = try couple.give(alder, .plan([]))
        let second = try couple.give(alder, .plan([]))
        #expect(try couple.record(alder, first.id) == nil)
        let state = try #require(alder.events.last { $0.body.item == first.id })
        #expect(state.body.state == .takenBack && state.body.cause == .replaced)
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try couple.record(birch, second.id) != nil })
        #expect(try couple.record(birch, first.id) == nil)
    }

    @Test func onePageThatNobodyKnowsOfGoesAsVoid() throws {
        try ask(.planSet([Section(title: "", text: "first")]))
        // It is given, and no word comes back.
        couple.world.setLink(birch, up: false)
        let first = try couple.give(alder, .plan([]))
        #expect(try couple.record(alder, first.id)?.seq != nil)
        let second = try couple.give(alder, .plan([]))
        let record = try #require(try couple.record(alder, first.id))
        #expect(record.state == .takenBack && record.cause == .replaced && record.erased)
        couple.world.run(60_000)
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try couple.record(birch, second.id) != nil })
        couple.settle()
        #expect(try couple.record(birch, first.id) == nil)
        #expect(birch.events.count { $0.body.kind == .itemArrived } == 1)
        // Without a retract: the newer one erases it wherever it is.
        let given = try alder.home.turn { journal throws(JournalFault) in
            var given: [ItemRecord] = []
            for person in try journal.people() {
                given += try journal.numbered(person.row, from: 1, limit: 100)
            }
            return given
        }
        #expect(given.filter(\.isRetract).isEmpty)
    }

    @Test func aPageIsTakenBackLikeAnythingElse() throws {
        try ask(.planSet([Section(title: "", text: "first")]))
        let shared = try couple.give(alder, .plan([]))
        couple.settle()
        _ = try couple.world.ask(alder, .itemRetract(item: shared.id.text, everywhere: false))
        couple.settle()
        #expect(try couple.record(birch, shared.id)?.erased == true)
        #expect(birch.events.contains { $0.body.kind == .itemErased && $0.body.cause == nil })
        // The page itself stays.
        #expect(OwnSetting.sections(try stored(OwnSetting.page))?.count == 1)
    }
}
