import MutualControl
import MutualCore
import MutualWire

/// Calls of clients as calls of the Node. Reading methods have none.
enum CallTranslation {
    static func request(_ asked: ControlRequest) -> MutualCore.Request? {
        guard let call = call(asked.call) else { return nil }
        let key = asked.key.map { IdempotencyKey(key: $0, parameters: asked.canonicalParameters()) }
        return MutualCore.Request(call, key: key)
    }

    private static func call(_ asked: ControlCall) -> MutualCore.Call? {
        switch asked {
        case .peopleAdd(let p): .peopleAdd(id: p.id, name: p.name)
        case .peopleRename(let p): .peopleRename(who: p.who, name: p.name)
        case .peopleReach(let p): .peopleReach(who: p.who, address: p.address)
        case .peopleReplace(let p): .peopleReplace(old: p.old, new: p.new)
        case .peoplePart(let p): .peoplePart(who: p.who, text: p.text)
        case .peopleRemove(let p): .peopleRemove(who: p.who)
        case .peopleBlock(let p): .peopleBlock(who: p.who)
        case .peopleUnblock(let p): .peopleUnblock(who: p.who)
        case .quietSet(let p): .quietSet(who: p.who ?? [], wish(p))
        case .pauseSet(let p): .pauseSet(on: p.on)
        case .pairOpen(let p): .pairOpen(words: p.words)
        case .pairJoin(let p): .pairJoin(code: p.code)
        case .pairAnswer(let p):
            .pairAnswer(
                pairing: p.pairing.map { UInt64(clamping: $0) }, yes: p.yes, name: p.name, same: p.same ?? false)
        case .pairCancel(let p): .pairCancel(pairing: p.pairing.map { UInt64(clamping: $0) })
        case .pairList: .pairList
        case .itemGive(let p): .itemGive(give(p))
        case .itemRetract(let p): .itemRetract(item: p.item, everywhere: p.everywhere ?? false)
        case .itemPass(let p): .itemPass(item: p.item)
        case .itemOpen(let p): .itemOpen(p.item.map { .item($0) } ?? (p.all == true ? .all : .oldest))
        case .itemKeep(let p): .itemKeep(item: p.item)
        case .feelingsSet(let p): .feelingsSet(p.words)
        case .planSet(let p): .planSet(p.sections.map { Section(title: $0.title, text: $0.text) })
        case .nudgesSet(let p): .nudgesSet(minute: p.at.flatMap(NudgeTime.minutes), kindWord: p.kindWord ?? false)
        case .feelingsGet, .planGet, .nudgesGet: nil
        case .eventsAck(let p): .eventsAck(consumer: p.consumer, seq: UInt64(clamping: p.seq))
        case .vaultSetPassphrase, .vaultUnlock, .vaultLock, .vaultWipe, .vaultExport: nil
        case .hello, .status, .stop, .doctor, .identityGet, .peopleList, .itemGet, .inboxList, .outboxList,
            .historyList, .keptList, .threadList, .searchList, .quietGet, .eventsSubscribe:
            nil
        }
    }

    /// The parameters' own check lets through one of the three.
    private static func wish(_ p: QuietSetParameters) -> QuietWish {
        if let until = p.until { return .until(until.unixMs) }
        if let daily = p.daily { return .daily(daily) }
        return p.on == true ? .open : .off
    }

    private static func give(_ p: ItemGiveParameters) -> Give {
        var give = Give(content(p))
        if p.kind == "exchange" { give.words = p.text }
        give.to = p.to ?? []
        give.re = p.re
        give.lifeS = p.lifeS
        give.about = p.about ?? ""
        give.noKeep = p.noKeep ?? false
        give.auto = p.auto ?? false
        give.anyway = p.anyway ?? false
        return give
    }

    /// The kinds that the parameters' own check lets through.
    private static func content(_ p: ItemGiveParameters) -> Content {
        let text = p.text ?? ""
        let want = p.want.flatMap { Want(rawValue: $0) }
        switch p.kind {
        case "note": return .note(text: text, want: want)
        case "checkin":
            return .checkIn(
                text: text, feelings: p.feelings ?? [], energy: p.energy.flatMap { Energy(rawValue: $0) }, want: want)
        case "heard": return .heard(back: text)
        case "relate": return .relate(text: text)
        case "here": return .here
        case "encourage": return .encourage(text: text)
        case "celebrate": return .celebrate(text: text, whose: p.whose.flatMap { Whose(rawValue: $0) } ?? .mine)
        case "cheer": return .cheer(text: text)
        case "ask": return .ask(text: text)
        case "idea": return .idea(text: text, mine: p.mine ?? false)
        case "take": return .take(text: text)
        case "close": return .close(text: text, outcome: p.outcome.flatMap { Outcome(rawValue: $0) })
        case "learned": return .learned(text: text)
        case "want": return .want(want)
        // The Node makes the seals.
        case "exchange": return .exchange(p.topic.map { .propose(topic: $0, seal: []) } ?? .commit(seal: []))
        // The Node takes what stands on the page.
        case "plan": return .plan([])
        case "room": return .room(have: p.have.flatMap { Have(rawValue: $0) }, text: text)
        default: return .unknown
        }
    }
}
