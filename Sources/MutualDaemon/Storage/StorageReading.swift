import MutualControl
import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// What clients read: from the store, after the commit, marking nothing.
extension Storage {
    /// What this person calls themself.
    func ownName() throws(JournalFault) -> String {
        String(decoding: try store.setting("name") ?? [], as: UTF8.self)
    }

    func identityResult() throws(JournalFault) -> IdentityResult {
        let key = identity.publicKey
        return IdentityResult(
            id: IdentityText.encode(key.bytes), words: IdentityWords.words(digest: key.wordsDigest),
            name: try ownName())
    }

    // MARK: people

    func people() throws(JournalFault) -> [PersonRecord] { try store.peopleList() }

    /// A page in the order of listing; somebody who is parting is gone for their listener.
    func peopleList(_ page: PageParameters, at now: Instant) throws(JournalFault) -> PeopleResult {
        let limit = page.limit ?? PageParameters.mostItems
        let after = page.before.flatMap { Int64($0) } ?? 0
        let all = try people().filter { $0.standing != .parting && $0.row.number > after }
        let shown = all.prefix(limit)
        let next = all.count > limit ? shown.last.map { String($0.row.number) } : nil
        var entries: [PersonEntry] = []
        for person in shown { entries.append(Entries.person(person, room: try room(of: person, at: now))) }
        return PeopleResult(people: entries, next: next)
    }

    /// What somebody says of their room, as long as it lives.
    private func room(of person: PersonRecord, at now: Instant) throws(JournalFault) -> RoomEntry? {
        guard let number = KindNames.number("room") else { return nil }
        return try store.look { journal throws(JournalFault) in
            let living = try journal.living(kind: number, person: person.row, mine: false)
            guard let last = living.last(where: { $0.shown && $0.expiresMs > now.wallMs }) else { return nil }
            return Entries.room(last, content: try journal.content(last.row))
        }
    }

    /// When arrivals give no notice, without what is over.
    func quiet(at now: Instant) throws(JournalFault) -> QuietResult {
        let quiet = Quiet(stored: try store.setting(Quiet.setting) ?? [])
        let people = try people()
        let entries = quiet.entries.filter { !$0.span.isOver(at: now) }.map { entry in
            let person = entry.person.flatMap { key in people.first { $0.key == key } }
            return Entries.quiet(entry, who: person?.name, at: now)
        }
        return QuietResult(quiet: entries)
    }

    /// Whom `typed` means: an id, a name, or the unique beginning of one.
    func find(_ typed: String) throws(JournalFault) -> Result<PersonRecord, Refusal> {
        let people = try people().filter { $0.standing != .parting }
        if typed.hasPrefix("mutual1"), let key = try? IdentityText.decode(typed, own: nil),
            let person = people.first(where: { $0.key.bytes == key })
        {
            return .success(person)
        }
        let wanted = typed.lowercased()
        if let exact = people.first(where: { $0.name.lowercased() == wanted }) { return .success(exact) }
        let matches = wanted.isEmpty ? [] : people.filter { $0.name.lowercased().hasPrefix(wanted) }
        guard let only = matches.first else {
            return .failure(Refusal(.notFound, "unknown-person", ["typed": typed]))
        }
        guard matches.count == 1 else {
            return .failure(
                Refusal(.ambiguous, "ambiguous-person", ["typed": typed], choices: matches.map(\.name)))
        }
        return .success(only)
    }

    // MARK: items

    func entry(_ detail: ItemDetail) throws(JournalFault) -> ItemEntry {
        let around = try store.look { journal throws(JournalFault) in
            try ItemSurroundings(of: detail.record, in: journal)
        }
        return Entries.item(
            detail.record, content: detail.content, who: ItemPerson(name: detail.name, key: detail.person),
            around: around)
    }

    /// Items by their rows; those that are gone are left out.
    func items(_ rows: [ItemRow], at now: Instant) throws(JournalFault) -> [ItemEntry] {
        var entries: [ItemEntry] = []
        for row in rows {
            if let detail = try store.itemDetail(row, nowMs: now.wallMs) { entries.append(try entry(detail)) }
        }
        return entries
    }

    func item(_ typed: String, at now: Instant) throws(JournalFault) -> Result<ItemEntry, Refusal> {
        switch try detail(typed, at: now) {
        case .success(let detail): .success(try entry(detail))
        case .failure(let refusal): .failure(refusal)
        }
    }

    /// The item that `typed` means: an exact handle, an id, or the only one that begins so.
    func detail(_ typed: String, at now: Instant) throws(JournalFault) -> Result<ItemDetail, Refusal> {
        var details: [ItemDetail] = []
        for record in try store.items(beginning: typed.lowercased(), limit: 16) where record.kind != Self.retract {
            if let detail = try store.itemDetail(record.row, nowMs: now.wallMs) { details.append(detail) }
        }
        guard let only = details.first else {
            return .failure(Refusal(.notFound, "unknown-item", ["typed": typed]))
        }
        guard details.count == 1 else {
            return .failure(
                Refusal(
                    .ambiguous, "ambiguous-item", ["typed": typed], choices: details.map(\.record.handle)))
        }
        return .success(only)
    }

    /// The number of the kind that takes another item back: never shown by itself.
    static let retract: UInt32 = 30

    // MARK: events

    func events(after seq: UInt64, limit: Int) throws(JournalFault) -> [Event] {
        try store.events(after: seq, limit: limit)
    }

    func lastEvent() throws(JournalFault) -> UInt64 { try store.lastEventSeq() }

    func position(of consumer: String) throws(JournalFault) -> UInt64? { try store.consumerPosition(consumer) }
}
