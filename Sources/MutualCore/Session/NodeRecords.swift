import MutualCrypto
import MutualWire

/// Records of a session, in and out (Protocol/records.md, Protocol/log.md).
extension Node {
    mutating func handle(_ record: Record, size: Int, _ session: Session, _ turn: Turn) throws {
        if case .answer = record { throw Violation.answerHere }
        if case .hello(let hello) = record { return try handle(hello, session, turn) }
        guard session.incoming.isOpen else { throw Violation.beforeHello }
        switch record {
        case .item, .void:
            guard session.takes else { return }
            let steps = try session.incoming.take(
                record, size: size, hidden: session.person.isParting, logs: &session.person.inLogs, now: turn.now,
                journal: turn.journal)
            session.person.inLogsChanged = true
            session.ackDue = session.ackDue || !session.incoming.hasWaiting
            try tell(steps, session.person, turn)
        case .ack(let log, let received):
            let steps = try session.outgoing.ack(log: log, received: received, journal: turn.journal)
            session.person.giveDue = true
            try tell(steps, session, turn)
        case .ping(let number):
            session.pongDue = number
        case .pong:
            session.answerDueMs = nil
        case .bye:
            // One that is read late may be from before a new yes; it is said again on the newer session `[session-20]`.
            guard session.takes else { return }
            try parted(session, turn)
        case .hello, .answer, .unknown:
            break
        }
    }

    private mutating func handle(_ hello: Hello, _ session: Session, _ turn: Turn) throws {
        let person = session.person
        let first = !session.incoming.isOpen
        // A newer session has begun, and its Hello says what is held now: this one, read late, may be from before the
        // other was put back, and a new log that it began would not be the one that the newer has named `[session-20]`.
        guard session.takes else {
            session.incoming.open()
            if first {
                try learn(hello, from: session, turn)
                try becameReady(session, turn)
            }
            return
        }
        session.incoming.hello(log: hello.log, first: hello.first, into: &person.inLogs)
        person.inLogsChanged = true
        person.giveDue = true
        let steps = try session.outgoing.hello(
            peerLog: hello.peerLog, received: hello.received, newLog: { turn.entropy.logID() },
            newRetractID: { turn.newItemID() }, now: turn.now, journal: turn.journal)
        if first {
            try learn(hello, from: session, turn)
            try becameReady(session, turn)
        }
        try tell(steps, session, turn)
    }

    /// What a Hello says of its person `[log-13]`: never an address for people, who keep the name they have here.
    private mutating func learn(_ hello: Hello, from session: Session, _ turn: Turn) throws {
        let person = session.person
        var record = person.record
        record.version = hello.version
        record.abilities = hello.abilities
        record.helloAddresses = hello.addresses.filter { $0.port >= Limits.lowestDialledPort }
        let renamed = record.helloName != hello.name
        record.helloName = hello.name
        if record.nameIsProvisional, !hello.name.isEmpty, let name = freeName(like: hello.name, except: person) {
            record.name = name
            record.nameIsProvisional = false
        }
        var used = session.remote
        if !session.dialled {
            let named = record.helloAddresses
            used.port = named.first { $0.address == used.address }?.port ?? named.first?.port ?? Limits.port
        }
        record.usedAddresses = Array(([used] + record.usedAddresses.filter { $0 != used }).prefix(8))
        guard record != person.record else { return }
        person.record = record
        try turn.journal.update(record)
        if renamed, !person.isParting, person.tellsRename(on: turn.now.day) {
            try turn.tell(EventBody(.personRenamed, person: record.key))
        }
    }

    func tell(_ steps: [IncomingStep], _ person: Person, _ turn: Turn) throws {
        for step in steps {
            switch step {
            case .show(let item):
                var event = EventBody(.itemArrived, person: person.record.key, item: item.id)
                event.notice = quiet.allowsNotice(from: person.record.key, at: turn.now)
                try turn.tell(event)
            case .move(let item): try moved(item, person, turn)
            case .erase(let item):
                var event = EventBody(.itemErased, person: person.record.key, item: item.id)
                event.cause = item.cause
                try turn.tell(event)
            case .count:
                break
            }
        }
    }

