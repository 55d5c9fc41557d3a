import MutualClient
import MutualControl
import Testing

@testable import mutual

/// How `mutual` ends, for everything that can go wrong `[control-24]`.
struct ExitStatusTests {
    @Test(arguments: ErrorCode.allCases) func everyErrorHasItsCode(_ code: ErrorCode) {
        let expected: Int32 =
            switch code {
            case .parse, .request, .method, .parameters: 2
            case .notFound, .ambiguous: 3
            case .refused, .limit: 4
            case .locked: 6
            case .conflict: 8
            case .fault: 9
            }
        let error = ControlError(code, "So it is.", ControlError.Details(reason: "x"))
        #expect(ExitStatus(error).rawValue == expected)
        #expect(Failure(error).status.rawValue == expected)
        #expect(Failure(error).error == error)
    }

    @Test func aCodeOfALaterVersionIsOne() {
        var error = ControlError(.fault, "Later.", ControlError.Details(reason: "later"))
        error.code = 99
        #expect(ExitStatus(error) == .other)
    }

    @Test(
        arguments: [
            (ClientError.notRunning, 5, "not-running"), (.pathTooLong(limit: 107), 2, "path-too-long"),
            (.notOurs, 1, "not-ours"), (.noAccess, 9, "no-access"), (.cutOff, 9, "cut-off"), (.system(5), 9, "cut-off"),
            (.noAnswer, 9, "no-answer"),
            (.outcomeUnknown, 9, "outcome-unknown"),
        ] as [(ClientError, Int32, String)])
    func everyFaultOfTheConnectionHasItsCode(_ error: ClientError, _ status: Int32, _ reason: String) {
        let failure = Failure(error, path: "/h/control.sock", key: "the-key")
        #expect(failure.status.rawValue == status)
        #expect(failure.error.data.reason == reason)
        #expect(failure.lines.count == 2)
        #expect(failure.lines.allSatisfy { !$0.contains("{") })
    }

    @Test func anUnknownOutcomeSaysTheKey() {
        #expect(
            Failure(.outcomeUnknown, path: "/h", key: "the-key").lines == [
                "No answer came, and whether it was done is not known.",
                "Do it again with the same key, it is done once: --key the-key",
            ])
    }

    @Test func whatTheDaemonRefusesKeepsItsCode() {
        let error = ControlError(.conflict, "No.", ControlError.Details(reason: "key-conflict"))
        #expect(Failure(.refused(error), path: "/h", key: nil).status == .conflict)
    }

    @Test func choicesStandBetweenFactAndAdvice() {
        let error = ControlError(
            .ambiguous, "\"bi\" begins more than one name.",
            ControlError.Details(reason: "ambiguous-person", advice: "Write more.", choices: ["Birch", "Bir\u{1B}git"]))
        #expect(
            Failure(error).lines == [
                "\"bi\" begins more than one name.", "One of: Birch, Bir\u{241B}git", "Write more.",
            ])
        let word = ControlError(
            .parameters, "\"tigr\" is no word.", ControlError.Details(reason: "code-word", choices: ["tiger"]))
        #expect(Failure(word).lines.last == "Words that are near it: tiger")
        let method = ControlError.unknownMethod("x")
        #expect(Failure(method).lines.last?.hasPrefix("One of: hello, status, ") == true)
    }
}
