import MutualCrypto
import MutualRules
import MutualWire
import Testing

@testable import MutualCore

/// An answerer with a changed program, who reads the proposer's words before choosing their own `[records-28]`.
@Suite struct ExchangeHostileTests {
    private let peer: ScriptedPeer
    private let talk: Talk
    private let proposal: GivenItem
    private let sealed: SealedWords
    private let commitID = Self.id(1)
    private var host: Host { peer.host }

    init() throws {
        peer = try ScriptedPeer(seed: 71, nodeIsLow: true)
        talk = try peer.session()
        _ = try talk.records()
        var give = Give(.exchange(.propose(topic: "The hardest part?", seal: [])))
        give.to = ["peer"]
        give.words = "The stairs."
        guard case .given(let items) = try peer.world.ask(peer.host, .itemGive(give)) else {
            throw Refusal(.fault, "no items")
        }
        proposal = try #require(items.first)
        sealed = SealedWords(key: [UInt8](repeating: 7, count: Limits.sealKeyBytes), text: "What I sealed.")
        try commit(seq: 1, commitID)
        try #require(try given().contains { if case .exchange(.reveal) = $0 { true } else { false } })
    }

    private static func id(_ number: UInt8) -> ItemID {
        ItemID([UInt8](repeating: number, count: 16)) ?? id(number + 1)
    }

    /// What the Node gave since the last look.
    private func given() throws -> [Content] {
        try talk.records().compactMap { if case .item(let item) = $0 { item.content } else { nil } }
    }

    private func send(_ content: Content, seq: UInt64, _ id: ItemID, re: ItemID, leftS: UInt32 = 3_600) throws {
        var item = Item(id: id, madeMs: peer.world.now(host).wallMs, content: content)
        item.re = re
        item.seq = seq
        item.leftS = leftS
        try talk.send(.item(item))
    }

    private func commit(seq: UInt64, _ id: ItemID, _ words: SealedWords? = nil, leftS: UInt32 = 3_600) throws {
        let seal = (words ?? sealed).seal(side: 1, proposal: proposal.id)
        try send(.exchange(.commit(seal: seal)), seq: seq, id, re: proposal.id, leftS: leftS)
    }

    private func reveal(seq: UInt64, _ id: ItemID, _ words: SealedWords) throws {
        try send(.exchange(.reveal(key: words.key, text: words.text)), seq: seq, id, re: proposal.id)
    }

    private func view() throws -> ExchangeView? {
        try host.home.turn { journal throws(JournalFault) in
            guard let record = try journal.item(id: proposal.id, person: PersonRow(1), mine: true) else { return nil }
            return try ExchangeView(of: record, in: journal)
        }
    }

    private let chosen = SealedWords(key: [UInt8](repeating: 9, count: 32), text: "Chosen after reading.")

    private func opened() -> Int { host.events.count { $0.body.kind == .exchangeOpened } }

    @Test func wordsAfterACommitWasTakenBackAreHeldAgainstIt() throws {
        try send(.retract, seq: 2, Self.id(2), re: commitID)
        try reveal(seq: 3, Self.id(3), chosen)
        let view = try #require(try view())
        #expect(view.stage == .opened && view.theirs == chosen.text && !view.fits)
    }

    @Test func whatWasSealedFitsAlsoAfterItsCommitIsGone() throws {
        try talk.send(.void(seq: 2, id: commitID))
        try reveal(seq: 3, Self.id(3), sealed)
        let view = try #require(try view())
        #expect(view.stage == .opened && view.theirs == sealed.text && view.mine == "The stairs." && view.fits)
        #expect(opened() == 1)
    }

    @Test func thereIsNoSecondCommitInThePlaceOfOneThatIsGone() throws {
        try talk.send(.void(seq: 2, id: commitID))
        try commit(seq: 3, Self.id(3), chosen)
        #expect(try given().isEmpty, "nothing is revealed twice")
        try reveal(seq: 4, Self.id(4), chosen)
        #expect(try view()?.fits == false)
        #expect(host.failures.isEmpty)
    }

    @Test func theFirstWordsDoNotTakeThePlaceOfTheCommit() throws {
        try talk.send(.void(seq: 2, id: commitID))
        try reveal(seq: 3, Self.id(3), chosen)
        try reveal(seq: 4, Self.id(4), SealedWords(key: chosen.key, text: "Others again."))
        let view = try #require(try view())
        #expect(view.theirs == chosen.text && !view.fits)
        #expect(opened() == 1)
    }

    @Test func wordsThatAreGoneMakeNoRoomForOthers() throws {
        try reveal(seq: 2, Self.id(2), sealed)
        #expect(try view()?.fits == true)
        try talk.send(.void(seq: 3, id: Self.id(2)))
        try reveal(seq: 4, Self.id(3), chosen)
        let view = try #require(try view())
        // One's own words stay to be seen and taken back.
        #expect(view.stage == .opened && view.theirs == nil && view.mine == "The stairs.")
        #expect(opened() == 1)
        _ = try peer.world.ask(host, .itemRetract(item: proposal.id.text, everywhere: false))
        #expect(try self.view()?.mine == nil)
    }

    @Test func theProposalIsNotTakenBackBecauseTheCommitIsGone() throws {
        try talk.send(.void(seq: 2, id: commitID))
        let refusal = #expect(throws: Refusal.self) {
            _ = try peer.world.ask(host, .itemRetract(item: proposal.id.text, everywhere: false))
        }
        #expect(refusal?.reason == "exchange-begun")
    }

    // MARK: other things that a listed peer can do

    /// Two hundred that came and were taken back at once do not keep what comes after them from being opened.
    @Test func placeholdersThatAreOverHideNothing() throws {
        var seq: UInt64 = 2
        for number in 0..<200 {
            let id = try #require(ItemID([200, UInt8(number)] + [UInt8](repeating: 0, count: 14)))
            var note = Item(id: id, madeMs: 0, content: .note(text: "x", want: nil))
            note.seq = seq
            note.leftS = 1
            try talk.send(.item(note))
            let retractID = try #require(ItemID([201, UInt8(number)] + [UInt8](repeating: 0, count: 14)))
            try send(.retract, seq: seq + 1, retractID, re: id)
            seq += 2
        }
        peer.world.run(2_000)
        try talk.send(try peer.note(seq, "This is new."))
        for target in [OpenTarget.oldest, .all] {
            guard case .opened(let rows) = try peer.world.ask(host, .itemOpen(target)) else {
                throw Refusal(.fault, "not opened")
            }
            #expect(rows.count == (target == .oldest ? 1 : 0))
        }
    }

    /// Ids count per direction: what comes under the id of an own item takes nothing from it.
    @Test func aWholeIDMeansTheOwnItem() throws {
        var note = Item(id: proposal.id, madeMs: 0, content: .note(text: "Not yours.", want: nil))
        note.seq = 2
        note.leftS = 3_600
        try talk.send(.item(note))
        let found = try host.home.turn { journal throws(JournalFault) in
            try journal.items(beginning: proposal.id.text, limit: 16)
        }
        #expect(found.map(\.mine) == [true])
    }
}
