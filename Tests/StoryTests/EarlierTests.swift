import Foundation
import Testing

/// The programs of an earlier version.
enum Earlier {
    static let folder = ProcessInfo.processInfo.environment["MUTUAL_EARLIER_BIN"]
}

/// A daemon of an earlier version and the newest one talk without loss; then the home of the earlier one is opened by
/// the newest. scripts/earlier builds the earlier one from the history and runs this.
@Suite(
    .serialized, .enabled(if: Programs.folder != nil, "mutual and mutuald are not built"),
    .enabled(if: Earlier.folder != nil, "skipped: only where MUTUAL_EARLIER_BIN names an earlier version"))
struct EarlierTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    /// Home `a` is of the earlier version until it is opened by the newest.
    @discardableResult
    private func old(_ command: String) throws -> String { try succeed("'\(Earlier.folder ?? "")'/" + command, "a") }

    @discardableResult
    private func new(_ command: String, _ home: String = "b") throws -> String { try succeed(command, home) }

    @discardableResult
    private func succeed(_ command: String, _ home: String) throws -> String {
        let outcome = try stage.run(command, home: home)
        #expect(outcome.code == 0, "\(command): \(outcome.errors)")
        return outcome.output
    }

    private func tree(_ text: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    private func items(_ text: String) throws -> [[String: Any]] { try tree(text)["items"] as? [[String: Any]] ?? [] }

    private func texts(_ text: String) throws -> [String] { try items(text).compactMap { $0["text"] as? String } }

    private func kinds(_ text: String) throws -> [String] { try items(text).compactMap { $0["kind"] as? String } }

    private func killDaemon(_ status: String) throws {
        let number = try #require(try tree(status)["pid"] as? Int)
        #expect(kill(pid_t(number), SIGKILL) == 0)
        #expect(try stage.until { kill(pid_t(number), 0) != 0 })
    }

    private func meet() throws {
        try old("mutual init --name Alder")
        try new("mutual init --name Birch")
        try old("mutual start")
        try new("mutual start")
        let ids = [try old("mutual whoami --json"), try new("mutual whoami --json")]
        let texts = try ids.map { try #require(try tree($0)["id"] as? String) }
        try old("mutual add \(texts[1]) Birch")
        try new("mutual add \(texts[0]) Alder --wait 30s")
        #expect(
            try stage.until {
                let people = try tree(try old("mutual people --json"))["people"] as? [[String: Any]]
                return people?.first?["standing"] as? String == "mutual"
            })
    }

    @Test func theyTalkWithoutLossAndItsHomeIsOpened() throws {
        defer { stage.clear() }
        try meet()
        // What both know, each way.
        try old("mutual checkin birch --feel tired --energy low --want listen --wait 30s 'Slept badly.'")
        let handle = try #require(try items(try new("mutual inbox --json")).first?["handle"] as? String)
        try new("mutual heard \(handle) --wait 30s 'You slept badly.'")
        try new("mutual encourage alder --wait 30s 'I am glad.'")
        #expect(try kinds(try old("mutual inbox --json")) == ["heard", "encourage"])
        // What the earlier one does not know is taken, and delivered.
        try new("mutual celebrate alder --wait 30s 'It worked.'")
        try new("mutual ask alder --wait 30s 'What helps?'")
        try new("mutual here alder --wait 30s")
        // Written while the other is away, over killed daemons, each way.
        for number in 1...20 {
            if number == 5 { try killDaemon(try new("mutual status --json")) }
            try old("mutual note birch 'a\(number)'")
            if number == 15 {
                try killDaemon(try old("mutual status --json"))
                try old("mutual start")
            }
        }
        try new("mutual start")
        for number in 1...20 {
            try new("mutual note alder 'b\(number)'")
            if number == 10 { try killDaemon(try old("mutual status --json")) }
        }
        try old("mutual start")
        let (fromA, fromB) = ((1...20).map { "a\($0)" }, (1...20).map { "b\($0)" })
        #expect(try stage.until { try texts(try new("mutual inbox --json")) == ["Slept badly."] + fromA })
        #expect(try stage.until { try texts(try old("mutual inbox --json")).suffix(20) == fromB[...] })
        // Taken back, each way.
        try old("mutual note birch --wait 30s 'not this'")
        let note = try #require(
            try items(try new("mutual inbox --json")).first { $0["text"] as? String == "not this" })
        try old("mutual retract \(try #require(note["id"] as? String)) --wait 30s")
        #expect(try stage.until { try !texts(try new("mutual inbox --json")).contains("not this") })

        // The same home under the newest program: all is there, also what the earlier one could not show.
        try old("mutual note birch 'before the change' --wait 30s")
        try old("mutual stop")
        try new("mutual start", "a")
        let whole = try items(try new("mutual inbox --json", "a"))
        #expect(
            whole.compactMap { $0["text"] as? String } == [
                "You slept badly.", "I am glad.", "It worked.", "What helps?",
            ] + fromB)
        #expect(
            whole.prefix(5).compactMap { $0["kind"] as? String } == ["heard", "encourage", "celebrate", "ask", "here"])
        try new("mutual note birch --wait 30s 'after the change'", "a")
        let last = try texts(try new("mutual inbox --json"))
        #expect(last == ["Slept badly."] + fromA + ["before the change", "after the change"])
    }
}
