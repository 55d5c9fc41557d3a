import GRDB
public import MutualCore
import MutualCrypto
public import MutualWire

extension StoreJournal {
    // MARK: writing

    /// See `Journal`.
    public func insert(_ item: ItemRecord, content: [UInt8]) throws(JournalFault) -> ItemRecord {
        let number = try store.takeRow("item")
        var record = item
        record.row = ItemRow(number)
        record.erased = false
        let length = try store.soft { loaded throws(JournalFault) in
            ItemID.handleLength(record.id) { beginning in
                !loaded.index.ids.rows(beginning: Array(beginning.utf8), limit: 1).isEmpty
            }
        }
        record.handle = String(record.id.text.prefix(length))
        var entry = try ItemColumns.entry(record, slot: nil)
        let buckets = try store.soft { loaded throws(JournalFault) in loaded.buckets }
        let slot = try buckets.slot(ofHour: entry.hour)
        entry.slot = slot
        let (key, sealedText, _) = try sealContent(content, row: number, bucket: buckets.key(inSlot: slot))
        try execute(
            """
            INSERT INTO item (row, person, mine, state, opened, shown, kept, hour, size, slot, record, key, text)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, record.person.number, record.mine, ItemColumns.number(record.state), record.opened,
                record.shown, record.kept, Int64(clamping: entry.hour), record.size, slot,
                seal(ItemColumns.pack(record), "item", "record", number), key.data, sealedText.data,
            ])
        if !record.mine { try rememberTaken(record.id, person: record.person, atMs: record.storedMs) }
        try store.soft { loaded throws(JournalFault) in loaded.index.set(number, entry) }
        return record
    }

    /// The item's key, which lives here only, wrapped under its bucket's, and the text under the item's key.
    private func sealContent(
        _ content: [UInt8], own: [UInt8] = [], row: Int64, bucket: BucketKey
    ) -> (key: [UInt8], text: [UInt8], own: [UInt8]) {
        let sealer = sealer
        return ItemKey.withNew(draw: { sealer.entropy.fill($0) }) { key in
            let wrapped = key.wrapped(
                under: bucket, nonce: sealer.nonce(), ad: sealer.associated("item", "key", row: row))
            let text = key.seal(
                nonce: sealer.nonce(), value: content, ad: sealer.associated("item", "text", row: row))
            let own = key.seal(nonce: sealer.nonce(), value: own, ad: sealer.associated("item", "own", row: row))
            return (wrapped, text, own)
        }
    }

    /// See `Journal`.
    public func update(_ item: ItemRecord) throws(JournalFault) {
        let number = item.row.number
        guard let found = try store.readItem(number) else { throw .damaged }
        var record = found.record
        record.state = item.state
        record.cause = item.cause
        record.seq = item.seq
        record.opened = item.opened
        record.shown = item.shown
        record.kept = item.kept
        record.expiresMs = item.expiresMs
        if record == found.record { return }
        var entry = try ItemColumns.entry(record, slot: found.entry.slot.map { Int64($0) })
        if let slot = found.entry.slot, entry.hour != found.entry.hour {
            entry.slot = try store.move(row: number, from: slot, toHour: entry.hour)
            store.left(slot: slot, early: false)
        }
        try execute(
            """
            UPDATE item SET state = ?, opened = ?, shown = ?, kept = ?, hour = ?, slot = ?, record = ? WHERE row = ?
            """,
            [
                ItemColumns.number(record.state), record.opened, record.shown, record.kept,
                Int64(clamping: entry.hour), entry.slot, seal(ItemColumns.pack(record), "item", "record", number),
                number,
            ])
        let written = entry
        try store.soft { loaded throws(JournalFault) in loaded.index.set(number, written) }
    }

    /// See `Journal`.
    public func eraseContent(_ row: ItemRow) throws(JournalFault) {
        let number = row.number
        guard var entry = try entry(number), let slot = entry.slot else { return }
        try execute("UPDATE item SET key = NULL, text = NULL, own = NULL, slot = NULL WHERE row = ?", [number])
        store.left(slot: slot, early: entry.kept || entry.expiresMs > store.sweepMs)
        entry.slot = nil
        entry.erased = true
        let written = entry
        try store.soft { loaded throws(JournalFault) in loaded.index.set(number, written) }
    }

    /// See `Journal`.
    public func removeItem(_ row: ItemRow) throws(JournalFault) {
        let number = row.number
        guard let entry = try entry(number) else { return }
        try execute("DELETE FROM item WHERE row = ?", [number])
        if let slot = entry.slot { store.left(slot: slot, early: entry.kept || entry.expiresMs > store.sweepMs) }
        try store.soft { loaded throws(JournalFault) in loaded.index.set(number, nil) }
    }

    /// See `Journal`.
    public func setOwn(_ bytes: [UInt8], of row: ItemRow) throws(JournalFault) {
        let number = row.number
        guard try store.own(number) != nil else {
            guard let sealed = try store.sealUnderItemKey(bytes, "own", number) else { throw .damaged }
            try execute("UPDATE item SET own = ? WHERE row = ?", [sealed.data, number])
            return
        }
        // What stood there is on old pages of the file and opens with the item's key: that becomes another one.
        guard let entry = try entry(number), let slot = entry.slot, let content = try store.content(number) else {
            throw .damaged
        }
        let bucket = try store.soft { loaded throws(JournalFault) in try loaded.buckets.key(inSlot: slot) }
        let sealed = sealContent(content, own: bytes, row: number, bucket: bucket)
        try execute(
            "UPDATE item SET key = ?, text = ?, own = ? WHERE row = ?",
            [sealed.key.data, sealed.text.data, sealed.own.data, number])
        store.left(slot: slot, early: true)
    }

    // MARK: reading

    /// See `Journal`.
    public func own(_ row: ItemRow) throws(JournalFault) -> [UInt8]? { try store.own(row.number) }

    /// See `Journal`.
    public func answers(to id: ItemID, person: PersonRow) throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                loaded.index.answers(to: IDIndex.number(id.bytes)).filter {
                    loaded.index.entry($0)?.person == person.number
                }
            })
    }

    /// See `Journal`.
    public func answers(
        to id: ItemID, person: PersonRow, kind: UInt32, mine: Bool, last: Int
    ) throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                let rows = loaded.index.answers(to: IDIndex.number(id.bytes)).filter { row in
                    guard let entry = loaded.index.entry(row) else { return false }
                    return entry.person == person.number && entry.kind == kind && entry.mine == mine
                }
                return Array(rows.suffix(max(0, last)))
            })
    }

    /// See `Journal`.
    public func living(kind: UInt32, person: PersonRow, mine: Bool) throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                loaded.index.of(person.number).rows.rows.filter { row in
                    guard let entry = loaded.index.entry(row) else { return false }
                    return entry.kind == kind && entry.mine == mine && !entry.erased
                }
            })
    }

    private func entry(_ number: Int64) throws(JournalFault) -> ItemEntry? {
        try store.soft { loaded throws(JournalFault) in loaded.index.entry(number) }
    }

    private func records(_ numbers: [Int64]) throws(JournalFault) -> [ItemRecord] {
        var records: [ItemRecord] = []
        records.reserveCapacity(numbers.count)
        for number in numbers {
            guard let item = try store.readItem(number) else { throw .damaged }
            records.append(item.record)
        }
        return records
    }

    /// See `Journal`.
    public func item(_ row: ItemRow) throws(JournalFault) -> ItemRecord? {
        guard try entry(row.number) != nil else { return nil }
        return try store.readItem(row.number)?.record
    }

    /// See `Journal`.
    public func item(id: ItemID, person: PersonRow, mine: Bool) throws(JournalFault) -> ItemRecord? {
        let number = IDIndex.number(id.bytes)
        let found = try store.soft { loaded throws(JournalFault) in
            loaded.index.ids.rows(of: number).first {
                guard let entry = loaded.index.entry($0) else { return false }
                return entry.person == person.number && entry.mine == mine
            }
        }
        return try found.flatMap { row throws(JournalFault) in try store.readItem(row)?.record }
    }

    /// See `Journal`.
    public func items(beginning text: String, limit: Int) throws(JournalFault) -> [ItemRecord] {
        let characters = Array(text.utf8)
        let numbers = try store.soft { loaded throws(JournalFault) in
            let rows = loaded.index.ids.rows(beginning: characters, limit: Int.max).filter {
                !loaded.index.isSealed($0)
            }
            // Ids count per direction: a peer's item may have the id of one of ours.
            if characters.count == ItemID.textLength,
                let own = rows.first(where: { loaded.index.entry($0)?.mine ?? false })
            {
                return limit > 0 ? [own] : []
            }
            let exact = rows.first { loaded.index.entry($0)?.handleLength == characters.count }
            return exact.map { [$0] } ?? Array(rows.prefix(max(0, limit)))
        }
        return try records(numbers)
    }

    /// See `Journal`.
    public func content(_ row: ItemRow) throws(JournalFault) -> [UInt8]? { try store.content(row.number) }

    /// See `Journal`.
    public func unnumbered(_ person: PersonRow, after: ItemRow?, limit: Int) throws(JournalFault) -> [ItemRecord] {
        let numbers = try store.soft { loaded throws(JournalFault) in
            let rows = loaded.index.of(person.number).unnumbered
            let from = after.map { rows.place(after: $0.number) } ?? 0
            return Array(rows.rows[from...].prefix(max(0, limit)))
        }
        return try records(numbers)
    }

    /// See `Journal`.
    public func numbered(_ person: PersonRow, from: UInt64, limit: Int) throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                loaded.index.numbered(person.number, from: from, limit: limit)
            })
    }

    /// See `Journal`.
    public func neverLeft(_ person: PersonRow) throws(JournalFault) -> [ItemRecord] {
        try records(try store.soft { loaded throws(JournalFault) in loaded.index.of(person.number).neverLeft.rows })
    }

    /// See `Journal`.
    public func expired(atMs: Int64, limit: Int) throws(JournalFault) -> [ItemRecord] {
        store.sweepMs = max(store.sweepMs, atMs)
        return try records(
            try store.soft { loaded throws(JournalFault) in loaded.index.expired(atMs: atMs, limit: limit) })
    }

    /// See `Journal`. One that is removed after this counts as removed before its time: others of its hour may be held
    /// back, so that their bucket's key stays.
    public func over(atMs: Int64) throws(JournalFault) -> [ItemRecord] {
        try records(try store.soft { loaded throws(JournalFault) in loaded.index.expired(atMs: atMs, limit: Int.max) })
    }

    /// See `Journal`.
    public func nextExpiryMs() throws(JournalFault) -> Int64? {
        try store.soft { loaded throws(JournalFault) in loaded.index.nextExpiryMs() }
    }

    /// See `Journal`.
    public func unopened(atMs: Int64, limit: Int) throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                var living: [Int64] = []
                for row in loaded.index.unopened.rows {
                    if living.count >= limit { break }
                    if let entry = loaded.index.entry(row), Store.lives(entry, atMs) { living.append(row) }
                }
                return living
            })
    }

    /// See `Journal`.
    public func keptItems() throws(JournalFault) -> [ItemRecord] {
        try records(
            try store.soft { loaded throws(JournalFault) in
                loaded.index.inbox.rows.filter { row in
                    guard let entry = loaded.index.entry(row) else { return false }
                    return entry.kept && !entry.erased
                }
            })
    }

    // MARK: ids that were taken

    /// How long an id is remembered as taken: 120 days `[log-3]`.
    private static var takenMs: Int64 { 120 * 86_400_000 }

    /// See `Journal`.
    public func isTaken(_ id: ItemID, person: PersonRow) throws(JournalFault) -> Bool {
        let twin = sealer.twin(id.bytes, "taken", "id", person: person.number)
        return try row("SELECT 1 FROM taken WHERE person = ? AND id = ?", [person.number, twin.data]) != nil
    }

    /// See `Journal`.
    public func rememberTaken(_ id: ItemID, person: PersonRow, atMs: Int64) throws(JournalFault) {
        let twin = sealer.twin(id.bytes, "taken", "id", person: person.number)
        let until = Int64.hour(atOrAfterMs: atMs.addingReportingOverflow(Self.takenMs).partialValue)
        try execute(
            """
            INSERT INTO taken (person, id, hour) VALUES (?, ?, ?)
            ON CONFLICT (person, id) DO UPDATE SET hour = max(hour, excluded.hour)
            """,
            [person.number, twin.data, until])
    }
}
