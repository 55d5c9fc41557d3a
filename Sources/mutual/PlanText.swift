import MutualControl

/// A page as text: a line that begins with `#` is a heading, what follows is its text.
///
/// A line of a text that begins so itself has a `\` before it, so that nothing in a text can look like a heading.
enum PlanText {
    /// The page as text, without a line break at its end.
    static func render(_ page: [SectionEntry]) -> String {
        var parts: [String] = []
        for (index, section) in page.enumerated() {
            var lines: [String] = []
            let title = section.title.split { $0.isNewline }.joined(separator: " ")
            if !title.isEmpty || index > 0 { lines.append(title.isEmpty ? "#" : "# \(title)") }
            if !section.text.isEmpty {
                lines += section.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                    isMarked(line) ? "\\" + line : String(line)
                }
            }
            parts.append(lines.joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    /// The page that a text says. Blank lines around a text do not count.
    static func parse(_ text: String) -> [SectionEntry] {
        var page: [SectionEntry] = []
        var lines: [Substring] = []
        func end() {
            while let first = lines.first, isBlank(first) { lines.removeFirst() }
            while let last = lines.last, isBlank(last) { lines.removeLast() }
            let text = lines.joined(separator: "\n")
            lines = []
            if page.isEmpty {
                if !text.isEmpty { page.append(SectionEntry(title: "", text: text)) }
            } else {
                page[page.count - 1].text = text
            }
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.first == "#" {
                end()
                let title = line.drop { $0 == "#" }.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                page.append(SectionEntry(title: title, text: ""))
            } else {
                lines.append(isMarked(line) ? line.dropFirst() : line)
            }
        }
        end()
        return page
    }

    /// Whether a line is `#`, perhaps behind marks: in a text it gets one more.
    private static func isMarked(_ line: Substring) -> Bool { line.drop { $0 == "\\" }.first == "#" }

    private static func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}
