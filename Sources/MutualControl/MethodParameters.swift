import FoundationEssentials

/// The parameters of a method: an object whose members are all known.
public protocol MethodParameters: Codable, Hashable, Sendable {
    /// The names of all parameters, in the order of listing.
    static var allNames: [String] { get }
    /// Those that must be there.
    static var requiredNames: [String] { get }
    /// What Codable cannot see: ranges, and what excludes each other. Gives the parameter that is wrong and what it is.
    func fault() -> (parameter: String, expected: String)?
}

extension MethodParameters {
    /// Nothing more is checked.
    public func fault() -> (parameter: String, expected: String)? { nil }

    static func read(_ parameters: JSONValue, _ method: Method) throws(ControlError) -> Self {
        guard case .object(let members) = parameters else {
            throw .badParameter("params", expected: "an object", method)
        }
        for member in members where !allNames.contains(member.name) {
            throw .unknownParameter(member.name, method)
        }
        let given = members.filter { $0.value != .null }
        for name in requiredNames where !given.contains(where: { $0.name == name }) {
            throw .missingParameter(name, method)
        }
        let read: Self
        do {
            read = try ControlCoding.decode(Self.self, from: .object(given))
        } catch {
            throw .badParameter(error.member ?? "params", expected: "of another type", method)
        }
        if let fault = read.fault() { throw .badParameter(fault.parameter, expected: fault.expected, method) }
        return read
    }
}

/// Codable to and from trees.
enum ControlCoding {
    /// Something is not of the type that is asked for.
    struct Mismatch: Error {
        /// The outermost member that does not fit.
        var member: String?
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from tree: JSONValue) throws(Mismatch) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(tree.bytes()))
        } catch let error as DecodingError {
            let path: [any CodingKey] =
                switch error {
                case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                    context.codingPath
                case .keyNotFound(let key, let context): context.codingPath + [key]
                @unknown default: []
                }
            throw Mismatch(member: path.first?.stringValue)
        } catch {
            throw Mismatch(member: nil)
        }
    }

    /// One line, members sorted by name, so that the same value is always the same bytes.
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Our own types hold text, integers and flags only: nothing of them can fail to be written.
        return (try? encoder.encode(value)).map { Array($0) } ?? Array("{}".utf8)
    }

    static func tree(_ value: some Encodable) -> JSONValue {
        (try? JSONValue(parsing: encode(value))) ?? .object([])
    }
}
