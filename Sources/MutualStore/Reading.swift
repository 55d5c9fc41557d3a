import GRDB
public import MutualCore
public import MutualCrypto

/// An item with what a reader is shown of it.
public struct ItemDetail: Hashable, Sendable {
    /// The row without its texts.
    public var record: ItemRecord
    /// The serialised content; nil when it is erased.
    public var content: [UInt8]?
    /// The name that the person has here, or had when they were unlisted.
    public var name: String
    /// Their key; nil for somebody who was unlisted.
    public var person: PublicKey?
}

/// Which part of a list is asked for.
public enum ListPlace: Hashable, Sendable {
    /// The newest ones.
    case newest
    /// The newest ones that are older than this row.
    case before(ItemRow)
    /// The oldest ones that are newer than this row.
    case after(ItemRow)
}

/// Numbers for one's own status; about no person.
public struct StatusCounts: Hashable, Sendable {
    /// Listed people, blocked and parting ones included.
    public var people = 0
    /// Those of them with whom a session was ready once.
    public var mutuals = 0
    /// Received, shown, not opened, alive.
    public var unopened = 0
    /// Ours that go as soon as the devices meet.
    public var waiting = 0
    /// Ours of which nobody knows.
    public var undecided = 0
}

/// The number of the kind that takes another item back: never listed (Protocol/records.md).
private let retractKind: UInt32 = 30

/// Queries for people to read by, outside of turns. From the second in which its life ends an item is shown nowhere.
extension Store {
    /// All who are not unlisted, in the order of their rows.
    public func peopleList() throws(JournalFault) -> [PersonRecord] {
        try reading { _ throws(JournalFault) in try people() }
    }

    /// What was received, shown and lives at `nowMs`, in the order of arrival (newest last).
    public func inbox(
        _ place: ListPlace = .newest, limit: Int, unopenedOnly: Bool = false, nowMs: Int64
    ) throws(JournalFault) -> [ItemDetail] {
        try list(place, limit: limit, from: { unopenedOnly ? $0.unopened : $0.inbox }) { entry in
            Self.isSomething(entry) && Self.lives(entry, nowMs)
        }
    }

    /// Whether there is something to show: words, that they were taken back, that they were not opened.
    private static func isSomething(_ entry: ItemEntry) -> Bool {
        guard entry.erased else { return true }
        if !entry.mine, entry.state == .takenBack { return true }
        // An exchange that was not opened.
        return entry.kind == SoftIndex.exchangeKind && entry.re == nil
            && (entry.mine ? entry.state == .delivered : entry.state == .notReached)
    }

    /// Ours that wait (and live at `nowMs`) or are undecided, in the order of acceptance.
    public func outbox(
        _ place: ListPlace = .newest, limit: Int, nowMs: Int64
    ) throws(JournalFault) -> [ItemDetail] {
        try list(place, limit: limit, from: { $0.outbox }) { entry in
            // One of which nobody can know any more what became of it is not shown `[log-5]`.
            guard entry.kind != retractKind, entry.shown else { return false }
            return entry.state == .undecided || (!entry.erased && Self.lives(entry, nowMs))
        }
    }

    /// What was exchanged and lives at `nowMs`, in order; `person`, `kind` and `mine` narrow it down.
    public func history(
        _ place: ListPlace = .newest, limit: Int, person: PersonRow? = nil, kind: UInt32? = nil, mine: Bool? = nil,
        nowMs: Int64
    ) throws(JournalFault) -> [ItemDetail] {
        try list(place, limit: limit, from: { index in person.map { index.of($0.number).rows } ?? index.all }) {
            entry in
            guard kind == nil || entry.kind == kind, mine == nil || entry.mine == mine else { return false }
            return Self.isTold(entry, nowMs)
        }
    }

    /// What is kept beyond its life, in the order of arrival.
    public func jar(_ place: ListPlace = .newest, limit: Int) throws(JournalFault) -> [ItemDetail] {
        try list(place, limit: limit, from: { $0.kept }) { !$0.erased }
    }

    /// Everything that hangs together with an item by what answers what and lives at `nowMs`, in order.
    public func thread(
        of row: ItemRow, _ place: ListPlace = .newest, limit: Int, nowMs: Int64
    ) throws(JournalFault) -> [ItemDetail] {
        try list(place, limit: limit, from: { $0.thread(of: row.number) }) { Self.isTold($0, nowMs) }
    }

    /// Whether an item, of either side, has its place among what was said.
    static func isTold(_ entry: ItemEntry, _ nowMs: Int64) -> Bool {
        entry.kind != retractKind && isSomething(entry) && (entry.mine || entry.shown) && lives(entry, nowMs)
    }

    /// One item; nil when it is gone or may not be shown at `nowMs`. Ours without text are given: their state counts.
    public func itemDetail(_ row: ItemRow, nowMs: Int64) throws(JournalFault) -> ItemDetail? {
        try reading { _ throws(JournalFault) in
            let entry = try soft { loaded throws(JournalFault) in loaded.index.entry(row.number) }
            guard let entry, entry.mine || entry.shown else { return nil }
            let isSealed = try soft { loaded throws(JournalFault) in loaded.index.isSealed(row.number) }
            guard !isSealed, var detail = try detail(row.number) else { return nil }
            guard Self.lives(entry, nowMs) else {
                // What became of it may still be asked for; its texts are over.
                guard entry.mine else { return nil }
                detail.content = nil
                return detail
            }
            return detail
        }
    }

    /// Reads as a turn does, outside of one; `body` is to write nothing.
    public func look<R>(_ body: (StoreJournal) throws(JournalFault) -> R) throws(JournalFault) -> R {
        try reading { _ throws(JournalFault) in try body(StoreJournal(store: self)) }
    }

