import MutualRules
import MutualWire

/// What the receiver's side of a log says.
enum IncomingStep: Equatable {
    case show(ItemRecord)
    /// The other's move in an exchange was taken.
    case move(ItemRecord)
    /// Taken and counted, not shown; why: `known`, `gone`, or the rule that it breaks.
    case count(ItemID, why: String)
    case erase(ItemRecord)
}

/// The receiver's side of one session with one person `[log-2]`, `[log-3]`, `[log-9]`, `[log-12]`.
///
/// Positions are kept by the caller (`InLogs`), who stores them before the turn ends, so that acks follow commits.
struct IncomingLog {
    let person: PersonRow
    /// Records that wait for a new day, in memory only.
    private(set) var waiting: [(record: Record, size: Int)] = []
    private var waitingBytes = 0
    private var sawHello = false

    init(person: PersonRow) { self.person = person }

    /// Whether the peer's first Hello was read.
    var isOpen: Bool { sawHello }
    var hasWaiting: Bool { !waiting.isEmpty }

    /// A Hello on a session from which nothing is taken any more.
    mutating func open() { sawHello = true }

    /// The peer's Hello names the log that what follows belongs to `[log-4]`, `[log-5]`, `[log-6]`.
    mutating func hello(log: LogID, first: UInt64, into logs: inout InLogs) {
        sawHello = true
        forgetWaiting()
        var position = InLogs.Position(log: log, received: 0)
        if let index = logs.positions.firstIndex(where: { $0.log == log }) {
            position = logs.positions.remove(at: index)
        }
        // A peer's numbers may be the highest that there are: nothing is added to them.
        if first > 0, position.received < first - 1 { position.received = first - 1 }
        logs.positions.append(position)
        if logs.positions.count > Limits.rememberedLogs {
            logs.positions.removeFirst(logs.positions.count - Limits.rememberedLogs)
        }
    }

    /// An Item or a Void of `size` bytes, in order. What it did; nothing when it only has to be acked again or waits.
    /// `hidden`: items of somebody who is leaving are taken and acked, and not shown `[log-10]`.
    mutating func take(
        _ record: Record, size: Int, hidden: Bool = false, logs: inout InLogs, now: Instant, journal: any Journal
    ) throws -> [IncomingStep] {
        guard sawHello, let present = logs.positions.indices.last else { throw Violation.beforeHello }
        guard let seq = record.seq else { return [] }
        let received = logs.positions[present].received
        guard seq > received, seq - received > UInt64(waiting.count) else { return [] }
        guard seq - received - 1 == UInt64(waiting.count) else { throw Violation.sequenceGap }
        if logs.day != now.day {
            logs.day = now.day
            logs.items = 0
            logs.bytes = 0
        }
        if try !waiting.isEmpty || exceedsDay(record, size: size, logs: logs, journal: journal) {
            return try wait(record, size: size)
        }
        return try commit(record, size: size, seq: seq, hidden: hidden, logs: &logs, now: now, journal: journal)
    }

    /// Beyond the day's limit `[log-7.2]`. An honest sender has no more on its way than its window lets it; a record's
    /// own header, which the window does not count, is within the one record of grace.
    private mutating func wait(_ record: Record, size: Int) throws -> [IncomingStep] {
        guard waiting.count < Limits.unackedRecords,
            waiting.isEmpty || waitingBytes + size <= Limits.unackedBytes + Limits.recordBytes
        else { throw Violation.windowExceeded }
        waiting.append((record, size))
        waitingBytes += size
        return []
    }

    private mutating func forgetWaiting() {
        waiting = []
        waitingBytes = 0
    }

    /// A new day may make room for what waits.
    mutating func resume(hidden: Bool = false, logs: inout InLogs, now: Instant, journal: any Journal) throws
        -> [IncomingStep]
    {
        let again = waiting
        forgetWaiting()
        var steps: [IncomingStep] = []
        for (record, size) in again {
            steps += try take(record, size: size, hidden: hidden, logs: &logs, now: now, journal: journal)
        }
        return steps
    }

    private func exceedsDay(_ record: Record, size: Int, logs: InLogs, journal: any Journal) throws -> Bool {
        guard case .item(let item) = record, item.content != .retract else { return false }
        if try journal.isTaken(item.id, person: person) { return false }
        return logs.items + 1 > Limits.itemsADay || logs.bytes + size > Limits.bytesADay
    }

