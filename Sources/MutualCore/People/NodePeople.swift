import MutualCrypto
import MutualWire

/// People: listing, names, finding them by what was typed.
extension Node {
    // MARK: who

    /// All but those who are leaving: for one's own person these are gone.
    var known: [Person] { people.filter { !$0.isParting } }

    /// The people that `typed` may mean: an id, a name, or the unique beginning of one.
    func find(_ typed: String) throws -> Person {
        if typed.hasPrefix("mutual1"), let key = try? IdentityText.decode(typed, own: nil),
            let person = known.first(where: { $0.record.key.bytes == key })
        {
            return person
        }
        let wanted = typed.folded
        if let exact = known.first(where: { $0.record.name.folded == wanted }) { return exact }
        let matches = wanted.isEmpty ? [] : known.filter { $0.record.name.folded.hasPrefix(wanted) }
        guard let only = matches.first else { throw Refusal(.notFound, "unknown-person", ["typed": typed]) }
        guard matches.count == 1 else {
            throw Refusal(.ambiguous, "ambiguous-person", ["typed": typed], choices: matches.map(\.record.name))
        }
        return only
    }

    /// The people of a list of names, or `all` mutuals who are not blocked.
    func find(all typed: [String]) throws -> [Person] {
        if typed.count == 1, typed[0].folded == "all" {
            let mutuals = people.filter { $0.record.standing == .mutual }
            guard !mutuals.isEmpty else { throw Refusal(.notFound, "nobody-mutual") }
            return mutuals
        }
        var found: [Person] = []
        for one in typed {
            let person = try find(one)
            if !found.contains(where: { $0 === person }) { found.append(person) }
        }
        return found
    }

    // MARK: names

    /// Whether a name can stand here.
    func check(name: String, except person: Person? = nil) throws {
        let bad =
            name.isEmpty || name.utf8.count > Limits.nameBytes || name.folded == "all"
            || name.contains(",") || name.first == " " || name.last == " "
            || name.unicodeScalars.contains {
                $0.properties.generalCategory == .control || $0.value == 0x2028 || $0.value == 0x2029
            }
        if bad { throw Refusal(.rule, "bad-name", ["name": name]) }
        if known.contains(where: { $0 !== person && $0.record.name.folded == name.folded }) {
            throw Refusal(.conflict, "name-in-use", ["name": name])
        }
    }

    /// The name if it is free, else `NAME-2`, `NAME-3` ...; nil: it can't stand here at all.
    func freeName(like name: String, except person: Person?) -> String? {
        let base = name.split(separator: ",").joined(separator: " ")
        let trimmed = String(base.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        for number in 1...people.count + 2 {
            let candidate = number == 1 ? trimmed : "\(trimmed)-\(number)"
            do {
                try check(name: candidate, except: person)
                return candidate
            } catch let refusal as Refusal where refusal.reason == "name-in-use" {
                continue
            } catch {
                return nil
            }
        }
        return nil
    }

    // MARK: listing

    /// Lists somebody: from now on marks of theirs are known and ours are sent.
    @discardableResult
    mutating func list(
        _ key: PublicKey, name: String, provisional: Bool, byCode: Bool, _ turn: Turn
    ) throws -> Person {
        // A new yes ends parting, and the log starts new `[log-10]`.
        if let leaving = person(key), leaving.isParting { try unlist(leaving, turn) }
        guard let keys = try? identity.pair(with: key) else { throw Refusal(.badParameters, "id-low-order") }
        var record = PersonRecord(
            row: PersonRow(0), key: key, name: name, nameIsProvisional: provisional, standing: .listed,
            listedMs: turn.now.wallMs, byCode: byCode)
        record.row = try turn.journal.list(record, out: OutLog(log: turn.entropy.logID()))
        let person = Person(record: record, keys: keys, inLogs: InLogs())
        people.append(person)
        beacons.restart(turn.now, &turn.entropy)
        return person
    }

    /// Unlists somebody without a word.
    mutating func unlist(_ person: Person, _ turn: Turn) throws {
        disconnect(person, turn)
        people.removeAll { $0 === person }
        try moveQuiet(of: person.record.key, to: nil, turn)
        try forgetReplacing(person.record.key, turn)
        // What waited for them, and what nobody will hear of any more, ends as taken back.
        let acked = try turn.journal.outLog(person.row).acked
        let given = try turn.journal.numbered(person.row, from: acked + 1, limit: .max).filter(\.isOpen)
        let waiting = try turn.journal.unnumbered(person.row, after: nil, limit: .max)
        for record in given + waiting where !record.isRetract {
            var event = EventBody(.itemState, person: person.record.key, item: record.id)
            event.state = .takenBack
            event.cause = .removed
            try turn.tell(event)
        }
        try turn.journal.unlist(person.row)
    }

    /// Ends every connection with a person with a plain FIN. Nobody looks for them because of it.
    mutating func disconnect(_ person: Person, _ turn: Turn) {
        for session in person.sessions { close(session, turn, thenLook: false) }
        for id in [person.dial, person.held] {
            if let id, let link = links[id] { drop(link, turn) }
        }
        person.nextAddressDialMs = nil
    }

    // MARK: requests

    mutating func add(id: String, name: String?, _ turn: Turn) throws -> Reply {
        let bytes: [UInt8]
        do {
            bytes = try IdentityText.decode(id, own: identity.publicKey.bytes)
        } catch {
            throw Refusal(error == .idOwn ? .rule : .badParameters, error.code)
        }
        guard let key = PublicKey(bytes) else { throw Refusal(.badParameters, "id-length") }
        if let known = person(key), !known.isParting {
            throw Refusal(.conflict, "already-listed", ["name": known.record.name])
        }
        if let name { try check(name: name) }
        let digest = key.wordsDigest
        let words = IdentityWords.words(digest: digest)
        guard let stand = name ?? freeName(like: words.first ?? "", except: nil) else {
            throw Refusal(.rule, "bad-name", ["name": name ?? ""])
        }
        let person = try list(key, name: stand, provisional: name == nil, byCode: false, turn)
        return .person(person.record)
    }

    func rename(who: String, name: String, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        try check(name: name, except: person)
        person.record.name = name
        person.record.nameIsProvisional = false
        try turn.journal.update(person.record)
        try turn.tell(EventBody(.personRenamed, person: person.record.key))
        return .person(person.record)
    }

    mutating func reach(who: String, address: String, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        guard let endpoint = Endpoint(text: address), !endpoint.address.isMulticast, endpoint.port != 0 else {
            throw Refusal(.badParameters, "bad-address", ["typed": address])
        }
        let others = person.record.givenAddresses.filter { $0 != endpoint }
        person.record.givenAddresses = Array(([endpoint] + others).prefix(8))
        try turn.journal.update(person.record)
        resetAddressDials(person, turn.now)
        return .person(person.record)
    }

    mutating func remove(who: String, _ turn: Turn) throws -> Reply {
        let person = try find(who)
        try unlist(person, turn)
        return .person(person.record)
    }
}

extension String {
    /// For comparing names without regard to case.
    var folded: String { lowercased() }
}
