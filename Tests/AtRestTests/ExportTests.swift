import Foundation
import MutualControl
import Testing

/// `mutual export` and `import`: a home moves to another machine, and nothing is lost or doubled `[log-5]`.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built"), .serialized)
struct ExportTests {
    private static let passphrase = "correct horse battery"

    private func until(_ what: String, _ seconds: Double = 60, _ holds: () throws -> Bool) throws {
        let end = Date(timeIntervalSinceNow: seconds)
        while try !holds() {
            try #require(Date() < end, "\(what) does not come")
            usleep(50_000)
        }
    }

    private func id(_ home: RealHome) throws -> String {
        try #require(try home.call("identity.get")["result"]?["id"]?.text)
    }

    private func give(_ home: RealHome, _ text: String) throws {
        let answer = try home.call("item.give", "{\"to\":[\"all\"],\"kind\":\"note\",\"text\":\"\(text)\"}")
        try #require(answer["result"] != nil, "\(answer)")
    }

    private func texts(_ home: RealHome, mine: Bool) throws -> [String] {
        let list = try home.call("history.list", "{\"mine\":\(mine)}")["result"]?["items"]?.elements ?? []
        return list.compactMap { $0["text"]?.text }
    }

    /// Two homes that are mutuals.
    private func mutuals(_ a: RealHome, _ b: RealHome) throws {
        _ = try a.call("people.add", "{\"id\":\"\(try id(b))\",\"name\":\"Birch\"}")
        _ = try b.call("people.add", "{\"id\":\"\(try id(a))\",\"name\":\"Alder\"}")
        try until("a meeting") {
            try a.call("people.list")["result"]?["people"]?.elements?.first?["standing"] == .string("mutual")
        }
    }

    @Test func aHomeMovesAndNothingIsLostOrDoubled() throws {
        let (a, b) = (try RealHome(name: "Alder"), try RealHome(name: "Birch"))
        let (daemonA, daemonB) = (try a.start(), try b.start())
        try mutuals(a, b)
        try give(a, "one")
        try give(b, "eins")
        try until("the first two") { try texts(b, mine: false) == ["one"] && texts(a, mine: false) == ["eins"] }
        let file = a.folder + "/moved"
        let exported = try a.mutual("export", file, input: Self.passphrase + "\n")
        #expect(exported.code == 0 && exported.output.contains(file), "\(exported.errors)")
        #expect(try a.mutual("export", file, input: Self.passphrase + "\n").code == 8)
        // What is said after the copy was made is on the old machine and with the other one only.
        for text in ["two", "three"] { try give(a, text) }
        try give(b, "zwei")
        try until("what came after") {
            try texts(b, mine: false).sorted() == ["one", "three", "two"]
                && texts(a, mine: false).sorted() == ["eins", "zwei"]
        }
        a.stop(daemonA)
        // Meanwhile the other one writes.
        try give(b, "drei")

        let moved = try RealHome(name: nil)
        let imported = try moved.mutual("import", file, input: Self.passphrase + "\n")
        #expect(imported.code == 0, "\(imported.errors)")
        #expect(try moved.mutual("import", file, input: Self.passphrase + "\n").code == 8)
        let daemonC = try moved.start()
        #expect(try texts(moved, mine: true) == ["one"])
        // Its first word after the move stands where "two" stood in the log.
        try give(moved, "four")
        try until("the new log") { try texts(b, mine: false).contains("four") }
        try until("what was waiting") { try texts(moved, mine: false).contains("drei") }
        #expect(try texts(b, mine: false).sorted() == ["four", "one", "three", "two"])
        #expect(try texts(moved, mine: false).filter { $0 == "eins" }.count == 1)
        try until("both outboxes empty") {
            try [moved, b].allSatisfy { try $0.call("outbox.list")["result"]?["items"]?.elements?.isEmpty == true }
        }
        let events = try Caller(path: moved.path + "/control.sock")
        _ = try events.call("events.subscribe", "{\"since\":0,\"kinds\":[\"store.put-back\"]}")
        #expect(try events.document()["params"]?["kind"] == .string("store.put-back"))
        // And both ways from here on.
        try give(b, "vier")
        try give(moved, "five")
        try until("what comes after") {
            try texts(b, mine: false).contains("five") && texts(moved, mine: false).contains("vier")
        }
        #expect(try texts(b, mine: false).sorted() == ["five", "four", "one", "three", "two"])
        b.stop(daemonB)
        moved.stop(daemonC)
    }

    @Test func whatIsWrongWithAFileIsOneSentence() throws {
        let home = try RealHome()
        let daemon = try home.start()
        let file = home.folder + "/whole"
        #expect(try home.mutual("export", file, "--passphrase-file", try home.file("p", Self.passphrase)).code == 0)
        #expect(try home.mutual("export", home.folder + "/none/x", input: Self.passphrase + "\n").code == 9)
        home.stop(daemon)
        #expect(try home.mutual("export", home.folder + "/late", input: Self.passphrase + "\n").code == 5)
        let whole = try #require(FileManager.default.contents(atPath: file))
        let cut = home.folder + "/cut"
        try whole.prefix(whole.count - 5).write(to: URL(fileURLWithPath: cut))
        let other = try RealHome(name: nil)
        func refused(_ file: String, _ passphrase: String, _ code: Int32) throws {
            let result = try other.mutual("import", file, input: passphrase + "\n")
            #expect(result.code == code, "\(result)")
            #expect(result.output.isEmpty)
            // The fact, and below it what helps.
            #expect((1...2).contains(result.errors.split(separator: "\n").count), "\(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: other.path))
        }
        try refused(file, "not the one", 6)
        try refused(cut, Self.passphrase, whole.count > 64 + 65_552 ? 9 : 6)
        try refused(home.path + "/vault", Self.passphrase, 1)
        try refused(home.folder + "/nothing", Self.passphrase, 2)
        try refused(file, "short", 2)
        #expect(try other.mutual("import", file, input: Self.passphrase + "\n").code == 0)
    }

    /// Killed at many moments: the next import begins anew, and there never is half a home that starts.
    @Test func aKilledImportLeavesNoHalfHome() throws {
        let home = try RealHome()
        let daemon = try home.start()
        let file = home.folder + "/whole"
        #expect(try home.mutual("export", file, input: Self.passphrase + "\n").code == 0)
        home.stop(daemon)
        for round in 0..<12 {
            let other = try RealHome(name: nil)
            let pipe = Pipe()
            let (process, _, _) = try Programs.begin(
                "mutuald", ["import", "--home", other.path, file], input: pipe)
            try pipe.fileHandleForWriting.write(contentsOf: Data((Self.passphrase + "\n").utf8))
            let end = Date(timeIntervalSinceNow: 20)
            while !FileManager.default.fileExists(atPath: other.path + "/unfinished"), process.isRunning, Date() < end {
            }
            usleep(UInt32(round) * UInt32(round) * 250)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if try other.contents()["unfinished"] != nil {
                let started = try other.mutual("start")
                #expect(started.code == 1 && started.errors.contains("mutual import"), "\(started.errors)")
                #expect(try other.contents()["vault"] == nil && other.contents()["mutual.db"] == nil)
            }
            if try other.contents()["vault"] == nil {
                #expect(try other.mutual("import", file, input: Self.passphrase + "\n").code == 0)
            }
            let again = try other.start()
            #expect(try id(other).hasPrefix("mutual1"))
            other.stop(again)
        }
    }
}
