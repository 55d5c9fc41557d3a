import Foundation
import MutualCrypto
import MutualStore
import MutualWire
import Testing

@testable import MutualCore

/// Runs the `logs` cases of Protocol/vectors/mutual_v1.json over the log machines and a real store.
@Suite struct LogVectorTests {
    @Test func sendersAndReceivers() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Protocol/vectors/mutual_v1.json"))
        let all = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let logs = try #require(all["logs"] as? [String: Any])
        let cases = try #require(logs["cases"] as? [[String: Any]])
        #expect(cases.count > 40)
        for one in cases {
            let name = try #require(one["name"] as? String)
            let steps = try #require(one["steps"] as? [[String: Any]])
            let player = try LogPlayer(
                start: one["start"] as? [String: Any] ?? [:], isSender: one["side"] as? String == "sender")
            for (index, step) in steps.enumerated() {
                let wanted = (step["out"] as? [[String: Any]] ?? []).map(LogPlayer.line)
                let got = try player.play(
                    try #require(step["in"] as? String), step["with"] as? [String: Any] ?? [:])
                #expect(got == wanted, "\(name), step \(index)")
            }
        }
    }
}

/// One side of one direction between two people, as the vectors tell it.
private final class LogPlayer {
    let home: StoreHome
    var person: PersonRow
    var ids: [String: ItemID] = [:]
    var logs: [String: LogID] = [:]
    var newLogs: [String]
    var outgoing: OutgoingLog
    var incoming: IncomingLog
    var now = Instant(wallMs: 1_790_000_000_000, monotonicMs: 0)
    /// Sizes that no real record could have are told to the machine beside the record.
    var started = false
    var retractName: String?

    init(start: [String: Any], isSender: Bool) throws {
        self.isSender = isSender
        home = try StoreHome(seed: 1)
        newLogs = start["new_logs"] as? [String] ?? []
        person = PersonRow(0)
        outgoing = OutgoingLog(person: person)
        incoming = IncomingLog(person: person)
        let ownLog = log(start["log"] as? String ?? "own")
        var held = InLogs()
        for pair in start["logs"] as? [[Any]] ?? [] {
            if let name = pair.first as? String, let received = pair.last as? Int {
                held.positions.append(.init(log: log(name), received: UInt64(received)))
            }
        }
        let known = (start["ids"] as? [String] ?? []).map(id)
        let key = try #require(PublicKey([UInt8](repeating: 7, count: 32)))
        person = try home.turn { journal throws(JournalFault) in
            let row = try journal.list(
                PersonRecord(
                    row: PersonRow(0), key: key, name: "Birch", nameIsProvisional: false, standing: .mutual,
                    listedMs: 0, byCode: false), out: OutLog(log: ownLog))
            try journal.setInLogs(held, of: row)
            for one in known { try journal.rememberTaken(one, person: row, atMs: 0) }
            return row
        }
        begin()
    }

    private func begin() {
        outgoing = OutgoingLog(person: person)
        incoming = IncomingLog(person: person)
    }

    func id(_ name: String) -> ItemID {
        if let known = ids[name] { return known }
        let made = ItemID([UInt8](SHA512.hash(Array("id \(name)".utf8)).prefix(16))) ?? ids["", default: id("x")]
        ids[name] = made
        return made
    }

    func log(_ name: String) -> LogID {
        if let known = logs[name] { return known }
        let made = LogID([UInt8](SHA512.hash(Array("log \(name)".utf8)).prefix(16))) ?? logs["", default: log("x")]
        logs[name] = made
        return made
    }

    private func name(_ id: ItemID) -> String { ids.first { $0.value == id }?.key ?? "?" }
    private func name(_ log: LogID) -> String { logs.first { $0.value == log }?.key ?? "?" }

    static func line(_ out: [String: Any]) -> String {
        out.keys.sorted().map { "\($0)=\(out[$0] ?? "")" }.joined(separator: " ")
    }

    private func line(_ parts: [String: Any]) -> String { Self.line(parts) }

