import MutualCore
import MutualWire
import Testing

@testable import MutualStore

/// The jar, threads and searches over a real store.
@Suite struct ReadingListsTests {
    private let world = World()

    private func say(
        _ number: Int, _ person: PersonRow, mine: Bool = false, re: Int? = nil, kind: UInt32 = 16, _ text: String = "",
        in store: Store
    ) throws -> ItemRow {
        var record = item(number, person, mine: mine, kind: kind)
        record.re = re.map { itemID($0) }
        return try insert(record, text, in: store).row
    }

    // MARK: threads

    @Test func aThreadIsTheSameFromEveryItemOfIt() throws {
        let store = try world.open()
        let (birch, cedar) = (try list(1, in: store), try list(2, in: store))
        let rows = [
            try say(1, birch, mine: true, kind: 24, in: store), try say(2, birch, re: 1, kind: 25, in: store),
            try say(3, birch, mine: true, re: 2, kind: 25, in: store), try say(4, birch, re: 3, kind: 25, in: store),
            try say(5, birch, mine: true, re: 1, kind: 27, in: store),
        ]
        // Beside it: somebody else's with the same id answered, one that answers nothing, a retract.
        let others = [try say(6, cedar, re: 1, in: store), try say(7, birch, in: store)]
        _ = try say(8, birch, mine: true, re: 1, kind: 30, in: store)
        for row in rows {
            #expect(try store.thread(of: row, limit: 99, nowMs: startMs).map(\.record.row) == rows)
        }
        #expect(try store.thread(of: others[1], limit: 99, nowMs: startMs).map(\.record.row) == [others[1]])
        #expect(try store.thread(of: rows[0], limit: 2, nowMs: startMs).map(\.record.row) == Array(rows.suffix(2)))
        #expect(
            try store.thread(of: rows[0], .before(rows[3]), limit: 2, nowMs: startMs).map(\.record.row)
                == [rows[1], rows[2]])
        // Its top is gone: what answered it still hangs together.
        try store.turn { journal throws(JournalFault) in try journal.removeItem(rows[0]) }
        #expect(
            try store.thread(of: rows[4], limit: 99, nowMs: startMs).map(\.record.row) == Array(rows.dropFirst()))
    }

    @Test func aCircleEnds() throws {
        let store = try world.open()
        let birch = try list(1, in: store)
        let rows = [
            try say(1, birch, re: 3, in: store), try say(2, birch, re: 1, in: store),
            try say(3, birch, re: 2, in: store),
            try say(4, birch, re: 4, in: store),
        ]
        #expect(try store.thread(of: rows[1], limit: 99, nowMs: startMs).map(\.record.row) == Array(rows.prefix(3)))
        #expect(try store.thread(of: rows[3], limit: 99, nowMs: startMs).map(\.record.row) == [rows[3]])
    }

    // MARK: searches

    private func isIn(_ part: String) -> ([UInt8]) -> Bool {
        { content in String(decoding: content, as: UTF8.self).contains(part) }
    }

    @Test func aSearchLooksAtNoMoreThanASliceAtATime() throws {
        let store = try world.open()
        let birch = try list(1, in: store)
        let rows = try store.turn { journal throws(JournalFault) in
            var rows: [ItemRow] = []
            for number in 0..<600 {
                let text = Array((number % 100 == 7 ? "needle \(number)" : "hay").utf8)
                rows.append(try journal.insert(item(number, birch, mine: number % 2 == 0), content: text).row)
            }
            return rows
        }
        var search = Search(limit: 99)
        var looked = 0
        var slices = 0
        while !search.isOver {
            let before = looked
            try store.slice(&search, nowMs: startMs) { content in
                looked += 1
                return isIn("needle")(content)
            }
            slices += 1
            #expect(looked - before <= Search.sliceItems)
        }
        #expect(looked == 600)
        #expect(slices == 4)
        #expect(search.found == [7, 107, 207, 307, 407, 507].map { rows[$0] })
        // Enough is enough: it ends where the newest ones are found, and the next page goes on below.
        var some = Search(limit: 2)
        try store.slice(&some, nowMs: startMs, matches: isIn("needle"))
        #expect(some.isOver)
        #expect(some.found == [rows[407], rows[507]])
        var rest = Search(limit: 99, before: rows[407])
        while !rest.isOver { try store.slice(&rest, nowMs: startMs, matches: isIn("needle")) }
        #expect(rest.found == [7, 107, 207, 307].map { rows[$0] })
    }

    @Test func whatIsOverErasedOrOfSomebodyElseIsNotFound() throws {
        let store = try world.open()
        let (birch, cedar) = (try list(1, in: store), try list(2, in: store))
        let here = try say(1, birch, "needle", in: store)
        let erased = try say(2, birch, mine: true, "needle", in: store)
        let over = try insert(item(3, birch, mine: false, lifeMs: 1_000), "needle", in: store)
        _ = try say(4, cedar, "needle", in: store)
        var hidden = item(5, birch, mine: false)
        hidden.shown = false
        _ = try insert(hidden, "needle", in: store)
        try store.turn { journal throws(JournalFault) in try journal.eraseContent(erased) }
        func found(_ nowMs: Int64) throws -> [ItemRow] {
            var search = Search(limit: 99, person: birch)
            while !search.isOver { try store.slice(&search, nowMs: nowMs, matches: isIn("needle")) }
            return search.found
        }
        #expect(try found(startMs) == [here, over.row])
        #expect(try found(startMs + 1_000) == [here])
        var nothing = Search(limit: 99, person: PersonRow(77))
        try store.slice(&nothing, nowMs: startMs, matches: isIn("needle"))
        #expect(nothing.isOver && nothing.found.isEmpty)
    }
}
