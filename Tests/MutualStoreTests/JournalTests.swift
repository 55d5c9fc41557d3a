import MutualCore
import MutualCrypto
import MutualStore
import MutualWire
import Testing

/// Lists a person and gives their row.
func list(_ number: Int, in store: Store, name: String? = nil) throws -> PersonRow {
    try store.turn { journal throws(JournalFault) in
        try journal.list(person(number, name: name), out: OutLog(log: logID(number)))
    }
}

/// Stores an item with a text.
@discardableResult
func insert(_ record: ItemRecord, _ text: String = "text", in store: Store) throws -> ItemRecord {
    try store.turn { journal throws(JournalFault) in try journal.insert(record, content: Array(text.utf8)) }
}

@Suite struct JournalPeopleTests {
    @Test func aPersonIsReadBackAsWritten() throws {
        let world = World()
        let store = try world.open()
        var alder = person(1, name: "Alder ü")
        alder.helloName = "Alder"
        alder.version = 1
        alder.abilities = ["one", "two"]
        alder.helloAddresses = [Endpoint(address: .v4(0x7f00_0001), port: 7747, interface: 0)]
        alder.usedAddresses = [Endpoint(address: .v6(0xfe80 << 48, 9), port: 1, interface: 3)]
        let row = try store.turn { journal throws(JournalFault) in
            try journal.list(alder, out: OutLog(log: logID(1)))
        }
        alder.row = row
        #expect(row.number == 1)
        #expect(try store.peopleList() == [alder])
        #expect(try world.open().peopleList() == [alder])

        alder.standing = .mutual
        alder.name = "A"
        alder.givenAddresses = [Endpoint(address: .v4(1), port: 2, interface: 0)]
        let changed = alder
        try store.turn { journal throws(JournalFault) in try journal.update(changed) }
        #expect(try world.open().peopleList() == [alder])
    }

    @Test func logsAreReadBackAsWritten() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        var out = OutLog(log: logID(2))
        (out.next, out.first, out.acked) = (9, 3, 7)
        out.older = [logID(1), logID(5)]
        (out.newLogDay, out.newLogCount) = (20_000, 3)
        var held = InLogs()
        held.positions = [.init(log: logID(7), received: 4), .init(log: logID(8), received: 0)]
        (held.day, held.items, held.bytes) = (20_001, 5, 600)
        let (written, received) = (out, held)
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.outLog(row) == OutLog(log: logID(1)))
            #expect(try journal.inLogs(row) == InLogs())
            try journal.setOutLog(written, of: row)
            try journal.setInLogs(received, of: row)
        }
        try world.open().turn { journal throws(JournalFault) in
            #expect(try journal.outLog(row) == written)
            #expect(try journal.inLogs(row) == received)
        }
    }

    @Test func unlistingKeepsWhatWasReceivedUnderTheName() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store, name: "Birch")
        let theirs = try insert(item(1, row, mine: false), in: store)
        let waiting = try insert(item(2, row, mine: true), in: store)
        var given = try insert(item(3, row, mine: true), in: store)
        given.state = .delivered
        let delivered = given
        try store.turn { journal throws(JournalFault) in
            try journal.update(delivered)
            try journal.unlist(row)
        }
        for store in [store, try world.open()] {
            #expect(try store.peopleList().isEmpty)
            let detail = try #require(try store.itemDetail(theirs.row, nowMs: startMs))
            #expect(detail.name == "Birch")
            #expect(detail.person == nil)
            #expect(detail.content == Array("text".utf8))
            #expect(try store.itemDetail(waiting.row, nowMs: startMs) == nil)
            #expect(try store.itemDetail(delivered.row, nowMs: startMs)?.name == "Birch")
            try store.turn { journal throws(JournalFault) in
                #expect(try !journal.isTaken(itemID(1), person: row))
            }
        }
        // The same person again is somebody new, and the old name stands with the old items.
        let again = try list(1, in: store, name: "Birch two")
        #expect(again > row)
        #expect(try store.itemDetail(theirs.row, nowMs: startMs)?.name == "Birch")
    }
}

