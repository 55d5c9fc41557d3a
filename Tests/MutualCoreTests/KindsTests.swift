import MutualWire
import Testing

@testable import MutualCore

/// The kinds that two people need to solve something side by side, between two Nodes `[records-15]`.
@Suite struct KindsTests {
    private let couple: Couple
    private var alder: Host { couple.alder }
    private var birch: Host { couple.birch }

    init() throws { couple = try Couple(seed: 70) }

    /// Gives something and waits until it is there.
    private func say(_ host: Host, _ content: Content, re: GivenItem? = nil) throws -> GivenItem {
        let given = try couple.give(host, content, re: re?.id.text)
        couple.settle()
        return given
    }

    private func reason(_ host: Host, _ content: Content, re: GivenItem? = nil) -> String? {
        couple.reason { try couple.give(host, content, re: re?.id.text) }
    }

    private func isShown(_ host: Host, _ item: GivenItem) throws -> Bool { try couple.record(host, item.id) != nil }

    // MARK: ideas

    @Test func anAskItsIdeasWhatIsTakenAndTheEnd() throws {
        let ask = try say(alder, .ask(text: "How do you start in the morning?"))
        let first = try say(birch, .idea(text: "One thing on paper.", mine: true), re: ask)
        let built = try say(alder, .idea(text: "Beside the bed, then.", mine: false), re: first)
        #expect(try isShown(birch, built))
        // Who asked decides.
        #expect(reason(birch, .take(text: ""), re: built) == "not-your-thread")
        #expect(reason(birch, .close(text: "", outcome: .helped), re: ask) == "only-your-own")
        #expect(reason(birch, .take(text: ""), re: ask) == "wrong-kind")
        let taken = try say(alder, .take(text: "I will try that."), re: first)
        #expect(try isShown(birch, taken))
        let close = try say(alder, .close(text: "", outcome: .partly), re: ask)
        #expect(try isShown(birch, close))
        #expect(reason(birch, .idea(text: "Another.", mine: false), re: ask) == "closed")
        #expect(reason(birch, .idea(text: "Another.", mine: false), re: built) == "closed")
        #expect(reason(alder, .close(text: "", outcome: .helped), re: ask) == "closed-yours")
    }

    @Test func ideasWaitUntilTheyAreWanted() throws {
        let checkin = try say(alder, .checkIn(text: "Tired.", feelings: [], energy: .low, want: .listen))
        #expect(reason(birch, .idea(text: "Sleep.", mine: false), re: checkin) == "ideas-not-asked")
        #expect(reason(birch, .relate(text: "I know."), re: checkin) == "asks-first")
        #expect(reason(birch, .want(.ideas), re: checkin) == "only-your-own")
        _ = try say(alder, .want(.ideas), re: checkin)
        let idea = try say(birch, .idea(text: "A walk.", mine: true), re: checkin)
        #expect(try isShown(alder, idea))
        #expect(reason(birch, .relate(text: "I know."), re: checkin) == nil)
        _ = try say(alder, .want(nil), re: checkin)
        #expect(reason(birch, .idea(text: "More.", mine: false), re: checkin) == "ideas-not-asked")
        // It was open to ideas: that can be said to be over.
        _ = try say(alder, .close(text: "", outcome: .noLongerNeeded), re: checkin)
    }

