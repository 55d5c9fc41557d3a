import Foundation
import MutualControl
import MutualDaemon
import Testing

/// Following events: replay, then what comes, without gap or double `[control]`.
@Suite struct EventsTests {
    /// Each opened pairing that is cancelled gives at least one event.
    private func makeEvent(_ client: RawClient) throws {
        _ = try client.call("pair.open")
        let ended = try client.call("pair.cancel")
        try #require(ended["error"] == nil)
    }

    private func events(_ client: RawClient, _ count: Int) throws -> [JSONValue] {
        var found: [JSONValue] = []
        while found.count < count {
            let document = try client.document()
            if let event = document["params"], document["method"] == .string("event") { found.append(event) }
        }
        return found
    }

    @Test func replayThenFollowWithoutGapOrDouble() throws {
        try withDaemon { home, client in
            for _ in 0..<5 { try makeEvent(client) }
            let follower = try home.client()
            let answer = try follower.call("events.subscribe", "{\"since\":0}")
            #expect(answer["result"]?["seq"] == .integer(0))
            for _ in 0..<5 { try makeEvent(client) }
            let numbers = try events(follower, 10).map { $0["seq"]?.integer }
            #expect(numbers == (1...10).map { Int64($0) })
        }
    }

    @Test func filtersDoNotRenumber() throws {
        try withDaemon { home, client in
            for _ in 0..<3 { try makeEvent(client) }
            let all = try home.client()
            _ = try all.call("events.subscribe", "{\"since\":0}")
            let wanted = try events(all, 3).filter { $0["kind"] == .string("pair.ended") }
            let some = try home.client()
            _ = try some.call("events.subscribe", "{\"since\":0,\"kinds\":[\"pair.ended\"]}")
            let found = try events(some, wanted.count)
            #expect(found == wanted)
            #expect(!found.isEmpty)
        }
    }

    @Test func withoutSinceOnlyWhatComesNow() throws {
        try withDaemon { home, client in
            try makeEvent(client)
            let follower = try home.client()
            let from = try follower.call("events.subscribe")["result"]?["seq"]?.integer
            try makeEvent(client)
            let first = try events(follower, 1)[0]["seq"]?.integer
            #expect(first == from.map { $0 + 1 })
        }
    }

    @Test func aConsumerGoesOnWhereItAcknowledged() throws {
        try withDaemon { home, client in
            for _ in 0..<4 { try makeEvent(client) }
            _ = try client.call("events.ack", "{\"consumer\":\"door\",\"seq\":2}")
            let follower = try home.client()
            let answer = try follower.call("events.subscribe", "{\"consumer\":\"door\"}")
            #expect(answer["result"]?["seq"] == .integer(2))
            let numbers = try events(follower, 2).map { $0["seq"]?.integer }
            #expect(numbers == [3, 4])
        }
    }

    @Test func aNewConsumerBeginsNowAndMissesNothingAfterwards() throws {
        try withDaemon { home, client in
            for _ in 0..<2 { try makeEvent(client) }
            let first = try home.client()
            #expect(try first.call("events.subscribe", "{\"consumer\":\"bell\"}")["result"]?["seq"] == .integer(2))
            // Cut off before it acknowledged anything.
            first.close()
            try makeEvent(client)
            let second = try home.client()
            #expect(try second.call("events.subscribe", "{\"consumer\":\"bell\"}")["result"]?["seq"] == .integer(2))
            #expect(try events(second, 1)[0]["seq"] == .integer(3))
        }
    }

    @Test func theNewerSubscriptionOfAConsumerWins() throws {
        try withDaemon { home, client in
            try makeEvent(client)
            let older = try home.client()
            _ = try older.call("events.subscribe", "{\"consumer\":\"door\"}")
            let newer = try home.client()
            _ = try newer.call("events.subscribe", "{\"consumer\":\"door\"}")
            let ended = try events(older, 1)[0]
            #expect(ended["kind"] == .string("ended"))
            #expect(ended["reason"] == .string("taken-over"))
            #expect(ended["seq"] == nil || ended["seq"] == .null)
            try makeEvent(client)
            #expect(try events(newer, 1)[0]["seq"] == .integer(2))
            // The older connection itself goes on.
            #expect(try older.call("status")["result"]?["state"] == .string("running"))
        }
    }

    /// A client that follows and reads nothing while thousands of events come: nobody waits for it, what it was sent is
    /// without a gap, and it is told from where it can go on.
    @Test func aClientThatNeverReadsIsToldWhereToGoOn() throws {
        try withDaemon { home, client in
            let id = "mutual1q8s7kdtrsn5q00yjs3leu8ru4ne0n2vsdm8mft0vfgmapxqfnverw4w9dk6"
            _ = try client.call("people.add", "{\"id\":\"\(id)\",\"name\":\"n\"}")
            let before = try #require(try client.call("events.subscribe")["result"]?["seq"]?.integer)
            let lazy = try home.client()
            lazy.send(line: RawClient.request("events.subscribe", "{\"since\":\(before)}"))
            let busy = try home.client()
            let (rounds, each) = (80, 100)
            for round in 0..<rounds {
                let lines = (0..<each).map { number in
                    RawClient.request("people.rename", "{\"who\":\"n\",\"name\":\"n\((number + 1) % 2)\"}") + "\n"
                }
                #expect(busy.write(Array(lines.joined().utf8)), "round \(round): the daemon takes no more")
                for _ in 0..<each { #expect(try busy.document()["result"] != nil) }
            }
            let last = before + Int64(rounds * each)
            // Now it reads: its answer, events in order, and then the end of the subscription.
            #expect(try lazy.document()["result"]?["seq"] == .integer(before))
            var next = before + 1
            var lagged: Int64?
            while lagged == nil {
                let event = try #require(try lazy.document()["params"])
                if event["kind"] == .string("lagged") {
                    lagged = event["seq"]?.integer
                } else {
                    #expect(event["seq"] == .integer(next))
                    next += 1
                }
            }
            // The notice came while there was much more: this is no end of what there is.
            #expect(lagged == next - 1)
            #expect(next < last)
            // The connection itself goes on, and from there nothing is missed or told twice.
            let answer = try lazy.call("events.subscribe", "{\"since\":\(next - 1)}")
            #expect(answer["result"]?["seq"] == .integer(next - 1))
            for event in try events(lazy, Int(last - next + 1)) {
                #expect(event["seq"] == .integer(next))
                next += 1
            }
            #expect(next == last + 1)
        }
    }

    @Test func anUnknownKindListsTheKnown() throws {
        try withDaemon { _, client in
            let error = try #require(try client.call("events.subscribe", "{\"kinds\":[\"item.seen\"]}")["error"])
            #expect(error["code"] == .integer(-32_602))
            #expect(error["message"]?.text?.contains("item.arrived") == true)
        }
    }

    @Test func eventsOutliveTheDaemonAndKeepTheirNumbers() throws {
        let home = try TestHome()
        let daemon = try home.start()
        let client = try home.client()
        for _ in 0..<3 { try makeEvent(client) }
        let before = try home.client()
        _ = try before.call("events.subscribe", "{\"since\":0}")
        let told = try events(before, 3)
        daemon.stop()
        daemon.wait()
        let again = try home.start()
        defer {
            again.stop()
            again.wait()
        }
        let after = try home.client()
        _ = try after.call("events.subscribe", "{\"since\":0}")
        let replayed = try events(after, 3)
        #expect(replayed == told)
    }
}
