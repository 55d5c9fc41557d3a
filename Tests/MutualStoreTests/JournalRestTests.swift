import MutualCore
import MutualCrypto
import MutualWire
import Testing

@testable import MutualStore

@Suite struct JournalRestTests {
    @Test func eventsHaveOneSequence() throws {
        let world = World()
        let store = try world.open()
        var first = EventBody(.itemState, person: publicKey(1), item: itemID(1))
        (first.state, first.cause, first.notice) = (.takenBack, .replaced, true)
        (first.pairing, first.untilMs, first.how) = (7, 8, "no")
        let (whole, plain) = (first, EventBody(.pairFound))
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.lastEvent() == 0)
            #expect(try journal.append(whole, atMs: startMs) == Event(seq: 1, atMs: startMs, body: whole))
            #expect(try journal.append(plain, atMs: startMs + 1).seq == 2)
        }
        let again = try world.open()
        let all = [
            Event(seq: 1, atMs: startMs, body: whole), Event(seq: 2, atMs: startMs + 1, body: plain),
        ]
        #expect(try again.events(after: 0, limit: 9) == all)
        #expect(try again.events(after: 1, limit: 9) == [all[1]])
        #expect(try again.events(after: 0, limit: 1) == [all[0]])
        #expect(try again.events(after: 0, limit: 1, kinds: [.pairFound]) == [all[1]])
        #expect(try again.events(after: UInt64.max, limit: 9).isEmpty)
        #expect(try again.lastEventSeq() == 2)
        // Numbers are not given twice, whatever was dropped.
        try again.turn { journal throws(JournalFault) in
            try journal.tidy(atMs: startMs + 30 * dayMs)
            #expect(try again.events(after: 0, limit: 9) == all)
            try journal.tidy(atMs: startMs + 30 * dayMs + hourMs)
        }
        #expect(try again.events(after: 0, limit: 9).isEmpty)
        #expect(try again.firstEventSeq() == nil)
        let last = try world.open()
        #expect(try last.lastEventSeq() == 2)
        try last.turn { journal throws(JournalFault) in
            #expect(try journal.append(plain, atMs: startMs).seq == 3)
        }
        #expect(try last.firstEventSeq() == 3)
    }

    @Test func consumersNeverGoBack() throws {
        let world = World()
        let store = try world.open()
        #expect(try store.consumerPosition("a") == nil)
        for seq in [UInt64(5), 3, 9] {
            try store.turn { journal throws(JournalFault) in
                try journal.acknowledge(consumer: "a", seq: seq, atMs: startMs)
            }
        }
        #expect(try world.open().consumerPosition("a") == 9)
        #expect(try store.consumerPosition("b") == nil)
        // One that has read nothing yet is remembered, too.
        try store.turn { journal throws(JournalFault) in
            try journal.acknowledge(consumer: "b", seq: 0, atMs: startMs)
        }
        #expect(try store.consumerPosition("b") == 0)
    }

    @Test func aKeyStandsForItsParametersForThirtyDays() throws {
        let world = World()
        let store = try world.open()
        let (key, other) = (
            IdempotencyKey(key: "k", parameters: [1, 2]), IdempotencyKey(key: "k", parameters: [1, 3])
        )
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.recall(key, atMs: startMs) == .unused)
            try journal.remember(key, result: [9, 9], atMs: startMs)
        }
        try world.open().turn { journal throws(JournalFault) in
            #expect(try journal.recall(key, atMs: startMs) == .same([9, 9]))
            #expect(try journal.recall(other, atMs: startMs) == .conflict)
            #expect(try journal.recall(IdempotencyKey(key: "l", parameters: [1, 2]), atMs: startMs) == .unused)
            #expect(try journal.recall(other, atMs: startMs + 30 * dayMs - 1) == .conflict)
            #expect(try journal.recall(other, atMs: startMs + 30 * dayMs) == .unused)
            try journal.remember(other, result: [], atMs: startMs + 30 * dayMs)
            #expect(try journal.recall(other, atMs: startMs + 30 * dayMs) == .same([]))
        }
    }

    @Test func settingsAreKeptAndRemoved() throws {
        let world = World()
        let store = try world.open()
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.setting("name") == nil)
            try journal.setSetting("name", [1])
            try journal.setSetting("name", [2])
            try journal.setSetting("burnt-codes", [])
        }
        let again = try world.open()
        #expect(try again.setting("name") == [2])
        #expect(try again.setting("burnt-codes") == [])
        try again.turn { journal throws(JournalFault) in try journal.setSetting("name", nil) }
        #expect(try world.open().setting("name") == nil)
    }

    @Test func ephemeralsAreRememberedByRunningTime() throws {
        let world = World()
        let store = try world.open()
        let (a, b) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.lastRunningMs() == 0)
            try journal.remember(ephemeral: a, runningMs: 100)
            try journal.remember(ephemeral: b, runningMs: 200)
            #expect(try !journal.hasSeen(ephemeral: [UInt8](repeating: 3, count: 32)))
        }
        try world.open().turn { journal throws(JournalFault) in
            #expect(try journal.hasSeen(ephemeral: a))
            #expect(try journal.lastRunningMs() == 200)
            try journal.forgetEphemerals(beforeMs: 200)
            #expect(try !journal.hasSeen(ephemeral: a))
            #expect(try journal.hasSeen(ephemeral: b))
            try journal.forgetEphemerals(beforeMs: 900)
            // Running time goes on from where it was, also when nothing is remembered.
            #expect(try journal.lastRunningMs() == 200)
        }
    }

    /// Numbers are dropped from the lowest on, so that what is kept has no gap.
    @Test func tidyingKeepsTheLogWhole() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        var all: [ItemRecord] = []
        for number in 0..<6 { all.append(try insert(item(number, row, mine: true, lifeMs: 1_000), in: store)) }
        let theirs = try insert(item(20, row, mine: false, lifeMs: 1_000), in: store)
        let neverGiven = try insert(item(21, row, mine: true, lifeMs: 1_000), in: store)
        let items = all
        try store.turn { journal throws(JournalFault) in
            for (index, record) in items.enumerated() {
                var record = record
                record.seq = UInt64(index + 1)
                record.state = index < 4 ? .delivered : .undecided
                try journal.update(record)
                if index != 2 { try journal.eraseContent(record.row) }
            }
            var log = try journal.outLog(row)
            (log.next, log.acked) = (7, 4)
            try journal.setOutLog(log, of: row)
            var gone = neverGiven
            gone.state = .notReached
            try journal.update(gone)
            try journal.eraseContent(gone.row)
            try journal.eraseContent(theirs.row)
            try journal.tidy(atMs: startMs + 999)
            #expect(try journal.numbered(row, from: 1, limit: 99).count == 6)
            try journal.tidy(atMs: startMs + 1_000)
        }
        for store in [store, try world.open()] {
            try store.turn { journal throws(JournalFault) in
                // Number 3 still has its text, so 3 and 4 stay; 5 and 6 are not acked.
                #expect(try journal.numbered(row, from: 1, limit: 99).map(\.seq) == [3, 4, 5, 6])
                #expect(try journal.outLog(row).first == 3)
                #expect(try journal.item(theirs.row) == nil)
                #expect(try journal.item(neverGiven.row) == nil)
                #expect(try journal.isTaken(itemID(20), person: row))
            }
        }
    }
}

