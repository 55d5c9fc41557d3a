public import MutualCrypto

/// What a Node holds in memory, in numbers: for the simulator's checkers. Nothing of it is sent or shown.
public struct Inspection: Sendable {
    /// One session with a person.
    public struct Session: Hashable, Sendable {
        /// Its connection.
        public var connection: ConnectionID
        /// Its place in this Node's order of handshakes.
        public var order: UInt64
        /// Whether the peer's Hello was read on it.
        public var isReady: Bool
        /// When its handshake was done, monotonic milliseconds.
        public var begunMs: Int64
        /// When something was last read on it, monotonic milliseconds.
        public var lastReadMs: Int64
        /// When the answer to a Ping that asks whether it lives is due, monotonic milliseconds; nil: none is awaited.
        public var answerDueMs: Int64?
        /// Bytes of ours that the shell has not reported as written.
        public var unsentBytes: Int
        /// Bytes of a cell that is not whole.
        public var inputBytes: Int
        /// Bytes of records that wait for a new day.
        public var waitingBytes: Int
        /// How many of them.
        public var waitingRecords: Int
    }

    /// One person, whatever they are to us.
    public struct Person: Sendable {
        /// Their key.
        public var key: PublicKey
        /// Their row.
        public var row: PersonRow
        /// What they are to us.
        public var standing: PersonRecord.Standing
        /// Sessions in the order of their handshakes.
        public var sessions: [Session]
        /// Dials of ours to them that are under way.
        public var dials: Int
        /// Flights of theirs that are held.
        public var held: Int
        /// Until when neither dials nor answers go to them `[session-22]`, monotonic milliseconds.
        public var pausedUntilMs: Int64
    }

    /// All people, in the order of their rows.
    public var people: [Person]
    /// Connections that have shown nothing yet.
    public var strangers: Int
    /// Connections in all, dials included.
    public var connections: Int
    /// Bytes read of connections that are no session yet.
    public var inputBytes: Int
}

extension Node {
    /// What is held at this moment.
    public func inspection() -> Inspection {
        var dials: [PersonRow: Int] = [:]
        var held: [PersonRow: Int] = [:]
        var strangers = 0
        var inputBytes = 0
        for link in links.values {
            inputBytes += link.input.count
            switch link.state {
            case .connecting(let person, _), .awaitingFlight2(let person, _, _): dials[person.row, default: 0] += 1
            case .held(let person, _, _, _): held[person.row, default: 0] += 1
            case .awaitingFlight1, .silent: strangers += 1
            case .session: break
            }
        }
        let all = people.map { person in
            Inspection.Person(
                key: person.record.key, row: person.row, standing: person.record.standing,
                sessions: person.sessions.map(Inspection.Session.init), dials: dials[person.row] ?? 0,
                held: held[person.row] ?? 0, pausedUntilMs: person.pausedUntilMs)
        }
        return Inspection(people: all, strangers: strangers, connections: links.count, inputBytes: inputBytes)
    }
}

extension Inspection.Session {
    init(_ session: Session) {
        self.init(
            connection: session.connection, order: session.order, isReady: session.isReady, begunMs: session.begunMs,
            lastReadMs: session.lastReadMs, answerDueMs: session.answerDueMs, unsentBytes: session.unsent,
            inputBytes: session.input.count,
            waitingBytes: session.incoming.waiting.reduce(0) { $0 + $1.size },
            waitingRecords: session.incoming.waiting.count)
    }
}
