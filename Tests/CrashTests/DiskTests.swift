import Foundation
import MutualControl
import Testing

/// A small disk of its own for a home.
final class SmallDisk {
    let path: String
    private var filler: String { path + "/filler" }

    /// Whether one can be made here.
    static let canBeMade: Bool = {
        guard let disk = try? SmallDisk("try", sizeMiB: 1) else { return false }
        disk.clear()
        return true
    }()

    init(_ mark: String, sizeMiB: Int) throws {
        path = "/tmp/mcd-\(getpid())-\(mark)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        do {
            try Spawned.must("mount", "-t", "tmpfs", "-o", "size=\(sizeMiB)m,mode=700", "tmpfs", path)
        } catch {
            rmdir(path)
            throw error
        }
    }

    /// Leaves so many bytes free, and no more.
    func fill(leaving bytes: Int = 0) throws {
        let file = open(filler, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4_096)
        while write(file, page, page.count) > 0 {}
        var info = stat()
        fstat(file, &info)
        ftruncate(file, max(0, info.st_size / 4_096 * 4_096 - off_t(bytes / 4_096 * 4_096)))
    }

    func makeRoom() { unlink(filler) }

    func setWritable(_ isWritable: Bool) throws {
        try Spawned.must("mount", "-o", "remount,\(isWritable ? "rw" : "ro")", path)
    }

    func clear() {
        _ = Spawned.run(["umount", path])
        rmdir(path)
    }
}

/// A disk that is full or read-only: one clear sentence, nothing lost, and the service goes on when there is room.
@Suite(
    .serialized, .enabled(if: Spawned.programs != nil, "skipped: mutuald is not built"),
    .enabled(if: SmallDisk.canBeMade, "skipped: no file system can be mounted here"))
struct DiskTests {
    private static let full = "The disk is full. Make room and try again."
    private static let surroundings = ["MUTUAL_INTERFACES": "lo,lo0", "MUTUAL_LOG_LEVEL": "debug"]

    /// Runs the daemon's program to its end, which has to come; gives exit code and what it complained of.
    private func run(_ home: String, _ arguments: String...) throws -> (code: Int32, errors: String) {
        let errors = "/tmp/mcd-\(getpid())-run.err"
        defer { unlink(errors) }
        let spawned = try Spawned(
            ["\(Spawned.programs ?? "")/mutuald"] + arguments + ["--home", home], environment: Self.surroundings,
            errors: errors)
        return (try spawned.end(), spawned.complaint)
    }

