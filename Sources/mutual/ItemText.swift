import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The sentences for what became of one's own.
enum StateWords {
    static func key(_ state: String, cause: String?) -> Key {
        switch state {
        case "delivered": .delivered
        case "not-reached": .notReached
        case "undecided": .undecided
        case "taken-back":
            switch cause {
            case "removed": .takenBackRemoved
            case "replaced": .takenBackReplaced
            default: .takenBack
            }
        default: .waiting
        }
    }
}

/// Moments in this machine's local time.
enum LocalTime {
    /// The clock alone for today, else with its date.
    static func text(_ moment: Timestamp) -> String {
        let day = fields(moment.unixMs / 1_000)
        let today = fields(Int64(time(nil)))
        func two(_ value: CInt) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let clock = "\(two(day.tm_hour)):\(two(day.tm_min))"
        guard day.tm_year != today.tm_year || day.tm_yday != today.tm_yday else { return clock }
        return "\(Int(day.tm_year) + 1_900)-\(two(day.tm_mon + 1))-\(two(day.tm_mday)) \(clock)"
    }

    private static func fields(_ seconds: Int64) -> tm {
        var moment = time_t(seconds)
        var local = tm()
        localtime_r(&moment, &local)
        return local
    }
}

/// Items as people read them.
struct ItemText {
    let columns: Int?

    // MARK: a line each

    /// A line of the inbox or the history: handle, who, want, kind, first words or content note, when.
    func line(_ item: ItemEntry, both: Bool = false) -> String {
        let name = SafeText.line(item.who, columns: 24)
        var parts = [item.handle, both ? (item.mine ? Words.say(.toThem, ["name": name]) : name) : name]
        if item.kind != "want", let want = Self.want(item) { parts.append(want) }
        parts.append(Self.kind(item))
        let head = parts.map { SafeText.line($0) }.joined(separator: "  ")
        var tail = LocalTime.text(item.made)
        if item.auto { tail += ", " + Words.say(.byScript) }
        if both, item.mine, let state = item.state { tail += ", " + SafeText.line(Words.catalogue.state(state)) }
        if !item.mine, item.opened == false { tail += ", " + Words.say(.isNew) }
        return joined(head, firstWords(item), tail)
    }

    /// A line of the outbox: handle, to whom, kind, first words or content note, until when it waits.
    func outboxLine(_ item: ItemEntry) -> String {
        let head = [item.handle, SafeText.line(item.who, columns: 24), Self.kind(item)].map { SafeText.line($0) }
        let tail =
            item.state == "undecided"
            ? Words.say(.outboxUndecided) : Words.say(.outboxWaits, ["until": LocalTime.text(item.expires)])
        return joined(head.joined(separator: "  "), firstWords(item), tail)
    }

    /// Head, as much of the words as there is room for, tail.
    private func joined(_ head: String, _ words: String, _ tail: String) -> String {
        let room = (columns ?? 120) - SafeText.width(head) - SafeText.width(tail) - 4
        let line =
            words.isEmpty
            ? "\(head)  \(tail)" : "\(head)  \(SafeText.line(words, columns: max(12, room)))  \(tail)"
        return SafeText.rows(line, columns: columns).joined(separator: "\n")
    }

    /// The content note where there is one: what is folded stays folded in every list.
    private func firstWords(_ item: ItemEntry) -> String {
        if let about = item.about { return Words.say(.contentNote, ["about": about]) }
        if Self.isNotOpened(item) { return Words.say(.exchangeNotOpened) }
        if item.erased == true { return item.mine ? "" : Words.say(.theyTookBack, ["name": item.who]) }
        if let exchange = item.exchange, !exchange.fits { return Words.say(.exchangeNotFitting) }
        if let topic = item.exchange?.topic, item.text == nil { return topic }
        if let text = item.text ?? Self.firstWords(of: item.sections) { return text }
        if let feelings = item.feelings { return feelings.joined(separator: ", ") }
        if item.kind == "want", let want = item.want {
            if !item.mine, let key = Self.nowKey(want) { return Words.say(key, ["name": item.who]) }
            return Words.say(.youWantThis, ["want": Words.catalogue.want(want)])
        }
        if let have = item.have, let key = Self.roomKey(have, mine: item.mine) {
            return Words.say(key, ["name": item.who])
        }
        return Self.energy(item) ?? Self.outcome(item) ?? ""
    }

    private static func kind(_ item: ItemEntry) -> String {
        item.kind == "unknown" ? Words.say(.cannotShow) : Words.catalogue.kind(item.kind)
    }

