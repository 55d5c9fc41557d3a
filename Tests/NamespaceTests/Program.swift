import Foundation

/// What a program said and how it ended.
struct Outcome: Sendable {
    var code: Int32
    var output: String
    var errors: String
}

/// Something that did not happen in its time.
struct Late: Error, CustomStringConvertible {
    let what: String
    var description: String { "not in time: \(what)" }
}

/// A program that a test started. What it says goes to files, so that no pipe can fill, and its end is that of the
/// process itself: what it leaves running (a daemon, say) holds nothing up.
final class Running {
    private let words: [String]
    private let pid: pid_t
    private var ended: Int32?
    private let said: String
    private let complained: String

    /// Starts the first word with the others as its arguments; `folder` takes what it says.
    init(_ words: [String], folder: String) throws {
        let stem = folder + "/said-\(UUID().uuidString)"
        said = stem + ".out"
        complained = stem + ".err"
        self.words = words
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, said, O_WRONLY | O_CREAT, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, complained, O_WRONLY | O_CREAT, 0o600)
        // A thread of the tests may hold signals back, and a shell may have them ignored: the program shall hear them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let surroundings = [
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(folder)", "LC_ALL=C",
        ]
        var arguments = (["env"] + words).map { strdup($0) } + [nil]
        var environment = surroundings.map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, "/usr/bin/env", &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw Late(what: "\(words): \(String(cString: strerror(code)))") }
        pid = started
    }

    var output: String { (try? String(contentsOfFile: said, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: complained, encoding: .utf8)) ?? "" }

    var isRunning: Bool {
        guard ended == nil else { return false }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return true }
        // Ended by a signal: as the shell says it.
        ended = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return false
    }

    /// Sends it a signal.
    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits for its end; one that does not end is ended.
    func outcome(atMost: Duration = .seconds(30)) async throws -> Outcome {
        let end = ContinuousClock.now + atMost
        while isRunning {
            guard ContinuousClock.now < end else {
                signal(SIGKILL)
                throw Late(what: "\(words.joined(separator: " ")): \(output)\(errors)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return Outcome(code: ended ?? -1, output: output, errors: errors)
    }
}

/// Looks again and again until it is so.
func eventually(
    _ what: String, atMost: Duration = .seconds(30), _ isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + atMost
    while !(try await isSo()) {
        guard ContinuousClock.now < end else { throw Late(what: what) }
        try await Task.sleep(for: .milliseconds(30))
    }
}
