import Foundation
import MutualControl
import MutualDaemon
import Testing

/// The control socket over a real daemon with a real store `[control]`.
@Suite struct ControlTests {
    @Test func helloSaysWhatThereIs() throws {
        try withDaemon { _, client in
            let result = try #require(try client.call("hello")["result"])
            #expect(result["schema"] == .integer(1))
            #expect(result["protocol"] == .integer(1))
            #expect(result["language"] == .string("en"))
            #expect(result["limits"]?["line_bytes"] == .integer(1_048_576))
            #expect(result["methods"]?.elements?.count == Method.allCases.count)
        }
    }

    @Test func statusAndIdentityAgree() throws {
        try withDaemon { home, client in
            let status = try #require(try client.call("status")["result"])
            let identity = try #require(try client.call("identity.get")["result"])
            #expect(status["state"] == .string("running"))
            #expect(status["home"] == .string(home.location.path))
            #expect(status["name"] == .string("Alder"))
            #expect(identity["name"] == .string("Alder"))
            #expect(status["id"] == identity["id"])
            #expect(identity["id"]?.text?.hasPrefix("mutual1") == true)
            #expect(identity["words"]?.elements?.count == 10)
            let port = try #require(status["port"]?.integer)
            #expect(port > 0)
        }
    }

    @Test func badJSONIsToldAndTheConnectionGoesOn() throws {
        try withDaemon { _, client in
            client.send(line: "this is no JSON")
            let answer = try client.document()
            #expect(answer["id"] == .null)
            #expect(answer["error"]?["code"] == .integer(-32_700))
            client.write([0xFF, 0xFE, 0x00, 0x0A])
            #expect(try client.document()["error"]?["code"] == .integer(-32_700))
            client.send(line: String(repeating: "[", count: 5_000))
            #expect(try client.document()["error"]?["code"] == .integer(-32_700))
            client.send(line: "[]")
            #expect(try client.document()["error"]?["code"] == .integer(-32_600))
            #expect(try client.call("status")["result"]?["state"] == .string("running"))
        }
    }

    @Test func unknownMethodsAndParametersListTheKnown() throws {
        try withDaemon { _, client in
            let method = try #require(try client.call("no.such")["error"])
            #expect(method["code"] == .integer(-32_601))
            #expect(method["data"]?["known"]?.elements?.contains(.string("item.give")) == true)
            let parameter = try #require(try client.call("people.add", "{\"id\":\"x\",\"who\":\"y\"}")["error"])
            #expect(parameter["code"] == .integer(-32_602))
            #expect(parameter["data"]?["known"]?.elements?.contains(.string("name")) == true)
        }
    }

    @Test func aLineOfTwoMebibytesIsRefusedAndEndsTheConnection() throws {
        try withDaemon { home, client in
            let pad = String(repeating: "a", count: 2 << 20)
            #expect(client.write(Array((RawClient.request("hello", "{\"client\":\"\(pad)\"}") + "\n").utf8)))
            let answer = try client.document()
            #expect(answer["id"] == .null)
            #expect(answer["error"]?["data"]?["reason"] == .string("line-too-long"))
            #expect(throws: RawClient.Fault.self) { try client.call("status", id: 7) }
            #expect(try home.client().call("status", id: 7)["id"] == .integer(7))
        }
    }

    /// The doctor of a running daemon speaks to who asks it; its commands are the same for all.
    @Test func theDoctorSpeaksTheLanguageOfTheConnection() throws {
        try withDaemon { _, client in
            func first(_ language: String) throws -> JSONValue? {
                _ = try client.call("hello", "{\"language\":\"\(language)\"}")
                client.send(line: RawClient.request("doctor"))
                let line = try client.line(waitMs: 30_000)
                return try JSONValue(parsing: Array(line.utf8))["result"]?["checks"]?.elements?.first
            }
            let (german, english) = (try first("de"), try first("en"))
            #expect(german?["message"] == .string("Mutual läuft."))
            #expect(english?["message"] == .string("Mutual runs."))
        }
    }

    @Test func aCutConnectionHarmsNobody() throws {
        try withDaemon { home, client in
            for round in 0..<20 {
                let other = try home.client()
                other.send(line: RawClient.request("inbox.list"))
                other.write(Array("{\"jsonrpc\":\"2.0\",\"id\":\(round),\"meth".utf8))
                other.close()
            }
            #expect(try client.call("status")["result"]?["state"] == .string("running"))
        }
    }

    @Test func aHalfClosedClientIsAnswered() throws {
        try withDaemon { home, _ in
            let client = try home.client()
            client.send(line: RawClient.request("status", id: 1))
            // The last line has no line feed.
            client.write(Array(RawClient.request("identity.get", id: 2).utf8))
            client.endInput()
            let ids = [try client.document()["id"], try client.document()["id"]]
            #expect(ids == [.integer(1), .integer(2)])
            #expect(throws: RawClient.Fault.self) { try client.line() }
        }
    }

    @Test func aClientThatNeverReadsIsStoppedAndTheDaemonGoesOn() throws {
        try withDaemon { home, client in
            let deaf = try home.client()
            let one = Array((RawClient.request("hello") + "\n").utf8)
            let flood = Array(repeatElement(one, count: 1_000).joined())
            var taken = 0
            // The daemon stops taking requests long before 64 MiB of them were written.
            while taken < 64 << 20, deaf.write(flood, waitMs: 500) { taken += flood.count }
            #expect(taken < 16 << 20)
            #expect(try client.call("status")["result"]?["state"] == .string("running"))
        }
    }

    @Test func answersKeepTheOrderOfOneConnectionAmongReads() throws {
        try withDaemon { _, client in
            for id in 0..<200 { client.send(line: RawClient.request("people.list", id: id)) }
            var answered: [Int64] = []
            for _ in 0..<200 {
                if let id = try client.document()["id"]?.integer { answered.append(id) }
            }
            #expect(answered == Array(0..<200))
        }
    }

    @Test func unknownItemsAndPeopleAreToldInASentence() throws {
        try withDaemon { _, client in
            let item = try #require(try client.call("item.get", "{\"item\":\"k3f\"}")["error"])
            #expect(item["code"] == .integer(2))
            #expect(item["data"]?["reason"] == .string("unknown-item"))
            #expect(item["message"]?.text?.contains("k3f") == true)
            let person = try #require(try client.call("history.list", "{\"with\":\"birch\"}")["error"])
            #expect(person["data"]?["reason"] == .string("unknown-person"))
        }
    }

    @Test func stopAnswersThenEndsAndTheSocketIsGone() throws {
        let home = try TestHome()
        let daemon = try home.start()
        let client = try home.client()
        #expect(try client.call("stop")["result"]?["schema"] == .integer(1))
        #expect(throws: RawClient.Fault.self) { try client.line() }
        daemon.wait()
        #expect(!FileManager.default.fileExists(atPath: home.location.socket))
        // And it can be started again.
        let again = try home.start()
        #expect(try home.client().call("status")["result"]?["name"] == .string("Alder"))
        again.stop()
        again.wait()
    }

    @Test func theSocketIsItsOwnersAlone() throws {
        try withDaemon { home, _ in
            let mode = try FileManager.default.attributesOfItem(atPath: home.location.socket)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            let folder = try FileManager.default.attributesOfItem(atPath: home.location.path)[.posixPermissions]
            #expect(folder as? Int == 0o700)
        }
    }
}
