import MutualControl
import MutualLanguage
import Testing

@testable import mutual

/// Items as people read them, on screens of any width.
struct ItemTextTests {
    private func item(_ text: String?, mine: Bool = false) -> ItemEntry {
        var item = ItemEntry(
            id: "k3f", handle: "k3f", kind: "note", who: "Birch", person: "mutual1x", mine: mine,
            made: Timestamp(unixMs: 0), expires: Timestamp(unixMs: 0))
        item.text = text
        if mine { item.state = "waiting" } else { item.opened = true }
        return item
    }

    private static let long = String(repeating: "many words and \u{4F60}\u{597D} ", count: 100)

    @Test(arguments: [60, 80, 120]) func aLineFitsItsTerminal(_ columns: Int) {
        let text = ItemText(columns: columns)
        for line in [text.line(item(Self.long)), text.outboxLine(item(Self.long, mine: true))] {
            #expect(SafeText.width(line) <= columns, "\(line)")
            #expect(line.hasPrefix("k3f  Birch  note  many"))
        }
    }

    @Test(arguments: [20, 40, 80]) func awordIsShownEvenOnAPhone(_ columns: Int) {
        let line = ItemText(columns: columns).line(item(Self.long))
        #expect(line.contains("  many word"))
        // What does not fit goes on below, set in.
        let lines = line.split(separator: "\n").map(String.init)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") })
        let whole = ItemText(columns: columns).whole(item(Self.long))
        #expect((lines + whole).allSatisfy { SafeText.width($0) <= columns })
        let words = whole.filter { $0.hasPrefix(SafeText.indent) }.flatMap { $0.split(separator: " ") }
        #expect(words == Self.long.split(separator: " "))
    }

    /// There is no colour, and whatever is received brings none.
    @Test func nothingIsColoured() {
        var hostile = item("\u{1B}[31mred\u{1B}[0m\u{9B}31m\nYou and Birch are mutuals.")
        hostile.who = "Bi\u{1B}[2Jrch"
        hostile.about = nil
        let text = ItemText(columns: 80)
        for line in text.whole(hostile) + [text.line(hostile), text.outboxLine(hostile), text.afterwards(hostile)] {
            #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(line)")
        }
    }

    @Test func aContentNoteFoldsTheWords() {
        var noted = item("the words")
        noted.about = "illness"
        #expect(ItemText(columns: nil).line(noted).contains("[illness]"))
        #expect(!ItemText(columns: nil).line(noted).contains("the words"))
        #expect(ItemText(columns: nil).whole(noted).suffix(2) == ["[illness]", "    the words"])
    }

    @Test func whatWasTakenBackSaysSoInItsPlace() {
        var gone = item(nil)
        gone.erased = true
        #expect(ItemText(columns: nil).line(gone).contains("  Birch took this back.  "))
        #expect(ItemText(columns: nil).whole(gone).last == "Birch took this back.")
        var own = item(nil, mine: true)
        own.state = "taken-back"
        own.cause = "by-you"
        own.erased = true
        #expect(ItemText(columns: nil).whole(own).last == "You took this back.")
    }

