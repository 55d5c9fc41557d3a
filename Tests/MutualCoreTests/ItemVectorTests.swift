import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// Runs Protocol/vectors/items.json: a scripted writer gives each item to a Node over a real store.
@Suite struct ItemVectorTests {
    private static let kinds =
        (16...31).map { Kinds.name($0) } + ["plan", "room", "unknown", "void", "answer"]

    private enum Kinds {
        static func name(_ number: Int) -> String { KindNames.name(UInt32(number)) ?? "" }
    }

    @Test func everyKindHasItsCases() throws {
        let cases = try ItemCase.all()
        #expect(cases.count == 458)
        #expect(Set(cases.map(\.name)).count == cases.count)
        for kind in Self.kinds where kind != "answer" && kind != "void" {
            let verdicts = Set(cases.filter { $0.kind == kind }.map(\.verdict))
            #expect(verdicts.contains(.counted), "\(kind)")
            #expect(verdicts.contains(.shown) || kind == "retract", "\(kind)")
        }
        #expect(Set(cases.map(\.kind)) == Set(Self.kinds))
    }

    @Test(arguments: kinds) func everyCase(kind: String) throws {
        for one in try ItemCase.all() where one.kind == kind {
            let reader = try ItemReader(one.name)
            for step in one.context ?? [] { try reader.play(step) }
            try check(one, reader)
        }
    }

