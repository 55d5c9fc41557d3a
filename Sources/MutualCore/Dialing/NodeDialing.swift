import MutualCrypto
import MutualWire

/// Dials: on a beacon, on remembered addresses, and to renew (Protocol/discovery.md, Protocol/session.md).
extension Node {
    /// Dials a person, unless a dial is out, a session is there, or too many replacements bring a pause.
    @discardableResult
    mutating func dial(_ person: Person, _ endpoint: Endpoint, renewal: Bool, _ turn: Turn) -> Bool {
        guard !isPaused, person.dial == nil, renewal || !person.hasSession, !person.isBlocked,
            turn.now.monotonicMs >= person.pausedUntilMs
        else { return false }
        let id = ConnectionID(nextDial)
        nextDial += 1
        person.dial = id
        person.dialIsFromBeacon = false
        links[id] = Link(
            id: id, remote: endpoint, local: endpoint, startedMs: turn.now.monotonicMs,
            state: .connecting(person, renewal: renewal))
        turn.emit(.dial(id, endpoint))
        turn.emit(.log(LogLine("dial", id.number)))
        return true
    }

    /// The dial got through: flight 1 goes out, unless it is not wanted any more.
    mutating func opened(_ id: ConnectionID, local: Endpoint, _ turn: Turn) throws {
        if pairing.owns(id) {
            return try perform(pairing.opened(id, now: turn.now, drawing: &turn.entropy), turn)
        }
        guard let link = links[id], case .connecting(let person, let renewal) = link.state else {
            turn.emit(.close(id))
            return
        }
        link.local = local
        let ephemeral = turn.entropy.secret(32)
        let epoch = turn.now.epoch
        do {
            // The mark is bound to the ephemeral's public key and to the address that is dialled.
            let publicKey = try ephemeral.withBytes { (k) throws(CryptoError) in try X25519.publicKey(of: k) }
            let context = MarkContext.flight(
                ephemeral: publicKey, destination: link.remote.address, port: link.remote.port)
            let mark = Mark(
                tag: person.keys.tag(from: .me, use: .flight, epoch: epoch),
                check: person.keys.check(from: .me, use: .flight, epoch: epoch, context: context)
            ).bytes
            let (handshake, message) = try SessionHandshake.dial(
                identity: identity, pair: person.keys, mark: mark, ephemeral: ephemeral)
            link.state = .awaitingFlight2(person, handshake, renewal: renewal)
            turn.emit(.write(id, mark + message))
        } catch {
            drop(link, turn)
        }
    }

    mutating func dialFailed(_ id: ConnectionID, _ turn: Turn) throws {
        if pairing.owns(id) {
            return try perform(pairing.dialFailed(id), turn)
        }
        guard let link = links.removeValue(forKey: id) else { return }
        dialEnded(link, turn)
    }

    /// A dial came to its end without a session: a held flight of the peer is answered instead.
    mutating func dialEnded(_ link: Link, _ turn: Turn) {
        switch link.state {
        case .connecting(let person, _), .awaitingFlight2(let person, _, _):
            guard person.dial == link.id else { return }
            person.dial = nil
            answerHeld(of: person, turn)
            dialHeard(person, turn)
        case .awaitingFlight1, .held, .silent, .session:
            break
        }
    }

    /// Drops one's own dial to a person that is not out yet.
    mutating func dropUnsentDial(to person: Person, _ turn: Turn) {
        guard let id = person.dial, let link = links[id], case .connecting = link.state else { return }
        person.dial = nil
        links[id] = nil
        turn.emit(.close(id))
    }

    // MARK: remembered addresses

    /// On start, on a changed network and after waking: everybody without a session is tried from the first address.
    mutating func resetAddressDials(_ now: Instant) {
        for person in people where !person.isBlocked { resetAddressDials(person, now) }
    }

    func resetAddressDials(_ person: Person, _ now: Instant) {
        person.addressIndex = 0
        person.addressRound = 0
        person.nextAddressDialMs = now.monotonicMs
    }

    /// Addresses worth a dial: given by hand always, others only where their prefix is on a link of ours.
    private func addresses(of person: Person) -> [Endpoint] {
        var result: [Endpoint] = []
        for endpoint in person.record.givenAddresses where !result.contains(endpoint) { result.append(endpoint) }
        for known in person.record.usedAddresses + person.record.helloAddresses {
            guard
                let interface = interfaces.first(where: { one in
                    (known.interface == 0 || known.interface == one.index) && !one.isLoopback
                        && one.addresses.contains { $0.contains(known.address) }
                })
            else { continue }
            var endpoint = known
            if known.address.isLinkLocal { endpoint.interface = interface.index }
            let own = interface.addresses.contains { $0.address == known.address }
            if !own, !result.contains(endpoint) { result.append(endpoint) }
        }
        return result
    }

    /// One address a person at a time; after all of them a pause of 1, 2, 4 ... 60 s.
    mutating func addressDialsDue(_ turn: Turn) {
        let now = turn.now.monotonicMs
        for person in people where !isPaused {
            guard let next = person.nextAddressDialMs, now >= next else { continue }
            guard !person.hasSession, !person.isBlocked, !interfaces.isEmpty else {
                person.nextAddressDialMs = nil
                continue
            }
            // Where a beacon came from is a better guess: it goes first.
            guard person.dial == nil, person.heardAt == nil else {
                person.nextAddressDialMs = now + 1_000
                continue
            }
            let all = addresses(of: person)
            guard !all.isEmpty else {
                person.nextAddressDialMs = nil
                continue
            }
            if person.addressIndex >= all.count {
                person.addressIndex = 0
                person.addressRound = min(person.addressRound + 1, 6)
            }
            let endpoint = all[person.addressIndex]
            person.addressIndex += 1
            let pause = min(Times.addressBackoffMax, 1_000 << Int64(person.addressRound))
            person.nextAddressDialMs = now + (person.addressIndex < all.count ? 1_000 : pause)
            dial(person, endpoint, renewal: false, turn)
        }
    }
}
