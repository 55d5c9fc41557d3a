import MutualRules
import MutualWire

extension Record {
    /// The number in its log, of the two records that have one.
    var seq: UInt64? {
        switch self {
        case .item(let item): item.seq
        case .void(let seq, _): seq
        case .hello, .ack, .ping, .pong, .bye, .answer, .unknown: nil
        }
    }
}

extension Record {
    /// Whether a peer that lives sends something because of it. An Ack or a Pong that asked for an answer would keep two
    /// idle daemons talking for ever.
    var asksForCells: Bool {
        switch self {
        case .hello, .item, .void, .ping: true
        case .ack, .pong, .bye, .answer, .unknown: false
        }
    }
}

extension ItemRecord {
    /// Whether it takes another item back; such a one is never told of.
    var isRetract: Bool { kind == Kind.retract.rawValue }

    /// The most bytes that it takes when it is shown: every byte of a text may need another one before it, and an
    /// exchange shows the words of both.
    var mostAnswerBytes: Int {
        let words = kind == Kind.exchange.rawValue ? 2 * Limits.textBytes : 0
        return 1_024 + 2 * (size + words)
    }

    /// Ours: whether it is still to be said what became of it.
    var isOpen: Bool { shown && (state == .waiting || state == .undecided) }

    /// Whole seconds of life that are left.
    func leftS(at now: Instant) -> Int64 {
        let left = expiresMs.subtractingReportingOverflow(now.wallMs)
        return left.overflow ? 0 : left.partialValue / 1_000
    }

    /// The row of a received item.
    init(received item: Item, size: Int, from person: PersonRow, now: Instant) {
        self.init(
            row: ItemRow(0), person: person, mine: false, id: item.id, handle: "", kind: item.content.kindNumber,
            re: item.re, want: item.content.want, madeMs: item.madeMs, storedMs: now.wallMs,
            expiresMs: now.wallMs + Int64(item.leftS) * 1_000)
        self.size = size
    }

    /// The row of an item that is given here.
    init(given item: Item, to person: PersonRow, lifeS: Int64, now: Instant) {
        self.init(
            row: ItemRow(0), person: person, mine: true, id: item.id, handle: "", kind: item.content.kindNumber,
            re: item.re, want: item.content.want, madeMs: item.madeMs, storedMs: now.wallMs,
            expiresMs: now.wallMs + lifeS * 1_000)
        size = Record.item(item).encode().count
    }
}

extension Item {
    /// An item that takes another one back.
    static func retract(id: ItemID, of taken: ItemID, madeMs: Int64) -> Item {
        var item = Item(id: id, madeMs: madeMs, content: .retract)
        item.re = taken
        return item
    }
}

extension Journal {
    /// Accepts an item for a person.
    func append(_ item: Item, to person: PersonRow, lifeS: Int64, now: Instant) throws(JournalFault) {
        _ = try insert(ItemRecord(given: item, to: person, lifeS: lifeS, now: now), content: item.stored())
    }
}

/// Takes an own item back `[log-8]`. Gives what is to be told.
enum TakeBack {
    case neverLeft(ItemRecord)
    case takenBack(ItemRecord)

    static func perform(
        _ item: ItemRecord, cause: TakenBackCause, retractID: () -> ItemID, now: Instant, journal: any Journal
    ) throws(JournalFault) -> TakeBack {
        var record = item
        record.state = .takenBack
        record.cause = cause
        if !record.erased { try journal.eraseContent(record.row) }
        record.erased = true
        try journal.update(record)
        guard record.seq != nil else { return .neverLeft(record) }
        let retract = Item.retract(id: retractID(), of: record.id, madeMs: now.wallMs)
        try journal.append(retract, to: record.person, lifeS: Limits.retractLifeS, now: now)
        return .takenBack(record)
    }
}

/// What a page or a room took the place of `[log-14.2]`.
enum Replaced {
    /// When the newer one ends and may never have come to its reader, nothing erases the older ones there: a retract of
    /// each does. Gives them as they were.
    static func retract(
        before newer: ItemRecord, retractID: () -> ItemID, now: Instant, journal: any Journal
    ) throws(JournalFault) -> [ItemRecord] {
        guard newer.kind == Kind.plan.rawValue || newer.kind == Kind.room.rawValue else { return [] }
        let older = try journal.numbered(newer.person, from: 1, limit: .max).filter { record in
            record.kind == newer.kind && record.row < newer.row && record.erased && record.leftS(at: now) >= 1
                && (record.state == .delivered || (record.state == .takenBack && record.cause == .replaced))
        }
        for record in older {
            var taken = record
            taken.state = .takenBack
            taken.cause = .byYou
            try journal.update(taken)
            let retract = Item.retract(id: retractID(), of: record.id, madeMs: now.wallMs)
            try journal.append(retract, to: record.person, lifeS: Limits.retractLifeS, now: now)
        }
        return older
    }
}

/// The life of an own item ends `[log-8]`: its texts are erased, and what is known is told.
enum LifeEnd {
    /// Never given: it leaves no trace.
    case neverGiven(ItemRecord)
    /// Given and not acked: nobody knows.
    case undecided(ItemRecord)
    /// Decided before.
    case known

    static func perform(_ item: ItemRecord, journal: any Journal) throws(JournalFault) -> LifeEnd {
        var record = item
        guard let seq = record.seq else {
            try journal.removeItem(record.row)
            return .neverGiven(record)
        }
        if !record.erased { try journal.eraseContent(record.row) }
        record.erased = true
        // Somebody who was unlisted has no log any more, and nothing of theirs waits.
        var open = record.state == .waiting
        if open { open = try journal.outLog(record.person).acked < seq }
        if open { record.state = .undecided }
        try journal.update(record)
        return open ? .undecided(record) : .known
    }
}
