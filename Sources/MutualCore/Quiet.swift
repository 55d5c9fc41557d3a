public import MutualCrypto

/// When what comes arrives and waits without a notice: decided and kept here only, invisible to everybody else.
public struct Quiet: Hashable, Sendable {
    /// For how long.
    public enum Span: Hashable, Sendable {
        /// Until it is ended by hand.
        case open
        /// Until this moment, Unix milliseconds.
        case until(Int64)
        /// Every day in these hours.
        case daily(DailyHours)

        /// Whether it holds at a moment.
        public func holds(at now: Instant) -> Bool {
            switch self {
            case .open: true
            case .until(let endMs): now.wallMs < endMs
            case .daily(let hours): hours.contains(now)
            }
        }

        /// Whether it never holds again.
        public func isOver(at now: Instant) -> Bool {
            if case .until(let endMs) = self { return now.wallMs >= endMs }
            return false
        }
    }

    /// Quiet for everybody, or for one person.
    public struct Entry: Hashable, Sendable {
        /// Whose arrivals; nil: everybody's.
        public var person: PublicKey?
        /// For how long.
        public var span: Span
    }

    /// At most one for everybody, which comes first, and one a person.
    public private(set) var entries: [Entry] = []

    /// Not quiet.
    public init() {}

    /// Whether what comes from this person may give a notice.
    public func allowsNotice(from person: PublicKey, at now: Instant) -> Bool {
        !entries.contains { ($0.person == nil || $0.person == person) && $0.span.holds(at: now) }
    }

    /// What is said of this person alone.
    func span(of person: PublicKey) -> Span? { entries.first { $0.person == person }?.span }

    /// Puts a span in the place of the one before; nil: ends it.
    mutating func set(_ span: Span?, for person: PublicKey?) {
        let place = entries.firstIndex { $0.person == person }
        switch (place, span) {
        case (let place?, let span?): entries[place].span = span
        case (let place?, nil): entries.remove(at: place)
        case (nil, let span?):
            entries.insert(Entry(person: person, span: span), at: person == nil ? 0 : entries.count)
        case (nil, nil): break
        }
    }

    /// Drops what never holds again.
    mutating func tidy(at now: Instant) { entries.removeAll { $0.span.isOver(at: now) } }
}

// MARK: as it is kept

extension Quiet {
    /// The name of the setting that holds it.
    public static let setting = "quiet"

    /// Each entry: 0, or 1 and a key; then 0, or 1 and a moment, or 2 and two minutes of the day.
    func stored() -> [UInt8] {
        entries.flatMap { entry in
            let who: [UInt8] = entry.person.map { [1] + $0.bytes } ?? [0]
            switch entry.span {
            case .open: return who + [0]
            case .until(let endMs): return who + [1] + Self.bytes(UInt64(bitPattern: endMs), 8)
            case .daily(let hours):
                return who + [2] + [hours.from, hours.until].flatMap { Self.bytes(UInt64($0.minute), 2) }
            }
        }
    }

    /// From what is kept; what makes no sense ends it, and is as if it had not been set.
    public init(stored: [UInt8]) {
        var rest = stored[...]
        func take(_ count: Int) -> [UInt8]? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        func number(_ count: Int) -> UInt64? { take(count)?.reduce(0) { $0 << 8 | UInt64($1) } }
        func time() -> TimeOfDay? { number(2).flatMap { TimeOfDay(minute: Int($0)) } }
        while let kind = take(1)?.first {
            var person: PublicKey?
            if kind != 0 {
                guard let key = take(32).flatMap({ PublicKey($0) }) else { return }
                person = key
            }
            switch take(1)?.first {
            case 0: set(.open, for: person)
            case 1:
                guard let endMs = number(8) else { return }
                set(.until(Int64(bitPattern: endMs)), for: person)
            case 2:
                guard let from = time(), let until = time(), let hours = DailyHours(from: from, until: until) else {
                    return
                }
                set(.daily(hours), for: person)
            default: return
            }
        }
    }

    private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
    }
}

// MARK: the Node's

/// What `quiet.set` asks for.
public enum QuietWish: Hashable, Sendable {
    /// No more.
    case off
    /// Until it is ended by hand.
    case open
    /// Until this moment, Unix milliseconds.
    case until(Int64)
    /// Every day in these hours, as they were typed: `22:00-07:00`.
    case daily(String)
}

extension Node {
    /// Sets or ends quiet for everybody (nobody named, or `all`), or for those who are named. Nothing of it is sent, and
    /// nothing that came meanwhile is made up for.
    mutating func setQuiet(who: [String], _ wish: QuietWish, _ turn: Turn) throws -> Reply {
        let span = try span(of: wish, turn.now)
        var wanted = quiet
        if who.isEmpty || (who.count == 1 && who[0].folded == "all") {
            wanted.set(span, for: nil)
        } else {
            for person in try find(all: who) { wanted.set(span, for: person.record.key) }
        }
        wanted.tidy(at: turn.now)
        try store(wanted, turn)
        return .quiet
    }

    private func span(of wish: QuietWish, _ now: Instant) throws -> Quiet.Span? {
        switch wish {
        case .off: return nil
        case .open: return .open
        case .until(let endMs):
            guard endMs > now.wallMs else { throw Refusal(.rule, "until-passed") }
            return .until(endMs)
        case .daily(let typed):
            guard let hours = DailyHours(text: typed) else {
                throw Refusal(.badParameters, "bad-hours", ["typed": typed])
            }
            return .daily(hours)
        }
    }

    /// What is said of somebody alone goes with them, or over to who takes their place.
    mutating func moveQuiet(of person: PublicKey, to other: PublicKey?, _ turn: Turn) throws {
        guard let span = quiet.span(of: person) else { return }
        var wanted = quiet
        wanted.set(nil, for: person)
        if let other, wanted.span(of: other) == nil { wanted.set(span, for: other) }
        try store(wanted, turn)
    }

    private mutating func store(_ wanted: Quiet, _ turn: Turn) throws {
        try turn.journal.setSetting(Quiet.setting, wanted.entries.isEmpty ? nil : wanted.stored())
        quiet = wanted
    }
}
