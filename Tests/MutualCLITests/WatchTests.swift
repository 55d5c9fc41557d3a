import Foundation
import MutualControl
import Synchronization
import TestSupport
import Testing

@testable import mutual

/// `mutual watch` and a daemon that goes away, comes back, or has forgotten.
struct WatchTests {
    /// Runs `mutual watch` with a daemon that serves connection after connection so; what it threw, and what it asked.
    private func watch(
        _ words: [String], _ serve: @escaping @Sendable (ScriptedConnection, Int) -> Void
    ) throws -> (failure: Failure?, asked: [ControlCall]) {
        let daemon = try ScriptedDaemon { client, number in serve(client, number) }
        var command = try Mutual.parseAsRoot(["watch", "--home", daemon.folder] + words)
        let failure = #expect(throws: Failure.self) { try command.run() }
        return (failure, daemon.requests.map(\.call).filter { $0.parts.method != .hello })
    }

    /// Answers what every connection is asked; gives what else is.
    private static func next(_ client: ScriptedConnection) -> ControlRequest? {
        while let request = client.request() {
            guard request.method == .hello else { return request }
            client.answer(request, HelloResult(version: Version.text, language: "en"))
        }
        return nil
    }

    private static func tell(
        _ client: ScriptedConnection, _ kind: EventNotice.Kind, _ seq: Int64?, _ reason: String? = nil
    ) {
        var event = EventNotice(kind.rawValue, seq: seq)
        event.reason = reason
        client.tell(event)
    }

    private static func ack(_ seq: Int64) -> ControlCall {
        .eventsAck(EventsAckParameters(consumer: "c", seq: seq))
    }

    private static let subscribe = ControlCall.eventsSubscribe(EventsSubscribeParameters(consumer: "c"))

    /// The daemon is gone when the command has ended: what was dealt with is told the next one, which is followed.
    @Test(arguments: [false, true]) func aRestartWhileTheCommandRunsLeavesNoGap(_ isRefused: Bool) throws {
        let (failure, asked) = try watch(["--consumer", "c", "--each", "true"]) { client, number in
            while let request = Self.next(client) {
                switch request.call {
                case .eventsSubscribe:
                    client.answer(request, SubscribedResult(seq: number == 0 ? 3 : 4))
                    if number == 0 {
                        Self.tell(client, .itemOpened, 4)
                    } else {
                        Self.tell(client, .itemOpened, 5)
                        Self.tell(client, .ended, nil, "taken-over")
                    }
                case .eventsAck where number == 0:
                    if isRefused {
                        client.refuse(
                            request, ControlError(.fault, "Ends.", ControlError.Details(reason: "stopping")))
                    }
                    return
                default: client.answer(request, DoneResult())
                }
            }
        }
        #expect(failure?.error.data.reason == "taken-over")
        #expect(asked == [Self.subscribe, Self.ack(4), Self.ack(4), Self.subscribe, Self.ack(5)])
    }

    /// Without a command, while a line is being made of an event: it is made once the daemon is back.
    @Test func aRestartWhileALineIsMadeLeavesNoGap() throws {
        let (failure, asked) = try watch([]) { client, number in
            while let request = Self.next(client) {
                switch request.call {
                case .eventsSubscribe:
                    client.answer(request, SubscribedResult(seq: 3))
                    var event = EventNotice(EventNotice.Kind.itemArrived.rawValue, seq: 4)
                    event.item = "k3f"
                    client.tell(event)
                    if number > 0 { Self.tell(client, .ended, nil, "taken-over") }
                case .peopleList: client.answer(request, PeopleResult(people: []))
                case .itemGet:
                    if number == 0 { return }
                    client.refuse(
                        request, ControlError(.notFound, "Gone.", ControlError.Details(reason: "unknown-item")))
                default: client.refuse(request, .unknownMethod("x"))
                }
            }
        }
        #expect(failure?.error.data.reason == "taken-over")
        #expect(asked.filter { $0.parts.method == .itemGet }.count == 2)
        #expect(
            asked.filter { $0.parts.method == .eventsSubscribe }
                == [
                    .eventsSubscribe(EventsSubscribeParameters(since: nil)),
                    .eventsSubscribe(EventsSubscribeParameters(since: 3)),
                ])
    }

    /// What a consumer missed is not kept any more: it is put where there is something, and does not come back in a
    /// circle.
    @Test func aConsumerWhoseEventsAreGoneGoesOn() throws {
        let (failure, asked) = try watch(["--consumer", "c", "--each", "true"]) { client, _ in
            var place: Int64 = 3
            while let request = Self.next(client) {
                switch request.call {
                case .eventsSubscribe:
                    client.answer(request, SubscribedResult(seq: place))
                    if place == 3 {
                        Self.tell(client, .lagged, 40)
                    } else {
                        Self.tell(client, .itemOpened, 41)
                        Self.tell(client, .ended, nil, "taken-over")
                    }
                case .eventsAck(let ack):
                    place = ack.seq
                    client.answer(request, DoneResult())
                default: client.answer(request, DoneResult())
                }
            }
        }
        #expect(failure?.error.data.reason == "taken-over")
        #expect(asked == [Self.subscribe, Self.ack(40), Self.subscribe, Self.ack(41)])
    }

    /// Only a named consumer gets the event again.
    @Test(arguments: [true, false]) func aCommandThatFailsSaysWhatBecomesOfTheEvent(_ isNamed: Bool) throws {
        let (failure, asked) = try watch((isNamed ? ["--consumer", "c"] : []) + ["--each", "false"]) { client, _ in
            while let request = Self.next(client) {
                client.answer(request, SubscribedResult(seq: 3))
                Self.tell(client, .itemOpened, 4)
            }
        }
        #expect(failure?.error.message == "The command ended with 1.")
        #expect(
            failure?.error.data.advice
                == (isNamed ? "This event comes again to the next watcher with this --consumer." : nil))
        #expect(asked.count == 1)
    }
}