    func play(_ step: String, _ with: [String: Any]) throws -> [String] {
        switch step {
        case "accept": try accept(id(with["id"] as? String ?? ""), size: with["size"] as? Int)
        case "start":
            begin()
            started = true
            return [try hello()].filter { _ in isSender }
        case "stop": started = false
        case "copy": try home.copy()
        case "put-back":
            try home.putBack()
            started = false
        case "new-day":
            now.wallMs += 86_400_000
            if incoming.hasWaiting { return try resume() }
            return []
        case "forget": try forget(below: UInt64(with["below"] as? Int ?? 0))
        case "keep": try keep(id(with["id"] as? String ?? ""))
        case "expire": return try expire(id(with["id"] as? String ?? ""))
        case "take-back": return try takeBack(with) + give()
        default: return try read(step, with)
        }
        return started ? try give() : []
    }

    let isSender: Bool

    private func accept(_ id: ItemID, size: Int?) throws {
        try home.turn { journal throws(JournalFault) in
            let item = Item(id: id, madeMs: now.wallMs, content: .note(text: "x", want: nil))
            var record = ItemRecord(given: item, to: person, lifeS: 2_592_000, now: now)
            if let size { record.size = size }
            _ = try journal.insert(record, content: item.stored())
        }
    }

    private func hello() throws -> String {
        let log = try home.turn { journal throws(JournalFault) in try journal.outLog(person) }
        return line(["out": "hello", "log": name(log.log), "next": log.next, "first": log.first])
    }
}

extension LogPlayer {
    /// A record of the peer.
    private func read(_ step: String, _ with: [String: Any]) throws -> [String] {
        do {
            if step == "hello", with["log"] == nil { return try senderHello(with) + give() }
            if step == "ack" { return try senderAck(with) + give() }
            return try receive(step, with)
        } catch let violation as Violation {
            started = false
            return [line(["out": "close", "expect": violation.reason])]
        }
    }

    private func any<R>(_ body: (any Journal) throws -> R) throws -> R {
        var result: Result<R, any Error>?
        try home.turn { journal throws(JournalFault) in
            do { result = .success(try body(journal)) } catch let fault as JournalFault { throw fault } catch {
                result = .failure(error)
            }
        }
        return try #require(result).get()
    }

    private func senderHello(_ with: [String: Any]) throws -> [String] {
        let peerLog = (with["peer_log"] as? String).map(log)
        let steps = try any { journal in
            try outgoing.hello(
                peerLog: peerLog, received: UInt64(with["received"] as? Int ?? 0),
                newLog: { log(newLogs.removeFirst()) }, newRetractID: { id(retractName ?? "?") }, now: now,
                journal: journal)
        }
        return try lines(steps)
    }

    private func senderAck(_ with: [String: Any]) throws -> [String] {
        let name = log(with["log"] as? String ?? "")
        let steps = try any { journal in
            try outgoing.ack(log: name, received: UInt64(with["received"] as? Int ?? 0), journal: journal)
        }
        return try lines(steps)
    }

    private func lines(_ steps: [OutgoingStep]) throws -> [String] {
        try steps.map { step in
            switch step {
            case .hello: try hello()
            case .item(let record):
                line(
                    ["out": "item", "seq": record.seq ?? 0, "id": name(record.id)]
                        .merging(record.isRetract ? ["re": record.re.map(name) ?? ""] : [:]) { a, _ in a })
            case .void(let seq, let id): line(["out": "void", "seq": seq, "id": name(id)])
            case .delivered(let record): line(["out": "tell", "what": "delivered", "id": name(record.id)])
            case .notReached(let record): line(["out": "tell", "what": "not-in-time", "id": name(record.id)])
            case .putBack: line(["out": "tell", "what": "put-back"])
            }
        }
    }

    private func give() throws -> [String] {
        guard started, outgoing.isOpen else { return [] }
        return try any { journal in
            try lines(try outgoing.give(room: .max, now: now, journal: journal))
        }
    }

