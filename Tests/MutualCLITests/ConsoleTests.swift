import Foundation
import Testing

@testable import mutual

/// What is asked and shown at a terminal. Each test that needs one runs in a process of its own.
struct ConsoleTests {
    @Test(
        arguments: [
            ("y", true), ("Y", true), ("yes", true), (" Yes \r", true), ("n", false), ("NO", false), ("\tno", false),
            ("maybe", nil), ("yy", nil), ("y n", nil), ("\u{1B}[A", nil), ("\u{FF59}", nil),
        ] as [(String, Bool?)]) func answersAreRead(_ line: String, _ answer: Bool?)
    {
        #expect(Console.answer(line, usually: false) == answer)
        #expect(Console.answer(line, usually: true) == answer)
    }

    @Test(arguments: ["", " ", "\r"]) func anEmptyLineIsTheUsualAnswer(_ line: String) {
        #expect(Console.answer(line, usually: true) == true)
        #expect(Console.answer(line, usually: false) == false)
    }

    @Test func theWidthIsThatOfTheTerminal() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal(columns: 43)
            #expect(Console.columns == 43)
            #expect(Console.canAsk)
        }
    }

    @Test func aTerminalIsNeverTooNarrowToSayAnything() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal(columns: 5)
            #expect(Console.columns == 20)
        }
    }

    @Test func aTerminalThatDoesNotSayItsWidthHasTheVariablesOrEighty() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal(columns: 0)
            unsetenv("COLUMNS")
            #expect(Console.columns == 80)
            for (value, columns) in [("40", 40), ("7", 20), ("99999", 1_000), ("many", 80), ("", 80)] {
                setenv("COLUMNS", value, 1)
                #expect(Console.columns == columns)
            }
        }
    }

    @Test func aPipeHasNoWidthAndCannotBeAsked() async {
        await #expect(processExitsWith: .success) {
            var ends: [CInt] = [0, 0]
            #expect(pipe(&ends) == 0)
            dup2(ends[0], 0)
            dup2(ends[1], 1)
            setenv("COLUMNS", "40", 1)
            #expect(Console.columns == nil)
            #expect(!Console.canAsk)
        }
    }

    @Test func itAsksUntilItIsAnswered() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("perhaps\nYES\n")
            #expect(Console.confirm("Send it?", usually: false))
            let screen = terminal.screen()
            #expect(screen.components(separatedBy: "Send it? [y/N] ").count == 3)
            #expect(screen.contains("Please answer y or n."))
        }
    }

    /// What stdout is for a program: a question there would be a part of the document.
    @Test func aQuestionStaysOutOfWhatAProgramReads() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            #expect(Console.questions == 1)
            var (answers, errors): ([CInt], [CInt]) = ([0, 0], [0, 0])
            #expect(pipe(&answers) == 0 && pipe(&errors) == 0)
            dup2(answers[1], 1)
            let said = dup(2)
            dup2(errors[1], 2)
            terminal.type("perhaps\ny\n")
            #expect(Console.confirm("Send it?", usually: false))
            terminal.type("\u{04}")
            #expect(!Console.confirm("Send it?", usually: false))
            dup2(said, 2)
            var page = [UInt8](repeating: 0, count: 4_096)
            let count = read(errors[0], &page, page.count)
            let asked = String(decoding: page.prefix(max(0, count)), as: UTF8.self)
            #expect(
                asked
                    == "Send it? [y/N] Please answer y or n.\nSend it? [y/N] Send it? [y/N] \n")
            _ = fcntl(answers[0], F_SETFL, O_NONBLOCK)
            #expect(read(answers[0], &page, page.count) == -1)
        }
    }

    /// A name in a question may be long: its further rows begin two columns in.
    @Test func aQuestionFitsTheTerminal() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal(columns: 30)
            terminal.type("y\n")
            let name = String(repeating: "x", count: 20) + " Mutual is locked."
            #expect(Console.confirm("This goes to \(name). Send it?", usually: false))
            let rows = terminal.screen().split(separator: "\n").dropFirst()
            #expect(rows.contains { $0.hasPrefix("  ") })
            #expect(!rows.contains { $0.hasPrefix("Mutual") || $0.hasPrefix("x") })
        }
    }

    @Test func allOfTheInputIsReadAsItIs() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            let bytes = [UInt8](repeating: 0x61, count: 70_000) + [0x0A, 0x0D, 0x00, 0xFF]
            pipeIn(bytes)
            let all = try Console.readAll()
            #expect(all == bytes)
            pipeIn([UInt8](repeating: 0x61, count: (1 << 20) + 1))
            let failure = #expect(throws: Failure.self) { _ = try Console.readAll() }
            #expect(failure?.error.data.reason == "too-long-call")
        }
    }

    @Test func theEndOfTheInputIsNo() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("\u{04}")
            #expect(!Console.confirm("Send it?", usually: true))
        }
    }

    /// A line that is longer than anything that makes sense is cut, and the next one is whole.
    @Test func linesAreReadOneByOne() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            pipeIn(Array("one\n\ntwo\r\n".utf8) + [UInt8](repeating: 0x61, count: 70_000) + Array("\nlast".utf8))
            #expect(Console.readLine() == "one")
            #expect(Console.readLine() == "")
            #expect(Console.readLine() == "two\r")
            #expect(Console.readLine()?.count == 65_536)
            #expect(Console.readLine() == "last")
            #expect(Console.readLine() == nil)
        }
    }
}
