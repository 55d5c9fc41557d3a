#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Signals that end or stop a program, as bytes of a pipe: they are dealt with where the terminal can be put back.
enum SignalPipe {
    /// Those that would leave a terminal as it is now.
    static let caught = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP]

    private static let ends: (read: CInt, write: CInt) = {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return (-1, -1) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        return (ends[0], ends[1])
    }()

    /// Begins to catch; gives what can be read when one came.
    static func catchSignals() -> CInt {
        let read = ends.read
        for number in caught { catchSignal(number) }
        return read
    }

    /// Ends catching: each signal does what it usually does.
    static func letGo() {
        for number in caught { signal(number, SIG_DFL) }
    }

    /// Waits until one of these can be read, or a signal came, or so long; the signal.
    static func wait(or other: CInt? = nil, atMost milliseconds: CInt = -1) -> CInt? {
        var polled = ([ends.read] + (other.map { [$0] } ?? [])).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        var ready = poll(&polled, nfds_t(polled.count), milliseconds)
        // The signal itself interrupts the waiting for it.
        while ready < 0, errno == EINTR { ready = poll(&polled, nfds_t(polled.count), milliseconds) }
        return ready > 0 && polled[0].revents != 0 ? next() : nil
    }

    private static func catchSignal(_ number: CInt) {
        signal(number) { number in
            var byte = UInt8(truncatingIfNeeded: number)
            _ = Platform.write(SignalPipe.ends.write, &byte, 1)
        }
    }

    /// The signal that came; nil: none.
    static func next() -> CInt? {
        var byte: UInt8 = 0
        return Platform.read(ends.read, &byte, 1) == 1 ? CInt(byte) : nil
    }

    /// Obeys a signal as if it had not been caught; returns where it only stops and goes on.
    static func obey(_ number: CInt) {
        signal(number, SIG_DFL)
        raise(number)
        catchSignal(number)
    }
}

/// A terminal whose keys come one by one and are shown by the program, put back as it was on every way out.
final class KeyTerminal {
    private var before = termios()

    /// Nil where stdin is no terminal.
    init?() {
        guard tcgetattr(0, &before) == 0 else { return nil }
        begin()
    }

    deinit { restore() }

    /// Keys come one by one.
    func begin() {
        var keyed = before
        keyed.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG | IEXTEN)
        keyed.c_iflag &= ~tcflag_t(IXON)
        keyed.c_iflag |= tcflag_t(ICRNL)
        withUnsafeMutableBytes(of: &keyed.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        tcsetattr(0, TCSANOW, &keyed)
    }

    /// As it was.
    func restore() { tcsetattr(0, TCSANOW, &before) }

    /// What was typed; nil: the terminal is gone.
    func read() -> [UInt8]? {
        var page = [UInt8](repeating: 0, count: 4_096)
        let count = page.withUnsafeMutableBytes { Platform.read(0, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        return count > 0 ? Array(page.prefix(count)) : nil
    }
}
