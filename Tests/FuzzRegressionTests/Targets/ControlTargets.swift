@testable import MutualControl

func fuzzJSON(_ input: [UInt8]) throws {
    guard let value = try? JSONValue(parsing: input) else { return }
    let bytes = value.bytes()
    try hold((try? JSONValue(parsing: bytes)) == value, "a document is the same when it is read again")
    try hold(!bytes.contains(10), "a document is one line")
    try hold(depth(value) <= JSONValue.nestingLimit, "nothing is nested deeper than the limit")
    let sorted = value.bytes(sortingNames: true)
    let again = try? JSONValue(parsing: sorted)
    try hold(again?.bytes(sortingNames: true) == sorted, "the canonical form stays as it is")
    try hold(sorted.count == bytes.count, "and has the same content")
    // What Codable makes of a tree is a document again.
    let coded = ControlCoding.encode(value)
    try hold((try? JSONValue(parsing: coded)) != nil, "what is encoded can be read")
}

private func depth(_ value: JSONValue) -> Int {
    switch value {
    case .array(let elements): 1 + (elements.map(depth).max() ?? 0)
    case .object(let members): 1 + (members.map { depth($0.value) }.max() ?? 0)
    case .null, .bool, .integer, .number, .string: 0
    }
}

/// The first byte is 0: the rest is what a client sends. Else it names a method, and the rest is its parameters.
func fuzzControl(_ input: [UInt8]) throws {
    guard let first = input.first else { return }
    let rest = Array(input.dropFirst())
    guard first == 0 else {
        let method = Method.allCases[Int(first) % Method.allCases.count]
        guard let parameters = try? JSONValue(parsing: rest) else { return }
        guard let request = try? ControlRequest(id: .number(1), method, parameters: parameters) else { return }
        return try check(request)
    }
    try checkFraming(rest)
    var framer = LineFramer()
    for frame in framer.push(rest) + [framer.finish()].compactMap({ $0 }) {
        guard case .line(let line) = frame else { continue }
        checkClient(line)
        let request: ControlRequest
        do throws(RejectedRequest) {
            request = try ControlRequest(line: line)
        } catch {
            let answer = ControlAnswer.failure(error.id, error.error)
            try hold(!answer.contains(10), "an answer is one line")
            try hold(ControlMessage(line: answer) == .failure(error.id, error.error), "a client reads the error")
            continue
        }
        try check(request)
    }
}

/// A request that was read: written and read again, it asks the same.
private func check(_ request: ControlRequest) throws {
    let line = request.line()
    try hold(!line.contains(10), "a request is one line")
    let again = try? ControlRequest(line: line)
    try hold(again == request, "a request is the same when it is read again")
    try hold(again?.canonicalParameters() == request.canonicalParameters(), "and its key stands for the same")
    try hold(request.key == nil || request.method.takesKey, "a key stands where one may stand")
    try hold(request.key.map { $0.utf8.count <= 256 } ?? true, "a key has its limit")
}

/// However bytes are cut on their way, the lines are the same.
private func checkFraming(_ bytes: [UInt8]) throws {
    for limit in [LineFramer.limit, 16] {
        var whole = LineFramer(limit: limit)
        var frames = whole.push(bytes)
        let isOversize = frames.contains(.oversize)
        frames += [whole.finish()].compactMap { $0 }
        var single = LineFramer(limit: limit)
        var found: [LineFramer.Frame] = []
        for byte in bytes { found += single.push([byte]) }
        found += [single.finish()].compactMap { $0 }
        try hold(found == frames, "lines do not depend on how bytes arrive (limit \(limit))")
        for case .line(let line) in frames {
            try hold(1...limit ~= line.count && !line.contains(10), "a line has its limit")
        }
        try hold(!isOversize || bytes.count > limit, "a short input has no long line")
    }
}

/// What a client makes of a line of the daemon's: something or nothing, never a trap.
private func checkClient(_ line: [UInt8]) {
    guard case .success(_, let tree) = ControlMessage(line: line) else { return }
    let types: [any ControlResult.Type] = [
        DoneResult.self, HelloResult.self, StatusResult.self, DoctorResult.self, IdentityResult.self,
        PeopleResult.self, PersonResult.self, PairingResult.self, PairingsResult.self, GivenResult.self,
        ItemResult.self, ItemsResult.self, SubscribedResult.self,
    ]
    for type in types { _ = type.init(tree)?.bytes() }
}
