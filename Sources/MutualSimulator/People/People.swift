import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// The invented people: what they ask their daemons, and what they hear.
extension World {
    /// Asks a machine's Node something; the answer comes with a later turn.
    func ask(_ machine: Machine, _ verb: Verb, _ call: Call, key: IdempotencyKey? = nil) {
        guard machine.power == .running else { return }
        let id = machine.newRequest()
        machine.asked[id] = Asked(verb: verb, call: call, key: key)
        note("\(machine.number) asks \(verb)")
        tell(machine, .requestReceived(id, Request(call, key: key)))
    }

    func answered(_ id: RequestID, _ result: Result<Reply, Refusal>, _ machine: Machine) {
        guard let asked = machine.asked.removeValue(forKey: id) else { return }
        guard case .success(let reply) = result else { return }
        switch reply {
        case .given(let items):
            for item in items {
                accept(item.id, by: machine, for: item.person)
                note("\(machine.number) accepted \(item.id.text.prefix(4))")
            }
            if let key = asked.key { remember(key, items.map(\.id), machine) }
        case .retracted(let copies):
            for copy in copies {
                machine.ledger.own[copy.id]?.reach = copy.reach
                machine.ledger.own[copy.id]?.isErased = true
                if copy.reach == .neverLeft { machine.ledger.own[copy.id]?.state = .takenBack }
                note("\(machine.number) took back \(copy.id.text.prefix(4)): \(copy.reach.rawValue)")
            }
        case .person(let person):
            if asked.verb == .remove { machine.ledger.people[person.key] = nil }
        case .pairing(let view): if let code = view.code { codes[machine.number] = code }
        case .done, .opened, .pairings, .quiet: break
        }
    }

    /// The same key gives the same items, as long as its store was not put back.
    private func remember(_ key: IdempotencyKey, _ ids: [ItemID], _ machine: Machine) {
        let name = "\(machine.number) \(machine.ledger.restores) \(key.key)"
        // Copies for people who were unlisted since are not named any more.
        if let before = keys[name], !ids.allSatisfy(before.contains) {
            fail(Failure(checker: "idempotency", message: "key \(key.key) gave other items"))
        }
        keys[name] = keys[name] ?? ids
    }

    /// One person does one thing.
    func act(_ machine: Machine, _ verb: Verb, _ salt: UInt64) {
        guard machine.power == .running, let store = machine.store else { return }
        var chance = Chance(salt)
        let people = (try? store.peopleList()) ?? []
        let names = people.filter { $0.standing != .parting }.map(\.name)
        guard let call = call(verb, machine, store, names, &chance) else { return }
        var key: IdempotencyKey?
        if case .itemGive = call, chance.happens(200) {
            key = IdempotencyKey(key: "k\(salt)", parameters: [UInt8(truncatingIfNeeded: salt)])
        }
        ask(machine, verb, call, key: key)
        // A script that lost its answer asks again.
        if key != nil, chance.happens(500) {
            plan(after: chance.ms(0...4_000)) { [weak self] in self?.ask(machine, verb, call, key: key) }
        }
    }

    private func call(
        _ verb: Verb, _ machine: Machine, _ store: Store, _ names: [String], _ chance: inout Chance
    ) -> Call? {
        let nowMs = machine.now(nowMs).wallMs
        switch verb {
        case .give, .again: return chance.pick(names).map { .itemGive(give(to: [$0], &chance)) }
        case .giveAll: return names.isEmpty ? nil : .itemGive(give(to: names, &chance))
        case .answer:
            let inbox = (try? store.inbox(limit: 20, nowMs: nowMs)) ?? []
            guard let item = chance.pick(inbox) else { return nil }
            var answer = give(to: [], &chance)
            answer.content =
                chance.pick([.here, .relate(text: "so"), .encourage(text: "yes"), .heard(back: "")]) ?? .here
            answer.re = item.record.id.text
            answer.anyway = true
            return .itemGive(answer)
        case .retract, .retractEverywhere:
            let mine = ((try? store.history(limit: 30, mine: true, nowMs: nowMs)) ?? [])
            return chance.pick(mine).map {
                .itemRetract(item: $0.record.id.text, everywhere: verb == .retractEverywhere)
            }
        case .open: return .itemOpen(chance.happens(500) ? .oldest : .all)
        case .acknowledge: return .eventsAck(consumer: "screen", seq: machine.ledger.lastEvent)
        case .add:
            guard let other = chance.pick(machines.filter { $0.key != machine.key }) else { return nil }
            return .peopleAdd(id: IdentityText.encode(other.key.bytes), name: nil)
        case .remove: return chance.pick(names).map { .peopleRemove(who: $0) }
        case .rename: return chance.pick(names).map { .peopleRename(who: $0, name: "N\(chance.int(0...99))") }
        case .reach:
            guard let other = chance.pick(machines), let card = other.cards.first else { return nil }
            return chance.pick(names).map { .peopleReach(who: $0, address: "\(card.v4.text):\(other.sessionPort)") }
        case .block: return chance.pick(names).map { .peopleBlock(who: $0) }
        case .unblock: return chance.pick(names).map { .peopleUnblock(who: $0) }
        case .part:
            return chance.pick(names).map { .peoplePart(who: $0, text: chance.happens(500) ? "goodbye" : nil) }
        case .pause: return .pauseSet(on: true)
        case .unpause: return .pauseSet(on: false)
        case .pairOpen: return .pairOpen(words: nil)
        case .pairJoin:
            guard let number = chance.pick(codes.keys.sorted()), let code = codes[number] else { return nil }
            return .pairJoin(code: chance.happens(100) ? "7-tiger-lemon" : code)
        case .pairAnswer: return .pairAnswer(pairing: nil, yes: chance.happens(800), name: nil)
        case .pairCancel: return .pairCancel(pairing: nil)
        case .propose, .commit, .pass, .retractExchange, .retractLast, .writePage, .sharePage, .unsharePage, .sayRoom,
            .endRoom, .speak, .keep, .quiet, .feelings, .nudges, .replace:
            return habit(verb, machine, store, names, &chance)
        }
    }

    private func give(to names: [String], _ chance: inout Chance) -> Give {
        let size = chance.pick(weighted: [(80, 40), (15, 600), (5, 16_000)]) ?? 40
        let text = "\(chance.next()) " + String(repeating: "a", count: chance.int(1...size))
        let content: Content =
            chance.pick(weighted: [
                (70, .note(text: text, want: chance.pick([nil, .listen, .ideas, .nothing]) ?? nil)),
                (10, .checkIn(text: text, feelings: ["tired"], energy: .low, want: nil)),
                (10, .ask(text: text)), (5, .celebrate(text: text, whose: .mine)), (5, .here),
            ]) ?? .here
        var give = Give(content)
        give.to = names
        give.anyway = true
        if chance.happens(100) { give.about = "care" }
        if options.shortLives, chance.happens(options.circumstances.shortLives) {
            give.lifeS = Int64(chance.int(600...1_800))
        }
        if chance.happens(50) { give.lifeS = 7_776_000 }
        return give
    }
}
