import Foundation
import MutualControl
import MutualDaemon
import Testing

/// A home in a folder of its own, used on the loopback interface and any free port, gone with this object.
final class TestHome: Sendable {
    let location: HomeLocation

    init(name: String? = "Alder", settings: String? = nil) throws {
        // Short, so that the socket's path fits.
        let path = "/tmp/mt-\(UInt32.random(in: 0 ... .max))"
        location = try HomeLocation(path)
        if let name { _ = try HomeMaker.make(location, name: name, environment: { Self.variable($0) }) }
        if let settings { try settings.write(toFile: path + "/mutual.toml", atomically: true, encoding: .utf8) }
    }

    static func variable(_ name: String) -> String? {
        switch name {
        case "MUTUAL_INTERFACES": "lo,lo0"
        case "MUTUAL_LOG_LEVEL": "critical"
        default: nil
        }
    }

    var options: DaemonOptions {
        var options = DaemonOptions(home: location)
        options.port = 0
        options.environment = { Self.variable($0) }
        return options
    }

    func start() throws -> Daemon { try Daemon.start(options) }

    func client() throws -> RawClient { try RawClient(path: location.socket) }

    deinit { try? FileManager.default.removeItem(atPath: location.path) }
}

/// Starts a daemon on a new home, hands a client to the body, stops it.
func withDaemon(_ body: (TestHome, RawClient) throws -> Void) throws {
    let home = try TestHome()
    let daemon = try home.start()
    defer {
        daemon.stop()
        daemon.wait()
    }
    let client = try home.client()
    try body(home, client)
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

/// A client of plain system calls, so that the tests do not lean on the code that they test.
final class RawClient {
    enum Fault: Error {
        case noSocket
        case time
        case ended
        case noJSON(String)
    }

    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var isOpen = true

    init(path: String) throws {
        #if os(Linux)
            descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100))) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Fault.noSocket }
        signal(SIGPIPE, SIG_IGN)
    }

    /// Writes all, waiting at most so long; false when the daemon takes no more.
    @discardableResult
    func write(_ bytes: [UInt8], waitMs: Int32 = 5_000) -> Bool {
        var done = 0
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        while done < bytes.count {
            var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&one, 1, waitMs) > 0 else { return false }
            let count = bytes[done...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EAGAIN { continue }
                return false
            }
            done += count
        }
        return true
    }

    func send(line: String) { write(Array((line + "\n").utf8)) }

    /// The next line; throws when the daemon ended or the time is up.
    func line(waitMs: Int32 = 5_000) throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&one, 1, waitMs) > 0 else { throw Fault.time }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EAGAIN { continue }
            guard count > 0 else { throw Fault.ended }
            buffer += chunk[..<count]
        }
    }

    func document() throws -> JSONValue {
        let line = try line()
        guard let tree = try? JSONValue(parsing: Array(line.utf8)) else { throw Fault.noJSON(line) }
        return tree
    }

    /// One call, its answer as a tree.
    func call(_ method: String, _ parameters: String = "{}", id: Int = 1) throws -> JSONValue {
        send(line: Self.request(method, parameters, id: id))
        return try document()
    }

    static func request(_ method: String, _ parameters: String = "{}", id: Int = 1) -> String {
        "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(parameters)}"
    }

    /// Ends the input of the daemon; what it says can still be read.
    func endInput() { shutdown(descriptor, CInt(SHUT_WR)) }

    func close() {
        guard isOpen else { return }
        isOpen = false
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }

    deinit { close() }
}
