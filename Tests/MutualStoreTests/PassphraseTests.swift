import Foundation
import MutualCore
import MutualCrypto
import Testing

@testable import MutualStore

func secret(_ text: String) -> SecretBytes {
    Array(text.utf8).withUnsafeBytes { SecretBytes(copying: $0) }
}

/// Files that a cut of the power tears: the call at which it happens writes a beginning of its bytes only, and what was
/// not synced before is there, or not.
private final class TornHome: HomeFiles {
    private var synced: [UInt8]
    private var written: [UInt8]
    private let cutAt: Int
    private let tornTo: Int
    private(set) var calls = 0

    init(_ vault: [UInt8], cutAt: Int, tornTo: Int) {
        (synced, written, self.cutAt, self.tornTo) = (vault, vault, cutAt, tornTo)
    }

    var database: DatabasePlace { MemoryHome().database }
    func read(_ file: HomeFile) throws(JournalFault) -> [UInt8]? { written }
    func create(_ file: HomeFile, _ bytes: [UInt8]) throws(JournalFault) { throw JournalFault("exists") }
    func databaseHeader() throws(JournalFault) -> [UInt8]? { nil }

    func write(_ bytes: [UInt8], to file: HomeFile, at offset: Int) throws(JournalFault) {
        calls += 1
        let isCut = calls == cutAt
        let part = isCut ? Array(bytes.prefix(tornTo)) : bytes
        written.replaceSubrange(offset..<offset + part.count, with: part)
        if isCut { throw JournalFault("io") }
    }

    func sync(_ file: HomeFile) throws(JournalFault) {
        calls += 1
        if calls == cutAt { throw JournalFault("io") }
        synced = written
    }

    /// The file after the cut.
    func left(keepingUnsynced: Bool) throws -> MemoryHome {
        let home = MemoryHome()
        try home.create(.vault, keepingUnsynced ? written : synced)
        return home
    }
}

@Suite struct PassphraseTests {
    /// Cut at each write and each sync, torn at many places: the vault opens, with the one before or the one after,
    /// and never without a passphrase once the new block is whole.
    @Test(arguments: [(nil, "after it"), ("before it", "after it"), ("before it", nil)] as [(String?, String?)])
    func aChangeThatIsCutAnywhereLosesNothing(_ before: String?, _ after: String?) throws {
        var entropy = Seeded("cut")
        let start = MemoryHome()
        let made = try Vault.create(in: start, entropy: &entropy)
        let cheap: UInt64 = 8 << 20
        if let before { try made.change(passphrase: secret(before), ops: 1, mem: cheap, in: start, entropy: &entropy) }
        let vault = try #require(try start.read(.vault))
        let (old, new) = (before.map { secret($0) }, after.map { secret($0) })
        var opened = (byOld: 0, byNew: 0)
        for cutAt in 1...4 {
            for tornTo in cutAt % 2 == 1 ? [0, 1, 12, 20, 75, 100, 156, 157, 4_095, 4_096] : [0] {
                let torn = TornHome(vault, cutAt: cutAt, tornTo: tornTo)
                let now = try Vault.open(in: torn, passphrase: old, entropy: &entropy)
                #expect(throws: VaultError.fault("io")) {
                    try now.change(passphrase: new, ops: 1, mem: cheap, in: torn, entropy: &entropy)
                }
                for kept in [true, false] {
                    let left = try torn.left(keepingUnsynced: kept)
                    let byNew = try? Vault.open(in: left, passphrase: new, entropy: &entropy)
                    let again = try torn.left(keepingUnsynced: kept)
                    let byOld = try? Vault.open(in: again, passphrase: old, entropy: &entropy)
                    let seeds = [byNew, byOld].compactMap { $0 }.map(\.seed.exposed)
                    #expect(!seeds.isEmpty, "\(cutAt) \(tornTo) \(kept)")
                    #expect(seeds.allSatisfy { $0 == made.seed.exposed })
                    opened.byOld += byOld == nil ? 0 : 1
                    opened.byNew += byNew == nil ? 0 : 1
                    // From the sync of the new block on, a vault that was open before is so no more.
                    if cutAt > 2, before == nil { #expect(byOld == nil) }
                    if byNew != nil {
                        #expect(try Vault.open(in: left, passphrase: new, entropy: &entropy).generation > 0)
                    }
                }
            }
        }
        #expect(opened.byOld > 0)
        #expect(opened.byNew > 0)
    }

    @Test func whetherItIsLockedShowsWithoutOpening() throws {
        var entropy = Seeded("locked")
        let home = MemoryHome()
        #expect(throws: VaultError.missing) { try Vault.isLocked(in: home) }
        let vault = try Vault.create(in: home, entropy: &entropy)
        #expect(try !Vault.isLocked(in: home))
        try vault.change(passphrase: secret("correct horse"), ops: 1, mem: 8 << 20, in: home, entropy: &entropy)
        #expect(try Vault.isLocked(in: home))
    }

    private func read(_ bytes: [UInt8]) throws -> Result<SecretBytes, Passphrase.Fault> {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data(bytes))
        try pipe.fileHandleForWriting.close()
        do throws(Passphrase.Fault) {
            return .success(try Passphrase.read(from: pipe.fileHandleForReading.fileDescriptor))
        } catch {
            return .failure(error)
        }
    }

    @Test func theFirstLineOfAFileIsThePassphrase() throws {
        let long = [UInt8](repeating: 97, count: 1_024)
        let taken: [([UInt8], [UInt8])] = [
            (Array("correct horse".utf8), Array("correct horse".utf8)),
            (Array("correct horse\n".utf8), Array("correct horse".utf8)),
            (Array("correct horse\r\nmore\n".utf8), Array("correct horse".utf8)),
            (Array(" blanks stay ".utf8), Array(" blanks stay ".utf8)),
            (Array("Grüße, Welt".utf8), Array("Grüße, Welt".utf8)), (long, long), (long + [10], long),
        ]
        for (bytes, expected) in taken { #expect(try read(bytes).get().exposed == expected) }
        func fault(_ bytes: [UInt8]) throws -> Passphrase.Fault? {
            if case .failure(let fault) = try read(bytes) { fault } else { nil }
        }
        #expect(try fault([]) == .length)
        #expect(try fault(Array("seven77\n".utf8)) == .length)
        #expect(try fault(long + [97]) == .length)
        #expect(try fault(Array("tab\tin it".utf8)) == .characters)
        #expect(try fault(Array("no UTF-8 ".utf8) + [0xFF]) == .characters)
        #expect(try fault(Array("too long ".utf8) + [0xE2, 0x82]) == .characters)
    }
}
