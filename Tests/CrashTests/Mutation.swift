import Foundation
import GRDB

/// One way in which the files of a home are damaged, drawn from a seed.
struct Mutation: CustomStringConvertible {
    let seed: UInt64
    /// Whether the home is that of a daemon that was cut off.
    let isRunning: Bool
    private(set) var description: String
    private(set) var files: Fixture.Files

    /// Draws a state of the fixture, a file, and what happens to it.
    init(seed: UInt64, of fixture: Fixture) throws {
        var random = Seed(seed &* 0x2545_F491_4F6C_DD1D &+ 1)
        self.seed = seed
        isRunning = random.chance(percent: 60)
        let whole = isRunning ? fixture.running : fixture.ended
        files = whole
        let weighted = ["vault", "keys", "mutual.db", "mutual.db", "mutual.db", "mutual.db-wal", "mutual.toml"]
        let name = random.one(of: weighted.filter { !(whole[$0] ?? []).isEmpty })
        var bytes = whole[name] ?? []
        if name == "mutual.db", random.chance(percent: 20) {
            description = "seed \(seed): a number in a row"
            files = try Self.alterNumber(in: whole, &random, &description)
            return
        }
        let how = Self.damage(&bytes, &random)
        files[name] = bytes
        description = "seed \(seed)\(isRunning ? " (cut off)" : ""): \(name), \(how ?? "gone")"
        if how == nil { files[name] = nil }
    }

    /// Says what it did; nil: the file is to go.
    private static func damage(_ bytes: inout [UInt8], _ random: inout Seed) -> String? {
        let place = random.below(bytes.count)
        switch random.below(100) {
        case ..<30:
            let bit = random.below(8)
            bytes[place] ^= 1 << UInt8(bit)
            return "bit \(bit) of byte \(place)"
        case ..<50:
            let end = min(bytes.count, place + 1 + random.below(200))
            bytes.replaceSubrange(place..<end, with: random.bytes(end - place))
            return "bytes \(place)..<\(end)"
        case ..<65:
            bytes.removeLast(bytes.count - place)
            return "cut at \(place)"
        case ..<80:
            let size = random.one(of: [512, 4_096])
            guard bytes.count >= 2 * size else { return flipEvery(&bytes) }
            let (one, other) = (random.below(bytes.count / size), random.below(bytes.count / size))
            let kept = Array(bytes[one * size..<(one + 1) * size])
            bytes.replaceSubrange(one * size..<(one + 1) * size, with: bytes[other * size..<(other + 1) * size])
            bytes.replaceSubrange(other * size..<(other + 1) * size, with: kept)
            return "blocks \(one) and \(other) of \(size) swapped"
        case ..<86:
            let start = place / 4_096 * 4_096
            let end = min(bytes.count, start + 4_096)
            bytes.replaceSubrange(start..<end, with: [UInt8](repeating: 0, count: end - start))
            return "zeros \(start)..<\(end)"
        case ..<90:
            bytes = [UInt8](repeating: 0, count: bytes.count)
            return "all zeros"
        case ..<93:
            bytes = []
            return "empty"
        case ..<96:
            bytes += random.bytes(1 + random.below(5_000))
            return "longer, \(bytes.count) bytes"
        default: return nil
        }
    }

    private static func flipEvery(_ bytes: inout [UInt8]) -> String {
        for index in bytes.indices { bytes[index] ^= 0xFF }
        return "all bits"
    }

    /// Puts an extreme number where one stands in the open, as only a page that SQLite takes for sound can have it.
    private static func alterNumber(
        in files: Fixture.Files, _ random: inout Seed, _ description: inout String
    ) throws -> Fixture.Files {
        let folder = "/tmp/mc-\(getpid())-number"
        try Fixture.write(files, to: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let columns = [
            ("person", "row"), ("person", "standing"), ("item", "row"), ("item", "person"), ("item", "mine"),
            ("item", "state"), ("item", "opened"), ("item", "shown"), ("item", "kept"), ("item", "hour"),
            ("item", "size"), ("item", "slot"), ("taken", "person"), ("taken", "hour"), ("seen", "running"),
            ("clock", "one"), ("clock", "running"), ("event", "row"), ("event", "hour"), ("consumer", "event"),
            ("idempotency", "row"), ("idempotency", "hour"), ("setting", "row"), ("sqlite_sequence", "seq"),
            ("migration", "number"),
        ]
        let (table, column) = random.one(of: columns)
        let value = random.one(
            of: [Int64.max, Int64.min, -1, 0, 1, Int64.max - 1, Int64(truncatingIfNeeded: random.next()), 1 << 40])
        let row = random.below(1_000)
        let isRow = random.chance(percent: 70)
        description += ": \(table).\(column) = \(value), \(isRow ? "row \(row)" : "all rows")"
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: folder + "/mutual.db", configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            let key = table == "seen" ? "e" : table == "taken" ? "id" : table == "consumer" ? "name" : "rowid"
            let place = "\(row) % (SELECT max(1, count(*)) FROM \(table))"
            let one = " WHERE \(key) = (SELECT \(key) FROM \(table) LIMIT 1 OFFSET \(place))"
            // A number that may stand there once only, or a row that it would collide with, stays as it is.
            try db.execute(sql: "UPDATE OR IGNORE \(table) SET \(column) = \(value)\(isRow ? one : "")")
            _ = try Row.fetchAll(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        return Fixture.read(folder).filter { Fixture.names.contains($0.key) }
    }
}
