import MutualWire

/// What the sender's side of a log says: records for the peer, and news for one's own person.
enum OutgoingStep: Equatable {
    case hello
    case item(ItemRecord)
    case void(seq: UInt64, id: ItemID)
    case delivered(ItemRecord)
    case notReached(ItemRecord)
    case putBack
}

/// The sender's side of one session with one person `[log-1]`, `[log-4]` to `[log-8]`.
///
/// Soft: made anew for each session. What must last stands in `OutLog` and in the items' rows, written by each method
/// before it returns.
struct OutgoingLog {
    let person: PersonRow
    /// The next number that this session has not given yet.
    private var cursor: UInt64?
    /// Given on this session and not acked, in order.
    private var given: [(seq: UInt64, size: Int)] = []
    private var givenBytes = 0
    private var sawHello = false

    init(person: PersonRow) { self.person = person }

    /// Whether the peer's first Hello was read; before it nothing is given.
    var isOpen: Bool { sawHello }

    // MARK: the peer's word

    /// A Hello of the peer: the first of the session decides everything, later ones count as an Ack `[log-6]`.
    mutating func hello(
        peerLog: LogID?, received: UInt64, newLog: () -> LogID, newRetractID: () -> ItemID, now: Instant,
        journal: any Journal
    ) throws -> [OutgoingStep] {
        if sawHello {
            guard let peerLog else { return [] }
            return try ack(log: peerLog, received: received, journal: journal)
        }
        var log = try journal.outLog(person)
        let present = peerLog == log.log
        let known = peerLog.map { present || log.older.contains($0) } ?? true
        var steps: [OutgoingStep]
        if !known || (present && received >= log.next) {
            steps = try startNewLog(&log, samePeerLog: present, newLog: newLog, now: now, journal: journal)
            cursor = 1
            try forgetNeverLeft(&log, asking: true, newRetractID: newRetractID, now: now, journal: journal)
        } else {
            let held = present ? received : 0
            steps = try decide(upTo: held, log: log, final: true, journal: journal)
            if present, held > log.acked {
                log.acked = held
                try journal.setOutLog(log, of: person)
            }
            cursor = max(held + 1, log.first)
            try forgetNeverLeft(&log, asking: false, newRetractID: newRetractID, now: now, journal: journal)
        }
        sawHello = true
        return steps
    }

    /// An Ack `[log-6]`: for another log, or lower than known, it is ignored.
    mutating func ack(log name: LogID, received: UInt64, journal: any Journal) throws -> [OutgoingStep] {
        var log = try journal.outLog(person)
        guard name == log.log else { return [] }
        guard received < log.next else { throw Violation.ackTooHigh }
        while let oldest = given.first, oldest.seq <= received {
            givenBytes -= oldest.size
            given.removeFirst()
        }
        guard received > log.acked else { return [] }
        let steps = try decide(upTo: received, log: log, final: false, journal: journal)
        log.acked = received
        try journal.setOutLog(log, of: person)
        return steps
    }

    // MARK: giving

    /// What is to be given now, in order, as far as the window of 256 numbers and 1 MiB `[log-7]` and `room` bytes of
    /// cells allow. An item without a number gets one here, in this transaction `[log-1]`.
    mutating func give(
        room: Int, now: Instant, lives: LifeClock = LifeClock(), journal: any Journal
    ) throws -> [OutgoingStep] {
        guard cursor != nil else { return [] }
        var log = try journal.outLog(person)
        let before = log
        var room = room
        var steps = try giveNumbered(&room, log: log, left: { lives.leftS(of: $0, now) }, journal: journal)
        if cursor == log.next {
            steps += try giveUnnumbered(&room, log: &log, left: { lives.leftS(of: $0, now) }, journal: journal)
        }
        if log != before { try journal.setOutLog(log, of: person) }
        return steps
    }

    /// What had a number before this session, each as what it is now.
    private mutating func giveNumbered(
        _ room: inout Int, log: OutLog, left: (ItemRecord) -> Int64, journal: any Journal
    ) throws -> [OutgoingStep] {
        var steps: [OutgoingStep] = []
        while let at = cursor, at < log.next {
            let batch = try journal.numbered(person, from: at, limit: Self.batch)
            guard let last = batch.last?.seq else {
                cursor = log.next
                break
            }
            for record in batch {
                guard let seq = record.seq, take(record.size, seq: seq, room: &room) else { return steps }
                steps += try step(of: record, seq: seq, log: log, left: left(record), journal: journal)
            }
            if last + 1 >= log.next { cursor = log.next }
        }
        return steps
    }

