import MutualControl
import MutualLanguage

/// What each kind says of itself.
extension ItemText {
    // MARK: things said

    /// What stands between who it is from and the words.
    func said(_ item: ItemEntry) -> [String] {
        let mine = item.mine
        let name = ["name": item.who]
        func line(_ theirs: Key, _ own: Key) -> [String] { [Words.say(mine ? own : theirs, name)] }
        switch item.kind {
        case "here": return line(.hereTheirs, .hereYours)
        case "celebrate" where item.whose == "yours": return line(.celebrateYou, .celebrateThem)
        case "celebrate": return line(.celebrateTheirs, .celebrateYours)
        case "cheer": return line(.cheerTheirs, .cheerYours)
        case "ask": return line(.askTheirs, .askYours)
        case "idea":
            return (item.experience == true ? line(.ideaLived, .ideaLivedYours) : []) + line(.ideaTheirs, .ideaYours)
        case "take": return line(.takeTheirs, .takeYours)
        case "close":
            guard let outcome = Self.outcome(item) else { return line(.closeTheirsBare, .closeYoursBare) }
            return [Words.say(mine ? .closeYours : .closeTheirs, ["name": item.who, "outcome": outcome])]
        case "learned": return line(.learnedTheirs, .learnedYours)
        case "plan": return line(.planTheirs, .planYours)
        case "room": return Self.roomKey(item.have, mine: mine).map { [Words.say($0, name)] } ?? []
        default: return []
        }
    }

    /// What came of an ask, in a few words.
    static func outcome(_ item: ItemEntry) -> String? {
        switch item.outcome {
        case "helped": Words.say(.outcomeHelped)
        case "partly": Words.say(.outcomePartly)
        case "not-this-time": Words.say(.outcomeNotThisTime)
        case "no-longer-needed": Words.say(.outcomeNoLongerNeeded)
        default: nil
        }
    }

    /// How much room somebody has.
    static func roomKey(_ have: String?, mine: Bool) -> Key? {
        switch have {
        case "yes": mine ? .roomYesYours : .roomYes
        case "a-little": mine ? .roomALittleYours : .roomALittle
        case "resting": mine ? .roomRestingYours : .roomResting
        default: nil
        }
    }

    /// The first words of a page.
    static func firstWords(of page: [SectionEntry]?) -> String? {
        page?.flatMap { [$0.title, $0.text] }.first { !$0.isEmpty }
    }

    /// What somebody would like now.
    static func nowKey(_ want: String?) -> Key? {
        switch want {
        case "listen": .nowListen
        case "company": .nowCompany
        case "ideas": .nowIdeas
        case "encouragement": .nowEncouragement
        case "celebrate": .nowCelebrate
        case "nothing": .nowNothing
        default: nil
        }
    }

    // MARK: exchanges

    /// Whether the time of an exchange ended before both were here: alike for one that was passed.
    static func isNotOpened(_ item: ItemEntry) -> Bool {
        item.exchange?.stage == "not-opened" && item.re == nil
    }

    /// An exchange as far as it is.
    func exchange(_ item: ItemEntry) -> [String] {
        guard let exchange = item.exchange else { return [] }
        let name = ["name": item.who]
        var lines: [String] = []
        if let topic = exchange.topic {
            let key: Key = item.re != nil ? .exchangeTopic : item.mine ? .exchangeYours : .exchangeTheirs
            lines.append(Words.say(key, ["name": item.who, "topic": topic]))
        }
        switch exchange.stage {
        case "asked":
            lines.append(
                Words.say(.exchangeLies, ["name": item.who, "until": LocalTime.text(item.expires)]))
        case "passed": lines.append(Words.say(.exchangePassed, name))
        case "sealed": lines.append(Words.say(.exchangeSealed, name))
        case "not-opened": lines.append(Words.say(.exchangeNotOpened))
        default: break
        }
        lines = lines.flatMap { SafeText.rows($0, columns: columns) }
        let quotes = Words.catalogue.quotes
        if let mine = exchange.mine {
            lines += SafeText.quote(mine, after: Words.say(.exchangeYourWords), in: quotes, columns: columns)
        }
        if let theirs = exchange.theirs {
            let opening = Words.say(.exchangeTheirWords, name)
            lines += SafeText.quote(theirs, after: opening, in: quotes, columns: columns)
        }
        if !exchange.fits { lines += SafeText.rows(Words.say(.exchangeNotFitting), columns: columns) }
        return lines
    }

    // MARK: what could be said

    /// One quiet line of what could be said; it always ends the same way.
    func afterwards(_ item: ItemEntry) -> String {
        let handle = item.kind == "want" ? item.answers ?? item.handle : item.handle
        return Words.say(Self.could(item), ["handle": handle]) + ", " + Words.say(.couldNothing)
    }

    private static func could(_ item: ItemEntry) -> Key {
        switch (item.kind, item.want) {
        case ("exchange", _) where item.exchange?.stage == "asked": .couldExchange
        case ("exchange", _): item.exchange?.stage == "opened" ? .couldHear : .couldKeepInMind
        case ("want", "ideas"), ("checkin", "ideas"), ("note", "ideas"), ("ask", _): .couldIdea
        case (_, "nothing"): .couldKeepInMind
        case ("checkin", "encouragement"), ("note", "encouragement"): .couldEncourage
        case (_, "celebrate"), ("celebrate", _): .couldCelebrate
        case ("idea", _): item.crossed == nil ? .couldTake : .couldWrite
        case ("encourage", _), ("cheer", _), ("learned", _):
            item.kept == true || item.noKeep == true ? .couldKeepInMind : .couldKeep
        case ("want", "company"), ("checkin", "company"), ("note", "company"): .couldBeHere
        case ("want", "encouragement"): .couldEncourage
        case ("want", "listen"): .couldHear
        case ("here", _), ("close", _), ("take", _), ("room", _), ("want", _),
            ("plan", _):
            .couldKeepInMind
        case ("checkin", _), ("note", "listen"), ("relate", _): .couldHear
        default: .couldWrite
        }
    }
}
