import MutualCrypto
import MutualRules
import MutualWire

/// `item.retract`: taking back what one said `[log-8]`.
extension Node {
    mutating func retract(_ typed: String, everywhere: Bool, _ turn: Turn) throws -> Reply {
        let record = try find(item: typed, turn)
        let context = Context(answers: try turn.journal.answered(record))
        if case .refused(let reason, let arguments) = verdict(on: Draft(kind: .retract), given: context) {
            throw Refusal(.rule, reason.rawValue, arguments)
        }
        if let words = try wordsToTakeBack(of: record, turn) { return .retracted(words) }
        var copies = [record]
        if everywhere { copies = try copiesOf(record, turn) }
        return .retracted(try copies.map { try takeBack($0, cause: .byYou, turn) })
    }

    /// Takes one copy back; one that is taken back already stays as it is.
    mutating func takeBack(_ record: ItemRecord, cause: TakenBackCause, _ turn: Turn) throws -> Retraction {
        let person = person(record.person)
        func result(_ reach: Retraction.Reach) -> Retraction {
            Retraction(
                person: person?.record.key, name: person?.record.name ?? "", id: record.id, handle: record.handle,
                reach: reach)
        }
        guard record.state != .takenBack else { return result(record.seq == nil ? .neverLeft : .undecided) }
        guard let person else {
            // Unlisted since: only what is here can be taken back.
            var gone = record
            gone.state = .takenBack
            gone.cause = cause
            try turn.journal.eraseContent(record.row)
            try turn.journal.update(gone)
            try tellState(.takenBack, of: gone, turn)
            return result(.hereOnly)
        }
        let wasDelivered = record.state == .delivered
        let done = try TakeBack.perform(
            record, cause: cause, retractID: { turn.newItemID() }, now: turn.now, journal: turn.journal)
        person.giveDue = true
        var older: [ItemRecord] = []
        if !wasDelivered { older = try retractReplaced(before: record, turn) }
        switch done {
        case .neverLeft(let record):
            try tellState(.takenBack, of: record, turn)
            // A page is one thing to its person: the one before may be there.
            if older.contains(where: { $0.state == .delivered }) { return result(.whenMet) }
            return result(older.isEmpty ? .neverLeft : .undecided)
        case .takenBack(let record):
            try tellState(.takenBack, of: record, turn)
            return result(wasDelivered ? .whenMet : .undecided)
        }
    }

    /// A page or room ends that may never have come to its reader: what it took the place of ends there too.
    @discardableResult
    func retractReplaced(before record: ItemRecord, _ turn: Turn) throws -> [ItemRecord] {
        guard let person = person(record.person) else { return [] }
        let older = try Replaced.retract(
            before: record, retractID: { turn.newItemID() }, now: turn.now, journal: turn.journal)
        if !older.isEmpty { person.giveDue = true }
        return older
    }

    /// All copies of what was given to several at once, in the order of acceptance. They have ids of their own and
    /// nothing that joins them: they were stored one after another in one turn, with the same words.
    private func copiesOf(_ record: ItemRecord, _ turn: Turn) throws -> [ItemRecord] {
        guard let content = try content(of: record, turn) else { return [record] }
        var copies = [record]
        var people = [record.person]
        for step in [Int64(-1), 1] {
            var row = record.row.number + step
            // Copies of people who were unlisted since left gaps.
            while row > 0, abs(row - record.row.number) <= Self.copiesApart {
                defer { row += step }
                guard let other = try turn.journal.item(ItemRow(row)) else { continue }
                guard other.mine, other.madeMs == record.madeMs, other.kind == record.kind,
                    !people.contains(other.person)
                else { break }
                guard try self.content(of: other, turn) == content else { break }
                copies.append(other)
                people.append(other.person)
            }
        }
        return copies.sorted { $0.row < $1.row }
    }

    /// What was said, without what differs from copy to copy.
    private func content(of record: ItemRecord, _ turn: Turn) throws -> Item? {
        guard let nobody = ItemID([UInt8](repeating: 0, count: 16)),
            let stored = try turn.journal.content(record.row), let item = Item(stored: stored)
        else { return nil }
        var words = Item(id: nobody, madeMs: item.madeMs, content: item.content)
        words.about = item.about
        words.auto = item.auto
        words.noKeep = item.noKeep
        return words
    }

    /// How far apart in rows copies of one giving are looked for.
    private static let copiesApart: Int64 = 1_024

    // MARK: what a key remembers of it

    static func number(of reach: Retraction.Reach) -> UInt8 {
        UInt8(truncatingIfNeeded: Retraction.Reach.allCases.firstIndex(of: reach) ?? 0)
    }

    /// The result of a call that was done before, from ids and reaches.
    func recalledRetractions(_ body: [UInt8], _ turn: Turn) throws -> [Retraction] {
        var copies: [Retraction] = []
        for start in stride(from: 0, to: body.count - body.count % 17, by: 17) {
            guard let id = ItemID(Array(body[start..<start + 16])),
                let reach = Retraction.Reach.allCases.dropFirst(Int(body[start + 16])).first
            else { continue }
            let record = try turn.journal.items(beginning: id.text, limit: 1).first
            var person: Person?
            if let record { person = self.person(record.person) }
            copies.append(
                Retraction(
                    person: person?.record.key, name: person?.record.name ?? "", id: id,
                    handle: record?.handle ?? String(id.text.prefix(4)), reach: reach))
        }
        return copies
    }
}