@Suite struct JournalItemTests {
    @Test func anItemIsReadBackAsWritten() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        var record = item(1, row, mine: true)
        record.re = itemID(9)
        record.want = Want.allCases.first
        record.size = 77
        let stored = try insert(record, "The stairs at work.", in: store)
        #expect(stored.row.number == 1)
        #expect(stored.handle.count >= 3)
        #expect(record.id.text.hasPrefix(stored.handle))
        record.row = stored.row
        record.handle = stored.handle
        #expect(stored == record)
        let expected = record
        for store in [store, try world.open()] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.item(stored.row) == expected)
                #expect(try journal.item(id: expected.id, person: row, mine: true) == expected)
                #expect(try journal.item(id: expected.id, person: row, mine: false) == nil)
                #expect(try journal.item(id: expected.id, person: PersonRow(2), mine: true) == nil)
                #expect(try journal.content(stored.row) == Array("The stairs at work.".utf8))
                #expect(try journal.item(ItemRow(99)) == nil)
                #expect(try journal.content(ItemRow(99)) == nil)
            }
        }
    }

    @Test func statesAreWrittenAndNothingElse() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        let stored = try insert(item(1, row, mine: true), in: store)
        var changed = stored
        (changed.state, changed.cause, changed.seq) = (.takenBack, .removed, 12)
        (changed.opened, changed.shown, changed.kept) = (true, false, true)
        changed.expiresMs += hourMs * 5
        var asked = changed
        asked.kind = 99
        asked.id = itemID(44)
        let (written, expected) = (asked, changed)
        try store.turn { journal throws(JournalFault) in try journal.update(written) }
        for store in [store, try world.open()] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.item(stored.row) == expected)
                #expect(try journal.content(stored.row) == Array("text".utf8))
            }
        }
    }

    @Test func numberedAndUnnumberedAreInOrder() throws {
        let world = World()
        let store = try world.open()
        let (alder, birch) = (try list(1, in: store), try list(2, in: store))
        var rows: [ItemRecord] = []
        for number in 0..<6 { rows.append(try insert(item(number, alder, mine: true), in: store)) }
        try insert(item(50, birch, mine: true), in: store)
        try insert(item(51, alder, mine: false), in: store)
        let all = rows
        try store.turn { journal throws(JournalFault) in
            for (index, seq) in [(0, UInt64(3)), (1, 1), (2, 2)] {
                var record = all[index]
                record.seq = seq
                try journal.update(record)
            }
            try journal.eraseContent(all[2].row)
            var back = all[5]
            back.state = .takenBack
            try journal.update(back)
            try journal.eraseContent(back.row)
        }
        for store in [store, try world.open()] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.unnumbered(alder, after: nil, limit: 9).map(\.row) == [all[3].row, all[4].row])
                #expect(try journal.unnumbered(alder, after: all[3].row, limit: 9).map(\.row) == [all[4].row])
                #expect(try journal.unnumbered(alder, after: nil, limit: 1).map(\.row) == [all[3].row])
                #expect(try journal.unnumbered(alder, after: ItemRow(Int64.max), limit: 1).isEmpty)
                let numbered = try journal.numbered(alder, from: 1, limit: Int.max)
                #expect(numbered.map(\.seq) == [1, 2, 3])
                #expect(numbered.map(\.erased) == [false, true, false])
                #expect(try journal.numbered(alder, from: 2, limit: 1).map(\.row) == [all[2].row])
                #expect(try journal.numbered(birch, from: 1, limit: 9).isEmpty)
                #expect(try journal.neverLeft(alder).map(\.row) == [all[5].row])
                #expect(try journal.neverLeft(birch).isEmpty)
            }
        }
    }

    /// A new log numbers anew one after another, so that two rows share a number for a moment.
    @Test func numberingAnewPassesThroughDoubles() throws {
        let store = try World().open()
        let row = try list(1, in: store)
        var all: [ItemRecord] = []
        for number in 0..<5 { all.append(try insert(item(number, row, mine: true), in: store)) }
        let items = all
        try store.turn { journal throws(JournalFault) in
            for (index, record) in items.enumerated() {
                var record = record
                record.seq = UInt64(index + 3)
                try journal.update(record)
            }
        }
        try store.turn { journal throws(JournalFault) in
            for (index, record) in try journal.numbered(row, from: 1, limit: Int.max).enumerated() {
                var record = record
                record.seq = UInt64(index + 1)
                try journal.update(record)
            }
            #expect(try journal.numbered(row, from: 1, limit: Int.max).map(\.row) == items.map(\.row))
            #expect(try journal.numbered(row, from: 1, limit: Int.max).map(\.seq) == [1, 2, 3, 4, 5])
        }
    }

    @Test func endsOfLivesAreFoundInOrder() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        let lives: [Int64] = [5 * hourMs, 2_000, 1_000, 90 * dayMs, 1_000]
        var all: [ItemRecord] = []
        for (number, life) in lives.enumerated() {
            all.append(try insert(item(number, row, mine: number % 2 == 0, lifeMs: life), in: store))
        }
        var kept = try insert(item(9, row, mine: false, lifeMs: 500), in: store)
        kept.kept = true
        let (items, jar) = (all, kept)
        try store.turn { journal throws(JournalFault) in try journal.update(jar) }
        for store in [store, try world.open()] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.nextExpiryMs() == startMs + 1_000)
                #expect(try journal.expired(atMs: startMs + 999, limit: 9).isEmpty)
                #expect(
                    try journal.expired(atMs: startMs + 2_000, limit: 9).map(\.row)
                        == [items[2].row, items[4].row, items[1].row])
                #expect(try journal.expired(atMs: startMs + 2_000, limit: 1).map(\.row) == [items[2].row])
                #expect(try journal.expired(atMs: startMs + 91 * dayMs, limit: 9).count == 5)
            }
        }
        try store.turn { journal throws(JournalFault) in
            for record in try journal.expired(atMs: startMs + 2_000, limit: 9) { try journal.eraseContent(record.row) }
            #expect(try journal.nextExpiryMs() == startMs + 5 * hourMs)
            #expect(try journal.expired(atMs: startMs + 2_000, limit: 9).isEmpty)
            try journal.removeItem(items[0].row)
            try journal.removeItem(items[3].row)
            #expect(try journal.nextExpiryMs() == nil)
        }
    }

    @Test func unopenedAreInTheOrderOfArrival() throws {
        let store = try World().open()
        let row = try list(1, in: store)
        var all: [ItemRecord] = []
        for number in 0..<4 { all.append(try insert(item(number, row, mine: false), in: store)) }
        try insert(item(9, row, mine: true), in: store)
        var (opened, hidden) = (all[1], all[2])
        opened.opened = true
        hidden.shown = false
        let (first, second, items) = (opened, hidden, all)
        try store.turn { journal throws(JournalFault) in
            try journal.update(first)
            try journal.update(second)
            #expect(try journal.unopened(atMs: startMs, limit: 9).map(\.row) == [items[0].row, items[3].row])
            #expect(try journal.unopened(atMs: startMs, limit: 1).map(\.row) == [items[0].row])
        }
    }

    @Test func idsStayTakenWhateverBecomesOfTheText() throws {
        let world = World()
        let store = try world.open()
        let (alder, birch) = (try list(1, in: store), try list(2, in: store))
        let theirs = try insert(item(1, alder, mine: false), in: store)
        try insert(item(2, alder, mine: true), in: store)
        try store.turn { journal throws(JournalFault) in
            try journal.rememberTaken(itemID(3), person: alder, atMs: startMs)
            try journal.rememberTaken(itemID(3), person: alder, atMs: startMs + 1)
            try journal.removeItem(theirs.row)
        }
        try world.open().turn { journal throws(JournalFault) in
            #expect(try journal.isTaken(itemID(1), person: alder))
            #expect(try !journal.isTaken(itemID(1), person: birch))
            #expect(try !journal.isTaken(itemID(2), person: alder))
            #expect(try journal.isTaken(itemID(3), person: alder))
            try journal.tidy(atMs: startMs + 120 * dayMs - 1)
            #expect(try journal.isTaken(itemID(1), person: alder))
            try journal.tidy(atMs: startMs + 120 * dayMs + hourMs)
            #expect(try !journal.isTaken(itemID(1), person: alder))
        }
    }
}
