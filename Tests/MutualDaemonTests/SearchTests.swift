import Foundation
import MutualControl
import MutualCore
import MutualCrypto
import MutualStore
import MutualWire
import Testing

@testable import MutualDaemon

/// Searching a large store: in slices, and everything else in between.
@Suite(.serialized) struct SearchTests {
    /// So many that a search of all takes two dozen slices.
    private static let items = 6_000

    /// A home in whose store somebody has said a lot; the needle is the oldest.
    private func fullHome() throws -> TestHome {
        let home = try TestHome()
        let storage = try Storage(home: home.location)
        defer { storage.close() }
        let key = try #require(PublicKey([UInt8](repeating: 9, count: 32)))
        let nowMs = Int64(Date().timeIntervalSince1970 * 1_000)
        let log = try #require(LogID([UInt8](repeating: 7, count: 16)))
        let birch = PersonRecord(
            row: PersonRow(0), key: key, name: "Birch", nameIsProvisional: false, standing: .mutual, listedMs: nowMs,
            byCode: false)
        try storage.store.turn { journal throws(JournalFault) in
            let person = try journal.list(birch, out: OutLog(log: log))
            for number in 0..<Self.items {
                var bytes = [UInt8](repeating: 0, count: 16)
                // An odd factor: no two are alike.
                let spread = UInt32(truncatingIfNeeded: (number + 1) &* 2_654_435_761)
                for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: spread >> (24 - 8 * index)) }
                guard let id = ItemID(bytes) else { throw JournalFault("no id") }
                let text = number == 0 ? "The Needle." : "Words, and more words, number \(number)."
                let item = Item(id: id, madeMs: nowMs, content: .note(text: text, want: nil))
                let record = ItemRecord(
                    row: ItemRow(0), person: person, mine: false, id: id, handle: "", kind: 16, re: nil, want: nil,
                    madeMs: nowMs, storedMs: nowMs, expiresMs: nowMs + 86_400_000)
                _ = try journal.insert(record, content: item.stored())
            }
        }
        return home
    }

    private func search(_ id: Int, _ text: String = "needle") -> String {
        RawClient.request("search.list", "{\"text\":\"\(text)\"}", id: id)
    }

    private func searches(_ daemon: Daemon) throws -> (count: Int, slices: Int) {
        try daemon.loop.submit { [keeper = daemon.keeper] in
            (keeper.value.control.searches.count, keeper.value.control.searches.sliceCount)
        }.wait()
    }

    private func until(_ isSo: () throws -> Bool) throws -> Bool {
        for _ in 0..<6_000 {
            if try isSo() { return true }
            usleep(2_000)
        }
        return false
    }

    @Test func whatIsGivenMeanwhileIsAcceptedBeforeTheSearchEnds() throws {
        let home = try fullHome()
        let daemon = try home.start()
        defer {
            daemon.stop()
            daemon.wait()
        }
        let client = try home.client()
        client.send(line: search(1))
        var order: [Int64] = []
        // Each is given only when the one before is accepted.
        for id in 2...4 {
            let give = "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"Meanwhile.\"}"
            let answer = try client.call("item.give", give, id: id)
            #expect(answer["result"]?["items"]?.elements?.first?["state"] == .string("waiting"))
            order.append(answer["id"]?.integer ?? 0)
        }
        let found = try client.document()
        order.append(found["id"]?.integer ?? 0)
        #expect(order == [2, 3, 4, 1])
        #expect(found["result"]?["items"]?.elements?.map { $0["text"] } == [.string("The Needle.")])
        let slices = try searches(daemon).slices
        #expect(slices >= Self.items / Search.sliceItems)
    }

    @Test func searchesAreBoundedAndEndWithTheirClient() throws {
        let home = try fullHome()
        let daemon = try home.start()
        defer {
            daemon.stop()
            daemon.wait()
        }
        let client = try home.client()
        client.send(line: (1...Searches.most + 1).map { search($0) }.joined(separator: "\n"))
        // One too many is refused at once.
        let refused = try client.document()
        #expect(refused["id"]?.integer == Int64(Searches.most + 1))
        #expect(refused["error"]?["code"] == .integer(6))
        #expect(refused["error"]?["data"]?["reason"] == .string("busy"))
        #expect(try until { try searches(daemon).slices > 0 })
        client.close()
        #expect(try until { try searches(daemon).count == 0 })
        #expect(try searches(daemon).slices < Searches.most * (Self.items / Search.sliceItems))
        // There is room again.
        let other = try home.client()
        other.send(line: search(1, "number 5999"))
        #expect(try other.document()["result"]?["items"]?.elements?.count == 1)
    }

    @Test func lockingEndsThem() throws {
        let home = try fullHome()
        let daemon = try home.start()
        defer {
            daemon.stop()
            daemon.wait()
        }
        let (client, other) = (try home.client(), try home.client())
        #expect(try other.call("vault.set-passphrase", "{\"passphrase\":\"correct horse\"}")["result"] != nil)
        client.send(line: (1...Searches.most).map { search($0) }.joined(separator: "\n"))
        #expect(try until { try searches(daemon).slices > 0 })
        #expect(try other.call("vault.lock")["result"] != nil)
        var reasons: [JSONValue?] = []
        for _ in 1...Searches.most { reasons.append(try client.document()["error"]?["data"]?["reason"]) }
        #expect(reasons.contains(.string("locked")))
        #expect(try searches(daemon).count == 0)
    }

    // MARK: what is looked for

    @Test func caseAndWaysOfWritingDoNotMatter() {
        #expect(Needle("needle").isIn("The NEEDLE."))
        #expect(Needle("STRAßE").isIn("auf der straße"))
        #expect(Needle("Ä").isIn("ja\u{308}rgern, A\u{308}rger"))
        #expect(Needle("a\u{308}").isIn("Äpfel"))
        #expect(Needle("日本").isIn("in 日本 now"))
        #expect(!Needle("needles").isIn("The needle."))
        #expect(!Needle("x").isIn(""))
        #expect(Needle("aab").isIn("aaab"))
    }
}
