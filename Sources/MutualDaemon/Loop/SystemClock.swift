import MutualCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How far a daemon's clocks stand from the machine's; only stories, that need hours, move them.
public struct ClockShift: Hashable, Sendable {
    /// The wall clock is ahead by so many milliseconds; below 0: behind.
    public var wallMs: Int64
    /// So much more time has passed than the machine knows of, in milliseconds; never below 0, and it only grows.
    public var runningMs: Int64

    /// A shift of both clocks.
    public init(wallMs: Int64, runningMs: Int64) {
        self.wallMs = wallMs
        self.runningMs = runningMs
    }
}

/// The three readings of the machine's clocks.
struct SystemClock {
    private var offsetMinute = Int64.min
    private var offsetS: Int32 = 0
    private let shift: (@Sendable () -> ClockShift)?
    private var runningShiftMs: Int64 = 0

    init(shift: (@Sendable () -> ClockShift)? = nil) { self.shift = shift }

    /// Whether the clocks may move by themselves, so that deadlines come early.
    var isShifted: Bool { shift != nil }

    /// This moment. The offset to UTC is read once a minute: it needs a look at the zone's file.
    mutating func now() -> Instant {
        let shift = shift?()
        let wallMs = Self.read(CLOCK_REALTIME) + (shift?.wallMs ?? 0)
        runningShiftMs = max(runningShiftMs, shift?.runningMs ?? 0)
        let minute = wallMs / 60_000
        if minute != offsetMinute {
            offsetMinute = minute
            offsetS = Self.utcOffset(wallMs / 1000)
        }
        return Instant(
            wallMs: wallMs, monotonicMs: Self.read(CLOCK_MONOTONIC) + runningShiftMs, utcOffsetS: offsetS)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private static func utcOffset(_ seconds: Int64) -> Int32 {
        tzset()
        var time = time_t(seconds)
        var parts = tm()
        guard localtime_r(&time, &parts) != nil else { return 0 }
        return Int32(truncatingIfNeeded: parts.tm_gmtoff)
    }
}
