/// The id of a request: a number or a text.
public enum CallID: Hashable, Sendable {
    /// A whole number.
    case number(Int64)
    /// A text of at most 256 bytes.
    case text(String)

    var tree: JSONValue {
        switch self {
        case .number(let value): .integer(value)
        case .text(let text): .string(text)
        }
    }

    init?(_ tree: JSONValue?) {
        switch tree {
        case .integer(let value): self = .number(value)
        case .string(let text) where text.utf8.count <= 256: self = .text(text)
        default: return nil
        }
    }
}

/// A line that is no request: the error to answer, and the id if one could be read.
public struct RejectedRequest: Error, Hashable, Sendable {
    /// nil is answered as `id: null`.
    public var id: CallID?
    /// What is wrong.
    public var error: ControlError
}

/// One request of the control interface `[control-2]`.
public struct ControlRequest: Hashable, Sendable {
    /// Given back with the answer.
    public var id: CallID
    /// What is asked.
    public var call: ControlCall
    /// The caller's own name for this call, 1 to 64 characters: repeated, it has one effect.
    public var key: String?

    /// A request.
    public init(id: CallID, _ call: ControlCall, key: String? = nil) {
        self.id = id
        self.call = call
        self.key = key
    }

    /// The method.
    public var method: Method { call.parts.method }

    /// Reads one line, without its line feed. Never traps, whatever the bytes are.
    /// - Throws: the error to answer.
    public init(line: [UInt8]) throws(RejectedRequest) {
        let tree: JSONValue
        do {
            tree = try JSONValue(parsing: line)
        } catch {
            throw RejectedRequest(id: nil, error: .parse(error.sentencePart))
        }
        if case .array = tree {
            throw RejectedRequest(id: nil, error: .request("One request a line: no batches.", reason: "batch"))
        }
        guard let members = tree.members else {
            throw RejectedRequest(id: nil, error: .request("A request is an object.", reason: "not-a-request"))
        }
        guard let id = CallID(tree["id"]) else {
            throw RejectedRequest(
                id: nil, error: .request("A request needs an \"id\": a whole number or a text.", reason: "id-missing"))
        }
        do throws(ControlError) {
            let known = ["jsonrpc", "id", "method", "params"]
            if let other = members.first(where: { !known.contains($0.name) }) {
                throw ControlError(
                    .request, "A request has no member \"\(other.name.prefix(64))\".",
                    ControlError.Details(reason: "unknown-member", known: known))
            }
            if tree["jsonrpc"] != .string("2.0") {
                throw .request("A request has \"jsonrpc\": \"2.0\".", reason: "not-a-request")
            }
            guard let name = tree["method"]?.text else {
                throw .request("A request needs a \"method\".", reason: "not-a-request")
            }
            guard let method = Method(rawValue: name) else { throw .unknownMethod(name) }
            try self.init(id: id, method, parameters: tree["params"] ?? .object([]))
        } catch {
            throw RejectedRequest(id: id, error: error)
        }
    }

    /// A method with its parameters as a tree, `key` among them.
    public init(id: CallID, _ method: Method, parameters: JSONValue) throws(ControlError) {
        var parameters = parameters
        var key: String?
        if method.takesKey, case .object(var members) = parameters,
            let place = members.firstIndex(where: { $0.name == "key" })
        {
            guard let text = members[place].value.text, (1...64).contains(text.count), text.utf8.count <= 256 else {
                throw .badParameter("key", expected: "1 to 64 characters", method)
            }
            key = text
            members.remove(at: place)
            parameters = .object(members)
        }
        self.init(id: id, try ControlCall(method, parameters: parameters), key: key)
    }

    /// The request as one line, without its line feed.
    public func line() -> [UInt8] {
        let (method, parameters) = call.parts
        var members = ControlCoding.tree(parameters).members ?? []
        if let key { members.append(JSONValue.Member("key", .string(key))) }
        let tree = JSONValue.object([
            JSONValue.Member("jsonrpc", .string("2.0")), JSONValue.Member("id", id.tree),
            JSONValue.Member("method", .string(method.rawValue)), JSONValue.Member("params", .object(members)),
        ])
        return tree.bytes()
    }

    /// Method and parameters, without the key, in one form whatever the order and the blanks of the line were: what a
    /// key stands for. A parameter that is left out and one that is null are the same.
    public func canonicalParameters() -> [UInt8] {
        let (method, parameters) = call.parts
        return Array(method.rawValue.utf8) + [0x20] + ControlCoding.tree(parameters).bytes(sortingNames: true)
    }
}

extension JSONFault {
    fileprivate var sentencePart: String {
        switch self {
        case .malformed(let at): "it makes no sense from byte \(at)"
        case .tooDeep: "it is nested deeper than \(JSONValue.nestingLimit)"
        case .repeatedName(let name): "\"\(name.prefix(64))\" stands twice"
        }
    }
}
