import MutualControl
import Testing

struct RequestTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func rejected(_ text: String) -> RejectedRequest? {
        do {
            _ = try ControlRequest(line: bytes(text))
            return nil
        } catch {
            return error
        }
    }

    @Test func aRequestIsReadAndWritten() throws {
        var give = ItemGiveParameters(kind: "checkin")
        give.to = ["birch"]
        give.feelings = ["tired", "anxious"]
        give.lifeS = 7_200
        give.text = "Slept badly.\n\"Interview\" \u{1F63A} /\u{7F}"
        let sent = ControlRequest(id: .number(7), .itemGive(give), key: "k")
        #expect(try ControlRequest(line: sent.line()) == sent)
        #expect(!sent.line().contains(0x0A))
    }

    @Test(arguments: [
        ("", -32700, "not-json"), ("{", -32700, "not-json"), ("{\"id\":1}x", -32700, "not-json"),
        ("{\"a\":1,\"a\":2}", -32700, "not-json"), ("[]", -32600, "batch"), ("3", -32600, "not-a-request"),
        (#"{"jsonrpc":"2.0","method":"status"}"#, -32600, "id-missing"),
        (#"{"jsonrpc":"2.0","id":null,"method":"status"}"#, -32600, "id-missing"),
        (#"{"jsonrpc":"2.0","id":1.5,"method":"status"}"#, -32600, "id-missing"),
    ]) func withoutAnIDItIsNull(_ line: String, _ code: Int, _ reason: String) throws {
        let error = try #require(rejected(line))
        #expect(error.id == nil)
        #expect(error.error.code == code)
        #expect(error.error.data.reason == reason)
        #expect(String(decoding: ControlAnswer.failure(nil, error.error), as: UTF8.self).contains("\"id\":null"))
    }

    @Test(arguments: [
        (#"{"id":"a","method":"status"}"#, -32600, "not-a-request"),
        (#"{"jsonrpc":"2.0","id":"a"}"#, -32600, "not-a-request"),
        (#"{"jsonrpc":"2.0","id":"a","method":"status","more":1}"#, -32600, "unknown-member"),
        (#"{"jsonrpc":"2.0","id":"a","method":"person.spy"}"#, -32601, "unknown-method"),
        (#"{"jsonrpc":"2.0","id":"a","method":"status","params":[]}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"status","params":{"key":"x"}}"#, -32602, "unknown-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"people.add","params":{}}"#, -32602, "missing-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"people.add","params":{"id":null}}"#, -32602, "missing-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"people.add","params":{"id":5}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"people.add","params":{"id":"x","key":""}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"inbox.list","params":{"limit":201}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"inbox.list","params":{"limit":1e99}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"item.give","params":{"kind":"note"}}"#, -32602, "bad-parameter"),
        (
            #"{"jsonrpc":"2.0","id":"a","method":"item.give","params":{"kind":"poke","to":["b"]}}"#, -32602,
            "bad-parameter"
        ),
        (#"{"jsonrpc":"2.0","id":"a","method":"pause.set","params":{"on":"yes"}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"search.list","params":{"text":" \n"}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"kept.list","params":{"limit":0}}"#, -32602, "bad-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"thread.list","params":{}}"#, -32602, "missing-parameter"),
        (#"{"jsonrpc":"2.0","id":"a","method":"people.part","params":{"text":"x"}}"#, -32602, "missing-parameter"),
        (
            #"{"jsonrpc":"2.0","id":"a","method":"item.retract","params":{"everywhere":true}}"#, -32602,
            "missing-parameter"
        ),
        (
            #"{"jsonrpc":"2.0","id":"a","method":"events.subscribe","params":{"kinds":["typing"]}}"#, -32602,
            "bad-parameter"
        ),
        (
            #"{"jsonrpc":"2.0","id":"a","method":"events.subscribe","params":{"since":1,"consumer":"x"}}"#, -32602,
            "bad-parameter"
        ),
    ]) func withAnIDItIsGivenBack(_ line: String, _ code: Int, _ reason: String) throws {
        let error = try #require(rejected(line))
        #expect(error.id == .text("a"))
        #expect(error.error.code == code)
        #expect(error.error.data.reason == reason)
    }

    /// Each kind takes its own fields, and what it cannot do without is asked for.
    @Test func kindsTakeTheirOwnFields() throws {
        func fault(_ kind: String, re: String? = "k3f", _ fill: (inout ItemGiveParameters) -> Void = { _ in })
            -> String?
        {
            var give = ItemGiveParameters(kind: kind)
            give.re = re
            if re == nil { give.to = ["birch"] }
            fill(&give)
            return give.fault()?.parameter
        }
        for kind in ItemGiveParameters.kinds where !["want", "close", "room", "exchange"].contains(kind) {
            #expect(fault(kind) == nil, "\(kind)")
        }
        #expect(fault("want") == "want")
        #expect(fault("want") { $0.want = "ideas" } == nil)
        #expect(fault("want") { $0.want = "advice" } == "want")
        #expect(fault("close") == "outcome")
        #expect(fault("close") { $0.outcome = "not-this-time" } == nil)
        #expect(fault("room", re: nil) == "have")
        #expect(fault("room", re: nil) { $0.have = "a-little" } == nil)
        #expect(fault("exchange") == nil)
        #expect(fault("exchange", re: nil) == "topic")
        #expect(fault("exchange", re: nil) { $0.topic = "x" } == nil)
        #expect(fault("exchange") { $0.topic = "x" } == "topic")
        #expect(fault("here") { $0.text = "x" } == "text")
        for kind in ItemGiveParameters.kinds where kind != "celebrate" {
            #expect(fault(kind) { $0.whose = "yours" } != nil, "\(kind)")
        }
        #expect(fault("celebrate", re: nil) { $0.whose = "yours" } == nil)
        #expect(fault("celebrate", re: nil) { $0.whose = "hers" } == "whose")
        #expect(fault("note") { $0.mine = true } == "mine")
        #expect(fault("idea") { $0.mine = true } == nil)
        #expect(fault("plan", re: nil) == nil)
        #expect(fault("plan", re: nil) { $0.text = "x" } == "text")
        #expect(fault("mood") == "kind")
        #expect(fault("retract") == "kind")
    }

    @Test func unknownNamesListTheKnownOnes() throws {
        let method = try #require(rejected(#"{"jsonrpc":"2.0","id":1,"method":"x"}"#))
        #expect(method.error.data.known == Method.names)
        let parameter = try #require(
            rejected(#"{"jsonrpc":"2.0","id":1,"method":"people.reach","params":{"to":"x"}}"#))
        #expect(parameter.error.data.known == ["who", "address", "key"])
    }

    @Test func everyMethodWithLeastParametersIsRead() throws {
        let least: [Method: String] = [
            .peopleAdd: #"{"id":"x"}"#, .peopleRename: #"{"who":"x","name":"y"}"#,
            .peopleReach: #"{"who":"x","address":"y"}"#, .peoplePart: #"{"who":"x"}"#,
            .peopleRemove: #"{"who":"x"}"#, .peopleBlock: #"{"who":"x"}"#, .peopleUnblock: #"{"who":"x"}"#,
            .peopleReplace: #"{"old":"x","new":"y"}"#, .quietSet: #"{"on":true}"#, .pauseSet: #"{"on":true}"#,
            .itemRetract: #"{"item":"x"}"#,
            .itemKeep: #"{"item":"x"}"#, .threadList: #"{"item":"x"}"#, .searchList: #"{"text":"x"}"#,
            .itemPass: #"{"item":"x"}"#, .pairJoin: #"{"code":"x"}"#,
            .pairAnswer: #"{"yes":true}"#, .itemGive: #"{"kind":"heard","re":"k3f"}"#, .itemGet: #"{"item":"x"}"#,
            .feelingsSet: #"{"words":[]}"#, .planSet: #"{"sections":[]}"#,
            .vaultUnlock: #"{"passphrase":"x"}"#, .vaultWipe: #"{"confirm":true}"#,
            .vaultExport: #"{"file":"/x","passphrase":"y"}"#, .eventsAck: #"{"consumer":"x","seq":1}"#,
        ]
        for method in Method.allCases {
            let line = #"{"jsonrpc":"2.0","id":1,"method":"\#(method.rawValue)","params":\#(least[method] ?? "{}")}"#
            let request = try ControlRequest(line: bytes(line))
            #expect(request.method == method)
            #expect(try ControlRequest(line: request.line()) == request)
        }
    }

    @Test func canonicalParametersKnowNoOrder() throws {
        func canonical(_ parameters: String) throws -> [UInt8] {
            try ControlRequest(
                line: bytes(#"{"jsonrpc":"2.0","id":1,"method":"item.give","params":\#(parameters)}"#)
            ).canonicalParameters()
        }
        let one = try canonical(#"{"kind":"note","to":["birch"],"text":"a/b","key":"1"}"#)
        #expect(try canonical(#"{ "text":"a\u002fb", "key":"2", "re":null, "to":["birch"],"kind":"note"}"#) == one)
        #expect(try canonical(#"{"kind":"note","to":["birch"],"text":"a b"}"#) != one)
        #expect(String(decoding: one, as: UTF8.self) == #"item.give {"kind":"note","text":"a/b","to":["birch"]}"#)
    }

    @Test func answersAreReadBack() throws {
        let error = ControlError(.notFound, "Nobody.", ControlError.Details(reason: "unknown-person", choices: ["a"]))
        #expect(ControlMessage(line: ControlAnswer.failure(.number(3), error)) == .failure(.number(3), error))
        let entry = PairingEntry(pairing: 4, stage: "asked", until: Timestamp(unixMs: 5), seq: 6)
        guard
            case .success(.text("x"), let tree) = ControlMessage(
                line: ControlAnswer.success(.text("x"), PairingResult(entry)))
        else {
            Issue.record("no success")
            return
        }
        #expect(PairingResult(tree)?.entry == entry)
        var event = EventNotice("item.arrived", seq: 41)
        event.at = Timestamp(unixMs: 1_772_357_400_000)
        guard case .event(let read, _) = ControlMessage(line: ControlAnswer.event(event)) else {
            Issue.record("no event")
            return
        }
        #expect(read == event)
    }

    @Test func laterResultsMayHaveMore() throws {
        let tree = try JSONValue(parsing: bytes(#"{"schema":1,"seq":3,"mood":{"x":[1]}}"#))
        #expect(SubscribedResult(tree)?.seq == 3)
        #expect(SubscribedResult(try JSONValue(parsing: bytes(#"{"schema":1}"#))) == nil)
    }
}
