import MutualCore
import MutualCrypto
import MutualWire

/// The invented network: datagrams and connections between machines.
extension World {
    // MARK: effects

    func carryOut(_ effect: Effect, _ machine: Machine) {
        switch effect {
        case .listen(let listener): listen(listener, machine)
        case .unlisten(let listener): machine.ports[listener] = nil
        case .hear(let on): machine.hearsDatagrams = on
        case .broadcast(let bytes, let interface, let family, let widely):
            broadcast(bytes, interface: interface, family: family, copies: widely ? 2 : 1, machine)
        case .dial(let id, let endpoint): dial(id, endpoint, machine)
        case .write(let id, let bytes): if let socket = machine.sockets[id] { write(bytes, socket) }
        case .close(let id):
            if let socket = machine.sockets[id] { close(socket) }
            if machine.sockets.removeValue(forKey: id) != nil {
                plan(machine, after: networkChance.ms(0...3)) { [weak self] in
                    self?.tell(machine, .connectionClosed(id))
                }
            }
        case .reset(let id):
            if let socket = machine.sockets.removeValue(forKey: id) { reset(socket) }
        case .answer(let id, let result): answered(id, result, machine)
        case .publish, .log: break
        }
    }

    private func listen(_ listener: Listener, _ machine: Machine) {
        let port = listener == .sessions ? machine.sessionPort : UInt16(40_000 + machine.chance.int(0...999))
        machine.ports[listener] = port
        tell(machine, .listening(listener, port: port))
    }

    // MARK: paths

    /// Whether a segment that leaves `from` on this LAN arrives at `to`.
    func passes(_ from: Int, _ to: Int) -> Bool { !cuts.contains(from * 64 + to) }

    private func lan(of address: IPAddress, _ owner: Owner) -> Int? {
        switch owner {
        case .machine(let machine):
            guard machine.power == .running || machine.power == .idle else { return nil }
            return machine.cards.first { $0.isUp && $0.holds(address) }?.lan
        case .trickster(let trickster): return trickster.card.holds(address) ? trickster.card.lan : nil
        case .eavesdropper: return Eavesdropper.cards.first { $0.holds(address) }?.lan
        }
    }

    /// Whether what leaves one end of a connection arrives at the other now.
    func passes(_ connection: Connection, from socket: Socket) -> Bool {
        let other = connection.other(socket)
        guard !connection.isDead, let mine = lan(of: socket.local, socket.owner),
            let theirs = lan(of: other.local, other.owner), mine == theirs
        else { return false }
        return passes(socket.owner.number, other.owner.number)
    }

    // MARK: datagrams

    private func broadcast(
        _ bytes: [UInt8], interface: UInt32, family: AddressFamily, copies: Int, _ machine: Machine
    ) {
        guard let card = machine.cards.first(where: { $0.index == interface && $0.isUp }) else { return }
        let source = family == .v4 ? card.v4 : card.v6
        for trickster in tricksters where trickster.card.lan == card.lan { trickster.heard(bytes, source) }
        for other in machines {
            for there in other.cards where there.lan == card.lan && there.isUp {
                let from = Endpoint(address: source, port: Limits.port, interface: there.index)
                for _ in 0..<copies { send(bytes, from, to: other, sender: machine.number) }
            }
        }
    }

    func send(_ bytes: [UInt8], _ from: Endpoint, to machine: Machine, sender: Int) {
        guard passes(sender, machine.number), !networkChance.happens(options.datagramLoss) else { return }
        let times = networkChance.happens(options.datagramRepeats) ? 2 : 1
        // What left before healing may have the marks of a clock that was days away.
        let isOfNow = isHealed
        for _ in 0..<times {
            plan(after: networkChance.ms(options.delayMs)) { [weak self] in
                guard let self, machine.power == .running, machine.hearsDatagrams else { return }
                let place = sender * 64 + machine.number
                let second = nowMs / 1_000
                var taken = budget[place] ?? (second, 0)
                if taken.second != second { taken = (second, 0) }
                taken.count += 1
                budget[place] = taken
                if taken.count <= Limits.datagramsASecondASource {
                    if isOfNow, bytes.count > Limits.datagramHeaderBytes + 1, machines.indices.contains(sender) {
                        soonMet?.heard(machine, from: machines[sender], self)
                    }
                    tell(machine, .datagramReceived(bytes, source: from))
                }
            }
        }
    }