    private func tell(_ steps: [OutgoingStep], _ session: Session, _ turn: Turn) throws {
        let key = session.person.record.key
        for step in steps {
            switch step {
            case .delivered(let item):
                try turn.tell(EventBody(.itemDelivered, person: key, item: item.id))
            case .notReached(let item):
                var event = EventBody(.itemState, person: key, item: item.id)
                event.state = .notReached
                try turn.tell(event)
                try retractReplaced(before: item, turn)
            case .putBack:
                try turn.tell(EventBody(.storePutBack, person: key))
            case .hello:
                session.helloDue = true
            case .item, .void:
                break
            }
        }
    }

    // MARK: going out

    /// The end of a turn: positions are stored, then what is due goes out on each session, in the order of people.
    mutating func settle(_ turn: Turn) throws {
        for person in people where person.inLogsChanged {
            try turn.journal.setInLogs(person.inLogs, of: person.row)
            person.inLogsChanged = false
        }
        for person in people {
            if person.twoMachinesDue {
                person.twoMachinesDue = false
                if !person.isParting {
                    try turn.tell(EventBody(.personTwoMachines, person: person.record.key))
                }
            }
            for session in person.sessions { try flush(session, turn) }
            person.giveDue = false
        }
    }

    /// What may stand outside the queue's bound: the record that went beyond it, and an Ack, a Ping, a Pong and a Hello.
    private static var outsideQueueBytes: Int { 2 * Limits.recordBytes }

    private mutating func flush(_ session: Session, _ turn: Turn) throws {
        if session.helloDue {
            session.helloDue = false
            send(.hello(try hello(for: session.person, turn)), session, turn)
        }
        // These stand outside the queue's bound, at most one of each, the newest: while more than that waits already for
        // somebody who does not read, they stay due.
        if session.unsent > Limits.sessionQueueBytes + Self.outsideQueueBytes { return }
        if session.ackDue, session.incoming.isOpen, let held = session.person.inLogs.positions.last, session.takes {
            session.ackDue = false
            send(.ack(log: held.log, received: held.received), session, turn)
        }
        if let number = session.pongDue {
            session.pongDue = nil
            send(.pong(number), session, turn)
        }
        if session.pingDue {
            session.pingDue = false
            session.pingNumber += 1
            send(.ping(session.pingNumber), session, turn)
        }
        try give(session, turn)
        try sayGoodbye(session, turn)
    }

    /// Gives what waits while the window and the queue have room. Only on the session begun last: what goes out on an
    /// older one would be thrown away unread.
    private mutating func give(_ session: Session, _ turn: Turn) throws {
        // Nothing is read after our Bye: what came up since waits for a session on which the other has not read one.
        guard session.person.giveDue, session.outgoing.isOpen, !session.byeSent,
            session === session.person.readySession, session === session.person.sessions.last
        else { return }
        let room = Limits.sessionQueueBytes - session.unsent
        for step in try session.outgoing.give(room: room, now: turn.now, lives: lives, journal: turn.journal) {
            switch step {
            case .item(let record):
                guard let content = try turn.journal.content(record.row), let seq = record.seq,
                    var item = Item(stored: content)
                else { throw JournalFault("damaged") }
                item.seq = seq
                // A clock that was set back would promise more life than any item may have, and the reader refuse it.
                item.leftS = UInt32(clamping: min(lives.leftS(of: record, turn.now), Limits.lifeMaxS))
                send(.item(item), session, turn)
            case .void(let seq, let id):
                send(.void(seq: seq, id: id), session, turn)
            case .notReached, .hello, .delivered, .putBack:
                try tell([step], session, turn)
            }
        }
    }
}
