import MutualCrypto
import MutualWire

/// Connections from the first byte to the handshake: silence to strangers, crossed dials (Protocol/session.md).
extension Node {
    // MARK: coming in

    mutating func accepted(_ id: ConnectionID, remote: Endpoint, local: Endpoint, _ turn: Turn) {
        let known =
            remote.address.isPrivate || remote.address.isLoopback
            || interfaces.contains { $0.addresses.contains { $0.contains(remote.address) } }
            || allowedPrefixes.contains { $0.contains(remote.address) }
        guard known, !isPaused else {
            turn.emit(.reset(id))
            return
        }
        makeRoom(for: remote.address, turn)
        links[id] = Link(
            id: id, remote: remote, local: local, startedMs: turn.now.monotonicMs, state: .awaitingFlight1)
    }

    /// At most 64 who have shown nothing yet, 8 from one address: the oldest goes first.
    private mutating func makeRoom(for address: IPAddress, _ turn: Turn) {
        let strangers = links.values.filter(\.isStranger).sorted { ($0.startedMs, $0.id) < ($1.startedMs, $1.id) }
        let same = strangers.filter { $0.remote.address == address }
        let oldest =
            same.count >= Limits.strangersAnAddress
            ? same.first
            : strangers.count >= Limits.strangers ? strangers.first : nil
        guard let oldest else { return }
        links[oldest.id] = nil
        turn.emit(.close(oldest.id))
    }

    mutating func received(_ bytes: [UInt8], on id: ConnectionID, _ turn: Turn) throws {
        if pairing.owns(id) {
            let known = known
            let actions = pairing.bytes(bytes, on: id, now: turn.now, drawing: &turn.entropy) { key in
                known.first { $0.record.key == key }?.record.standing
            }
            return try perform(actions, turn)
        }
        guard let link = links[id] else { return }
        switch link.state {
        case .awaitingFlight1:
            link.input += bytes
            if link.input.count >= Limits.flight1Bytes { try flight1(link, turn) }
        case .awaitingFlight2(let person, let handshake, _):
            link.input += bytes
            if link.input.count >= Limits.flight2Bytes { try flight2(link, person, handshake, turn) }
        case .session(let session):
            try sessionBytes(bytes, session, turn)
        case .held:
            // Nothing may come before our flight 2.
            drop(link, turn)
        case .connecting, .silent:
            break
        }
    }

    // MARK: flight 1

    /// Reads a stranger's 64 bytes. Whatever does not fit is met with silence.
    private mutating func flight1(_ link: Link, _ turn: Turn) throws {
        link.state = .silent
        guard link.input.count == Limits.flight1Bytes, let mark = Mark(Array(link.input[0..<16])) else { return }
        let ephemeral = Array(link.input[16..<48])
        tags.prepare(listed, epoch: turn.now.epoch)
        guard let entry = tags.find(mark.tag, use: .flight), let person = person(entry.person), !person.isBlocked
        else { return }
        let context = MarkContext.flight(
            ephemeral: ephemeral, destination: link.local.address, port: link.local.port)
        // The limit of failed checks is for datagrams, which anybody can send by the thousand `[marks-10]`: if it held
        // for flights too, whoever saw a tag once could keep its owner out.
        guard person.keys.check(from: .peer, use: .flight, epoch: entry.epoch, context: context) == mark.check
        else { return }
        guard try !turn.journal.hasSeen(ephemeral: ephemeral), countFlight(of: person, turn.now) else { return }
        try turn.journal.remember(ephemeral: ephemeral, runningMs: runningMs(turn.now))
        // A dial that its owner gave up already: a session on it would end at once, and take an older one along.
        guard turn.now.monotonicMs >= person.pausedUntilMs, !turn.ending.contains(link.id) else { return }
        let message = Array(link.input[16...])
        link.input = []
        do {
            let (transport, flight2) = try SessionHandshake.answer(
                identity: identity, pair: person.keys, mark: mark.bytes, flight1Message: message,
                ephemeral: turn.entropy.secret(32))
            try cross(link, person, transport, flight2, turn)
        } catch is CryptoError {
            return
        }
    }

    /// At most 30 flights a minute are read for one person.
    private func countFlight(of person: Person, _ now: Instant) -> Bool {
        if now.monotonicMs - person.flightMinute >= Times.minute {
            person.flightMinute = now.monotonicMs
            person.flights = 0
        }
        person.flights += 1
        return person.flights <= Limits.flightsAMinute
    }

