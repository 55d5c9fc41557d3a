import MutualDaemon

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file that moves the clocks.
enum ClockFile {
    private static let none = ClockShift(wallMs: 0, runningMs: 0)

    /// What it says now.
    static func read(_ path: String) -> ClockShift {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return none }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return none }
        return shift(String(decoding: bytes.prefix(count), as: UTF8.self))
    }

    /// One or two numbers of seconds; anything else moves nothing.
    static func shift(_ text: String) -> ClockShift {
        let words = text.split { $0 == " " || $0 == "\n" }
        // Some centuries each way, so that no sum overflows.
        let seconds = words.compactMap { Int64($0) }.filter { (-1 << 34...1 << 34).contains($0) }
        guard (1...2).contains(words.count), seconds.count == words.count else { return none }
        return ClockShift(wallMs: seconds[0] * 1_000, runningMs: words.count == 2 ? max(0, seconds[1] * 1_000) : 0)
    }
}
