import CPlatform

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the whole process does once at its start.
public enum ProcessGuard {
    /// No core file, no look into memory, new files for their owner only, a closed pipe is an error and no end.
    public static func begin() {
        mutual_protect_process()
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Lets go of the terminal or pipe that this process was started from: once a detached daemon answers.
    public static func detach() {
        _ = setsid()
        let null = open("/dev/null", O_RDWR)
        guard null >= 0 else { return }
        for standard in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { _ = dup2(null, standard) }
        if null > STDERR_FILENO { _ = systemClose(null) }
    }

    /// Signals that end the daemon, held for `waitForSignal`. Called before any thread is made.
    public static func holdSignals() {
        var set = endingSignals
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for one of them.
    static func waitForSignal() {
        var set = endingSignals
        var caught: CInt = 0
        while sigwait(&set, &caught) == EINTR {}
    }

    /// Wakes `waitForSignal`.
    static func signalEnd() { kill(getpid(), SIGUSR1) }

    private static var endingSignals: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGUSR1] { sigaddset(&set, signal) }
        return set
    }

    /// Ends this process.
    public static func end(_ code: Int32) -> Never { exit(code) }

    /// Writes one line to stderr.
    public static func complain(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// Writes one line to stdout.
    public static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(STDOUT_FILENO, bytes, bytes.count)
    }
}
