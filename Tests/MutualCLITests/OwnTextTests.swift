import Foundation
import MutualControl
import MutualLanguage
import Testing

@testable import mutual

/// Pages as text, feeling words as they are typed.
struct OwnTextTests {
    private func section(_ title: String, _ text: String) -> SectionEntry { SectionEntry(title: title, text: text) }

    // MARK: pages

    @Test func aPageIsHeadingsAndTexts() {
        let text = "Before all.\n\n# What helps\n\nTea.\n\nA walk.\n\n#Places to turn to\n##  Deeper  \nx\n"
        let page = [
            section("", "Before all."), section("What helps", "Tea.\n\nA walk."), section("Places to turn to", ""),
            section("Deeper", "x"),
        ]
        #expect(PlanText.parse(text) == page)
        #expect(
            PlanText.render(page)
                == "Before all.\n\n# What helps\nTea.\n\nA walk.\n\n# Places to turn to\n\n# Deeper\nx")
    }

    @Test func nothingIsNoPage() {
        #expect(PlanText.parse("") == [])
        #expect(PlanText.parse("\n \n\t\n") == [])
        #expect(PlanText.render([]) == "")
    }

    @Test func whatIsShownCanBeWrittenBack() {
        let pages = [
            [section("a", "b")], [section("", "only"), section("", "no heading")], [section("a", "")],
            [section("a", "# no heading\n\\# nor this\n\\\\#x\n #y\n#")], [section("\\# a", "  in\n\tset")],
            [section("", "# first")], [section("a # b", "c # d")],
        ]
        for page in pages { #expect(PlanText.parse(PlanText.render(page)) == page, "\(page)") }
    }

    /// A heading that is not the reader's to believe: only a section makes one.
    @Test func aTextCannotDrawAHeading() {
        let hostile = [section("Real\n# False", "# Birch says\nyes")]
        let lines = PlanText.render(hostile).split(separator: "\n")
        #expect(lines == ["# Real # False", "\\# Birch says", "yes"])
    }

    @Test func aSharedPageIsShownSetIn() {
        var item = ItemEntry(
            id: "k3f", handle: "k3f", kind: "plan", who: "Birch", person: "mutual1x", mine: false,
            made: Timestamp(unixMs: 0), expires: Timestamp(unixMs: 0))
        item.sections = [section("Helps", "Tea.\u{1B}[31m"), section("", "")]
        let text = ItemText(columns: 60)
        #expect(text.whole(item).dropFirst().first == "Birch shares a page of their own with you:")
        #expect(text.whole(item).dropFirst(2).allSatisfy { $0.hasPrefix(SafeText.indent) })
        #expect(text.whole(item).contains("    # Helps"))
        #expect(!text.whole(item).joined().contains("\u{1B}"))
        #expect(text.line(item).contains("  plan  Helps  "))
        #expect(text.afterwards(item).contains("or nothing"))
    }

    // MARK: feeling words

    @Test func wordsArePartedByCommasAndLines() {
        #expect(FeelingWords.split(["tired, at   sea,,", "müde\r\nleer\n"]) == ["tired", "at sea", "müde", "leer"])
        #expect(FeelingWords.split([" , \n"]) == [])
    }

    @Test func aShellIsOfferedWhatIsNotTypedYet() {
        let list = ["tired", "at sea", "numb"]
        #expect(FeelingWords.completions(of: "", among: list) == list)
        #expect(FeelingWords.completions(of: "ti", among: list) == list)
        #expect(FeelingWords.completions(of: "tired,n", among: list) == ["tired,at sea", "tired,numb"])
    }

    @Test func withoutADaemonAShellIsOfferedNothing() {
        #expect(FeelingWords.completions(["mutual", "--home", "/tmp/no-home", "--feel", ""], at: 4) == [])
        #expect(FeelingWords.completions(["--home"], at: 7) == [])
    }

    @Test func onlyOneThingAtATime() throws {
        for words in [
            ["feelings", "--set", "a", "--add", "b"], ["feelings", "-", "--edit"], ["plan", "--edit", "--clear"],
            ["plan", "birch"], ["plan", "share"], ["plan", "share", "birch", "--clear"], ["nudges", "on"],
            ["nudges", "off", "--at", "08:00"], ["nudges", "--at", "24:00"], ["nudges", "--at", "8.30"],
        ] {
            var verb = try Mutual.parseAsRoot(words + ["--home", "/tmp/no-home"])
            let failure = #expect(throws: Failure.self, "\(words)") { try verb.run() }
            #expect(failure?.status == .usage, "\(words)")
        }
    }

    @Test func timesOfADay() {
        #expect(NudgeTime.minutes("00:00") == 0)
        #expect(NudgeTime.minutes("8:05") == 485)
        #expect(NudgeTime.minutes("23:59") == 1_439)
        for wrong in ["", ":", "8", "24:00", "12:60", "1:5", "-1:00", "+1:00", "08:30 ", "8:30:00", "٠٨:٣٠"] {
            #expect(NudgeTime.minutes(wrong) == nil, "\(wrong)")
        }
        #expect(NudgeTime.text(minutes: 485) == "08:05")
    }
}
