import Foundation
import Testing

extension NamespaceTests {
    /// A stranger gets not one byte, and learns nothing from when the connection ends `[session-8]`.
    @Suite(.enabled(if: Needs.has("tcpdump") && Needs.has("bash"), "skipped: there is no tcpdump or no bash"))
    struct StrangerTests {
        @Test func strangersGetSilenceForTenSeconds() async throws {
            try await Lab.with { lab in
                let recording = try await Recording.begin(lab)
                let alder = try await lab.addHost("a", .v4).person("Alder")
                let birch = try await lab.addHost("b", .v4).person("Birch")
                let stranger = try await lab.addHost("c", .v4)
                try await Person.list(alder, birch)
                let session = try await Self.session(recording)
                let flight = Array(session.sent.prefix(64))
                // Whoever is meant to hear an answer gets one: flight 2 and more.
                #expect(session.answered.count >= 48)

                let host = session.listener.map { String($0) }.joined(separator: ".")
                let random = (0..<64).map { _ in UInt8.random(in: 0...255) }
                let sendings: [(what: String, bytes: [UInt8])] = [
                    ("nothing", []), ("a web request", Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)),
                    ("64 random bytes", random), ("4096 random bytes", (0..<64).flatMap { _ in random }),
                    ("a recorded flight 1", flight),
                ]
                let visits = try sendings.enumerated().map { number, sending in
                    try Self.visit(stranger, host, port: session.port, sending.bytes, number)
                }
                for (visit, sending) in zip(visits, sendings) {
                    let outcome = try await visit.outcome()
                    try #require(outcome.code == 0, "\(sending.what): \(outcome.errors)")
                    let said = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
                    try #require(said.count == 2, "\(sending.what): \(outcome.output)")
                    #expect(said[0] == 0, "\(sending.what) was answered with \(said[0]) bytes")
                    #expect((9_500...13_000).contains(said[1]), "\(sending.what): closed after \(said[1]) ms")
                }
                // The replay did the session no harm.
                let dials = alder.dials() + birch.dials()
                _ = try await alder.note("Birch", "still here")
                try await eventually("the note is there") { try await birch.received() == ["still here"] }
                #expect(alder.dials() + birch.dials() == dials)
                _ = try await recording.end()
            }
        }

        private struct Session {
            var listener: [UInt8]
            var port: UInt16
            var sent: [UInt8]
            var answered: [UInt8]
        }

        /// The first session that was recorded.
        private static func session(_ recording: Recording) async throws -> Session {
            var session: Session?
            try await eventually("a session was recorded") {
                let capture = try recording.soFar()
                for (flow, sent) in capture.streams where flow.toPort == 7747 && sent.count >= 64 {
                    let answer = capture.streams.first { $0.flow == flow.back }
                    guard let answer, answer.bytes.count >= 48 else { continue }
                    session = Session(listener: flow.to, port: flow.toPort, sent: sent, answered: answer.bytes)
                    return true
                }
                return false
            }
            return try #require(session)
        }

        /// Connects, sends, and reads until the other side closes; says how many bytes came and after how many
        /// milliseconds it ended.
        private static func visit(
            _ stranger: Host, _ host: String, port: UInt16, _ bytes: [UInt8], _ number: Int
        ) throws -> Running {
            let path = "\(stranger.lab.folder)/sending\(number)"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let script = """
                exec 3<>/dev/tcp/\(host)/\(port) || exit 1
                began=${EPOCHREALTIME/./}
                cat '\(path)' >&3
                timeout 25 cat <&3 >'\(path).came' 2>/dev/null
                [ $? -ne 124 ] || { echo 'never closed' >&2; exit 1; }
                ended=${EPOCHREALTIME/./}
                echo "$(wc -c <'\(path).came') $(((ended - began) / 1000))"
                """
            return try stranger.begin(["bash", "-c", script])
        }
    }
}
