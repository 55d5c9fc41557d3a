import Foundation
import MutualControl
import MutualLanguage
import Testing

@testable import mutual

/// Looking back: what stands there, as text and as a page.
struct LookbackTests {
    /// Noon of a day in November 2026, by the machine's own clock.
    private func noon(_ day: Int, hour: Int = 12) -> Timestamp {
        var parts = tm()
        parts.tm_year = 126
        parts.tm_mon = 10
        parts.tm_mday = CInt(day)
        parts.tm_hour = CInt(hour)
        parts.tm_isdst = -1
        return Timestamp(unixMs: Int64(mktime(&parts)) * 1_000)
    }

    private func checkin(_ day: Int, hour: Int = 12, _ text: String?, feelings: [String]? = nil, who: String = "Birch")
        -> ItemEntry
    {
        var item = ItemEntry(
            id: "k\(day)\(who)", handle: "k\(day)f", kind: "checkin", who: who, person: "mutual1x", mine: true,
            made: noon(day, hour: hour), expires: noon(day + 7))
        item.text = text
        item.feelings = feelings
        item.state = "delivered"
        return item
    }

    // MARK: what stands there

    @Test func whatWentToSeveralStandsOnce() {
        let items = [
            checkin(1, "Tired."), checkin(1, "Tired.", who: "Cedar"), checkin(1, hour: 13, "Tired."),
            checkin(2, "Tired."), checkin(2, "Awake."),
        ]
        #expect(Lookback.once(items).map(\.id) == [items[0].id, items[2].id, items[3].id, items[4].id])
    }

    @Test func onlyOnesOwnThatLives() {
        var gone = checkin(1, nil)
        gone.erased = true
        var theirs = checkin(2, "Theirs.")
        theirs.mine = false
        var note = checkin(3, "A note.")
        note.kind = "note"
        #expect(Lookback.once([gone, theirs, note]).isEmpty)
    }

    @Test func daysAreLocalAndInOrder() {
        let days = LookbackDay.days([checkin(24, hour: 23, "b"), checkin(24, hour: 0, "a"), checkin(2, "c")])
        #expect(days.map(\.date) == ["2026-11-02", "2026-11-24"])
        #expect(days.last?.weekday == 2)
        #expect(days.last?.entries.map(\.clock) == ["00:00", "23:00"])
    }

