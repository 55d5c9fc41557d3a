import Foundation
import Testing

/// A namespace that stands for a device: commands run in it.
final class Host {
    let lab: Lab
    let letter: String
    var namespace: String { lab.name + letter }

    init(lab: Lab, letter: String) {
        self.lab = lab
        self.letter = letter
    }

    /// Starts a program inside.
    func begin(_ words: [String]) throws -> Running {
        try Running(["ip", "netns", "exec", namespace] + words, folder: lab.folder)
    }

    /// Runs a line of the shell inside; it has to succeed.
    func shell(_ line: String) async throws { try await lab.shell(namespace, line) }

    /// Gives `eth0` this IPv4 address and no other.
    func setAddress(_ address: String) async throws {
        try await lab.must("ip", "-n", namespace, "-4", "address", "flush", "dev", "eth0")
        try await lab.must("ip", "-n", namespace, "address", "add", "\(address)/24", "brd", "+", "dev", "eth0")
    }

    /// Pulls the plug out, or puts it in again: the far end of the link goes down or up.
    func setPlugged(_ isPlugged: Bool) async throws {
        try await lab.must("ip", "-n", lab.hub, "link", "set", "v\(letter)", isPlugged ? "up" : "down")
    }

    /// A person with a home here and a daemon that runs.
    func person(_ name: String, home: String? = nil) async throws -> Person {
        let person = Person(host: self, name: name, home: "\(lab.folder)/\(home ?? letter)")
        let made = try await person.mutual("init", "--name", name)
        try #require(made.code == 0, "\(made.errors)")
        try await person.start()
        return person
    }
}

/// Somebody with a home, by what they type.
final class Person {
    let host: Host
    let name: String
    let home: String

    init(host: Host, name: String, home: String) {
        self.host = host
        self.name = name
        self.home = home
    }

    struct Identity: Decodable {
        var id: String
        var words: [String]
    }

    struct Entry: Decodable {
        var id: String
        var name: String
        var standing: String
    }

    struct Item: Decodable {
        var id: String
        var handle: String
        var kind: String?
        var text: String?
        var state: String?
        var feelings: [String]?
    }

    struct Check: Decodable, Sendable {
        var check: String
        var result: String
        var interface: String?
        var family: String?
        var message: String
        var advice: String?
    }

    private struct People: Decodable { var people: [Entry] }
    private struct Items: Decodable { var items: [Item] }
    private struct Status: Decodable { var pid: Int32 }
    private struct Findings: Decodable { var checks: [Check] }

    private func words(_ program: String, _ arguments: [String]) -> [String] {
        ["\(Needs.programs ?? "")/\(program)"] + arguments + ["--home", home]
    }

    /// Starts a verb and does not wait for it.
    func begin(_ arguments: String...) throws -> Running { try host.begin(words("mutual", arguments)) }

    /// Runs a verb.
    func mutual(_ arguments: String...) async throws -> Outcome {
        try await host.begin(words("mutual", arguments)).outcome()
    }

    /// Runs a subcommand of the daemon's program.
    func mutuald(_ arguments: String...) async throws -> Outcome {
        try await host.begin(words("mutuald", arguments)).outcome()
    }

    private func read<T: Decodable>(_ type: T.Type, _ arguments: [String]) async throws -> T {
        let outcome = try await host.begin(words("mutual", arguments + ["--json"])).outcome()
        try #require(outcome.code == 0, "\(arguments): \(outcome.errors)")
        return try JSONDecoder().decode(type, from: Data(outcome.output.utf8))
    }

