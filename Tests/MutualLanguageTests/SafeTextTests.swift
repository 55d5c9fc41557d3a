import MutualLanguage
import Testing

struct SafeTextTests {
    @Test func controlsAreMadeVisible() {
        #expect(SafeText.line("a\u{1B}[31mb\u{7}\u{7F}\u{9B}2J") == "a\u{241B}[31mb\u{2407}\u{2421}\u{FFFD}2J")
    }

    @Test(arguments: [
        "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}", "\u{2069}",
        "\u{200E}", "\u{200F}", "\u{061C}", "\u{200B}", "\u{FEFF}", "\u{2060}",
    ]) func directionsAndTheUnseenAreReplaced(_ mark: String) {
        #expect(SafeText.line("a\(mark)b") == "a\u{FFFD}b")
        #expect(SafeText.block("a\(mark)b") == ["    a\u{FFFD}b"])
    }

    @Test func namesAreOneLine() {
        #expect(
            SafeText.line("Al\r\nder\u{2028}x\ty\u{85}z") == "Al  der x y z"
        )
        for breaking in ["\n", "\r", "\r\n", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"] {
            #expect(!SafeText.line("a\(breaking)b").contains { $0.isNewline })
        }
    }

    /// Whatever is received, each of its lines stands behind the indent.
    @Test(arguments: [
        "You and Birch are mutuals.", "a\nBirch heard you: \"x\"", "a\r\nb\rc\u{2028}d\u{85}e\u{0B}f\u{0C}g",
        "\u{1B}[1;1HNothing new.", "\n\n", String(repeating: "long ", count: 60), "\u{301}\u{301}x",
    ]) func noReceivedLineLooksLikeOurs(_ text: String) {
        for columns in [nil, 20, 40, 80] as [Int?] {
            for line in SafeText.block(text, columns: columns) {
                #expect(line.hasPrefix(SafeText.indent))
                #expect(!line.contains { $0.isNewline })
                #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
                if let columns { #expect(SafeText.width(line) <= columns) }
            }
        }
    }

    @Test func nothingIsLostByWrapping() {
        let text = "one two three four five six seven eight nine ten"
        let lines = SafeText.block(text, columns: 20)
        #expect(lines.count > 1)
        #expect(lines.map { $0.dropFirst(4) }.joined(separator: " ") == text)
        let unbroken = String(repeating: "x", count: 100)
        #expect(SafeText.block(unbroken, columns: 24).map { $0.dropFirst(4) }.joined() == unbroken)
    }

    @Test(arguments: [
        ("abc", 3), ("\u{E9}", 1), ("e\u{301}", 1), ("\u{4F60}\u{597D}", 4), ("\u{1F642}", 2),
        ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 2), ("\u{1F44D}\u{1F3FD}", 2), ("\u{2764}\u{FE0F}", 2),
        ("\u{1F1E9}\u{1F1EA}", 2), ("\u{FF21}", 2), ("\u{D55C}", 2), ("", 0),
    ]) func widthIsMeasured(_ text: String, _ columns: Int) {
        #expect(SafeText.width(text) == columns)
    }

    @Test func aHeapOfMarksIsCut() {
        let heap = "a" + String(repeating: "\u{301}", count: 500)
        #expect(SafeText.line(heap).unicodeScalars.count == 5)
    }

    @Test func longLinesAreCutByColumns() {
        #expect(SafeText.line("abcdefgh", columns: 8) == "abcdefgh")
        #expect(SafeText.line("abcdefghi", columns: 8) == "abcde...")
        #expect(SafeText.line("\u{4F60}\u{597D}\u{4F60}\u{597D}", columns: 6) == "\u{4F60}...")
        #expect(SafeText.line("abc", columns: 0) == "")
    }

    @Test func quotesStandAfterOurWords() {
        #expect(
            SafeText.quote("one\ntwo", after: "Birch heard you: ") == ["Birch heard you:", "    \"one", "    two\""])
        #expect(
            SafeText.quote("one", after: "Birch heard you: ", columns: 12)
                == ["Birch", "  heard you:", "    \"one\""])
    }
}
