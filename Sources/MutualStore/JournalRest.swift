import GRDB
public import MutualCore
import MutualCrypto

extension StoreJournal {
    // MARK: sessions

    /// See `Journal`.
    public func hasSeen(ephemeral: [UInt8]) throws(JournalFault) -> Bool {
        try row("SELECT 1 FROM seen WHERE e = ?", [sealer.twin(ephemeral, "seen", "e").data]) != nil
    }

    /// See `Journal`.
    public func remember(ephemeral: [UInt8], runningMs: Int64) throws(JournalFault) {
        try execute(
            "INSERT INTO seen (e, running) VALUES (?, ?) ON CONFLICT (e) DO NOTHING",
            [sealer.twin(ephemeral, "seen", "e").data, runningMs])
        try execute("UPDATE clock SET running = ? WHERE running < ?", [runningMs, runningMs])
    }

    /// See `Journal`.
    public func forgetEphemerals(beforeMs: Int64) throws(JournalFault) {
        try execute("DELETE FROM seen WHERE running < ?", [beforeMs])
    }

    /// See `Journal`.
    public func lastRunningMs() throws(JournalFault) -> Int64 {
        guard let row = try row("SELECT running FROM clock WHERE one = 1") else { throw .damaged }
        return try row.runningMs(0)
    }

    // MARK: events

    /// How long events and keys are kept: 30 days.
    private static var keptMs: Int64 { 30 * 86_400_000 }
    /// How many events are kept.
    private static var keptEvents: Int64 { 100_000 }

    private func hour(endOf keptMs: Int64, from atMs: Int64) -> Int64 {
        Int64.hour(atOrAfterMs: atMs.addingReportingOverflow(keptMs).partialValue)
    }

    /// See `Journal`.
    public func append(_ event: EventBody, atMs: Int64) throws(JournalFault) -> Event {
        let number = try store.takeRow("event")
        try execute(
            "INSERT INTO event (row, hour, body) VALUES (?, ?, ?)",
            [
                number, hour(endOf: Self.keptMs, from: atMs),
                seal(EventColumns.pack(event, atMs: atMs), "event", "body", number),
            ])
        return Event(seq: UInt64(clamping: number), atMs: atMs, body: event)
    }

    /// See `Journal`.
    public func lastEvent() throws(JournalFault) -> UInt64 { try store.lastEventSeq() }

    /// See `Journal`.
    public func acknowledge(consumer: String, seq: UInt64, atMs: Int64) throws(JournalFault) {
        let twin = sealer.twin(Array(consumer.utf8), "consumer", "name")
        // A consumer that has read nothing yet is remembered as well: what comes before its first word is kept for it.
        if let known = try store.consumerPosition(consumer), seq <= known { return }
        try execute(
            """
            INSERT INTO consumer (name, event) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET event = max(event, excluded.event)
            """,
            [twin.data, Int64(clamping: seq)])
    }

    // MARK: keys of calls

    /// See `Journal`.
    public func recall(_ key: IdempotencyKey, atMs: Int64) throws(JournalFault) -> Recall {
        guard let found = try remembered(key), found.atMs.addingReportingOverflow(Self.keptMs).partialValue > atMs
        else {
            return .unused
        }
        guard ConstantTime.equal(found.digest, digest(key)) else { return .conflict }
        return .same(found.result)
    }

    /// See `Journal`.
    public func remember(_ key: IdempotencyKey, result: [UInt8], atMs: Int64) throws(JournalFault) {
        let twin = sealer.twin(Array(key.key.utf8), "idempotency", "key")
        // Only one that is past its keeping can stand there.
        try execute("DELETE FROM idempotency WHERE key = ?", [twin.data])
        let number = try store.takeRow("idempotency")
        var packer = Packer()
        packer.number(atMs)
        packer.fixed(digest(key))
        packer.string(result)
        try execute(
            "INSERT INTO idempotency (row, key, hour, record) VALUES (?, ?, ?, ?)",
            [
                number, twin.data, hour(endOf: Self.keptMs, from: atMs),
                seal(packer.bytes, "idempotency", "record", number),
            ])
    }