    func start() async throws {
        let outcome = try await mutual("start")
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    /// Starts the daemon whose clocks a file moves.
    func startStory(clock path: String) async throws {
        let running = try host.begin(words("mutuald-story", ["--clock", path, "--detached"]))
        try await eventually("the daemon answers") {
            try #require(running.isRunning, "\(running.errors)")
            return try await mutual("status").code == 0
        }
    }

    func stop() async throws {
        let outcome = try await mutual("stop")
        try #require(outcome.code == 0, "\(outcome.errors)")
    }

    /// Ends the daemon with no chance to do anything more.
    func killHard() async throws {
        let pid = try await read(Status.self, ["status"]).pid
        try #require(pid > 1)
        kill(pid, SIGKILL)
        try await eventually("daemon \(pid) is gone") {
            guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
            return stat.contains(") Z ")
        }
    }

    func whoAmI() async throws -> Identity { try await read(Identity.self, ["whoami"]) }
    func people() async throws -> [Entry] { try await read(People.self, ["people"]).people }
    func inbox() async throws -> [Item] { try await read(Items.self, ["inbox"]).items }
    func history(with name: String) async throws -> [Item] { try await read(Items.self, ["history", name]).items }

    /// Writes a note; gives its id.
    func note(_ name: String, _ text: String) async throws -> Item {
        let items = try await read(Items.self, ["note", name, text]).items
        return try #require(items.first)
    }

    func isMutual(with name: String) async throws -> Bool {
        try await people().contains { $0.name == name && $0.standing == "mutual" }
    }

    /// The texts that came, in order.
    func received() async throws -> [String] { try await inbox().map { $0.text ?? "" } }

    /// The lines of the daemon's log, without their times.
    func log() -> [String] { trace().map(\.line) }

    /// The lines of the daemon's log with their times, which all daemons of one machine share.
    func trace() -> [(at: Date, line: String)] {
        let text = (try? String(contentsOfFile: home + "/mutuald.log", encoding: .utf8)) ?? ""
        let times = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let first = words.first, let at = try? times.parse(String(first)) else { return nil }
            return (at, words.dropFirst(2).joined(separator: " "))
        }
    }

    /// How often the daemon dialled since it began.
    func dials() -> Int { log().filter { $0.hasPrefix("dial ") }.count }

    /// What the doctor finds, with the program that a person types, or with the daemon's own.
    func doctor(byDaemonProgram: Bool = false) async throws -> (code: Int32, checks: [Check]) {
        let outcome =
            byDaemonProgram ? try await mutuald("doctor", "--json") : try await mutual("doctor", "--json")
        let found = try JSONDecoder().decode(Findings.self, from: Data(outcome.output.utf8))
        return (outcome.code, found.checks)
    }

    /// Both list the other by id, and wait until they are mutuals.
    static func list(_ one: Person, _ other: Person) async throws {
        let ids = [try await one.whoAmI().id, try await other.whoAmI().id]
        for (person, id, name) in [(one, ids[1], other.name), (other, ids[0], one.name)] {
            let added = try await person.mutual("add", id, name)
            try #require(added.code == 0, "\(added.errors)")
        }
        try await eventually("\(one.name) and \(other.name) are mutuals") {
            guard try await one.isMutual(with: other.name) else { return false }
            return try await other.isMutual(with: one.name)
        }
    }

    private struct Offer: Decodable { var code: String? }

    /// They pair by a code; gives it.
    @discardableResult static func pair(_ one: Person, _ other: Person) async throws -> String {
        let offering = try one.begin("pair", "--yes", "--json")
        var code: String?
        try await eventually("a code is offered") {
            let line = offering.output.split(separator: "\n").first ?? ""
            code = try? JSONDecoder().decode(Offer.self, from: Data(line.utf8)).code
            return code != nil || !offering.isRunning
        }
        let spoken = try #require(code, "\(offering.errors)")
        let joined = try await other.mutual("pair", spoken, "--yes")
        try #require(joined.code == 0, "\(joined.output)\(joined.errors)")
        let offered = try await offering.outcome()
        try #require(offered.code == 0, "\(offered.output)\(offered.errors)")
        // Whose yes came first is still told that it waits.
        try await eventually("\(one.name) and \(other.name) are mutuals") {
            guard try await one.isMutual(with: other.name) else { return false }
            return try await other.isMutual(with: one.name)
        }
        return spoken
    }
}
