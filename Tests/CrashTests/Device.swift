import Foundation
import GRDB
import MutualControl
import Testing

/// A home with a daemon of its own: the real program, which is killed and started again.
final class Device {
    let name: String
    let home: String
    /// Words before the program: the namespace that it runs in.
    private let prefix: [String]
    private let settings: [String: String]
    private(set) var daemon: Spawned?
    private(set) var line: Line?

    init(name: String, home: String, prefix: [String] = [], settings: [String: String] = [:]) throws {
        self.name = name
        self.home = home
        self.prefix = prefix
        self.settings = settings
        try run("init", "--name", name)
    }

    private var program: String { "\(Spawned.programs ?? "")/mutuald" }
    private var errors: String { home + ".err" }

    /// Runs a subcommand of the daemon's program.
    private func run(_ arguments: String...) throws {
        let spawned = try Spawned(
            prefix + [program] + arguments + ["--home", home], environment: settings, errors: errors)
        try #require(try spawned.end() == 0, "\(spawned.errors)")
    }

    /// Starts the daemon and does not wait for anything.
    func begin() throws {
        daemon = try Spawned(prefix + [program, "--home", home], environment: settings, errors: errors)
    }

    /// Waits until it answers.
    func waitUntilReady() throws {
        try eventually("\(name) answers") {
            let daemon = try #require(daemon)
            try #require(daemon.isRunning, "\(name) ended: \(daemon.errors)")
            line = try? Line(path: home + "/control.sock")
            return (try? line?.call("status")["result"]) != nil
        }
    }

    func start() throws {
        try begin()
        try waitUntilReady()
    }

    /// Ends it with no chance to do anything more; an end of its own before that would be a crash.
    func killHard() throws {
        let daemon = try #require(daemon)
        try #require(daemon.isRunning, "\(name) ended by itself: \(daemon.errors)")
        daemon.signal(SIGKILL)
        try #require(try daemon.end() == 128 + SIGKILL)
        self.daemon = nil
    }

    /// What it still said before it ended can be read until then.
    func hangUp() { line = nil }

    func stop() throws {
        daemon?.signal(SIGTERM)
        try #require(try daemon?.end() == 0)
        daemon = nil
        line = nil
    }

    func call(_ method: String, _ parameters: String = "{}") throws -> JSONValue {
        let answer = try #require(line).call(method, parameters)
        return try #require(answer["result"], "\(method): \(answer)")
    }

    /// The text of the newest item that came.
    func newest() throws -> String? {
        try call("inbox.list", "{\"limit\":1}")["items"]?.elements?.first?["text"]?.text
    }

    /// All texts that came, in the order in which they stand.
    func received() throws -> [String] {
        try #require(line).pages("inbox.list", "items").compactMap { $0["text"]?.text }
    }

    /// States of all that was given.
    func states() throws -> Set<String> {
        Set(try #require(line).pages("history.list", "items", ",\"mine\":true").compactMap { $0["state"]?.text })
    }

    /// What SQLite says of a copy of the database as it lies there; the daemon must not run.
    func integrity() throws -> String {
        let copy = home + ".copy"
        let files = Fixture.read(home).filter { $0.key.hasPrefix("mutual.db") && !$0.key.hasSuffix("-shm") }
        try Fixture.write(files, to: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let queue = try DatabaseQueue(path: copy + "/mutual.db")
        return try queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } ?? "nothing"
    }

    /// Both list the other by id, and wait until they are mutuals.
    static func introduce(_ one: Device, _ other: Device) throws {
        let ids = try [one, other].map { try #require(try $0.call("identity.get")["id"]?.text) }
        _ = try one.call("people.add", "{\"id\":\"\(ids[1])\",\"name\":\"\(other.name)\"}")
        _ = try other.call("people.add", "{\"id\":\"\(ids[0])\",\"name\":\"\(one.name)\"}")
        try eventually("\(one.name) and \(other.name) are mutuals") {
            try [one, other].allSatisfy {
                try $0.call("people.list")["people"]?.elements?.first?["standing"] == .string("mutual")
            }
        }
    }
}
