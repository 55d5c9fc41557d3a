import Foundation
import MutualWire
import Testing

/// Where what a daemon says is to be written.
enum Recording {
    static let file = ProcessInfo.processInfo.environment["MUTUAL_RECORD"]
}

extension HostileBytesTests {
    /// What a daemon says to a mutual, byte for byte, written to a file: `scripts/earlier --record` runs it with a daemon
    /// of an earlier version, and the newest Node is held against the file ever after.
    @Suite(.enabled(if: Recording.file != nil, "only where MUTUAL_RECORD names a file"))
    struct RecordingTests {
        @Test func everythingThatItSays() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Birch")
                let asked = freshID()
                let listening = lab.begin { () -> [[UInt8]] in
                    let (line, hello) = try mallory.meet(name: "Birch")
                    line.send(.item(.note("How was it?", seq: 1, id: asked)))
                    // Until the last of it has come, acked as it comes, so that nothing is held back.
                    var last: UInt64 = 0
                    _ = line.read(seconds: 30) { record in
                        guard case .item(let item) = record else { return false }
                        last = max(last, item.seq)
                        line.send(.ack(log: hello.log, received: item.seq))
                        if case .retract = item.content { return true }
                        return false
                    }
                    guard last == 6 else { throw Trouble("\(last) items came") }
                    return line.raw
                }
                try Self.say(through: victim, asked: asked)
                let records = try listening.value()
                let known = records.filter { bytes in
                    switch try? Record.parse(bytes) {
                    case .hello, .item, .void: true
                    default: false
                    }
                }
                let tree: [String: Any] = [
                    "records": known.map { $0.map { String(format: "%02x", $0) }.joined() },
                    "version": ProcessInfo.processInfo.environment["MUTUAL_RECORD_VERSION"] ?? "",
                ]
                let data = try JSONSerialization.data(
                    withJSONObject: tree, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
                try (data + Data("\n".utf8)).write(to: URL(fileURLWithPath: try #require(Recording.file)))
            }
        }

        /// Every kind of that time with every field that it has, and at last one of them taken back.
        private static func say(through victim: Daemon, asked: ItemID) throws {
            try eventually("what is asked is there") { try victim.inbox(with: "Birch").count == 1 }
            let given: [[String: Any]] = [
                ["to": ["Birch"], "kind": "note", "text": "First.", "want": "company", "life_s": 3_600],
                [
                    "to": ["Birch"], "kind": "checkin", "text": "Slept badly.\nAgain: \u{1F319}", "want": "listen",
                    "feelings": ["tired", "müde"], "energy": "low", "about": "nights",
                ],
                ["re": asked.text, "kind": "heard", "text": "You ask how it was."],
                ["to": ["Birch"], "kind": "encourage", "text": "I am glad.", "no_keep": true],
                ["to": ["Birch"], "kind": "note", "text": "By a script.", "auto": true],
            ]
            for parameters in given { try victim.control.call("item.give", parameters) }
            let outbox = try victim.control.call("history.list", ["with": "Birch"])
            let items = outbox["items"] as? [[String: Any]] ?? []
            let first = try #require(items.first { $0["text"] as? String == "First." }?["id"] as? String)
            try victim.control.call("item.retract", ["item": first])
        }
    }
}
