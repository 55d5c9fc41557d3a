/// What the daemon answers to a request, as lines `[control-2]`.
public enum ControlAnswer {
    /// A success, one line without its line feed.
    public static func success(_ id: CallID, _ result: some ControlResult) -> [UInt8] {
        Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + id.tree.bytes() + Array(",\"result\":".utf8)
            + ControlCoding.encode(result) + Array("}".utf8)
    }

    /// An error, one line without its line feed; an id that could not be read is null.
    public static func failure(_ id: CallID?, _ error: ControlError) -> [UInt8] {
        Array("{\"jsonrpc\":\"2.0\",\"id\":".utf8) + (id?.tree ?? .null).bytes() + Array(",\"error\":".utf8)
            + ControlCoding.encode(error) + Array("}".utf8)
    }

    /// An event, one line without its line feed.
    public static func event(_ event: EventNotice) -> [UInt8] {
        Array("{\"jsonrpc\":\"2.0\",\"method\":\"event\",\"params\":".utf8) + ControlCoding.encode(event)
            + Array("}".utf8)
    }
}

/// What a client reads: an answer or an event.
public enum ControlMessage: Hashable, Sendable {
    /// An answer with its result as a tree.
    case success(CallID, JSONValue)
    /// An error; its id is nil where the daemon could read none.
    case failure(CallID?, ControlError)
    /// An event, and its parameters as they came.
    case event(EventNotice, JSONValue)

    /// Reads one line, without its line feed; nil when it is no message of this interface.
    public init?(line: [UInt8]) {
        guard let tree = try? JSONValue(parsing: line) else { return nil }
        if tree["method"]?.text == "event", let parameters = tree["params"],
            let event = try? ControlCoding.decode(EventNotice.self, from: parameters)
        {
            self = .event(event, parameters)
        } else if let error = tree["error"], let read = try? ControlCoding.decode(ControlError.self, from: error) {
            self = .failure(CallID(tree["id"]), read)
        } else if let id = CallID(tree["id"]), let result = tree["result"] {
            self = .success(id, result)
        } else {
            return nil
        }
    }
}

/// The result of a method.
public protocol ControlResult: Codable, Hashable, Sendable {}

extension ControlResult {
    /// Reads a result; nil when it lacks something that this version needs. What it has more is ignored.
    public init?(_ tree: JSONValue) {
        guard let read = try? ControlCoding.decode(Self.self, from: tree) else { return nil }
        self = read
    }

    /// One line, members sorted.
    public func bytes() -> [UInt8] { ControlCoding.encode(self) }
}

extension ControlError {
    /// The error as one JSON document, `{"error": ...}`, on one line.
    public func document() -> [UInt8] { Array("{\"error\":".utf8) + ControlCoding.encode(self) + Array("}".utf8) }
}
