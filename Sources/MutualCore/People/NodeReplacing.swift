import MutualCrypto
import MutualWire

/// Somebody who takes the place of somebody else: the same person on a new machine. Only their person says that it is so;
/// two keys are never merged.
struct Replacement: Hashable {
    let new: PublicKey
    let old: PublicKey
}

extension Node {
    /// The setting that holds the replacements that wait for the other's yes.
    static let replacingSetting = "replacing"

    /// Who is listed already takes the other's name; the other is unlisted without a word, and what waited for them ends
    /// as taken back.
    mutating func replace(old: String, new: String, _ turn: Turn) throws -> Reply {
        let (old, new) = (try find(old), try find(new))
        guard old !== new else { throw Refusal(.rule, "replace-self", ["name": old.record.name]) }
        for person in [old, new] where person.isBlocked {
            throw Refusal(.rule, "blocked", ["name": person.record.name])
        }
        try replace(old, by: new, turn)
        return .person(new.record)
    }

    private mutating func replace(_ old: Person, by new: Person, _ turn: Turn) throws {
        let name = old.record.name
        try moveQuiet(of: old.record.key, to: new.record.key, turn)
        try unlist(old, turn)
        new.record.name = name
        new.record.nameIsProvisional = false
        try turn.journal.update(new.record)
        try turn.tell(EventBody(.personRenamed, person: new.record.key))
    }

    // MARK: a yes to "the same person on a new machine"

    /// Remembers that this person, listed now by one's own yes, is to take the other's place. It is done when theirs is
    /// known: a No takes back the yes, and then nothing has happened to the old one.
    mutating func plan(_ replacement: Replacement, _ turn: Turn) throws {
        try store(replacing.filter { $0.new != replacement.new } + [replacement], turn)
    }

    /// Carries it out, once both said yes.
    mutating func replacePlanned(by key: PublicKey, _ turn: Turn) throws {
        guard let planned = replacing.first(where: { $0.new == key }) else { return }
        try store(replacing.filter { $0 != planned }, turn)
        guard let new = person(planned.new), let old = person(planned.old), !old.isParting else { return }
        try replace(old, by: new, turn)
    }

    /// Somebody is not listed any more: nobody takes their place, and they take nobody's.
    mutating func forgetReplacing(_ key: PublicKey, _ turn: Turn) throws {
        let rest = replacing.filter { $0.new != key && $0.old != key }
        if rest.count != replacing.count { try store(rest, turn) }
    }

    private mutating func store(_ wanted: [Replacement], _ turn: Turn) throws {
        let bytes = wanted.flatMap { $0.new.bytes + $0.old.bytes }
        try turn.journal.setSetting(Self.replacingSetting, bytes.isEmpty ? nil : bytes)
        replacing = wanted
    }

    static func replacements(stored: [UInt8]) -> [Replacement] {
        stride(from: 0, to: stored.count - stored.count % 64, by: 64).compactMap { start in
            guard let new = PublicKey(Array(stored[start..<start + 32])),
                let old = PublicKey(Array(stored[start + 32..<start + 64]))
            else { return nil }
            return Replacement(new: new, old: old)
        }
    }
}
