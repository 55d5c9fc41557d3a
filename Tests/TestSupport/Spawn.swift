public import Foundation

/// Starting programs by the system's own call, and learning how they end. Foundation's `Process` waits in a run loop,
/// which under many tests at once has been seen to miss an end and wait for ever.
public enum Spawn {
    /// It could not be started.
    public struct Fault: Error, CustomStringConvertible {
        /// What was tried, and why it did not go.
        public let description: String
    }

    /// What stands at stdin, stdout or stderr of a program.
    public enum Stream: Sendable {
        /// Nothing to read; what is written is gone.
        case null
        /// A file, made anew with mode 0600.
        case file(String)
        /// A file that is written on.
        case appended(String)
        /// A terminal.
        case terminal(String)
        /// An open descriptor of ours.
        case descriptor(CInt)
    }

    /// Whose signals a program hears.
    public enum Group: Sendable {
        /// Those of the tests.
        case ours
        /// A process group of its own.
        case own
        /// A session of its own: no terminal either.
        case session
    }

    /// Starts the first word, a path or a name on the PATH of `environment`, with the others as its arguments. Of our
    /// descriptors it gets these three and no other: what another test has open at this moment is not its own. Throws
    /// `Fault`.
    public static func start(
        _ words: [String], environment: [String: String], input: Stream = .null, output: Stream = .null,
        errors: Stream = .null, group: Group = .ours
    ) throws -> pid_t {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let (newSession, closing) = (CInt(0x0400), CInt(POSIX_SPAWN_CLOEXEC_DEFAULT))
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let (newSession, closing) = (CInt(0x80), CInt(0))
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, stream) in [input, output, errors].enumerated() {
            let descriptor = CInt(number)
            let access = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT
            switch stream {
            case .null: posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
            case .file(let path):
                posix_spawn_file_actions_addopen(
                    &actions, descriptor, path, access | (number == 0 ? 0 : O_TRUNC), 0o600)
            case .terminal(let path): posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDWR, 0)
            case .appended(let path):
                posix_spawn_file_actions_addopen(&actions, descriptor, path, access | O_APPEND, 0o600)
            case .descriptor(let ours): posix_spawn_file_actions_adddup2(&actions, ours, descriptor)
            }
        }
        #if !canImport(Darwin)
            guard let closeFrom else { throw Fault(description: "This C library cannot close descriptors from 3 on.") }
            _ = closeFrom(&actions, 3)
        #endif
        // A thread of the tests may hold signals back, and a shell may have them ignored: the program shall hear them.
        var none = sigset_t()
        sigemptyset(&none)
        var signals = none
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        var flags = CInt(POSIX_SPAWN_SETSIGMASK) | CInt(POSIX_SPAWN_SETSIGDEF) | closing
        switch group {
        case .ours: break
        case .own:
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= CInt(POSIX_SPAWN_SETPGROUP)
        case .session: flags |= newSession
        }
        posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
        return try start(words, environment, &actions, &attributes)
    }

    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t

        /// Glibc 2.34 and later have it, its headers show it only to those who ask for GNU's own.
        private static var closeFrom: (@convention(c) (UnsafeMutablePointer<Actions>, CInt) -> CInt)? {
            dlsym(nil, "posix_spawn_file_actions_addclosefrom_np").map {
                unsafeBitCast($0, to: (@convention(c) (UnsafeMutablePointer<Actions>, CInt) -> CInt).self)
            }
        }
    #endif

    private static func start(
        _ words: [String], _ environment: [String: String], _ actions: inout Actions, _ attributes: inout Attributes
    ) throws -> pid_t {
        // A name is looked up with the program's own PATH, which posix_spawnp would not do.
        let whole = words.first?.contains("/") == true ? words : ["/usr/bin/env"] + words
        var arguments = whole.map { strdup($0) } + [nil]
        var variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, whole[0], &actions, &attributes, &arguments, &variables)
        guard code == 0 else {
            throw Fault(description: "\(words.joined(separator: " ")): \(String(cString: strerror(code)))")
        }
        return pid
    }

    /// How a program ended: its exit code, 128 and more for a signal; nil: it runs still, and `waiting` is false. Asked
    /// again after that it is -1.
    public static func end(of pid: pid_t, waiting: Bool) -> Int32? {
        var status: Int32 = 0
        var found = waitpid(pid, &status, waiting ? 0 : WNOHANG)
        while found == -1, errno == EINTR { found = waitpid(pid, &status, waiting ? 0 : WNOHANG) }
        guard found != 0 else { return nil }
        guard found == pid else { return -1 }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Runs it to its end: its exit code, or -1 if it could not be started. What it says is gone.
    @discardableResult
    public static func run(_ words: [String], environment: [String: String]) -> Int32 {
        guard let pid = try? start(words, environment: environment) else { return -1 }
        return end(of: pid, waiting: true) ?? -1
    }
}
