import Foundation
import MutualControl
import Testing

/// The log at its most talkative, while every verb is used: phrases and numbers, nothing of anybody.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built"), .serialized)
struct LogTests {
    private static let passphrase = "correct horse battery"

    @Test func noNameIdTextCodeOrPassphraseIsInTheLog() throws {
        let homes = [try RealHome(name: "Aldermann"), try RealHome(name: "Birchfield")]
        let daemons = try homes.map {
            try $0.start(["--detached"], environment: ["MUTUAL_LOG_LEVEL": "trace"])
        }
        let (a, b) = (homes[0], homes[1])
        var secrets = ["Aldermann", "Birchfield", "Bibi", "birchfield", "127.0.0.1", Self.passphrase]
        func ask(_ home: RealHome, _ method: String, _ parameters: String = "{}") throws -> JSONValue {
            try home.call(method, parameters)
        }
        func text(_ tree: JSONValue?, _ path: String...) -> String {
            path.reduce(tree) { $0?[$1] }?.text ?? ""
        }
        let ids = try homes.map { text(try ask($0, "identity.get"), "result", "id") }
        secrets += ids
        for home in homes {
            let words = try ask(home, "identity.get")["result"]?["words"]?.elements ?? []
            secrets.append(words.compactMap(\.text).prefix(3).joined(separator: " "))
        }
        _ = try ask(a, "people.add", "{\"id\":\"\(ids[1])\",\"name\":\"Bibi\"}")
        _ = try ask(b, "people.add", "{\"id\":\"\(ids[0])\"}")
        _ = try ask(a, "people.rename", "{\"who\":\"bibi\",\"name\":\"Birchfield\"}")
        _ = try ask(a, "people.reach", "{\"who\":\"birch\",\"address\":\"127.0.0.1:9\"}")
        for number in 0..<3 {
            secrets.append("quiet words \(number)")
            let given = try ask(
                a, "item.give",
                "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"quiet words \(number)\",\"key\":\"callers-key-\(number)\"}"
            )
            secrets.append("callers-key-\(number)")
            if let id = given["result"]?["items"]?.elements?.first?["id"]?.text { secrets.append(id) }
        }
        let end = Date(timeIntervalSinceNow: 60)
        var inbox: [JSONValue] = []
        while inbox.count < 3, Date() < end {
            inbox = try ask(b, "inbox.list")["result"]?["items"]?.elements ?? []
            usleep(50_000)
        }
        #expect(inbox.count == 3)
        let item = inbox.first?["id"]?.text ?? ""
        _ = try ask(b, "item.open", "{\"item\":\"\(item)\"}")
        _ = try ask(b, "item.give", "{\"re\":\"\(item)\",\"kind\":\"heard\",\"text\":\"quiet answer\"}")
        _ = try ask(b, "item.get", "{\"item\":\"\(item)\"}")
        secrets.append("quiet answer")
        let code = text(try ask(a, "pair.open"), "result", "code")
        _ = try ask(b, "pair.join", "{\"code\":\"\(code)\"}")
        secrets.append(code)
        for home in homes {
            for method in ["pair.cancel", "doctor", "status", "history.list", "outbox.list", "people.list"] {
                _ = try ask(home, method)
            }
        }
        // Whatever other methods there are, once each with what fits most of them.
        for method in Method.allCases where ![.stop, .vaultWipe, .vaultLock, .peopleRemove].contains(method) {
            let tries = [
                "{}", "{\"who\":\"alder\"}", "{\"item\":\"\(item)\"}", "{\"who\":\"alder\",\"text\":\"quiet words 9\"}",
            ]
            for parameters in tries { _ = try ask(b, method.rawValue, parameters) }
        }
        secrets.append("quiet words 9")
        _ = try ask(a, "vault.set-passphrase", "{\"passphrase\":\"\(Self.passphrase)\"}")
        _ = try ask(a, "vault.lock")
        _ = try ask(a, "vault.unlock", "{\"passphrase\":\"wrong horse battery\"}")
        _ = try ask(a, "vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")
        let file = a.folder + "/moved"
        _ = try ask(a, "vault.export", "{\"file\":\"\(file)\",\"passphrase\":\"\(Self.passphrase)\"}")
        _ = try ask(a, "people.remove", "{\"who\":\"birch\"}")
        secrets += ["wrong horse battery", file]
        for (home, daemon) in zip(homes, daemons) {
            home.stop(daemon)
            let log = try String(contentsOfFile: home.path + "/mutuald.log", encoding: .utf8)
            #expect(log.contains("debug counters"))
            #expect(log.contains("stopped"))
            for secret in secrets where !secret.isEmpty {
                #expect(!log.contains(secret), "\(secret) is in the log")
            }
        }
        let log = try String(contentsOfFile: a.path + "/mutuald.log", encoding: .utf8)
        for phrase in ["locked", "unlocked", "exported", "the passphrase was changed"] { #expect(log.contains(phrase)) }
        #expect(FileManager.default.fileExists(atPath: file))
    }
}
