import Foundation
import MutualControl
import MutualDaemon
import Testing

/// Real answers of a real daemon against the published contract `[control]`.
@Suite struct ContractTests {
    @Test func theContractListsTheMethodsThatThereAre() throws {
        #expect(try Contract().methods.sorted() == Method.names.sorted())
    }

    @Test func everyAnswerIsAsPromised() throws {
        let contract = try Contract()
        let (homeA, homeB) = (try TestHome(name: "Alder"), try TestHome(name: "Birch"))
        let homeC = try TestHome(name: "Cedar")
        let daemons = [try homeA.start(), try homeB.start(), try homeC.start()]
        defer { for daemon in daemons { daemon.stop(); daemon.wait() } }
        let (a, b, c) = (try homeA.client(), try homeB.client(), try homeC.client())
        var asked: Set<String> = []
        func ask(_ client: RawClient, _ method: String, _ parameters: String = "{}") throws -> JSONValue {
            let answer = try client.call(method, parameters)
            let result = try #require(answer["result"], "\(method): \(answer)")
            #expect(contract.faults(ofResult: result, of: method) == [])
            asked.insert(method)
            return result
        }
        func id(_ client: RawClient) throws -> String { try ask(client, "identity.get")["id"]?.text ?? "" }

        _ = try ask(a, "hello", "{\"client\":\"test\",\"language\":\"en\"}")
        _ = try ask(a, "status")
        _ = try ask(a, "people.add", "{\"id\":\"\(try id(b))\",\"name\":\"Bi\"}")
        _ = try ask(b, "people.add", "{\"id\":\"\(try id(a))\"}")
        _ = try ask(a, "people.rename", "{\"who\":\"bi\",\"name\":\"Birch\"}")
        _ = try ask(a, "people.reach", "{\"who\":\"birch\",\"address\":\"127.0.0.1:9\"}")
        for _ in 0..<200 {
            let people = try ask(a, "people.list")["people"]?.elements
            if people?.first?["standing"] == .string("mutual") { break }
            usleep(50_000)
        }
        let gives = [
            "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"hm\",\"want\":\"listen\",\"about\":\"work\"}",
            "{\"to\":[\"all\"],\"kind\":\"checkin\",\"feelings\":[\"tired\"],\"energy\":\"low\"}",
            "{\"to\":[\"birch\"],\"kind\":\"encourage\",\"text\":\"go on\",\"life_s\":600}",
            "{\"to\":[\"birch\"],\"kind\":\"room\",\"have\":\"a-little\",\"text\":\"later\"}",
            "{\"to\":[\"birch\"],\"kind\":\"celebrate\",\"text\":\"done\",\"whose\":\"yours\"}",
            "{\"to\":[\"birch\"],\"kind\":\"ask\",\"text\":\"how\"}",
            "{\"to\":[\"birch\"],\"kind\":\"exchange\",\"topic\":\"why\",\"text\":\"so\"}",
        ]
        for give in gives { _ = try ask(a, "item.give", give) }
        var inbox: [JSONValue] = []
        for _ in 0..<100 where inbox.count < gives.count {
            inbox = try ask(b, "inbox.list")["items"]?.elements ?? []
            usleep(50_000)
        }
        #expect(inbox.count == gives.count)
        let handle = inbox.first?["handle"]?.text ?? ""
        _ = try ask(b, "item.get", "{\"item\":\"\(handle)\"}")
        _ = try ask(b, "item.open", "{\"all\":true}")
        _ = try ask(b, "item.give", "{\"re\":\"\(handle)\",\"kind\":\"heard\",\"text\":\"hm\"}")
        func last(_ kind: String) -> String {
            inbox.first { $0["kind"] == .string(kind) }?["handle"]?.text ?? ""
        }
        let word = try ask(b, "item.keep", "{\"item\":\"\(last("encourage"))\"}")["items"]?.elements?.first
        #expect(word?["kept"] == .bool(true))
        #expect(try ask(b, "kept.list")["items"]?.elements?.count == 1)
        #expect(try ask(b, "thread.list", "{\"item\":\"\(handle)\"}")["items"]?.elements?.count == 2)
        let found = try ask(b, "search.list", "{\"text\":\"GO ON\",\"with\":\"alder\"}")["items"]?.elements
        #expect(found?.map { $0["kind"] } == [.string("encourage")])
        let page = try ask(b, "history.list", "{\"limit\":2}")
        let next = page["next"]?.text ?? ""
        let byPlace = try ask(b, "history.list", "{\"limit\":2,\"before\":\"\(next)\"}")["items"]
        let oldest = page["items"]?.elements?.first?["handle"]?.text ?? ""
        #expect(try ask(b, "history.list", "{\"limit\":2,\"before\":\"\(oldest)\"}")["items"] == byPlace)
        _ = try ask(b, "item.give", "{\"re\":\"\(last("ask"))\",\"kind\":\"idea\",\"text\":\"so\",\"mine\":true}")
        let room = try ask(b, "people.list")["people"]?.elements?.first?["room"]
        #expect(room?["have"] == .string("a-little"))
        let passed = try ask(b, "item.pass", "{\"item\":\"\(last("exchange"))\"}")["items"]?.elements?.first
        #expect(passed?["exchange"]?["stage"] == .string("passed"))
        #expect(passed?["exchange"]?["topic"] == .string("why"))
        _ = try ask(a, "outbox.list")
        _ = try ask(a, "history.list", "{\"with\":\"birch\"}")
        for item in try ask(a, "outbox.list")["items"]?.elements ?? [] {
            #expect(item["mine"] == .bool(true))
        }
        try askForOwn { try ask(a, $0, $1) }
        let given = try ask(a, "item.give", "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"not so\"}")
        let mine = given["items"]?.elements?.first?["id"]?.text ?? ""
        let taken = try ask(a, "item.retract", "{\"item\":\"\(mine)\",\"everywhere\":true}")
        #expect(taken["items"]?.elements?.count == 1)
        #expect(try ask(a, "item.get", "{\"item\":\"\(mine)\"}")["item"]?["state"] == .string("taken-back"))
        let blocked = try ask(a, "people.block", "{\"who\":\"birch\"}")
        #expect(blocked["person"]?["standing"] == .string("blocked"))
        let unblocked = try ask(a, "people.unblock", "{\"who\":\"birch\"}")
        #expect(unblocked["person"]?["standing"] == .string("mutual"))
        let hours = try ask(a, "quiet.set", "{\"daily\":\"22:00-7:00\"}")["quiet"]?.elements
        #expect(hours?.first?["daily"] == .string("22:00-07:00"))
        _ = try ask(a, "quiet.set", "{\"who\":[\"birch\"],\"until\":\"2999-01-01T00:00:00Z\"}")
        let quiet = try ask(a, "quiet.get")["quiet"]?.elements ?? []
        #expect(quiet.map { $0["who"] } == [nil, .string("Birch")])
        #expect(quiet.last?["now"] == .bool(true))
        #expect(try ask(a, "status")["quiet"]?["daily"] == .string("22:00-07:00"))
        _ = try ask(a, "quiet.set", "{\"on\":false}")
        #expect(try ask(a, "status")["quiet"] == nil)
        for (wrong, reason) in [
            ("{\"daily\":\"22:00\"}", "bad-hours"), ("{\"until\":\"2001-01-01T00:00:00Z\"}", "until-passed"),
        ] {
            #expect(try a.call("quiet.set", wrong)["error"]?["data"]?["reason"] == .string(reason))
        }
        _ = try ask(a, "pause.set", "{\"on\":true}")
        #expect(try ask(a, "hello")["paused"] == .bool(true))
        #expect(try ask(a, "status")["paused"] == .bool(true))
        #expect(try a.call("pair.open")["error"]?["data"]?["reason"] == .string("paused"))
        _ = try ask(a, "pause.set", "{\"on\":false}")
        #expect(try ask(a, "status")["paused"] == .bool(false))
        _ = try ask(a, "people.add", "{\"id\":\"\(try id(c))\",\"name\":\"Older\"}")
        let replaced = try ask(a, "people.replace", "{\"old\":\"older\",\"new\":\"birch\"}")["person"]
        #expect(replaced?["name"] == .string("Older") && replaced?["standing"] == .string("mutual"))
        #expect(try ask(a, "people.list")["people"]?.elements?.count == 1)
        _ = try ask(a, "people.rename", "{\"who\":\"older\",\"name\":\"Birch\"}")
        let code = try ask(a, "pair.open")["code"]?.text ?? ""
        _ = try ask(a, "pair.list")
        _ = try ask(b, "pair.join", "{\"code\":\"\(code)\"}")
        _ = try ask(b, "pair.cancel")
        _ = try ask(a, "events.ack", "{\"consumer\":\"c\",\"seq\":1}")
        _ = try ask(a, "doctor")
        try checkEvents(a, contract, &asked)
        _ = try ask(b, "people.remove", "{\"who\":\"alder\"}")
        _ = try ask(a, "people.part", "{\"who\":\"birch\",\"text\":\"Farewell.\"}")
        #expect(try ask(a, "people.list")["people"]?.elements == [])
        _ = try ask(a, "vault.set-passphrase", "{\"passphrase\":\"correct horse\"}")
        _ = try ask(a, "vault.export", "{\"file\":\"\(homeA.location.path)/moved\",\"passphrase\":\"other words\"}")
        // This client follows nothing: who follows is told first that it ends.
        let other = try homeA.client()
        _ = try ask(other, "vault.lock")
        _ = try ask(other, "status")
        _ = try ask(other, "hello")
        _ = try ask(other, "vault.unlock", "{\"passphrase\":\"correct horse\"}")
        // `pair.answer` needs a question, `stop` and `vault.wipe` end it all: they have their own tests.
        #expect(Set(contract.methods).subtracting(asked).sorted() == ["pair.answer", "stop", "vault.wipe"])
    }