    /// Crossed dials: *hi* gives way, *lo* waits for its own dial for a second `[session-13]`.
    private mutating func cross(
        _ link: Link, _ person: Person, _ transport: Transport, _ flight2: [UInt8], _ turn: Turn
    ) throws {
        dropUnsentDial(to: person, turn)
        if let out = person.dial, let mine = links[out], case .awaitingFlight2(_, _, let renewal) = mine.state {
            if person.keys.iAmLow, !renewal {
                if let older = person.held, let held = links[older] { drop(held, turn) }
                person.held = link.id
                link.state = .held(
                    person, transport, flight2: flight2, untilMs: turn.now.monotonicMs + Times.heldFor)
                return
            }
            if !person.keys.iAmLow {
                person.dial = nil
                links[out] = nil
                turn.emit(.close(out))
            }
        }
        begin(link, person, transport, flight2: flight2, dialled: false, turn)
    }

    /// One's own dial came to nothing, or a second passed: the held flight is answered if it is still there.
    mutating func answerHeld(of person: Person, _ turn: Turn) {
        guard let id = person.held, let link = links[id] else { return }
        person.held = nil
        guard case .held(_, let transport, let flight2, _) = link.state else { return }
        begin(link, person, transport, flight2: flight2, dialled: false, turn)
    }

    // MARK: flight 2

    private mutating func flight2(
        _ link: Link, _ person: Person, _ handshake: DiallerHandshake, _ turn: Turn
    ) throws {
        let transport: Transport
        do {
            transport = try handshake.finish(flight2: Array(link.input[0..<Limits.flight2Bytes]))
        } catch {
            links[link.id] = nil
            turn.emit(.close(link.id))
            dialEnded(link, turn)
            return
        }
        person.dial = nil
        if let held = person.held, let other = links[held] {
            person.held = nil
            drop(other, turn)
        }
        let rest = Array(link.input[Limits.flight2Bytes...])
        link.input = []
        let session = begin(link, person, transport, flight2: nil, dialled: true, turn)
        if !rest.isEmpty { try sessionBytes(rest, session, turn) }
    }

    // MARK: going

    /// Closes a connection without a word and forgets it.
    mutating func drop(_ link: Link, _ turn: Turn) {
        links[link.id] = nil
        turn.emit(.close(link.id))
        switch link.state {
        case .connecting(let person, _), .awaitingFlight2(let person, _, _):
            if person.dial == link.id { person.dial = nil }
        case .held(let person, _, _, _):
            if person.held == link.id { person.held = nil }
        case .awaitingFlight1, .silent, .session:
            break
        }
    }

    /// The other side will send no more. A silent connection stays as it is until its ten seconds are over.
    mutating func inputEnded(_ id: ConnectionID, _ turn: Turn) throws {
        if pairing.owns(id) {
            return try perform(pairing.inputEnded(id), turn)
        }
        guard let link = links[id] else { return }
        switch link.state {
        case .awaitingFlight1, .silent:
            link.state = .silent
        case .session(let session):
            end(session, turn)
        case .awaitingFlight2:
            links[id] = nil
            turn.emit(.close(id))
            dialEnded(link, turn)
        case .connecting, .held:
            drop(link, turn)
        }
    }

    mutating func closed(_ id: ConnectionID, _ turn: Turn) throws {
        if pairing.owns(id) {
            return try perform(pairing.closed(id), turn)
        }
        guard let link = links.removeValue(forKey: id) else { return }
        switch link.state {
        case .session(let session): end(session, turn)
        case .connecting, .awaitingFlight2: dialEnded(link, turn)
        case .held(let person, _, _, _): if person.held == id { person.held = nil }
        case .awaitingFlight1, .silent: break
        }
    }

    func written(_ count: Int, on id: ConnectionID) {
        guard let link = links[id], case .session(let session) = link.state else { return }
        session.unsent = max(0, session.unsent - count)
        session.person.giveDue = true
    }

    /// Deadlines of connections and sessions.
    mutating func linksDue(_ turn: Turn) throws {
        let now = turn.now.monotonicMs
        for link in links.values.filter({ $0.deadlineMs <= now }).sorted(by: { $0.id < $1.id }) {
            guard links[link.id] != nil else { continue }
            switch link.state {
            case .connecting, .awaitingFlight2:
                links[link.id] = nil
                turn.emit(.close(link.id))
                dialEnded(link, turn)
            case .awaitingFlight1, .silent:
                drop(link, turn)
            case .held(let person, _, _, _):
                answerHeld(of: person, turn)
            case .session(let session):
                sessionDue(session, turn)
            }
        }
    }
}
