import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// A whole Node; each step of the input is one thing that happens to it.
func fuzzNode(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let world = try FuzzWorld(people: 2)
    try world.begin()
    for _ in 0..<64 where !reader.isAtEnd { try world.step(&reader) }
    try world.pass(65_000)
    try world.restart()
    try world.readEverything()
}

extension FuzzWorld {
    /// A daemon that is up on one network.
    func begin() throws {
        let sessions: [Input] = isListening ? [.listening(.sessions, port: 7_747)] : []
        try turn(sessions + [.interfacesChanged([network(1, bits: 24)])])
    }

    /// Things to read, in every table.
    func fill() throws {
        try begin()
        try ask(.itemGive(give("a note", to: "Birch")), key: IdempotencyKey(key: "k", parameters: [1]))
        try ask(.itemGive(give("another", to: "Cedar")))
        try ask(.eventsAck(consumer: "door", seq: 1))
        try meet()
        try pass(100)
        let (wall, counts) = (now.wallMs, try store?.countsForStatus(nowMs: now.wallMs))
        try hold(
            counts?.unopened == 3 && counts?.waiting == 1, "three came and one waits: \(String(describing: counts))")
        try hold(try store?.history(limit: 9, nowMs: wall).count == 5, "and one was delivered")
    }

    /// Birch connects, says Hello, and gives three items and takes what there is.
    func meet() throws {
        try accept(.sessions, from: .v4(0x0a00_0002))
        guard let line = lines.last else { return }
        try shake(line)
        guard let log = LogID([UInt8](repeating: 0xb1, count: 16)) else { return }
        let first = (peer.given[log] ?? 0) + 1
        let hello = Hello(
            version: 1, log: log, next: first, first: first, peerLog: nil, received: 0, name: "Birch", abilities: [],
            addresses: [])
        try send(record: Record.hello(hello).encode(), on: line)
        for seq in first..<first + 3 {
            guard let id = ItemID([UInt8](repeating: UInt8(truncatingIfNeeded: seq), count: 16)) else { continue }
            var item = Item(id: id, madeMs: 0, content: .note(text: "from Birch", want: nil))
            (item.seq, item.leftS) = (seq, 86_400)
            try send(record: Record.item(item).encode(), on: line)
        }
        if let heard = peer.heard, let seq = peer.items.isEmpty ? nil : UInt64(1) {
            try send(record: Record.ack(log: heard.log, received: seq).encode(), on: line)
        }
        try pass(10)
    }

    /// Everything that a client can read.
    func readEverything() throws(JournalFault) {
        guard let store else { return }
        let wall = now.wallMs
        _ = try store.peopleList()
        let lists = [
            try store.inbox(limit: 100, nowMs: wall), try store.outbox(limit: 100, nowMs: wall),
            try store.history(limit: 100, nowMs: wall),
        ]
        for detail in lists.joined() {
            _ = try store.itemDetail(detail.record.row, nowMs: wall)
            _ = try store.thread(of: detail.record.row, limit: 100, nowMs: wall)
            _ = try store.items(beginning: detail.record.handle, limit: 3)
        }
        _ = try store.jar(limit: 100)
        var search = Search(limit: 100)
        while !search.isOver { try store.slice(&search, nowMs: wall) { $0.count > 4 } }
        _ = try store.events(after: 0, limit: 1_000)
        _ = try store.firstEventSeq()
        _ = try store.lastEventSeq()
        _ = try store.consumerPosition("door")
        for name in ["name", OwnSetting.feelings, OwnSetting.nudges] { _ = OwnSetting.words(try store.setting(name)) }
        _ = OwnSetting.sections(try store.setting(OwnSetting.page))
        _ = try store.countsForStatus(nowMs: wall)
    }