    @Test(arguments: [20, 40, 80, nil] as [Int?]) func theTerminalReadsDayByDay(_ columns: Int?) {
        var noted = checkin(24, "The words.")
        noted.about = "illness"
        let days = LookbackDay.days([checkin(2, "Slept badly again.", feelings: ["tired"]), noted])
        let lines = LookbackText(columns: columns).lines(days)
        #expect(lines.first == Words.catalogue.month(11, year: 2_026))
        #expect(lines.contains(Words.catalogue.day(24, month: 11, weekday: 2)))
        #expect(lines.contains { $0.hasPrefix("12:00") })
        // What has a content note stays folded.
        #expect(!lines.joined().contains("The words."))
        #expect(lines.joined(separator: " ").contains("[illness]"))
        if let columns { #expect(lines.allSatisfy { SafeText.width($0) <= max(columns, 21) }) }
    }

    @Test func daysAndMonthsHaveTheirNames() {
        #expect(Catalogue(.english).day(24, month: 11, weekday: 2) == "Tuesday, 24 November")
        #expect(Catalogue(.german).day(1, month: 3, weekday: 0) == "Sonntag, 1. März")
        #expect(Catalogue(.german).month(3, year: 2_027) == "März 2027")
        #expect(Catalogue(.english).day(1, month: 13, weekday: 9) == "1")
        #expect(Catalogue(.english).week.map(\.short) == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"])
    }

    // MARK: the page

    private func page(_ items: [ItemEntry], _ language: Language = .english) -> String {
        LookbackPage(days: LookbackDay.days(items), catalogue: Catalogue(language)).html
    }

    @Test func thePageLoadsAndRunsNothing() {
        let html = page([checkin(24, "See https://example.org/x.png")])
        for part in [
            "<script", "<img", "<link", "<iframe", "src=", "url(", "@import", "http-equiv=\"refresh", "onclick",
        ] {
            #expect(!html.contains(part), "\(part)")
        }
        // Addresses are words, and no links lead out.
        #expect(html.contains("See https://example.org/x.png"))
        #expect(html.matches(of: /href="([^#][^"]*)"/).isEmpty)
        #expect(html.contains("default-src 'none'"))
        // Outside stays neutral: the window's title names no subject.
        #expect(html.contains("<title>Mutual</title>"))
    }

    @Test func nothingInATextIsMarkup() throws {
        let hostile = "</p><script>alert('x')</script>&amp; \"q\" \u{202E}back\u{0}\u{9B}"
        var item = checkin(24, hostile, feelings: ["<b>bold</b>"])
        let open = page([item])
        #expect(!open.contains("<script>") && !open.contains("<b>"))
        #expect(open.contains("&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp; &quot;q&quot; "))
        #expect(open.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!open.unicodeScalars.contains("\u{202E}"))
        item.about = "\"><script>"
        #expect(!page([item]).contains("<script>"))
        // Well formed: it parses as XML but for the first line and elements that have no end.
        let body = try #require(open.range(of: "<body>").map { open[$0.lowerBound...] })
        let whole = body.replacingOccurrences(of: "</html>", with: "")
        #expect(try Elements.areBalanced(whole))
    }

    @Test func aContentNoteFoldsItsWords() {
        var item = checkin(24, "The words.")
        item.about = "illness"
        #expect(page([item]).contains("<details>\n<summary dir=\"auto\">illness</summary>"))
    }

    @Test func aMonthIsATableWithLinksToItsDays() throws {
        let html = page([checkin(24, "a"), checkin(1, "b")])
        // The first of November 2026 is a Sunday: it stands at the end of a week that begins on Monday.
        let sunday =
            "<tr>" + String(repeating: "<td></td>", count: 6)
            + "<td><a href=\"#d2026-11-01\" aria-label=\"Sunday, 1 November\">1</a></td></tr>"
        #expect(html.contains(sunday))
        #expect(html.contains("<td>30</td>"))
        #expect(!html.contains("<td>31</td>"))
        let links = html.matches(of: /href="#([^"]*)"/).map { String($0.output.1) }
        #expect(links == ["d2026-11-01", "d2026-11-24"])
        for link in links { #expect(html.contains("id=\"\(link)\"")) }
        let ids = html.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func monthsHaveTheirLengths() {
        #expect((1...12).map { LookbackPage.length(year: 2_027, month: $0) }.reduce(0, +) == 365)
        #expect(LookbackPage.length(year: 2_028, month: 2) == 29)
        #expect(LookbackPage.length(year: 2_100, month: 2) == 28)
    }

    @Test func thePageSpeaksTheLanguage() {
        let html = page([checkin(24, "a")], .german)
        #expect(html.contains("<html lang=\"de\">"))
        #expect(html.contains("Dienstag, 24. November") && html.contains("Rückblick"))
        #expect(page([]).contains("Nothing to look back on here"))
    }

    /// A number on the page is a date, a clock, a part of an address, or what the person wrote.
    @Test func nothingIsCounted() throws {
        let html = page([checkin(24, "a"), checkin(2, "b"), checkin(2, hour: 13, "c")])
        let body = try #require(html.range(of: "<main>").map { String(html[$0.lowerBound...]) })
        let shown = body.replacing(/<nav.*?<\/nav>/.dotMatchesNewlines(), with: "").replacing(/<[^>]*>/, with: " ")
        let words = shown.split(whereSeparator: \.isWhitespace).filter { $0.contains(where: \.isNumber) }
        #expect(words == ["2026", "24", "12:00", "2", "12:00", "13:00"])
    }

    // MARK: the file

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/mt-look-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func theFileIsForItsWriterOnly() throws {
        try withFolder { folder in
            let path = folder + "/back.html"
            try PrivateFile.write(Array("one".utf8), to: path, replacing: false)
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(throws: Failure.self) { try PrivateFile.write(Array("two".utf8), to: path, replacing: false) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
            chmod(path, 0o644)
            try PrivateFile.write(Array("two".utf8), to: path, replacing: true)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["back.html"])
        }
    }

    @Test func aLinkIsReplacedAndNotFollowed() throws {
        try withFolder { folder in
            let (path, other) = (folder + "/back.html", folder + "/other")
            try Data("other".utf8).write(to: URL(fileURLWithPath: other))
            symlink(other, path)
            #expect(PrivateFile.exists(path))
            try PrivateFile.write(Array("mine".utf8), to: path, replacing: true)
            #expect(try String(contentsOfFile: other, encoding: .utf8) == "other")
            // A folder, and a place that is none.
            #expect(throws: Failure.self) { try PrivateFile.write([1], to: folder, replacing: true) }
            #expect(throws: Failure.self) { try PrivateFile.write([1], to: folder + "/no/where", replacing: true) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["back.html", "other"])
        }
    }
}

/// Whether the elements of a page begin and end in order.
private enum Elements {
    static func areBalanced(_ html: String) throws -> Bool {
        var open: [Substring] = []
        for match in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
            if match.output.1.isEmpty {
                open.append(match.output.2)
            } else if open.popLast() != match.output.2 {
                return false
            }
        }
        return open.isEmpty
    }
}
