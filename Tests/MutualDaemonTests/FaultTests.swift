import Foundation
import MutualControl
import MutualCore
import MutualStore
import Synchronization
import Testing

@testable import MutualDaemon

/// A turn that cannot be committed: its callers hear why, nothing of it is left, and the daemon goes on by itself.
@Suite struct FaultTests {
    @Test func aFullDiskIsToldAndHealsWithoutARestart() throws {
        let home = try TestHome()
        let switchboard = Switchboard()
        var options = home.options
        let path = home.location.path
        options.files = { FailingFiles(DirectoryHome(path: path), switchboard) }
        let daemon = try Daemon.start(options)
        defer {
            daemon.stop()
            daemon.wait()
        }
        let client = try home.client()
        let id = "mutual1q8s7kdtrsn5q00yjs3leu8ru4ne0n2vsdm8mft0vfgmapxqfnverw4w9dk6"
        switchboard.set(JournalFault("disk-full"))
        let add = "{\"id\":\"\(id)\",\"name\":\"Birch\"}"
        for _ in 0..<3 {
            let error = try #require(try client.call("people.add", add)["error"])
            #expect(error["code"] == .integer(7))
            #expect(error["data"]?["reason"] == .string("disk-full"))
        }
        // Reading still works, and nothing was stored.
        #expect(try client.call("people.list")["result"]?["people"] == .array([]))
        switchboard.set(nil)
        var result: JSONValue?
        for _ in 0..<100 where result == nil {
            result = try client.call("people.add", add)["result"]
            if result == nil { usleep(100_000) }
        }
        #expect(result?["person"]?["name"] == .string("Birch"))
        #expect(try client.call("status")["result"]?["port"]?.integer ?? 0 > 0)
    }
}

/// What the files of a home do from now on.
final class Switchboard: Sendable {
    private let fault = Mutex<JournalFault?>(nil)
    func set(_ new: JournalFault?) { fault.withLock { $0 = new } }
    func check() throws(JournalFault) { if let fault = fault.withLock({ $0 }) { throw fault } }
}

/// The real files of a home, whose commits can be made to fail.
private final class FailingFiles: HomeFiles {
    private let real: DirectoryHome
    private let switchboard: Switchboard

    init(_ real: DirectoryHome, _ switchboard: Switchboard) {
        self.real = real
        self.switchboard = switchboard
    }

    var database: DatabasePlace { real.database }
    func read(_ file: HomeFile) throws(JournalFault) -> [UInt8]? { try real.read(file) }
    func create(_ file: HomeFile, _ bytes: [UInt8]) throws(JournalFault) { try real.create(file, bytes) }
    func write(_ bytes: [UInt8], to file: HomeFile, at offset: Int) throws(JournalFault) {
        try real.write(bytes, to: file, at: offset)
    }
    func sync(_ file: HomeFile) throws(JournalFault) { try real.sync(file) }
    func databaseHeader() throws(JournalFault) -> [UInt8]? { try real.databaseHeader() }
    func willCommit() throws(JournalFault) { try switchboard.check() }
}
