import Foundation
import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// Exchanges between two Nodes over real stores `[records-16]`.
@Suite struct ExchangeNodeTests {
    private let couple: Couple
    private var world: World { couple.world }
    private var alder: Host { couple.alder }
    private var birch: Host { couple.birch }

    init() throws { couple = try Couple(seed: 60) }

    private func propose(_ topic: String = "The hardest part?", lifeS: Int64? = nil) throws -> GivenItem {
        let given = try couple.give(
            alder, .exchange(.propose(topic: topic, seal: [])), words: "The stairs.", lifeS: lifeS)
        couple.settle()
        return given
    }

    @discardableResult
    private func answer(_ proposal: GivenItem, _ words: String = "The quiet.") throws -> GivenItem {
        let given = try couple.give(
            birch, .exchange(.commit(seal: [])), re: proposal.id.text, words: words)
        couple.settle()
        return given
    }

    @Test func bothOpenTogether() throws {
        let proposal = try propose()
        let asked = try #require(try couple.view(birch, proposal.id))
        #expect(asked.stage == .asked && asked.topic == "The hardest part?" && asked.theirs == nil)
        #expect(try couple.view(alder, proposal.id)?.stage == .sealed)
        try answer(proposal)
        for (host, mine, theirs) in [(alder, "The stairs.", "The quiet."), (birch, "The quiet.", "The stairs.")] {
            let view = try #require(try couple.view(host, proposal.id))
            #expect(view.stage == .opened && view.mine == mine && view.theirs == theirs && view.fits)
            #expect(Couple.count(.exchangeOpened, host) == 1)
        }
        // The words that came are an item, to be answered like one.
        let opened = try #require(alder.events.last { $0.body.kind == .exchangeOpened }?.body.item)
        try couple.give(alder, .heard(back: "It is very quiet."), re: opened.text)
    }

