import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Setting a world up, and carrying out its schedule.
extension World {
    func setUp() {
        do {
            for number in 0..<options.machines {
                var cards = [Card(index: 2, lan: 0, host: UInt8(number + 1))]
                for lan in 1..<max(1, options.lans) where chance.happens(600) {
                    cards.append(Card(index: UInt32(lan + 2), lan: lan, host: UInt8(number + 1)))
                }
                let port = options.otherPorts && chance.happens(500) ? UInt16(7_748 + number) : Limits.port
                let machine = try Machine(number: number, seed: seed, cards: cards, port: port)
                machine.skewMs =
                    options.clockSkewMs == 0 ? 0 : chance.ms(-options.clockSkewMs...options.clockSkewMs) / 2
                machine.commitFaults = options.commitFaults
                machine.power = .idle
                machines.append(machine)
            }
            for number in 0..<options.tricksters { tricksters.append(try Trickster(number: number, world: self)) }
        } catch {
            return fail(error, "set-up")
        }
        if options.circumstances.replays { eavesdropper = Eavesdropper(self) }
        for machine in machines { start(machine) }
        for machine in machines {
            for other in machines where other !== machine && chance.happens(options.listAll ? 980 : 600) {
                let id = IdentityText.encode(other.key.bytes)
                let name = chance.happens(800) ? other.name : nil
                plan(after: chance.ms(0...1_000)) { [weak self] in
                    self?.ask(machine, .add, .peopleAdd(id: id, name: name))
                }
            }
            for trickster in tricksters {
                let id = IdentityText.encode(trickster.key.bytes)
                ask(machine, .add, .peopleAdd(id: id, name: "T\(trickster.number)"))
            }
        }
    }

    func carryOut(_ step: Step) {
        func machine(_ number: Int) -> Machine? { machines.indices.contains(number) ? machines[number] : nil }
        switch step.act {
        case .verb(let one, let verb): if let one = machine(one) { act(one, verb, step.salt) }
        case .kill(let one, let power): if let one = machine(one) { kill(one, power: power) }
        case .start(let one): if let one = machine(one) { start(one) }
        case .sleep(let one): if let one = machine(one) { sleep(one) }
        case .wake(let one): if let one = machine(one) { wake(one) }
        case .jump(let one, let ms): if let one = machine(one) { jump(one, ms) }
        case .cut(let one, let other, let oneWay):
            note("cut \(one) > \(other)\(oneWay ? " one way" : "")")
            cuts.insert(one * 64 + other)
            if !oneWay { cuts.insert(other * 64 + one) }
        case .join(let one, let other):
            note("join \(one) \(other)")
            cuts.remove(one * 64 + other)
            cuts.remove(other * 64 + one)
        case .card(let one, let card, let up): if let one = machine(one) { change(one, card: card, up: up) }
        case .readdress(let one, let card):
            if let one = machine(one) {
                var chance = Chance(step.salt)
                let host = UInt8(chance.int(20...90))
                let taken = machines.contains { $0.cards.contains { $0.host == host } }
                if !taken { change(one, card: card, up: true, host: host) }
            }
        case .breakOne:
            var chance = Chance(step.salt)
            let alive = connections.values.filter { $0.dialler.state == .open && $0.listener.state == .open }
            if let one = chance.pick(alive.sorted(by: { $0.number < $1.number })) { breakOff(one) }
        case .backUp(let one): if let one = machine(one) { backUp(one) }
        case .restore(let one): if let one = machine(one) { restore(one, one.backups.count - 1) }
        case .clone(let one): if let one = machine(one) { clone(one) }
        case .fillDisk(let one):
            note("\(one) disk full")
            machine(one)?.diskIsFull = true
        case .emptyDisk(let one):
            note("\(one) disk has room")
            machine(one)?.diskIsFull = false
        case .trick(let number, let trick):
            if tricksters.indices.contains(number) { tricksters[number].play(trick, step.salt) }
        case .circumstance(let circumstance): follow(circumstance, step.salt)
        }
    }

    private func backUp(_ machine: Machine) {
        note("\(machine.number) is backed up")
        do { try machine.backUp() } catch { fail(error, "backup") }
    }

    private func jump(_ machine: Machine, _ ms: Int64) {
        note("\(machine.number) clock jumps \(ms / 60_000) min")
        machine.skewMs += ms
        // Keys are kept for 30 days.
        if abs(ms) > 29 * 86_400_000 { keys = keys.filter { !$0.key.hasPrefix("\(machine.number) ") } }
        // A clock before the world began is no use to anybody.
        machine.skewMs = max(machine.skewMs, -20 * 86_400_000)
        if machine.power == .running { planTurnNow(machine) }
    }

    /// Everything that was broken is whole again.
    func heal() {
        note("healing")
        isHealed = true
        healedAtMs = nowMs
        options.heal()
        cuts = []
        for connection in connections.values {
            connection.dialler.cutAfter = nil
            connection.listener.cutAfter = nil
        }
        for trickster in tricksters { trickster.stop() }
        var chance = Chance(seed, "healing")
        // Of two copies of a disk one goes on.
        for clone in machines where clone.isClone {
            let twins = machines.filter { $0.key == clone.key && $0.power != .off }
            for twin in twins.dropFirst() { kill(twin, power: true) }
        }
        let alive = machines.filter { machine in
            !machine.isClone || !machines.contains { $0.key == machine.key && $0 !== machine && $0.power != .off }
        }
        for machine in alive {
            machine.commitFaults = 0
            machine.diskIsFull = false
            let skewMs = chance.ms(-1_700_000...1_700_000)
            // A clock that is right enough is let alone in some worlds.
            if !options.circumstances.keepsClocks || abs(machine.skewMs) > 1_700_000 { machine.skewMs = skewMs }
            for index in machine.cards.indices { machine.cards[index].isUp = true }
            wake(machine)
            if machines.contains(where: { $0.key == machine.key && $0 !== machine && $0.power == .running }) {
                continue
            }
            if machine.power == .running {
                tell(machine, .interfacesChanged(interfaces(of: machine)))
            } else {
                start(machine)
            }
            // A pause may still wait for the end of a rest.
            let willPause = machine.asked.values.contains { $0.verb == .pause }
            if machine.isPaused || willPause { ask(machine, .unpause, .pauseSet(on: false)) }
            planTurnNow(machine)
        }
    }

    /// The shell looks at its clock.
    func planTurnNow(_ machine: Machine) { tell(machine, .deadlineReached) }
}
