import MutualControl
import MutualCore
import MutualCrypto
import MutualWire

/// People, items and pairings as clients see them.
enum Entries {
    static func person(_ record: PersonRecord, room: RoomEntry? = nil) -> PersonEntry {
        let addresses = record.givenAddresses.map(\.text)
        var entry = PersonEntry(
            id: IdentityText.encode(record.key.bytes), name: record.name,
            words: IdentityWords.words(digest: record.key.wordsDigest), standing: standing(record.standing),
            helloName: record.helloName.isEmpty ? nil : record.helloName,
            addresses: addresses.isEmpty ? nil : addresses)
        entry.room = room
        return entry
    }

    /// What somebody says of their room; nil: nothing that this version knows.
    static func room(_ record: ItemRecord, content: [UInt8]?) -> RoomEntry? {
        guard case .room(let have?, let text)? = content.flatMap({ Item(stored: $0)?.content }) else { return nil }
        return RoomEntry(
            have: have.rawValue, text: text.isEmpty ? nil : text, until: Timestamp(unixMs: record.expiresMs))
    }

    private static func standing(_ standing: PersonRecord.Standing) -> String {
        switch standing {
        case .listed: "listed"
        case .mutual: "mutual"
        case .parting: "parting"
        case .blocked: "blocked"
        }
    }

    /// Quiet for everybody, or for the person who has this name here.
    static func quiet(_ entry: Quiet.Entry, who: String?, at now: Instant) -> QuietEntry {
        var shown = QuietEntry(
            person: entry.person.map { IdentityText.encode($0.bytes) }, who: who, now: entry.span.holds(at: now))
        switch entry.span {
        case .open: break
        case .until(let endMs): shown.until = Timestamp(unixMs: endMs)
        case .daily(let hours): shown.daily = hours.text
        }
        return shown
    }

    static func pairing(_ view: PairingView) -> PairingEntry {
        PairingEntry(
            pairing: Int64(clamping: view.number), stage: view.stage.rawValue, code: view.code, name: view.name,
            person: view.person.map { IdentityText.encode($0.bytes) }, until: Timestamp(unixMs: view.untilMs),
            seq: Int64(clamping: view.seq))
    }

    static func given(_ item: GivenItem) -> GivenEntry {
        GivenEntry(
            person: IdentityText.encode(item.person.bytes), who: item.name, id: item.id.text, handle: item.handle,
            state: item.state.rawValue)
    }

    static func retracted(_ copy: Retraction) -> RetractedEntry {
        RetractedEntry(
            person: copy.person.map { IdentityText.encode($0.bytes) }, who: copy.name, id: copy.id.text,
            handle: copy.handle, reach: copy.reach.rawValue)
    }

    /// An item with its texts; `who` is the person whom it is shared with.
    static func item(
        _ record: ItemRecord, content: [UInt8]?, who: ItemPerson, around: ItemSurroundings
    ) -> ItemEntry {
        let item = content.flatMap { Item(stored: $0) }
        var entry = ItemEntry(
            id: record.id.text, handle: record.handle, kind: KindNames.name(record.kind) ?? "unknown", who: who.name,
            person: who.key.map { IdentityText.encode($0.bytes) } ?? "", mine: record.mine,
            made: Timestamp(unixMs: record.madeMs), expires: Timestamp(unixMs: record.expiresMs),
            auto: item?.auto ?? false)
        entry.re = record.re?.text
        entry.answers = around.answers
        if around.answersGone { entry.answersGone = true }
        entry.want = around.want?.rawValue
        entry.crossed = around.crossed?.rawValue
        if record.erased || item == nil { entry.erased = true }
        if let item { fill(&entry, item) }
        // What was taken back, or never came there, says that in its place.
        let neverCame = record.state == .takenBack || (record.mine && record.state == .notReached)
        if let exchange = around.exchange, !neverCame {
            entry.exchange = ExchangeEntry(
                stage: exchange.stage.rawValue, topic: exchange.topic, mine: exchange.mine,
                theirs: exchange.fits ? exchange.theirs : nil, fits: exchange.fits)
            // What was not sealed is nothing to read.
            if !exchange.fits, !record.mine { entry.text = nil }
        }
        if record.mine {
            entry.state = record.state.rawValue
            entry.cause = record.cause?.rawValue
        } else {
            entry.opened = record.opened
            if record.kept { entry.kept = true }
        }
        return entry
    }

    private static func fill(_ entry: inout ItemEntry, _ item: Item) {
        if !item.about.isEmpty { entry.about = item.about }
        if item.noKeep { entry.noKeep = true }
        if !item.content.text.isEmpty { entry.text = item.content.text }
        if case .checkIn(_, let feelings, let energy, _) = item.content {
            if !feelings.isEmpty { entry.feelings = feelings }
            entry.energy = energy?.rawValue
        }
        switch item.content {
        case .celebrate(_, let whose): entry.whose = whose.rawValue
        case .idea(_, let mine): entry.experience = mine
        case .close(_, let outcome): entry.outcome = outcome?.rawValue
        case .room(let have, _): entry.have = have?.rawValue
        case .plan(let sections): entry.sections = sections.map { SectionEntry(title: $0.title, text: $0.text) }
        default: break
        }
    }
}

/// Whom an item is shared with, as it is shown: also somebody who is not listed any more.
struct ItemPerson {
    var name: String
    var key: PublicKey?
}