    @Test func theOutboxSaysUntilWhenOrThatNobodyKnows() {
        var waiting = item("hello", mine: true)
        #expect(
            ItemText(columns: nil).outboxLine(waiting).hasPrefix("k3f  Birch  note  hello  waits until 1970-01-01 "))
        waiting.state = "undecided"
        #expect(
            ItemText(columns: nil).outboxLine(waiting)
                == "k3f  Birch  note  hello  nobody knows yet whether it arrived")
    }

    @Test func takingBackSaysWhatItComesTo() {
        func copy(_ reach: String, _ who: String = "Birch") -> RetractedEntry {
            RetractedEntry(person: "x", who: who, id: "k3f", handle: "k3f", reach: reach)
        }
        func line(_ reach: String) -> [String] { Retract.lines([copy(reach)]) }
        #expect(line("never-left") == ["Taken back. It never left this machine."])
        let undecided = "Taken back. If it is on Birch's device already, it is erased there when you meet."
        #expect(line("undecided") == [undecided])
        // One of a later version promises no more than the weakest.
        #expect(line("something-new") == [undecided])
        #expect(line("when-met") == ["Taken back. It is erased on Birch's device when you meet."])
        #expect(
            line("here-only") == [
                "Taken back here. Birch is not listed any more, and what is on their device stays there."
            ])
        #expect(
            Retract.lines([copy("never-left"), copy("when-met", "Al\u{1B}der")]) == [
                "For Birch (k3f). Taken back. It never left this machine.",
                "For Al\u{241B}der (k3f). Taken back. It is erased on Al\u{241B}der's device when you meet.",
            ])
        #expect(
            Retract.lines([copy("when-met", "")]) == ["Taken back. It is erased on this person's device when you meet."]
        )
    }

    // MARK: kinds

    private func kind(_ kind: String, _ text: String? = nil, mine: Bool = false) -> ItemEntry {
        var item = item(text, mine: mine)
        item.kind = kind
        return item
    }

    @Test func eachKindSaysWhatItIs() {
        let text = ItemText(columns: nil)
        func said(_ kind: String, mine: Bool = false, _ fill: (inout ItemEntry) -> Void = { _ in }) -> [String] {
            var item = self.kind(kind, "x", mine: mine)
            fill(&item)
            return Array(text.whole(item).dropFirst(mine ? 2 : 1))
        }
        #expect(said("relate") == ["Birch knows this too: \"x\""])
        #expect(said("relate", mine: true) == ["You told Birch that you know this too: \"x\""])
        #expect(said("here") { $0.text = nil } == ["Birch says: I am here."])
        #expect(said("celebrate") { $0.whose = "yours" } == ["Birch celebrates something of yours:", "    x"])
        #expect(said("celebrate") { $0.whose = "mine" } == ["Birch has something to celebrate:", "    x"])
        #expect(said("cheer") { $0.text = nil } == ["Birch is glad with you."])
        #expect(said("ask") == ["Birch asks for ideas:", "    x"])
        #expect(said("idea") == ["Birch has an idea:", "    x"])
        #expect(
            said("idea") { $0.experience = true }
                == ["From Birch's own experience.", "Birch has an idea:", "    x"])
        #expect(said("idea") { $0.crossed = "close" }.first == "Birch wrote this before you closed it.")
        #expect(said("idea") { $0.crossed = "want" }.first == "Birch wrote this before you changed what you want.")
        #expect(said("take") { $0.text = nil } == ["Birch takes this with them."])
        #expect(said("close") { $0.outcome = "partly" } == ["Birch closed this: it helped in part.", "    x"])
        #expect(said("close") { $0.outcome = "of-tomorrow" }.first == "Birch closed this.")
        #expect(said("learned") == ["What Birch takes from you:", "    x"])
        let want = said("want") { item in (item.want, item.text) = ("ideas", nil) }
        #expect(want == ["Birch would like ideas now."])
        #expect(said("room") { $0.have = "resting" } == ["Birch is resting.", "    x"])
        #expect(said("note") { $0.answers = "b7c" } == ["Answers b7c.", "    x"])
        #expect(said("note") { $0.answersGone = true } == ["What this answers is gone.", "    x"])
    }

    @Test func anExchangeShowsNothingBeforeBothAreHere() {
        let text = ItemText(columns: nil)
        func lines(_ exchange: ExchangeEntry, mine: Bool = false, erased: Bool = false) -> [String] {
            var item = kind("exchange", mine: mine)
            item.exchange = exchange
            if erased { item.erased = true }
            return Array(text.whole(item).dropFirst(mine ? 2 : 1))
        }
        let asked = lines(ExchangeEntry(stage: "asked", topic: "Why?"))
        #expect(asked.first == "Birch proposes an exchange: Why?")
        #expect(asked.last?.hasPrefix("Birch's words lie sealed until ") == true)
        #expect(
            lines(ExchangeEntry(stage: "sealed", topic: "Why?"), mine: true) == [
                "You proposed an exchange to Birch: Why?",
                "Your words lie sealed. Both open together, once Birch's are there.",
            ])
        // Passed and run out are alike for the other, and say no more than that.
        #expect(
            lines(ExchangeEntry(stage: "not-opened"), mine: true, erased: true) == ["This exchange was not opened."])
        #expect(lines(ExchangeEntry(stage: "not-opened"), erased: true) == ["This exchange was not opened."])
        #expect(
            lines(ExchangeEntry(stage: "opened", mine: "a", theirs: "b")) == ["You: \"a\"", "Birch: \"b\""])
        #expect(
            lines(ExchangeEntry(stage: "opened", mine: "a", fits: false))
                == ["You: \"a\"", "This is not what was sealed."])
    }

    @Test func whatCouldBeSaidAlwaysEndsTheSameWay() {
        let text = ItemText(columns: nil)
        func could(_ kind: String, _ fill: (inout ItemEntry) -> Void = { _ in }) -> String {
            var item = self.kind(kind)
            fill(&item)
            return text.afterwards(item)
        }
        for kind in ItemGiveParameters.kinds + ["unknown"] {
            #expect(could(kind).hasSuffix(", or nothing: no answer is expected."), "\(kind)")
        }
        #expect(could("ask").contains("mutual idea k3f"))
        #expect(could("idea").contains("mutual take k3f"))
        #expect(could("want") { ($0.want, $0.answers) = ("ideas", "b7c") }.contains("mutual idea b7c"))
        #expect(could("celebrate").hasPrefix("You could ask what made it go well"))
        #expect(could("exchange") { $0.exchange = ExchangeEntry(stage: "asked") }.contains("mutual exchange k3f"))
        #expect(!could("exchange") { $0.exchange = ExchangeEntry(stage: "not-opened") }.contains("mutual"))
    }
}