    // MARK: dials

    private func dial(_ id: ConnectionID, _ endpoint: Endpoint, _ machine: Machine) {
        note("\(machine.number) dials \(endpoint.text)")
        let delay = networkChance.ms(options.delayMs)
        let life = machine.life
        plan(machine, after: delay) { [weak self] in self?.knock(id, endpoint, machine, delay, life) }
    }

    private func knock(_ id: ConnectionID, _ endpoint: Endpoint, _ machine: Machine, _ delay: Int64, _ life: Int) {
        guard machine.power == .running else { return }
        let card = machine.cards.first {
            $0.isUp && $0.reaches(endpoint.address) && (endpoint.interface == 0 || endpoint.interface == $0.index)
        }
        guard let card else { return tell(machine, .dialFailed(id)) }
        let target = machines.first { other in
            other !== machine && other.power != .off
                && other.cards.contains { $0.isUp && $0.lan == card.lan && $0.holds(endpoint.address) }
        }
        guard let target, target.power != .asleep, passes(machine.number, target.number),
            passes(target.number, machine.number)
        else {
            // Nobody answers; some networks say so after a while.
            if networkChance.happens(300) { plan(machine, after: 1_500) { self.tell(machine, .dialFailed(id)) } }
            return
        }
        guard let listener = Listener.allCases.first(where: { target.ports[$0] == endpoint.port }),
            target.power == .running
        else { return plan(machine, after: delay) { self.tell(machine, .dialFailed(id)) } }
        let local = endpoint.address.family == .v4 ? card.v4 : card.v6
        let mine = Socket(owner: .machine(machine), id: id, local: local, isDialler: true, life: machine.life)
        connect(mine, to: target, listener, endpoint.address, delay, lan: card.lan, tap: machine)
    }

    /// Joins a socket to a listening machine.
    @discardableResult
    func connect(
        _ mine: Socket, to target: Machine, _ listener: Listener, _ address: IPAddress, _ delay: Int64, lan: Int,
        tap: Machine?
    ) -> Connection {
        let number = nextConnection
        nextConnection += 1
        let theirs = Socket(
            owner: .machine(target), id: ConnectionID(1 << 63 | number), local: address, isDialler: false,
            life: target.life)
        let connection = Connection(
            number: number, dialler: mine, listener: theirs, isPairing: listener == .pairing, lan: lan,
            tap: Tap(dialler: tap, listener: listener == .pairing ? nil : target))
        keep(connection)
        for socket in [mine, theirs] where !isHealed {
            if networkChance.happens(options.cuts) {
                socket.cutAfter = networkChance.happens(500) ? networkChance.int(0...200) : networkChance.int(0...9_000)
            }
            if networkChance.happens(options.slowReaders) { socket.bytesASecond = options.slowBytes }
        }
        let remotePort = UInt16(50_000 + number % 10_000)
        let cardThere = target.cards.first { $0.isUp && $0.lan == lan }
        let remote = Endpoint(
            address: mine.local, port: remotePort, interface: mine.local.isLinkLocal ? cardThere?.index ?? 0 : 0)
        let local = Endpoint(address: address, port: target.ports[listener] ?? 0, interface: remote.interface)
        target.sockets[theirs.id] = theirs
        tell(target, .connectionAccepted(theirs.id, listener: listener, remote: remote, local: local))
        if case .machine(let machine) = mine.owner {
            machine.sockets[mine.id] = mine
            plan(machine, after: delay) {
                self.tell(
                    machine, .connectionOpened(mine.id, local: Endpoint(address: mine.local, port: remotePort)))
            }
        }
        return connection
    }
}

extension Owner {
    /// Its number in the network: machines from 0, tricksters from 32, who listens 63.
    var number: Int {
        switch self {
        case .machine(let machine): machine.number
        case .trickster(let trickster): 32 + trickster.number
        case .eavesdropper: 63
        }
    }
}

extension IPAddress {
    var family: AddressFamily {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }
}
