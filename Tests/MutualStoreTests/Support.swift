import Foundation
import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// Chance from a seed.
struct Seeded: Entropy {
    private var random: SeededRandom
    init(_ seed: String) { random = SeededRandom(seed: Array(seed.utf8)) }
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { random.fill(buffer) }
}

let hourMs: Int64 = 3_600_000
let dayMs: Int64 = 86_400_000
/// A moment that is no full hour.
let startMs: Int64 = 1_800_000_123_456

func storeKey(_ text: String = "store key") -> SecretBytes {
    SHA512.hash(Array(text.utf8)).prefix(32).withUnsafeBytes { SecretBytes(copying: $0) }
}

func bytes(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8)
    return stride(from: 0, to: digits.count, by: 2).map {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
    }
}

func itemID(_ number: Int) -> ItemID {
    ItemID(SHA512.hash(Array("item \(number)".utf8)).prefix(16)) ?? itemID(number + 1)
}

func logID(_ number: Int) -> LogID {
    LogID(SHA512.hash(Array("log \(number)".utf8)).prefix(16)) ?? logID(number + 1)
}

func publicKey(_ number: Int) -> PublicKey {
    PublicKey(SHA512.hash(Array("person \(number)".utf8)).prefix(32)) ?? publicKey(number + 1)
}

func person(_ number: Int, name: String? = nil) -> PersonRecord {
    PersonRecord(
        row: PersonRow(0), key: publicKey(number), name: name ?? "Person \(number)", nameIsProvisional: false,
        standing: .listed, listedMs: startMs, byCode: true)
}

func item(
    _ number: Int, _ person: PersonRow, mine: Bool, lifeMs: Int64 = dayMs, kind: UInt32 = 16
) -> ItemRecord {
    ItemRecord(
        row: ItemRow(0), person: person, mine: mine, id: itemID(number), handle: "", kind: kind, re: nil, want: nil,
        madeMs: startMs, storedMs: startMs, expiresMs: startMs + lifeMs)
}

/// A store in memory that can be opened again, as after a crash.
final class World {
    let home = MemoryHome()
    private var opened = 0

    func open() throws -> Store {
        opened += 1
        return try Store(files: home, storeKey: storeKey(), entropy: Seeded("store \(opened)"))
    }
}

/// A folder that is removed with its last user.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "mutual-store-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(_ seed: String = "a") throws -> Store {
        try Store(files: DirectoryHome(path: path), storeKey: storeKey(), entropy: Seeded(seed))
    }

    /// The bytes of every file, by name.
    func contents() throws -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            result[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
        }
        return result
    }

    /// The same without what SQLite makes for each opening: the index of its log, and a log with nothing in it.
    func lasting() throws -> [String: [UInt8]] {
        try contents().filter { !$0.key.hasSuffix("-shm") && !($0.key.hasSuffix("-wal") && $0.value.isEmpty) }
    }
}

extension [UInt8] {
    func contains(_ needle: [UInt8]) -> Bool { Data(self).range(of: Data(needle)) != nil }
}
