import MutualCrypto
import MutualWire

/// Finding each other (Protocol/discovery.md, Protocol/marks.md).
extension Node {
    /// People whose marks are read and written.
    var listed: [Person] { people.filter { !$0.isBlocked } }

    /// Somebody is listed of whom no session is there: beacons go more often.
    private var somebodyMissing: Bool { people.contains { !$0.isBlocked && !$0.hasSession } }

    // MARK: hearing

    mutating func datagram(_ bytes: [UInt8], from source: Endpoint, _ turn: Turn) throws {
        guard !isPaused, isOnLink(source) else { return }
        let parsed: Datagram
        do { parsed = try Datagram.parse(bytes) } catch { return }
        switch parsed {
        case .beacon(let beacon): heard(beacon, from: source, turn)
        case .offer, .query: try perform(pairing.datagram(parsed, source: source, now: turn.now), turn)
        }
    }

    /// Whether the address belongs to a prefix of the interface that it came in by.
    func isOnLink(_ source: Endpoint) -> Bool {
        guard let interface = interfaces.first(where: { $0.index == source.interface }) else { return false }
        return interface.addresses.contains { $0.contains(source.address) }
    }

    private mutating func heard(_ beacon: Beacon, from source: Endpoint, _ turn: Turn) {
        tags.prepare(listed, epoch: turn.now.epoch)
        var checked: [PersonRow] = []
        let context = MarkContext.beacon(nonce: beacon.nonce, source: source.address, port: beacon.port)
        for mark in beacon.marks {
            guard checked.count < Limits.checksADatagram else { return }
            guard let entry = tags.find(mark.tag, use: .beacon), !checked.contains(entry.person),
                let person = person(entry.person), !badChecks.isFull(turn.now)
            else { continue }
            checked.append(entry.person)
            let check = person.keys.check(from: .peer, use: .beacon, epoch: entry.epoch, context: context)
            guard check == mark.check else {
                _ = badChecks.allows(turn.now)
                continue
            }
            guard person.heard.isNew(tag: mark.tag, nonce: beacon.nonce) else { continue }
            let endpoint = Endpoint(address: source.address, port: beacon.port, interface: source.interface)
            heardFrom(person, at: endpoint, turn)
        }
    }

    /// A valid mark: a hint, after which nothing but a dial or a question of life follows.
    private mutating func heardFrom(_ person: Person, at endpoint: Endpoint, _ turn: Turn) {
        let now = turn.now.monotonicMs
        if let session = person.sessions.last {
            guard now - session.lastReadMs >= Times.quietBeforeProbe, now - person.lastProbeMs >= Times.probeEvery
            else { return }
            person.lastProbeMs = now
            turn.emit(.log(LogLine("beacon asks", session.connection.number)))
            probe(session, turn)
            return
        }
        turn.emit(.log(LogLine("beacon heard")))
        guard endpoint.port >= Limits.lowestDialledPort else { return }
        person.heardAt = endpoint
        dialHeard(person, turn)
    }

    /// Dials where somebody was heard last, unless a dial is out or two seconds have not passed since the last one
    /// `[discovery-17]`: then it is dialled when that is over. The next beacon may be half a minute away.
    mutating func dialHeard(_ person: Person, _ turn: Turn) {
        let now = turn.now.monotonicMs
        guard let endpoint = person.heardAt, now - person.lastBeaconDialMs >= Times.beaconDialEvery else { return }
        // A remembered address that does not answer is not to stand in the way of one that was heard just now.
        if !person.dialIsFromBeacon { dropUnsentDial(to: person, turn) }
        guard person.dial == nil else { return }
        person.heardAt = nil
        guard dial(person, endpoint, renewal: false, turn) else { return }
        person.lastBeaconDialMs = now
        person.dialIsFromBeacon = true
    }

    /// What was heard and could not be dialled at once.
    mutating func heardDialsDue(_ turn: Turn) {
        for person in people where person.heardDialDueMs ?? .max <= turn.now.monotonicMs { dialHeard(person, turn) }
    }

    // MARK: being heard

    mutating func interfacesChanged(_ new: [Interface], _ turn: Turn) throws {
        guard new != interfaces else { return }
        let grown = new.contains { one in
            one.addresses.contains { address in
                !interfaces.contains { $0.index == one.index && $0.addresses.contains(address) }
            }
        }
        interfaces = new
        if grown {
            beacons.restart(turn.now, &turn.entropy)
            resetAddressDials(turn.now)
        }
        probeSessions(turn)
    }

    /// Sends the beacons that are due.
    mutating func beaconsDue(_ turn: Turn) {
        guard !isPaused else { return }
        let (due, volley) = beacons.isDue(missing: somebodyMissing, turn.now, &turn.entropy)
        guard due, let port = sessionPort else { return }
        let marked = listed
        for interface in interfaces where beacons.allows(interface: interface.index, turn.now) {
            for source in interface.beaconSources {
                for datagram in beaconDatagrams(marked, source: source, port: port, turn) {
                    turn.emit(
                        .broadcast(
                            datagram.encode(), interface: interface.index, family: source.family,
                            widely: volley && source.family == .v4))
                }
            }
        }
    }

    /// One mark for every person, padding up to 8, 24 or 72, shuffled anew over all datagrams of the beacon.
    private func beaconDatagrams(_ marked: [Person], source: IPAddress, port: UInt16, _ turn: Turn) -> [Datagram] {
        let epoch = turn.now.epoch
        let sizes = Beacon.sizes(people: marked.count)
        let total = sizes.reduce(0, +)
        // nil: a padding mark, by its number.
        var order: [Int] = Array(0..<total)
        for index in stride(from: total - 1, to: 0, by: -1) {
            order.swapAt(index, Int(turn.entropy.below(UInt64(index + 1))))
        }
        var result: [Datagram] = []
        var start = 0
        for size in sizes {
            let nonce = turn.entropy.bytes(12)
            let context = MarkContext.beacon(nonce: nonce, source: source, port: port)
            let marks = order[start..<start + size].map { place -> Mark in
                if place < marked.count {
                    let keys = marked[place].keys
                    return Mark(
                        tag: keys.tag(from: .me, use: .beacon, epoch: epoch),
                        check: keys.check(from: .me, use: .beacon, epoch: epoch, context: context))
                }
                let padding = UInt16(truncatingIfNeeded: place - marked.count)
                return Mark(tag: identity.paddingTag(epoch: epoch, index: padding), check: turn.entropy.below(.max))
            }
            result.append(.beacon(Beacon(port: port, nonce: nonce, marks: marks)))
            start += size
        }
        return result
    }

    /// A pairing datagram goes out on every interface and family.
    func sendEverywhere(_ datagram: Datagram, _ turn: Turn) {
        let bytes = datagram.encode()
        for interface in interfaces {
            for source in interface.beaconSources {
                turn.emit(
                    .broadcast(
                        bytes, interface: interface.index, family: source.family, widely: source.family == .v4))
            }
        }
    }
}

extension Interface {
    /// The addresses that datagrams go out from: the first IPv4 and one link-local IPv6.
    var beaconSources: [IPAddress] {
        let all = addresses.map(\.address)
        return [all.first { $0.family == .v4 }, all.first { $0.family == .v6 && $0.isLinkLocal }].compactMap { $0 }
    }
}

extension IPAddress {
    /// Which of the two protocols.
    var family: AddressFamily {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }
}
