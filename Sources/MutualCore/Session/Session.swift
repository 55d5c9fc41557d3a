import MutualCrypto
import MutualWire

/// One session with a person, from the moment the handshake is done here `[session-15]`.
final class Session {
    let connection: ConnectionID
    unowned let person: Person
    let transport: Transport
    /// Whether we dialled it, and to where.
    let dialled: Bool
    let remote: Endpoint
    /// Its place in this Node's order of handshakes.
    let order: UInt64
    let begunMs: Int64
    /// The peer's Hello was read.
    var isReady = false
    /// Items, Voids and what a Hello says of logs are taken from it: not once a newer session has written its Hello.
    var takes = true
    /// Dead: closed here, the rest of its bytes is thrown away.
    var isClosed = false

    var input: [UInt8] = []
    var assembler = RecordAssembler()
    var outgoing: OutgoingLog
    var incoming: IncomingLog

    /// Bytes handed to the shell and not yet reported as written.
    var unsent = 0
    /// A Hello is to be written: at the beginning, and once more for a new log.
    var helloDue = true
    var ackDue = false
    var pongDue: UInt64?
    var pingDue = false
    /// Our Bye is out.
    var byeSent = false

    var lastReadMs: Int64
    /// The first record since something was read that the peer answers with a cell of its own.
    var unansweredSinceMs: Int64?
    var pingNumber: UInt64 = 0
    /// An answer is due by then (a ping that asks whether it lives), else it is closed.
    var answerDueMs: Int64?
    var pinged = false
    /// When its dialler dials anew.
    var renewMs: Int64?

    init(
        connection: ConnectionID, person: Person, transport: Transport, dialled: Bool, remote: Endpoint, order: UInt64,
        nowMs: Int64
    ) {
        self.connection = connection
        self.person = person
        self.transport = transport
        self.dialled = dialled
        self.remote = remote
        self.order = order
        begunMs = nowMs
        lastReadMs = nowMs
        outgoing = OutgoingLog(person: person.row)
        incoming = IncomingLog(person: person.row)
    }

    /// When something is due on it, monotonic milliseconds.
    var deadlineMs: Int64 {
        var due = pinged ? lastReadMs + Times.silenceCloses : lastReadMs + Times.silencePings
        if !isReady { due = min(due, begunMs + Times.readyWithin) }
        if let answerDueMs { due = min(due, answerDueMs) }
        if let renewMs { due = min(due, renewMs) }
        if let unansweredSinceMs, answerDueMs == nil { due = min(due, unansweredSinceMs + Times.writeUnanswered) }
        return due
    }
}

/// Milliseconds of the session's and discovery's clocks (Protocol/constants.md).
enum Times {
    static let readyWithin: Int64 = 3_000
    static let silencePings: Int64 = 20_000
    static let silenceCloses: Int64 = 30_000
    static let probeAnswer: Int64 = 2_000
    static let writeUnanswered: Int64 = 5_000
    static let quietBeforeProbe: Int64 = 3_000
    static let probeEvery: Int64 = 30_000
    static let renewal: Int64 = 3_600_000
    static let renewalSpread: Int64 = 300_000
    static let dial: Int64 = 3_000
    static let beaconDialEvery: Int64 = 2_000
    static let heldFor: Int64 = 1_000
    static let silentFor: Int64 = 10_000
    static let addressBackoffMax: Int64 = 60_000
    static let ephemeralsKept: Int64 = 150 * 60_000
    static let minute: Int64 = 60_000
    static let wakeJump: Int64 = 60_000
    /// How often what came since a jump of the wall clock is looked through while that has not stood for a day.
    static let lookSinceJump: Int64 = 60_000
    static let codeYes: Int64 = 86_400_000
    static let day: Int64 = 86_400_000
    static let parting: Int64 = 30 * 86_400_000
}
