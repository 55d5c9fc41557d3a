import ArgumentParser
import Foundation
import Testing

@testable import mutual

/// TEXT: from an argument, a file, a pipe, a terminal.
struct TextInputTests {
    /// Reads a text as a verb would that was called so.
    static func read(_ words: [String], asking: Bool = true) throws -> String? {
        let note = try #require(try Mutual.parseAsRoot(["note", "birch"] + words) as? Note)
        let input = TextInput(
            argument: note.options.text, options: note.options.source, home: try Home("/tmp/no-home"))
        return try input.read(asking: asking)
    }

    /// Holds that it reads this.
    static func expect(
        _ words: [String], asking: Bool = true, reads expected: String?, at place: SourceLocation = #_sourceLocation
    ) throws {
        let text = try read(words, asking: asking)
        #expect(text == expected, sourceLocation: place)
    }

    private func failure(_ words: [String]) -> Failure? {
        #expect(throws: Failure.self) { try Self.read(words) }
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let path = "/tmp/mt-text-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        try body(path)
    }

    // MARK: an argument, a file

    @Test func anArgumentIsTaken() throws {
        try Self.expect(["hello"], reads: "hello")
        try Self.expect(["hello\n\n"], reads: "hello")
        try Self.expect(["one\r\ntwo\rthree\n"], reads: "one\ntwo\rthree")
    }

    @Test(arguments: ["", " ", "\n\n", " \t\n"]) func blanksAreNoText(_ text: String) throws {
        try Self.expect([text], reads: nil)
    }

    @Test func aFileIsTaken() throws {
        try withFile(Array("one\r\ntwo\n".utf8)) { path in
            try Self.expect(["--file", path], reads: "one\ntwo")
        }
        try withFile([]) { path in try Self.expect(["--file", path], reads: nil) }
        let missing = failure(["--file", "/tmp/mt-no-such-file"])
        #expect(missing?.status == .usage)
        #expect(missing?.error.message == "/tmp/mt-no-such-file cannot be read.")
        #expect(failure(["--file", "/tmp"])?.error.data.reason == "file-unreadable")
    }

    @Test(
        arguments: [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func whatIsNotUTF8IsRefused(_ bytes: [UInt8]) throws {
        try withFile(bytes) { path in
            let refused = failure(["--file", path])
            #expect(refused?.status == .refused)
            #expect(refused?.error.data.reason == "text-utf8")
        }
    }

    @Test func theLongestTextFitsAndNoMore() throws {
        let most = String(repeating: "x", count: TextInput.limit)
        #expect(try Self.read([most + "\n"])?.utf8.count == TextInput.limit)
        #expect(failure([most + "x"])?.error.data.reason == "text-long")
        #expect(failure([most + "x"])?.status == .refused)
        // Bytes count, not letters.
        #expect(
            failure([String(repeating: "\u{E9}", count: TextInput.limit / 2 + 1)])?.error.data.reason == "text-long")
        try withFile([UInt8](repeating: 0x61, count: 3 << 20)) { path in
            #expect(failure(["--file", path])?.error.data.reason == "text-long")
        }
    }

    @Test func oneTextComesFromOnePlace() {
        for words in [
            ["hello", "--file", "/tmp/x"], ["hello", "--edit"], ["--file", "/tmp/x", "--edit"], ["-", "--edit"],
        ] {
            #expect(failure(words)?.error.data.reason == "text-twice")
        }
    }

    // MARK: a pipe

    @Test func aPipeIsTakenWhereATextIsAskedForAndWithADash() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            pipeIn(Array("one\r\ntwo\n".utf8))
            try TextInputTests.expect([], reads: "one\ntwo")
            pipeIn(Array("three".utf8))
            try TextInputTests.expect(["-"], asking: false, reads: "three")
            // Where none is needed what is piped is one, too: it is not thrown away.
            pipeIn(Array("four".utf8))
            try TextInputTests.expect([], asking: false, reads: "four")
        }
    }

    @Test func aPipeThatIsNotUTF8OrTooLongIsRefused() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            pipeIn([0x61, 0xFF])
            let refused = #expect(throws: Failure.self) { try TextInputTests.read(["-"]) }
            #expect(refused?.error.data.reason == "text-utf8")
            pipeIn([UInt8](repeating: 0x61, count: 20_480))
            let long = #expect(throws: Failure.self) { try TextInputTests.read([]) }
            #expect(long?.error.data.reason == "text-long")
        }
    }

    @Test func aDeviceBringsNoText() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            dup2(open("/dev/null", O_RDONLY), 0)
            try TextInputTests.expect([], reads: nil)
        }
    }

    @Test func withoutATerminalNoEditorIsBegun() async {
        await #expect(processExitsWith: .success) {
            dup2(open("/dev/null", O_RDONLY), 0)
            setenv("EDITOR", "touch /tmp/mt-must-not-be; false", 1)
            let failure = #expect(throws: Failure.self) { try TextInputTests.read(["--edit"]) }
            #expect(failure?.status == .usage)
            #expect(failure?.error.data.reason == "needs-terminal")
        }
    }

    // MARK: a terminal

    @Test func linesAreTypedUntilOneDot() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("one\n\n.two\n. \n.\nnot this\n")
            try TextInputTests.expect([], reads: "one\n\n.two\n. ")
        }
    }

    @Test func linesAreTypedUntilCtrlD() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("one\ntwo\n\u{04}")
            try TextInputTests.expect([], reads: "one\ntwo")
            terminal.type("\u{04}")
            try TextInputTests.expect([], reads: nil)
        }
    }

    @Test func whereNoTextIsNeededNothingIsAsked() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal()
            try TextInputTests.expect([], asking: false, reads: nil)
        }
    }

    @Test func anEditorWritesAFileThatIsGoneAfterwards() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal()
            let home = "/tmp/mt-edit-" + String(UInt32.random(in: 0 ... .max), radix: 36)
            try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(atPath: home) }
            // What editors leave beside a file goes with it.
            setenv("VISUAL", "sh -c 'cp \"$1\" \"$1.swp\"; cp \"$1\" \"$1~\"; printf \"one\\ntwo\\n\" > \"$1\"' x", 1)
            let input = TextInput(
                argument: nil, options: try TextOptions.parse(["--edit"]), home: try Home(home))
            #expect(try input.read(asking: true) == "one\ntwo")
            #expect(try FileManager.default.contentsOfDirectory(atPath: home) == [])
            setenv("VISUAL", "false", 1)
            let failure = #expect(throws: Failure.self) { try input.read(asking: true) }
            #expect(failure?.error.data.reason == "editor-failed")
            #expect(try FileManager.default.contentsOfDirectory(atPath: home) == [])
        }
    }
}
