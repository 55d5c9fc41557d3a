import Foundation
import Testing

/// The first story over loopback, and scripts that are killed: real programs, real daemons.
@Suite(.serialized, .enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct TwoHomesTests {
    // MARK: small helpers

    /// Two homes whose people are mutuals; both daemons run.
    private func meet() throws -> Stage {
        let stage = try Stage()
        for (home, name) in [("a", "Alder"), ("b", "Birch")] {
            try succeed(stage, "mutual init --name \(name)", home)
            try succeed(stage, "mutual start", home)
        }
        let ids = try ["a", "b"].map { try #require(try stage.json("mutual whoami --json", home: $0)["id"] as? String) }
        try succeed(stage, "mutual add \(ids[1]) Birch", "a")
        try succeed(stage, "mutual add \(ids[0]) Alder --wait 30s", "b")
        try succeed(stage, "mutual add \(ids[1]) --wait 30s", "a", or: 8)
        #expect(try stage.until { try standing(stage, "a") == "mutual" })
        return stage
    }

    @discardableResult
    private func succeed(_ stage: Stage, _ command: String, _ home: String, or other: Int32 = 0) throws -> String {
        let outcome = try stage.run(command, home: home)
        #expect(outcome.code == 0 || outcome.code == other, "\(command): \(outcome.errors)")
        return outcome.output
    }

    private func standing(_ stage: Stage, _ home: String) throws -> String? {
        let people = try stage.json("mutual people --json", home: home)["people"] as? [[String: Any]]
        return people?.first?["standing"] as? String
    }

    private func items(_ stage: Stage, _ command: String, _ home: String) throws -> [[String: Any]] {
        try stage.json(command, home: home)["items"] as? [[String: Any]] ?? []
    }

    private func texts(_ stage: Stage, _ home: String) throws -> [String] {
        try items(stage, "mutual inbox --json", home).compactMap { $0["text"] as? String }
    }

    /// Ends a daemon with -9 and waits until its process is gone.
    private func killDaemon(_ stage: Stage, _ home: String) throws {
        let number = try #require(try stage.json("mutual status --json", home: home)["pid"] as? Int)
        #expect(kill(pid_t(number), SIGKILL) == 0)
        #expect(try stage.until { try stage.run("mutual status", home: home).code == 5 })
    }

    // MARK: the first story

    @Test func whatWasSaidArrivesOnceAndInOrderOverKilledDaemons() throws {
        let stage = try meet()
        defer { stage.clear() }
        try succeed(stage, "mutual note birch 'before'", "a")
        #expect(try stage.until { try texts(stage, "b") == ["before"] })
        try succeed(stage, "mutual stop", "b")
        for text in ["one", "two", "three"] { try succeed(stage, "mutual note birch \(text)", "a") }
        try killDaemon(stage, "a")
        try succeed(stage, "mutual start", "a")
        try succeed(stage, "mutual note birch 'four'", "a")
        try succeed(stage, "mutual start", "b")
        let all = ["before", "one", "two", "three", "four"]
        #expect(try stage.until { try texts(stage, "b") == all })
        try killDaemon(stage, "b")
        try killDaemon(stage, "a")
        for home in ["a", "b"] { try succeed(stage, "mutual start", home) }
        try succeed(stage, "mutual note birch 'five' --wait 30s", "a")
        #expect(try texts(stage, "b") == all + ["five"])
        #expect(
            try stage.until {
                try items(stage, "mutual history --json", "a").allSatisfy { $0["state"] as? String == "delivered" }
            })
        #expect(try texts(stage, "b") == all + ["five"])
    }

    @Test func aCheckInIsHeardAndAnswered() throws {
        let stage = try meet()
        defer { stage.clear() }
        let checkin = "mutual checkin birch --feel tired,anxious --energy low --want listen --wait 30s 'Slept badly.'"
        try succeed(stage, checkin, "a")
        let came = try #require(try items(stage, "mutual inbox --json", "b").first)
        #expect(came["kind"] as? String == "checkin")
        #expect(came["feelings"] as? [String] == ["tired", "anxious"])
        #expect(came["energy"] as? String == "low")
        #expect(came["want"] as? String == "listen")
        #expect(came["text"] as? String == "Slept badly.")
        #expect(came["opened"] as? Bool == false)
        let handle = try #require(came["handle"] as? String)
        #expect(try items(stage, "mutual open --json", "b").first?["handle"] as? String == handle)
        #expect(try items(stage, "mutual inbox --json", "b").first?["opened"] as? Bool == true)
        try succeed(stage, "mutual heard \(handle) 'You slept badly, and it matters.' --wait 30s", "b")
        try succeed(stage, "mutual encourage alder 'I am glad you told me.' --wait 30s", "b")
        let opened = try succeed(stage, "mutual open all", "a")
        #expect(opened.contains("Birch heard you: \"You slept badly, and it matters.\""))
        #expect(opened.contains("    I am glad you told me."))
        let kinds = try items(stage, "mutual history --json", "a").compactMap { $0["kind"] as? String }
        #expect(kinds == ["checkin", "heard", "encourage"])
        let given = try items(
            stage, "mutual rpc item.give '{\"re\":\"\(handle)\",\"kind\":\"note\",\"text\":\"hi\"}'", "b")
        #expect(given.count == 1)
    }

    @Test func watchEachIsAcknowledgedByExitZero() throws {
        let stage = try meet()
        defer { stage.clear() }
        // It remembers from where on: only then is something sent.
        func watcher(_ command: String) throws -> pid_t {
            try stage.begin("exec mutual watch --consumer w --each \(command)", home: "b")
        }
        let ack = try stage.run("mutual rpc events.ack '{\"consumer\":\"w\",\"seq\":0}'", home: "b")
        #expect(ack.code == 0, "\(ack.errors)")
        let keep = "/bin/bash -c 'cat >> \"$T/events\"'"
        let refuses = try watcher("/bin/false")
        try succeed(stage, "mutual note birch 'one' --wait 30s", "a")
        stage.end(refuses, with: SIGTERM)
        // What was not done comes again, what was done does not.
        let takes = try watcher(keep)
        func arrived() throws -> Int {
            let log = try stage.run("grep -c item.arrived \"$T/events\"; true")
            return Int(log.output.split(separator: "\n").first ?? "0") ?? 0
        }
        #expect(try stage.until { try arrived() == 1 })
        stage.end(takes, with: SIGTERM)
        let again = try watcher(keep)
        try succeed(stage, "mutual note birch 'two' --wait 30s", "a")
        #expect(try stage.until { try arrived() >= 2 })
        stage.end(again, with: SIGTERM)
        let events = try stage.run("grep -o '\"item\":\"[^\"]*\"' \"$T/events\" | sort | uniq -c").output
        #expect(events.split(separator: "\n").count == 2, "\(events)")
    }

    @Test func namesAreChangedAndPeopleRemoved() throws {
        let stage = try meet()
        defer { stage.clear() }
        let renamed = try stage.json("mutual rename birch Betula --json", home: "a")
        #expect((renamed["person"] as? [String: Any])?["name"] as? String == "Betula")
        let own = try stage.json("mutual whoami --json", home: "a")
        #expect((own["words"] as? [String])?.count == 10)
        #expect(try stage.json("mutual rpc identity.get", home: "a")["id"] as? String == own["id"] as? String)
        let port = try #require(try stage.json("mutual status --json", home: "b")["port"] as? Int)
        try succeed(stage, "mutual reach betula 127.0.0.1:\(port) --json", "a")
        let doctor = try stage.json("mutual doctor --json", home: "a")
        let checks = try #require(doctor["checks"] as? [[String: Any]])
        #expect(checks.contains { $0["check"] as? String == "daemon" && $0["result"] as? String == "ok" })
        try succeed(stage, "mutual stop", "b")
        try succeed(stage, "mutual note betula 'never sent'", "a")
        try succeed(stage, "mutual remove betula", "a")
        #expect(try stage.json("mutual people --json", home: "a")["people"] as? [String] == [])
        try succeed(stage, "mutual start", "b")
        #expect(try stage.run("mutual note betula hello", home: "a").code == 3)
    }

    @Test func stoppedItCanBeStartedAtOnce() throws {
        let stage = try meet()
        defer { stage.clear() }
        // With a session open the daemon takes a moment to end: when stop returns, that is over.
        for _ in 0..<5 {
            try succeed(stage, "mutual stop && mutual start", "b")
            try succeed(stage, "mutual stop && mutual start && mutual note birch hello --wait 30s", "a")
        }
        #expect(try texts(stage, "b").count == 5)
    }

    // MARK: a script that is killed

    @Test(arguments: [1, 2] as [UInt64]) func aKilledScriptRunAgainLeavesAHundred(_ seed: UInt64) throws {
        let stage = try meet()
        defer { stage.clear() }
        var chance = Seeded(state: seed)
        let script = "for k in $(seq 100); do mutual note birch \"text $k\" --key k$k || exit 1; done"
        try succeed(stage, "mutual stop", "b")
        for round in 0..<4 {
            // Killed somewhere in its first hundred, but never before its first item or at the same place.
            let goal = 5 + round * 20 + Int(chance.next() % 20)
            let pid = try stage.begin(script, home: "a")
            #expect(try stage.until { try count(stage) >= goal })
            if round % 2 == 1 { try killDaemon(stage, "a") }
            stage.end(pid, with: SIGKILL)
            if round % 2 == 1 { try succeed(stage, "mutual start", "a") }
        }
        try succeed(stage, script, "a")
        #expect(try count(stage) == 100)
        try succeed(stage, "mutual start", "b")
        #expect(try stage.until { try texts(stage, "b").count == 100 })
        #expect(try texts(stage, "b") == (1...100).map { "text \($0)" })
    }

    private func count(_ stage: Stage) throws -> Int {
        try items(stage, "mutual rpc outbox.list", "a").count
    }
}

/// The same numbers for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
