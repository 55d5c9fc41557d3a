import Foundation
public import MutualControl
import Synchronization

/// A daemon of a test's own: a real Unix socket in a folder of its own, and a thread that does with each connection what
/// the test says.
public final class ScriptedDaemon: Sendable {
    /// No socket could be made.
    public struct NoSocket: Error {}

    /// The path of the socket.
    public let path: String
    /// The folder that it lies in, as a home.
    public let folder: String
    private let listener: CInt
    private let record = ScriptRecord()

    /// Listens; `serve` deals with one connection after another, each with its number from 0.
    public init(_ serve: @escaping @Sendable (ScriptedConnection, Int) -> Void) throws {
        // Short, so that the path fits a socket's address.
        folder = "/tmp/ms-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        path = folder + "/control.sock"
        listener = try Self.listen(at: path)
        // The thread holds what it writes to, and not this object, whose end is the thread's: only the thread closes
        // the listener, so that its number is never somebody else's while it is accepted on.
        let thread = Thread { [listener, record] in
            while true {
                let made = accept(listener, nil, nil)
                guard made >= 0 else { break }
                let connection = ScriptedConnection(made, record)
                serve(connection, record.began())
                connection.close()
            }
            close(listener)
        }
        thread.start()
    }

    /// All requests that came, in order.
    public var requests: [ControlRequest] { record.state.withLock { $0.requests } }

    /// How many connections were accepted.
    public var connectionCount: Int { record.state.withLock { $0.connections } }

    /// The socket goes away; what is served now goes on.
    public func stopListening() {
        unlink(path)
        stop()
    }

    /// Ends the thread's waiting, once: from then on the listener's number may be somebody else's.
    private func stop() {
        let isFirst = record.state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        if isFirst { shutdown(listener, CInt(SHUT_RDWR)) }
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A stream socket that listens at a path.
    public static func listen(at path: String, kind: CInt = streamKind) throws -> CInt {
        let made = socket(AF_UNIX, kind, 0)
        guard made >= 0 else { throw NoSocket() }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100))) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(made, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw NoSocket() }
        if kind == streamKind, Foundation.listen(made, 16) != 0 { throw NoSocket() }
        return made
    }

    #if os(Linux)
        /// The number of stream sockets.
        public static let streamKind = CInt(SOCK_STREAM.rawValue)
        /// The number of datagram sockets.
        public static let datagramKind = CInt(SOCK_DGRAM.rawValue)
    #else
        /// The number of stream sockets.
        public static let streamKind = SOCK_STREAM
        /// The number of datagram sockets.
        public static let datagramKind = SOCK_DGRAM
    #endif
}

/// What came so far.
final class ScriptRecord: Sendable {
    struct State {
        var requests: [ControlRequest] = []
        var connections = 0
        var isStopped = false
    }

    let state = Mutex(State())

    /// One more connection; its number.
    func began() -> Int {
        state.withLock { state in
            state.connections += 1
            return state.connections - 1
        }
    }
}

/// One client of a `ScriptedDaemon`.
public final class ScriptedConnection {
    private let descriptor: CInt
    private let record: ScriptRecord
    private var framer = LineFramer()
    private var lines: [[UInt8]] = []
    private var isOpen = true

    init(_ descriptor: CInt, _ record: ScriptRecord) {
        self.descriptor = descriptor
        self.record = record
        signal(SIGPIPE, SIG_IGN)
    }

    /// The next request; nil when the client is gone.
    public func request() -> ControlRequest? {
        while lines.isEmpty {
            var page = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &page, page.count, 0)
            guard count > 0 else { return nil }
            for case .line(let line) in framer.push(page.prefix(count)) { lines.append(line) }
        }
        guard let request = try? ControlRequest(line: lines.removeFirst()) else { return nil }
        record.state.withLock { $0.requests.append(request) }
        return request
    }

    /// Writes bytes as they are.
    public func write(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)
        while !rest.isEmpty {
            let count = send(descriptor, rest, rest.count, 0)
            guard count > 0 else { return }
            rest.removeFirst(count)
        }
    }

    /// Answers a request.
    public func answer(_ request: ControlRequest, _ result: some ControlResult) {
        write(ControlAnswer.success(request.id, result) + [0x0A])
    }

    /// Refuses a request.
    public func refuse(_ request: ControlRequest?, _ error: ControlError) {
        write(ControlAnswer.failure(request?.id, error) + [0x0A])
    }

    /// Tells an event.
    public func tell(_ event: EventNotice) { write(ControlAnswer.event(event) + [0x0A]) }

    /// Ends the connection.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }
}
