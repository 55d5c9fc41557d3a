public import MutualCore
public import MutualCrypto

/// Why a vault does not open or cannot be made.
public enum VaultError: Error, Hashable, Sendable {
    /// Not 8,192 bytes.
    case size
    /// No block begins as a vault's does.
    case magic
    /// Of a later version of Mutual.
    case version
    /// A mode that this version does not know.
    case mode
    /// Passes over memory outside 1 ... 20.
    case ops
    /// Memory outside 8 MiB ... 2 GiB, or no multiple of 1,024.
    case mem
    /// Bytes that have to be zero are not.
    case layout
    /// Altered, or another passphrase.
    case open
    /// There is one already.
    case exists
    /// There is none.
    case missing
    /// The machine's fault: `disk-full`, `read-only`, `io`, `no-memory`.
    case fault(String)

    /// A stable kebab-case key.
    public var code: String {
        switch self {
        case .size: "vault-size"
        case .magic: "vault-magic"
        case .version: "vault-version"
        case .mode: "vault-mode"
        case .ops: "vault-ops"
        case .mem: "vault-mem"
        case .layout: "vault-layout"
        case .open: "vault-open"
        case .exists: "vault-exists"
        case .missing: "vault-missing"
        case .fault(let reason): reason
        }
    }

    /// How far the reading of a block came.
    fileprivate var depth: Int {
        switch self {
        case .size, .exists, .missing, .fault: 0
        case .magic: 1
        case .version: 2
        case .mode: 3
        case .ops: 4
        case .mem: 5
        case .layout: 6
        case .open: 7
        }
    }
}

/// Seed and store key of a home, from its file `vault`: 8,192 bytes in two blocks, of which the valid one with the
/// higher generation counts `[storage]`.
public final class Vault {
    /// What the identity is derived from; 32 bytes.
    public let seed: SecretBytes
    /// What everything in the store is sealed under; 32 bytes.
    public let storeKey: SecretBytes
    /// Grows by one with each change.
    public private(set) var generation: UInt64
    /// Whether a passphrase opens it.
    public var hasPassphrase: Bool { mode != .plain }

    private var mode: VaultBlock.Mode
    /// Which of the two blocks counts.
    private var place: Int

    private init(
        _ keys: (seed: SecretBytes, storeKey: SecretBytes), generation: UInt64, mode: VaultBlock.Mode, place: Int
    ) {
        (seed, storeKey) = keys
        self.generation = generation
        self.mode = mode
        self.place = place
    }

    // MARK: making and opening

    /// Makes the vault of a new home, without a passphrase. Throws `exists` where there is one.
    public static func create(
        in files: any HomeFiles, entropy: inout some Entropy
    ) throws(VaultError) -> Vault {
        let keys = (seed: entropy.secret(32), storeKey: entropy.secret(32))
        return try create(keys, passphrase: nil, mode: .plain, in: files, entropy: &entropy)
    }

    /// Makes the vault of a home that comes from elsewhere, of the keys that it had there. Throws `exists` where there
    /// is one.
    public static func restore(
        seed: SecretBytes, storeKey: SecretBytes, passphrase: SecretBytes?, ops: UInt64 = Passphrase.ops,
        mem: UInt64 = Passphrase.memBytes, in files: any HomeFiles, entropy: inout some Entropy
    ) throws(VaultError) -> Vault {
        let mode = passphrase == nil ? VaultBlock.Mode.plain : .passphrase(ops: ops, mem: mem)
        return try create((seed, storeKey), passphrase: passphrase, mode: mode, in: files, entropy: &entropy)
    }

    private static func create(
        _ keys: (seed: SecretBytes, storeKey: SecretBytes), passphrase: SecretBytes?, mode: VaultBlock.Mode,
        in files: any HomeFiles, entropy: inout some Entropy
    ) throws(VaultError) -> Vault {
        let block = try VaultBlock.make(
            seed: keys.seed, storeKey: keys.storeKey, mode: mode, generation: 1, passphrase: passphrase,
            entropy: &entropy)
        let other = entropy.bytes(VaultBlock.size)
        do throws(JournalFault) {
            try files.create(.vault, block + other)
        } catch {
            throw error.reason == "exists" ? .exists : .fault(error.reason)
        }
        return Vault(keys, generation: 1, mode: mode, place: 0)
    }

