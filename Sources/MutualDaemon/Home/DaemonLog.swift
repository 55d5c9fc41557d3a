import Logging
import MutualCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The daemon's log: fixed phrases and numbers only, no names, ids, addresses or texts at any level.
struct DaemonLog: Sendable {
    private let logger: Logger
    private let sink: LogSink

    init(_ sink: LogSink, level: Logger.Level) {
        self.sink = sink
        var logger = Logger(label: "mutuald") { _ in LineHandler(sink: sink) }
        logger.logLevel = level
        self.logger = logger
    }

    /// A phrase that stands in the source, with a number that belongs to it.
    func note(_ phrase: StaticPhrase, _ number: UInt64? = nil, level: Logger.Level = .info) {
        logger.log(level: level, number.map { "\(phrase.text) \($0)" } ?? "\(phrase.text)")
    }

    /// Lets go of the home's file: nothing is written to it any more.
    func close() { sink.close() }

    /// The counters of the trace, as one line at level debug.
    func counters(_ counters: Counters) {
        logger.debug("\(counters.line)")
    }
}

/// Numbers of what was done since the start; only ever written to the log.
struct Counters: Sendable, Equatable {
    var turns: UInt64 = 0
    var commits: UInt64 = 0
    var dials: UInt64 = 0
    var accepted: UInt64 = 0
    var datagramsIn: UInt64 = 0
    var datagramsOut: UInt64 = 0
    var requests: UInt64 = 0
    var faults: UInt64 = 0

    var line: String {
        "counters turns=\(turns) commits=\(commits) dials=\(dials) accepted=\(accepted) datagrams-in=\(datagramsIn) "
            + "datagrams-out=\(datagramsOut) requests=\(requests) faults=\(faults)"
    }
}

/// Where lines go: stderr, or a file with one older one beside it.
final class LogSink: Sendable {
    private struct State {
        var descriptor: CInt
        var size: Int
    }

    /// Most bytes of the file before it becomes the older one.
    static let fileLimit = 1 << 20

    private let path: String?
    private let state: Mutex<State>

    /// To stderr.
    init() {
        path = nil
        state = Mutex(State(descriptor: STDERR_FILENO, size: 0))
    }

    /// To a file, made for its owner only.
    init(path: String) throws(DaemonError) {
        self.path = path
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw HomeLocation.cannot("write", path, errno) }
        let size = lseek(file, 0, SEEK_END)
        state = Mutex(State(descriptor: file, size: max(0, Int(size))))
    }

    func write(_ line: String) {
        let bytes = Array(line.utf8)
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            if let path, state.size + bytes.count > Self.fileLimit { Self.turnOver(path, &state) }
            guard state.descriptor >= 0 else { return }
            var done = 0
            bytes.withUnsafeBytes { buffer in
                while done < buffer.count {
                    let count = Self.put(state.descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                    if count <= 0 { break }
                    done += count
                }
            }
            state.size += done
        }
    }

    /// Lets go of the file, if there is one.
    func close() {
        guard path != nil else { return }
        state.withLock { state in
            if state.descriptor >= 0 { _ = systemClose(state.descriptor) }
            state.descriptor = -1
        }
    }

    private static func put(_ file: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        guard let bytes else { return 0 }
        #if canImport(Glibc)
            return Glibc.write(file, bytes, count)
        #else
            return Darwin.write(file, bytes, count)
        #endif
    }

    private static func turnOver(_ path: String, _ state: inout State) {
        _ = systemClose(state.descriptor)
        _ = rename(path, path + ".1")
        state.descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        state.size = 0
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        if path != nil, descriptor >= 0 { _ = systemClose(descriptor) }
    }
}

/// One line a message: time in UTC, level, phrase.
private struct LineHandler: LogHandler {
    let sink: LogSink
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]

    init(sink: LogSink) { self.sink = sink }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        sink.write("\(Self.time()) \(event.level.rawValue) \(event.message)\n")
    }

    /// Now in UTC, to the millisecond: lines of two daemons of one machine can be put in order.
    private static func time() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let thousandth = String(1_000 + Int(now.tv_nsec) / 1_000_000).dropFirst()
        return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) + ".\(thousandth)Z"
    }
}
