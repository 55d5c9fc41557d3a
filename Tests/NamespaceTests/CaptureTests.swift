import Foundation
import Testing

extension NamespaceTests {
    /// Who listens on the network learns neither who is there nor what they say.
    @Suite(.enabled(if: Needs.has("tcpdump"), "skipped: there is no tcpdump")) struct CaptureTests {
        /// 16 letters that stand nowhere by chance.
        private static func letters() -> String {
            String((0..<16).map { _ in Character(UnicodeScalar(UInt8.random(in: 97...122))) })
        }

        @Test func nothingOfWhatIsSaidCanBeRead() async throws {
            try await Lab.with { lab in
                let recording = try await Recording.begin(lab)
                let one = try await lab.addHost("a").person(Self.letters())
                let other = try await lab.addHost("b").person(Self.letters())
                var needles = [Needle("a name", one.name), Needle("a name", other.name)]
                let code = try await Person.pair(one, other)
                let said = code.split(separator: "-").dropFirst().map(String.init)
                needles += [" ", "-", ""].map { Needle("the code's words", said.joined(separator: $0)) }
                needles += try await Self.say(one, other)
                for person in [one, other] {
                    let identity = try await person.whoAmI()
                    needles.append(Needle("an id", identity.id))
                    needles.append(Needle("an id", identity.id.uppercased()))
                    needles.append(Needle("a public key", try publicKey(ofID: identity.id)))
                    needles += [" ", "-", ""].map { Needle("identity words", identity.words.joined(separator: $0)) }
                    try await person.stop()
                }
                let capture = try await recording.end()
                // It saw them meet, or it would be no wonder that it saw nothing.
                #expect(capture.datagrams.contains { $0.port == 7747 })
                #expect(capture.streams.filter { $0.bytes.count > 256 }.count >= 4)
                var places = capture.places
                for person in [one, other] {
                    let log = try #require(FileManager.default.contents(atPath: person.home + "/mutuald.log"))
                    #expect(!log.isEmpty)
                    places.append(Array(log))
                }
                for needle in needles {
                    let found = needle.found(in: places)
                    #expect(found.isEmpty, "\(needle.what) can be read: \(found)")
                }
            }
        }

        /// They check in, say heard, encourage and write; gives what was said.
        private static func say(_ one: Person, _ other: Person) async throws -> [Needle] {
            var needles: [Needle] = []
            func secret(_ what: String) -> String {
                let text = letters()
                needles.append(Needle(what, text))
                return text
            }
            func must(_ outcome: Outcome) throws { try #require(outcome.code == 0, "\(outcome.errors)") }
            let feelings = [secret("a feeling"), secret("a feeling")]
            try must(
                await one.mutual(
                    "checkin", other.name, secret("a check-in"), "--feel", feelings.joined(separator: ","), "--energy",
                    "low", "--want", "listen"))
            try await eventually("the check-in is there") { try await other.inbox().count == 1 }
            let checkin = try #require(try await other.inbox().first)
            #expect(checkin.feelings == feelings)
            try must(await other.mutual("heard", checkin.handle, secret("what was heard")))
            try must(await other.mutual("encourage", one.name, secret("an encouragement")))
            _ = try await one.note(other.name, secret("a note"))
            _ = try await other.note(one.name, secret("a note"))
            try await eventually("everything is there") {
                let there = try await (one.inbox().count, other.inbox().count)
                return there == (3, 2)
            }
            return needles
        }

        /// The search of the test above finds what is there, in every form and wherever it begins.
        @Test func theSearchFindsWhatIsThere() throws {
            let secret = Array("qwertzuiopasdfgh".utf8)
            let needle = Needle("text", secret)
            for before in 0..<6 {
                let text = [UInt8](repeating: 0xFB, count: before) + secret + [UInt8](repeating: 0xFE, count: 5)
                let hex = text.map { String($0, radix: 16) }.joined()
                #expect(needle.found(in: [text]) == ["raw"])
                #expect(needle.found(in: [Array(hex.utf8)]) == ["hex"])
                #expect(needle.found(in: [Array(hex.uppercased().utf8)]) == ["upper hex"])
                let base64 = Array(Data(text).base64EncodedString().utf8)
                #expect(needle.found(in: [base64]) == ["base64 at \(before % 3)"])
            }
            #expect(needle.found(in: [Array("qwertzuiopasdfgi".utf8)]).isEmpty)
        }
    }
}