@Suite struct ReadingTests {
    @Test func listsShowWhatLives() throws {
        let world = World()
        let store = try world.open()
        let (alder, birch) = (try list(1, in: store, name: "Alder"), try list(2, in: store, name: "Birch"))
        var rows: [ItemRow] = []
        for number in 0..<5 {
            rows.append(
                try insert(
                    item(number, number % 2 == 0 ? alder : birch, mine: false, lifeMs: Int64(number + 1) * 1_000),
                    "text \(number)", in: store
                ).row)
        }
        let mine = try insert(item(10, alder, mine: true, lifeMs: 1_000, kind: 17), in: store)
        try insert(item(11, alder, mine: true, kind: 30), in: store)
        var (hidden, opened) = (try #require(try store.itemDetail(rows[3], nowMs: startMs)).record, mine)
        hidden.shown = false
        opened = try #require(try store.itemDetail(rows[4], nowMs: startMs)).record
        opened.opened = true
        let (first, second) = (hidden, opened)
        try store.turn { journal throws(JournalFault) in
            try journal.update(first)
            try journal.update(second)
        }
        func shown(_ details: [ItemDetail]) -> [ItemRow] { details.map(\.record.row) }
        for store in [store, try world.open()] {
            #expect(try shown(store.inbox(limit: 9, nowMs: startMs)) == [rows[0], rows[1], rows[2], rows[4]])
            #expect(try shown(store.inbox(limit: 2, nowMs: startMs)) == [rows[2], rows[4]])
            #expect(try shown(store.inbox(.before(rows[2]), limit: 9, nowMs: startMs)) == [rows[0], rows[1]])
            #expect(try shown(store.inbox(.after(rows[0]), limit: 1, nowMs: startMs)) == [rows[1]])
            #expect(try shown(store.inbox(.after(ItemRow(Int64.max)), limit: 1, nowMs: startMs)).isEmpty)
            #expect(
                try shown(store.inbox(limit: 9, unopenedOnly: true, nowMs: startMs)) == [rows[0], rows[1], rows[2]])
            // From the second of its end on an item is shown nowhere.
            #expect(try shown(store.inbox(limit: 9, nowMs: startMs + 999)).first == rows[0])
            #expect(try shown(store.inbox(limit: 9, nowMs: startMs + 1_000)).first == rows[1])
            #expect(try store.itemDetail(rows[0], nowMs: startMs + 1_000) == nil)
            #expect(try store.itemDetail(rows[3], nowMs: startMs) == nil)
            #expect(try store.inbox(limit: 1, nowMs: startMs).first?.content == Array("text 4".utf8))
            #expect(try store.inbox(limit: 1, nowMs: startMs).first?.name == "Alder")
            #expect(try store.inbox(limit: 1, nowMs: startMs).first?.person == publicKey(1))

            #expect(
                try shown(store.history(limit: 9, nowMs: startMs)) == [rows[0], rows[1], rows[2], rows[4], mine.row])
            #expect(try shown(store.history(limit: 9, person: birch, nowMs: startMs)) == [rows[1]])
            #expect(try shown(store.history(limit: 9, kind: 17, nowMs: startMs)) == [mine.row])
            #expect(try shown(store.history(limit: 9, mine: true, nowMs: startMs)) == [mine.row])
            #expect(try shown(store.outbox(limit: 9, nowMs: startMs)) == [mine.row])
            #expect(try store.outbox(limit: 9, nowMs: startMs + 1_000).isEmpty)
            #expect(try store.itemDetail(mine.row, nowMs: startMs + 1_000)?.content == .some(nil))
            var counts = StatusCounts()
            (counts.people, counts.unopened, counts.waiting) = (2, 3, 1)
            #expect(try store.countsForStatus(nowMs: startMs) == counts)
            (counts.unopened, counts.waiting) = (2, 0)
            #expect(try store.countsForStatus(nowMs: startMs + 1_000) == counts)
        }
        var undecided = mine
        undecided.state = .undecided
        let third = undecided
        try store.turn { journal throws(JournalFault) in
            try journal.update(third)
            try journal.eraseContent(third.row)
        }
        let waiting = try store.outbox(limit: 9, nowMs: startMs + dayMs)
        #expect(shown(waiting) == [mine.row])
        #expect(waiting.first?.content == .some(nil))
        #expect(try store.countsForStatus(nowMs: startMs).undecided == 1)
    }
}

