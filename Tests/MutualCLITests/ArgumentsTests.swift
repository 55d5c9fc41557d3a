import ArgumentParser
import MutualControl
import Testing

@testable import mutual

/// What is typed after `mutual`.
struct ArgumentsTests {
    /// Each verb with as little as it can have.
    private static let least: [String: [String]] = [
        "add": ["mutual1x"], "rename": ["birch", "Betula"], "replace": ["birch", "cedar"],
        "reach": ["birch", "192.0.2.1"], "part": ["birch"],
        "remove": ["birch"], "block": ["birch"], "unblock": ["birch"], "checkin": ["birch"], "note": ["birch"],
        "heard": ["k3f"], "relate": ["k3f"], "here": ["birch"], "celebrate": ["birch"], "cheer": ["k3f"],
        "ask": ["birch"], "idea": ["k3f"], "take": ["k3f"], "close": ["k3f"], "learned": ["k3f"], "want": ["k3f"],
        "exchange": ["birch"], "room": ["off"], "encourage": ["birch"], "retract": ["k3f"], "rpc": ["status"],
        "export": ["/f"], "import": ["/f"], "keep": ["k3f"], "thread": ["k3f"], "search": ["x"], "chat": ["birch"],
    ]

    private static var verbs: [String] { Mutual.configuration.subcommands.map { $0._commandName } }

    @Test(arguments: verbs) func everyVerbTakesHomeAndJSON(_ verb: String) throws {
        let words = [verb, "--home", "/h", "--json"] + (Self.least[verb] ?? [])
        _ = try Mutual.parseAsRoot(words)
        #expect(throws: (any Error).self) { try Mutual.parseAsRoot(words + ["--no-such-flag"]) }
    }

    /// What has an effect takes `--wait` and `--key`, and nothing else does.
    @Test(arguments: verbs) func whatHasAnEffectTakesWaitAndKey(_ verb: String) throws {
        let words = [verb] + (Self.least[verb] ?? [])
        let without: Set = [
            "init", "start", "stop", "status", "whoami", "doctor", "people", "inbox", "history", "watch", "outbox",
            "thread", "search", "chat", "kept", "lookback",
            // They change what keeps the keys: there is nothing to wait for, and no result to remember.
            "passphrase", "unlock", "lock", "export", "import", "wipe",
        ]
        if without.contains(verb) {
            #expect(throws: (any Error).self) { try Mutual.parseAsRoot(words + ["--key", "k"]) }
        } else {
            _ = try Mutual.parseAsRoot(words + ["--key", "k", "--wait", "30s"])
        }
    }

    @Test(arguments: least.keys.sorted()) func whatIsNeededIsAskedFor(_ verb: String) {
        #expect(throws: (any Error).self) { try Mutual.parseAsRoot([verb]) }
    }

    @Test func placesOfArgumentsAreTheSameAfterOptions() throws {
        let note = try #require(
            try Mutual.parseAsRoot(["note", "--want", "listen", "birch", "--life", "2h", "hello", "--key", "k"])
                as? Note)
        #expect(note.target.who == "birch")
        #expect(note.options.text == "hello")
        #expect(note.options.life == "2h")
        #expect(note.options.call.effect.key == "k")
        #expect(note.wanted.want == "listen")
        let part = try #require(try Mutual.parseAsRoot(["part", "birch", "Farewell.", "--yes"]) as? Part)
        #expect(part.person.who == "birch")
        #expect(part.text == "Farewell.")
        #expect(part.yes)
        let checkin = try #require(
            try Mutual.parseAsRoot(["checkin", "all", "--feel", "tired,anxious", "--feel", "glad"]) as? Checkin)
        #expect(checkin.feel == ["tired,anxious", "glad"])
        #expect(checkin.options.text == nil)
        let dash = try #require(try Mutual.parseAsRoot(["note", "birch", "-"]) as? Note)
        #expect(dash.options.text == "-")
        let watch = try #require(
            try Mutual.parseAsRoot(["watch", "--consumer", "c", "--each", "cmd", "-x"]) as? Watch)
        #expect(watch.each == ["cmd", "-x"])
    }

    @Test(arguments: [
        (["--json", "status"], ["status", "--json"]), (["--home", "/h", "status"], ["status", "--home", "/h"]),
        (["--home=/h", "--json", "note", "b"], ["note", "--home=/h", "--json", "b"]), (["status"], ["status"]),
        (["--json"], ["--json"]), ([], []), (["--home"], ["--home"]), (["--version"], ["--version"]),
    ]) func whatStandsBeforeTheVerbGoesBehindIt(_ typed: [String], _ ordered: [String]) {
        #expect(Mutual.ordered(typed) == ordered)
    }

    @Test func helpIsAskedForInManyWays() {
        func topic(_ words: String...) -> String {
            switch Help.asked(words) {
            case .first: "first"
            case .all: "all"
            case .verb(let name): name
            case nil: "none"
            }
        }
        #expect(topic("help") == "first")
        #expect(topic("--help") == "first")
        #expect(topic("-h") == "first")
        #expect(topic("--json", "help", "all") == "all")
        #expect(topic("help", "note") == "note")
        #expect(topic("note", "help") == "none")
        #expect(topic() == "none")
    }

    /// `help all` lists every verb, and only verbs that exist.
    @Test func helpAllListsEveryVerbOnce() {
        let listed = Help.groups.flatMap { $0.verbs.map(\.verb) }
        #expect(listed.sorted() == Self.verbs.sorted())
        #expect(Help.daily.map(\.verb) == ["pair", "checkin", "open", "heard", "encourage"])
        #expect(Help.daily.allSatisfy { $0.example.hasPrefix("mutual \($0.verb)") })
    }

    @Test(arguments: [("30s", 30), ("10m", 600), ("2h", 7_200), ("90d", 7_776_000), ("0s", 0), ("1000000s", 1_000_000)])
    func spansOfTimeAreRead(_ typed: String, _ seconds: Int64) throws {
        #expect(try Span.seconds(typed, for: .badDuration) == seconds)
    }

    @Test(arguments: ["", "s", "30", "3x", "-1s", "1.5h", "1000001s", "9999999999999999999d", " 3s", "3 s", "\u{663}s"])
    func othersAreNone(_ typed: String) {
        let failure = #expect(throws: Failure.self) { try Span.seconds(typed, for: .badDuration) }
        #expect(failure?.status == .usage)
        #expect(failure?.error.data.reason == "bad-duration")
        #expect(failure?.error.message == Words.say(.badDuration, ["typed": typed]))
    }

    @Test func keysAreGivenOrMade() throws {
        let given = try #require(try Mutual.parseAsRoot(["pause", "--key", "k"]) as? Pause)
        #expect(try given.call.effect.effectKey() == "k")
        let made = try #require(try Mutual.parseAsRoot(["pause"]) as? Pause)
        let keys = try (0..<10).map { _ in try made.call.effect.effectKey() }
        #expect(Set(keys).count == 10)
        #expect(keys.allSatisfy { $0.count == 32 })
        for key in ["", String(repeating: "x", count: 65)] {
            let bad = try #require(try Mutual.parseAsRoot(["pause", "--key", key]) as? Pause)
            let failure = #expect(throws: Failure.self) { try bad.call.effect.effectKey() }
            #expect(failure?.status == .usage)
            #expect(failure?.error.data.reason == "bad-key")
        }
    }
}
