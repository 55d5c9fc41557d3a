import MutualRules
import MutualWire

/// What the rules need to know of an item that is answered, as it stands now (Protocol/records.md).
extension Journal {
    /// The item with what was said to it since: its present want, whether it is closed, the thread of an idea.
    func answered(_ record: ItemRecord) throws(JournalFault) -> AnsweredItem {
        let kind = Kind(rawValue: record.kind)
        guard !record.erased else { return AnsweredItem(kind: kind, mine: record.mine, gone: true) }
        guard kind == .idea else {
            let top = try threadTop(record)
            return AnsweredItem(
                kind: kind, mine: record.mine, want: top.want, earlierWants: top.earlierWants,
                isClosed: top.isClosed)
        }
        let top = try topOfThread(record).map { record throws(JournalFault) in try threadTop(record) }
        return AnsweredItem(kind: kind, mine: record.mine, top: top)
    }

    /// The item at the top of an idea's thread; nil when that is gone, or too many ideas away.
    func topOfThread(_ idea: ItemRecord) throws(JournalFault) -> ItemRecord? {
        var record = idea
        for _ in 0..<Limits.ideasInAThread where record.kind == Kind.idea.rawValue {
            guard let re = record.re, let next = try item(eithers: re, person: record.person), !next.erased else {
                return nil
            }
            record = next
        }
        return record.kind == Kind.idea.rawValue ? nil : record
    }

    /// The item with this id that was exchanged with this person, whoever wrote it; nil when it is not here.
    func item(eithers id: ItemID, person: PersonRow) throws(JournalFault) -> ItemRecord? {
        if let mine = try item(id: id, person: person, mine: true) { return mine }
        return try item(id: id, person: person, mine: false)
    }

    private func threadTop(_ record: ItemRecord) throws(JournalFault) -> ThreadTop {
        // The last few of each decide: whoever sends thousands is not to have all of them read for every answer.
        func said(_ kind: Kind) throws(JournalFault) -> [ItemRecord] {
            try answers(
                to: record.id, person: record.person, kind: kind.rawValue, mine: record.mine,
                last: Limits.answersThatDecide)
        }
        let changes = try said(.want)
        // A want that was taken back holds no more, but somebody may have written while it did.
        let present = changes.last { !$0.erased } ?? record
        let wants = ([record] + changes).compactMap { one in
            one.row == present.row ? nil : one.want.flatMap { MutualRules.Want(rawValue: $0.rawValue) }
        }
        return ThreadTop(
            kind: Kind(rawValue: record.kind), mine: record.mine,
            want: present.want.flatMap { MutualRules.Want(rawValue: $0.rawValue) }, earlierWants: wants,
            isClosed: try said(.close).contains { !$0.erased })
    }
}
