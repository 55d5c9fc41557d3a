import MutualCore
import MutualCrypto
import MutualStore
import MutualWire
import Testing

/// The seed of the fixtures' identity first, then anything.
struct PastEntropy: Entropy {
    private var isFirst = true
    private var rest = Seeded("vault")

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        guard isFirst else { return rest.fill(buffer) }
        isFirst = false
        Past.seed.withBytes { buffer.copyMemory(from: $0) }
    }
}

/// What stands in every home of Tests/Fixtures. It never changes: homes of old schemas were made of it.
enum Past {
    static let seed = storeKey("the seed of somebody in the past")
    /// The last row of table `item`.
    static let lastRow: Int64 = 7
    private static let lifeMs = 60 * dayMs
    private static let nowMs = startMs + dayMs

    /// Fills a new store.
    static func fill(_ store: Store) throws {
        try store.turn { journal throws(JournalFault) in try journal.setSetting("name", Array("Alder".utf8)) }
        let birch = try list(1, in: store, name: "Birch")
        let cedar = try list(2, in: store, name: "Cedar")
        let dogwood = try list(3, in: store, name: "Dogwood")
        var records: [ItemRecord] = []
        for (number, person, mine) in [
            (1, birch, true), (2, birch, true), (3, birch, true), (4, birch, false), (5, birch, false),
            (6, cedar, true), (7, dogwood, false),
        ] {
            var record = item(number, person, mine: mine, lifeMs: lifeMs)
            record.size = 40 + number
            records.append(try insert(record, "text \(number)", in: store))
        }
        (records[0].state, records[0].seq) = (.delivered, 1)
        (records[1].state, records[1].seq) = (.undecided, 2)
        (records[2].state, records[2].seq, records[2].cause) = (.takenBack, 3, .byYou)
        records[3].opened = true
        records[4].kept = true
        let changed = records
        try store.turn { journal throws(JournalFault) in
            for record in changed.prefix(5) { try journal.update(record) }
            try journal.eraseContent(changed[2].row)
            var known = person(1, name: "Birch")
            (known.row, known.standing) = (birch, .mutual)
            known.helloName = "Birch of old"
            known.usedAddresses = [Endpoint(address: .v4(0x0a00_0002), port: 7_747)]
            try journal.update(known)
            var out = OutLog(log: logID(1))
            (out.next, out.acked, out.older) = (4, 1, [logID(11)])
            try journal.setOutLog(out, of: birch)
            var held = InLogs()
            held.positions = [.init(log: logID(12), received: 2)]
            (held.day, held.items, held.bytes) = (20_833, 2, 90)
            try journal.setInLogs(held, of: birch)
            try journal.unlist(dogwood)
            try journal.remember(ephemeral: [UInt8](repeating: 3, count: 32), runningMs: 77_000)
            for number in 1...3 {
                _ = try journal.append(
                    EventBody(.itemArrived, person: publicKey(1), item: itemID(number)), atMs: startMs)
            }
            try journal.acknowledge(consumer: "door", seq: 2, atMs: startMs)
            try journal.remember(IdempotencyKey(key: "k", parameters: [1]), result: [9], atMs: startMs)
        }
    }

    /// Everything that `fill` wrote is there.
    static func check(_ store: Store) throws {
        let people = try store.peopleList()
        #expect(people.map(\.name) == ["Birch", "Cedar"])
        #expect(people.map(\.key) == [publicKey(1), publicKey(2)])
        #expect(people.map(\.standing) == [.mutual, .listed])
        #expect(people.first?.helloName == "Birch of old")
        #expect(people.first?.usedAddresses == [Endpoint(address: .v4(0x0a00_0002), port: 7_747)])
        let all = try store.history(limit: 100, nowMs: nowMs).map { ($0.name, $0.content.map(text)) }
        #expect(all.map(\.0) == ["Birch", "Birch", "Birch", "Birch", "Cedar", "Dogwood"])
        #expect(all.map(\.1) == ["text 1", "text 2", "text 4", "text 5", "text 6", "text 7"])
        #expect(try store.inbox(limit: 100, unopenedOnly: true, nowMs: nowMs).count == 2)
        #expect(try store.outbox(limit: 100, nowMs: nowMs).map(\.record.id) == [itemID(2), itemID(6)])
        try checkItems(store)
        try checkRest(store)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func checkItems(_ store: Store) throws {
        let states: [ItemState] = [.delivered, .undecided, .takenBack]
        for (number, state) in zip(1..., states) {
            let detail = try #require(try store.itemDetail(ItemRow(Int64(number)), nowMs: nowMs))
            #expect(detail.record.state == state)
            #expect(detail.record.seq == UInt64(number))
            #expect(detail.record.size == 40 + number)
            #expect(detail.record.erased == (number == 3))
        }
        #expect(try store.itemDetail(ItemRow(3), nowMs: nowMs)?.record.cause == .byYou)
        #expect(try store.itemDetail(ItemRow(4), nowMs: nowMs)?.record.opened == true)
        // Kept beyond its life.
        let late = startMs + 2 * lifeMs
        #expect(try store.history(limit: 9, nowMs: late).map(\.record.id) == [itemID(5)])
        #expect(try store.itemDetail(ItemRow(lastRow), nowMs: nowMs)?.person == nil)
    }

    private static func checkRest(_ store: Store) throws {
        #expect(try store.events(after: 0, limit: 9).map(\.body.item) == [1, 2, 3].map(itemID))
        #expect(try store.consumerPosition("door") == 2)
        #expect(try store.setting("name") == Array("Alder".utf8))
        try store.turn { journal throws(JournalFault) in
            let birch = PersonRow(1)
            let out = try journal.outLog(birch)
            #expect(out.log == logID(1) && out.next == 4 && out.acked == 1 && out.older == [logID(11)])
            let held = try journal.inLogs(birch)
            #expect(held.positions == [.init(log: logID(12), received: 2)] && held.items == 2 && held.bytes == 90)
            #expect(try journal.outLog(PersonRow(2)) == OutLog(log: logID(2)))
            #expect(try journal.isTaken(itemID(4), person: birch))
            #expect(try !journal.isTaken(itemID(1), person: birch))
            #expect(try journal.hasSeen(ephemeral: [UInt8](repeating: 3, count: 32)))
            #expect(try journal.lastRunningMs() == 77_000)
            let key = IdempotencyKey(key: "k", parameters: [1])
            #expect(try journal.recall(key, atMs: startMs) == .same([9]))
        }
    }
}
