import MutualCore
import MutualWire
import Testing

@testable import MutualRules

/// Every answer to every kind between two Nodes over real stores, while nothing changes and while something does: what
/// the writer's Node allows, the reader's shows `[records-15]`.
@Suite struct AnswersTests {
    /// What becomes of the answered item while the answers are on their way.
    enum Change: CaseIterable {
        case none
        /// It is taken back.
        case retract
        /// It is closed, where it was open to ideas.
        case close
        /// Its writer wants something else, where it is of a kind that can.
        case want
    }

    private static let kinds: [Kind] = Kind.allCases.filter { $0 != .retract }

    @Test(arguments: kinds, Change.allCases) func whatMayBeSaidIsShown(kind: Kind, change: Change) throws {
        for writersOwn in [true, false] {
            let couple = try Couple(seed: 700 + UInt64(kind.rawValue))
            let (writer, other) = (couple.alder, couple.birch)
            let owner = writersOwn ? writer : other
            let item = try make(kind, owner, couple)
            guard try changes(change, item, kind, owner, couple, try: true) else { continue }
            couple.world.setLink(writer, up: false)
            couple.world.run(1_000)
            // Both write before they meet: what one says crosses what the other does.
            let given = try sayAll(writer, item, couple)
            // What may answer anything does so, to whomever it may.
            let names = given.map(\.0)
            #expect(names.contains(.note), "\(kind), own \(writersOwn)")
            #expect(names.contains(.encourage) == !writersOwn, "\(kind), own \(writersOwn)")
            _ = try changes(change, item, kind, owner, couple, try: false)
            couple.world.setLink(writer, up: true)
            let all = try couple.world.run(60_000) {
                try given.allSatisfy { try couple.record(other, $0.1.id)?.shown == true }
            }
            if all { continue }
            for (said, answer) in given {
                let there = try couple.record(other, answer.id)
                #expect(there?.shown == true, "\(said) on \(kind), own \(writersOwn), \(change): dropped")
            }
        }
    }

    /// What is gone may be answered, and the answer says so at both ends.
    @Test(arguments: kinds) func whatIsGoneMayBeAnswered(kind: Kind) throws {
        for writersOwn in [true, false] {
            let couple = try Couple(seed: 800 + UInt64(kind.rawValue))
            let owner = writersOwn ? couple.alder : couple.birch
            let item = try make(kind, owner, couple)
            _ = try couple.world.ask(owner, .itemRetract(item: item.id.text, everywhere: false))
            couple.settle()
            let given = try sayAll(couple.alder, item, couple)
            couple.world.run(10_000)
            for (said, answer) in given {
                #expect(try couple.record(couple.birch, answer.id)?.shown == true, "\(said) on \(kind) that is gone")
                for host in [couple.alder, couple.birch] {
                    #expect(try couple.around(host, answer.id)?.answersGone == true, "\(said) on \(kind)")
                }
            }
            #expect(given.map(\.0).contains(.note), "\(kind), own \(writersOwn)")
        }
    }

    /// What is past its time is nothing that can be named any more.
    @Test(arguments: [Kind.note, .ask, .celebrate]) func whatIsOverIsNotFound(kind: Kind) throws {
        let couple = try Couple(seed: 900)
        let item = try couple.give(couple.alder, content(kind), lifeS: 600)
        couple.world.run(601_000)
        for host in [couple.alder, couple.birch] {
            for answer in Self.kinds where answer != .exchange {
                let why = couple.reason { try couple.give(host, content(answer), re: item.id.text, anyway: true) }
                #expect(why == "unknown-item", "\(answer): \(why ?? "given")")
            }
        }
    }

    // MARK: what they do

    /// Everything that the writer's Node lets through, by kind.
    private func sayAll(_ writer: Host, _ item: GivenItem, _ couple: Couple) throws -> [(Kind, GivenItem)] {
        var given: [(Kind, GivenItem)] = []
        // An exchange has its own order, and a close ends what the others need.
        let order = Self.kinds.filter { $0 != .exchange && $0 != .close } + [.close]
        for kind in order {
            do {
                given.append((kind, try couple.give(writer, content(kind), re: item.id.text, anyway: true)))
            } catch let refusal as Refusal {
                #expect(refusal.code == .rule, "\(kind): \(refusal.reason)")
            }
        }
        return given
    }

    /// Makes a change, or says whether it can be made.
    private func changes(
        _ change: Change, _ item: GivenItem, _ kind: Kind, _ owner: Host, _ couple: Couple, try asks: Bool
    ) throws -> Bool {
        switch change {
        case .none: return true
        case .retract:
            if !asks { _ = try couple.world.ask(owner, .itemRetract(item: item.id.text, everywhere: false)) }
            return true
        case .close:
            guard kind == .ask || kind == .checkin || kind == .note else { return false }
            if !asks { _ = couple.reason { try couple.give(owner, content(.close), re: item.id.text) } }
            return true
        case .want:
            guard kind == .checkin || kind == .note else { return false }
            if !asks { try couple.give(owner, .want(.listen), re: item.id.text) }
            return true
        }
    }

    /// An item of a kind by one of the two, with what it needs before it.
    private func make(_ kind: Kind, _ owner: Host, _ couple: Couple) throws -> GivenItem {
        let other = couple.other(owner)
        var before: GivenItem?
        switch kind {
        case .heard, .relate, .learned: before = try couple.give(other, content(.checkin))
        case .cheer: before = try couple.give(other, content(.celebrate))
        case .close: before = try couple.give(owner, content(.ask))
        case .want: before = try couple.give(owner, content(.checkin))
        case .idea: before = try couple.give(other, content(.ask))
        case .take:
            let ask = try couple.give(owner, content(.ask))
            couple.settle()
            before = try couple.give(other, content(.idea), re: ask.id.text)
        default: break
        }
        couple.settle()
        let words = kind == .exchange ? "The stairs." : nil
        let item = try couple.give(owner, content(kind), re: before?.id.text, words: words, anyway: true)
        couple.settle()
        return item
    }

    private func content(_ kind: Kind) -> Content {
        switch kind {
        case .note: .note(text: "a", want: .ideas)
        case .checkin: .checkIn(text: "a", feelings: ["tired"], energy: .low, want: .ideas)
        case .heard: .heard(back: "a")
        case .relate: .relate(text: "a")
        case .here: .here
        case .encourage: .encourage(text: "a")
        case .celebrate: .celebrate(text: "a", whose: .mine)
        case .cheer: .cheer(text: "")
        case .ask: .ask(text: "a")
        case .idea: .idea(text: "a", mine: true)
        case .take: .take(text: "")
        case .close: .close(text: "", outcome: .partly)
        case .learned: .learned(text: "a")
        case .want: .want(.company)
        case .retract: .retract
        case .exchange: .exchange(.propose(topic: "a", seal: []))
        case .plan: .plan([Section(title: "a", text: "b")])
        case .room: .room(have: .yes, text: "")
        }
    }
}
