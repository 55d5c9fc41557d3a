import MutualRules
import MutualWire

/// `item.keep`: what one has of another's kind words beyond their life `[control-33]`.
extension Node {
    /// Puts an item into one's jar, once; from then on only a retract reaches it `[log-9]`.
    func keep(_ typed: String, _ turn: Turn) throws -> Reply {
        var record = try find(item: typed, turn)
        let item = try turn.journal.content(record.row).flatMap { Item(stored: $0) }
        if let refusal = keepingRefused(
            kind: Kind(rawValue: record.kind), mine: record.mine, isTakenBack: record.erased,
            noKeep: item?.noKeep ?? false)
        {
            let name = person(record.person)?.record.name
            throw Refusal(.rule, refusal.rawValue, ["name": name].compactMapValues { $0 })
        }
        if !record.kept {
            record.kept = true
            try turn.journal.update(record)
        }
        return .opened([record.row])
    }
}
