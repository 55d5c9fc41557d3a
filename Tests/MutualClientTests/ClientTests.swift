import Foundation
import MutualClient
import MutualControl
import TestSupport
import Testing

/// The client over a real socket, and everything that a daemon may do to it.
struct ClientTests {
    private let error = ControlError(.notFound, "Nobody.", ControlError.Details(reason: "unknown-person"))

    private func give(_ text: String = "hello") -> ControlCall {
        var give = ItemGiveParameters(kind: "note")
        give.to = ["birch"]
        give.text = text
        return .itemGive(give)
    }

    private func event(_ kind: EventNotice.Kind, _ seq: Int64) -> EventNotice { EventNotice(kind.rawValue, seq: seq) }

    // MARK: calling

    @Test func aCallHasItsResult() throws {
        let daemon = try ScriptedDaemon { client, _ in
            while let request = client.request() { client.answer(request, StatusResult(state: "running")) }
        }
        let client = try Client(path: daemon.path)
        let first: StatusResult = try client.call(.status)
        let second: StatusResult = try client.call(.status)
        #expect([first.state, second.state] == ["running", "running"])
        #expect(daemon.requests.map(\.method) == [.status, .status])
        #expect(Set(daemon.requests.map(\.id)).count == 2)
        #expect(daemon.connectionCount == 1)
    }

