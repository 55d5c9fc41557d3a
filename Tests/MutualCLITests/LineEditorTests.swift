import MutualControl
import MutualLanguage
import Testing

@testable import mutual

/// The line that is being written in a chat.
struct LineEditorTests {
    /// What the screen shows after these keys, line feeds included, and what was written.
    private func play(_ keys: [UInt8], columns: Int = 80) -> (
        screen: String, lines: [String], ended: Bool, rest: String
    ) {
        var editor = LineEditor(columns: columns)
        var (screen, lines, ended) = ("", [String](), false)
        for key in keys {
            switch editor.take(key) {
            case .echo(let text): screen += text
            case .line(let line): lines.append(line)
            case .end: ended = true
            case .suspend: screen += "^Z"
            case nil: break
            }
        }
        return (screen, lines, ended, editor.text)
    }

    private func keys(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func linesAreTakenAsTheyAreTyped() {
        let played = play(keys("Hello.\nÄpfel 日本 👩‍👩‍👧\r\n"))
        #expect(played.lines == ["Hello.", "Äpfel 日本 👩‍👩‍👧", ""])
        #expect(played.screen == "Hello.Äpfel 日本 👩‍👩‍👧")
        #expect(!played.ended && played.rest.isEmpty)
    }

    @Test func erasingTakesWholeCharactersByTheirWidth() {
        #expect(play(keys("ab\u{7F}c\n")).lines == ["ac"])
        #expect(play(keys("ab\u{7F}")).screen == "ab\u{8} \u{8}")
        #expect(play(keys("日\u{8}")).screen == "日\u{8} \u{8}\u{8} \u{8}")
        #expect(play(keys("e\u{301}\u{7F}")).rest.isEmpty)
        #expect(play(keys("one two \u{17}")).rest == "one ")
        #expect(play(keys("one two\u{15}")).rest.isEmpty)
        // Nothing to erase, nothing shown.
        #expect(play(keys("\u{7F}\u{15}\u{17}")).screen.isEmpty)
        // In a second row it is shown anew, below: nothing moves up.
        let long = String(repeating: "x", count: 12)
        #expect(play(keys(long + "\u{7F}"), columns: 10).screen == long + "\n" + String(repeating: "x", count: 11))
    }

    @Test func onlyAnEmptyLineEndsWithCtrlD() {
        #expect(play(keys("\u{04}")).ended)
        #expect(!play(keys("a\u{04}")).ended)
        #expect(play(keys("a\u{03}")).ended)
        #expect(play(keys("\u{1C}")).ended)
        #expect(play(keys("a\u{1A}b")).rest == "ab")
    }

    @Test func otherKeysDoNothing() {
        // Arrows, function keys, a lone escape, controls, bytes that are no character, controls of the upper range.
        let arrows = keys("\u{1B}[A\u{1B}[1;5C\u{1B}OP\u{1B}[200~")
        #expect(play(keys("a") + arrows + keys("b\n")).lines == ["ab"])
        #expect(play(keys("a\u{1B}\u{1B}b\u{07}\u{00}c\n")).lines.first?.hasSuffix("c") == true)
        #expect(play(keys("a") + [0xFF, 0x80, 0xC3] + keys("b\n")).lines.first?.hasPrefix("a") == true)
        #expect(play(keys("a\u{9B}b\n")).lines == ["ab"])
        #expect(play(keys("a\tb\n")).lines == ["a b"])
        #expect(play(keys("abc\u{12}")).screen == "abc\nabc")
    }

    @Test func aLineThatCouldNotBeSentIsPutBack() {
        var editor = LineEditor(columns: 80)
        for key in keys("more") { _ = editor.take(key) }
        editor.restore("not sent ")
        #expect(editor.text == "not sent more")
        #expect(editor.take(0x0A) == .line("not sent more"))
        #expect(editor.text.isEmpty)
    }

    @Test func nothingThatIsTypedGrowsWithoutEnd() {
        var editor = LineEditor(columns: 80)
        for _ in 0..<70_000 { _ = editor.take(0x61) }
        #expect(editor.text.utf8.count == 65_536)
        #expect(editor.take(0x7F) != nil)
    }

    // MARK: what stands beside it

    @Test func commandsAreWrittenAsAShellTakesThem() {
        #expect(SafeText.word("birch") == "birch")
        #expect(SafeText.word("Anna Maria") == "'Anna Maria'")
        #expect(SafeText.word("it's") == "'it'\\''s'")
        #expect(SafeText.word("") == "''")
        #expect(SafeText.word("Jürgen") == "Jürgen")
        #expect(SafeText.word("$(x)") == "'$(x)'")
    }

    private func note(_ text: String?) -> ItemEntry {
        var item = ItemEntry(
            id: "k3f", handle: "k3f", kind: "note", who: "Birch", person: "x", mine: false, made: Timestamp(unixMs: 0),
            expires: Timestamp(unixMs: 0))
        item.text = text
        return item
    }

    @Test func whatIsFoldedStaysFolded() {
        var item = note("The words.")
        item.about = "grief"
        item.feelings = ["sad"]
        item.want = "listen"
        let lines = ItemText(columns: nil).folded(item)
        #expect(lines.count == 3)
        #expect(lines.last == "[grief]  To open it: mutual open k3f")
        #expect(!lines.joined().contains("words") && !lines.joined().contains("sad"))
        item.mine = true
        #expect(ItemText(columns: nil).folded(item).contains("    The words."))
    }

    @Test func inAChatWordsStandBesideTheName() {
        #expect(ItemText(columns: nil).spoken(note("Hello.")) == ["Birch: \"Hello.\""])
        #expect(
            ItemText(columns: nil).spoken(note("You: \"x\"\nBirch: y")).dropFirst().allSatisfy { $0.hasPrefix(" ") })
        var wanting = note("Hello.")
        wanting.want = "listen"
        #expect(ItemText(columns: nil).spoken(wanting).count == 3)
    }

