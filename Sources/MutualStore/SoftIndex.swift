import MutualCore

/// What the store keeps of each item in memory to find it, nothing that could be shown.
struct ItemEntry: Equatable {
    var person: Int64
    var mine: Bool
    var id: UInt128
    /// The item that it answers.
    var re: UInt128?
    var handleLength: Int
    var kind: UInt32
    var state: ItemState
    var erased: Bool
    var opened: Bool
    var shown: Bool
    var kept: Bool
    var seq: UInt64?
    var expiresMs: Int64
    var slot: Int?

    /// The bucket of its key: the full hour at or after the end of its life, or all ones for what is kept.
    var hour: UInt64 { kept ? UInt64.max : Self.hour(atOrAfterMs: expiresMs) }

    static func hour(atOrAfterMs ms: Int64) -> UInt64 {
        guard ms > 0 else { return 0 }
        return UInt64(ms / 3_600_000) + (ms % 3_600_000 == 0 ? 0 : 1)
    }
}

/// Orders of items that the journal and the reading queries go by. Soft: made anew from the rows at any time.
struct SoftIndex {
    /// The orders of one person's items.
    struct OfPerson {
        var rows = SortedRows()
        /// Ours with a number, by number.
        var numbered: [(seq: UInt64, row: Int64)] = []
        /// Ours without a number that wait.
        var unnumbered = SortedRows()
        /// Ours that were taken back before they were given.
        var neverLeft = SortedRows()
    }

    private(set) var entries: [Int64: ItemEntry] = [:]
    private(set) var ids = IDIndex()
    private var people: [Int64: OfPerson] = [:]
    private(set) var all = SortedRows()
    /// Received and shown.
    private(set) var inbox = SortedRows()
    /// Received, shown, not opened.
    private(set) var unopened = SortedRows()
    /// Ours that wait or are undecided.
    private(set) var outbox = SortedRows()
    /// Kept beyond their life.
    private(set) var kept = SortedRows()
    /// Rows by the id that they answer.
    private var answers: [UInt128: SortedRows] = [:]
    /// Rows whose texts are here, by the slot of their bucket key.
    private var slots: [Int: SortedRows] = [:]
    /// Rows whose texts are here and not kept, by bucket; the hours in order.
    private var lives: [UInt64: SortedRows] = [:]
    private var hours: [UInt64] = []
    private var earliestMs: Int64?
    private var earliestIsKnown = true

    init() {}

    func entry(_ row: Int64) -> ItemEntry? { entries[row] }
    func of(_ person: Int64) -> OfPerson { people[person] ?? OfPerson() }
    func rows(inSlot slot: Int) -> [Int64] { slots[slot]?.rows ?? [] }
    /// Rows of everything that hangs together with one by what answers what, in order. An id that is gone holds what
    /// answers it together all the same.
    func thread(of row: Int64) -> SortedRows {
        var thread = SortedRows()
        guard let entry = entries[row] else { return thread }
        func with(_ id: UInt128) -> [Int64] { ids.rows(of: id).filter { entries[$0]?.person == entry.person } }
        var top = entry.id
        var passed: Set<UInt128> = [top]
        // Somebody may have written a circle.
        while let next = with(top).compactMap({ entries[$0]?.re }).first, passed.insert(next).inserted { top = next }
        var open = [top]
        passed = [top]
        while let id = open.popLast() {
            for answer in with(id) { thread.insert(answer) }
            for answer in answers(to: id) {
                guard let found = entries[answer], found.person == entry.person else { continue }
                thread.insert(answer)
                if passed.insert(found.id).inserted { open.append(found.id) }
            }
        }
        return thread
    }

    /// Rows that answer this id, whoever wrote them, in order.
    func answers(to id: UInt128) -> [Int64] { answers[id]?.rows ?? [] }
    /// Whether a row is a move of an exchange that nobody is shown: a seal, and one's own words before the other's are
    /// here.
    func isSealed(_ row: Int64) -> Bool {
        guard let entry = entries[row], entry.kind == Self.exchangeKind, entry.re != nil else { return false }
        return entry.mine ? !entry.opened : !entry.shown
    }

    /// The number of the kind of an exchange (Protocol/records.md).
    static let exchangeKind: UInt32 = 31
    func isNamed(slot: Int) -> Bool { slots[slot] != nil }

    /// Puts a row's entry in the place of the one before; nil takes it out.
    mutating func set(_ row: Int64, _ entry: ItemEntry?) {
        let before = entries[row]
        if before == entry { return }
        if let before { take(out: row, before) }
        entries[row] = entry
        if let entry { put(row, entry) }
    }

