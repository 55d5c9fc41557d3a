/// Text from outside, made harmless for a terminal.
///
/// Controls are made visible, marks that turn the direction of text or hide are replaced, a heap of combining marks is cut,
/// and every line of a block is indented, so that no received line can look like one of Mutual's own.
public enum SafeText {
    /// What stands before every line of a received text. No line of Mutual's own begins so.
    public static let indent = "    "
    /// What stands for a character that would not be seen, or would move others.
    private static let replacement: Unicode.Scalar = "\u{FFFD}"
    /// More combining marks than this on one character are cut.
    private static let mostMarks = 4

    /// One line without its line breaks: for names, arguments of sentences, and the first words of a text.
    public static func line(_ text: String) -> String {
        clean(text.unicodeScalars.map { isLineBreak($0) || $0 == "\t" ? " " : $0 })
    }

    /// One line of at most so many columns; what does not fit is cut, and "..." stands in its place.
    public static func line(_ text: String, columns: Int) -> String {
        let whole = line(text)
        guard width(whole) > columns else { return whole }
        guard columns > 3 else { return cut(whole, columns: max(0, columns)).head }
        return cut(whole, columns: columns - 3).head + "..."
    }

    /// The lines of a text, each with `indent` before it, wrapped to so many columns (nil: not wrapped).
    public static func block(_ text: String, columns: Int? = nil) -> [String] {
        paragraphs(text).flatMap { wrap($0, columns: columns.map { max(8, $0 - indent.utf8.count) }) }
            .map { indent + $0 }
    }

    /// A text in quotes after words of Mutual's own; its further lines are indented.
    public static func quote(_ text: String, after opening: String, columns: Int? = nil) -> [String] {
        let lines = paragraphs(text)
        let only = lines.first ?? ""
        if lines.count == 1, columns.map({ width(opening) + width(only) + 2 <= $0 }) ?? true {
            return ["\(opening)\"\(only)\""]
        }
        return [opening.trimmingEnd] + block("\"\(text)\"", columns: columns)
    }

    /// Columns that a text takes: 0 for combining marks and what joins, 2 for wide characters and emoji.
    public static func width(_ text: String) -> Int { text.reduce(0) { $0 + CharacterWidth.of($1) } }

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
        return lines.map(clean)
    }

    private static func clean(_ scalars: [Unicode.Scalar]) -> String {
        var out = String.UnicodeScalarView()
        var marks = 0
        for scalar in scalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark, .spacingMark:
                marks += 1
                // A mark at the very beginning would sit on what stands before it.
                if out.isEmpty { out.append("\u{25CC}") }
                if marks <= mostMarks { out.append(scalar) }
                continue
            case .control:
                out.append(visible(scalar))
            case .format where !isHarmless(scalar):
                out.append(replacement)
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

    /// Joiners that scripts and emoji need.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{200C}" || scalar == "\u{200D}" || (0xE0020...0xE007F).contains(scalar.value)
    }

    private static func cut(_ text: String, columns: Int) -> (head: String, rest: Substring) {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            let next = CharacterWidth.of(text[end])
            guard used + next <= columns else { break }
            used += next
            end = text.index(after: end)
        }
        return (String(text[..<end]), text[end...])
    }

    private static func wrap(_ line: String, columns: Int?) -> [String] {
        guard let columns, width(line) > columns else { return [line] }
        var lines: [String] = []
        var rest = line
        while width(rest) > columns {
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
