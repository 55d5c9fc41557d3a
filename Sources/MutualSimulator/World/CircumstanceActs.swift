import MutualCore
import MutualWire

/// Carrying out what circumstances bring.
extension World {
    func follow(_ circumstance: Circumstance, _ salt: UInt64) {
        var chance = Chance(salt)
        switch circumstance {
        case .relist(let one): if machines.indices.contains(one) { relist(machines[one], &chance) }
        case .flood(let one, let other, let count):
            guard machines.indices.contains(one), machines.indices.contains(other) else { return }
            flood(machines[one], machines[other], count)
        case .replay: eavesdropper?.replay(&chance)
        }
    }

    /// Both requests go in one turn, so that nothing is heard in between.
    private func relist(_ machine: Machine, _ chance: inout Chance) {
        guard machine.power == .running, let people = try? machine.store?.peopleList() else { return }
        let known = people.filter { $0.standing != .parting }
        guard let person = chance.pick(known) else { return }
        let strangers = machines.filter { other in
            other.key != machine.key && !other.isClone && !people.contains { $0.key == other.key }
        }
        if let blocked = known.first(where: { $0.standing == .blocked && $0.row != person.row }), chance.happens(700) {
            ask(machine, .block, .peopleBlock(who: person.name))
            ask(machine, .unblock, .peopleUnblock(who: blocked.name))
            return
        }
        var key = person.key
        var name: String? = person.name
        if let stranger = chance.pick(strangers), chance.happens(300) { (key, name) = (stranger.key, nil) }
        ask(machine, .remove, .peopleRemove(who: person.name))
        ask(machine, .add, .peopleAdd(id: IdentityText.encode(key.bytes), name: name))
    }

    private func flood(_ machine: Machine, _ reader: Machine, _ count: Int) {
        guard machine.power == .running, let people = try? machine.store?.peopleList(),
            let name = people.first(where: { $0.key == reader.key })?.name
        else { return }
        for number in 0..<count {
            var give = Give(.note(text: "line \(number)", want: nil))
            give.to = [name]
            give.anyway = true
            ask(machine, .give, .itemGive(give))
        }
    }
}