    /// What one has for oneself.
    private func askForOwn(_ ask: (String, String) throws -> JSONValue) throws {
        #expect(try ask("feelings.get", "{}")["starting"] == .bool(true))
        _ = try ask("feelings.set", "{\"words\":[\"tender\",\"at sea\",\"tender\"]}")
        let words = try ask("feelings.get", "{}")
        #expect(words["words"]?.elements == [.string("tender"), .string("at sea")])
        #expect(words["starting"] == nil)
        #expect(try ask("plan.get", "{}")["starting"] == .bool(true))
        _ = try ask("plan.set", "{\"sections\":[{\"title\":\"Places\",\"text\":\"The library.\"}]}")
        #expect(try ask("plan.get", "{}")["sections"]?.elements?.first?["title"] == .string("Places"))
        let shared = try ask("item.give", "{\"to\":[\"birch\"],\"kind\":\"plan\"}")
        let id = shared["items"]?.elements?.first?["id"]?.text ?? ""
        let page = try ask("item.get", "{\"item\":\"\(id)\"}")["item"]?["sections"]?.elements
        #expect(page?.first?["text"] == .string("The library."))
        #expect(try ask("nudges.get", "{}")["kind_word"] == .bool(false))
        _ = try ask("nudges.set", "{\"at\":\"7:05\",\"kind_word\":true}")
        #expect(try ask("nudges.get", "{}")["at"] == .string("07:05"))
        _ = try ask("nudges.set", "{}")
        #expect(try ask("nudges.get", "{}")["at"] == nil)
    }

