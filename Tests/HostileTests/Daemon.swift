import Foundation
import MutualWire
import Testing

/// A client of the control socket, of plain system calls. Used by one thread.
final class Control {
    private let descriptor: CInt
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(100))) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Trouble("no daemon at \(path)") }
    }

    deinit { close(descriptor) }

    /// The next message, or nil when none comes in time.
    func message(seconds: Double) throws -> [String: Any]? {
        let end = Monotonic.now + seconds
        while true {
            if let newline = buffer.firstIndex(of: 10) {
                let line = Data(buffer[..<newline])
                buffer.removeFirst(newline + 1)
                return try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
            }
            var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&one, 1, CInt(max(0, (end - Monotonic.now) * 1000))) > 0 else { return nil }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { throw Trouble("the daemon ended") }
            buffer += chunk[..<count]
        }
    }

    /// One call and its answer, refused or not.
    func answer(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        let request: [String: Any] = ["jsonrpc": "2.0", "id": 1, "method": method, "params": parameters]
        var line = Array(try JSONSerialization.data(withJSONObject: request))
        line.append(10)
        guard send(descriptor, line, line.count, CInt(MSG_NOSIGNAL)) == line.count else {
            throw Trouble("the daemon ended")
        }
        guard let answer = try message(seconds: 20) else { throw Trouble("\(method) was not answered") }
        return answer
    }

    /// One call that has to succeed.
    @discardableResult
    func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        let answer = try answer(method, parameters)
        guard let result = answer["result"] as? [String: Any] else { throw Trouble("\(method): \(answer)") }
        return result
    }
}

/// A real daemon with a home in a namespace of the lab.
final class Daemon {
    let lab: Lab
    let letter: String
    let home: String
    private(set) var pid: pid_t = 0
    private var isRunning = false
    /// One client that stays.
    private(set) var control: Control

    /// Makes a home and starts a daemon on it, with no more descriptors than most systems give.
    init(_ lab: Lab, _ letter: String, name: String) throws {
        self.lab = lab
        self.letter = letter
        home = "\(lab.folder)/\(letter)"
        try Command.must(Needs.daemon ?? "", "init", "--home", home, "--name", name)
        (pid, control) = try Self.start(lab, letter, home)
        isRunning = true
    }

    var socketPath: String { home + "/control.sock" }
    var log: String { (try? String(contentsOfFile: home + ".log", encoding: .utf8)) ?? "" }

    private static func start(_ lab: Lab, _ letter: String, _ home: String) throws -> (pid_t, Control) {
        let line = "ulimit -n 1024; exec \"$0\" run --home \"$1\""
        let pid = try Command.start(
            ["ip", "netns", "exec", lab.name + letter, "sh", "-c", line, Needs.daemon ?? "", home],
            complaints: home + ".log")
        let end = Monotonic.now + 20
        while Monotonic.now < end {
            if let control = try? Control(home + "/control.sock") {
                if try control.call("status")["port"] as? Int == 7747 { return (pid, control) }
            }
            usleep(20_000)
        }
        throw Trouble("the daemon of \(home) does not answer")
    }

    func end(_ signal: Int32) {
        guard isRunning else { return }
        isRunning = false
        kill(pid, signal)
        Command.wait(pid)
    }

    func startAgain() throws {
        (pid, control) = try Self.start(lab, letter, home)
        isRunning = true
    }

    deinit { end(SIGKILL) }

    /// Whether the process that was started is the one that still runs.
    var lives: Bool { isRunning && waitpid(pid, nil, WNOHANG) == 0 }

    func id() throws -> String { try control.call("identity.get")["id"] as? String ?? "" }
    func publicKey() throws -> [UInt8] { try IdentityText.decode(try id(), own: nil) }

    func add(_ id: String, _ name: String) throws { try control.call("people.add", ["id": id, "name": name]) }

    func isMutual(with name: String) throws -> Bool {
        try people().contains { $0["name"] as? String == name && $0["standing"] as? String == "mutual" }
    }

    func people() throws -> [[String: Any]] { try control.call("people.list")["people"] as? [[String: Any]] ?? [] }

    /// What came from somebody and is shown, oldest first or not: order is not looked at.
    func inbox(with name: String? = nil) throws -> [[String: Any]] {
        var all: [[String: Any]] = []
        var before: Any?
        while true {
            var parameters: [String: Any] = ["limit": 200]
            parameters["with"] = name
            parameters["before"] = before
            let page = try control.call("inbox.list", parameters)
            all += page["items"] as? [[String: Any]] ?? []
            guard let next = page["next"], !(next is NSNull) else { return all }
            before = next
        }
    }

    func texts(with name: String) throws -> [String] {
        try inbox(with: name).compactMap { $0["text"] as? String }
    }

    /// How many lines of the daemon's log have these words.
    func logged(_ words: String) -> Int {
        log.split(separator: "\n").filter { $0.contains(words) }.count
    }

    /// Resident memory in bytes, all and anonymous.
    var residentBytes: (all: Int, anonymous: Int) {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        func field(_ name: String) -> Int {
            guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }) else { return 0 }
            return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
        }
        return (field("VmRSS"), field("RssAnon"))
    }
}
