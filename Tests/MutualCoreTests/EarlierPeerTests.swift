import Foundation
import MutualCore
import MutualWire
import Testing

/// What daemons of earlier versions said, byte for byte, said again to the newest Node: everything of it is taken, and
/// shown as it was meant. scripts/earlier makes the files.
@Suite struct EarlierPeerTests {
    private struct Recording: Decodable {
        var version: String
        var records: [String]
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fixtures/earlier")

    private static let files =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".json") }
        .sorted()

    private static func bytes(_ hex: String) throws -> [UInt8] {
        let digits = Array(hex.utf8)
        try #require(digits.count.isMultiple(of: 2))
        return try stride(from: 0, to: digits.count, by: 2).map {
            try #require(UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16))
        }
    }

    @Test func thereIsOne() { #expect(!Self.files.isEmpty) }

    @Test(arguments: files) func itsHelloAndItsKindsAreTaken(_ file: String) throws {
        let recording = try JSONDecoder().decode(
            Recording.self, from: Data(contentsOf: Self.folder.appendingPathComponent(file)))
        let records = try recording.records.map { try Self.bytes($0) }
        let peer = try ScriptedPeer(seed: 120, nodeIsLow: true)
        let talk = try peer.call()
        try talk.finish()
        for record in records { try talk.send(bytes: record) }
        #expect(talk.closedMs == nil)
        // All of it is acked, none of it twice.
        let acked = try talk.records().compactMap { record -> UInt64? in
            if case .ack(_, let received) = record { received } else { nil }
        }
        #expect(acked.max() == 6)
        let shown = try shown(peer.host)
        #expect(
            shown.map(\.content) == [
                .checkIn(
                    text: "Slept badly.\nAgain: \u{1F319}", feelings: ["tired", "müde"], energy: .low, want: .listen),
                .heard(back: "You ask how it was."), .encourage(text: "I am glad."),
                .note(text: "By a script.", want: nil),
            ])
        #expect(shown.map(\.about) == ["nights", "", "", ""])
        #expect(shown.map(\.noKeep) == [false, false, true, false])
        #expect(shown.map(\.auto) == [false, false, false, true])
        // The same session's end, and everything once more on another: nothing is shown twice.
        let again = try peer.call()
        try again.finish()
        for record in records { try again.send(bytes: record) }
        #expect(again.closedMs == nil)
        #expect(try self.shown(peer.host).map(\.id) == shown.map(\.id))
    }

    /// What the Node holds of the peer's, oldest first.
    private func shown(_ host: Host) throws -> [Item] {
        try host.home.turn { journal throws(JournalFault) in
            var records: [ItemRecord] = []
            for person in try journal.people() {
                for kind: UInt32 in 16...35 {
                    records += try journal.living(kind: kind, person: person.row, mine: false)
                }
            }
            var items: [Item] = []
            for record in records.sorted(by: { $0.row.number < $1.row.number }) {
                if let content = try journal.content(record.row), let item = Item(stored: content) {
                    items.append(item)
                }
            }
            return items
        }
    }
}
