import MutualWire

/// Nudges: events for oneself, and nothing else. Whatever is decided here ends in `turn.tell`.
extension Node {
    mutating func setNudges(minute: Int?, kindWord: Bool, _ turn: Turn) throws -> Reply {
        if let minute, !(0..<1_440).contains(minute) { throw Refusal(.badParameters, "bad-time") }
        var chosen = Nudges()
        chosen.minute = minute
        chosen.kindWord = kindWord
        chosen.begin(at: turn.now)
        // The same time once more does not bring a second one on this day.
        if chosen.minute == nudges.minute { chosen.lastDay = max(chosen.lastDay, nudges.lastDay) }
        nudges = chosen
        try turn.journal.setSetting(OwnSetting.nudges, nudges.stored)
        return .done
    }

    /// The time of the day that was chosen.
    mutating func nudgeDue(_ turn: Turn) throws {
        let due = nudges.due(at: turn.now, after: lastNow)
        guard due != .nothing else { return }
        try turn.journal.setSetting(OwnSetting.nudges, nudges.stored)
        guard due == .now else { return }
        var event = EventBody(.nudge)
        event.how = "moment"
        try turn.tell(event)
    }

    /// A check-in of one's own says that there is little energy: one of the kind words that one kept, whichever it is.
    /// The check-in's id was drawn by chance, and chooses; nothing more is drawn, so that what is sent stays the same.
    func nudgeKindly(after give: Give, _ given: [GivenItem], _ turn: Turn) throws {
        guard nudges.kindWord, case .checkIn(_, _, .low?, _) = give.content, let chance = given.first?.id else {
            return
        }
        let words = try turn.journal.keptItems().filter { !(person($0.person)?.isBlocked ?? false) }
        guard !words.isEmpty else { return }
        let drawn = chance.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let word = words[Int(drawn % UInt64(words.count))]
        var event = EventBody(.nudge, person: person(word.person)?.record.key, item: word.id)
        event.how = "kind-word"
        try turn.tell(event)
    }
}
