/// What is wrong with bytes that should be JSON.
public enum JSONFault: Error, Hashable, Sendable {
    /// Not UTF-8, or not JSON at this byte.
    case malformed(at: Int)
    /// Deeper than `JSONValue.nestingLimit`.
    case tooDeep
    /// An object has this name twice.
    case repeatedName(String)
}

extension JSONValue {
    /// Reads one document; nothing but blanks may follow.
    /// - Throws: what is wrong, never a trap, whatever the bytes are.
    public init(parsing bytes: [UInt8]) throws(JSONFault) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .malformed(at: 0) }
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.at == bytes.count else { throw .malformed(at: parser.at) }
        self = value
    }
}

/// A strict reader of RFC 8259 over UTF-8 that was found valid.
private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"):
            try take("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try take("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try take("null")
            return .null
        default: return try number()
        }
    }

    private mutating func take(_ word: StaticString) throws(JSONFault) {
        for byte in String(describing: word).utf8 {
            guard next == byte else { throw .malformed(at: at) }
            at += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        at += 1
        return true
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < JSONValue.nestingLimit else { throw .tooDeep }
        at += 1
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw .malformed(at: at) }
            let name = try string()
            guard names.insert(name).inserted else { throw .repeatedName(name) }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw .malformed(at: at) }
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw .malformed(at: at) }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth < JSONValue.nestingLimit else { throw .tooDeep }
        at += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw .malformed(at: at) }
        }
    }

    private mutating func digits() throws(JSONFault) {
        let start = at
        while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
        guard at > start else { throw .malformed(at: at) }
    }

    private mutating func number() throws(JSONFault) -> JSONValue {
        let start = at
        var whole = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            whole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            whole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if whole, let value = Int64(text) { return .integer(value) }
        return .number(text)
    }

    private mutating func string() throws(JSONFault) -> String {
        at += 1
        var out: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &out)
            case 0..<0x20: throw .malformed(at: at - 1)
            default: out.append(byte)
            }
        }
        throw .malformed(at: at)
    }

    private mutating func escape(into out: inout [UInt8]) throws(JSONFault) {
        guard let byte = next else { throw .malformed(at: at) }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): try unicode(into: &out)
        default: throw .malformed(at: at - 1)
        }
    }

    private mutating func unicode(into out: inout [UInt8]) throws(JSONFault) {
        var code = try fourDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw .malformed(at: at) }
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw .malformed(at: at) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw .malformed(at: at) }
        out += String(Character(scalar)).utf8
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next else { throw .malformed(at: at) }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .malformed(at: at)
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