    /// One thing that happens.
    func step(_ reader: inout InputReader) throws {
        let kind = reader.byte() % 20
        let line = lines.isEmpty ? nil : lines[lines.count - 1 - Int(reader.byte()) % lines.count]
        switch kind {
        case 0: try pass(Int64(reader.number16()))
        case 1: try turn([.datagramReceived(reader.string(), source: source(&reader))])
        case 2:
            let port = 1_000 + UInt16(reader.byte())
            let from = source(&reader)
            let bytes = peer.beacon(now: now, source: from.address, port: port, nonce: reader.byte())
            try turn([.datagramReceived(bytes, source: from)])
        case 3: try accept(reader.byte() & 1 == 0 ? .sessions : .pairing, from: source(&reader).address)
        case 4: if let line { try send(reader.string(), on: line) }
        case 5: if let line { try end(line, half: reader.byte() & 1 == 0) }
        case 6: if let line { try reader.byte() & 3 == 3 ? fail(line) : open(line) }
        case 7: if let line { try shake(line) }
        case 8:
            if let line, line.flight1.count == Limits.flight1Bytes, line.transport == nil, !line.hasEnded,
                let flight2 = try? peer.answer(line, flight1: line.flight1)
            {
                try turn([.bytesReceived(line.id, flight2)])
            }
        case 9: if let line { try send(record: reader.string(), on: line) }
        case 10, 11, 12, 13: if let line { try send(record: drawnRecord(&reader).encode(), on: line) }
        case 14: try ask(drawnCall(&reader))
        case 15:
            let byte = reader.byte()
            try turn([.interfacesChanged(byte == 0 ? [] : [network(byte, bits: Int(reader.byte() % 33))])])
        case 16: now.wallMs = max(0, now.wallMs + (Int64(reader.number16()) - 32_768) * 60_000)
        case 17: try reader.byte() & 3 == 3 ? restartAndBegin() : meet()
        case 18: if let line { try turn([.bytesWritten(line.id, Int(reader.number16()))]) }
        default: if let datagram = datagrams.last { try turn([.datagramReceived(datagram, source: source(&reader))]) }
        }
    }

    private func restartAndBegin() throws {
        try restart()
        try begin()
    }

    private func network(_ lastByte: UInt8, bits: Int) -> Interface {
        let prefix = Prefix(address: .v4(0x0a00_0000 | UInt32(lastByte)), length: bits)
        return Interface(index: 1, name: "eth0", isLoopback: false, addresses: [prefix].compactMap { $0 })
    }

    private func source(_ reader: inout InputReader) -> Endpoint {
        let byte = reader.byte()
        let address: IPAddress =
            byte & 3 == 3 ? .v6(0xfe80 << 48, UInt64(byte)) : .v4((byte & 1 == 1 ? 0x0800_0000 : 0x0a00_0000) | 2)
        return Endpoint(address: address, port: 7_747, interface: byte & 0x80 == 0 ? 1 : 2)
    }

    private func give(_ text: String, to name: String) -> Give {
        var give = Give(.note(text: text, want: nil))
        give.to = [name]
        return give
    }

    // MARK: what Birch may say

    private func drawnLog(_ byte: UInt8) -> LogID? {
        if byte & 0x40 != 0 { return peer.heard?.log }
        return LogID([UInt8](repeating: 0xb0 + byte % 12, count: 16))
    }

    private func drawnID(_ byte: UInt8) -> ItemID? {
        if byte & 0x40 != 0, !peer.items.isEmpty { return peer.items[Int(byte & 0x3f) % peer.items.count] }
        return ItemID([UInt8](repeating: byte & 15, count: 16))
    }

    private func drawnRecord(_ reader: inout InputReader) -> Record {
        guard let log = drawnLog(reader.byte()), let id = drawnID(reader.byte()) else { return .unknown }
        switch reader.byte() % 9 {
        case 0, 1, 2:
            let (next, first, received) = (reader.number64(), reader.number64(), reader.number64())
            let choice = reader.byte()
            let name = String(decoding: reader.bytes(Int(choice & 7)), as: UTF8.self)
            return .hello(
                Hello(
                    version: 1 + UInt32(choice & 1), log: log, next: next, first: first,
                    peerLog: choice & 2 == 0 ? nil : drawnLog(choice), received: received, name: name, abilities: [],
                    addresses: choice & 4 == 0 ? [] : [Endpoint(address: .v4(0x0a00_0002), port: 7_747)]))
        case 3, 4, 5:
            var item = Item(id: id, madeMs: Int64(bitPattern: reader.number64()), content: drawnContent(&reader))
            item.seq = reader.number64()
            item.leftS = UInt32(truncatingIfNeeded: reader.number64())
            let re = reader.byte()
            if re != 0 { item.re = drawnID(re) }
            item.auto = re & 1 == 1
            return .item(item)
        case 6: return .void(seq: reader.number64(), id: id)
        case 7: return .ack(log: peer.heard?.log ?? log, received: reader.number64())
        default:
            let number = reader.number64()
            return number == 7 ? .bye : number & 1 == 0 ? .ping(number) : .pong(number)
        }
    }

