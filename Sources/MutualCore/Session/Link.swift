import MutualCrypto
import MutualWire

/// One TCP connection of the session port or of our dials.
final class Link {
    enum State {
        /// Our dial; `renewal`: while a session serves.
        case connecting(Person, renewal: Bool)
        /// Our flight 1 is out.
        case awaitingFlight2(Person, DiallerHandshake, renewal: Bool)
        /// Theirs: 64 bytes are read.
        case awaitingFlight1
        /// Theirs, answered by nobody yet: our own dial comes first `[session-14]`.
        case held(Person, Transport, flight2: [UInt8], untilMs: Int64)
        /// Nothing is said any more; what comes is thrown away.
        case silent
        case session(Session)
    }

    let id: ConnectionID
    let remote: Endpoint
    var local: Endpoint
    let startedMs: Int64
    var state: State
    var input: [UInt8] = []

    init(id: ConnectionID, remote: Endpoint, local: Endpoint, startedMs: Int64, state: State) {
        self.id = id
        self.remote = remote
        self.local = local
        self.startedMs = startedMs
        self.state = state
    }

    /// Whether it counts among those who have not shown that they know anybody here.
    var isStranger: Bool {
        switch state {
        case .awaitingFlight1, .silent: true
        case .connecting, .awaitingFlight2, .held, .session: false
        }
    }

    var deadlineMs: Int64 {
        switch state {
        case .connecting, .awaitingFlight2: startedMs + Times.dial
        case .awaitingFlight1, .silent: startedMs + Times.silentFor
        case .held(_, _, _, let untilMs): untilMs
        case .session(let session): session.deadlineMs
        }
    }
}
