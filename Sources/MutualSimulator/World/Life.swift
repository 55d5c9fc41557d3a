import MutualCore
import MutualStore
import MutualWire

/// Starting, stopping, sleeping, restoring.
extension World {
    func start(_ machine: Machine) {
        guard machine.power == .off || machine.power == .idle, failure == nil else { return }
        note("\(machine.number) starts")
        do {
            try machine.open(nowMs)
            lookWhoIsListed(machine)
            try findUnanswered(machine)
            try readEvents(machine)
            for checker in checkers { try checker.started(machine, self) }
        } catch {
            return fail(error, "start of \(machine.number)")
        }
        settleIn(machine)
    }

    /// What a shell tells a new Node.
    func settleIn(_ machine: Machine) {
        machine.ports = [:]
        machine.hearsDatagrams = !machine.isPaused
        if !machine.isPaused { machine.ports[.sessions] = machine.sessionPort }
        tell(machine, .interfacesChanged(interfaces(of: machine)))
        if !machine.isPaused { tell(machine, .listening(.sessions, port: machine.sessionPort)) }
    }

    func interfaces(of machine: Machine) -> [Interface] { machine.cards.filter(\.isUp).map(\.interface) }

    /// The daemon dies. `power`: the whole machine, whose kernel then says nothing to anybody.
    func kill(_ machine: Machine, power: Bool) {
        guard machine.power != .off, machine.power != .idle else { return }
        note("\(machine.number) dies\(power ? " with its machine" : "")")
        if power {
            for (_, socket) in machine.sockets.sorted(by: { $0.key < $1.key }) { vanish(socket) }
            machine.sockets = [:]
        } else {
            closeAll(machine)
        }
        machine.end()
        machine.power = power ? .off : .idle
    }

    /// Its kernel closes what the daemon had open.
    func closeAll(_ machine: Machine) {
        for (_, socket) in machine.sockets.sorted(by: { $0.key < $1.key }) {
            if machine.chance.happens(500) { reset(socket) } else { close(socket) }
        }
        machine.sockets = [:]
    }

    func sleep(_ machine: Machine) {
        guard machine.power == .running else { return }
        note("\(machine.number) sleeps")
        machine.power = .asleep
        machine.sleptAtMs = nowMs
    }

    func wake(_ machine: Machine) {
        guard machine.power == .asleep else { return }
        note("\(machine.number) wakes")
        machine.power = .running
        machine.turnIsPlanned = false
        machine.runningFromMs += nowMs - machine.sleptAtMs
        if !machine.pending.isEmpty { planTurn(machine) }
    }

    /// Puts a backup in the place of a machine's store.
    func restore(_ machine: Machine, _ index: Int) {
        guard machine.backups.indices.contains(index) else { return }
        kill(machine, power: false)
        note("\(machine.number) is put back to backup \(index)")
        do {
            let restores = machine.ledger.restores
            try machine.restore(index)
            machine.ledger.restores = restores + 1
        } catch {
            return fail(error, "restore")
        }
        markPutBack(machine)
        start(machine)
    }

    /// Positions between this one and everybody else agree no longer: also of those with whom nothing was said yet, for
    /// two copies of a disk share the logs that they begin later.
    func markPutBack(_ machine: Machine) {
        for other in machines where other.key != machine.key {
            other.ledger.people[machine.key, default: .init()].wasPutBack = true
            let shown = other.ledger.people[machine.key]?.shown.count ?? 0
            other.ledger.people[machine.key]?.orderFrom = shown
            for twin in machines where twin.key == machine.key {
                twin.ledger.people[other.key, default: .init()].wasPutBack = true
            }
        }
        check { try $0.putBack(machine, self) }
    }

    /// A disk is copied and lives on in a second machine.
    func clone(_ machine: Machine) {
        guard machines.count < 14 else { return }
        note("\(machine.number) is copied to \(machines.count)")
        let wasRunning = machine.power == .running
        kill(machine, power: false)
        do {
            var cards: [Card] = []
            for card in machine.cards {
                cards.append(Card(index: card.index, lan: card.lan, host: UInt8(100 + machines.count)))
            }
            let copy = try Machine(copyOf: machine, number: machines.count, cards: cards)
            copy.power = .idle
            machines.append(copy)
            markPutBack(machine)
            start(copy)
        } catch {
            return fail(error, "clone")
        }
        if wasRunning { start(machine) }
    }

    /// A card goes up or down, or takes another address.
    func change(_ machine: Machine, card: Int, up: Bool, host: UInt8? = nil) {
        guard machine.cards.indices.contains(card) else { return }
        machine.cards[card].isUp = up
        if let host { machine.cards[card].host = host }
        note("\(machine.number) card \(card) \(up ? "up" : "down") \(machine.cards[card].host)")
        if machine.power == .running { tell(machine, .interfacesChanged(interfaces(of: machine))) }
    }
}
