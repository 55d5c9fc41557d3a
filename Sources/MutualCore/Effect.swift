public import MutualWire

/// An order of the Node to the shell; carried out only after the turn's commit.
public enum Effect: Sendable {
    /// Open a listener (answered by `listening`). For `.sessions` the port wanted is 7747, else a free one.
    case listen(Listener)
    /// Close a listener.
    case unlisten(Listener)
    /// Open or close the sockets that datagrams come in by and go out from; open at first unless the Node is paused.
    case hear(Bool)
    /// Send a datagram to the group of this family on this interface; with `widely` also to its IPv4 broadcast address.
    case broadcast([UInt8], interface: UInt32, family: AddressFamily, widely: Bool)
    /// Connect (answered by `connectionOpened` or `dialFailed`).
    case dial(ConnectionID, Endpoint)
    /// Write bytes in order (answered by `bytesWritten`).
    case write(ConnectionID, [UInt8])
    /// Close after what was written left: a plain FIN.
    case close(ConnectionID)
    /// Close at once with a reset.
    case reset(ConnectionID)
    /// Answer a control request.
    case answer(RequestID, Result<Reply, Refusal>)
    /// Tell subscribers of new events (already committed, in order).
    case publish([Event])
    /// A line for the log: a fixed phrase and numbers only, never names, ids, addresses or texts.
    case log(LogLine)
}

/// What the Node may say in the log: kinds and numbers, no data of people.
public struct LogLine: Hashable, Sendable {
    /// What happened, a fixed phrase.
    public var phrase: StaticPhrase
    /// A number that belongs to it, e.g. of a connection.
    public var number: UInt64?

    /// A line.
    public init(_ phrase: StaticPhrase, _ number: UInt64? = nil) {
        self.phrase = phrase
        self.number = number
    }
}

/// A text that stands in the source code, so that no received text can reach the log.
public struct StaticPhrase: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The text.
    public let text: String
    /// From a literal only.
    public init(stringLiteral value: StaticString) { text = value.description }
}

/// What a turn gives back.
public struct Outcome: Sendable {
    /// Orders, in order.
    public var effects: [Effect]
    /// When the next turn is due at the latest, as monotonic milliseconds.
    public var nextDeadlineMs: Int64
}