    private func commit(
        _ record: Record, size: Int, seq: UInt64, hidden: Bool, logs: inout InLogs, now: Instant, journal: any Journal
    ) throws -> [IncomingStep] {
        logs.positions[logs.positions.count - 1].received = seq
        switch record {
        case .void(_, let id):
            guard let taken = try journal.item(id: id, person: person, mine: false), !taken.kept, !taken.erased else {
                return []
            }
            try journal.removeItem(taken.row)
            return [.erase(taken)]
        case .item(let item):
            return try take(item, size: size, hidden: hidden, logs: &logs, now: now, journal: journal)
        case .hello, .ack, .ping, .pong, .bye, .answer, .unknown:
            return []
        }
    }

    private func take(
        _ item: Item, size: Int, hidden: Bool, logs: inout InLogs, now: Instant, journal: any Journal
    ) throws -> [IncomingStep] {
        if try journal.isTaken(item.id, person: person) { return [.count(item.id, why: "known")] }
        logs.items += 1
        logs.bytes += size
        if let fault = item.fault {
            try journal.rememberTaken(item.id, person: person, atMs: now.wallMs)
            return [.count(item.id, why: fault.code)]
        }
        if item.content == .retract {
            try journal.rememberTaken(item.id, person: person, atMs: now.wallMs)
            guard let re = item.re, let taken = try journal.item(id: re, person: person, mine: false), !taken.erased
            else { return [.count(item.id, why: "gone")] }
            return [.erase(try takenBack(taken, now: now, journal: journal))]
        }
        if hidden {
            try journal.rememberTaken(item.id, person: person, atMs: now.wallMs)
            return [.count(item.id, why: "parting")]
        }
        if let reason = try refuses(item, now: now, journal: journal) {
            try journal.rememberTaken(item.id, person: person, atMs: now.wallMs)
            return [.count(item.id, why: reason)]
        }
        var record = ItemRecord(received: item, size: size, from: person, now: now)
        guard case .exchange(let step) = item.content, item.re != nil else {
            let older = try replaced(by: record, journal: journal)
            return [.show(try journal.insert(record, content: item.stored()))] + older
        }
        // A seal is nothing to look at; the words come in their turn, so that both are here.
        if case .commit = step { record.shown = false }
        return [.move(try journal.insert(record, content: item.stored()))]
    }

    /// Why an item is counted and not shown; nil: it is shown.
    private func refuses(_ item: Item, now: Instant, journal: any Journal) throws -> String? {
        if case .exchange(let step) = item.content, let re = item.re {
            return try refuses(step, of: re, now: now, journal: journal)
        }
        let answered = try item.re.flatMap { re throws(JournalFault) in
            try journal.item(eithers: re, person: person).map { record throws(JournalFault) in
                try journal.answered(record)
            }
        }
        return readerRefuses(item, answering: answered)
    }

    /// A move of the other that is not its turn, or a seal that is only a copy `[records-17]`.
    private func refuses(
        _ step: ExchangeStep, of proposal: ItemID, now: Instant, journal: any Journal
    ) throws -> String? {
        let parts = try ExchangeParts(proposal: proposal, person: person, in: journal)
        var state = parts.state
        if let proposal = parts.proposal, proposal.expiresMs <= now.wallMs { state.isOver = true }
        switch step {
        case .propose: return "exchange-order"
        // Words that nothing was sealed for could be any.
        case .reveal:
            return state.allows(.reveal, mine: false) && parts.othersSeal != nil ? nil : "exchange-order"
        case .commit(let seal):
            guard let mine = parts.proposal, state.allows(.commit, mine: false) else { return "exchange-order" }
            guard case .propose(_, let own) = try journal.exchangeStep(mine) else { return "exchange-order" }
            return seal == own ? "exchange-copy" : nil
        }
    }

    /// A new plan or room takes the place of the one before `[log-14]`.
    private func replaced(by record: ItemRecord, journal: any Journal) throws -> [IncomingStep] {
        guard record.kind == Kind.plan.rawValue || record.kind == Kind.room.rawValue else { return [] }
        return try journal.living(kind: record.kind, person: person, mine: false).map { older in
            try journal.removeItem(older.row)
            var gone = older
            gone.cause = .replaced
            return .erase(gone)
        }
    }

    /// Its writer took it back: its texts are erased, and that it was taken back stands in its place for a day, and no
    /// longer than it would have lived itself.
    private func takenBack(_ taken: ItemRecord, now: Instant, journal: any Journal) throws -> ItemRecord {
        var record = taken
        try journal.eraseContent(record.row)
        record.erased = true
        record.state = .takenBack
        let dayFromNow = now.wallMs + Times.day
        record.expiresMs = record.kept ? dayFromNow : min(record.expiresMs, dayFromNow)
        record.kept = false
        try journal.update(record)
        return record
    }
}
