import Foundation
import MutualCore
import MutualCrypto
import MutualStore
import Testing

/// Hands out given bytes, then a seed's.
struct Scripted: Entropy {
    var script: [UInt8]
    private var rest = Seeded("rest")
    init(_ script: [UInt8]) { self.script = script }

    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        guard script.count >= buffer.count else { return rest.fill(buffer) }
        buffer.copyBytes(from: script.prefix(buffer.count))
        script.removeFirst(buffer.count)
    }
}

struct AtRest: Decodable {
    struct Block: Decodable {
        var hex: String
        var zeros: Int
        var data: [UInt8] { bytes(hex) + [UInt8](repeating: 0, count: zeros) }
    }
    struct Case: Decodable, CustomTestStringConvertible {
        var name: String
        var passphrase: String
        var generation: UInt64?
        var seed: String?
        var storeKey: String?
        var block0: Block
        var block1: Block
        var expect: String?
        var testDescription: String { name }
        var data: [UInt8] { block0.data + block1.data }
        var secret: SecretBytes? {
            passphrase.isEmpty ? nil : Array(passphrase.utf8).withUnsafeBytes { SecretBytes(copying: $0) }
        }
    }
    struct Vaults: Decodable {
        var cases: [Case]
        var refused: [Case]
    }
    struct Sealed: Decodable, CustomTestStringConvertible {
        var name: String
        var table: String
        var column: String
        var row: Int64
        var key: String?
        var nonce: String?
        var ad: String?
        var value: String?
        var sealed: String
        var testDescription: String { name }
    }
    struct Twin: Decodable, CustomTestStringConvertible {
        var name: String
        var table: String
        var column: String
        var person: Int64
        var value: String
        var twin: String
        var testDescription: String { name }
    }
    struct Slot: Decodable, CustomTestStringConvertible {
        var name: String
        var slot: Int
        var nonce: String?
        var bucketKey: String?
        var hour: String?
        var data: String
        var expect: String?
        var testDescription: String { name }
    }
    struct ItemKey: Decodable, CustomTestStringConvertible {
        var name: String
        var row: Int64
        var ad: String
        var textAd: String
        var testDescription: String { name }
    }
    var storeKey: String
    var vault: Vaults
    var sealed: [Sealed]
    var sealedRefused: [Sealed]
    var twins: [Twin]
    var slots: [Slot]
    var slotsRefused: [Slot]
    var itemKey: [ItemKey]

    static let vectors: AtRest = {
        struct File: Decodable { var atRest: AtRest }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = root.appendingPathComponent("Protocol/vectors/mutual_v1.json")
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(File.self, from: Data(contentsOf: url)).atRest
        } catch {
            preconditionFailure("\(url.path): \(error)")
        }
    }()
}

extension SecretBytes {
    /// For tests only.
    var exposed: [UInt8] { withBytes { Array($0) } }
}

@Suite struct VaultTests {
    private func home(_ data: [UInt8]) throws -> MemoryHome {
        let home = MemoryHome()
        try home.create(.vault, data)
        return home
    }

    @Test(arguments: AtRest.vectors.vault.cases) func opens(_ vector: AtRest.Case) throws {
        let home = try home(vector.data)
        var entropy = Seeded("vault")
        let vault = try Vault.open(in: home, passphrase: vector.secret, entropy: &entropy)
        #expect(vault.seed.exposed == bytes(try #require(vector.seed)))
        #expect(vault.storeKey.exposed == bytes(try #require(vector.storeKey)))
        // Whatever was put right, the same passphrase opens what is there now, and nothing is put right again.
        let after = try home.read(.vault)
        let again = try Vault.open(in: home, passphrase: vector.secret, entropy: &entropy)
        #expect(again.seed.exposed == vault.seed.exposed)
        #expect(again.generation == vault.generation)
        #expect(try home.read(.vault) == after)
        // No older block is left that begins as one.
        let magic = Array("MUTUAL V".utf8)
        let blocks = [after?.prefix(8), after?.dropFirst(4_096).prefix(8)]
        #expect(blocks.filter { $0.map(Array.init) == magic }.count == 1)
    }

