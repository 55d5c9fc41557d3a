import Foundation
import MutualControl
import Testing

@testable import MutualDaemon

/// How a daemon, and a connection to it, ends: what is under way is finished and told.
@Suite struct EndingTests {
    private static let passphrase = "a river in autumn"

    /// Begins a call of the vault, tells the daemon to end while it is being done, and gives the answer.
    private func answer(_ home: TestHome, _ daemon: Daemon, _ method: String, _ parameters: String) throws -> JSONValue
    {
        let client = try home.client()
        client.send(line: RawClient.request(method, parameters))
        // Deriving a key of a passphrase takes longer.
        usleep(60_000)
        daemon.stop()
        defer { daemon.wait() }
        let line = try client.line(waitMs: 30_000)
        return try JSONValue(parsing: Array(line.utf8))
    }

    @Test func anExportThatBeganIsWritten() throws {
        let home = try TestHome()
        let daemon = try home.start()
        let file = home.location.path + "-export"
        defer { unlink(file) }
        let done = try answer(
            home, daemon, "vault.export", "{\"file\":\"\(file)\",\"passphrase\":\"\(Self.passphrase)\"}")
        #expect(done["result"] != nil, "\(done)")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(bytes.count > 1_000)
        #expect(!FileManager.default.fileExists(atPath: home.location.path + "/snapshot.db"))
        // Another daemon may run here now.
        let again = try home.start()
        again.stop()
        again.wait()
    }

    @Test func aPassphraseThatIsBeingSetIsSet() throws {
        let home = try TestHome()
        let set = try answer(
            home, try home.start(), "vault.set-passphrase", "{\"passphrase\":\"\(Self.passphrase)\"}")
        #expect(set["result"] != nil, "\(set)")
        let daemon = try home.start()
        #expect(try home.client().call("status")["result"]?["state"] == .string("locked"))
        // What is opened is closed again; a daemon that is about to end opens nothing.
        let opened = try answer(home, daemon, "vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")
        #expect(opened["error"]?["data"]?["reason"] == .string("stopping"), "\(opened)")
    }

    /// A line that is too long is answered, and the connection closed after it `[control-3]`.
    @Test func aLineThatIsTooLongEndsTheConnection() throws {
        try withDaemon { home, client in
            let long = try home.client()
            long.send(line: RawClient.request("status", id: 7))
            #expect(try long.document()["id"] == .integer(7))
            long.write([UInt8](repeating: 0x61, count: LineFramer.limit + 2))
            long.send(line: "")
            long.send(line: RawClient.request("status", id: 8))
            let error = try long.document()
            #expect(error["error"] != nil && error["id"] == .null)
            #expect(throws: RawClient.Fault.self) { try long.line() }
            // A follower is no exception, and others are not concerned.
            let follower = try home.client()
            _ = try follower.call("events.subscribe")
            follower.write([UInt8](repeating: 0x61, count: LineFramer.limit + 2))
            #expect(try follower.document()["error"] != nil)
            #expect(throws: RawClient.Fault.self) { try follower.line() }
            #expect(try client.call("status")["result"] != nil)
        }
    }

    /// What a crashed editor left in the clear does not stay for ever.
    @Test func oldDraftsAreTakenAway() throws {
        let home = try TestHome()
        let names = [".text-old", ".text-old.swp", ".text-new", "text-old", "my.text-old"]
        for name in names {
            let path = home.location.path + "/" + name
            try "words".write(toFile: path, atomically: false, encoding: .utf8)
            if name != ".text-new" {
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -2 * 86_400)], ofItemAtPath: path)
            }
        }
        let daemon = try home.start()
        daemon.stop()
        daemon.wait()
        let left = try FileManager.default.contentsOfDirectory(atPath: home.location.path)
        #expect(names.filter { left.contains($0) } == [".text-new", "text-old", "my.text-old"])
    }
}
