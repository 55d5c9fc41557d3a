import MutualCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The three readings of the machine's clocks.
struct SystemClock {
    private var offsetMinute = Int64.min
    private var offsetS: Int32 = 0

    /// This moment. The offset to UTC is read once a minute: it needs a look at the zone's file.
    mutating func now() -> Instant {
        let wallMs = Self.read(CLOCK_REALTIME)
        let minute = wallMs / 60_000
        if minute != offsetMinute {
            offsetMinute = minute
            offsetS = Self.utcOffset(wallMs / 1000)
        }
        return Instant(wallMs: wallMs, monotonicMs: Self.read(CLOCK_MONOTONIC), utcOffsetS: offsetS)
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