    private static func energy(_ item: ItemEntry) -> String? {
        switch item.energy {
        case "low": Words.say(.energyLow)
        case "some": Words.say(.energySome)
        case "high": Words.say(.energyHigh)
        default: nil
        }
    }

    private static func want(_ item: ItemEntry) -> String? {
        switch item.want {
        case "listen": Words.say(.wantListen)
        case "company": Words.say(.wantCompany)
        case "ideas": Words.say(.wantIdeas)
        case "encouragement": Words.say(.wantEncouragement)
        case "celebrate": Words.say(.wantCelebrate)
        case "nothing": Words.say(.wantNothing)
        default: nil
        }
    }

    // MARK: all of it

    /// Something that came, as it is said in a chat: words alone need no heading.
    func spoken(_ item: ItemEntry) -> [String] {
        guard item.kind == "note", item.erased != true, item.answers == nil, !item.auto, Self.want(item) == nil,
            let text = item.text
        else { return whole(item) }
        let opening = Words.say(.exchangeTheirWords, ["name": item.who])
        return SafeText.quote(text, after: opening, in: Words.catalogue.quotes, columns: columns)
    }

    /// An item that is not opened by being shown: where it has a content note, that stands in place of the words.
    func folded(_ item: ItemEntry) -> [String] {
        guard !item.mine, let about = item.about else { return whole(item) }
        var folded = item
        folded.about = nil
        folded.text = nil
        folded.feelings = nil
        var lines = whole(folded)
        let note = Words.say(.foldedNote, ["about": about, "handle": item.handle])
        if item.erased != true { lines += SafeText.rows(note, columns: columns) }
        return lines
    }

    /// An opened item: who and what, what is wanted before the words, then the words, each line set in.
    func whole(_ item: ItemEntry) -> [String] {
        var lines = [heading(item)]
        if item.mine {
            lines.append(Words.say(StateWords.key(item.state ?? "", cause: item.cause), ["name": item.who]))
        }
        if let answers = item.answers { lines.append(Words.say(.answersItem, ["handle": answers])) }
        if item.answersGone == true { lines.append(Words.say(.answersGone)) }
        if let crossed = item.crossed {
            lines.append(Words.say(crossed == "close" ? .crossedClose : .crossedWant, ["name": item.who]))
        }
        if item.kind == "want", !item.mine, let key = Self.nowKey(item.want) {
            lines.append(Words.say(key, ["name": item.who]))
        } else if let want = Self.want(item) {
            let key: Key = item.mine ? .youWantThis : item.want == "nothing" ? .theyWantNothing : .theyWantThis
            let said = item.mine ? item.want.map { Words.catalogue.want($0) } ?? want : want
            lines.append(Words.say(key, ["name": item.who, "want": said]))
        }
        if let feelings = item.feelings {
            lines.append(Words.say(.feels, ["words": feelings.joined(separator: ", ")]))
        }
        if let energy = Self.energy(item) { lines.append(energy) }
        if let about = item.about { lines.append(Words.say(.contentNote, ["about": about])) }
        if item.erased != true { lines += said(item) }
        if item.exchange != nil, Self.isNotOpened(item) || item.erased != true {
            return lines.flatMap { SafeText.rows($0, columns: columns) } + exchange(item)
        }
        if item.erased == true, !item.mine { lines.append(Words.say(.theyTookBack, ["name": item.who])) }
        lines = lines.flatMap { SafeText.rows($0, columns: columns) }
        if item.erased == true { return lines }
        if let page = item.sections { lines += SafeText.block(PlanText.render(page), columns: columns) }
        switch (item.kind, item.text) {
        case ("heard", let text?):
            let opening = Words.say(item.mine ? .youHeard : .heardYou, ["name": item.who])
            lines += SafeText.quote(text, after: opening, in: Words.catalogue.quotes, columns: columns)
        case ("heard", nil): lines.append(Words.say(item.mine ? .youHeardBare : .heardYouBare, ["name": item.who]))
        case ("relate", let text?):
            let opening = Words.say(item.mine ? .relateYours : .relateTheirs, ["name": item.who])
            lines += SafeText.quote(text, after: opening, in: Words.catalogue.quotes, columns: columns)
        case (_, let text?): lines += SafeText.block(text, columns: columns)
        case (_, nil): break
        }
        return lines
    }

    private func heading(_ item: ItemEntry) -> String {
        let name = SafeText.line(item.who)
        var heading = item.mine ? Words.say(.toThem, ["name": name]) : name
        heading += ", \(Self.kind(item)) (\(SafeText.line(item.handle))), \(LocalTime.text(item.made))"
        if item.auto { heading += ", " + Words.say(.byScript) }
        return heading
    }
}
