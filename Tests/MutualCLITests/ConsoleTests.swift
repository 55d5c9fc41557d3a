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
