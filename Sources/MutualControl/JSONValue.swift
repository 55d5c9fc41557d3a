/// A JSON document as a tree, with the order of members kept.
///
/// Why not Foundation's: bytes from outside are parsed here first, with a bound on nesting, without recursion deeper than
/// `JSONValue.nestingLimit`, and with every fault told as an error; Codable sees only what passed `[control-2]`.
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number, as it was written.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object: no name twice.
    case object([Member])

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: JSONValue

        /// A member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// How deep arrays and objects may stand in each other.
    public static let nestingLimit = 32

    /// The member of this name, nil when there is none or this is no object.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    public var text: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// The value of an integer.
    public var integer: Int64? {
        if case .integer(let value) = self { return value }
        return nil
    }

    /// The elements of an array.
    public var elements: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    /// The members of an object.
    public var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }

    /// The document as UTF-8 on one line, without blanks.
    /// - Parameter sortingNames: members in the order of the UTF-8 bytes of their names (the canonical form).
    public func bytes(sortingNames: Bool = false) -> [UInt8] {
        var out: [UInt8] = []
        write(to: &out, sortingNames: sortingNames)
        return out
    }

    private func write(to out: inout [UInt8], sortingNames: Bool) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value): out += String(value).utf8
        case .number(let text): out += text.utf8
        case .string(let text): Self.write(text, to: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.write(to: &out, sortingNames: sortingNames)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            let ordered =
                sortingNames
                ? members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : members
            out.append(UInt8(ascii: "{"))
            for (index, member) in ordered.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &out)
                out.append(UInt8(ascii: ":"))
                member.value.write(to: &out, sortingNames: sortingNames)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\\"): out += [byte, byte]
            case 0x0A: out += "\\n".utf8
            case 0x0D: out += "\\r".utf8
            case 0x09: out += "\\t".utf8
            case 0x00..<0x20, 0x7F:
                out += "\\u00".utf8
                out += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}

extension JSONValue: Encodable {
    /// For results that carry a document as it is.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var one = encoder.singleValueContainer()
            try one.encodeNil()
        case .bool(let value):
            var one = encoder.singleValueContainer()
            try one.encode(value)
        case .integer(let value):
            var one = encoder.singleValueContainer()
            try one.encode(value)
        case .number(let text):
            var one = encoder.singleValueContainer()
            try one.encode(Double(text) ?? 0)
        case .string(let text):
            var one = encoder.singleValueContainer()
            try one.encode(text)
        case .array(let elements):
            var list = encoder.unkeyedContainer()
            for element in elements { try list.encode(element) }
        case .object(let members):
            var object = encoder.container(keyedBy: AnyName.self)
            for member in members { try object.encode(member.value, forKey: AnyName(member.name)) }
        }
    }

    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }
}