    private func checkEvents(_ client: RawClient, _ contract: Contract, _ asked: inout Set<String>) throws {
        let answer = try client.call("events.subscribe", "{\"since\":0}")
        #expect(contract.faults(ofResult: try #require(answer["result"]), of: "events.subscribe") == [])
        asked.insert("events.subscribe")
        for _ in 0..<2 {
            let event = try #require(try client.document()["params"])
            #expect(contract.faults(of: event, as: "Event") == [])
        }
        // The rest of the events may come in between from here on.
        _ = try client.call("events.subscribe", "{\"kinds\":[\"store.put-back\"]}")
        while (try? client.line(waitMs: 200)) != nil {}
    }

    @Test func everyErrorIsAsPromised() throws {
        let contract = try Contract()
        try withDaemon { _, client in
            let lines = [
                "nonsense", "[]", "{}", RawClient.request("nope"), RawClient.request("hello", "{\"x\":1}"),
                RawClient.request("item.get"), RawClient.request("item.get", "{\"item\":\"zzz\"}"),
                RawClient.request("feelings.set", "{\"words\":[\"\(String(repeating: "x", count: 33))\"]}"),
                RawClient.request("feelings.set", "{\"words\":[\"a,b\"]}"),
                RawClient.request(
                    "plan.set", "{\"sections\":[{\"title\":\"\(String(repeating: "x", count: 201))\",\"text\":\"\"}]}"),
                RawClient.request("nudges.set", "{\"at\":\"25:00\"}"),
                RawClient.request("people.add", "{\"id\":\"mutual1x\"}"), RawClient.request("pair.cancel"),
                RawClient.request("item.give", "{\"to\":[\"nobody\"],\"kind\":\"note\",\"text\":\"x\"}"),
            ]
            for line in lines {
                client.send(line: line)
                let error = try #require(try client.document()["error"], "\(line)")
                let data = try #require(error["data"])
                #expect(contract.faults(of: data, as: "Error") == [], "\(line)")
                #expect(error["code"]?.integer.flatMap { ErrorCode(rawValue: Int($0)) } != nil)
                #expect(error["message"]?.text?.hasSuffix(".") == true, "\(error)")
            }
        }
    }
}
