/// A moment as it stands on the control interface: RFC 3339 in UTC with milliseconds, `2026-03-01T09:30:00.000Z`.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Unix milliseconds, held within the years 1 ... 9999.
    public let unixMs: Int64

    private static let firstMs: Int64 = -62_135_596_800_000
    private static let lastMs: Int64 = 253_402_300_799_999

    /// A moment; one outside the years that can be written becomes the nearest that can.
    public init(unixMs: Int64) { self.unixMs = min(max(unixMs, Self.firstMs), Self.lastMs) }

    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|+hh:mm|-hh:mm)`; nil for anything else.
    public init?(text: String) {
        var digits = Digits(text)
        guard let year = digits.take(4), digits.skip("-"), let month = digits.take(2), digits.skip("-"),
            let day = digits.take(2), digits.skip("T") || digits.skip("t") || digits.skip(" "),
            let hour = digits.take(2), digits.skip(":"), let minute = digits.take(2), digits.skip(":"),
            let second = digits.take(2)
        else { return nil }
        guard year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year), hour < 24,
            minute < 60,
            second <= 60
        else { return nil }
        guard let fractionMs = digits.skip(".") ? digits.fractionMs() : 0 else { return nil }
        guard let offsetMinutes = digits.offsetMinutes(), digits.isAtEnd else { return nil }
        let seconds =
            Self.day(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + min(second, 59)
        self.init(unixMs: (seconds - offsetMinutes * 60) * 1_000 + fractionMs)
    }

    /// The moment as text.
    public var text: String {
        let (day, ms) = Self.divide(unixMs, by: 86_400_000)
        let (year, month, monthDay) = Self.date(day: day)
        func padded(_ value: Int64, _ width: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let clock = [ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60].map { padded($0, 2) }.joined(separator: ":")
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(monthDay, 2))T\(clock).\(padded(ms % 1_000, 3))Z"
    }

    /// Order in time.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.unixMs < b.unixMs }

    /// From its text.
    public init(from decoder: any Decoder) throws {
        let one = try decoder.singleValueContainer()
        guard let read = Timestamp(text: try one.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: one, debugDescription: "not an RFC 3339 time")
        }
        self = read
    }

    /// As text.
    public func encode(to encoder: any Encoder) throws {
        var one = encoder.singleValueContainer()
        try one.encode(text)
    }

    // MARK: the calendar (proleptic Gregorian; days count from 1970-01-01)

    private static func divide(_ a: Int64, by b: Int64) -> (Int64, Int64) {
        let rest = a % b
        return rest < 0 ? (a / b - 1, rest + b) : (a / b, rest)
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = divide(shifted, by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = divide(day + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// Reads digits from the front of a text.
    private struct Digits {
        private var rest: Substring.UTF8View

        init(_ text: String) { rest = text[...].utf8 }

        var isAtEnd: Bool { rest.isEmpty }

        mutating func skip(_ mark: Character) -> Bool {
            guard let byte = rest.first, byte == mark.asciiValue else { return false }
            rest = rest.dropFirst()
            return true
        }

        mutating func take(_ count: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<count {
                guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
                rest = rest.dropFirst()
            }
            return value
        }

        mutating func fractionMs() -> Int64? {
            guard var value = take(1) else { return nil }
            value *= 100
            var weight: Int64 = 10
            while let digit = take(1) {
                value += digit * weight
                weight /= 10
            }
            return value
        }

        mutating func offsetMinutes() -> Int64? {
            if skip("Z") || skip("z") { return 0 }
            let sign: Int64
            if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
            guard let hours = take(2), skip(":"), let minutes = take(2), hours < 24, minutes < 60 else { return nil }
            return sign * (hours * 60 + minutes)
        }
    }
}
