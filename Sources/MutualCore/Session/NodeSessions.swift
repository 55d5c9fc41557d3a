import MutualCrypto
import MutualWire

/// Sessions from the handshake to the end: one a person, alive or closed (Protocol/session.md).
extension Node {
    /// The handshake is done here: flight 2 is written (listener) or verified (dialler).
    @discardableResult
    mutating func begin(
        _ link: Link, _ person: Person, _ transport: Transport, flight2: [UInt8]?, dialled: Bool, _ turn: Turn
    ) -> Session {
        sessionsBegun += 1
        let session = Session(
            connection: link.id, person: person, transport: transport, dialled: dialled, remote: link.remote,
            order: sessionsBegun, nowMs: turn.now.monotonicMs)
        if dialled {
            session.renewMs = turn.now.monotonicMs + turn.entropy.around(Times.renewal, spread: Times.renewalSpread)
        }
        link.state = .session(session)
        person.sessions.append(session)
        person.nextAddressDialMs = nil
        person.heardAt = nil
        dropUnsentDial(to: person, turn)
        if let flight2 { write(flight2, session, turn) }
        // From here on nothing more is taken from older sessions, so that this Hello says what is held.
        for older in person.sessions where older !== session { older.takes = false }
        turn.emit(.log(LogLine("session begins", link.id.number)))
        return session
    }

    /// The Hello that opens a session: written in `settle`, after everything that this turn took.
    func hello(for person: Person, _ turn: Turn) throws -> Hello {
        let log = try turn.journal.outLog(person.row)
        let held = person.inLogs.positions.last
        return Hello(
            version: 1, log: log.log, next: log.next, first: log.first, peerLog: held?.log,
            received: held?.received ?? 0, name: ownName, abilities: [], addresses: ownAddresses())
    }

    /// Where we listen: at most 8, none that only this link or this host knows.
    private func ownAddresses() -> [Endpoint] {
        guard let port = sessionPort else { return [] }
        let all = interfaces.filter { !$0.isLoopback }.flatMap(\.addresses).map(\.address)
        return all.filter { !$0.isLinkLocal && !$0.isLoopback }.prefix(Limits.helloAddresses).map {
            Endpoint(address: $0, port: port, interface: 0)
        }
    }

    /// The peer's Hello was read: of several sessions the one begun last stays.
    mutating func becameReady(_ session: Session, _ turn: Turn) throws {
        let person = session.person
        session.isReady = true
        let newer = person.sessions.contains { $0.order > session.order && $0.isReady }
        if newer { return close(session, turn) }
        let older = person.sessions.filter { $0.order < session.order }
        if older.contains(where: \.isReady) { countReplacement(of: person, turn) }
        for one in older { close(one, turn) }
        if person.record.standing == .listed {
            person.record.standing = .mutual
            try turn.journal.update(person.record)
            try replacePlanned(by: person.record.key, turn)
            try turn.tell(EventBody(.personMutual, person: person.record.key))
        }
    }

    /// More than 5 replacements a minute: two machines use one key; a pause of 60 s, doubling to 15 min.
    private func countReplacement(of person: Person, _ turn: Turn) {
        let now = turn.now.monotonicMs
        person.replacements = person.replacements.filter { now - $0 < Times.minute } + [now]
        guard person.replacements.count > Limits.replacementsAMinute else { return }
        person.replacements = []
        pauseSessions(with: person, now)
        person.twoMachinesDue = !person.toldTwoMachines
        person.toldTwoMachines = true
    }

    /// Neither dials nor answers somebody for 60 s, doubling to 15 min each time `[session-21]`.
    private func pauseSessions(with person: Person, _ now: Int64) {
        person.pauseLengthMs = min(max(person.pauseLengthMs * 2, Times.minute), 15 * Times.minute)
        person.pausedUntilMs = now + person.pauseLengthMs
    }

    /// Closes a session with a plain FIN. `thenLook`: whether its person is looked for.
    mutating func close(_ session: Session, _ turn: Turn, thenLook: Bool = true) {
        guard !session.isClosed else { return }
        turn.emit(.close(session.connection))
        end(session, turn, thenLook: thenLook)
    }