    private mutating func giveUnnumbered(
        _ room: inout Int, log: inout OutLog, left: (ItemRecord) -> Int64, journal: any Journal
    ) throws -> [OutgoingStep] {
        var steps: [OutgoingStep] = []
        var after: ItemRow?
        while true {
            let batch = try journal.unnumbered(person, after: after, limit: Self.batch)
            guard let last = batch.last else { return steps }
            // One whose life ends in this second is left to its end.
            for var record in batch where left(record) >= 1 {
                guard take(record.size, seq: log.next, room: &room) else { return steps }
                record.seq = log.next
                log.next += 1
                try journal.update(record)
                steps.append(.item(record))
            }
            after = last.row
        }
    }

    /// Counts a record as given if the window and the room allow it.
    private mutating func take(_ size: Int, seq: UInt64, room: inout Int) -> Bool {
        guard room > 0, given.count < Limits.unackedRecords,
            given.isEmpty || givenBytes + size <= Limits.unackedBytes
        else { return false }
        room -= (size / Limits.cellDataBytes + 1) * Limits.cellBytes
        cursor = seq + 1
        given.append((seq, size))
        givenBytes += size
        return true
    }

    private func step(
        of stored: ItemRecord, seq: UInt64, log: OutLog, left: Int64, journal: any Journal
    ) throws -> [OutgoingStep] {
        if !stored.erased, left >= 1 { return [.item(stored)] }
        let void = OutgoingStep.void(seq: seq, id: stored.id)
        guard seq > log.acked, stored.isOpen else { return [void] }
        // The Hello of this session said that it is not there, and it will not go now: that decides it.
        var record = stored
        record.state = .notReached
        if !record.erased { try journal.eraseContent(record.row) }
        record.erased = true
        try journal.update(record)
        return [.notReached(record), void]
    }

    /// How many rows are read at once.
    private static let batch = 64

    // MARK: deciding and moving

    /// Tells what an Ack or a Hello decides `[log-8]`; `final`: what is above is known not to be there.
    private func decide(
        upTo received: UInt64, log: OutLog, final: Bool, journal: any Journal
    ) throws -> [OutgoingStep] {
        var steps: [OutgoingStep] = []
        // What an Ack says nothing of is not read: there may be very much of it.
        let most = final ? Int.max : Int(clamping: received - min(log.acked, received))
        for var record in try journal.numbered(person, from: log.acked + 1, limit: most) {
            guard let seq = record.seq else { continue }
            if seq <= received {
                guard record.isOpen else { continue }
                record.state = .delivered
                try journal.update(record)
                if !record.isRetract { steps.append(.delivered(record)) }
            } else if final, record.state == .undecided, record.isOpen {
                record.state = .notReached
                try journal.update(record)
                steps.append(.notReached(record))
            } else if !final {
                break
            }
        }
        return steps
    }

    /// We were put back to an older state: a new log with everything that may be needed `[log-5]`.
    private func startNewLog(
        _ log: inout OutLog, samePeerLog: Bool, newLog: () -> LogID, now: Instant, journal: any Journal
    ) throws -> [OutgoingStep] {
        let day = now.day
        if log.newLogDay != day {
            log.newLogDay = day
            log.newLogCount = 0
        }
        guard log.newLogCount < Limits.newLogsADay else { throw Violation.newLogLimit }
        log.newLogCount += 1
        var steps: [OutgoingStep] = []
        var number: UInt64 = 0
        for var record in try journal.numbered(person, from: 1, limit: Int.max) {
            guard let seq = record.seq else { continue }
            let acked = seq <= log.acked
            if record.state == .undecided {
                // Under the present log the peer was ahead of us, so it was there; else nobody can know any more, and
                // nothing further is said of it.
                if samePeerLog {
                    record.state = .delivered
                    steps.append(.delivered(record))
                } else {
                    record.shown = false
                }
            }
            if acked, record.erased || record.isRetract {
                try journal.removeItem(record.row)
                continue
            }
            number += 1
            record.seq = number
            try journal.update(record)
        }
        log.older.append(log.log)
        log.log = newLog()
        log.next = number + 1
        log.first = 1
        log.acked = 0
        try journal.setOutLog(log, of: person)
        return steps + [.putBack, .hello]
    }

    /// Ids of what was taken back before it was given are kept until the next Hello; if that asks for a new log, a
    /// retract of each goes last there: the older state that we were put back to cannot know whether it left `[log-8]`.
    private func forgetNeverLeft(
        _ log: inout OutLog, asking: Bool, newRetractID: () -> ItemID, now: Instant, journal: any Journal
    ) throws {
        for record in try journal.neverLeft(person) {
            if asking {
                let retract = Item.retract(id: newRetractID(), of: record.id, madeMs: now.wallMs)
                try journal.append(retract, to: person, lifeS: Limits.retractLifeS, now: now)
            }
            try journal.removeItem(record.row)
        }
    }
}
