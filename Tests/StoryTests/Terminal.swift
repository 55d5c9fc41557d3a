import Foundation

/// A pseudo-terminal for one command: what it shows, and what was typed beforehand. Nothing is echoed, and lines end as
/// they do in a file.
final class Terminal {
    struct NoTerminal: Error {}

    private let master: CInt
    private let slave: CInt
    /// The end that the command has.
    let path: String
    private var shown: [UInt8] = []

    init(columns: UInt16, typed: [String]) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
        guard master >= 0, let path = Self.otherEnd(of: master) else { throw NoTerminal() }
        self.path = path
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var modes = termios()
        guard slave >= 0, ioctl(slave, UInt(TIOCSWINSZ), &size) == 0, tcgetattr(slave, &modes) == 0 else {
            throw NoTerminal()
        }
        modes.c_lflag &= ~tcflag_t(ECHO)
        modes.c_oflag &= ~tcflag_t(OPOST)
        guard tcsetattr(slave, TCSANOW, &modes) == 0 else { throw NoTerminal() }
        let bytes = Array(typed.map { $0 + "\n" }.joined().utf8)
        if write(master, bytes, bytes.count) != bytes.count { throw NoTerminal() }
    }

    deinit {
        close(slave)
        close(master)
    }

    /// What is shown up to now.
    func read() -> String {
        var page = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Foundation.read(master, &page, page.count)
            guard count > 0 else { return String(decoding: shown, as: UTF8.self) }
            shown += page.prefix(count)
        }
    }

    static func otherEnd(of master: CInt) -> String? {
        #if canImport(Darwin)
            guard grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else { return nil }
            return String(cString: name)
        #else
            // unlockpt and ptsname hide behind _XOPEN_SOURCE: these are TIOCSPTLCK and TIOCGPTN, which they call.
            var locked: CInt = 0
            var number: CUnsignedInt = 0
            guard ioctl(master, 0x4004_5431, &locked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else { return nil }
            return "/dev/pts/\(number)"
        #endif
    }
}