    @Test(arguments: AtRest.vectors.vault.refused) func refuses(_ vector: AtRest.Case) throws {
        let home = try home(vector.data)
        var entropy = Seeded("vault")
        let error = #expect(throws: VaultError.self) {
            try Vault.open(in: home, passphrase: vector.secret, entropy: &entropy)
        }
        #expect(error?.code == vector.expect)
        #expect(try home.read(.vault) == vector.data)
    }

    @Test func aNewVaultIsThatOfTheVector() throws {
        let vector = try #require(AtRest.vectors.vault.cases.first)
        let (block, other) = (vector.block0.data, vector.block1.data)
        let drawn =
            bytes(try #require(vector.seed)) + bytes(try #require(vector.storeKey)) + block[20..<36]
            + block[52..<76] + other
        var entropy = Scripted(drawn)
        let home = MemoryHome()
        let vault = try Vault.create(in: home, entropy: &entropy)
        #expect(try home.read(.vault) == block + other)
        #expect(vault.generation == 1)
        #expect(!vault.hasPassphrase)
        #expect(throws: VaultError.exists) { try Vault.create(in: home, entropy: &entropy) }
    }

    @Test func aPassphraseIsSetChangedAndTakenAway() throws {
        let home = MemoryHome()
        var entropy = Seeded("change")
        let vault = try Vault.create(in: home, entropy: &entropy)
        let seed = vault.seed.exposed
        let first = Array("first".utf8).withUnsafeBytes { SecretBytes(copying: $0) }
        let second = Array("second".utf8).withUnsafeBytes { SecretBytes(copying: $0) }
        let before = try #require(try home.read(.vault))
        try vault.change(passphrase: first, ops: 1, mem: 8 << 20, in: home, entropy: &entropy)
        #expect(vault.generation == 2)
        #expect(throws: VaultError.open) { try Vault.open(in: home, entropy: &entropy) }
        #expect(throws: VaultError.open) { try Vault.open(in: home, passphrase: second, entropy: &entropy) }
        #expect(try Vault.open(in: home, passphrase: first, entropy: &entropy).seed.exposed == seed)
        // The block that opened without a passphrase is gone.
        #expect(try #require(try home.read(.vault)).prefix(4_096) != before.prefix(4_096))
        try vault.change(passphrase: second, ops: 1, mem: 8 << 20, in: home, entropy: &entropy)
        #expect(throws: VaultError.open) { try Vault.open(in: home, passphrase: first, entropy: &entropy) }
        #expect(try Vault.open(in: home, passphrase: second, entropy: &entropy).hasPassphrase)
        try vault.change(passphrase: nil, in: home, entropy: &entropy)
        #expect(try Vault.open(in: home, entropy: &entropy).seed.exposed == seed)
        #expect(throws: VaultError.ops) { try vault.change(passphrase: first, ops: 21, in: home, entropy: &entropy) }
        #expect(throws: VaultError.mem) { try vault.change(passphrase: first, mem: 1, in: home, entropy: &entropy) }
    }

    @Test func aCutChangeLeavesOneThatOpens() throws {
        // Calls of a change: write, sync, write, sync.
        for calls in 0..<4 {
            let home = MemoryHome()
            var entropy = Seeded("cut")
            let vault = try Vault.create(in: home, entropy: &entropy)
            let passphrase = Array("tea".utf8).withUnsafeBytes { SecretBytes(copying: $0) }
            (home.fault, home.callsBeforeFault) = (JournalFault("io"), calls)
            #expect(throws: VaultError.fault("io")) {
                try vault.change(passphrase: passphrase, ops: 1, mem: 8 << 20, in: home, entropy: &entropy)
            }
            home.fault = nil
            home.cutPower()
            let isNew = calls >= 2
            let opened = try Vault.open(in: home, passphrase: isNew ? passphrase : nil, entropy: &entropy)
            #expect(opened.seed.exposed == vault.seed.exposed)
            if isNew { #expect(throws: VaultError.open) { try Vault.open(in: home, entropy: &entropy) } }
        }
    }

    @Test func aVaultOnDiskIsPrivateAndMadeOnce() throws {
        let folder = try Folder()
        let home = DirectoryHome(path: folder.path)
        var entropy = Seeded("disk")
        #expect(throws: VaultError.missing) { try Vault.open(in: home, entropy: &entropy) }
        let vault = try Vault.create(in: home, entropy: &entropy)
        #expect(throws: VaultError.exists) { try Vault.create(in: home, entropy: &entropy) }
        #expect(try Vault.open(in: home, entropy: &entropy).seed.exposed == vault.seed.exposed)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/vault")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == 8_192)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["vault"])
        let missing = DirectoryHome(path: folder.path + "/none")
        #expect(throws: VaultError.fault("io")) { try Vault.create(in: missing, entropy: &entropy) }
    }
}
