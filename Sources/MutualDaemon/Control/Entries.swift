import MutualControl
import MutualCore
import MutualCrypto
import MutualWire

/// People, items and pairings as clients see them.
enum Entries {
    static func person(_ record: PersonRecord) -> PersonEntry {
        let addresses = record.givenAddresses.map(\.text)
        return PersonEntry(
            id: IdentityText.encode(record.key.bytes), name: record.name,
            words: IdentityWords.words(digest: record.key.wordsDigest), standing: standing(record.standing),
            helloName: record.helloName.isEmpty ? nil : record.helloName,
            addresses: addresses.isEmpty ? nil : addresses)
    }

    private static func standing(_ standing: PersonRecord.Standing) -> String {
        switch standing {
        case .listed: "listed"
        case .mutual: "mutual"
        case .parting: "parting"
        case .blocked: "blocked"
        }
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
    static func item(_ record: ItemRecord, content: [UInt8]?, who: ItemPerson) -> ItemEntry {
        let item = content.flatMap { Item(stored: $0) }
        var entry = ItemEntry(
            id: record.id.text, handle: record.handle, kind: kind(record.kind), who: who.name,
            person: who.key.map { IdentityText.encode($0.bytes) } ?? "", mine: record.mine,
            made: Timestamp(unixMs: record.madeMs), expires: Timestamp(unixMs: record.expiresMs),
            auto: item?.auto ?? false)
        entry.re = record.re?.text
        entry.want = record.want?.rawValue
        if record.erased || item == nil { entry.erased = true }
        if let item { fill(&entry, item) }
        if record.mine {
            entry.state = record.state.rawValue
            entry.cause = record.cause?.rawValue
        } else {
            entry.opened = record.opened
        }
        return entry
    }

    private static func fill(_ entry: inout ItemEntry, _ item: Item) {
        if !item.about.isEmpty { entry.about = item.about }
        if !item.content.text.isEmpty { entry.text = item.content.text }
        if case .checkIn(_, let feelings, let energy, _) = item.content {
            if !feelings.isEmpty { entry.feelings = feelings }
            entry.energy = energy?.rawValue
        }
    }

    /// The names of kinds by their numbers `[records]`.
    private static func kind(_ number: UInt32) -> String {
        switch number {
        case 16: "note"
        case 17: "checkin"
        case 18: "heard"
        case 21: "encourage"
        default: "unknown"
        }
    }

    /// The number of a kind that this version gives.
    static func kindNumber(_ name: String) -> UInt32? {
        [16, 17, 18, 21].first { kind($0) == name }
    }
}

/// Whom an item is shared with, as it is shown: also somebody who is not listed any more.
struct ItemPerson {
    var name: String
    var key: PublicKey?
}
