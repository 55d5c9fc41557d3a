/// The numbers of errors on the control interface `[control-23]`.
public enum ErrorCode: Int, CaseIterable, Hashable, Sendable {
    /// Not JSON.
    case parse = -32700
    /// JSON, but no request.
    case request = -32600
    /// No such method.
    case method = -32601
    /// A parameter is unknown, missing or wrong.
    case parameters = -32602
    /// A rule says no, or asks first.
    case refused = 1
    /// Nobody and nothing of that name.
    case notFound = 2
    /// More than one of that name.
    case ambiguous = 3
    /// A passphrase is needed first.
    case locked = 4
    /// Something else holds it, or says otherwise.
    case conflict = 5
    /// Too much, too long, too many.
    case limit = 6
    /// The machine's fault.
    case fault = 7
}

/// Why something is not done, for a person and for a program.
public struct ControlError: Error, Hashable, Sendable, Codable {
    /// What stands beside the sentence.
    public struct Details: Hashable, Sendable, Codable {
        /// A stable kebab-case key.
        public var reason: String
        /// What could be done, a sentence.
        public var advice: String?
        /// Names or handles to choose from, in order.
        public var choices: [String]?
        /// The parameter that is wrong.
        public var parameter: String?
        /// Methods, parameters or kinds that there are.
        public var known: [String]?
        /// What the sentence names, as text.
        public var arguments: [String: String]?

        /// A reason; the rest where it applies.
        public init(
            reason: String, advice: String? = nil, choices: [String]? = nil, parameter: String? = nil,
            known: [String]? = nil, arguments: [String: String]? = nil
        ) {
            self.reason = reason
            self.advice = advice
            self.choices = choices
            self.parameter = parameter
            self.known = known
            self.arguments = arguments
        }
    }

    /// An `ErrorCode`, or a number of a later version.
    public var code: Int
    /// A sentence for people.
    public var message: String
    /// The rest.
    public var data: Details

    /// An error.
    public init(_ code: ErrorCode, _ message: String, _ data: Details) {
        self.code = code.rawValue
        self.message = message
        self.data = data
    }

    /// The code, nil for one of a later version.
    public var knownCode: ErrorCode? { ErrorCode(rawValue: code) }

    // MARK: errors of the form of a request

    /// A line that is no JSON.
    public static func parse(_ what: String) -> ControlError {
        ControlError(.parse, "This line is not JSON: \(what).", Details(reason: "not-json"))
    }

    /// A line over 1 MiB.
    public static var lineTooLong: ControlError {
        ControlError(
            .request, "This line is longer than 1 MiB.",
            Details(reason: "line-too-long", advice: "Send one request a line."))
    }

    /// JSON that is no request.
    public static func request(_ message: String, reason: String) -> ControlError {
        ControlError(.request, message, Details(reason: reason))
    }

    /// No such method.
    public static func unknownMethod(_ name: String) -> ControlError {
        ControlError(
            .method, "There is no method \"\(name.prefix(64))\".",
            Details(reason: "unknown-method", known: Method.names))
    }

    static func unknownParameter(_ name: String, _ method: Method) -> ControlError {
        ControlError(
            .parameters, "\(method.rawValue) has no parameter \"\(name.prefix(64))\".",
            Details(reason: "unknown-parameter", parameter: String(name.prefix(64)), known: method.parameterNames))
    }

    static func missingParameter(_ name: String, _ method: Method) -> ControlError {
        ControlError(
            .parameters, "\(method.rawValue) needs \"\(name)\".",
            Details(reason: "missing-parameter", parameter: name, known: method.parameterNames))
    }

    static func badParameter(_ name: String, expected: String, _ method: Method) -> ControlError {
        let message =
            expected == "of another type"
            ? "\"\(name)\" of \(method.rawValue) is of another type."
            : "\"\(name)\" of \(method.rawValue) is to be \(expected)."
        return ControlError(
            .parameters, message,
            Details(reason: "bad-parameter", parameter: name, known: method.parameterNames))
    }
}