    private func digest(_ key: IdempotencyKey) -> [UInt8] {
        Array(sealer.digest(key.parameters, "idempotency", "parameters").prefix(32))
    }

    private func remembered(
        _ key: IdempotencyKey
    ) throws(JournalFault) -> (atMs: Int64, digest: [UInt8], result: [UInt8])? {
        let twin = sealer.twin(Array(key.key.utf8), "idempotency", "key")
        guard let row = try row("SELECT row, record FROM idempotency WHERE key = ?", [twin.data]) else { return nil }
        var inside = Unpacker(try sealer.open(try row.blob(1), "idempotency", "record", row: try row.int(0)))
        return (try inside.number(), try inside.fixed(32), try inside.string())
    }

    // MARK: settings

    /// See `Journal`.
    public func setting(_ name: String) throws(JournalFault) -> [UInt8]? { try store.setting(name) }

    /// See `Journal`.
    public func setSetting(_ name: String, _ value: [UInt8]?) throws(JournalFault) {
        let before = try setting(name)
        guard before != value else { return }
        if before != nil { store.rowsWentAway() }
        let twin = sealer.twin(Array(name.utf8), "setting", "name")
        try execute("DELETE FROM setting WHERE name = ?", [twin.data])
        guard let value else { return }
        let number = try store.takeRow("setting")
        try execute(
            "INSERT INTO setting (row, name, value) VALUES (?, ?, ?)",
            [number, twin.data, seal(value, "setting", "value", number)])
    }

    // MARK: keeping

    /// See `Journal`.
    public func tidy(atMs: Int64) throws(JournalFault) {
        // A row whose `hour` is over is past its keeping to the millisecond.
        let hour = atMs <= 0 ? 0 : atMs / 3_600_000
        try execute("DELETE FROM event WHERE hour <= ?", [hour])
        let last = Int64(clamping: try lastEvent())
        try execute("DELETE FROM event WHERE row <= ?", [last - Self.keptEvents])
        try execute("DELETE FROM idempotency WHERE hour <= ?", [hour])
        try execute("DELETE FROM taken WHERE hour <= ?", [hour])
        try tidyItems(atMs: atMs)
        try tidyPeople()
    }

    /// Rows without text whose life is over and of which nothing more is to be said: received ones, ours that were
    /// decided and never had a number (but those taken back, whose ids the next Hello may need `[log-8]`), and ours with a number from the lowest on, as far as they were acked.
    private func tidyItems(atMs: Int64) throws(JournalFault) {
        let rows = try store.soft { loaded throws(JournalFault) in
            loaded.index.all.rows.filter { row in
                guard let entry = loaded.index.entry(row), entry.erased, entry.expiresMs <= atMs else { return false }
                if entry.mine { return entry.seq == nil && entry.state != .undecided && entry.state != .takenBack }
                return true
            }
        }
        for row in rows { try removeItem(ItemRow(row)) }
        for person in try people() {
            var log = try outLog(person.row)
            let from = log.first
            for record in try numbered(person.row, from: from, limit: Int.max) {
                guard record.seq == log.first, log.first <= log.acked, record.erased, record.expiresMs <= atMs else {
                    break
                }
                try removeItem(record.row)
                log.first += 1
            }
            if log.first != from { try setOutLog(log, of: person.row) }
        }
    }

    /// Names of those who were unlisted and of whom nothing is left.
    private func tidyPeople() throws(JournalFault) {
        let gone = try rows("SELECT row FROM person WHERE standing = ?", [PersonColumns.goneStanding])
        for row in gone {
            let number = try row.int(0)
            for item in try store.soft({ loaded throws(JournalFault) in loaded.index.of(number).rows.rows }) {
                let isErased = try store.soft { loaded throws(JournalFault) in loaded.index.entry(item)?.erased ?? true
                }
                if isErased { try removeItem(ItemRow(item)) }
            }
            if try store.soft({ loaded throws(JournalFault) in loaded.index.of(number).rows.isEmpty }) {
                try execute("DELETE FROM person WHERE row = ?", [number])
            }
        }
    }
}
