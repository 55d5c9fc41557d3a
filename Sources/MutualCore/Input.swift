public import MutualWire

/// A connection's number: never used twice in a process. The Node numbers its dials, the shell what it accepts.
public struct ConnectionID: Hashable, Comparable, Sendable {
    /// The number; accepted connections have the top bit set.
    public let number: UInt64
    /// A connection's number.
    public init(_ number: UInt64) { self.number = number }
    /// Order of numbers.
    public static func < (a: ConnectionID, b: ConnectionID) -> Bool { a.number < b.number }
}

/// A control request's number, given by the shell; answered at most once.
public struct RequestID: Hashable, Comparable, Sendable {
    /// The number.
    public let number: UInt64
    /// A request's number.
    public init(_ number: UInt64) { self.number = number }
    /// Order of numbers.
    public static func < (a: RequestID, b: RequestID) -> Bool { a.number < b.number }
}

/// One network interface that is up.
public struct Interface: Hashable, Sendable {
    /// The kernel's index, above 0.
    public var index: UInt32
    /// The kernel's name, for people.
    public var name: String
    /// Whether it is the loopback interface.
    public var isLoopback: Bool
    /// Its addresses with their prefix lengths in the kernel's order.
    public var addresses: [Prefix]

    /// An interface from its parts.
    public init(index: UInt32, name: String, isLoopback: Bool, addresses: [Prefix]) {
        self.index = index
        self.name = name
        self.isLoopback = isLoopback
        self.addresses = addresses
    }
}

/// Which of the two internet protocols.
public enum AddressFamily: UInt8, Hashable, Comparable, Sendable, CaseIterable {
    case v4 = 4
    case v6 = 6
    /// IPv4 comes first.
    public static func < (a: AddressFamily, b: AddressFamily) -> Bool { a.rawValue < b.rawValue }
}

/// A listening TCP port.
public enum Listener: Hashable, Sendable, CaseIterable {
    /// The port of sessions: 7747, or a free one.
    case sessions
    /// The port that exists only while a pairing window of the offerer is open.
    case pairing
}

/// A fact that the shell tells the Node.
public enum Input: Sendable {
    /// A datagram of UDP port 7747; `source` has the interface it came in by.
    case datagramReceived([UInt8], source: Endpoint)
    /// Somebody connected to one of our ports.
    case connectionAccepted(ConnectionID, listener: Listener, remote: Endpoint, local: Endpoint)
    /// Our dial got through; `local` is our end.
    case connectionOpened(ConnectionID, local: Endpoint)
    /// Our dial came to nothing.
    case dialFailed(ConnectionID)
    /// Bytes of a connection, in order.
    case bytesReceived(ConnectionID, [UInt8])
    /// So many bytes of ours left the shell's queue for this connection.
    case bytesWritten(ConnectionID, Int)
    /// The other side will send no more; our own direction may still be open.
    case inputEnded(ConnectionID)
    /// The connection is gone, whoever closed it (also after our own `close` or `reset`).
    case connectionClosed(ConnectionID)
    /// All interfaces that are up now (allowed ones only).
    case interfacesChanged([Interface])
    /// Where a listener stands now; nil: it could not be opened or is closed.
    case listening(Listener, port: UInt16?)
    /// A control request.
    case requestReceived(RequestID, Request)
    /// The deadline of the last turn has come.
    case deadlineReached
}