    private func check(_ one: ItemCase, _ reader: ItemReader) throws {
        let bytes = try ItemCase.bytes(one.hex)
        let why = try reader.reason(bytes)
        if one.verdict != .opened { #expect(why == one.expect, "\(one.name)") }
        let eventsBefore = reader.host.events.count
        _ = try reader.listen()
        try reader.talk.send(bytes: bytes)
        if one.verdict == .closes {
            #expect(reader.talk.closedMs != nil, "\(one.name)")
            #expect(reader.host.events.count == eventsBefore, "\(one.name)")
            return
        }
        #expect(reader.talk.closedMs == nil, "\(one.name)")
        let given = try reader.listen()
        let record = try Record.parse(bytes)
        #expect(reader.acked == record.seq, "\(one.name): \(one.rule)")
        let events = reader.host.events.dropFirst(eventsBefore).map(\.body)
        func told(_ kind: EventKind) -> [ItemID] { events.filter { $0.kind == kind }.compactMap(\.item) }
        guard let id = record.itemID else { return }
        let stored = try reader.received(id)
        switch one.verdict {
        case .shown:
            #expect(told(.itemArrived) == [id] && stored?.shown == true, "\(one.name): \(one.rule)")
        case .sealed: #expect(told(.itemArrived).isEmpty && stored?.shown == false, "\(one.name)")
        case .opened: #expect(told(.itemArrived).isEmpty && told(.exchangeOpened) == [id], "\(one.name)")
        case .counted:
            #expect(told(.itemArrived).isEmpty && told(.exchangeOpened).isEmpty, "\(one.name): \(one.rule)")
            if case .item = record { #expect(try reader.isTaken(id), "\(one.name)") }
            if case .item = record, one.expect != "known" { #expect(stored == nil, "\(one.name)") }
        case .closes: break
        }
        let erased = try (one.erases ?? []).map(ItemCase.id)
        #expect(told(.itemErased) == erased, "\(one.name)")
        for item in erased { #expect(try reader.content(item) == nil, "\(one.name)") }
        #expect(try given.map(Self.reveal) == [one.gives].compactMap { $0 }, "\(one.name)")
        if let fits = one.fits {
            let view = try #require(try reader.view(id))
            #expect(view.stage == .opened && view.fits == fits && (!fits || view.mine != nil), "\(one.name)")
            guard case .item(let item) = record else { return }
            #expect(view.theirs == item.content.text, "\(one.name)")
        }
        if let reads = one.reads {
            let content = try #require(try reader.content(id))
            for (field, value) in reads { #expect(Self.field(field, of: content) == value, "\(one.name): \(field)") }
        }
    }

    private static func reveal(_ item: Item) throws -> ItemCase.Reveal {
        guard case .exchange(.reveal(let key, let text)) = item.content, let re = item.re else {
            throw Refusal(.fault, "gave a \(item.content)")
        }
        return ItemCase.Reveal(re: hex(re.bytes), key: hex(key), text: text)
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A field as it is read; nil: not said.
    private static func field(_ name: String, of content: Content) -> String? {
        switch (name, content) {
        case ("text", _): content.text
        case ("want", _): content.want?.rawValue
        case ("energy", .checkIn(_, _, let energy, _)): energy?.rawValue
        case ("whose", .celebrate(_, let whose)): whose.rawValue
        case ("outcome", .close(_, let outcome)): outcome?.rawValue
        case ("have", .room(let have, _)): have?.rawValue
        default: "no such field"
        }
    }
}

extension Record {
    fileprivate var itemID: ItemID? {
        switch self {
        case .item(let item): item.id
        case .void(_, let id): id
        case .hello, .ack, .ping, .pong, .bye, .answer, .unknown: nil
        }
    }
}

/// A Node and the writer of one case, and what they have before.
private final class ItemReader {
    let peer: ScriptedPeer
    private(set) var talk: Talk
    /// The highest number that the Node acked.
    private(set) var acked: UInt64 = 0
    private var log: LogID?
    private var received: UInt64 = 0
    private let person = PersonRow(1)

    var host: Host { peer.host }

    init(_ name: String) throws {
        let seed = UInt64(SHA512.hash(Array(name.utf8)).prefix(4).reduce(0) { $0 << 8 | UInt64($1) })
        // The reader of the cases has the lower key.
        peer = try ScriptedPeer(seed: seed, nodeIsLow: true)
        talk = try peer.session()
        _ = try listen()
    }

    /// Reads what the Node says, acks what it gives, and gives back the items.
    func listen() throws -> [Item] {
        var items: [Item] = []
        while true {
            let records = try talk.records()
            if records.isEmpty { return items }
            let before = received
            for record in records {
                if let seq = record.seq { received = max(received, seq) }
                switch record {
                case .hello(let hello): log = hello.log
                case .ack(let log, let received) where log == peer.log: acked = received
                case .item(let item): items.append(item)
                default: break
                }
            }
            if received > before { try ack() }
        }
    }

    private func ack() throws { try talk.send(.ack(log: try #require(log), received: received)) }

    func play(_ step: ItemCase.Step) throws {
        if let seconds = step.waitS {
            peer.world.run(seconds * 1_000)
            // Nobody answered the Node's pings meanwhile.
            talk = try peer.session()
            _ = try listen()
        } else if let proposal = step.passes {
            _ = try peer.world.ask(host, .itemPass(item: try ItemCase.id(proposal).text))
        } else if let item = step.keeps {
            try keep(try ItemCase.id(item))
        } else if step.from == "writer" {
            try talk.send(bytes: try ItemCase.bytes(try #require(step.hex)))
            _ = try listen()
        } else {
            try give(try #require(step.hex), own: step.own)
        }
    }

    /// The reader gave this item before, and the writer took it.
    private func give(_ hex: String, own: ItemCase.Own?) throws {
        guard case .item(let item) = try Record.parse(try ItemCase.bytes(hex)) else {
            throw Refusal(.fault, "no item")
        }
        if item.content == .retract {
            _ = try peer.world.ask(host, .itemRetract(item: try #require(item.re).text, everywhere: false))
            _ = try listen()
            return
        }
        let words = try own.map { own in
            SealedWords(
                key: try ItemCase.bytes(own.key), othersSeal: try ItemCase.bytes(own.seal ?? ""), text: own.text)
        }
        try host.home.turn { journal throws(JournalFault) in
            let record = ItemRecord(
                given: item, to: person, lifeS: Int64(item.leftS), now: peer.world.now(host))
            let stored = try journal.insert(record, content: item.stored())
            if let words { try journal.setOwn(words.bytes, of: stored.row) }
        }
        try ack()
        _ = try listen()
        let found = try host.home.turn { journal throws(JournalFault) in
            try journal.item(id: item.id, person: person, mine: true)
        }
        try #require(found?.state == .delivered)
    }

    private func keep(_ id: ItemID) throws {
        try host.home.turn { journal throws(JournalFault) in
            guard var record = try journal.item(id: id, person: person, mine: false) else {
                throw JournalFault("no item")
            }
            record.kept = true
            try journal.update(record)
        }
    }

    /// Why the reader's side of the log counts a record or closes; nothing of it stays.
    func reason(_ bytes: [UInt8]) throws -> String? {
        let record: Record
        do throws(WireError) { record = try Record.parse(bytes, in: .session) } catch { return error.code }
        var why: String?
        let rolledBack = JournalFault("rolled back")
        do {
            try host.home.turn { journal throws(JournalFault) in
                var incoming = IncomingLog(person: person)
                var logs = try journal.inLogs(person)
                incoming.hello(log: peer.log, first: 1, into: &logs)
                do {
                    let steps = try incoming.take(
                        record, size: bytes.count, logs: &logs, now: peer.world.now(host), journal: journal)
                    if case .count(_, let reason)? = steps.first { why = reason }
                } catch {
                    why = (error as? Violation)?.reason ?? "fault"
                }
                throw rolledBack
            }
        } catch {
            try #require(error.reason == rolledBack.reason)
        }
        return why
    }

    // MARK: what is on the reader's disk

    func received(_ id: ItemID) throws -> ItemRecord? {
        try host.home.turn { journal throws(JournalFault) in
            try journal.item(id: id, person: person, mine: false)
        }
    }

    func isTaken(_ id: ItemID) throws -> Bool {
        try host.home.turn { journal throws(JournalFault) in try journal.isTaken(id, person: person) }
    }

    func content(_ id: ItemID) throws -> Content? {
        guard let record = try received(id) else { return nil }
        return try host.home.turn { journal throws(JournalFault) in
            try journal.content(record.row).flatMap { Item(stored: $0)?.content }
        }
    }

    func view(_ id: ItemID) throws -> ExchangeView? {
        guard let record = try received(id) else { return nil }
        return try host.home.turn { journal throws(JournalFault) in
            try ExchangeView(of: record, in: journal)
        }
    }
}
