import MutualControl
import MutualLanguage

/// The days as one page for a browser: nothing is loaded, nothing runs, and a keyboard reaches everything.
struct LookbackPage {
    let days: [LookbackDay]
    let catalogue: Catalogue

    /// The newest month first.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(catalogue.language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Mutual</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <header>
        <h1>\(Self.escape(say(.lookbackTitle)))</h1>
        <p>\(Self.escape(say(.lookbackIntro)))</p>
        </header>
        <main>
        \(days.isEmpty ? "<p>\(Self.escape(say(.lookbackEmpty)))</p>" : months)
        </main>
        </body>
        </html>

        """
    }

    private func say(_ key: Key, _ arguments: [String: String] = [:]) -> String { catalogue.say(key, arguments) }

    private var months: String {
        var months: [[LookbackDay]] = []
        for day in days {
            if let first = months.last?.first, first.year == day.year, first.month == day.month {
                months[months.count - 1].append(day)
            } else {
                months.append([day])
            }
        }
        return months.reversed().map(month).joined(separator: "\n")
    }

    private func month(_ days: [LookbackDay]) -> String {
        guard let first = days.first else { return "" }
        let id = "m\(first.date.prefix(7))"
        let name = Self.escape(catalogue.month(first.month, year: first.year))
        return """
            <section aria-labelledby="\(id)">
            <h2 id="\(id)">\(name)</h2>
            <div class="month">
            <nav aria-labelledby="\(id)">
            \(calendar(days, first))
            </nav>
            <ol class="days">
            \(days.reversed().map(day).joined(separator: "\n"))
            </ol>
            </div>
            </section>
            """
    }

    // MARK: the calendar

    /// A month as a table of weeks. A day with words is a link to them; the others are numbers, and nothing more.
    private func calendar(_ days: [LookbackDay], _ first: LookbackDay) -> String {
        let week = catalogue.week
        let heads = week.map { day in
            "<th scope=\"col\"><abbr title=\"\(Self.escape(day.name))\">\(Self.escape(day.short))</abbr></th>"
        }
        // The weekday of the first of the month, from the weekday of a day that is known.
        let weekdayOfFirst = (first.weekday + 35 - (first.day - 1)) % 7
        let blanks = week.firstIndex { $0.number == weekdayOfFirst } ?? 0
        var cells = [String](repeating: "<td></td>", count: blanks)
        for number in 1...Self.length(year: first.year, month: first.month) {
            guard let day = days.first(where: { $0.day == number }) else {
                cells.append("<td>\(number)</td>")
                continue
            }
            let name = catalogue.day(day.day, month: day.month, weekday: day.weekday)
            cells.append("<td><a href=\"#d\(day.date)\" aria-label=\"\(Self.escape(name))\">\(number)</a></td>")
        }
        while cells.count % 7 != 0 { cells.append("<td></td>") }
        let rows = stride(from: 0, to: cells.count, by: 7).map { start in
            "<tr>\(cells[start..<start + 7].joined())</tr>"
        }
        return "<table>\n<thead><tr>\(heads.joined())</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n"
            + "</tbody>\n</table>"
    }

    /// Days of a month.
    static func length(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // MARK: the days

    private func day(_ day: LookbackDay) -> String {
        let name = Self.escape(catalogue.day(day.day, month: day.month, weekday: day.weekday))
        return """
            <li id="d\(day.date)" tabindex="-1">
            <h3><time datetime="\(day.date)">\(name)</time></h3>
            \(day.entries.map { entry($0.clock, $0.item, day) }.joined(separator: "\n"))
            </li>
            """
    }

    private func entry(_ clock: String, _ item: ItemEntry, _ day: LookbackDay) -> String {
        var parts: [String] = []
        if let feelings = item.feelings {
            let words = feelings.map { "<li dir=\"auto\">\(Self.escape($0))</li>" }.joined()
            parts.append("<ul class=\"words\">\(words)</ul>")
        }
        var rest = item
        rest.feelings = nil
        let said = LookbackText.said(rest).map { Self.escape($0) }
        if !said.isEmpty { parts.append("<p class=\"said\">\(said.joined(separator: " · "))</p>") }
        if let text = item.text { parts.append("<p class=\"text\" dir=\"auto\">\(Self.escape(text))</p>") }
        var inside = parts.joined(separator: "\n")
        if let about = item.about {
            inside = "<details>\n<summary dir=\"auto\">\(Self.escape(about))</summary>\n\(inside)\n</details>"
        }
        return """
            <article>
            <p class="clock"><time datetime="\(day.date)T\(clock)">\(clock)</time></p>
            <div>
            \(inside)
            </div>
            </article>
            """
    }

    // MARK: text

    /// Text as text: nothing in it is markup, and what nobody would see is shown as such.
    static func escape(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            default:
                let isUnseen = scalar.properties.generalCategory == .control || turns(scalar)
                out.unicodeScalars.append(isUnseen ? "\u{FFFD}" : scalar)
            }
        }
        return out
    }

    /// Marks that turn the direction of what stands around them.
    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static let style = """
        :root {
          color-scheme: light dark;
          --paper: #fbf9f5; --card: #ffffff; --ink: #23211d; --quiet: #635d53; --line: #ddd6ca;
          --link: #1d5f5a; --day: #e3efec;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #171614; --card: #211f1c; --ink: #ece7de; --quiet: #aca497; --line: #3a3731;
            --link: #8fd0c8; --day: #24403d;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body {
          margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
          font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere;
        }
        h1 { margin: 0; font-size: 1.75rem; line-height: 1.2; }
        header p { margin: .5rem 0 0; color: var(--quiet); max-width: 40rem; }
        h2 { margin: 2.5rem 0 1rem; padding-bottom: .375rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; }
        h3 { margin: 0; font-size: 1rem; }
        ol, ul { margin: 0; padding: 0; list-style: none; }
        nav { max-width: 22rem; margin-bottom: 1.25rem; }
        table { width: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; }
        th, td { padding: 0; height: 2.5rem; text-align: center; font-weight: 400; color: var(--quiet); }
        th { height: 1.75rem; font-size: .8125rem; }
        abbr { text-decoration: none; }
        td a {
          display: grid; place-items: center; height: 100%; border-radius: .5rem; background: var(--day);
          color: var(--link); font-weight: 600; text-decoration: none;
        }
        td a:hover { text-decoration: underline; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .5rem; }
        .days > li {
          padding: 1rem 1.125rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line);
          border-radius: .75rem; scroll-margin-top: 1rem;
        }
        .days > li:target { border-color: var(--link); }
        article { display: grid; grid-template-columns: 4rem minmax(0, 1fr); margin-top: .75rem; }
        article + article { padding-top: .75rem; border-top: 1px solid var(--line); }
        article p { margin: 0; }
        .clock, .said { color: var(--quiet); font-variant-numeric: tabular-nums; }
        .words { display: flex; flex-wrap: wrap; gap: .375rem; margin-bottom: .25rem; }
        .words li { padding: 0 .625rem; border: 1px solid var(--line); border-radius: 1rem; }
        article .text { white-space: pre-wrap; margin-top: .25rem; }
        summary { cursor: pointer; color: var(--link); }
        details > :nth-child(2) { margin-top: .375rem; }
        @media (min-width: 48rem) {
          body { padding: 3rem 2rem 6rem; }
          .month { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2rem; align-items: start; }
          nav { position: sticky; top: 1.5rem; margin: 0; }
          th, td { height: 2.125rem; }
        }
        @media print { nav { display: none; } .month { display: block; } .days > li { break-inside: avoid; } }
        """
}
