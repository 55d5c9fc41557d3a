import MutualRules
import MutualWire

/// What time brings: deadlines, lives that end, tidying.
extension Node {
    /// Everything that is due at this moment.
    mutating func dueNow(_ turn: Turn) throws {
        try linksDue(turn)
        try newDay(turn)
        try expire(turn)
        try takeBackOldYeses(turn)
        try endOldPartings(turn)
        if let due = pairing.nextDeadlineMs, due <= turn.now.monotonicMs {
            let actions = pairing.deadline(now: turn.now, drawing: &turn.entropy, nextDial: &nextDial)
            try perform(actions, turn)
        }
        try nudgeDue(turn)
        beaconsDue(turn)
        heardDialsDue(turn)
        addressDialsDue(turn)
        if turn.now.monotonicMs >= nextTidyMs {
            nextTidyMs = turn.now.monotonicMs + 6 * 3_600_000
            try turn.journal.tidy(atMs: lives.slowest(turn.now).wallMs)
            try turn.journal.forgetEphemerals(beforeMs: runningMs(turn.now) - Times.ephemeralsKept)
        }
    }

    /// When the next turn is due at the latest, monotonic milliseconds.
    func deadline(_ now: Instant) -> Int64 {
        var due = nextTidyMs
        if !isPaused, let next = beacons.nextMs { due = min(due, next) }
        if let next = pairing.nextDeadlineMs { due = min(due, next) }
        if let next = nextExpiryWallMs {
            due = min(due, now.monotonicMs + max(0, next - lives.slowest(now).wallMs))
        }
        if let next = lives.nextMs { due = min(due, next, nextLookMs) }
        if let next = nudges.waitMs(at: now) { due = min(due, now.monotonicMs + next) }
        for link in links.values { due = min(due, link.deadlineMs) }
        for person in people {
            if !isPaused, let next = person.nextAddressDialMs { due = min(due, next) }
            if let next = person.heardDialDueMs { due = min(due, next) }
            if person.isParting { due = min(due, now.monotonicMs + max(0, partingEndsMs(person, now))) }
            if person.sessions.contains(where: \.incoming.hasWaiting) {
                due = min(due, now.monotonicMs + Times.day - now.wallMs % Times.day)
            }
            if person.record.byCode, person.record.standing == .listed {
                due = min(due, now.monotonicMs + max(0, codeYesEndsMs(person, now)))
            }
        }
        return max(due, now.monotonicMs + 1)
    }

    /// A new day makes room for what waits in memory `[log-12]`.
    private func newDay(_ turn: Turn) throws {
        for person in people {
            for session in person.sessions where session.takes && session.incoming.hasWaiting {
                guard person.inLogs.day != turn.now.day else { continue }
                let steps = try session.incoming.resume(
                    hidden: person.isParting, logs: &person.inLogs, now: turn.now, journal: turn.journal)
                person.inLogsChanged = true
                session.ackDue = true
                try tell(steps, person, turn)
            }
        }
    }

    /// Lives that end `[log-8]`: texts are erased, and where something is known it is told.
    private mutating func expire(_ turn: Turn) throws {
        try expireSinceJump(turn)
        let now = lives.slowest(turn.now).wallMs
        nextExpiryWallMs = try turn.journal.nextExpiryMs()
        guard let next = nextExpiryWallMs, next <= now else { return }
        for record in try turn.journal.expired(atMs: now, limit: 256) { try expire(record, turn) }
        nextExpiryWallMs = try turn.journal.nextExpiryMs()
    }

    /// What came after a jump of the wall clock ends by that clock, while what was here before is held back.
    private mutating func expireSinceJump(_ turn: Turn) throws {
        guard lives.isHeldBack, turn.now.monotonicMs >= nextLookMs else { return }
        nextLookMs = turn.now.monotonicMs + Times.lookSinceJump
        for record in try turn.journal.over(atMs: turn.now.wallMs)
        where record.expiresMs <= lives.moment(of: record, turn.now).wallMs {
            try expire(record, turn)
        }
    }

    private func expire(_ record: ItemRecord, _ turn: Turn) throws {
        if record.kind == Kind.exchange.rawValue, record.re == nil { return try endProposal(record, turn) }
        if record.mine, record.seq == nil { try answerNeverLeft(record, turn) }
        guard record.mine else { return try turn.journal.removeItem(record.row) }
        if record.state == .waiting { try retractReplaced(before: record, turn) }
        switch try LifeEnd.perform(record, journal: turn.journal) {
        case .neverGiven(let record): try tellState(.notReached, of: record, turn)
        case .undecided(let record): try tellState(.undecided, of: record, turn)
        case .known: break
        }
    }

    func tellState(_ state: ItemState, of record: ItemRecord, _ turn: Turn) throws {
        guard !record.isRetract else { return }
        var event = EventBody(.itemState, person: person(record.person)?.record.key, item: record.id)
        event.state = state
        event.cause = record.cause
        try turn.tell(event)
    }

    /// Milliseconds until a yes to a code ends without a session.
    private func codeYesEndsMs(_ person: Person, _ now: Instant) -> Int64 {
        person.record.listedMs + Times.codeYes - lives.slowest(now).wallMs
    }

    /// A yes to a code that no session followed within a day is taken back, and its person told.
    private mutating func takeBackOldYeses(_ turn: Turn) throws {
        for person in people where person.record.byCode && person.record.standing == .listed {
            guard codeYesEndsMs(person, turn.now) <= 0 else { continue }
            var event = EventBody(.pairEnded, person: person.record.key)
            event.how = "time"
            try turn.tell(event)
            try unlist(person, turn)
        }
    }
}