    /// A session is over, whoever ended it.
    mutating func end(_ session: Session, _ turn: Turn, thenLook: Bool = true) {
        guard !session.isClosed else { return }
        session.isClosed = true
        turn.emit(.log(LogLine("session ends", session.connection.number)))
        links[session.connection] = nil
        let person = session.person
        person.sessions.removeAll { $0 === session }
        // A newer one that ends without having become ready takes the older ones with it: they read nothing any more.
        if !session.isReady {
            for older in person.sessions.filter({ $0.order < session.order }) { close(older, turn, thenLook: thenLook) }
        }
        if thenLook, person.sessions.isEmpty {
            beacons.restart(turn.now, &turn.entropy)
            resetAddressDials(person, turn.now)
            person.addressRound = 1
            person.nextAddressDialMs = turn.now.monotonicMs + 1_000
        }
    }

    // MARK: bytes

    /// Hands bytes of a session to the shell.
    func write(_ bytes: [UInt8], _ session: Session, _ turn: Turn) {
        session.unsent += bytes.count
        turn.emit(.write(session.connection, bytes))
    }

    /// Cuts a record into cells and writes them.
    func send(_ record: Record, _ session: Session, _ turn: Turn) {
        var bytes: [UInt8] = []
        for plaintext in Cells.cut(record: record.encode()) { bytes += session.transport.seal(plaintext) }
        write(bytes, session, turn)
        if record.asksForCells, session.unansweredSinceMs == nil {
            session.unansweredSinceMs = turn.now.monotonicMs
        }
    }

    mutating func sessionBytes(_ bytes: [UInt8], _ session: Session, _ turn: Turn) throws {
        session.input += bytes
        var offset = 0
        while session.input.count - offset >= Limits.cellBytes, !session.isClosed {
            let cell = Array(session.input[offset..<offset + Limits.cellBytes])
            offset += Limits.cellBytes
            do {
                let plaintext = try session.transport.open(cell)
                session.lastReadMs = turn.now.monotonicMs
                session.unansweredSinceMs = nil
                session.pinged = false
                guard let bytes = try session.assembler.take(plaintext) else { continue }
                try handle(Record.parse(bytes), size: bytes.count, session, turn)
            } catch let fault as JournalFault {
                throw fault
            } catch let violation as Violation where violation == .newLogLimit {
                // Until tomorrow each Hello of theirs ends so: both would dial each other every second.
                pauseSessions(with: session.person, turn.now.monotonicMs)
                return close(session, turn)
            } catch {
                // Whatever is wrong with a peer's bytes: the session ends, and nothing is said.
                return close(session, turn)
            }
        }
        session.input.removeFirst(offset)
    }

    // MARK: life

    /// Asks whether a session still lives: an answer within 2 s, or it is closed.
    func probe(_ session: Session, _ turn: Turn) {
        // Before the peer's Hello was read nothing but a Hello is sent, and that is awaited for 3 s anyway.
        guard session.isReady, session.answerDueMs == nil else { return }
        session.answerDueMs = turn.now.monotonicMs + Times.probeAnswer
        session.pingDue = true
    }

    func probeSessions(_ turn: Turn) {
        for person in people { for session in person.sessions { probe(session, turn) } }
    }

    mutating func sessionDue(_ session: Session, _ turn: Turn) {
        let now = turn.now.monotonicMs
        if !session.isReady, now - session.begunMs >= Times.readyWithin { return close(session, turn) }
        if now - session.lastReadMs >= Times.silenceCloses { return close(session, turn) }
        if let due = session.answerDueMs, now >= due { return close(session, turn) }
        if !session.pinged, now - session.lastReadMs >= Times.silencePings {
            session.pinged = true
            session.pingDue = true
        }
        if let since = session.unansweredSinceMs, now - since >= Times.writeUnanswered { probe(session, turn) }
        if let renew = session.renewMs, now >= renew {
            session.renewMs = now + Times.minute
            dial(session.person, session.remote, renewal: true, turn)
        }
    }
}