    @Test func anIdeaThatCrossesACloseIsShown() throws {
        let ask = try say(alder, .ask(text: "What helps?"))
        couple.world.setLink(birch, up: false)
        couple.world.run(60_000)
        let idea = try couple.give(birch, .idea(text: "Tea.", mine: true), re: ask.id.text)
        try couple.give(alder, .close(text: "", outcome: .notThisTime), re: ask.id.text)
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try isShown(alder, idea) })
        // Its reader is told that its writer could not know; its writer has nothing to be told.
        #expect(try couple.around(alder, idea.id)?.crossed == .close)
        #expect(try couple.around(birch, idea.id)?.crossed == nil)
        #expect(try couple.around(alder, idea.id)?.answers == ask.handle)
    }

    @Test func anIdeaThatCrossesAnotherWantSaysSo() throws {
        let checkin = try say(alder, .checkIn(text: "Tired.", feelings: [], energy: nil, want: .ideas))
        let early = try say(birch, .idea(text: "Tea.", mine: false), re: checkin)
        couple.world.setLink(birch, up: false)
        couple.world.run(60_000)
        let late = try couple.give(birch, .idea(text: "Sleep.", mine: false), re: checkin.id.text)
        try couple.give(alder, .want(.listen), re: checkin.id.text)
        couple.world.setLink(birch, up: true)
        #expect(try couple.world.run(60_000) { try isShown(alder, late) })
        #expect(try couple.around(alder, late.id)?.crossed == .want)
        #expect(try couple.around(alder, early.id)?.crossed == nil)
        // Both are shown what is wanted now.
        couple.settle()
        for host in [alder, birch] { #expect(try couple.around(host, checkin.id)?.want == .listen) }
    }

    @Test func whatAnswersSomethingThatIsGoneSaysSo() throws {
        let success = try say(alder, .celebrate(text: "I called her.", whose: .mine))
        let cheer = try say(birch, .cheer(text: ""), re: success)
        #expect(try couple.around(alder, cheer.id)?.answers == success.handle)
        _ = try couple.world.ask(alder, .itemRetract(item: success.handle, everywhere: false))
        couple.settle()
        for host in [alder, birch] {
            let around = try #require(try couple.around(host, cheer.id))
            #expect(around.answersGone && around.answers == nil)
        }
    }

    @Test func choicesAndTopicsThatAreMissingAreNamed() throws {
        #expect(reason(alder, .room(have: nil, text: "")) == "choice-missing")
        var give = Give(.exchange(.propose(topic: "Why?", seal: [])))
        give.to = ["birch"]
        give.words = "So."
        give.auto = true
        #expect(couple.reason { _ = try couple.world.ask(alder, .itemGive(give)) } == "exchange-by-script")
    }

    @Test func aModifiedPeersAdviceIsCountedAndNotShown() throws {
        let checkin = try say(alder, .checkIn(text: "Tired.", feelings: [], energy: nil, want: .listen))
        var idea = Item(id: try newID(1), madeMs: 0, content: .idea(text: "You should.", mine: false))
        idea.re = checkin.id
        #expect(try taken(idea, by: alder) == [.count(idea.id, why: "ideas-not-asked")])
    }

    @Test func aWantLivesAsLongAsItsItem() throws {
        let checkin = try couple.give(
            alder, .checkIn(text: "x", feelings: [], energy: nil, want: nil), lifeS: 3_600)
        couple.settle()
        let want = try say(alder, .want(.company), re: checkin)
        let (a, b) = (try couple.record(alder, checkin.id), try couple.record(alder, want.id))
        #expect(abs(try #require(a).expiresMs - (try #require(b).expiresMs)) < 2_000)
    }

    // MARK: one at a time

    @Test(arguments: [true, false]) func aNewRoomTakesThePlaceOfTheOneBefore(there: Bool) throws {
        if !there {
            couple.world.setLink(birch, up: false)
            couple.world.run(60_000)
        }
        let first = try say(alder, .room(have: .yes, text: "Come by."))
        let second = try say(alder, .room(have: .resting, text: ""))
        #expect(try couple.text(alder, first.id) == nil)
        couple.world.setLink(birch, up: true)
        couple.world.run(60_000)
        #expect(try !isShown(birch, first))
        #expect(try isShown(birch, second))
        let told = alder.events.filter { $0.body.item == first.id }
        #expect(told.map(\.body.cause) == (there ? [nil] : [.replaced]))
    }

    @Test func aPlanIsReplacedAndTakenBack() throws {
        let first = try say(alder, .plan([Section(title: "Places", text: "The river.")]))
        let second = try say(alder, .plan([Section(title: "Places", text: "The river, the library.")]))
        #expect(try !isShown(birch, first))
        #expect(try isShown(birch, second))
        _ = try couple.world.ask(alder, .itemRetract(item: second.handle, everywhere: false))
        couple.settle()
        #expect(try couple.record(birch, second.id)?.state == .takenBack)
        // A note in between is not touched.
        let note = try say(alder, .note(text: "a", want: nil))
        _ = try say(alder, .plan([Section(title: "", text: "b")]))
        #expect(try isShown(birch, note))
    }

    // MARK: seals

    @Test func aCopiedSealIsNotAnswered() throws {
        let proposal = try couple.give(alder, .exchange(.propose(topic: "t", seal: [])), words: "mine")
        couple.settle()
        let seal = try alder.home.turn { journal throws(JournalFault) -> [UInt8] in
            guard let record = try journal.item(id: proposal.id, person: PersonRow(1), mine: true),
                case .propose(_, let seal) = try journal.exchangeStep(record)
            else { return [] }
            return seal
        }
        #expect(seal.count == 64)
        var copy = Item(id: try newID(2), madeMs: 0, content: .exchange(.commit(seal: seal)))
        copy.re = proposal.id
        #expect(try taken(copy, by: alder) == [.count(copy.id, why: "exchange-copy")])
        var early = Item(
            id: try newID(3), madeMs: 0, content: .exchange(.reveal(key: Array(repeating: 1, count: 32), text: "x")))
        early.re = proposal.id
        #expect(try taken(early, by: alder) == [.count(early.id, why: "exchange-order")])
    }

    private func newID(_ byte: UInt8) throws -> ItemID { try #require(ItemID([UInt8](repeating: byte, count: 16))) }

    /// What the reader's side of a log does with an item that no honest writer sent.
    private func taken(_ item: Item, by host: Host) throws -> [IncomingStep] {
        let log = try #require(LogID([UInt8](repeating: 9, count: 16)))
        return try host.home.turn { journal throws(JournalFault) in
            var (incoming, logs) = (IncomingLog(person: PersonRow(1)), InLogs())
            incoming.hello(log: log, first: 1, into: &logs)
            var given = item
            given.seq = 1
            given.leftS = 600
            let now = couple.world.now(host)
            do {
                return try incoming.take(.item(given), size: 100, logs: &logs, now: now, journal: journal)
            } catch {
                throw (error as? JournalFault) ?? JournalFault("violation")
            }
        }
    }
}