    @Test func aRefusalIsToldAsItCame() throws {
        let error = error
        let daemon = try ScriptedDaemon { client, _ in
            client.refuse(client.request(), error)
            _ = client.request()
            client.refuse(nil, error)
        }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.refused(error)) { try client.tree(.status) }
        // One without an id is of the only call that is open.
        #expect(throws: ClientError.refused(error)) { try client.tree(give(), key: "k") }
        #expect(daemon.requests.count == 2)
    }

    /// A daemon that hangs holds nobody for ever: what has no effect is told as it is, of the rest nobody knows.
    @Test func whoeverDoesNotAnswerIsNotWaitedForWithoutEnd() throws {
        let daemon = try ScriptedDaemon { client, _ in
            while let request = client.request() {
                if request.method == .identityGet { client.answer(request, DoneResult()) }
            }
        }
        let client = try Client(path: daemon.path, patienceMs: 200)
        let began = ContinuousClock.now
        #expect(throws: ClientError.noAnswer) { try client.tree(.status) }
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(give(), key: "k") }
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(give()) }
        #expect(began.duration(to: .now) > .milliseconds(500))
        // It is asked once: who does not answer does not sooner when it is asked again. Then it goes on.
        #expect(daemon.requests.count == 3)
        _ = try client.tree(.identityGet)
        #expect(daemon.connectionCount == 1)
        #expect(Client.patienceMs >= 60_000)
    }

    @Test func aResultThatLacksSomethingIsNotOurs() throws {
        let daemon = try ScriptedDaemon { client, _ in
            if let request = client.request() { client.answer(request, DoneResult()) }
        }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.notOurs) { try client.call(.status, as: StatusResult.self) }
    }

    @Test func answersToOthersArePassedOverAndEventsKept() throws {
        let (one, two) = (event(.itemArrived, 1), event(.itemOpened, 2))
        let daemon = try ScriptedDaemon { client, _ in
            guard let request = client.request() else { return }
            client.tell(one)
            client.write(ControlAnswer.success(.number(999), DoneResult()) + [0x0A])
            client.write(ControlAnswer.success(.text("x"), DoneResult()) + [0x0A])
            client.tell(two)
            client.answer(request, StatusResult(state: "locked"))
            _ = client.request()
        }
        let client = try Client(path: daemon.path)
        let status: StatusResult = try client.call(.status)
        #expect(status.state == "locked")
        for expected in [one, two] {
            guard case .event(let notice, let tree) = try client.follow(atMost: 1_000) else {
                Issue.record("no event")
                return
            }
            #expect(notice == expected)
            #expect(tree["seq"]?.integer == expected.seq)
        }
    }

    @Test func aSlowAnswerInPiecesIsAwaited() throws {
        let daemon = try ScriptedDaemon { client, _ in
            guard let request = client.request() else { return }
            usleep(300_000)
            for byte in ControlAnswer.success(request.id, StatusResult(state: "running")) + [0x0A] {
                client.write([byte])
                usleep(2_000)
            }
        }
        let status: StatusResult = try Client(path: daemon.path).call(.status)
        #expect(status.state == "running")
    }

    @Test func aRequestThatNoBufferHoldsIsWrittenWhole() throws {
        let daemon = try ScriptedDaemon { client, _ in
            usleep(200_000)
            if let request = client.request() { client.answer(request, GivenResult(items: [])) }
        }
        let text = String(repeating: "x", count: 900_000)
        let given: GivenResult = try Client(path: daemon.path).call(give(text), key: "k")
        #expect(given.items.isEmpty)
        guard case .itemGive(let came)? = daemon.requests.first?.call else {
            Issue.record("no request")
            return
        }
        #expect(came.text == text)
    }

    // MARK: cuts

    /// The connection breaks after the request was read: with a key it is made again, the same in all but its id.
    @Test func withAKeyItIsMadeAgain() throws {
        let daemon = try ScriptedDaemon { client, number in
            guard let request = client.request(), number == 2 else { return }
            client.answer(request, GivenResult(items: []))
        }
        let _: GivenResult = try Client(path: daemon.path).call(give(), key: "k")
        #expect(daemon.connectionCount == 3)
        #expect(daemon.requests.count == 3)
        #expect(Set(daemon.requests.map(\.key)) == ["k"])
        #expect(Set(daemon.requests.map { $0.canonicalParameters() }).count == 1)
    }

    @Test func withoutAKeyWhatHasAnEffectIsNotRepeated() throws {
        let daemon = try ScriptedDaemon { client, _ in _ = client.request() }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(give()) }
        #expect(daemon.requests.count == 1)
    }

    @Test func whatOnlyReadsIsRepeatedWithoutAKey() throws {
        let daemon = try ScriptedDaemon { client, number in
            guard let request = client.request(), number == 1 else { return }
            client.answer(request, StatusResult(state: "running"))
        }
        let status: StatusResult = try Client(path: daemon.path).call(.status)
        #expect(status.state == "running")
        #expect(daemon.requests.count == 2)
    }

    /// A daemon that is gone while the answer is on its way, and comes back at the same place.
    @Test func aDaemonThatComesBackIsFound() throws {
        let first = try ScriptedDaemon { client, _ in _ = client.request() }
        let client = try Client(path: first.path)
        let path = first.path
        let back = Thread {
            usleep(250_000)
            guard let listener = try? ScriptedDaemon.listen(at: path) else { return }
            let made = accept(listener, nil, nil)
            var page = [UInt8](repeating: 0, count: 4_096)
            let count = recv(made, &page, page.count, 0)
            guard count > 0, let request = try? ControlRequest(line: Array(page.prefix(count).dropLast())) else {
                return
            }
            let line = ControlAnswer.success(request.id, GivenResult(items: [])) + [0x0A]
            _ = send(made, line, line.count, 0)
            usleep(500_000)
        }
        first.stopListening()
        back.start()
        let _: GivenResult = try client.call(give(), key: "k")
    }

    @Test func aDaemonThatStaysAwayLeavesTheOutcomeUnknown() throws {
        let daemon = try ScriptedDaemon { client, _ in _ = client.request() }
        let client = try Client(path: daemon.path)
        daemon.stopListening()
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(give(), key: "k") }
        #expect(daemon.requests.count == 1)
    }

    @Test func readingFromADaemonThatStaysAwayIsCutOff() throws {
        let daemon = try ScriptedDaemon { client, _ in _ = client.request() }
        let client = try Client(path: daemon.path)
        daemon.stopListening()
        #expect(throws: ClientError.cutOff) { try client.tree(.status) }
    }

    /// A connection that is made anew without a word would hear no event.
    @Test func whoFollowsIsToldThatTheConnectionBroke() throws {
        let daemon = try ScriptedDaemon { client, _ in
            while let request = client.request() {
                guard request.method == .eventsSubscribe else { return }
                client.answer(request, SubscribedResult(seq: 6))
            }
        }
        let client = try Client(path: daemon.path)
        let _: SubscribedResult = try client.call(.eventsSubscribe(EventsSubscribeParameters(since: 6)))
        #expect(throws: ClientError.cutOff) { try client.tree(.status) }
        // Nor is it made again on the broken one.
        #expect(throws: ClientError.cutOff) { try client.tree(.status) }
        #expect(throws: ClientError.cutOff) { try client.follow(atMost: 1_000) }
        #expect(daemon.connectionCount == 1)
        let other = try Client(path: daemon.path)
        let _: SubscribedResult = try other.call(.eventsSubscribe(EventsSubscribeParameters(since: 6)))
        let ack = ControlCall.eventsAck(EventsAckParameters(consumer: "c", seq: 7))
        #expect(throws: ClientError.outcomeUnknown) { try other.tree(ack, key: "k") }
        #expect(daemon.connectionCount == 2)
    }

    /// A subscription that ended binds nobody to its connection.
    @Test(arguments: [EventNotice.Kind.ended, .lagged]) func afterASubscriptionACallIsMadeAgain(
        _ kind: EventNotice.Kind
    ) throws {
        let daemon = try ScriptedDaemon { client, number in
            while let request = client.request() {
                if request.method == .eventsSubscribe {
                    client.answer(request, SubscribedResult(seq: 6))
                    client.tell(EventNotice(kind.rawValue, seq: nil))
                } else {
                    guard number > 0 else { return }
                    client.answer(request, StatusResult(state: "running"))
                }
            }
        }
        let client = try Client(path: daemon.path)
        let _: SubscribedResult = try client.call(.eventsSubscribe(EventsSubscribeParameters(since: 6)))
        guard case .event = try client.follow(atMost: 5_000) else {
            Issue.record("the end was not heard")
            return
        }
        let status: StatusResult = try client.call(.status)
        #expect(status.state == "running")
        #expect(daemon.connectionCount == 2)
    }

    /// The language of the sentences is the connection's: one that is made anew begins as the first did.
    @Test func aNewConnectionSaysHelloAsTheFirst() throws {
        let daemon = try ScriptedDaemon { client, number in
            while let request = client.request() {
                if request.method == .hello {
                    client.answer(request, HelloResult(version: "1", language: "de"))
                } else {
                    guard number > 0 else { return }
                    client.answer(request, StatusResult(state: "running"))
                }
            }
        }
        let client = try Client(path: daemon.path)
        let hello = ControlCall.hello(HelloParameters(client: "lamp", language: "de"))
        let _: HelloResult = try client.call(hello)
        let status: StatusResult = try client.call(.status)
        #expect(status.state == "running")
        #expect(daemon.requests.map(\.method) == [.hello, .status, .hello, .status])
        #expect(daemon.requests[2].call == hello)
    }

    /// These take no key, and what they do may be done when the connection breaks.
    @Test(arguments: [
        ControlCall.vaultSetPassphrase(VaultSetPassphraseParameters(passphrase: "a river in autumn", current: nil)),
        .vaultUnlock(VaultUnlockParameters(passphrase: "a river in autumn")), .vaultLock,
        .vaultWipe(VaultWipeParameters(confirm: true)),
        .vaultExport(VaultExportParameters(file: "/tmp/x", passphrase: "a river in autumn")), .stop,
    ]) func whatTakesNoKeyAndHasAnEffectIsNotRepeated(_ call: ControlCall) throws {
        let daemon = try ScriptedDaemon { client, _ in _ = client.request() }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(call) }
        #expect(daemon.requests.count == 1)
    }

    // MARK: what is no answer

    @Test(arguments: ["nonsense\n", "{\"jsonrpc\":\"2.0\"}\n", "[]\n", "\u{0}\u{FFFD}\n"])
    func whatIsNoMessageIsNotOurs(_ line: String) throws {
        let daemon = try ScriptedDaemon { client, _ in
            _ = client.request()
            client.write(line.utf8)
            _ = client.request()
        }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.notOurs) { try client.tree(.status) }
    }

    @Test func whatIsNoMessageAfterAnEffectLeavesTheOutcomeUnknown() throws {
        let daemon = try ScriptedDaemon { client, _ in
            _ = client.request()
            client.write("nonsense\n".utf8)
            _ = client.request()
        }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.outcomeUnknown) { try client.tree(give()) }
        #expect(daemon.requests.count == 1)
    }

    @Test func aLineOverTheLimitIsNotOurs() throws {
        let daemon = try ScriptedDaemon { client, _ in
            _ = client.request()
            client.write([UInt8](repeating: 0x61, count: LineFramer.limit + 2))
            _ = client.request()
        }
        let client = try Client(path: daemon.path)
        #expect(throws: ClientError.notOurs) { try client.tree(.status) }
    }

    // MARK: following

    @Test func followingTellsEventsTimeAnotherDescriptorAndTheEnd() throws {
        let (one, two) = (event(.pairAsked, 7), event(.pairEnded, 8))
        let daemon = try ScriptedDaemon { client, _ in
            guard let request = client.request() else { return }
            client.answer(request, SubscribedResult(seq: 6))
            client.tell(one)
            // An answer that nobody waits for is no event.
            client.write(ControlAnswer.success(.number(999), DoneResult()) + [0x0A])
            client.tell(two)
            _ = client.request()
        }
        let client = try Client(path: daemon.path)
        let subscribed: SubscribedResult = try client.call(.eventsSubscribe(EventsSubscribeParameters(since: 6)))
        #expect(subscribed.seq == 6)
        var heard: [EventNotice] = []
        while heard.count < 2 {
            guard case .event(let notice, _) = try client.follow(atMost: 5_000) else { break }
            heard.append(notice)
        }
        #expect(heard == [one, two])
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        guard case .nothing = try client.follow(or: ends[0], atMost: 50) else {
            Issue.record("something was heard")
            return
        }
        #expect(write(ends[1], "x", 1) == 1)
        guard case .other = try client.follow(or: ends[0], atMost: 5_000) else {
            Issue.record("the other descriptor was not heard")
            return
        }
        // Asked once more, the daemon's script is over.
        #expect(throws: ClientError.self) { try client.tree(give()) }
        #expect(throws: ClientError.cutOff) { try client.follow(atMost: 5_000) }
    }

    @Test func theEndIsAwaitedSoLong() throws {
        let daemon = try ScriptedDaemon { client, _ in
            guard let request = client.request() else { return }
            client.answer(request, DoneResult())
            usleep(400_000)
        }
        let client = try Client(path: daemon.path)
        let _: DoneResult = try client.call(.stop)
        #expect(!client.waitForEnd(atMost: 50))
        #expect(client.waitForEnd(atMost: 5_000))
    }
}
