import Foundation

/// A pseudo-terminal with a program of its own at it, as somebody who types sees it.
final class LiveTerminal {
    struct NoTerminal: Error {}

    private let master: CInt
    /// Held open, so that its settings can be looked at when the program has ended.
    private var slave: CInt
    private let path: String
    private let runs = Runs()
    private var bytes: [UInt8] = []
    private var program: pid_t?
    /// The settings before the program began.
    private let before: [UInt8]

    init(columns: UInt16 = 80) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard master >= 0, let path = Terminal.otherEnd(of: master) else { throw NoTerminal() }
        self.path = path
        slave = open(path, O_RDWR | O_NOCTTY)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard slave >= 0, ioctl(slave, UInt(TIOCSWINSZ), &size) == 0 else { throw NoTerminal() }
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        _ = fcntl(slave, F_SETFD, FD_CLOEXEC)
        before = Self.settings(slave)
    }

    deinit {
        if let program { kill(program, SIGKILL) }
        close()
        if slave >= 0 { Foundation.close(slave) }
    }

    private static func settings(_ descriptor: CInt) -> [UInt8] {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return [] }
        return withUnsafeBytes(of: &settings) { Array($0) }
    }

    /// Whether the terminal is as it was before the program began.
    var isAsBefore: Bool { !before.isEmpty && Self.settings(slave) == before }

    /// Begins a program at this terminal, which is its own.
    func begin(_ words: [String], _ environment: [String]) throws -> pid_t {
        let pid = try runs.begin(words, environment, terminal: path)
        program = pid
        return pid
    }

    /// How the program ended; what takes too long is ended.
    func end() -> Int32 {
        guard let program else { return -1 }
        self.program = nil
        return runs.end(of: program, atMostSeconds: 30)
    }

    /// Types this.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// Everything that came on the screen so far, once this stands there, or when the time is up.
    func screen(until mark: String) -> String {
        let end = Date(timeIntervalSinceNow: 30)
        while true {
            let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
            if text.contains(mark) || Date() > end { return text }
            var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, 100) > 0 else { continue }
            var page = [UInt8](repeating: 0, count: 4_096)
            let count = read(master, &page, page.count)
            guard count > 0 else { return text }
            bytes += page.prefix(count)
        }
    }

    /// The window is closed.
    func close() {
        guard isOpen else { return }
        isOpen = false
        Foundation.close(slave)
        slave = -1
        Foundation.close(master)
    }

    private var isOpen = true
}