    /// Opens the vault of a home. What a change that was cut off left behind is put right at once, for which `entropy`
    /// gives random bytes.
    public static func open(
        in files: any HomeFiles, passphrase: SecretBytes? = nil, entropy: inout some Entropy
    ) throws(VaultError) -> Vault {
        let whole = try wholeBlocks(in: files)
        let newest = whole.newest
        do throws(VaultError) {
            let keys = try newest.block.open(passphrase: passphrase)
            let vault = Vault(
                keys, generation: newest.block.generation, mode: newest.block.mode, place: newest.place)
            // The other block of a change that was cut off.
            if whole.older != nil { try vault.overwriteOther(in: files, entropy: &entropy) }
            return vault
        } catch {
            guard case .open = error, let older = whole.older else { throw error }
            // A passphrase was set: what opened without one does so no more.
            if newest.block.mode != .plain, older.block.mode == .plain { throw .open }
            let keys = try older.block.open(passphrase: passphrase)
            let vault = Vault(keys, generation: newest.block.generation, mode: older.block.mode, place: older.place)
            try vault.write(mode: older.block.mode, passphrase: passphrase, in: files, entropy: &entropy)
            return vault
        }
    }

    /// Whether the vault of a home opens with a passphrase only. Throws as `open` does where no block is whole.
    public static func isLocked(in files: any HomeFiles) throws(VaultError) -> Bool {
        try wholeBlocks(in: files).newest.block.mode != .plain
    }

    /// The blocks that are whole (whether they open is not looked at), by generation.
    private static func wholeBlocks(in files: any HomeFiles) throws(VaultError) -> WholeBlocks {
        let bytes = try faultless { () throws(JournalFault) in try files.read(.vault) }
        guard let bytes else { throw .missing }
        guard bytes.count == 2 * VaultBlock.size else { throw .size }
        var whole: [WholeBlocks.Place] = []
        var failure = VaultError.magic
        for place in 0...1 {
            do throws(VaultError) {
                let part = Array(bytes[place * VaultBlock.size..<(place + 1) * VaultBlock.size])
                whole.append((place, try VaultBlock(parsing: part)))
            } catch {
                if error.depth > failure.depth { failure = error }
            }
        }
        whole.sort { ($0.block.generation, $1.place) > ($1.block.generation, $0.place) }
        guard let newest = whole.first else { throw failure }
        return WholeBlocks(newest: newest, older: whole.count > 1 ? whole[1] : nil)
    }

    private struct WholeBlocks {
        typealias Place = (place: Int, block: VaultBlock)
        var newest: Place
        var older: Place?
    }

    // MARK: changing

    /// Sets, changes or takes away (nil) the passphrase: the other block is written, then this one overwritten.
    ///
    /// `ops` passes over `mem` bytes of memory; they count with a passphrase only.
    public func change(
        passphrase: SecretBytes?, ops: UInt64 = Passphrase.ops, mem: UInt64 = Passphrase.memBytes,
        in files: any HomeFiles, entropy: inout some Entropy
    ) throws(VaultError) {
        let mode = passphrase == nil ? VaultBlock.Mode.plain : .passphrase(ops: ops, mem: mem)
        guard passphrase == nil || 1...20 ~= ops else { throw .ops }
        guard passphrase == nil || (8 << 20...2 << 30 ~= mem && mem % 1_024 == 0) else { throw .mem }
        try write(mode: mode, passphrase: passphrase, in: files, entropy: &entropy)
    }

    /// Writes the other block under the next generation, then overwrites this one; each is synced.
    private func write(
        mode: VaultBlock.Mode, passphrase: SecretBytes?, in files: any HomeFiles, entropy: inout some Entropy
    ) throws(VaultError) {
        // 2^64 - 1 changes are only reached by a block that somebody made up.
        let (next, overflow) = generation.addingReportingOverflow(1)
        if overflow { throw .layout }
        let block = try VaultBlock.make(
            seed: seed, storeKey: storeKey, mode: mode, generation: next, passphrase: passphrase, entropy: &entropy)
        let other = 1 - place
        try Self.faultless { () throws(JournalFault) in
            try files.write(block, to: .vault, at: other * VaultBlock.size)
            try files.sync(.vault)
        }
        (self.mode, generation, place) = (mode, next, other)
        try overwriteOther(in: files, entropy: &entropy)
    }

    private func overwriteOther(in files: any HomeFiles, entropy: inout some Entropy) throws(VaultError) {
        let random = entropy.bytes(VaultBlock.size)
        let offset = (1 - place) * VaultBlock.size
        try Self.faultless { () throws(JournalFault) in
            try files.write(random, to: .vault, at: offset)
            try files.sync(.vault)
        }
    }

    private static func faultless<R>(_ body: () throws(JournalFault) -> R) throws(VaultError) -> R {
        do throws(JournalFault) { return try body() } catch { throw .fault(error.reason) }
    }
}
