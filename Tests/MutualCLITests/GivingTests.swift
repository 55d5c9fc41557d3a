import ArgumentParser
import Foundation
import MutualControl
import TestSupport
import Testing

@testable import mutual

/// A daemon that takes everything, for a test of what is given to whom.
struct GivingScript: Sendable {
    /// What follows a subscription: events, told once.
    var events: [EventNotice] = []
    /// What is waited for is in this state at first, and so on; the last one stays.
    var states = ["waiting"]

    func serve(_ client: ScriptedConnection) {
        var states = states
        var events = events
        func state() -> String { states.count > 1 ? states.removeFirst() : states.first ?? "waiting" }
        while let request = client.request() {
            switch request.call {
            case .hello: client.answer(request, HelloResult(version: Version.text, language: "en"))
            case .peopleList:
                let people = ["Birch", "Cedar"].map { name in
                    PersonEntry(
                        id: "mutual1" + name.lowercased().prefix(1), name: name, words: [], standing: "mutual")
                }
                client.answer(request, PeopleResult(people: people))
            case .itemGive(let give):
                let items = (give.to ?? []).enumerated().map { number, who in
                    GivenEntry(person: who, who: who, id: "id\(number)", handle: "k3\(number)", state: state())
                }
                client.answer(request, GivenResult(items: items))
            case .itemGet(let get):
                var item = ItemEntry(
                    id: get.item, handle: "k3f", kind: "note", who: "Birch", person: "mutual1b", mine: true,
                    made: Timestamp(unixMs: 0), expires: Timestamp(unixMs: 0))
                item.state = state()
                client.answer(request, ItemResult(item: item))
            case .eventsSubscribe:
                client.answer(request, SubscribedResult(seq: 3))
                if !events.isEmpty { client.tell(events.removeFirst()) }
            default: client.refuse(request, .unknownMethod("x"))
            }
        }
    }

    /// Runs a verb; what it threw, and what was given.
    func run(_ words: [String]) throws -> (error: (any Error)?, given: [ItemGiveParameters], requests: [Method]) {
        let script = self
        let daemon = try ScriptedDaemon { client, _ in script.serve(client) }
        var command = try Mutual.parseAsRoot([words[0], "--home", daemon.folder] + words.dropFirst())
        var thrown: (any Error)?
        do { try command.run() } catch { thrown = error }
        let given = daemon.requests.compactMap { request in
            if case .itemGive(let give) = request.call { give } else { nil }
        }
        return (thrown, given, daemon.requests.map(\.method))
    }
}

/// Whom something goes to, with which words, and how waiting ends.
struct GivingTests {
    /// The names that were shown are whom it goes to, whoever else is a mutual by the time that the words are written.
    @Test func aYesToNamesIsAYesToTheseNames() async {
        await #expect(processExitsWith: .success) {
            let terminal = try PseudoTerminal()
            terminal.type("y\n")
            let outcome = try GivingScript(states: ["delivered"]).run(["note", "all", "hello"])
            #expect(outcome.error == nil)
            #expect(outcome.given.map(\.to) == [["mutual1b", "mutual1c"]])
            #expect(terminal.screen().contains("This goes to Birch, Cedar. Send it? [y/N]"))
        }
    }

    @Test func whoIsNotAskedMeansEverybody() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            dup2(open("/dev/null", O_RDONLY), 0)
            let outcome = try GivingScript().run(["note", "all", "hello", "--yes"])
            #expect(outcome.given.map(\.to) == [["all"]])
        }
    }

    // MARK: a pipe

    /// Words that are not needed are not thrown away either.
    @Test func pipedWordsGoAlsoWhereNoneAreNeeded() async {
        await #expect(processExitsWith: .success) {
            alarm(90)
            for words in [
                ["take", "k3f"], ["cheer", "k3f"], ["close", "k3f", "--outcome", "helped"],
                ["checkin", "birch", "--energy", "some"], ["checkin", "birch", "--feel", "calm"],
                ["room", "yes", "--to", "birch"],
            ] {
                pipeIn(Array("Thank you\n".utf8))
                let outcome = try GivingScript().run(words)
                #expect(outcome.given.map(\.text) == ["Thank you"], "\(words)")
            }
            // These have none, and a loop of a shell keeps what it reads.
            pipeIn(Array("next\n".utf8))
            for words in [["here", "birch"], ["want", "k3f", "listen"], ["plan", "share", "birch"]] {
                let outcome = try GivingScript().run(words)
                #expect(outcome.given.map(\.text) == [nil], "\(words)")
            }
            #expect(Console.readLine() == "next")
        }
    }

    // MARK: waiting

    @Test(arguments: [("delivered", true), ("taken-back", false), ("not-reached", false), ("undecided", false)])
    func onlyWhatIsDeliveredEndsWell(_ state: String, _ isWell: Bool) throws {
        let outcome = try GivingScript(states: ["waiting", state]).run(["note", "birch", "hello", "--wait", "20s"])
        #expect((outcome.error as? ExitCode) == (isWell ? nil : ExitCode(1)))
        #expect(isWell == (outcome.error == nil))
    }

    @Test func aLockEndsTheWaiting() throws {
        var ended = EventNotice(EventNotice.Kind.ended.rawValue, seq: nil)
        ended.reason = "locked"
        let outcome = try GivingScript(events: [ended]).run(["note", "birch", "hello", "--wait", "20s"])
        #expect((outcome.error as? Failure)?.status == .locked)
    }

    /// A reader that was too slow looks again, and misses nothing.
    @Test func whoLaggedSubscribesAgain() throws {
        let lagged = EventNotice(EventNotice.Kind.lagged.rawValue, seq: 9)
        let outcome = try GivingScript(events: [lagged], states: ["waiting", "waiting", "delivered"])
            .run(["note", "birch", "hello", "--wait", "20s"])
        #expect(outcome.error == nil)
        #expect(outcome.requests.filter { $0 == .eventsSubscribe }.count == 2)
    }

    /// When something is gone from the other's device, nobody here can know.
    @Test(arguments: [
        ["retract", "k3f"], ["part", "birch", "--yes"], ["room", "off"], ["plan", "unshare", "birch"],
    ])
    func whatCannotBeWaitedForIsNotPromised(_ words: [String]) throws {
        let outcome = try GivingScript().run(words + ["--wait", "20s"])
        #expect((outcome.error as? Failure)?.status == .usage)
        #expect((outcome.error as? Failure)?.error.data.reason == "wait-back")
    }

    // MARK: WHO

    @Test func whoIsWrittenAlikeEverywhere() {
        #expect(WhoList.names("a, b ,c d,") == ["a", "b", "c d"])
        #expect(WhoList.each(nil) == [nil])
        #expect(WhoList.each("All") == [nil])
        #expect(WhoList.each("a, b") == ["a", "b"])
    }
}
