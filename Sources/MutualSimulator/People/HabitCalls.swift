import MutualCore
import enum MutualRules.Kind
import MutualStore
import MutualWire

/// What people with habits ask for: exchanges, pages, and every other kind that is given.
extension World {
    func habit(
        _ verb: Verb, _ machine: Machine, _ store: Store, _ names: [String], _ chance: inout Chance
    ) -> Call? {
        let nowMs = machine.now(nowMs).wallMs
        func said(_ kind: Kind?, mine: Bool?) -> [ItemDetail] {
            (try? store.history(limit: 30, kind: kind?.rawValue, mine: mine, nowMs: nowMs)) ?? []
        }
        func retract(_ item: ItemDetail?) -> Call? {
            item.map { .itemRetract(item: $0.record.id.text, everywhere: chance.happens(100)) }
        }
        switch verb {
        case .propose:
            return chance.pick(names).map { .itemGive(proposal(to: $0, &chance)) }
        case .commit:
            let open = said(.exchange, mine: false).filter { $0.record.re == nil && !$0.record.erased }
            return chance.pick(Array(open.suffix(4))).map { .itemGive(answer(to: $0, &chance)) }
        case .pass:
            return chance.pick(said(.exchange, mine: false)).map { .itemPass(item: $0.record.id.text) }
        case .retractExchange: return retract(chance.pick(said(.exchange, mine: true)))
        case .retractLast: return retract(said(nil, mine: true).last)
        case .writePage: return .planSet(page(&chance))
        case .sharePage:
            // Without sections: what stands on it.
            var give = Give(.plan(chance.happens(300) ? [] : page(&chance)))
            give.to = chance.happens(600) ? names : chance.pick(names).map { [$0] } ?? []
            return give.to.isEmpty ? nil : .itemGive(give)
        case .unsharePage: return retract(said(.plan, mine: true).last)
        case .sayRoom:
            var give = Give(.room(have: chance.pick(Have.allCases), text: chance.happens(500) ? text(&chance) : ""))
            give.to = chance.happens(600) ? names : chance.pick(names).map { [$0] } ?? []
            if chance.happens(300) { give.lifeS = Int64(chance.int(600...10_800)) }
            return give.to.isEmpty ? nil : .itemGive(give)
        case .endRoom: return retract(said(.room, mine: true).last)
        case .speak: return speak(said(nil, mine: nil), names, &chance).map { .itemGive($0) }
        case .keep:
            let kind = { Kind(rawValue: $0) }
            let words = said(nil, mine: false).filter { kind($0.record.kind)?.mayBeKept ?? false }
            return chance.pick(words).map { .itemKeep(item: $0.record.id.text) }
        case .quiet:
            let wish: QuietWish =
                chance.pick([.off, .open, .until(nowMs + 60_000), .daily("22:00-07:00"), .daily("00:00-23:59")]) ?? .off
            return .quietSet(who: chance.happens(500) ? [] : chance.pick(names).map { [$0] } ?? [], wish)
        case .feelings: return .feelingsSet(["tired", "glad \(chance.int(0...9))"])
        case .nudges: return .nudgesSet(minute: chance.int(0...1_439), kindWord: chance.happens(700))
        case .replace:
            guard let old = chance.pick(names), let new = chance.pick(names), old != new, chance.happens(300) else {
                return nil
            }
            return .peopleReplace(old: old, new: new)
        default: return nil
        }
    }

    private func text(_ chance: inout Chance) -> String { "w\(chance.next())" }

    private func page(_ chance: inout Chance) -> [Section] {
        (0..<chance.int(1...4)).map { number in
            Section(
                title: "part \(number)",
                text: text(&chance) + String(repeating: "p", count: chance.pick([0, 200, 6_000]) ?? 0))
        }
    }

    private func proposal(to name: String, _ chance: inout Chance) -> Give {
        var give = Give(.exchange(.propose(topic: "the hardest part?", seal: [])))
        give.to = [name]
        give.words = text(&chance)
        give.anyway = true
        if options.shortLives, chance.happens(600) { give.lifeS = Int64(chance.int(600...1_800)) }
        return give
    }

    private func answer(to proposal: ItemDetail, _ chance: inout Chance) -> Give {
        var give = Give(.exchange(.commit(seal: [])))
        give.re = proposal.record.id.text
        give.words = text(&chance)
        give.anyway = true
        return give
    }

    /// Something that fits to what was said before, or begins something.
    private func speak(_ said: [ItemDetail], _ names: [String], _ chance: inout Chance) -> Give? {
        let words = text(&chance)
        // Of each kind the last few, so that what is rare is answered as often as what is frequent.
        let kind = chance.pick(Set(said.map(\.record.kind)).sorted())
        let last = Array(said.filter { $0.record.kind == kind }.suffix(3))
        let before = chance.happens(750) ? chance.pick(last) : nil
        let begin: [Content] = [
            .ask(text: words), .ask(text: words), .encourage(text: words), .here,
            .celebrate(text: words, whose: chance.happens(500) ? .mine : .yours),
            .checkIn(text: words, feelings: ["glad"], energy: chance.pick(Energy.allCases), want: .ideas),
            .checkIn(text: "", feelings: [], energy: .low, want: chance.pick(Want.allCases)),
            .note(text: words, want: chance.pick(Want.allCases)),
        ]
        guard let content = chance.pick(before.map { answers(to: $0, words, &chance) } ?? begin) else { return nil }
        var give = Give(content)
        if let before { give.re = before.record.id.text } else { give.to = chance.pick(names).map { [$0] } ?? [] }
        give.anyway = true
        give.auto = chance.happens(100)
        give.noKeep = chance.happens(150)
        if chance.happens(100) { give.about = "loss" }
        if options.shortLives, chance.happens(500) { give.lifeS = Int64(chance.int(600...1_800)) }
        return before == nil && give.to.isEmpty ? nil : give
    }

    private func answers(to item: ItemDetail, _ words: String, _ chance: inout Chance) -> [Content] {
        let answer: [Content] = [
            .heard(back: chance.happens(500) ? words : ""), .relate(text: words), .here, .encourage(text: words),
            .learned(text: words), .note(text: words, want: nil),
        ]
        let idea = Content.idea(text: words, mine: chance.happens(500))
        switch (Kind(rawValue: item.record.kind), item.record.mine) {
        case (.ask, false): return [idea, idea, idea, .heard(back: words), .encourage(text: words)]
        case (.ask, true):
            return [.close(text: words, outcome: chance.pick(Outcome.allCases)), .note(text: words, want: nil)]
        case (.idea, false): return [.take(text: words), .take(text: ""), idea, .learned(text: words)]
        case (.idea, true): return [idea]
        case (.checkin, true), (.note, true): return [.want(chance.pick(Want.allCases)), .want(nil)]
        case (.checkin, false), (.note, false): return answer + [idea, idea]
        case (.celebrate, false): return [.cheer(text: words), .cheer(text: ""), .heard(back: words)]
        case (_, false): return answer
        case (_, true): return [.note(text: words, want: nil)]
        }
    }
}
