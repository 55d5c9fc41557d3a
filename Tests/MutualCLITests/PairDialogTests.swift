import ArgumentParser
import Foundation
import MutualControl
import TestSupport
import Testing

@testable import mutual

/// What a daemon does in a pairing, for a test.
struct PairingScript: Sendable {
    /// Reasons why answers are refused, one after the other, before one is taken.
    var refusals: [String] = []
    /// How it ends after an answer; nil: it does not end.
    var how: String?
    /// From the second question on it is answered, by somebody else.
    var isAnsweredElsewhere = false
    /// How it ends without an answer, once it was asked.
    var endsAtOnce: String?
    /// How the first subscription ends: `locked`, or `lagged`.
    var subscriptionEnds: String?
    /// What the other calls themself.
    var name = "Bi\u{1B}rch"

    /// Plays it to one client.
    func serve(_ client: ScriptedConnection, _ number: Int) {
        let until = Timestamp(unixMs: 1_900_000_000_000)
        var refusals = refusals
        var lists = 0
        var subscriptionEnds = subscriptionEnds
        func event(_ kind: String, _ seq: Int64, how: String? = nil) {
            var event = EventNotice(kind, seq: seq)
            event.pairing = 1
            event.how = how
            client.tell(event)
        }
        while let request = client.request() {
            switch request.call {
            case .hello: client.answer(request, HelloResult(version: Version.text, language: "en"))
            case .pairOpen, .pairJoin:
                let code = request.method == .pairOpen ? "7-tiger-lemon" : nil
                client.answer(
                    request,
                    PairingResult(PairingEntry(pairing: 1, stage: "offering", code: code, until: until, seq: 3)))
            case .eventsSubscribe:
                client.answer(request, SubscribedResult(seq: 3))
                if let reason = subscriptionEnds {
                    subscriptionEnds = nil
                    let isLagged = reason == "lagged"
                    var end = EventNotice(isLagged ? "lagged" : "ended", seq: isLagged ? 3 : nil)
                    end.reason = isLagged ? nil : reason
                    client.tell(end)
                    continue
                }
                event("pair.found", 4)
                event("pair.asked", 5)
            case .pairList:
                lists += 1
                let answered = isAnsweredElsewhere && lists > 1
                client.answer(
                    request,
                    PairingsResult(pairings: [
                        PairingEntry(
                            pairing: 1, stage: answered ? "answered" : "asked", name: name, person: "mutual1b",
                            until: until, seq: 3)
                    ]))
                if answered, let how { event("pair.ended", 6, how: how) }
                if let endsAtOnce { event("pair.ended", 6, how: endsAtOnce) }
            case .pairAnswer:
                if !refusals.isEmpty {
                    let reason = refusals.removeFirst()
                    client.refuse(
                        request, ControlError(.conflict, "You know one.", ControlError.Details(reason: reason)))
                } else {
                    client.answer(request, DoneResult())
                    if let how { event("pair.ended", 6, how: how) }
                }
            case .pairCancel: client.answer(request, DoneResult())
            case .peopleList:
                client.answer(
                    request,
                    PeopleResult(people: [
                        PersonEntry(id: "mutual1b", name: "Birch", words: [], standing: "mutual")
                    ]))
            default: client.refuse(request, .unknownMethod("x"))
            }
        }
    }

    /// What a dialog came to.
    struct Outcome {
        var failure: Failure?
        var answers: [PairAnswerParameters] = []
    }

    /// Plays the dialog that `mutual pair` leads, with this daemon.
    func play(
        sayYes: Bool = false, name: String? = nil, typed: String = "", waitMs: Int64? = nil
    ) throws -> Outcome {
        let script = self
        let daemon = try ScriptedDaemon { client, number in script.serve(client, number) }
        let session = try Session(try Home(daemon.folder))
        var dialog = PairDialog(session: session, json: false, sayYes: sayYes, name: name, key: "k", typed: typed)
        dialog.endMs = waitMs.map { Platform.nowMs + $0 }
        var outcome = Outcome()
        do {
            try dialog.begin(
                typed.isEmpty ? .pairOpen(PairOpenParameters()) : .pairJoin(PairJoinParameters(code: typed)))
        } catch let failure as Failure {
            outcome.failure = failure
        }
        outcome.answers = daemon.requests.compactMap { request in
            if case .pairAnswer(let answer) = request.call { answer } else { nil }
        }
        return outcome
    }
}

