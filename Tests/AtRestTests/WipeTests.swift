import Foundation
import MutualControl
import Testing

/// `mutual wipe`: with a daemon, without one, locked, and killed in between `[storage-18]`.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built"), .serialized)
struct WipeTests {
    private func exists(_ home: RealHome) -> Bool { FileManager.default.fileExists(atPath: home.path) }

    @Test func withARunningDaemonAndWithout() throws {
        let home = try RealHome()
        try Data("log_level = \"debug\"\n".utf8).write(to: URL(fileURLWithPath: home.path + "/mutual.toml"))
        #expect(try home.mutual("start").code == 0)
        #expect(try home.mutual("wipe").code == 2)
        #expect(exists(home))
        let wiped = try home.mutual("wipe", "--yes")
        #expect(wiped.code == 0 && wiped.output == "Everything is taken away.\n", "\(wiped.errors)")
        #expect(!exists(home))
        #expect(try home.mutual("wipe", "--yes").code == 1)
        // A new one can be made there, and wiped without a daemon.
        #expect(try home.mutual("init", "--name", "Birch").code == 0)
        #expect(try home.mutual("wipe", "--yes").code == 0)
        #expect(!exists(home))
    }

    @Test func lockedItCanBeWiped() throws {
        let home = try RealHome()
        let daemon = try home.start()
        #expect(try home.mutual("passphrase", input: "correct horse battery\n").code == 0)
        #expect(try home.mutual("lock").code == 0)
        #expect(try home.call("vault.wipe")["error"]?["code"] == .integer(-32_602))
        #expect(try home.call("vault.wipe", "{\"confirm\":false}")["error"]?["code"] == .integer(-32_602))
        #expect(try home.mutual("wipe", "--yes").code == 0)
        daemon.waitUntilExit()
        #expect(!exists(home))
    }

    @Test func somebodyElsesFilesStay() throws {
        let home = try RealHome()
        try Data("x".utf8).write(to: URL(fileURLWithPath: home.path + "/mine.txt"))
        #expect(try home.mutual("wipe", "--yes").code == 0)
        #expect(try home.contents().keys.sorted() == ["mine.txt"])
    }

    /// Killed at many moments of a wipe: the next start finishes it and says so, whatever starts next.
    @Test func killedInBetweenItGoesOn() throws {
        var wasCut = 0
        for round in 0..<30 {
            let home = try RealHome()
            let daemon = try home.start()
            let vault = try #require(try home.contents()["vault"])
            let caller = try Caller(path: home.path + "/control.sock")
            try caller.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"vault.wipe\",\"params\":{\"confirm\":true}}")
            let end = Date(timeIntervalSinceNow: 20)
            while !FileManager.default.fileExists(atPath: home.path + "/unfinished"), daemon.isRunning, Date() < end {}
            usleep(UInt32(round % 10) * UInt32(round % 10) * 60)
            kill(daemon.processIdentifier, SIGKILL)
            daemon.waitUntilExit()
            guard exists(home) else { continue }
            guard try home.contents()["unfinished"] != nil else { continue }
            wasCut += 1
            if round % 3 == 0 {
                #expect(try home.mutual("init", "--name", "Birch").code == 0)
                #expect(try home.contents()["vault"] != vault)
                continue
            }
            if round % 3 == 1 {
                let started = try home.mutual("start")
                #expect(started.code == 1 && started.errors.contains("mutual init"), "\(started.errors)")
            } else {
                #expect(try home.mutual("wipe", "--yes").code == 0)
            }
            #expect(!exists(home), "round \(round)")
        }
        #expect(wasCut > 3)
    }
}
