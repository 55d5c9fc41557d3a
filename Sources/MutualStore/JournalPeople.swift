import GRDB
public import MutualCore
import MutualCrypto

extension StoreJournal {
    /// See `Journal`.
    public func people() throws(JournalFault) -> [PersonRecord] { try store.people() }

    /// See `Journal`.
    public func list(_ person: PersonRecord, out: OutLog) throws(JournalFault) -> PersonRow {
        let number = try store.takeRow("person")
        var person = person
        person.row = PersonRow(number)
        try execute(
            "INSERT INTO person (row, standing, id, record, sent, held) VALUES (?, ?, ?, ?, ?, ?)",
            [
                number, person.standing.rawValue, sealer.twin(person.key.bytes, "person", "id").data,
                seal(PersonColumns.pack(person), "person", "record", number),
                seal(PersonColumns.pack(out), "person", "sent", number),
                seal(PersonColumns.pack(InLogs()), "person", "held", number),
            ])
        try store.soft { loaded throws(JournalFault) in
            loaded.people[number] = person
            loaded.outLogs[number] = out
            loaded.inLogs[number] = InLogs()
        }
        return person.row
    }

    /// See `Journal`.
    public func update(_ person: PersonRecord) throws(JournalFault) {
        let number = person.row.number
        let before = try store.person(number)
        if before == person { return }
        try execute(
            "UPDATE person SET standing = ?, id = ?, record = ? WHERE row = ?",
            [
                person.standing.rawValue, sealer.twin(person.key.bytes, "person", "id").data,
                seal(PersonColumns.pack(person), "person", "record", number), number,
            ])
        try store.soft { loaded throws(JournalFault) in loaded.people[number] = person }
    }

    /// See `Journal`.
    public func unlist(_ person: PersonRow) throws(JournalFault) {
        let number = person.number
        let name = try store.person(number).name
        store.rowsWentAway()
        for row in try store.soft({ loaded throws(JournalFault) in loaded.index.of(number).rows.rows }) {
            guard let entry = try store.soft({ loaded throws(JournalFault) in loaded.index.entry(row) }) else {
                continue
            }
            if entry.mine, entry.state != .delivered || entry.erased { try removeItem(ItemRow(row)) }
        }
        try execute("DELETE FROM taken WHERE person = ?", [number])
        if try store.soft({ loaded throws(JournalFault) in loaded.index.of(number).rows.isEmpty }) {
            try execute("DELETE FROM person WHERE row = ?", [number])
        } else {
            try execute(
                "UPDATE person SET standing = ?, id = NULL, record = ?, sent = NULL, held = NULL WHERE row = ?",
                [
                    PersonColumns.goneStanding,
                    seal(PersonColumns.pack(gone: name), "person", "record", number), number,
                ])
        }
        try store.soft { loaded throws(JournalFault) in
            loaded.people[number] = nil
            loaded.outLogs[number] = nil
            loaded.inLogs[number] = nil
        }
    }

    /// See `Journal`.
    public func outLog(_ person: PersonRow) throws(JournalFault) -> OutLog {
        let number = person.number
        if let known = try store.soft({ loaded throws(JournalFault) in loaded.outLogs[number] }) { return known }
        let log = try PersonColumns.outLog(try logColumn("sent", number))
        try store.soft { loaded throws(JournalFault) in loaded.outLogs[number] = log }
        return log
    }

    /// See `Journal`.
    public func setOutLog(_ log: OutLog, of person: PersonRow) throws(JournalFault) {
        let number = person.number
        guard try outLog(person) != log else { return }
        try execute(
            "UPDATE person SET sent = ? WHERE row = ?",
            [seal(PersonColumns.pack(log), "person", "sent", number), number])
        try store.soft { loaded throws(JournalFault) in loaded.outLogs[number] = log }
    }

    /// See `Journal`.
    public func inLogs(_ person: PersonRow) throws(JournalFault) -> InLogs {
        let number = person.number
        if let known = try store.soft({ loaded throws(JournalFault) in loaded.inLogs[number] }) { return known }
        let logs = try PersonColumns.inLogs(try logColumn("held", number))
        try store.soft { loaded throws(JournalFault) in loaded.inLogs[number] = logs }
        return logs
    }

    /// See `Journal`.
    public func setInLogs(_ logs: InLogs, of person: PersonRow) throws(JournalFault) {
        let number = person.number
        guard try inLogs(person) != logs else { return }
        try execute(
            "UPDATE person SET held = ? WHERE row = ?",
            [seal(PersonColumns.pack(logs), "person", "held", number), number])
        try store.soft { loaded throws(JournalFault) in loaded.inLogs[number] = logs }
    }

    /// A log of somebody who is listed; somebody else has none, which is the caller's mistake or a damaged store.
    private func logColumn(_ column: String, _ number: Int64) throws(JournalFault) -> [UInt8] {
        guard let row = try row("SELECT \(column) FROM person WHERE row = ?", [number]) else { throw .damaged }
        return try sealer.open(try row.blob(0), "person", column, row: number)
    }
}