    private func give(_ device: Device, _ to: String, _ text: String) throws -> JSONValue {
        let key = text.replacingOccurrences(of: " ", with: "-").prefix(60)
        return try #require(device.line).call(
            "item.give", "{\"to\":[\"\(to)\"],\"kind\":\"note\",\"text\":\"\(text)\",\"key\":\"\(key)\"}")
    }

    @Test(.timeLimit(.minutes(20))) func aFullDiskLosesNothingAndServesAgainAtOnce() throws {
        var random = Seed(Volume.seed &* 31)
        let rounds = max(6, Volume.rounds / 4)
        // Fresh homes now and then: what is kept stays below the size of the disk and the items of a day.
        for first in stride(from: 0, to: rounds, by: 24) {
            try fill(first..<min(first + 24, rounds), &random)
        }
    }

    private func fill(_ rounds: Range<Int>, _ random: inout Seed) throws {
        let disk = try SmallDisk("full", sizeMiB: 4)
        defer { disk.clear() }
        let other = "/tmp/mcd-\(getpid())-other"
        defer { for file in [other, other + ".err"] { try? FileManager.default.removeItem(atPath: file) } }
        let alder = try Device(name: "Alder", home: disk.path + "/a", settings: Self.surroundings)
        let birch = try Device(name: "Birch", home: other, settings: Self.surroundings)
        for device in [alder, birch] { try device.start() }
        try Device.introduce(alder, birch)
        var fromAlder: [String] = []
        var fromBirch: [String] = []
        for round in rounds {
            try disk.fill(leaving: random.below(20) * 4_096)
            // Until nothing goes any more.
            var refusals = 0
            var waiting: String?
            for number in 0..<400 where refusals < 3 {
                let text = waiting ?? "a \(round) \(number)"
                let answer = try give(alder, "birch", text)
                if answer["result"] != nil {
                    fromAlder.append(text)
                    waiting = nil
                    continue
                }
                waiting = text
                refusals += 1
                let said = "round \(round): \(answer)"
                #expect(answer["error"]?["code"] == .integer(7), "\(said)")
                #expect(answer["error"]?["data"]?["reason"] == .string("disk-full"), "\(said)")
            }
            #expect(refusals == 3)
            // What is there can be read, and what the other one writes is taken later.
            #expect(try alder.call("people.list")["people"]?.elements?.count == 1)
            #expect(try alder.received() == fromBirch)
            let text = "b \(round)"
            #expect(try give(birch, "alder", text)["result"] != nil)
            fromBirch.append(text)
            if random.chance(percent: 50) {
                // A daemon that ends now, in order or not, and begins now.
                if random.chance(percent: 50) { try alder.killHard() } else { try alder.stop() }
                alder.hangUp()
                try alder.begin()
                let starting = try #require(alder.daemon)
                try eventually("it answers or has ended") {
                    !starting.isRunning || (try? Line(path: alder.home + "/control.sock").call("status")) != nil
                }
                if !starting.isRunning {
                    #expect(try starting.end() == 9, "round \(round)")
                    #expect(starting.complaint == Self.full, "round \(round)")
                    disk.makeRoom()
                    try alder.begin()
                }
                try alder.waitUntilReady()
            }
            disk.makeRoom()
            // The first call that comes when there is room is done.
            let last = waiting ?? "a \(round) last"
            let answer = try give(alder, "birch", last)
            #expect(answer["result"] != nil, "round \(round), refused though there is room: \(answer)")
            if answer["result"] == nil {
                try eventually("it heals") { try give(alder, "birch", last)["result"] != nil }
            }
            fromAlder.append(last)
            try eventually("all is there") {
                try alder.newest() == fromBirch.last && birch.newest() == fromAlder.last
            }
        }
        #expect(try birch.received() == fromAlder)
        #expect(try alder.received() == fromBirch)
        for device in [alder, birch] {
            try device.stop()
            #expect(try device.integrity() == "ok")
        }
    }

    @Test func aHomeThatFindsNoRoomIsMadeLater() throws {
        let disk = try SmallDisk("init", sizeMiB: 1)
        defer { disk.clear() }
        let home = disk.path + "/h"
        // From no page at all to nearly enough.
        for pages in stride(from: 0, to: 40, by: 3) {
            try disk.fill(leaving: pages * 4_096)
            let first = try run(home, "init", "--name", "Alder")
            if first.code != 0 {
                #expect(first.code == 9 && first.errors == Self.full, "\(pages) pages: \(first)")
                disk.makeRoom()
                let second = try run(home, "init", "--name", "Alder")
                #expect(second.code == 0, "\(pages) pages: \(second)")
            }
            disk.makeRoom()
            let again = try run(home, "init", "--name", "Alder")
            #expect(again.code == 8, "\(pages) pages: \(again)")
            try FileManager.default.removeItem(atPath: home)
        }
    }

    @Test func aReadOnlyDiskIsRefusedUntouched() throws {
        let disk = try SmallDisk("ro", sizeMiB: 8)
        defer { disk.clear() }
        let home = disk.path + "/h"
        for isCutOff in [false, true] {
            let device = try Device(name: "Alder", home: home, settings: Self.surroundings)
            try device.start()
            let id = "mutual1q8s7kdtrsn5q00yjs3leu8ru4ne0n2vsdm8mft0vfgmapxqfnverw4w9dk6"
            _ = try device.call("people.add", "{\"id\":\"\(id)\",\"name\":\"Birch\"}")
            #expect(try give(device, "birch", "one")["result"] != nil)
            if isCutOff { try device.killHard() } else { try device.stop() }
            device.hangUp()
            try disk.setWritable(false)
            let before = Fixture.read(home)
            let refused = try run(home)
            #expect(refused.code == 9)
            #expect(refused.errors == "\(home) is on a read-only disk. Name another home with --home.")
            #expect(Fixture.read(home) == before)
            try disk.setWritable(true)
            try device.start()
            #expect(try device.call("outbox.list")["items"]?.elements?.first?["text"] == .string("one"))
            try device.stop()
            try FileManager.default.removeItem(atPath: home)
        }
    }
}
