import Foundation
import MutualControl

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}

private func systemClose(_ descriptor: CInt) { close(descriptor) }

/// Something that did not happen in its time.
struct Late: Error, CustomStringConvertible {
    let what: String
    var description: String { "not in time: \(what)" }
}

/// Looks again and again until it is so.
func eventually(_ what: String, atMostSeconds seconds: Double = 60, _ isSo: () throws -> Bool) throws {
    let end = Date(timeIntervalSinceNow: seconds)
    while !(try isSo()) {
        guard Date() < end else { throw Late(what: what) }
        usleep(4_000)
    }
}

/// A connection to a control socket by plain system calls, so that the tests do not lean on the code that they test.
final class Line {
    enum Fault: Error {
        case noSocket
        case time
        /// The daemon closed it, or is no more.
        case ended
        case noJSON(String)
    }

    private let descriptor: CInt
    private var buffer: [UInt8] = []

    init(path: String) throws {
        #if os(Linux)
            descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100))) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        signal(SIGPIPE, SIG_IGN)
        guard status == 0 else { throw Fault.noSocket }
    }

    /// Sends a request; false when nobody takes it any more.
    @discardableResult
    func send(_ method: String, _ parameters: String = "{}", id: Int = 1) -> Bool {
        let line = "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(method)\",\"params\":\(parameters)}\n"
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The next document.
    func document(waitMs: Int32 = 30_000) throws -> JSONValue {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                guard let tree = try? JSONValue(parsing: line) else {
                    throw Fault.noJSON(String(decoding: line, as: UTF8.self))
                }
                return tree
            }
            var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&one, 1, waitMs)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { throw Fault.time }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Fault.ended }
            buffer += chunk[..<count]
        }
    }

    /// One call, its answer as a tree.
    func call(_ method: String, _ parameters: String = "{}") throws -> JSONValue {
        guard send(method, parameters) else { throw Fault.ended }
        return try document()
    }

    /// All pages of a list, oldest entry first.
    func pages(_ method: String, _ field: String, _ parameters: String = "") throws -> [JSONValue] {
        var all: [JSONValue] = []
        var before = ""
        while true {
            let answer = try call(method, "{\"limit\":200\(parameters)\(before)}")
            guard let page = answer["result"]?[field]?.elements else { throw Fault.noJSON("\(answer)") }
            all = page + all
            guard let next = answer["result"]?["next"]?.text else { return all }
            before = ",\"before\":\"\(next)\""
        }
    }

    deinit { systemClose(descriptor) }
}
