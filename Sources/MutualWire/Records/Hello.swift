/// What opens a session, and a new log on it (Protocol/records.md).
public struct Hello: Hashable, Sendable {
    /// The highest version that the writer speaks, above 0.
    public var version: UInt32
    /// The log that its writer writes.
    public var log: LogID
    /// The next number that its writer will give, above 0.
    public var next: UInt64
    /// The lowest number whose id its writer still keeps, 1 ... `next`.
    public var first: UInt64
    /// The log of the reader's that its writer holds.
    public var peerLog: LogID?
    /// That log's highest number that its writer holds durably; 0: none.
    public var received: UInt64
    /// What its writer calls themself: at most 64 bytes, may be empty.
    public var name: String
    /// At most 32 of 32 bytes.
    public var abilities: [String]
    /// Where its writer listens: at most 8.
    public var addresses: [Endpoint]

    /// A Hello from its parts.
    public init(
        version: UInt32, log: LogID, next: UInt64, first: UInt64, peerLog: LogID?, received: UInt64, name: String,
        abilities: [String], addresses: [Endpoint]
    ) {
        self.version = version
        self.log = log
        self.next = next
        self.first = first
        self.peerLog = peerLog
        self.received = received
        self.name = name
        self.abilities = abilities
        self.addresses = addresses
    }
}
