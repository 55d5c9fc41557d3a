import Foundation
import MutualClient
import TestSupport
import Testing

/// What may stand where the socket is to be.
struct ConnectTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = "/tmp/mc-" + String(UInt32.random(in: 0 ... .max), radix: 36)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func fault(_ path: String) -> ClientError? {
        do throws(ClientError) {
            _ = try Client(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test func nothingThereIsNotRunning() throws {
        try withFolder { folder in
            #expect(fault(folder + "/control.sock") == .notRunning)
            #expect(fault(folder + "/none/control.sock") == .notRunning)
        }
    }

    @Test func theSocketOfADeadDaemonIsNotRunning() throws {
        try withFolder { folder in
            let path = folder + "/control.sock"
            close(try ScriptedDaemon.listen(at: path))
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(fault(path) == .notRunning)
        }
    }

    @Test func aPlainFileOrAFileInTheWayIsNotRunning() throws {
        try withFolder { folder in
            let path = folder + "/control.sock"
            try Data().write(to: URL(fileURLWithPath: path))
            #expect(fault(path) == .notRunning)
            #expect(fault(path + "/control.sock") == .notRunning)
        }
    }

    @Test func aSocketOfAnotherKindIsNotOurs() throws {
        try withFolder { folder in
            let path = folder + "/control.sock"
            let made = try ScriptedDaemon.listen(at: path, kind: ScriptedDaemon.datagramKind)
            defer { close(made) }
            #expect(fault(path) == .notOurs)
        }
    }

    @Test func aPathThatNoAddressHoldsIsToldWithTheLimit() {
        let most = Client.pathLimit
        let fits = "/tmp/" + String(repeating: "x", count: most - 5)
        #expect(fault(fits) == .notRunning)
        #expect(fault(fits + "x") == .pathTooLong(limit: most))
        // Bytes count, not letters.
        #expect(fault("/tmp/" + String(repeating: "\u{E9}", count: most / 2)) == .pathTooLong(limit: most))
    }

    @Test(.enabled(if: geteuid() != 0, "root may open every socket")) func aSocketThatMayNotBeOpenedIsNoAccess() throws
    {
        try withFolder { folder in
            let path = folder + "/control.sock"
            let made = try ScriptedDaemon.listen(at: path)
            defer { close(made) }
            chmod(path, 0)
            #expect(fault(path) == .noAccess)
        }
    }
}
