import MutualCrypto
import MutualWire

/// Parting, blocking, pausing (Protocol/log.md, Protocol/session.md).
extension Node {
    /// The setting that stands in the store while this Node is paused.
    static let pauseSetting = "paused"

    // MARK: parting

    /// Says goodbye `[log-10]`: what was left and the last words still go; for one's own person they are gone at once.
    mutating func part(from who: String, text: String?, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        switch person.record.standing {
        case .mutual, .parting: break
        case .blocked: throw Refusal(.rule, "blocked", ["name": person.record.name])
        // Nobody is there yet to say goodbye to.
        case .listed: throw Refusal(.rule, "not-mutual-yet", ["name": person.record.name])
        }
        if let text, !text.isEmpty {
            var give = Give(.note(text: text, want: nil))
            give.to = [person.record.name]
            give.anyway = true
            _ = try self.give(give, turn)
        }
        person.record.standing = .parting
        person.record.partingMs = turn.now.wallMs
        try turn.journal.update(person.record)
        person.giveDue = true
        return .person(person.record)
    }

    /// When all that was given is acked and nothing waits, the last word is Bye, once a session.
    mutating func sayGoodbye(_ session: Session, _ turn: Turn) throws {
        let person = session.person
        guard person.isParting, !session.byeSent, session.outgoing.isOpen, session === person.readySession,
            session === person.sessions.last
        else { return }
        let log = try turn.journal.outLog(person.row)
        guard log.acked + 1 == log.next, try turn.journal.unnumbered(person.row, after: nil, limit: 1).isEmpty
        else { return }
        session.byeSent = true
        send(.bye, session, turn)
    }

    /// The other's Bye was read: nothing is read after it.
    mutating func parted(_ session: Session, _ turn: Turn) throws {
        let person = session.person
        if !person.isParting {
            try turn.tell(EventBody(.personParted, person: person.record.key))
            send(.bye, session, turn)
        }
        try unlist(person, turn)
    }

    /// After 30 days parting ends silently.
    mutating func endOldPartings(_ turn: Turn) throws {
        for person in people where person.isParting && partingEndsMs(person, turn.now) <= 0 {
            try unlist(person, turn)
        }
    }

    /// Milliseconds until a parting ends by itself.
    func partingEndsMs(_ person: Person, _ now: Instant) -> Int64 {
        person.record.partingMs + Times.parting - lives.slowest(now).wallMs
    }

    // MARK: blocking

    /// Towards this person the bytes and behaviour of a machine that never knew them.
    mutating func block(who: String, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        guard !person.isBlocked else { return .person(person.record) }
        person.record.wasMutual = person.record.standing == .mutual
        person.record.standing = .blocked
        try turn.journal.update(person.record)
        disconnect(person, turn)
        return .person(person.record)
    }

    mutating func unblock(who: String, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        guard person.isBlocked else { throw Refusal(.conflict, "not-blocked", ["name": person.record.name]) }
        person.record.standing = person.record.wasMutual ? .mutual : .listed
        person.record.wasMutual = false
        // A yes to a code counts its day from now: while they were blocked no session could follow it.
        if person.record.byCode { person.record.listedMs = turn.now.wallMs }
        try turn.journal.update(person.record)
        person.giveDue = true
        resetAddressDials(person, turn.now)
        beacons.restart(turn.now, &turn.entropy)
        return .person(person.record)
    }

    // MARK: pausing

    /// Absent for everybody, as when the machine is off; it stays so over a restart.
    mutating func setPause(_ on: Bool, _ turn: Turn) throws {
        guard on != isPaused else { return }
        try turn.journal.setSetting(Self.pauseSetting, on ? [1] : nil)
        if on {
            try perform(pairing.cutOff(), turn)
            for link in links.values.sorted(by: { $0.id < $1.id }) {
                if case .session(let session) = link.state {
                    close(session, turn, thenLook: false)
                } else {
                    drop(link, turn)
                }
            }
            isPaused = true
            turn.emit(.unlisten(.sessions))
            turn.emit(.hear(false))
            sessionPort = nil
        } else {
            isPaused = false
            // The volley follows when the port is known.
            turn.emit(.hear(true))
            turn.emit(.listen(.sessions))
            resetAddressDials(turn.now)
        }
    }
}
