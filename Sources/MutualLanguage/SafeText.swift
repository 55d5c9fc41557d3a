/// Text from outside, made harmless for a terminal.
///
/// Controls are made visible, marks that turn the direction of text or hide are replaced, a heap of combining marks is cut,
/// what is written from right to left turns nothing but itself, and every line of a block is indented, so that no
/// received line can look like one of Mutual's own.
public enum SafeText {
    /// What stands before every line of a received text. No line of Mutual's own begins so.
    public static let indent = "    "
    /// What stands for a character that would not be seen, or would move others.
    private static let replacement: Unicode.Scalar = "\u{FFFD}"
    /// More combining marks than this on one character are cut.
    private static let mostMarks = 4
    /// More tags than this behind a flag are no flag's.
    private static let mostTags = 6

    /// One line without its line breaks: for names, arguments of sentences, and the first words of a text.
    ///
    /// A line that was made safe stays as it is when it is made safe again: the daemon does it to the arguments of a
    /// sentence, and who shows the sentence does it to the whole.
    public static func line(_ text: String) -> String { isolated(oneLine(text)) }

    private static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { isLineBreak($0) || $0 == "\t" ? " " : $0 }
        return clean(Direction.areIsolated(scalars) ? scalars : scalars.map { Direction.isMark($0) ? replacement : $0 })
    }

    /// One line of at most so many columns; what does not fit is cut, and "..." stands in its place.
    public static func line(_ text: String, columns: Int) -> String {
        let whole = oneLine(text)
        guard mostWidth(whole) > columns else { return isolated(whole) }
        // What is cut may lose the end of an isolate: it is made anew around the whole.
        let bare = clean(whole.unicodeScalars.filter { !Direction.isMark($0) })
        guard columns > 3 else { return isolated(cut(bare, columns: max(0, columns)).head) }
        return isolated(cut(bare, columns: columns - 3).head) + "..."
    }

    /// The lines of a text, each with `indent` before it, wrapped to so many columns (nil: not wrapped).
    public static func block(_ text: String, columns: Int? = nil) -> [String] {
        paragraphs(text).flatMap { wrap($0, columns: columns.map { max(8, $0 - indent.utf8.count) }) }
            .map { indent + isolated($0) }
    }

    /// A text in quotes after words of Mutual's own; its further lines are indented.
    public static func quote(
        _ text: String, after opening: String, in quotes: Quotes = .plain, columns: Int? = nil
    ) -> [String] {
        let lines = paragraphs(text)
        let only = lines.first ?? ""
        if lines.count == 1, columns.map({ mostWidth(opening) + mostWidth(only) + 2 <= $0 }) ?? true {
            return [opening + quotes.opening + isolated(only) + quotes.closing]
        }
        return rows(opening.trimmingEnd, columns: columns)
            + block(quotes.opening + text + quotes.closing, columns: columns)
    }

    /// A sentence of ours in rows of so many columns. A name in it may be as long as it likes: what does not fit goes
    /// on two columns in, never at the first one, where it could look like another sentence.
    public static func rows(_ sentence: String, columns: Int?) -> [String] {
        guard let columns, columns > 8, mostWidth(sentence) > columns else { return [sentence] }
        let rows = wrap(sentence, columns: columns - 2)
        return rows.prefix(1) + rows.dropFirst().map { "  " + $0 }
    }

    /// A text as one word of a shell, in quotes where it needs them: what is copied from an advice does what it says.
    public static func word(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_.,:@%+/".unicodeScalars.contains($0)
            }
        if isPlain { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Columns that a text takes: 0 for combining marks and what joins, 2 for wide characters and emoji.
    public static func width(_ text: String) -> Int { text.reduce(0) { $0 + CharacterWidth.of($1) } }

    /// The most columns that a text takes in any terminal.
    static func mostWidth(_ text: String) -> Int { text.reduce(0) { $0 + CharacterWidth.most($1) } }

    /// A text, filled up with blanks to so many columns.
    public static func padded(_ text: String, columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }

    // MARK: how

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    /// The lines of a text, cleaned; CR LF is one break, tabs become blanks.
    private static func paragraphs(_ text: String) -> [String] {
        var lines: [[Unicode.Scalar]] = [[]]
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if isLineBreak(scalar) {
                if !(scalar == "\n" && previous == "\r") { lines.append([]) }
            } else if scalar == "\t" {
                lines[lines.count - 1] += [" ", " "]
            } else {
                lines[lines.count - 1].append(scalar)
            }
            previous = scalar
        }
        return lines.map { line in clean(line.map { Direction.isMark($0) ? replacement : $0 }) }
    }

    private static func isolated(_ text: String) -> String {
        guard Direction.turnsOutside(text.unicodeScalars) else { return text }
        let bare = String(String.UnicodeScalarView(text.unicodeScalars.filter { !Direction.isMark($0) }))
        return Direction.begin + bare + Direction.end
    }

    private static func clean(_ scalars: [Unicode.Scalar]) -> String {
        var out = String.UnicodeScalarView()
        var marks = 0
        for (index, scalar) in scalars.enumerated() {
            let next = scalars.indices.contains(index + 1) ? scalars[index + 1] : nil
            if isUnseen(scalar, after: out, before: next) {
                out.append(replacement)
                marks = 0
                continue
            }
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .spacingMark:
                marks += 1
                // A mark at the very beginning would sit on what stands before it.
                if out.isEmpty { out.append("\u{25CC}") }
                if marks <= mostMarks { out.append(scalar) }
                continue
            case .control:
                out.append(visible(scalar))
            case .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                out.append(replacement)
            default:
                out.append(scalar)
            }
            marks = 0
        }
        return String(out)
    }

    /// A control as a picture of itself.
    private static func visible(_ control: Unicode.Scalar) -> Unicode.Scalar {
        switch control.value {
        case 0x00...0x1F: Unicode.Scalar(0x2400 + control.value) ?? replacement
        case 0x7F: "\u{2421}"
        default: replacement
        }
    }

    /// Whether nobody would see it: what could make two names look alike, or carry words past a reader.
    private static func isUnseen(
        _ scalar: Unicode.Scalar, after text: String.UnicodeScalarView, before: Unicode.Scalar?
    ) -> Bool {
        let after = text.last
        switch scalar.value {
        case 0x200C, 0x200D:
            // Joiners that scripts and emoji need, one at a time and between two characters.
            return !isJoinable(after) || !isJoinable(before)
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF:
            // The variant of a character; one.
            return after.map { $0 == " " || $0.properties.isVariationSelector } ?? true
        case 0xE0020...0xE007F:
            // The flag of a land within a land: a black flag, and tags.
            guard let after, after.value == 0x1F3F4 || (0xE0020...0xE007E).contains(after.value) else { return true }
            return text.suffix(mostTags).allSatisfy { (0xE0020...0xE007E).contains($0.value) }
        default:
            if Direction.isMark(scalar) { return false }
            return scalar.properties.generalCategory == .format || scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func isJoinable(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar, scalar != replacement else { return false }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .control, .lineSeparator, .paragraphSeparator: return false
        case .format: return (0xE0020...0xE007F).contains(scalar.value)
        default: return true
        }
    }

    private static func cut(_ text: String, columns: Int) -> (head: String, rest: Substring) {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            let next = CharacterWidth.most(text[end])
            guard used + next <= columns else { break }
            used += next
            end = text.index(after: end)
        }
        if end == text.startIndex, columns >= 2 { end = part(of: text, columns: columns) }
        return (String(text[..<end]), text[end...])
    }

    /// Where to part a character that is wider than a row: scripts and emoji can be joined without end.
    private static func part(of text: String, columns: Int) -> String.Index {
        let scalars = text.unicodeScalars
        var used = 0
        var end = scalars.startIndex
        while end < scalars.endIndex {
            used += CharacterWidth.of(scalars[end])
            // What takes no column stays with what stands before it: it would sit on the indent of the next row.
            guard used <= columns else { break }
            end = scalars.index(after: end)
        }
        return end
    }

    private static func wrap(_ line: String, columns: Int?) -> [String] {
        guard let columns, mostWidth(line) > columns else { return [line] }
        var lines: [String] = []
        var rest = line
        while mostWidth(rest) > columns {
            let (head, tail) = cut(rest, columns: columns)
            guard !head.isEmpty else { break }
            if tail.first == " " {
                lines.append(head)
                rest = String(tail.drop { $0 == " " })
            } else if let blank = head.lastIndex(of: " "), blank > head.startIndex {
                lines.append(String(head[..<blank]))
                rest = String(head[head.index(after: blank)...]) + tail
            } else {
                lines.append(head)
                rest = String(tail)
            }
        }
        return rest.isEmpty ? lines : lines + [rest]
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