/// The dialog of `mutual pair` at a terminal. Each test runs in a process of its own.
struct PairDialogTests {
    @Test func yesIsAskedForAndSent() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("perhaps\ny\n")
            let outcome = try PairingScript(how: "mutuals").play()
            #expect(outcome.failure == nil)
            #expect(outcome.answers == [PairAnswerParameters(pairing: 1, yes: true)])
            let screen = terminal.screen()
            #expect(screen.contains("Say this to the person beside you: 7-tiger-lemon   (10 minutes, one try)"))
            #expect(
                screen.contains("Found somebody who calls themself Bi\u{241B}rch. Is it the person who is with you?"))
            #expect(screen.contains("Please answer y or n. [y/N]"))
            #expect(screen.contains("You and Birch are mutuals. What Birch tells you stays with you."))
        }
    }

    @Test func anEmptyLineIsNo() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("\n")
            let outcome = try PairingScript(how: "no").play(typed: "7-tiger-lemon")
            #expect(outcome.answers == [PairAnswerParameters(pairing: 1, yes: false)])
            #expect(outcome.failure?.status == .other)
            #expect(outcome.failure?.error.message == "You said no. Nothing is kept.")
            #expect(terminal.screen().contains("Looking for the device that offers 7-tiger-lemon ..."))
        }
    }

    @Test func theOthersNoIsTold() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\n")
            let outcome = try PairingScript(how: "no").play()
            #expect(outcome.failure?.error.message == "It was answered with no. Nothing is kept.")
        }
    }

    /// My yes is stored, theirs is awaited: that is well, and is said.
    @Test func aYesThatWaitsForTheirsIsWell() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\n")
            #expect(try PairingScript(how: "waiting-for-them").play().failure == nil)
            // At a terminal a long sentence goes on in a second row.
            let screen = terminal.screen().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(screen.contains("as soon as theirs comes; mutual remove Birch takes yours back."))
        }
    }

    @Test func aNameThatIsInUseAsksForAnother() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\nall\nBetula\n")
            let outcome = try PairingScript(refusals: ["name-in-use", "bad-name"], how: "mutuals").play()
            #expect(outcome.failure == nil)
            #expect(outcome.answers.map(\.name) == [nil, "all", "Betula"])
            let screen = terminal.screen()
            let question = "The same person on a new machine, or somebody else?"
            #expect(screen.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(question))
            #expect(screen.contains("Type same, or another name for them here: "))
            #expect(screen.contains("Another name for them here: "))
        }
    }

    @Test func theSamePersonOnANewMachineIsSaidSo() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\nBetula\nSame\n")
            let outcome = try PairingScript(refusals: ["name-in-use", "name-in-use"], how: "mutuals").play()
            #expect(outcome.failure == nil)
            #expect(
                outcome.answers == [
                    PairAnswerParameters(pairing: 1, yes: true),
                    PairAnswerParameters(pairing: 1, yes: true, name: "Betula"),
                    PairAnswerParameters(pairing: 1, yes: true, name: "Betula", same: true),
                ])
        }
    }

    @Test func aNameThatIsGivenIsSent() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal()
            let outcome = try PairingScript(how: "mutuals").play(sayYes: true, name: "Betula")
            #expect(outcome.failure == nil)
            #expect(outcome.answers == [PairAnswerParameters(pairing: 1, yes: true, name: "Betula")])
        }
    }

    /// Nothing is typed here; another client of this user says yes.
    @Test func itGoesAwayWhenAnotherClientAnswered() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            let outcome = try PairingScript(how: "mutuals", isAnsweredElsewhere: true).play()
            #expect(outcome.failure == nil)
            #expect(outcome.answers == [])
            #expect(terminal.screen().contains("You and Birch are mutuals."))
        }
    }

    @Test func comingSecondIsNoError() async {
        await #expect(processExitsWith: .success) {
            for reason in ["pairing-answered", "pairing-not-open"] {
                let terminal = try PseudoTerminal()
                terminal.type("y\n")
                let outcome = try PairingScript(refusals: [reason]).play(waitMs: 1_500)
                #expect(outcome.failure?.status == .timeIsUp)
                #expect(outcome.answers.count == 1)
            }
        }
    }

    @Test func ctrlDLeavesTheQuestionOpen() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("\u{04}")
            let outcome = try PairingScript(how: "mutuals").play()
            #expect(outcome.answers == [])
            #expect(outcome.failure?.status == .other)
            #expect(
                outcome.failure?.error.message
                    == "The question stays open for 5 minutes: mutual pair yes, or mutual pair no.")
        }
    }

    @Test func ctrlCAfterAYesLeavesItStored() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\n")
            let dialog = pthread_self()
            Thread {
                // Typed and sent by then; the signal is held back in the thread of the dialog, and looked for.
                usleep(1_500_000)
                pthread_kill(dialog, SIGINT)
            }.start()
            let code = #expect(throws: ExitCode.self) { try PairingScript().play() }
            #expect(code == .success)
            #expect(terminal.screen().contains("Your yes is stored, and you are mutuals as soon as theirs comes;"))
        }
    }

    @Test func withoutATerminalItSaysWhatAnswersIt() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            dup2(open("/dev/null", O_RDWR), 0)
            let outcome = try PairingScript(endsAtOnce: "time").play()
            #expect(outcome.answers == [])
            #expect(outcome.failure?.status == .timeIsUp)
            #expect(
                outcome.failure?.error.message
                    == "The time is up, and the question was not answered. Nothing is kept.")
        }
    }

    @Test func theTimeOfWaitIsOver() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            let unanswered = try PairingScript().play(waitMs: 1_200)
            #expect(unanswered.failure?.status == .timeIsUp)
            #expect(unanswered.failure?.error.message.hasPrefix("The question stays open") == true)
            terminal.type("y\n")
            let answered = try PairingScript().play(waitMs: 1_200)
            #expect(answered.failure?.status == .timeIsUp)
            #expect(answered.failure?.error.message == "The time is up. Your yes is stored, and theirs is awaited.")
        }
    }

    /// Another terminal locks the home: nothing comes any more, and this does not wait for it.
    @Test func aLockEndsTheDialog() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal()
            let outcome = try PairingScript(subscriptionEnds: "locked").play(waitMs: 20_000)
            #expect(outcome.failure?.status == .locked)
            let stopped = try PairingScript(subscriptionEnds: "stopping").play(waitMs: 20_000)
            #expect(stopped.failure?.status == .fault)
        }
    }

    @Test func whoLaggedGoesOn() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\n")
            let outcome = try PairingScript(how: "mutuals", subscriptionEnds: "lagged").play(waitMs: 20_000)
            #expect(outcome.failure == nil)
            #expect(outcome.answers.count == 1)
        }
    }

    /// A name that is as long as it may be goes on further in: no part of it looks like a line of Mutual's own.
    @Test func aNameDoesNotBeginALineOfTheQuestion() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal(columns: 40)
            terminal.type("n\n")
            let name = "Birch" + String(repeating: " ", count: 6) + "You and Mallory are mutuals now"
            let outcome = try PairingScript(how: "no", name: name).play()
            #expect(outcome.answers.map(\.yes) == [false])
            for row in terminal.screen().split(separator: "\n") { #expect(!row.hasPrefix("You and"), "\(row)") }
        }
    }

    @Test func everyOtherEndHasItsSentence() async {
        await #expect(processExitsWith: .success) {
            _ = try PseudoTerminal()
            for (how, sentence) in [
                ("wrong-code", "Somebody tried a wrong code. This one is used up; begin again with mutual pair."),
                ("two-devices", "Two devices here offer it. Nothing was sent; agree on a new one."),
                ("blocked", "You blocked this person. Unblock first: mutual unblock"),
                ("cancelled", "The pairing has ended."), ("of-later", "The pairing has ended: of-later."),
            ] {
                let outcome = try PairingScript(endsAtOnce: how).play()
                #expect(outcome.failure?.status == .other)
                #expect(outcome.failure?.error.message == sentence)
            }
            let typed = try PairingScript(endsAtOnce: "wrong-code").play(typed: "7-tiger-lemon")
            #expect(
                typed.failure?.error.message
                    == "That code did not work, or somebody else answered in its place. Agree on a new one.")
        }
    }
}