    /// Items whose id begins with `text`, an exact handle alone if there is one: what `Journal.items` gives.
    public func items(beginning text: String, limit: Int) throws(JournalFault) -> [ItemRecord] {
        try reading { _ throws(JournalFault) in
            try StoreJournal(store: self).items(beginning: text, limit: limit)
        }
    }

    /// Events after this number, in order, of these kinds (nil: all).
    public func events(
        after seq: UInt64, limit: Int, kinds: Set<EventKind>? = nil
    ) throws(JournalFault) -> [Event] {
        try reading { db throws(JournalFault) in
            try JournalFault.wrap {
                var events: [Event] = []
                let statement = try db.cachedStatement(sql: "SELECT row, body FROM event WHERE row > ? ORDER BY row")
                let cursor = try Row.fetchCursor(statement, arguments: [Int64(clamping: seq)])
                while events.count < limit, let row = try cursor.next() {
                    let number = try row.int(0)
                    let inside = try sealer.open(try row.blob(1), "event", "body", row: number)
                    let event = try EventColumns.unpack(inside, seq: number)
                    if kinds?.contains(event.body.kind) ?? true { events.append(event) }
                }
                return events
            }
        }
    }

    /// The number of the oldest event that is still kept; nil when none is.
    public func firstEventSeq() throws(JournalFault) -> UInt64? {
        try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap {
                try Row.fetchOne(db.cachedStatement(sql: "SELECT min(row) FROM event"))
            }
            return try row?.optionalInt(0).map { UInt64(clamping: $0) }
        }
    }

    /// The number of the last event, 0 before the first.
    public func lastEventSeq() throws(JournalFault) -> UInt64 {
        try reading { _ throws(JournalFault) in
            let next = try soft { loaded throws(JournalFault) in loaded.nextRows["event"] ?? 1 }
            return UInt64(clamping: next - 1)
        }
    }

    /// How far a named consumer is; nil for one that never acknowledged anything.
    public func consumerPosition(_ name: String) throws(JournalFault) -> UInt64? {
        try reading { db throws(JournalFault) in
            let twin = sealer.twin(Array(name.utf8), "consumer", "name")
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT event FROM consumer WHERE name = ?"), arguments: [twin.data])
            }
            return try row.map { row throws(JournalFault) in UInt64(clamping: try row.int(0)) }
        }
    }

    /// A small setting of the home.
    public func setting(_ name: String) throws(JournalFault) -> [UInt8]? {
        try reading { db throws(JournalFault) in
            let twin = sealer.twin(Array(name.utf8), "setting", "name")
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT row, value FROM setting WHERE name = ?"), arguments: [twin.data])
            }
            return try row.map { row throws(JournalFault) in
                try sealer.open(try row.blob(1), "setting", "value", row: try row.int(0))
            }
        }
    }

    /// Numbers for one's own status at `nowMs`.
    public func countsForStatus(nowMs: Int64) throws(JournalFault) -> StatusCounts {
        try reading { _ throws(JournalFault) in
            var counts = StatusCounts()
            for person in try people() {
                counts.people += 1
                if person.standing == .mutual { counts.mutuals += 1 }
            }
            try soft { loaded throws(JournalFault) in
                for row in loaded.index.unopened.rows {
                    guard let entry = loaded.index.entry(row) else { continue }
                    if !entry.erased, Self.lives(entry, nowMs) { counts.unopened += 1 }
                }
                for row in loaded.index.outbox.rows where !loaded.index.isSealed(row) {
                    guard let entry = loaded.index.entry(row), entry.kind != retractKind, entry.shown else { continue }
                    if entry.state == .undecided {
                        counts.undecided += 1
                    } else if !entry.erased, Self.lives(entry, nowMs) {
                        counts.waiting += 1
                    }
                }
            }
            return counts
        }
    }

    // MARK: parts

    static func lives(_ entry: ItemEntry, _ nowMs: Int64) -> Bool { entry.kept || entry.expiresMs > nowMs }

    func detail(_ number: Int64) throws(JournalFault) -> ItemDetail? {
        guard let item = try readItem(number) else { return nil }
        let person = try nameAndKey(item.record.person.number)
        return ItemDetail(
            record: item.record, content: try content(number), name: person.name, person: person.key)
    }

    private func list(
        _ place: ListPlace, limit: Int, from order: (SoftIndex) -> SortedRows, where isShown: (ItemEntry) -> Bool
    ) throws(JournalFault) -> [ItemDetail] {
        try reading { _ throws(JournalFault) in
            let found = try soft { loaded throws(JournalFault) in
                Self.rows(place, limit: limit, order(loaded.index)) { row in
                    (loaded.index.entry(row).map(isShown) ?? false) && !loaded.index.isSealed(row)
                }
            }
            var details: [ItemDetail] = []
            for row in found {
                if let detail = try detail(row) { details.append(detail) }
            }
            return details
        }
    }

    /// At most `limit` rows of an order, as they follow each other in it.
    private static func rows(
        _ place: ListPlace, limit: Int, _ order: SortedRows, where isShown: (Int64) -> Bool
    ) -> [Int64] {
        var found: [Int64] = []
        switch place {
        case .after(let row):
            for candidate in order.rows[order.place(after: row.number)...] {
                if found.count >= limit { break }
                if isShown(candidate) { found.append(candidate) }
            }
            return found
        case .newest, .before:
            var end = order.rows.count
            if case .before(let row) = place { end = order.place(row.number) }
            for candidate in order.rows[..<end].reversed() {
                if found.count >= limit { break }
                if isShown(candidate) { found.append(candidate) }
            }
            return found.reversed()
        }
    }
}
