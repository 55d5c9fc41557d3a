public import MutualControl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A blocking client of one daemon `[control-2]`. It is made for a program that does one thing at a time.
public final class Client {
    /// The socket of a home.
    public static let socketName = "control.sock"
    /// The most bytes that the path of a socket has.
    public static var pathLimit: Int { UnixSocket.pathLimit }
    /// How often, and how long, a broken connection is tried again, milliseconds.
    private static let retriesMs = [100, 400, 1_500]

    /// How long an answer may take, milliseconds: more than the slowest call, which makes a key of a passphrase or
    /// searches a long history on a slow machine.
    public static let patienceMs = 300_000

    /// The path of the socket.
    public let path: String
    private let patienceMs: Int
    private var socket: UnixSocket
    private var framer = LineFramer()
    private var received: [ControlMessage] = []
    private var events: [(notice: EventNotice, tree: JSONValue)] = []
    private var lastID: Int64 = 0
    /// Events are followed on this connection: another one would hear none.
    private var isFollowing = false
    /// What this client said of itself; a connection that is made anew begins with it.
    private var greeting: ControlCall?

    /// Connects to the daemon whose socket is at this path.
    /// - Parameter patienceMs: how long an answer may take.
    /// - Throws: `notRunning`, `pathTooLong`, `notOurs`, `noAccess`.
    public init(path: String, patienceMs: Int = Client.patienceMs) throws(ClientError) {
        self.path = path
        self.patienceMs = patienceMs
        socket = try UnixSocket(connecting: path)
    }

    // MARK: calls

    /// One call and its result.
    /// - Parameter key: with it a call whose connection breaks is made again: it is done once `[control-15]`.
    /// - Throws: `refused` with what the daemon says; `noAnswer`, `cutOff`, `outcomeUnknown`, and what `init` throws.
    public func call<Result: ControlResult>(
        _ call: ControlCall, key: String? = nil, as type: Result.Type = Result.self
    ) throws(ClientError) -> Result {
        guard let result = Result(try tree(call, key: key)) else { throw .notOurs }
        return result
    }

    /// One call and its result as it came. While events are followed nothing is made again: whoever follows has to
    /// subscribe anew.
    public func tree(_ call: ControlCall, key: String? = nil) throws(ClientError) -> JSONValue {
        let hasEffect = call.parts.method.hasEffect
        var wasSent = false
        for retryMs in Self.retriesMs.map(Optional.init) + [nil] {
            do {
                return try attempt(call, key: key, wasSent: &wasSent)
            } catch {
                guard error == .cutOff || wasSent else { throw error }
                if case .refused = error { throw error }
                // Whoever does not answer does not sooner when it is asked again.
                if error == .noAnswer { throw hasEffect ? .outcomeUnknown : error }
                let mayRepeat = !isFollowing && (!wasSent || !hasEffect || key != nil)
                guard mayRepeat, let retryMs else { throw wasSent && hasEffect ? .outcomeUnknown : error }
                usleep(UInt32(clamping: retryMs * 1_000))
                // Without a daemon this fails; the next attempt says so.
                if let fresh = try? UnixSocket(connecting: path) { adopt(fresh) }
            }
        }
        throw wasSent && hasEffect ? .outcomeUnknown : .cutOff
    }

    private func adopt(_ fresh: UnixSocket) {
        socket = fresh
        framer = LineFramer()
        received = []
        events = []
        // It fails where the next attempt will.
        if let greeting {
            var wasSent = false
            _ = try? attempt(greeting, key: nil, wasSent: &wasSent)
        }
    }

    private func attempt(_ call: ControlCall, key: String?, wasSent: inout Bool) throws(ClientError) -> JSONValue {
        lastID += 1
        let id = CallID.number(lastID)
        guard socket.write(ControlRequest(id: id, call, key: key).line() + [0x0A]) else { throw .cutOff }
        wasSent = true
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .milliseconds(patienceMs))
        while true {
            switch try message(before: end, clock) {
            case .success(let answered, let result) where answered == id:
                switch call {
                case .hello: greeting = call
                case .eventsSubscribe: isFollowing = true
                default: break
                }
                return result
            case .failure(let answered, let error) where answered == id || answered == nil: throw .refused(error)
            case .event(let notice, let tree): events.append((notice, tree))
            case .success, .failure: continue
            }
        }
    }

    private func message(before end: ContinuousClock.Instant, _ clock: ContinuousClock) throws(ClientError)
        -> ControlMessage
    {
        while received.isEmpty {
            let left = clock.now.duration(to: end).components
            let leftMs = Int(left.seconds) * 1_000 + Int(left.attoseconds / 1_000_000_000_000_000)
            guard leftMs > 0 else { throw .noAnswer }
            // A signal may end the wait early, as may a descriptor that is closed: the next look tells.
            if socket.wait(atMost: leftMs) == .socket { try receive() }
        }
        return received.removeFirst()
    }

    private func receive() throws(ClientError) {
        let bytes = socket.read()
        guard !bytes.isEmpty else { throw .cutOff }
        for frame in framer.push(bytes) {
            guard case .line(let line) = frame, let message = ControlMessage(line: line) else { throw .notOurs }
            received.append(message)
        }
    }

    // MARK: events

    /// What a client that follows hears.
    public enum Heard {
        /// An event, and its parameters as they came.
        case event(EventNotice, JSONValue)
        /// Another descriptor can be read.
        case other
        /// Nothing in this time.
        case nothing
    }

    /// Waits for the next event after `events.subscribe`, or until another descriptor can be read, or so long.
    /// - Throws: `cutOff` when the daemon is gone.
    public func follow(or other: CInt? = nil, atMost milliseconds: Int? = nil) throws(ClientError) -> Heard {
        try follow(orAny: other.map { [$0] } ?? [], atMost: milliseconds)
    }

    /// Waits for the next event after `events.subscribe`, or until one of other descriptors can be read, or so long.
    /// - Throws: `cutOff` when the daemon is gone.
    public func follow(orAny others: [CInt], atMost milliseconds: Int? = nil) throws(ClientError) -> Heard {
        while true {
            if !events.isEmpty {
                let first = events.removeFirst()
                switch first.notice.knownKind {
                case .ended, .lagged: isFollowing = false
                default: break
                }
                return .event(first.notice, first.tree)
            }
            if !received.isEmpty {
                if case .event(let notice, let tree) = received.removeFirst() { events.append((notice, tree)) }
                continue
            }
            switch socket.wait(orAny: others, atMost: milliseconds) {
            case .socket: try receive()
            case .other: return .other
            case .neither: return .nothing
            }
        }
    }

    /// Waits until the daemon has closed this connection, at most so long.
    public func waitForEnd(atMost milliseconds: Int) -> Bool {
        while socket.wait(atMost: milliseconds) == .socket {
            if socket.read().isEmpty { return true }
        }
        return false
    }
}
