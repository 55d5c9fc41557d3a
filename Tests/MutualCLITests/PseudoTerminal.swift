import Foundation

/// A pseudo-terminal in place of this process's stdin and stdout: only in a process of its own, as exit tests have.
final class PseudoTerminal {
    struct NoTerminal: Error {}

    private let master: CInt

    init(columns: UInt16 = 80) throws {
        // Whatever hangs ends by a signal, and the test says so.
        alarm(90)
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard master >= 0, let name = Self.otherEnd(of: master) else { throw NoTerminal() }
        let slave = open(name, O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw NoTerminal() }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard ioctl(slave, UInt(TIOCSWINSZ), &size) == 0, dup2(slave, 0) == 0, dup2(slave, 1) == 1 else {
            throw NoTerminal()
        }
    }

    /// The path of the end that a program has.
    private static func otherEnd(of master: CInt) -> String? {
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

    /// Types this.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(master, bytes, bytes.count)
    }

    /// What stands on the screen, and what was typed, read until this stands there or nothing comes any more.
    func screen(until mark: String = "\u{0}") -> String {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\r\n", with: "\n")
            if text.contains(mark) { return text }
            var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, mark == "\u{0}" ? 100 : 10_000) > 0 else { return text }
            var page = [UInt8](repeating: 0, count: 4_096)
            let count = read(master, &page, page.count)
            guard count > 0 else { return text }
            bytes += page.prefix(count)
        }
    }
}

/// A pipe with these bytes in place of stdin: only in a process of its own.
func pipeIn(_ bytes: [UInt8]) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    let (from, to) = (ends[0], ends[1])
    Thread {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(to, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        close(to)
    }.start()
    dup2(from, 0)
}
