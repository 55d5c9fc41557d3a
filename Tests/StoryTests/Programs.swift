import Foundation

/// The built programs.
enum Programs {
    /// Where `mutual` and `mutuald` are: `$MUTUAL_BIN`, else beside the tests.
    static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment["MUTUAL_BIN"]
        let runner = ProcessInfo.processInfo.arguments.first.map { ($0 as NSString).deletingLastPathComponent }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return [environment, Bundle.main.bundlePath, runner, root].compactMap { $0 }.first { folder in
            ["mutual", "mutuald"].allSatisfy { FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }
        }
    }()
}

/// Mount namespaces.
enum Mounts {
    /// Whether a disk of a few pages can be made here, seen by nobody else.
    static let canBeMade: Bool = {
        let runs = Runs()
        let test = "unshare -rm bash -c 'mount -t tmpfs -o size=1m tmpfs /mnt' && command -v nsenter"
        guard
            let pid = try? runs.begin(
                ["/bin/bash", "-c", test], ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"], output: "/dev/null",
                errors: "/dev/null")
        else { return false }
        return runs.end(of: pid, atMostSeconds: 10) == 0
    }()
}

/// Begins and ends processes, each in a session of its own: no terminal, and its group is its own.
final class Runs {
    struct CannotBegin: Error {}

    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }

    /// At a terminal, which becomes the one of its session.
    func begin(_ words: [String], _ environment: [String], terminal: String) throws -> pid_t {
        try begin(words, environment, [terminal, terminal, terminal], O_RDWR)
    }

    func begin(_ words: [String], _ environment: [String], output: String, errors: String) throws -> pid_t {
        try begin(words, environment, ["/dev/null", output, errors], O_WRONLY | O_CREAT | O_TRUNC)
    }

    private func begin(
        _ words: [String], _ environment: [String], _ files: [String], _ flags: CInt
    ) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let newSession: Int16 = 0x0400
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let newSession: Int16 = 0x80
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, file) in zip(CInt(0)..., files) {
            posix_spawn_file_actions_addopen(&actions, number, file, file == "/dev/null" ? O_RDWR : flags, 0o600)
        }
        // Threads of a test runner hold signals back; the programs are not to inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for word in arguments + variables { free(word) } }
        var pid: pid_t = 0
        guard let program = words.first,
            posix_spawn(&pid, program, &actions, &attributes, &arguments, &variables) == 0
        else { throw CannotBegin() }
        return pid
    }

    /// Waits for the end; what takes too long is ended. A signal counts as 128 and its number.
    func end(of pid: pid_t, atMostSeconds seconds: Double) -> Int32 {
        let end = Date(timeIntervalSinceNow: seconds)
        var status: CInt = 0
        while waitpid(pid, &status, WNOHANG) != pid {
            if Date() > end { kill(-pid, SIGKILL) }
            usleep(2_000)
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Daemons on homes in a folder that only these tests have.
    func daemons(under folder: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { pid in
            guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
            let words = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.first?.hasSuffix("mutuald") == true && words.contains { $0.hasPrefix(folder + "/") }
        }
    }
}
