/// Reads what `mutual.toml` may hold: a line for each setting, `key = value`, and comments. It is the part of TOML that
/// settings need: whole numbers, texts on one line, lists of texts.
///
/// Why not a library: a file is bytes from outside, and nothing that is wrong with it may end the process.
struct SettingsFile {
    /// What a setting is said to be.
    enum Value: Hashable {
        /// A whole number.
        case integer(Int64)
        /// A text.
        case text(String)
        /// A list of texts.
        case texts([String])
        /// Something else that TOML has, such as a date.
        case other
    }

    /// One setting.
    struct Entry: Hashable {
        var key: String
        var value: Value
        /// From 1.
        var line: Int
    }

    /// What is wrong, and where.
    struct Fault: Error, Hashable {
        var line: Int
        var what: String
    }

    /// The settings of a text, in order, none twice.
    static func read(_ text: String) throws(Fault) -> [Entry] {
        var reader = SettingsFile(bytes: Array(text.utf8))
        // The mark of a text's byte order.
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.at = 3 }
        var entries: [Entry] = []
        while try reader.skipToEntry() {
            let line = reader.line
            let key = try reader.key()
            if entries.contains(where: { $0.key == key }) {
                throw Fault(line: line, what: "\"\(key)\" stands here a second time.")
            }
            let value = try reader.value()
            try reader.endLine()
            entries.append(Entry(key: key, value: value, line: line))
        }
        return entries
    }

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }
    private var malformed: Fault { Fault(line: line, what: "this is no TOML.") }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    // MARK: blanks, comments, lines

    private mutating func skipBlanks() {
        while next == 0x20 || next == 0x09 { at += 1 }
    }

    /// Passes over the end of a line, if one is here.
    private mutating func takeLineEnd() -> Bool {
        if next == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
        guard take(0x0A) else { return false }
        line += 1
        return true
    }

    private mutating func skipComment() throws(Fault) {
        guard next == UInt8(ascii: "#") else { return }
        while let byte = next, byte != 0x0A {
            let isLineEnd = byte == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A
            if isLineEnd { return }
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw malformed }
            at += 1
        }
    }

    /// Goes to the next setting; false at the end.
    private mutating func skipToEntry() throws(Fault) -> Bool {
        repeat {
            skipBlanks()
            try skipComment()
        } while takeLineEnd()
        if next == UInt8(ascii: "[") {
            throw Fault(line: line, what: "settings stand by themselves, without [sections].")
        }
        return next != nil
    }

    private mutating func endLine() throws(Fault) {
        skipBlanks()
        try skipComment()
        guard next == nil || takeLineEnd() else { throw malformed }
    }

    // MARK: keys and values

    private mutating func key() throws(Fault) -> String {
        var key = ""
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            key = try string()
        } else {
            let start = at
            while let byte = next, byte.isBareKey || byte == UInt8(ascii: ".") { at += 1 }
            guard at > start else { throw malformed }
            key = String(decoding: bytes[start..<at], as: UTF8.self)
        }
        skipBlanks()
        guard take(UInt8(ascii: "=")) else { throw malformed }
        skipBlanks()
        return key
    }

    private mutating func value() throws(Fault) -> Value {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try string())
        case UInt8(ascii: "["): return try list()
        default: return try word()
        }
    }

    /// A number, or what else is written without quotes.
    private mutating func word() throws(Fault) -> Value {
        let start = at
        while let byte = next, byte.isBareKey || [0x2B, 0x2E, 0x3A].contains(byte) { at += 1 }
        guard at > start else { throw malformed }
        return Self.integer(String(decoding: bytes[start..<at], as: UTF8.self)).map { .integer($0) } ?? .other
    }

    /// Decimal with a sign, or 0x, 0o, 0b; underscores stand between digits.
    private static func integer(_ text: String) -> Int64? {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }), let first = parts.first, first != "+", first != "-" else { return nil }
        let digits = parts.joined()
        for (mark, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(mark) {
            let rest = digits.dropFirst(2)
            guard rest.first?.isHexDigit == true else { return nil }
            return Int64(rest, radix: radix)
        }
        let magnitude = digits.drop { $0 == "+" || $0 == "-" }
        guard magnitude == "0" || magnitude.first != "0" else { return nil }
        return Int64(digits)
    }

    private mutating func list() throws(Fault) -> Value {
        at += 1
        var texts: [String] = []
        var areTexts = true
        while true {
            try skipInList()
            if take(UInt8(ascii: "]")) { return areTexts ? .texts(texts) : .other }
            switch try element() {
            case .text(let text): texts.append(text)
            case .integer, .texts, .other: areTexts = false
            }
            try skipInList()
            guard take(UInt8(ascii: ",")) || next == UInt8(ascii: "]") else { throw malformed }
        }
    }

    /// A list in a list is no setting, so nothing here calls itself.
    private mutating func element() throws(Fault) -> Value {
        guard next != UInt8(ascii: "[") else { throw Fault(line: line, what: "a list holds texts.") }
        return try value()
    }

    private mutating func skipInList() throws(Fault) {
        repeat {
            skipBlanks()
            try skipComment()
        } while takeLineEnd()
    }

    // MARK: texts

    private mutating func string() throws(Fault) -> String {
        let quote = next
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            at += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else { throw malformed }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &text)
            } else {
                text.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(into text: inout [UInt8]) throws(Fault) {
        guard let byte = next else { throw malformed }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
        case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
        default: throw malformed
        }
    }

    private mutating func scalar(digits: Int, into text: inout [UInt8]) throws(Fault) {
        guard bytes.count - at >= digits else { throw malformed }
        let written = bytes[at..<at + digits]
        guard written.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let number = UInt32(String(decoding: written, as: UTF8.self), radix: 16),
            let scalar = Unicode.Scalar(number)
        else { throw malformed }
        at += digits
        text += String(Character(scalar)).utf8
    }
}

extension UInt8 {
    /// A letter, a digit, "_" or "-".
    fileprivate var isBareKey: Bool {
        (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || (0x30...0x39).contains(self) || self == 0x2D
            || self == 0x5F
    }
}
