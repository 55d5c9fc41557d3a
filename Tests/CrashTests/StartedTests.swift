import Foundation
import GRDB
import Testing

/// The built daemon on damaged homes, on homes of a later version, and on files that are damaged under its hands.
@Suite(.serialized, .enabled(if: Spawned.programs != nil, "skipped: mutuald is not built")) struct StartedTests {
    private static var program: String { "\(Spawned.programs ?? "")/mutuald" }
    private static let surroundings = ["MUTUAL_INTERFACES": "lo,lo0", "MUTUAL_LOG_LEVEL": "critical"]

    /// Starts it and asks it everything; a signal that it did not get from here is a crash.
    private static func start(_ path: String, _ questions: Questions) throws -> Ending {
        let spawned = try Spawned(
            [program, "--home", path], environment: ["MUTUAL_LOG_LEVEL": "critical"], errors: path + ".err")
        defer { unlink(path + ".err") }
        var line: Line?
        try eventually("an answer or an end") {
            if !spawned.isRunning { return true }
            line = try? Line(path: path + "/control.sock")
            return line != nil
        }
        guard let line, spawned.isRunning else {
            let code = try spawned.end()
            // A fact, and below it what helps.
            guard code < 128, 1...2 ~= spawned.errors.split(separator: "\n").count else {
                return .fault("ended with \(code): \(spawned.errors)")
            }
            return .refused(spawned.complaint, code)
        }
        let wrong: String?
        do { wrong = try questions.ask(line) } catch { wrong = "\(error)" }
        spawned.signal(SIGTERM)
        let code = try spawned.end()
        guard code == 0 else { return .fault("ended with \(code), \(wrong ?? ""): \(spawned.errors)") }
        return wrong.map { .fault($0) } ?? .service
    }

    @Test(.timeLimit(.minutes(60))) func damagedHomesAreServedOrRefusedUntouched() throws {
        let fixture = try Fixture.make("s")
        let path = "/tmp/mcs-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var counts: [String: Int] = [:]
        // Other seeds than those that are tried inside this process.
        let first = Volume.seed &+ 1_000_000
        for seed in first..<(first + UInt64(max(1, Volume.startedMutations))) {
            let mutation = try Mutation(seed: seed, of: fixture)
            try Fixture.write(mutation.files, to: path)
            let ending = try Self.start(path, Questions(fixture: fixture))
            if let wrong = MutationTests.judge(ending, mutation, Fixture.read(path)) {
                Issue.record("\(mutation): \(wrong) [\(ending)] kept in \(MutationTests.keep(mutation))")
            }
            counts[ending.kind, default: 0] += 1
        }
        print("started: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        #expect(counts["service"] ?? 0 > 0 && counts["refused with 9"] ?? 0 > 0)
    }

    // MARK: later versions

    private static let newer = "This home was used by a newer Mutual. Use that one; nothing was changed."

    /// The later version stands in the database's file, in its log alone, or in the vault.
    @Test(arguments: ["file", "log", "vault"]) func aHomeOfALaterVersionIsRefusedUntouched(_ place: String) throws {
        let fixture = try Fixture.make("n")
        let path = "/tmp/mcn-\(getpid())"
        let copy = path + "-copy"
        defer { for folder in [path, copy] { try? FileManager.default.removeItem(atPath: folder) } }
        var files = fixture.ended
        if place == "vault" {
            // Both blocks, so that no older one is left to open.
            var vault = files["vault"] ?? []
            vault.replaceSubrange(4_096..<4_104, with: vault[..<8])
            for block in [0, 4_096] { vault[block + 8] = 2 }
            files["vault"] = vault
        } else {
            try Fixture.write(files, to: path)
            let queue = try DatabaseQueue(path: path + "/mutual.db")
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "CREATE TABLE later (row INTEGER) STRICT")
                let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                try db.execute(sql: "PRAGMA user_version = \(version + 1)")
                if place == "file" { _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            }
            files = Fixture.read(path).filter { Fixture.names.contains($0.key) }
            #expect((files["mutual.db-wal"] ?? []).isEmpty == (place == "file"))
            try queue.close()
        }
        try Fixture.write(files, to: copy)
        let ending = try Self.start(copy, Questions(fixture: fixture))
        #expect(ending == .refused(Self.newer, 9))
        #expect(MutationTests.changes(files, Fixture.read(copy)) == [])
    }

    // MARK: damage while it runs

    /// Pages go bad under a daemon that runs: what cannot be read is a fault that is said, and it goes on answering.
    @Test(arguments: 0..<UInt64(max(3, Volume.startedMutations / 8)))
    func pagesThatGoBadLaterAreFaults(_ number: UInt64) throws {
        var random = Seed(Volume.seed &* 7_919 &+ number)
        let path = "/tmp/mcl-\(getpid())"
        defer { for file in [path, path + ".err"] { try? FileManager.default.removeItem(atPath: file) } }
        let device = try Device(name: "Alder", home: path, settings: Self.surroundings)
        try device.start()
        let id = "mutual1q8s7kdtrsn5q00yjs3leu8ru4ne0n2vsdm8mft0vfgmapxqfnverw4w9dk6"
        _ = try device.call("people.add", "{\"id\":\"\(id)\",\"name\":\"Birch\"}")
        // More than SQLite keeps in memory.
        let text = String(repeating: "y", count: 16_000)
        for _ in 0..<260 {
            _ = try device.call("item.give", "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"\(text)\"}")
        }
        for name in ["mutual.db", "mutual.db-wal"] where random.chance(percent: 80) {
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path + "/" + name))
            let size = Int(try file.seekToEnd())
            for _ in 0..<(1 + random.below(size / 8_192)) {
                try file.seek(toOffset: UInt64(random.below(size)))
                try file.write(contentsOf: random.bytes(1 + random.below(4_096)))
            }
            try file.close()
        }
        var faults = 0
        for _ in 0..<3 {
            for (method, parameters) in [
                ("history.list", "{}"), ("history.list", "{\"before\":\"60\"}"), ("outbox.list", "{}"),
                ("people.list", "{}"), ("item.give", "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"z\"}"),
                ("people.rename", "{\"who\":\"birch\",\"name\":\"Betula\"}"), ("status", "{}"),
            ] {
                let answer = try #require(device.line).call(method, parameters)
                if answer["result"] != nil { continue }
                let code = answer["error"]?["code"]?.integer
                // Not found: the rows are gone with their pages.
                #expect(code == 7 || code == 2, "seed \(Volume.seed), \(number): \(method): \(answer)")
                faults += code == 7 ? 1 : 0
            }
        }
        #expect(device.daemon?.isRunning == true, "seed \(Volume.seed), \(number): \(device.daemon?.errors ?? "")")
        try device.stop()
        print("later damage \(number): \(faults) faults")
    }
}