    private func takeBack(_ with: [String: Any]) throws -> [String] {
        retractName = with["retract"] as? String
        let retract = id(retractName ?? "")
        let taken = id(with["id"] as? String ?? "")
        let result = try any { journal -> TakeBack in
            let record = try #require(try journal.item(id: taken, person: person, mine: true))
            return try TakeBack.perform(record, cause: .byYou, retractID: { retract }, now: now, journal: journal)
        }
        switch result {
        case .neverLeft(let record): return [line(["out": "tell", "what": "never-left", "id": name(record.id)])]
        case .takenBack(let record): return [line(["out": "tell", "what": "taken-back", "id": name(record.id)])]
        }
    }

    private func expire(_ id: ItemID) throws -> [String] {
        let step = try any { journal -> LifeEnd in
            let record = try #require(try journal.item(id: id, person: person, mine: true))
            return try LifeEnd.perform(record, journal: journal)
        }
        guard case .neverGiven = step else { return [] }
        return [line(["out": "tell", "what": "never-left", "id": name(id)])]
    }

    private func keep(_ id: ItemID) throws {
        try any { journal in
            var record = try #require(try journal.item(id: id, person: person, mine: false))
            record.kept = true
            try journal.update(record)
        }
    }

    private func forget(below: UInt64) throws {
        try any { journal in
            var log = try journal.outLog(person)
            for record in try journal.numbered(person, from: log.first, limit: .max) {
                if let seq = record.seq, seq < below { try journal.removeItem(record.row) }
            }
            log.first = below
            try journal.setOutLog(log, of: person)
        }
    }

    // MARK: receiving

    private func receive(_ step: String, _ with: [String: Any]) throws -> [String] {
        var held = try any { try $0.inLogs(person) }
        if step == "hello" {
            incoming.hello(
                log: log(with["log"] as? String ?? ""), first: UInt64(with["first"] as? Int ?? 1), into: &held)
            try any { try $0.setInLogs(held, of: person) }
            return []
        }
        let seq = UInt64(with["seq"] as? Int ?? 0)
        let itemID = id(with["id"] as? String ?? "")
        let record: Record
        if step == "void" {
            record = .void(seq: seq, id: itemID)
        } else {
            record = .item(item(seq, itemID, with))
        }
        let steps = try any {
            try incoming.take(record, size: with["size"] as? Int ?? 100, logs: &held, now: now, journal: $0)
        }
        try any { try $0.setInLogs(held, of: person) }
        guard !incoming.hasWaiting else { return [] }
        return lines(steps) + [ack(held)]
    }

    private func item(_ seq: UInt64, _ itemID: ItemID, _ with: [String: Any]) -> Item {
        let retracts = with["kind"] as? String == "retract"
        let text = with["breaks"] == nil ? "x" : String(repeating: "x", count: 16_385)
        var item = Item(id: itemID, madeMs: 0, content: retracts ? .retract : .note(text: text, want: nil))
        item.seq = seq
        item.leftS = 86_400
        item.re = (with["re"] as? String).map(id)
        // What comes over the wire is checked when it is parsed.
        guard let parsed = try? Record.parse(Record.item(item).encode()), case .item(let read) = parsed else {
            return item
        }
        return read
    }

    private func resume() throws -> [String] {
        // The vectors ack each record of what waited; acks may be joined, so they are compared one by one here.
        var held = try any { try $0.inLogs(person) }
        var result: [String] = []
        let again = incoming.waiting
        let log = try #require(held.positions.last)
        incoming.hello(log: log.log, first: 1, into: &held)
        for (record, size) in again {
            let steps = try any {
                try incoming.take(record, size: size, logs: &held, now: now, journal: $0)
            }
            result += lines(steps) + [ack(held)]
        }
        try any { try $0.setInLogs(held, of: person) }
        return result
    }

    private func ack(_ held: InLogs) -> String {
        let present = held.positions.last
        return line([
            "out": "ack", "log": present.map { name($0.log) } ?? "", "received": present?.received ?? 0,
        ])
    }

    private func lines(_ steps: [IncomingStep]) -> [String] {
        steps.map { step in
            switch step {
            case .show(let record), .move(let record): line(["out": "show", "id": name(record.id)])
            case .count(let id, let why): line(["out": "count", "id": name(id), "why": why])
            case .erase(let record): line(["out": "erase", "id": name(record.id)])
            }
        }
    }
}
