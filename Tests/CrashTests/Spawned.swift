import Foundation

/// A program that a test started, in a process group of its own.
final class Spawned {
    let pid: pid_t
    private let errorsPath: String
    private var ended: Int32?

    /// The folder with the built programs: `$MUTUAL_BIN`, else that of the test runner.
    static let programs: String? = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        let runner = ProcessInfo.processInfo.arguments.first
        let besides = [bundle, runner].compactMap { $0.map { ($0 as NSString).deletingLastPathComponent } }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return ([ProcessInfo.processInfo.environment["MUTUAL_BIN"]].compactMap { $0 } + besides + [root]).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/mutuald")
        }
    }()

    /// Starts the first word, found on the PATH, with the others as its arguments; stderr goes to a file.
    init(_ words: [String], environment: [String: String] = [:], errors: String) throws {
        errorsPath = errors
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // A thread of the tests may hold signals back, and a shell may have them ignored: the program shall hear them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var signals = none
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        let variables = environment.merging(
            ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/tmp"]
        ) { own, _ in own }
        var arguments = (["env"] + words).map { strdup($0) } + [nil]
        var surroundings = variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + surroundings { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, "/usr/bin/env", &actions, &attributes, &arguments, &surroundings)
        guard code == 0 else { throw Late(what: "\(words): \(String(cString: strerror(code)))") }
        pid = started
    }

    /// What it complained of.
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    /// The same on one line: first the fact, then what helps.
    var complaint: String { errors.split(separator: "\n").joined(separator: " ") }

    var isRunning: Bool {
        guard ended == nil else { return false }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return true }
        // Ended by a signal: as the shell says it.
        ended = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return false
    }

    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits for its end, and gives the exit code; one that does not end is ended.
    func end(atMostSeconds seconds: Double = 30) throws -> Int32 {
        do {
            try eventually("the end of \(pid)", atMostSeconds: seconds) { !isRunning }
        } catch {
            kill(pid, SIGKILL)
            throw error
        }
        return ended ?? -1
    }

    deinit {
        if isRunning {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
    }

    /// Runs it to its end; whether it went well.
    static func run(_ words: [String]) -> Bool {
        let errors = "/tmp/mc-\(getpid())-run"
        defer { try? FileManager.default.removeItem(atPath: errors) }
        return (try? Spawned(words, errors: errors).end()) == 0
    }

    /// The same, and it has to go well.
    static func must(_ words: String...) throws {
        let errors = "/tmp/mc-\(getpid())-run"
        defer { try? FileManager.default.removeItem(atPath: errors) }
        let spawned = try Spawned(words, errors: errors)
        guard try spawned.end() == 0 else { throw Late(what: "\(words.joined(separator: " ")): \(spawned.errors)") }
    }
}
