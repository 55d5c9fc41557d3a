import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension LocalTime {
    /// The next moment at which clocks here show a typed time such as `22:00`, or a moment of RFC 3339.
    static func next(_ typed: String) throws -> Timestamp {
        if let moment = Timestamp(text: typed) { return moment }
        let parts = typed.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            let hour = UInt8(parts[0]), let minute = UInt8(parts[1]), hour < 24, minute < 60
        else { throw Failure(.usage, .badTime, ["typed": typed]) }
        return next(hour: CInt(hour), minute: CInt(minute), after: time(nil))
    }

    /// Summer time is the C library's: a time that a day does not have is the one that follows.
    static func next(hour: CInt, minute: CInt, after now: time_t) -> Timestamp {
        var now = now
        var local = tm()
        localtime_r(&now, &local)
        for _ in 0..<3 {
            var wanted = local
            (wanted.tm_hour, wanted.tm_min, wanted.tm_sec, wanted.tm_isdst) = (hour, minute, 0, -1)
            let moment = mktime(&wanted)
            if moment > now { return Timestamp(unixMs: Int64(moment) * 1_000) }
            local.tm_mday += 1
        }
        return Timestamp(unixMs: Int64(now) * 1_000)
    }
}
