import MutualRules
public import MutualWire

/// What a client is shown of an item besides the item: what it answers, what is wanted now, how far an exchange is.
public struct ItemSurroundings: Hashable, Sendable {
    /// What somebody did not know yet when they wrote an idea.
    public enum Crossing: String, Hashable, Sendable, CaseIterable {
        /// That it was closed.
        case close
        /// That something else is wanted.
        case want
    }

    /// The handle of what it answers; nil: it answers nothing, or that is gone.
    public var answers: String?
    /// Whether what it answers is gone.
    public var answersGone = false
    /// What its writer wants now.
    public var want: MutualWire.Want?
    /// What its writer did not know yet.
    public var crossed: Crossing?
    /// The exchange that it belongs to.
    public var exchange: ExchangeView?

    /// What stands around an item.
    public init(of record: ItemRecord, in journal: some Journal) throws(JournalFault) {
        want = record.want
        if record.kind == Kind.exchange.rawValue {
            exchange = try ExchangeView(of: record, in: journal)
            return
        }
        if !record.erased, record.kind == Kind.note.rawValue || record.kind == Kind.checkin.rawValue {
            want = try journal.answered(record).want.flatMap { MutualWire.Want(rawValue: $0.rawValue) }
        }
        guard let re = record.re else { return }
        if let answered = try journal.item(eithers: re, person: record.person), !answered.erased {
            answers = answered.handle
        } else {
            answersGone = true
        }
        crossed = try Self.crossing(record, in: journal)
    }

    /// Whether an idea came after it was closed, or after the want changed: its writer cannot have known.
    private static func crossing(_ idea: ItemRecord, in journal: some Journal) throws(JournalFault) -> Crossing? {
        guard idea.kind == Kind.idea.rawValue, !idea.mine, let top = try journal.topOfThread(idea), top.mine else {
            return nil
        }
        func before(_ kind: Kind) throws(JournalFault) -> ItemRecord? {
            try journal.answers(
                to: top.id, person: top.person, kind: kind.rawValue, mine: true, last: Limits.answersThatDecide
            ).last { !$0.erased && $0.row.number < idea.row.number }
        }
        if try before(.close) != nil { return .close }
        guard top.kind != Kind.ask.rawValue else { return nil }
        let now = try before(.want)
        return now.map { $0.want != .ideas } ?? false ? .want : nil
    }
}

/// The kinds that this version shows, by name on the command line and in JSON (Protocol/records.md).
public enum KindNames {
    /// The name of a kind; nil for one of a later version.
    public static func name(_ number: UInt32) -> String? { Kind(rawValue: number)?.name }

    /// The number of a kind.
    public static func number(_ name: String) -> UInt32? { Kind(name: name)?.rawValue }
}
