import Foundation

/// A program that a test started. Foundation's own `Process` waits in a run loop, which under many tests at once has
/// been seen to miss an end and wait for ever; this one asks the system.
final class Started {
    let processIdentifier: pid_t
    private var ended: Int32?

    /// Starts a program with these ends at its stdin (nil: nothing to read), stdout and stderr.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], input: Pipe?, output: Pipe, errors: Pipe
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input.fileHandleForReading.fileDescriptor, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output.fileHandleForWriting.fileDescriptor, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.fileHandleForWriting.fileDescriptor, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A thread of the tests may hold signals back, and a shell may have them ignored: the program shall hear them.
        var none = sigset_t()
        sigemptyset(&none)
        var signals = none
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
        processIdentifier = started
        // The ends are the program's alone: whoever reads sees when it is over.
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        try input?.fileHandleForReading.close()
    }

    var isRunning: Bool { wait(WNOHANG) == nil }

    /// The exit code, or 128 and the signal; -1 while it runs.
    var terminationStatus: Int32 { wait(WNOHANG) ?? -1 }

    func terminate() {
        if isRunning { kill(processIdentifier, SIGTERM) }
    }

    func waitUntilExit() { _ = wait(0) }

    private func wait(_ options: Int32) -> Int32? {
        if let ended { return ended }
        var status: Int32 = 0
        var found = waitpid(processIdentifier, &status, options)
        while found == -1, errno == EINTR { found = waitpid(processIdentifier, &status, options) }
        guard found != 0 else { return nil }
        ended = found == -1 ? -1 : status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
        return ended
    }

    deinit {
        if isRunning {
            kill(processIdentifier, SIGKILL)
            waitUntilExit()
        }
    }
}
