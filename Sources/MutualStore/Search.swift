import GRDB
public import MutualCore

/// A search over what was said, as far as it has come: it goes on in slices, so that turns come in between.
public struct Search: Sendable {
    /// Most items that one slice looks at.
    public static let sliceItems = 256

    /// Only what is shared with this person.
    public let person: PersonRow?
    /// How many are looked for.
    public let limit: Int
    /// Whether all that there is was looked at, or enough was found.
    public private(set) var isOver = false
    /// What was found so far, in the order of acceptance and arrival.
    public private(set) var found: [ItemRow] = []
    /// Everything from this row on was looked at.
    private var reached: Int64

    /// A search for at most so many, the newest first; `before`: only older ones.
    public init(limit: Int, person: PersonRow? = nil, before: ItemRow? = nil) {
        self.limit = limit
        self.person = person
        reached = before?.number ?? Int64.max
    }

    fileprivate mutating func went(to row: Int64?, found rows: [Int64]) {
        found = rows.reversed().map { ItemRow($0) } + found
        if let row { reached = row }
        if row == nil || found.count >= limit { isOver = true }
    }

    fileprivate var from: Int64 { reached }
}

extension Store {
    /// Goes on with a search: looks at no more than `Search.sliceItems` items that live at `nowMs`, the newest first.
    /// `matches` is told the serialised content of each.
    public func slice(
        _ search: inout Search, nowMs: Int64, matches: ([UInt8]) -> Bool
    ) throws(JournalFault) {
        guard !search.isOver else { return }
        let (person, from, most) = (search.person, search.from, search.limit - search.found.count)
        let (end, found) = try reading { _ throws(JournalFault) in
            let rows = try soft { loaded throws(JournalFault) in
                let order = person.map { loaded.index.of($0.number).rows } ?? loaded.index.all
                return Array(order.rows[..<order.place(from)].suffix(Search.sliceItems))
            }
            var found: [Int64] = []
            for row in rows.reversed() {
                let isTold = try soft { loaded throws(JournalFault) in
                    (loaded.index.entry(row).map { Self.isTold($0, nowMs) && !$0.erased } ?? false)
                        && !loaded.index.isSealed(row)
                }
                guard isTold, let content = try content(row), matches(content) else { continue }
                found.append(row)
                if found.count == most { break }
            }
            return (rows.first, found)
        }
        search.went(to: end, found: found)
    }
}
