import MutualLanguage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Names and texts that want to look like something else: tables of what comes in and what is shown.
struct HostileTextTests {
    private static let begin = "\u{2068}"
    private static let end = "\u{2069}"

    /// What would not be seen is shown as a replacement; what scripts and emoji need stays.
    @Test(
        arguments: [
            // joiners: between two characters one, elsewhere none
            ("\u{646}\u{200C}\u{647}", "\u{2068}\u{646}\u{200C}\u{647}\u{2069}"),
            ("a\u{200D}\u{200D}b", "a\u{FFFD}\u{FFFD}b"), ("a\u{200C}", "a\u{FFFD}"), ("\u{200D}a", "\u{FFFD}a"),
            ("a \u{200D}b", "a \u{FFFD}b"),
            ("\u{915}\u{94D}\u{200D}\u{937}", "\u{915}\u{94D}\u{200D}\u{937}"),
            ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}"),
            ("\u{2764}\u{FE0F}\u{200D}\u{1F525}", "\u{2764}\u{FE0F}\u{200D}\u{1F525}"),
            // variants: one
            ("\u{2764}\u{FE0F}", "\u{2764}\u{FE0F}"), ("a\u{FE0F}\u{FE0F}\u{FE0F}", "a\u{FE0F}\u{FFFD}\u{FE0F}"),
            ("\u{FE0F}a", "\u{FFFD}a"), ("\u{845B}\u{E0100}", "\u{845B}\u{E0100}"),
            // tags: of a flag, and no words behind it
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", "\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}"),
            ("a\u{E0068}\u{E0069}", "a\u{FFFD}\u{FFFD}"),
            // fillers that are letters by their category and draw nothing
            ("Al\u{3164}der", "Al\u{FFFD}der"), ("Al\u{FFA0}der", "Al\u{FFFD}der"), ("\u{115F}", "\u{FFFD}"),
            ("Al\u{34F}der", "Al\u{FFFD}der"), ("Al\u{AD}der", "Al\u{FFFD}der"), ("Al\u{180E}der", "Al\u{FFFD}der"),
            ("Al\u{E0001}der", "Al\u{FFFD}der"), ("Al\u{FFF9}der", "Al\u{FFFD}der"),
        ] as [(String, String)]) func whatIsNotSeenIsReplaced(_ text: String, _ shown: String)
    {
        #expect(
            SafeText.line(text).unicodeScalars.elementsEqual(shown.unicodeScalars),
            "\(shown.unicodeScalars.map(\.value))")
    }

    @Test func noWordsHideBehindAFlag() {
        let hidden = "\u{1F3F4}" + String(String.UnicodeScalarView((0..<40).map { _ in "\u{E0061}" }))
        let tags = SafeText.line(hidden).unicodeScalars.filter { (0xE0020...0xE007F).contains($0.value) }
        #expect(tags.count <= 12)
    }

    /// Text from right to left stands between marks that end what it turns; marks that came with it do not count.
    @Test(
        arguments: [
            ("\u{5D0}\u{5D1}", "\u{2068}\u{5D0}\u{5D1}\u{2069}"), ("\u{627}1", "\u{2068}\u{627}1\u{2069}"),
            ("a\u{5D0}", "\u{2068}a\u{5D0}\u{2069}"), ("abc", "abc"),
            ("\u{5D0}\u{2069}1", "\u{2068}\u{5D0}\u{FFFD}1\u{2069}"), ("\u{2068}a", "\u{FFFD}a"),
            ("\u{2068}\u{2068}a\u{2069}\u{2069}", "\u{FFFD}\u{FFFD}a\u{FFFD}\u{FFFD}"),
            ("\u{2069}a\u{2068}", "\u{FFFD}a\u{FFFD}"), ("\u{202E}\u{5D0}", "\u{2068}\u{FFFD}\u{5D0}\u{2069}"),
            ("\u{2068}a\u{2069}\u{5D0}", "\u{2068}\u{FFFD}a\u{FFFD}\u{5D0}\u{2069}"),
        ] as [(String, String)]) func whatIsWrittenFromTheRightTurnsOnlyItself(_ text: String, _ shown: String)
    {
        #expect(SafeText.line(text) == shown)
        // The daemon makes the arguments safe, and who shows the sentence makes the whole safe once more.
        #expect(SafeText.line(SafeText.line(text)) == shown)
        let sentence = Catalogue().say(.theyTookBack, ["name": text])
        #expect(SafeText.line(sentence) == sentence)
    }

    @Test func everyRowFromTheRightIsSetApart() {
        let text = "\u{5D0}\u{5D1} \u{5D2}\u{5D3}\u{5D0}\u{5D1} \u{5D2}\u{5D3}\u{5D0}\u{5D1}\nabc"
        for line in SafeText.block(text, columns: 12).dropLast() {
            #expect(line.hasPrefix(SafeText.indent + Self.begin) && line.hasSuffix(Self.end))
            #expect(line.unicodeScalars.filter { $0 == "\u{2068}" }.count == 1)
        }
        #expect(SafeText.line(text, columns: 6).hasSuffix(Self.end + "..."))
        #expect(SafeText.block("a\u{2068}\u{5D0}\u{2069}b") == ["    \u{2068}a\u{FFFD}\u{5D0}\u{FFFD}b\u{2069}"])
    }

    /// What is joined without end is parted, and each row keeps its indent and its length in any terminal.
    @Test(arguments: [
        String(repeating: "\u{1F468}\u{200D}", count: 400) + "\u{1F468}Nothing new.",
        String(repeating: "\u{915}\u{94D}", count: 400) + "\u{915}", String(repeating: "\u{1F1E9}", count: 401),
        String(repeating: "\u{AC00}", count: 100), "\u{1100}" + String(repeating: "\u{1161}", count: 300),
        String(repeating: "\u{1F44D}\u{1F3FD}", count: 100), String(repeating: "\u{0E33}", count: 100),
        String(repeating: "a\u{301}\u{302}\u{303}\u{304}\u{305}", count: 90),
    ]) func rowsHoldInEveryTerminal(_ text: String) {
        for columns in [20, 40, 81] {
            let lines = SafeText.block(text, columns: columns)
            for line in lines {
                // By scalars: some letters of Thai make one character with the blank before them.
                #expect(line.unicodeScalars.starts(with: SafeText.indent.unicodeScalars))
                #expect(line.unicodeScalars.dropFirst(4).first?.properties.generalCategory != .nonspacingMark)
                #expect(Self.summed(line) <= columns, "\(columns)")
            }
            #expect(Self.summed(SafeText.line(text, columns: columns)) <= columns)
            let shown = lines.reduce(0) { $0 + $1.unicodeScalars.count - 4 }
            #expect(shown == SafeText.line(text).unicodeScalars.count, "nothing is lost by parting")
        }
    }

    /// Columns in a terminal that joins nothing.
    private static func summed(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) { $0 + SafeText.width(String($1)) }
    }

    /// A name that is as long as it may be draws no second sentence at the first column.
    @Test func ourOwnSentencesGoOnIndented() {
        let forged = "Al" + String(repeating: ".", count: 30) + "Nothing new."
        let sentence = Catalogue().say(.theyTookBack, ["name": forged])
        let rows = SafeText.rows(sentence, columns: 32)
        #expect(rows.count > 1)
        for row in rows.dropFirst() { #expect(row.hasPrefix("  ")) }
        for row in rows { #expect(SafeText.width(row) <= 32) }
        #expect(SafeText.rows("Nothing new.", columns: 40) == ["Nothing new."])
        #expect(SafeText.rows(sentence, columns: nil) == [sentence])
    }

    /// Names of every script, filled up to one width, end in one column.
    @Test(arguments: [
        "Alder", "\u{5B89}\u{5FB7}", "\u{D55C}\u{AD6D}", "A\u{308}sch", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\u{1F1E9}\u{1F1EA}", "\u{5D0}\u{5D1}", "\u{2764}\u{FE0F}", "\u{E01}\u{E34}\u{E48}", "\u{FF21}\u{FF22}", "",
        "\u{2329}x\u{232A}", "\u{4DC0}",
    ]) func namesLineUp(_ name: String) {
        let shown = SafeText.line(name)
        let padded = SafeText.padded(shown, columns: 12)
        #expect(SafeText.width(padded) == 12)
        #expect(padded.hasPrefix(shown))
    }

    @Test(
        arguments: [
            ("a\u{FE0F}", 1), ("1\u{FE0F}\u{20E3}", 2), ("\u{2329}", 2), ("\u{4DC0}", 2), ("\u{303F}", 1),
            ("\u{5D0}\u{5B0}", 1), ("\u{2068}\u{5D0}\u{2069}", 1), ("\u{3000}", 2), ("\u{AC00}", 2), ("\u{FFFD}", 1),
            ("\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}", 2), ("\u{20BB7}", 2), ("\u{FF71}", 1), ("\u{E01}\u{E34}", 1),
        ] as [(String, Int)]) func columnsOfCharacters(_ text: String, _ columns: Int)
    {
        #expect(SafeText.width(text) == columns)
    }

    #if canImport(Glibc)
        /// No character that is shown takes more columns for the system's own table than it does here.
        @Test func noCharacterIsWiderThanItIsThought() throws {
            let locale = try #require(newlocale(1 << LC_CTYPE, "C.UTF-8", nil))
            let before = uselocale(locale)
            defer {
                uselocale(before)
                freelocale(locale)
            }
            let program = try #require(dlopen(nil, RTLD_NOW))
            defer { dlclose(program) }
            let place = try #require(dlsym(program, "wcwidth"))
            let columns = unsafeBitCast(place, to: (@convention(c) (CInt) -> CInt).self)
            #expect(columns(0x4F60) == 2 && columns(0x301) == 0)
            var wrong: [UInt32] = []
            for value in UInt32(0x20)...0x3FFFF {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let text = String(scalar)
                guard SafeText.line(text) == text else { continue }
                if Int(columns(CInt(value))) > SafeText.width(text) { wrong.append(value) }
            }
            #expect(wrong.isEmpty, "\(wrong.prefix(20).map { String($0, radix: 16) })")
        }
    #endif
}
