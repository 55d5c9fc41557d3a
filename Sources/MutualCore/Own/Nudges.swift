/// What a person chose to be reminded of, off until they turn it on. It knows nothing but times and draws no chance, so
/// that nothing which is sent can depend on it.
public struct Nudges: Hashable, Sendable {
    /// The minute of the local day (0 ..< 1,440); nil: none.
    public var minute: Int?
    /// Whether a check-in of one's own that says little energy brings a kind word that one kept.
    public var kindWord = false
    /// The last local day (days since 1970) that is dealt with.
    var lastDay = Int64.min

    /// How late it still comes: a machine that sleeps longer brings nothing afterwards.
    static let lateMs: Int64 = 15 * 60_000
    /// The most that a clock is put forward for summer time.
    private static let summerMs: Int64 = 2 * 3_600_000
    private static let dayMs: Int64 = 86_400_000

    /// All off.
    public init() {}

    /// From what is stored; all off where nothing is, or nothing that can be understood.
    public init(stored: [UInt8]?) {
        guard let stored, stored.count == 11 else { return }
        kindWord = stored[0] != 0
        let minutes = Int(stored[1]) << 8 | Int(stored[2])
        minute = minutes < 1_440 ? minutes : nil
        lastDay = Int64(bitPattern: stored[3...].reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// For the store; nil when all is off.
    var stored: [UInt8]? {
        guard minute != nil || kindWord else { return nil }
        let minutes = minute ?? 0xFFFF
        let day = UInt64(bitPattern: lastDay)
        return [kindWord ? 1 : 0, UInt8(truncatingIfNeeded: minutes >> 8), UInt8(truncatingIfNeeded: minutes)]
            + (0..<8).map { UInt8(truncatingIfNeeded: day >> (56 - 8 * $0)) }
    }

    /// What the time brings.
    enum Due: Equatable {
        /// Not yet, or already.
        case nothing
        /// The moment is past and was missed.
        case missed
        /// Now.
        case now
    }

    /// The local day, and how long its chosen minute is past (below 0: to come), milliseconds.
    private func place(_ now: Instant) -> (day: Int64, pastMs: Int64)? {
        guard let minute else { return nil }
        let localMs = now.wallMs.addingReportingOverflow(Int64(now.utcOffsetS) * 1_000).partialValue
        let day = localMs >= 0 ? localMs / Self.dayMs : (localMs + 1) / Self.dayMs - 1
        let (midnightMs, overflow) = day.multipliedReportingOverflow(by: Self.dayMs)
        return overflow ? nil : (day, localMs - midnightMs - Int64(minute) * 60_000)
    }

    /// Whether the moment of this day is here. At most one a local day, whatever the clock and the zone do.
    /// - Parameter last: the moment of the turn before; nil: there was none.
    mutating func due(at now: Instant, after last: Instant?) -> Due {
        guard let (day, pastMs) = place(now) else { return .nothing }
        // A clock that was far ahead for a while does not silence the years to come.
        if lastDay > day, lastDay - day > 1 { lastDay = day - 1 }
        guard day > lastDay, pastMs >= 0 else { return .nothing }
        lastDay = day
        // A moment that summer time leaves out comes when the clock is put forward; one that was slept through does not.
        var skippedMs: Int64 = 0
        if let last, (now.wallMs &- last.wallMs).magnitude <= UInt64(Self.lateMs + 60_000) {
            skippedMs = min(max(0, (Int64(now.utcOffsetS) - Int64(last.utcOffsetS)) * 1_000), Self.summerMs)
        }
        return pastMs - skippedMs < Self.lateMs ? .now : .missed
    }

    /// Begins anew: a moment of this day that is past already counts as dealt with.
    mutating func begin(at now: Instant) {
        lastDay = Int64.min
        guard let (day, pastMs) = place(now) else { return }
        lastDay = pastMs >= 0 ? day : day - 1
    }

    /// How long to wait until the moment is to be looked for, milliseconds; nil: there is none. A zone that changes says
    /// nothing, so it is never long.
    func waitMs(at now: Instant) -> Int64? {
        guard let (day, pastMs) = place(now) else { return nil }
        let leftMs = day > lastDay ? -pastMs : Self.dayMs - pastMs
        return min(max(1, leftMs), Self.lateMs)
    }
}
