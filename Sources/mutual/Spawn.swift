#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Other programs.
enum Spawn {
    /// Runs a program with this process's own input and output, and waits for it; its exit code.
    static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        exitCode(of: try begin(program, arguments))
    }

    /// Begins a program. Descriptors that are given take the place of its stdin, stdout and stderr.
    static func begin(
        _ program: String, _ arguments: [String], inputs: [(from: CInt, to: CInt)] = [], ownSession: Bool = false
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
        for input in inputs { posix_spawn_file_actions_adddup2(&actions, input.from, input.to) }
        if ownSession {
            // What lives on must not hold the caller's pipes and files open: who waits for their end would wait for ever.
            for descriptor in 3..<Self.inheritable { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            posix_spawnattr_setflags(&attributes, newSession)
        }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var pid: pid_t = 0
        let status = posix_spawnp(&pid, program, &actions, &attributes, words, environ)
        guard status == 0 else { throw NotFound() }
        return pid
    }

    /// Descriptors below this may have been handed to us: the usual limit of a process.
    private static let inheritable: CInt = 1_024

    /// The program is not there, or cannot be run.
    struct NotFound: Error {}

    /// Waits for the end of a process. One that a signal ended counts as 128 and the signal's number.
    static func exitCode(of pid: pid_t) -> Int32 {
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return ExitStatus.fault.rawValue }
        }
        return code(status)
    }

    /// The exit code when the process has ended; nil: it runs.
    static func ended(_ pid: pid_t) -> Int32? {
        var status: CInt = 0
        return waitpid(pid, &status, WNOHANG) == pid ? code(status) : nil
    }

    private static func code(_ status: CInt) -> Int32 {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// `mutuald` beside this program, else on PATH.
    static var daemonProgram: String {
        guard let own = ownPath, let slash = own.lastIndex(of: "/") else { return "mutuald" }
        let beside = String(own[...slash]) + "mutuald"
        return access(beside, X_OK) == 0 ? beside : "mutuald"
    }

    private static var ownPath: String? {
        #if os(Linux)
            var place = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink("/proc/self/exe", &place, place.count - 1)
            guard count > 0 else { return nil }
            return String(decoding: place.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #else
            guard let first = CommandLine.arguments.first, first.contains("/") else { return nil }
            return first
        #endif
    }

    /// What `mutuald` says at this terminal, it says to whom this speaks.
    static func handOverLanguage() { setenv("MUTUAL_LANGUAGE", Words.language.rawValue, 1) }

    /// Runs `mutuald` with a subcommand of its own; its exit code.
    static func daemon(_ arguments: [String]) throws -> Int32 {
        handOverLanguage()
        do {
            return try run(daemonProgram, arguments)
        } catch is NotFound {
            throw Failure(.other, .noDaemonProgram, advice: .noDaemonProgramAdvice)
        }
    }
}