    private mutating func put(_ row: Int64, _ entry: ItemEntry) {
        ids.insert(entry.id, row: row)
        all.insert(row)
        change(entry, row) { $0.insert(row) }
        if entry.mine, let seq = entry.seq {
            var numbered = people[entry.person]?.numbered ?? []
            people[entry.person]?.numbered = []
            numbered.insert((seq, row), at: Self.place(seq, row, in: numbered))
            people[entry.person]?.numbered = numbered
        }
        if entry.slot != nil, !entry.kept {
            if lives[entry.hour] == nil {
                hours.insert(entry.hour, at: hours.firstIndex { $0 > entry.hour } ?? hours.count)
            }
            lives[entry.hour, default: SortedRows()].insert(row)
            if earliestIsKnown { earliestMs = min(earliestMs ?? Int64.max, entry.expiresMs) }
        }
    }

    private mutating func take(out row: Int64, _ entry: ItemEntry) {
        ids.remove(entry.id, row: row)
        all.remove(row)
        change(entry, row) { $0.remove(row) }
        if entry.mine, let seq = entry.seq {
            var numbered = people[entry.person]?.numbered ?? []
            people[entry.person]?.numbered = []
            let index = Self.place(seq, row, in: numbered)
            if index < numbered.count, numbered[index] == (seq, row) { numbered.remove(at: index) }
            people[entry.person]?.numbered = numbered
        }
        if entry.slot != nil, !entry.kept {
            lives[entry.hour]?.remove(row)
            if lives[entry.hour]?.isEmpty ?? false {
                lives[entry.hour] = nil
                hours.removeAll { $0 == entry.hour }
            }
            if entry.expiresMs == earliestMs { earliestIsKnown = false }
        }
        if people[entry.person]?.rows.isEmpty ?? false { people[entry.person] = nil }
    }

    /// The orders that a row of this entry stands in.
    private mutating func change(_ entry: ItemEntry, _ row: Int64, _ body: (inout SortedRows) -> Void) {
        body(&people[entry.person, default: OfPerson()].rows)
        if entry.mine {
            if entry.seq == nil, entry.state == .waiting, !entry.erased {
                body(&people[entry.person, default: OfPerson()].unnumbered)
            }
            if entry.seq == nil, entry.state == .takenBack {
                body(&people[entry.person, default: OfPerson()].neverLeft)
            }
            if entry.state == .waiting || entry.state == .undecided { body(&outbox) }
        } else if entry.shown {
            body(&inbox)
            if !entry.opened { body(&unopened) }
        }
        if entry.kept { body(&kept) }
        if let re = entry.re {
            body(&answers[re, default: SortedRows()])
            if answers[re]?.isEmpty ?? false { answers[re] = nil }
        }
        if let slot = entry.slot {
            body(&slots[slot, default: SortedRows()])
            if slots[slot]?.isEmpty ?? false { slots[slot] = nil }
        }
    }

    private static func place(_ seq: UInt64, _ row: Int64, in numbered: [(seq: UInt64, row: Int64)]) -> Int {
        var low = 0
        var high = numbered.count
        while low < high {
            let middle = (low + high) / 2
            if (numbered[middle].seq, numbered[middle].row) < (seq, row) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Rows of ours to a person with a number, from `seq` on, in order.
    func numbered(_ person: Int64, from seq: UInt64, limit: Int) -> [Int64] {
        guard let numbered = people[person]?.numbered else { return [] }
        return numbered[Self.place(seq, Int64.min, in: numbered)...].prefix(max(0, limit)).map(\.row)
    }

    /// Rows whose texts are here and whose life ended at or before this moment, the earliest first.
    func expired(atMs: Int64, limit: Int) -> [Int64] {
        var found: [(Int64, Int64)] = []
        let last = ItemEntry.hour(atOrAfterMs: atMs)
        for hour in hours {
            if hour > last || found.count >= limit { break }
            for row in lives[hour]?.rows ?? [] {
                if let entry = entries[row], entry.expiresMs <= atMs { found.append((entry.expiresMs, row)) }
            }
        }
        return found.sorted { $0 < $1 }.prefix(max(0, limit)).map(\.1)
    }

    /// When the next life ends, exactly.
    mutating func nextExpiryMs() -> Int64? {
        if !earliestIsKnown {
            earliestIsKnown = true
            earliestMs = nil
            if let hour = hours.first {
                for row in lives[hour]?.rows ?? [] {
                    if let ms = entries[row]?.expiresMs { earliestMs = min(earliestMs ?? Int64.max, ms) }
                }
            }
        }
        return earliestMs
    }
}
