import MutualCore

/// What waits for the next turn, in order, with the places where readers of the store stand in line.
struct InputQueue {
    /// Most inputs and bytes of one turn.
    static let mostInputs = 256
    static let mostBytes = 1 << 20
    /// Datagrams beyond this many waiting inputs are dropped: they may be lost anywhere.
    static let datagramLimit = 4_096

    private var inputs: [Input] = []
    private var pushed: UInt64 = 0
    private var taken: UInt64 = 0
    private var reads: [(after: UInt64, run: () -> Void)] = []

    var isEmpty: Bool { inputs.isEmpty }
    /// Inputs that are held, and with them their bytes: those that wait, and no other.
    var heldCount: Int { inputs.count }
    var hasWork: Bool { !isEmpty || !reads.isEmpty }

    mutating func push(_ input: Input) {
        if case .datagramReceived = input, inputs.count >= Self.datagramLimit { return }
        inputs.append(input)
        pushed += 1
    }

    /// Runs after the commit of everything that was pushed before.
    mutating func read(_ run: @escaping () -> Void) { reads.append((pushed, run)) }

    /// The inputs of one turn.
    mutating func takeTurn() -> [Input] {
        var bytes = 0
        var count = 0
        while count < inputs.count, count < Self.mostInputs, bytes < Self.mostBytes {
            bytes += inputs[count].byteCount
            count += 1
        }
        let turn = Array(inputs[..<count])
        taken += UInt64(count)
        // At once, also when more wait: in a flood the queue is never empty, and what was taken would be held with it.
        if count == inputs.count {
            inputs.removeAll(keepingCapacity: count <= Self.datagramLimit)
        } else {
            inputs.removeFirst(count)
        }
        return turn
    }

    /// The readers whose turn has come.
    mutating func takeReads() -> [() -> Void] {
        let count = reads.prefix { $0.after <= taken }.count
        let ready = reads.prefix(count).map(\.run)
        reads.removeFirst(count)
        return ready
    }

    /// Gives up all inputs that wait and gives them back; the readers stay.
    mutating func dropAll() -> [Input] {
        let rest = inputs
        taken = pushed
        inputs = []
        return rest
    }
}

extension Input {
    /// Whether somebody at a control socket waits for an answer.
    var isRequest: Bool {
        if case .requestReceived = self { return true }
        return false
    }

    /// Bytes from outside that it carries.
    var byteCount: Int {
        switch self {
        case .datagramReceived(let bytes, _), .bytesReceived(_, let bytes): bytes.count
        case .requestReceived(_, let request): request.byteCount
        default: 0
        }
    }
}

extension Request {
    fileprivate var byteCount: Int { key?.parameters.count ?? 256 }
}