    @Test func whatCouldBeSaidGoesByWhatIsWanted() {
        func after(_ kind: String, _ want: String? = nil, _ fill: (inout ItemEntry) -> Void = { _ in }) -> String {
            var item = note("x")
            item.kind = kind
            item.want = want
            fill(&item)
            return ItemText(columns: nil).afterwards(item)
        }
        let end = ", or nothing: no answer is expected."
        #expect(after("checkin", "listen") == "You could say back what you understood: mutual heard k3f" + end)
        #expect(after("checkin", "company") == "You could say that you are here: mutual here k3f" + end)
        #expect(after("note", "ideas") == "You could offer an idea: mutual idea k3f" + end)
        #expect(after("note", "encouragement") == "You could send a kind word: mutual encourage k3f" + end)
        #expect(after("celebrate") == "You could ask what made it go well: mutual note k3f" + end)
        #expect(after("note", "celebrate") == "You could ask what made it go well: mutual note k3f" + end)
        #expect(after("note", "nothing") == "You could keep it in mind" + end)
        #expect(after("encourage") == "You could keep it: mutual keep k3f" + end)
        #expect(after("encourage") { $0.kept = true } == "You could keep it in mind" + end)
        #expect(after("learned") { $0.noKeep = true } == "You could keep it in mind" + end)
        // A new want is answered where it belongs.
        #expect(
            after("want", "company") { $0.answers = "a1b" } == "You could say that you are here: mutual here a1b" + end)
        #expect(after("want", "listen") { $0.answers = "a1b" }.contains("mutual heard a1b"))
        // Every kind and every want ends the same way.
        for kind in ItemGiveParameters.kinds {
            for want in ItemGiveParameters.wants { #expect(after(kind, want).hasSuffix(end)) }
        }
    }
}
