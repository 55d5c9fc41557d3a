import Foundation
import Testing

/// What is asked and typed at a terminal, over real daemons.
@Suite(.serialized, .enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct PromptTests {
    /// The handle of what came last of a kind, once it is there.
    private func handle(_ kind: String, _ stage: Stage, _ home: String) throws -> String {
        var handle = ""
        #expect(
            try stage.until {
                let tree = try stage.json("mutual rpc history.list '{\"kind\":\"\(kind)\"}'", home: home)
                handle = (tree["items"] as? [[String: Any]])?.last?["handle"] as? String ?? ""
                return !handle.isEmpty
            })
        return handle
    }

    private func texts(_ kind: String, _ stage: Stage, _ home: String) throws -> [String] {
        let tree = try stage.json("mutual rpc history.list '{\"kind\":\"\(kind)\"}'", home: home)
        let items = tree["items"] as? [[String: Any]] ?? []
        #expect(items.allSatisfy { $0["auto"] as? Bool == false })
        return items.compactMap { $0["text"] as? String }
    }

    /// Where a rule asks first, a terminal asks: no sends nothing, an empty line is yes.
    @Test func aTerminalAsksFirst() throws {
        let stage = try ChatTests.meet()
        defer { stage.clear() }
        let checkin = "mutual checkin birch --want listen --wait 30s 'Slept badly.'"
        #expect(try stage.run(checkin, home: "a").code == 0)
        let item = try handle("checkin", stage, "b")
        let question = "Alder asked to be listened to. Send this? [Y/n] "
        for (answer, code, said) in [("n\n", 1, [String]()), ("\u{04}", 1, []), ("perhaps\n\n", 0, ["I know it."])] {
            let terminal = try LiveTerminal()
            _ = try stage.begin(["relate", item, "I know it."], home: "b", at: terminal)
            #expect(terminal.screen(until: question).hasSuffix(question))
            terminal.type(answer)
            let end = code == 0 ? "For Alder" : "Nothing was sent."
            #expect(terminal.screen(until: end).contains(end))
            #expect(terminal.end() == Int32(code))
            #expect(try texts("relate", stage, "b") == said)
            #expect(terminal.isAsBefore)
        }
    }

    /// Both type their words; neither is shown before both are there.
    @Test func bothTypeTheWordsOfAnExchange() throws {
        let stage = try ChatTests.meet()
        defer { stage.clear() }
        let mine = try LiveTerminal()
        _ = try stage.begin(["exchange", "birch", "The hardest part?"], home: "a", at: mine)
        _ = mine.screen(until: "Ctrl-C sends nothing.")
        mine.type("The stairs.\nAnd the door.\n.\n")
        #expect(mine.screen(until: "For Birch").contains("For Birch"))
        #expect(mine.end() == 0)
        let item = try handle("exchange", stage, "b")
        #expect(!(try stage.run("mutual open", home: "b").output.contains("stairs")))
        let theirs = try LiveTerminal(columns: 40)
        _ = try stage.begin(["exchange", item], home: "b", at: theirs)
        _ = theirs.screen(until: "sends nothing.")
        theirs.type("The quiet.\n\u{04}")
        #expect(theirs.screen(until: "For Alder").contains("For Alder"))
        #expect(theirs.end() == 0)
        for home in ["a", "b"] {
            let proposal = try handle("exchange", stage, home)
            #expect(
                try stage.until {
                    let shown = try stage.run("mutual open \(proposal)", home: home).output
                    return shown.contains("The stairs.") && shown.contains("The quiet.")
                })
        }
    }

    /// A draft lies in the clear while it is written: it goes with the terminal, and with the program.
    @Test(arguments: [SIGTERM, SIGHUP, nil]) func aDraftGoesWithTheTerminal(_ signal: Int32?) throws {
        let stage = try ChatTests.meet()
        defer { stage.clear() }
        let editor = stage.folder + "/editor"
        try "#!/bin/sh\necho secret > \"$1\"\ncp \"$1\" \"$1.swp\"\ntouch \"$T/editing\"\nexec sleep 60\n".write(
            toFile: editor, atomically: true, encoding: .utf8)
        chmod(editor, 0o700)
        func drafts() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: stage.home("a")).filter { $0.contains("text-") }
        }
        let terminal = try LiveTerminal()
        let pid = try stage.begin(["note", "birch", "--edit"], home: "a", at: terminal, ["VISUAL=\(editor)"])
        #expect(try stage.until { FileManager.default.fileExists(atPath: stage.folder + "/editing") })
        #expect(try !drafts().isEmpty)
        if let signal { kill(pid, signal) } else { terminal.close() }
        let code = terminal.end()
        #expect(code == 128 + (signal ?? SIGHUP))
        #expect(try drafts() == [])
        #expect(try texts("note", stage, "a").isEmpty)
    }

    /// A passphrase is asked for with the echo off: who ends the program finds it on again.
    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT]) func aSignalAtAPassphraseLeavesTheTerminalAsItWas(
        _ signal: Int32
    ) throws {
        let stage = try ChatTests.meet()
        defer { stage.clear() }
        let terminal = try LiveTerminal()
        let pid = try stage.begin(["passphrase"], home: "a", at: terminal)
        _ = terminal.screen(until: "New passphrase: ")
        #expect(try stage.until { !terminal.isAsBefore })
        terminal.type("half of it")
        kill(pid, signal)
        #expect(terminal.end() == 128 + signal)
        #expect(terminal.isAsBefore)
    }

    /// Ctrl-C while words are typed sends nothing.
    @Test func ctrlCSendsNothing() throws {
        let stage = try ChatTests.meet()
        defer { stage.clear() }
        let terminal = try LiveTerminal()
        _ = try stage.begin(["note", "birch"], home: "a", at: terminal)
        _ = terminal.screen(until: "Ctrl-C sends nothing.")
        terminal.type("half a thought\n\u{03}")
        #expect(terminal.end() != 0)
        #expect(try texts("note", stage, "a").isEmpty)
    }
}