    private func drawnContent(_ reader: inout InputReader) -> Content {
        let kind = reader.byte()
        let text = String(decoding: reader.bytes(Int(kind >> 5)), as: UTF8.self)
        switch kind & 0x1f {
        case 0, 1, 2: return .retract
        case 3: return .heard(back: text)
        case 4: return .here
        case 5: return .ask(text: text)
        case 6: return .idea(text: text, mine: true)
        case 7: return .take(text: text)
        case 8: return .close(text: text, outcome: .helped)
        case 9: return .want(.ideas)
        case 10: return .exchange(.propose(topic: text, seal: [UInt8](repeating: 1, count: 64)))
        case 11: return .exchange(.commit(seal: [UInt8](repeating: 1, count: 64)))
        case 12: return .plan([Section(title: text, text: text)])
        case 13: return .room(have: .yes, text: text)
        case 14: return .checkIn(text: text, feelings: [text], energy: .low, want: nil)
        case 15: return .unknown
        default: return .note(text: text, want: kind & 1 == 0 ? nil : .listen)
        }
    }

    // MARK: what Alder may ask

    private func drawnCall(_ reader: inout InputReader) -> Call {
        let choice = reader.byte()
        let text = String(decoding: reader.string(), as: UTF8.self)
        let who = choice & 0x80 == 0 ? "Birch" : text
        switch choice % 14 {
        case 0:
            return .peopleAdd(
                id: choice & 0x80 == 0 ? IdentityText.encode(Made.birch.publicKey.bytes) : text, name: text)
        case 1: return .peopleRename(who: who, name: text)
        case 2: return .peopleReach(who: who, address: text.isEmpty ? "10.0.0.9" : text)
        case 3: return .peopleRemove(who: who)
        case 4: return .pairOpen(words: choice & 0x80 == 0 ? nil : text.utf8.count)
        case 5: return .pairJoin(code: text.isEmpty ? "7-tiger-lemon" : text)
        case 6: return .pairAnswer(pairing: nil, yes: choice & 0x80 == 0, name: text.isEmpty ? nil : text)
        case 7: return .pairCancel(pairing: nil)
        case 8: return .itemOpen(choice & 0x80 == 0 ? .all : .item(text))
        case 9: return .eventsAck(consumer: text, seq: reader.number64())
        case 10: return .pairList
        case 11: return drawnOwnCall(text, who, &reader)
        default:
            var give = give(text, to: who)
            give.content = drawnContent(&reader)
            give.lifeS = reader.byte() == 0 ? nil : Int64(bitPattern: reader.number64())
            if reader.byte() == 1 { give.re = peer.items.last?.text }
            give.anyway = true
            return .itemGive(give)
        }
    }

    /// What Alder may take back, keep, set for themselves, and where they draw a line.
    private func drawnOwnCall(_ text: String, _ who: String, _ reader: inout InputReader) -> Call {
        let choice = reader.byte()
        let item = choice & 0x80 == 0 ? peer.items.last?.text ?? text : text
        switch choice % 16 {
        case 0, 1: return .itemRetract(item: item, everywhere: choice & 0x40 == 0)
        case 2: return .itemPass(item: text)
        case 3: return .itemKeep(item: item)
        case 4: return .peoplePart(who: who, text: text.isEmpty ? nil : text)
        case 5: return .peopleBlock(who: who)
        case 6, 7: return .peopleUnblock(who: who)
        case 8: return .pauseSet(on: true)
        case 9, 10: return .pauseSet(on: false)
        case 11: return .quietSet(who: text.isEmpty ? [] : [who], drawnQuiet(&reader))
        case 12: return .peopleReplace(old: who, new: text.isEmpty ? "Cedar" : text)
        case 13: return .feelingsSet(text.isEmpty ? [] : [text, who])
        case 14: return .planSet(text.isEmpty ? [] : [Section(title: text, text: who)])
        default: return .nudgesSet(minute: Int(reader.number16()), kindWord: choice & 0x20 == 0)
        }
    }

    private func drawnQuiet(_ reader: inout InputReader) -> QuietWish {
        switch reader.byte() % 4 {
        case 0: .off
        case 1: .open
        case 2: .until(Int64(bitPattern: reader.number64()))
        default: .daily(String(decoding: reader.string(), as: UTF8.self))
        }
    }
}
