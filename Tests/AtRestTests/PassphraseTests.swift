import Foundation
import MutualControl
import Testing

/// `mutual passphrase`, `unlock`, `lock`, `start`, and homes that nobody sits at `[storage-24]`.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built"), .serialized)
struct PassphraseTests {
    private static let first = "correct horse battery"
    private static let second = "Grüße, neue Worte"

    private func state(_ home: RealHome) throws -> String? { try home.call("status")["result"]?["state"]?.text }

    @Test func setChangedAndTakenAway() throws {
        let home = try RealHome()
        var daemon = try home.start()
        #expect(try home.mutual("lock").code == 4)
        let short = try home.mutual("passphrase", input: "short\n")
        #expect(short.code == 4 && short.errors.contains("8 to 1,024"))
        let set = try home.mutual("passphrase", "--file", try home.file("one", Self.first + "\n"))
        #expect(set.code == 0 && set.output.contains("The passphrase is set."), "\(set.errors)")
        // The one until now is asked for, also while it is open.
        #expect(try home.mutual("passphrase", input: "not the one\n\(Self.second)\n").code == 6)
        #expect(try home.mutual("passphrase", input: "\(Self.first)\n\(Self.second)\n").code == 0)
        home.stop(daemon)
        daemon = try home.start()
        #expect(try state(home) == "locked")
        #expect(try home.mutual("whoami").code == 6)
        #expect(try home.mutual("unlock", input: Self.first + "\n").code == 6)
        #expect(try home.mutual("unlock", input: Self.second + "\n").code == 0)
        #expect(try home.mutual("unlock").code == 0)
        #expect(try home.mutual("whoami").output.contains("Alder"))
        let locked = try home.mutual("lock")
        #expect(locked.code == 0 && locked.output.contains("mutual unlock"))
        #expect(try home.mutual("status").output == "Mutual is locked.\n")
        #expect(try home.mutual("unlock", "--file", try home.file("two", Self.second)).code == 0)
        #expect(try home.mutual("passphrase", "--remove", input: Self.second + "\n").code == 0)
        #expect(try home.mutual("passphrase", "--remove", input: Self.second + "\n").code == 4)
        home.stop(daemon)
        daemon = try home.start()
        #expect(try state(home) == "running")
        home.stop(daemon)
    }

    @Test func startSaysSixWithTheDaemonRunning() throws {
        let home = try RealHome()
        let daemon = try home.start()
        #expect(try home.mutual("passphrase", input: Self.first + "\n").code == 0)
        home.stop(daemon)
        for _ in 0..<2 {
            let started = try home.mutual("start")
            #expect(started.code == 6)
            #expect(started.errors.contains("Mutual is locked.") && started.errors.contains("mutual unlock"))
            #expect(try state(home) == "locked")
        }
        #expect(try home.mutual("unlock", input: Self.first + "\n").code == 0)
        #expect(try home.mutual("start").code == 0)
        #expect(try home.mutual("stop").code == 0)
    }

    @Test func whereNobodySits() throws {
        let home = try RealHome()
        var daemon = try home.start()
        #expect(try home.mutual("passphrase", input: Self.first + "\n").code == 0)
        home.stop(daemon)
        func runs(_ arguments: [String] = [], input: String? = nil, _ environment: [String: String] = [:]) throws
            -> String?
        {
            daemon = try home.start(arguments, input: input, environment: environment)
            defer { home.stop(daemon) }
            return try state(home)
        }
        let file = try home.file("secret", Self.first + "\n")
        #expect(try runs(["--passphrase-stdin"], input: Self.first + "\n") == "running")
        #expect(try runs(["--passphrase-stdin"], input: "not the one\n") == "locked")
        #expect(try runs([], ["MUTUAL_PASSPHRASE_FILE": file]) == "running")
        let settings = home.path + "/mutual.toml"
        try Data("passphrase_file = \"\(file)\"\n".utf8).write(to: URL(fileURLWithPath: settings))
        #expect(try runs() == "running")
        // One that others can read is not taken; the daemon runs and waits.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        #expect(try runs() == "locked")
        try FileManager.default.removeItem(atPath: settings)
        let credentials = home.folder + "/credentials"
        try FileManager.default.createDirectory(atPath: credentials, withIntermediateDirectories: false)
        _ = try home.file("credentials/mutual.passphrase", Self.first, mode: 0o400)
        #expect(try runs([], ["CREDENTIALS_DIRECTORY": credentials]) == "running")
        #expect(try runs([], ["CREDENTIALS_DIRECTORY": home.folder]) == "locked")
    }

    /// Killed while a passphrase is changed, again and again: one of the two opens it, every time.
    @Test func killedWhileItIsChanged() throws {
        let home = try RealHome()
        var known = [Self.first, Self.first]
        var daemon = try home.start()
        #expect(try home.mutual("passphrase", input: Self.first + "\n").code == 0)
        home.stop(daemon)
        for round in 0..<6 {
            daemon = try home.start()
            let opened = try known.first { passphrase in
                try home.call("vault.unlock", "{\"passphrase\":\"\(passphrase)\"}")["result"] != nil
            }
            let current = try #require(opened, "round \(round)")
            let next = "next passphrase \(round)"
            let caller = try Caller(path: home.path + "/control.sock")
            try caller.send(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"vault.set-passphrase\",\"params\":"
                    + "{\"passphrase\":\"\(next)\",\"current\":\"\(current)\"}}")
            // As soon as the file changes, or a little later: the two blocks and their syncs.
            let before = FileManager.default.contents(atPath: home.path + "/vault")
            let end = Date(timeIntervalSinceNow: 20)
            while FileManager.default.contents(atPath: home.path + "/vault") == before, Date() < end { usleep(100) }
            usleep(UInt32(round) * 400)
            kill(daemon.processIdentifier, SIGKILL)
            daemon.waitUntilExit()
            known = [next, current]
        }
    }
}
