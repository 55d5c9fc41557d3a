import Foundation
import Testing

/// `mutual chat` at a terminal of its own, over real daemons.
@Suite(.serialized, .enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct ChatTests {
    /// Two homes whose people are mutuals; both daemons run.
    static func meet() throws -> Stage {
        let stage = try Stage()
        for (home, name) in [("a", "Alder"), ("b", "Birch")] {
            #expect(try stage.run("mutual init --name \(name) && mutual start", home: home).code == 0)
        }
        for (home, other, name) in [("a", "b", "Birch"), ("b", "a", "Alder")] {
            let id = try #require(try stage.json("mutual whoami --json", home: other)["id"] as? String)
            #expect(try stage.run("mutual add \(id) \(name)", home: home).code == 0)
        }
        #expect(try stage.until { try stage.run("mutual people | grep -q 'Birch  mutual'", home: "a").code == 0 })
        return stage
    }

    /// Something that Birch wrote by hand.
    private func say(_ text: String, _ stage: Stage, more: String = "") throws {
        let call = "mutual rpc item.give '{\"to\":[\"alder\"],\"kind\":\"note\",\"text\":\"\(text)\"\(more)}'"
        #expect(try stage.run(call, home: "b").code == 0)
    }

    private func texts(_ stage: Stage) throws -> [String] {
        let items = try stage.json("mutual inbox --json", home: "b")["items"] as? [[String: Any]] ?? []
        #expect(items.allSatisfy { $0["auto"] as? Bool == false })
        return items.compactMap { $0["text"] as? String }
    }

    private func chat(
        _ stage: Stage, columns: UInt16 = 80, _ environment: [String] = []
    ) throws -> (terminal: LiveTerminal, pid: pid_t) {
        let terminal = try LiveTerminal(columns: columns)
        #expect(terminal.isAsBefore)
        let pid = try stage.begin(["chat", "birch"], home: "a", at: terminal, environment)
        #expect(terminal.screen(until: "ends it.").contains("With Birch"))
        #expect(!terminal.isAsBefore)
        return (terminal, pid)
    }

    @Test func linesComeAndGoAndAHalfTypedOneStays() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        try say("Are you there?", stage)
        try say("Not now.", stage, more: ",\"about\":\"a loss\"")
        #expect(try stage.until { try stage.run("mutual inbox --new | grep -c Birch", home: "a").output == "2\n" })
        let (terminal, _) = try chat(stage)
        // What waited comes first; what is folded stays so.
        let first = terminal.screen(until: "To open it")
        #expect(first.contains("Birch: \"Are you there?\"\n"))
        #expect(first.contains("[a loss]") && !first.contains("Not now"))
        terminal.type("Yes, thi\u{7F}\u{7F}\u{7F}I am.\n")
        #expect(try stage.until { try texts(stage) == ["Yes, I am."] })
        terminal.type("half a l")
        #expect(terminal.screen(until: "half a l").hasSuffix("half a l"))
        try say("Tell me.", stage)
        let there = "half a l\nBirch: \"Tell me.\"\nhalf a l"
        #expect(terminal.screen(until: there).hasSuffix(there))
        terminal.type("ine\u{1A}\n\n   \n")
        #expect(try stage.until { try texts(stage) == ["Yes, I am.", "half a line"] })
        // Taken back while both look on.
        let handle =
            "mutual rpc history.list '{\"mine\":true}' | grep -o '\"handle\":\"[^\"]*' | cut -d'\"' -f4 | tail -1"
        #expect(try stage.run("mutual retract \"$(\(handle))\"", home: "b").code == 0)
        #expect(terminal.screen(until: "Birch took this back.").contains("\nBirch took this back.\n"))
        terminal.type("\u{04}")
        #expect(terminal.end() == 0)
        #expect(terminal.isAsBefore)
        // What was shown is opened, and what is folded is not.
        let new = try stage.run("mutual inbox --new", home: "a").output
        #expect(new.contains("[a loss]") && new.split(separator: "\n").count == 1, "\(new)")
    }

    @Test(
        arguments: [
            ("\u{03}", 0, 0), ("half\u{03}", 0, 0), (".\n", 0, 0), ("half", SIGTERM, 128 + SIGTERM),
            ("", SIGHUP, 128 + SIGHUP), ("", SIGINT, 128 + SIGINT), ("x", SIGQUIT, 128 + SIGQUIT),
        ] as [(String, Int32, Int32)])
    func theTerminalIsAsBeforeOnEveryWayOut(_ keys: String, _ signal: Int32, _ code: Int32) throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let (terminal, pid) = try chat(stage)
        terminal.type(keys)
        if signal != 0 {
            if !keys.isEmpty { _ = terminal.screen(until: keys) }
            kill(pid, signal)
        }
        #expect(terminal.end() == code)
        #expect(terminal.isAsBefore)
        #expect(try texts(stage).isEmpty)
    }

    @Test func aDaemonThatGoesAwayEndsIt() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let (terminal, _) = try chat(stage)
        terminal.type("half")
        #expect(terminal.screen(until: "half").hasSuffix("half"))
        #expect(try stage.run("mutual stop", home: "a").code == 0)
        #expect(terminal.screen(until: "mutual status").contains("See whether it runs: mutual status"))
        #expect(terminal.end() == 9)
        #expect(terminal.isAsBefore)
    }

    @Test func aClosedTerminalEndsIt() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let (terminal, _) = try chat(stage)
        terminal.close()
        let code = terminal.end()
        #expect(code == 0 || code == 128 + SIGHUP)
    }

    @Test func whatCannotBeSentIsSaidAndNotLost() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let (terminal, _) = try chat(stage)
        #expect(try stage.run("mutual block birch", home: "a").code == 0)
        terminal.type("Are you well?\n")
        let refused = "You blocked Birch.\nUnblock first: mutual unblock Birch\nAre you well?"
        #expect(terminal.screen(until: refused).hasSuffix(refused))
        #expect(try stage.run("mutual unblock birch && mutual stop", home: "a").code == 0)
        #expect(terminal.end() == 9)
    }

    @Test func whatWaitsIsSaidAtTheEnd() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        #expect(try stage.run("mutual stop", home: "b").code == 0)
        let (terminal, _) = try chat(stage)
        terminal.type("For later.\n\u{04}")
        let end = "What you wrote waits: it goes as soon as your devices meet."
        #expect(terminal.screen(until: end).contains("For later.\n\(end)\n"))
        #expect(terminal.end() == 0)
    }

    /// A narrow terminal without colour: lines that fit, nothing but text, and a name that cannot draw.
    @Test func aNarrowScreenIsReadableInOrder() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let (terminal, _) = try chat(stage, columns: 24, ["NO_COLOR=1", "TERM=dumb", "SSH_TTY=/dev/pts/0"])
        try say("A long sentence that does not fit into one row, and \\u202eturned\\nYou: forged", stage)
        let screen = terminal.screen(until: "forged")
        let printed = screen.replacingOccurrences(of: "\u{1B}", with: "ESC")
        #expect(!printed.contains("ESC"), "\(printed)")
        for line in screen.split(separator: "\n") { #expect(line.count <= 24, "\(line)") }
        #expect(!screen.contains("\nYou: forged"))
        terminal.type("\u{04}")
        #expect(terminal.end() == 0)
    }

    @Test func somebodyWhoIsNotThereIsSaid() throws {
        let stage = try Self.meet()
        defer { stage.clear() }
        let terminal = try LiveTerminal()
        _ = try stage.begin(["chat", "nobody"], home: "a", at: terminal)
        #expect(terminal.screen(until: "mutual people").contains("There is nobody here called \"nobody\"."))
        #expect(terminal.end() == 3)
        #expect(terminal.isAsBefore)
    }
}
