import Foundation
import MutualControl
import MutualCore
import MutualCrypto
import MutualStore
import MutualWire
import Testing

@testable import MutualDaemon

/// More long texts than one line holds: pages are shorter then, and nothing is left out.
@Suite struct LongPagesTests {
    private static let items = 120

    /// A home to which somebody has sent the longest texts that there are, of what takes most room in a line.
    private func fullHome() throws -> TestHome {
        let home = try TestHome()
        let storage = try Storage(home: home.location)
        defer { storage.close() }
        let key = try #require(PublicKey([UInt8](repeating: 9, count: 32)))
        let log = try #require(LogID([UInt8](repeating: 7, count: 16)))
        let nowMs = Int64(Date().timeIntervalSince1970 * 1_000)
        let text = String(repeating: "\"", count: Limits.textBytes)
        try storage.store.turn { journal throws(JournalFault) in
            let person = try journal.list(
                PersonRecord(
                    row: PersonRow(0), key: key, name: "Birch", nameIsProvisional: false, standing: .mutual,
                    listedMs: nowMs, byCode: false), out: OutLog(log: log))
            for number in 1...Self.items {
                var bytes = [UInt8](repeating: 1, count: 16)
                bytes[0] = UInt8(number)
                guard let id = ItemID(bytes) else { throw JournalFault("no id") }
                let item = Item(id: id, madeMs: nowMs, content: .note(text: text, want: nil))
                var record = ItemRecord(
                    row: ItemRow(0), person: person, mine: false, id: id, handle: "", kind: 16, re: nil, want: nil,
                    madeMs: nowMs, storedMs: nowMs, expiresMs: nowMs + 86_400_000)
                record.size = Record.item(item).encode().count
                _ = try journal.insert(record, content: item.stored())
            }
        }
        return home
    }

    private func items(_ answer: JSONValue) throws -> [JSONValue] {
        try #require(answer["result"]?["items"]?.elements, "\(answer)")
    }

    @Test(arguments: ["inbox.list", "history.list", "search.list"])
    func aPageFitsIntoALine(_ method: String) throws {
        let home = try fullHome()
        let daemon = try home.start()
        defer {
            daemon.stop()
            daemon.wait()
        }
        let client = try home.client()
        var (found, next, pages) = ([JSONValue](), String?.none, 0)
        repeat {
            let more =
                (next.map { ["\"before\":\"\($0)\""] } ?? []) + (method == "search.list" ? ["\"text\":\"\\\"\""] : [])
            client.send(line: RawClient.request(method, "{\(more.joined(separator: ","))}"))
            let line = try client.line(waitMs: 20_000)
            #expect(line.utf8.count <= LineFramer.limit)
            let answer = try JSONValue(parsing: Array(line.utf8))
            found = try items(answer).compactMap { $0["id"] } + found
            next = answer["result"]?["next"]?.text
            pages += 1
        } while next != nil && pages < Self.items
        #expect(found.count == Self.items)
        #expect(Set(found.compactMap(\.text)).count == Self.items)
        #expect(pages > 1)
    }

    @Test func openingAllTakesSeveralCalls() throws {
        let home = try fullHome()
        let daemon = try home.start()
        defer {
            daemon.stop()
            daemon.wait()
        }
        let client = try home.client()
        var (opened, calls) = (0, 0)
        while calls < Self.items {
            client.send(line: RawClient.request("item.open", "{\"all\":true}"))
            let line = try client.line(waitMs: 20_000)
            #expect(line.utf8.count <= LineFramer.limit)
            let some = try items(try JSONValue(parsing: Array(line.utf8))).count
            if some == 0 { break }
            (opened, calls) = (opened + some, calls + 1)
        }
        #expect(opened == Self.items)
        #expect(calls > 1)
    }
}