@Suite struct HandleTests {
    @Test func beginningsAreFoundAsTheTextsSay() {
        var index = IDIndex()
        var texts: [(text: String, row: Int64)] = []
        for number in 0..<3_000 {
            // Many that share their first two bytes, so that beginnings of every length are met.
            var bytes = itemID(number).bytes
            if number % 3 == 0 { bytes.replaceSubrange(0..<2, with: [0x12, 0x34]) }
            guard let id = ItemID(bytes) else { continue }
            index.insert(IDIndex.number(bytes), row: Int64(number))
            texts.append((id.text, Int64(number)))
        }
        texts.sort { $0.text < $1.text }
        for number in 0..<60 {
            let text = texts[number * 50].text
            for length in [1, 2, 3, 4, 5, 8, 25, 26] {
                let beginning = String(text.prefix(length))
                let expected = texts.filter { $0.text.hasPrefix(beginning) }.map(\.row)
                #expect(index.rows(beginning: Array(beginning.utf8), limit: Int.max) == expected)
                #expect(index.rows(beginning: Array(beginning.utf8), limit: 2) == Array(expected.prefix(2)))
            }
        }
        for wrong in ["", "l", "i3", "K3", "ü", "000000000000000000000000001", "00000000000000000000000001"] {
            #expect(index.rows(beginning: Array(wrong.utf8), limit: 9).isEmpty)
        }
        let gone = texts.shuffled().dropLast(10)
        for (text, row) in gone { index.remove(IDIndex.number(ItemID(text: text)?.bytes ?? []), row: row) }
        let left = Set(texts.map(\.row)).subtracting(gone.map(\.row))
        let found = "0123456789abcdefghjkmnpqrstvwxyz".utf8.flatMap { index.rows(beginning: [$0], limit: Int.max) }
        #expect(Set(found) == left && found.count == 10)
    }

    @Test func handlesAreShortestAndStayWhatTheyWere() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        func give(_ text: String) throws -> ItemRecord {
            var record = item(0, row, mine: true)
            record.id = try #require(ItemID(text: text))
            return try insert(record, in: store)
        }
        let tail = String(repeating: "0", count: 26)
        func padded(_ text: String) -> String { text + tail.dropFirst(text.count) }
        #expect(try give(padded("k3f")).handle == "k3f")
        #expect(try give(padded("k3fa")).handle == "k3fa")
        #expect(try give(padded("abcdef7")).handle == "abcdef7")
        #expect(try give(padded("k3fab9")).handle == "k3fab")
        #expect(try give(padded("k40")).handle == "k40")
        // The same id twice, from two directions: nothing shorter than all of it is its own.
        #expect(try give(padded("k40")).handle == padded("k40"))
        for store in [store, try world.open()] {
            func found(_ text: String) throws -> [String] {
                try store.items(beginning: text, limit: 9).map(\.handle)
            }
            #expect(try found("k3f") == ["k3f"])
            #expect(try found("k3fa") == ["k3fa"])
            #expect(try found("k3") == ["k3f", "k3fa", "k3fab"])
            #expect(try found("a") == ["abcdef7"])
            #expect(try found("zz").isEmpty)
            #expect(try store.items(beginning: "k", limit: 2).count == 2)
        }
    }
}
