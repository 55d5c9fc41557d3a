import MutualLanguage

/// A line that is being typed, byte by byte, and what the screen shows of it. Nothing moves the cursor up or elsewhere:
/// what has to be shown anew goes on in a new row, so that it can be followed line by line.
struct LineEditor {
    /// What a key does.
    enum Did: Equatable {
        /// The screen shows this now.
        case echo(String)
        /// A line is written.
        case line(String)
        /// Ctrl-D where nothing is typed, or Ctrl-C.
        case end
        /// Ctrl-Z.
        case suspend
    }

    /// Where an escape sequence is: keys such as arrows do nothing.
    private enum Escape { case none, begun, inside }

    /// More than any text may have, bytes.
    private static let limit = 65_536

    /// What is typed so far.
    private(set) var text = ""
    private var pending: [UInt8] = []
    private var escape = Escape.none
    /// Columns of the terminal.
    var columns: Int

    init(columns: Int) { self.columns = columns }

    /// What the screen shows of it in a new row.
    var shown: String { text.isEmpty ? "" : SafeText.line(text) }

    /// Puts a line back that could not be sent.
    mutating func restore(_ line: String) { text = line + text }

    /// One more byte from the terminal.
    mutating func take(_ byte: UInt8) -> Did? {
        switch escape {
        case .begun:
            escape = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") ? .inside : .none
            return nil
        case .inside:
            if 0x40...0x7E ~= byte { escape = .none }
            return nil
        case .none: break
        }
        guard byte >= 0x20, byte != 0x7F else { return control(byte) }
        return character(byte)
    }

    private mutating func control(_ byte: UInt8) -> Did? {
        pending = []
        switch byte {
        case 0x0A, 0x0D:
            defer { text = "" }
            return .line(text)
        case 0x03, 0x1C: return .end
        case 0x04: return text.isEmpty ? .end : nil
        case 0x1A: return .suspend
        case 0x1B:
            escape = .begun
            return nil
        case 0x7F, 0x08: return erase(1)
        case 0x15: return erase(text.count)
        case 0x17: return erase(lastWord)
        case 0x0C, 0x12: return text.isEmpty ? nil : .echo("\n" + shown)
        case 0x09: return character(0x20)
        default: return nil
        }
    }

    private mutating func character(_ byte: UInt8) -> Did? {
        guard text.utf8.count < Self.limit else { return nil }
        pending.append(byte)
        guard let typed = String(validating: pending, as: UTF8.self) else {
            // The beginning of a character may grow; anything else is none.
            let need = pending[0] >= 0xF0 ? 4 : pending[0] >= 0xE0 ? 3 : pending[0] >= 0xC2 ? 2 : 1
            if pending.count >= need { pending = [] }
            return nil
        }
        pending = []
        // Controls of the upper range would be obeyed by some terminals.
        guard let scalar = typed.unicodeScalars.first, scalar.properties.generalCategory != .control else { return nil }
        text += typed
        return .echo(typed)
    }

    /// The last word and the blanks after it.
    private var lastWord: Int {
        let blanks = text.reversed().prefix { $0 == " " }.count
        return blanks + text.dropLast(blanks).reversed().prefix { $0 != " " }.count
    }

    private mutating func erase(_ count: Int) -> Did? {
        guard count > 0, !text.isEmpty else { return nil }
        let before = SafeText.width(text)
        text.removeLast(min(count, text.count))
        // The kernel's own way within a row; further back is shown anew.
        guard before < columns else { return .echo("\n" + shown) }
        return .echo(String(repeating: "\u{8} \u{8}", count: before - SafeText.width(text)))
    }
}