    @Test func nothingIsThereBeforeBothAre() throws {
        let proposal = try propose()
        world.setLink(alder, up: false)
        world.run(60_000)
        let commit = try answer(proposal)
        // Sealed at Birch's: nothing of the words at Alder's, and the seal is nothing to find.
        #expect(try couple.view(birch, proposal.id)?.mine == nil)
        #expect(
            couple.reason { _ = try world.ask(birch, .itemRetract(item: commit.id.text, everywhere: false)) }
                == "unknown-item")
        #expect(
            couple.reason { try couple.give(birch, .exchange(.commit(seal: [])), re: proposal.handle, words: "b") }
                == "exchange-answered")
        world.kill(birch)
        try world.start(birch)
        world.setLink(alder, up: true)
        #expect(world.run(60_000) { Couple.count(.exchangeOpened, alder) == 1 })
        #expect(try couple.view(alder, proposal.id)?.theirs == "The quiet.")
    }

    @Test func aProposalIsTakenBackUntilItIsAnswered() throws {
        let proposal = try propose()
        _ = try world.ask(alder, .itemRetract(item: proposal.handle, everywhere: false))
        couple.settle()
        #expect(couple.reason { try answer(proposal) } == "exchange-over")
        let second = try propose()
        world.setLink(birch, up: false)
        world.run(60_000)
        _ = try world.ask(alder, .itemRetract(item: second.handle, everywhere: false))
        // Birch answers what Alder has withdrawn meanwhile: nothing of Alder's goes out.
        try answer(second)
        world.setLink(birch, up: true)
        world.run(60_000)
        #expect(Couple.count(.exchangeOpened, alder) + Couple.count(.exchangeOpened, birch) == 0)
        let third = try propose()
        try answer(third)
        #expect(try couple.view(alder, third.id)?.stage == .opened)
    }

    @Test func onceSealedByBothItOpensAndIsTakenBackAfterwards() throws {
        let proposal = try propose()
        world.setLink(birch, up: false)
        world.run(60_000)
        try answer(proposal)
        world.setLink(birch, up: true)
        #expect(world.run(60_000) { Couple.count(.exchangeOpened, alder) == 1 })
        _ = try world.ask(alder, .itemRetract(item: proposal.handle, everywhere: false))
        couple.settle()
        #expect(try couple.view(birch, proposal.id)?.theirs == nil)
        #expect(try couple.view(birch, proposal.id)?.mine == "The quiet.")
    }

    /// The answerer's seal has run out at the proposer's when the answerer's words come `[records-24]`.
    @Test func bothOpenAlsoWhenTheSealRanOutMeanwhile() throws {
        let proposal = try propose()
        world.setLink(birch, up: false)
        world.run(60_000)
        try couple.give(
            birch, .exchange(.commit(seal: [])), re: proposal.id.text, words: "The quiet.", lifeS: 3_600)
        world.setLink(birch, up: true)
        // Until Birch has read Alder's words, and not until Alder has read Birch's.
        try #require(world.run(600_000) { Couple.count(.exchangeOpened, birch) == 1 })
        world.setLink(birch, up: false)
        let wasCut = Couple.count(.exchangeOpened, alder) == 0
        world.run(2 * 3_600_000)
        #expect(try couple.view(birch, proposal.id)?.stage == .opened)
        world.setLink(birch, up: true)
        #expect(world.run(600_000) { Couple.count(.exchangeOpened, alder) == 1 })
        #expect(wasCut)
        let view = try #require(try couple.view(alder, proposal.id))
        #expect(view.stage == .opened && view.theirs == "The quiet." && view.mine == "The stairs." && view.fits)
    }

    /// What was given stands in the given item alone: with it the words are gone `[log-8.4]`.
    @Test func givenWordsStandNowhereElse() throws {
        let proposal = try propose()
        let commit = try answer(proposal)
        for (host, id) in [(alder, proposal.id), (birch, commit.id)] {
            let record = try #require(try couple.record(host, id))
            let own = try host.home.turn { journal throws(JournalFault) in try journal.exchangeOwn(record) }
            guard case .revealed? = own else {
                Issue.record("words stay with the seal: \(own.debugDescription)")
                continue
            }
        }
        // Their writer takes them back by what is found of them.
        let words = try birch.home.turn { journal throws(JournalFault) in
            try ExchangeParts(proposal: proposal.id, person: PersonRow(1), in: journal).ownReveal
        }
        _ = try world.ask(birch, .itemRetract(item: try #require(words).id.text, everywhere: false))
        couple.settle()
        let (mine, theirs) = (try couple.view(birch, proposal.id), try couple.view(alder, proposal.id))
        #expect(mine?.mine == nil && mine?.theirs == "The stairs." && mine?.fits == true)
        #expect(theirs?.theirs == nil && theirs?.mine == "The stairs." && theirs?.fits == true)
        // A day later the place of what was taken back is empty, and one's own words are still one's own.
        world.run(32 * 3_600_000)
        #expect(try couple.view(alder, proposal.id)?.stage == .opened)
        _ = try world.ask(alder, .itemRetract(item: proposal.id.text, everywhere: false))
        #expect(try couple.view(alder, proposal.id)?.mine == nil)
        #expect(alder.failures.isEmpty && birch.failures.isEmpty)
    }

    /// A seal that ran out at the answerer's is not made again: the first may have been read.
    @Test func whatRanOutIsAnsweredAgainOnlyIfItNeverLeft() throws {
        let (given, never) = (try propose("given"), try propose("never"))
        world.setLink(alder, up: false)
        world.run(60_000)
        try couple.give(birch, .exchange(.commit(seal: [])), re: never.id.text, words: "w", lifeS: 600)
        #expect(try couple.view(birch, never.id)?.stage == .sealed)
        world.run(20 * 60_000)
        #expect(try couple.view(birch, never.id)?.stage == .asked)
        try answer(never)
        try couple.give(birch, .exchange(.commit(seal: [])), re: given.id.text, words: "w", lifeS: 600)
        // As if it had been given, and nothing came.
        let record = try #require(try couple.record(birch, given.id))
        let commit = try birch.home.turn { journal throws(JournalFault) in
            try ExchangeParts(proposal: record.id, person: record.person, in: journal).ownCommit
        }
        let row = try #require(commit).row
        try birch.home.turn { journal throws(JournalFault) in try journal.removeItem(row) }
        #expect(try couple.view(birch, given.id)?.stage == .notOpened)
        #expect(couple.reason { try answer(given) } == "exchange-answered")
    }

    @Test func passedAndOutOfTimeLookTheSame() throws {
        let passed = try propose("one", lifeS: 600)
        let ignored = try propose("two", lifeS: 600)
        let before = birch.sent.count
        _ = try world.ask(birch, .itemPass(item: passed.handle))
        couple.settle()
        #expect(birch.sent.count == before)
        #expect(try couple.view(birch, passed.id)?.stage == .passed)
        world.run(20 * 60_000)
        for host in [alder, birch] {
            for id in [passed.id, ignored.id] {
                let view = try #require(try couple.view(host, id))
                #expect(view == ExchangeView(stage: .notOpened))
            }
        }
        let (a, b) = (try couple.record(alder, passed.id), try couple.record(alder, ignored.id))
        #expect(a?.state == b?.state && a?.erased == true)
        #expect(couple.reason { try answer(ignored) } == "exchange-over")
        world.run(32 * 3_600_000)
        #expect(try couple.record(birch, ignored.id) == nil)
        #expect(alder.failures.isEmpty && birch.failures.isEmpty)
    }

    @Test func wordsHaveTheLimitsOfAText() throws {
        func refused(_ words: String?, _ topic: String = "t") -> String? {
            couple.reason {
                try couple.give(alder, .exchange(.propose(topic: topic, seal: [])), words: words)
            }
        }
        #expect(refused(nil) == "text-missing")
        #expect(refused("") == "text-missing")
        #expect(refused(String(repeating: "x", count: 16_385)) == "text-long")
        #expect(refused("bell\u{7}") == "text-control")
        #expect(refused("w", "") == "exchange-topic")
        #expect(refused("w", String(repeating: "t", count: 201)) == "topic-long")
        #expect(
            couple.reason { try couple.give(alder, .exchange(.reveal(key: [], text: "x")), words: "x") }
                == "wrong-kind")
        // Newlines are sealed as they arrive.
        let given = try couple.give(alder, .exchange(.propose(topic: "t", seal: [])), words: "a\r\nb")
        couple.settle()
        try answer(given)
        #expect(try couple.view(birch, given.id)?.theirs == "a\nb")
        #expect(try couple.view(birch, given.id)?.fits == true)
    }

    @Test func sealsAreThoseOfTheVectors() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Protocol/vectors/mutual_v1.json")
        let all = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let exchange = try #require(all["exchange"] as? [String: Any])
        var count = 0
        for (list, fits) in [("cases", true), ("refused", false)] {
            for one in try #require(exchange[list] as? [[String: Any]]) {
                count += 1
                let seal = try #require(one["seal"] as? String)
                if let commit = one["commit"] as? String {
                    #expect(commit == seal, "a copy: see aCopiedSealIsNotAnswered")
                    continue
                }
                let computed = ExchangeSeal.compute(
                    side: UInt8(try #require(one["side"] as? Int)), proposeID: bytes(one["propose_id"]),
                    key: bytes(one["key"]), text: Array(try #require(one["text"] as? String).utf8))
                #expect((computed == bytes(seal)) == fits, "\(one["name"] ?? "")")
            }
        }
        #expect(count == 7)
    }

    private func bytes(_ hex: Any?) -> [UInt8] {
        let digits = Array((hex as? String ?? "").utf8).map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
