import MutualControl
import MutualCore
import MutualStore

extension ItemEntry {
    /// The most bytes that it takes in a line: every byte of a text may need another one before it.
    fileprivate var mostBytes: Int {
        let texts = [text, about, who, exchange?.topic, exchange?.mine, exchange?.theirs].compactMap { $0 }
        let parts = (sections ?? []).flatMap { [$0.title, $0.text] }
        return (texts + (feelings ?? []) + parts).reduce(1_024) { $0 + 2 * $1.utf8.count }
    }
}

/// Lists of items, a page at a time.
extension Storage {
    /// A page, or why there is none.
    typealias Page = Result<ItemsResult, Refusal>

    func inbox(_ p: InboxListParameters, at now: Instant) throws(JournalFault) -> Page {
        let unopenedOnly = p.unopened ?? false
        return try page(p.limit, with: p.with, before: p.before, at: now) { limit, person, place throws(JournalFault) in
            var place = place
            var found: [ItemDetail] = []
            // The store narrows by nothing but opened: pages are read until there is enough of this person.
            while found.count < limit {
                let page = try store.inbox(
                    place, limit: PageParameters.mostItems + 1, unopenedOnly: unopenedOnly, nowMs: now.wallMs)
                found = page.filter { person == nil || $0.record.person == person } + found
                guard page.count > PageParameters.mostItems, let oldest = page.first else { break }
                place = .before(oldest.record.row)
            }
            return found
        }
    }

    func outbox(_ p: PageParameters, at now: Instant) throws(JournalFault) -> Page {
        try page(p.limit, before: p.before, at: now) { limit, _, place throws(JournalFault) in
            try store.outbox(place, limit: limit, nowMs: now.wallMs)
        }
    }

    func history(_ p: HistoryListParameters, at now: Instant) throws(JournalFault) -> Page {
        try page(p.limit, with: p.with, before: p.before, at: now) { limit, person, place throws(JournalFault) in
            try store.history(
                place, limit: limit, person: person, kind: p.kind.flatMap(KindNames.number), mine: p.mine,
                nowMs: now.wallMs)
        }
    }

    func kept(_ p: PageParameters, at now: Instant) throws(JournalFault) -> Page {
        try page(p.limit, before: p.before, at: now) { limit, _, place throws(JournalFault) in
            try store.jar(place, limit: limit)
        }
    }

    func thread(_ p: ThreadListParameters, at now: Instant) throws(JournalFault) -> Page {
        switch try detail(p.item, at: now) {
        case .failure(let refusal): .failure(refusal)
        case .success(let detail):
            try page(p.limit, before: p.before, at: now) { limit, _, place throws(JournalFault) in
                try store.thread(of: detail.record.row, place, limit: limit, nowMs: now.wallMs)
            }
        }
    }

    // MARK: searching

    /// A search that can begin, or why it cannot.
    func search(_ p: SearchListParameters, at now: Instant) throws(JournalFault) -> Result<Search, Refusal> {
        switch (try person(p.with), try place(p.before, at: now)) {
        case (.failure(let refusal), _), (_, .failure(let refusal)): return .failure(refusal)
        case (.success(let person), .success(let place)):
            var before: ItemRow?
            if case .before(let row) = place { before = row }
            return .success(
                Search(limit: (p.limit ?? PageParameters.mostItems) + 1, person: person, before: before))
        }
    }

    /// What a search found, as far as it is still here and shown.
    func page(
        of search: Search, for needle: Needle, limit: Int?, at now: Instant
    ) throws(JournalFault) -> ItemsResult {
        var details: [ItemDetail] = []
        for row in search.found {
            if let detail = try store.itemDetail(row, nowMs: now.wallMs) { details.append(detail) }
        }
        var page = try page(details, limit ?? PageParameters.mostItems)
        // What is there and not shown, such as words that are not what was sealed, is not found either.
        page.items = page.items.filter { needle.isIn($0) }
        return page
    }

    // MARK: parts

    /// One page of what `list` gives: it is asked for one more than that, so that it is known whether there are more.
    private func page(
        _ limit: Int?, with typed: String? = nil, before: String?, at now: Instant,
        _ list: (_ limit: Int, PersonRow?, ListPlace) throws(JournalFault) -> [ItemDetail]
    ) throws(JournalFault) -> Page {
        let limit = limit ?? PageParameters.mostItems
        switch (try person(typed), try place(before, at: now)) {
        case (.failure(let refusal), _), (_, .failure(let refusal)): return .failure(refusal)
        case (.success(let person), .success(let place)):
            return .success(try page(try list(limit + 1, person, place), limit))
        }
    }

    /// The newest `limit` of these, as far as they fit into one line, and where the page with older ones begins.
    private func page(_ details: [ItemDetail], _ limit: Int) throws(JournalFault) -> ItemsResult {
        var entries: [ItemEntry] = []
        var bytes = 0
        for detail in details.reversed() {
            let entry = try entry(detail)
            bytes += entry.mostBytes
            guard entries.count < limit, entries.isEmpty || bytes <= Self.pageBytes else { break }
            entries.append(entry)
        }
        let oldest = details.dropLast(entries.count).isEmpty ? nil : details.suffix(entries.count).first
        return ItemsResult(
            items: entries.reversed(), next: oldest.map { Self.mark + String($0.record.row.number) })
    }

    /// What a page may take of a line, with room for what stands around it.
    private static let pageBytes = LineFramer.limit - 65_536

    private func person(_ typed: String?) throws(JournalFault) -> Result<PersonRow?, Refusal> {
        guard let typed else { return .success(nil) }
        return try find(typed).map { $0.row }
    }

    /// A letter that no id has: so a place is never taken for an item.
    private static let mark = "u"

    /// `next` of a page, or an item: that is told apart by its letters.
    private func place(_ before: String?, at now: Instant) throws(JournalFault) -> Result<ListPlace, Refusal> {
        guard let before else { return .success(.newest) }
        if before.hasPrefix(Self.mark), let row = Int64(before.dropFirst()) { return .success(.before(ItemRow(row))) }
        return try detail(before, at: now).map { .before($0.record.row) }
    }
}
