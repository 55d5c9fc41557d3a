/// A time of day as clocks on the wall show it here, to the minute.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Minutes since midnight, 0 ... 1,439.
    public let minute: Int

    /// The minutes of a whole day.
    public static let minutesADay = 1_440

    /// A minute of the day; nil: none of it.
    public init?(minute: Int) {
        guard (0..<Self.minutesADay).contains(minute) else { return nil }
        self.minute = minute
    }

    /// Reads `22:00` or `7:30`; nil for anything else.
    public init?(text: some StringProtocol) {
        let parts = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            let hour = Self.number(parts[0]), let minute = Self.number(parts[1]), hour < 24, minute < 60
        else { return nil }
        self.minute = hour * 60 + minute
    }

    private static func number(_ digits: some Sequence<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }

    /// `22:00`.
    public var text: String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    /// Order within a day.
    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.minute < b.minute }
}

/// Hours that come back every day by the clock on the wall, such as 22:00 to 07:00: they follow it through changes of
/// zone and summer time, as the offset comes with every turn.
public struct DailyHours: Hashable, Sendable {
    /// When they begin.
    public let from: TimeOfDay
    /// When they end, the minute itself not included; before `from`: on the next day.
    public let until: TimeOfDay

    /// Hours between two times; nil where these are the same.
    public init?(from: TimeOfDay, until: TimeOfDay) {
        guard from != until else { return nil }
        self.from = from
        self.until = until
    }

    /// Reads `22:00-07:00`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = TimeOfDay(text: parts[0]), let until = TimeOfDay(text: parts[1]) else {
            return nil
        }
        self.init(from: from, until: until)
    }

    /// `22:00-07:00`.
    public var text: String { "\(from.text)-\(until.text)" }

    /// Whether a moment lies in them.
    public func contains(_ moment: Instant) -> Bool {
        let time = moment.timeOfDay
        return from < until ? from <= time && time < until : from <= time || time < until
    }
}

extension Instant {
    private static let dayMs: Int64 = 86_400_000

    /// Milliseconds of local time since its midnight.
    private var localMsOfDay: Int64 {
        let local = (wallMs % Self.dayMs + Int64(utcOffsetS) % 86_400 * 1_000) % Self.dayMs
        return local < 0 ? local + Self.dayMs : local
    }

    /// What clocks here show now.
    public var timeOfDay: TimeOfDay {
        // In range, as a day has no more minutes.
        TimeOfDay(minute: Int(localMsOfDay / 60_000)) ?? .midnight
    }

    /// The next time that clocks here show this time of day, in Unix milliseconds, never now itself: as the offset stands
    /// now, so it is to be asked again in each turn.
    public func next(_ time: TimeOfDay) -> Int64 {
        let ahead = Int64(time.minute) * 60_000 - localMsOfDay
        return wallMs + (ahead > 0 ? ahead : ahead + Self.dayMs)
    }
}

extension TimeOfDay {
    /// When a day begins.
    public static let midnight = TimeOfDay()

    private init() { minute = 0 }
}
