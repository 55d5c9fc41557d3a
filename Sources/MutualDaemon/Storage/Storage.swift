import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// What is durable of a home, as the shell uses it: identity, store, the journal of a turn.
final class Storage {
    private let files: any HomeFiles
    private(set) var vault: Vault
    let identity: Identity
    let home: HomeLocation
    private var opened: Store?
    /// The setting that every home has from its making on: one's own name.
    private static let nameSetting = "name"

    /// Opens the store of a vault that is open; tests hand in files that can fail. A home whose making was not
    /// finished, or whose store is gone, is `unmade` but for the one who makes it (`isNew`).
    init(
        home: HomeLocation, vault: Vault, files: (any HomeFiles)? = nil, isNew: Bool = false
    ) throws(JournalFault) {
        self.home = home
        self.files = files ?? DirectoryHome(path: home.path)
        self.vault = vault
        let files = self.files
        identity = Identity(seed: vault.seed)
        opened = try Store(
            files: files, storeKey: vault.storeKey, entropy: SystemEntropy(),
            expecting: isNew ? nil : Self.nameSetting)
    }

    /// Whether the home has keys of items: it was used once, whatever its store says.
    static func hasKeys(_ home: HomeLocation) throws(JournalFault) -> Bool {
        !(try DirectoryHome(path: home.path).read(.keys) ?? []).isEmpty
    }

    /// Opens a vault without a passphrase, and its store.
    convenience init(home: HomeLocation, isNew: Bool = false) throws(JournalFault) {
        var entropy = SystemEntropy()
        let vault: Vault
        do throws(VaultError) {
            vault = try Vault.open(in: DirectoryHome(path: home.path), entropy: &entropy)
        } catch {
            throw Self.fault(error)
        }
        try self.init(home: home, vault: vault, isNew: isNew)
    }

    /// Whether the vault of a home opens with a passphrase only.
    static func isLocked(_ home: HomeLocation) throws(JournalFault) -> Bool {
        do throws(VaultError) {
            return try Vault.isLocked(in: DirectoryHome(path: home.path))
        } catch {
            throw fault(error)
        }
    }

    /// The vault after its passphrase was changed.
    func adopt(_ changed: Vault) { vault = changed }

    /// Makes the vault of a new home; `exists` where there is one.
    static func makeVault(_ home: HomeLocation) throws(JournalFault) {
        var entropy = SystemEntropy()
        do throws(VaultError) {
            _ = try Vault.create(in: DirectoryHome(path: home.path), entropy: &entropy)
        } catch {
            throw fault(error)
        }
    }

    static func fault(_ error: VaultError) -> JournalFault {
        switch error {
        case .fault(let reason): JournalFault(reason)
        case .exists: JournalFault("exists")
        case .version, .mode: JournalFault("newer-version")
        case .size, .magic, .ops, .mem, .layout, .open, .missing: JournalFault("damaged")
        }
    }

    /// The store; a fault while it could not be opened again.
    var store: Store {
        get throws(JournalFault) {
            guard let opened else { throw JournalFault("io") }
            return opened
        }
    }

    /// How many turns were committed.
    var commits: UInt64 { UInt64(clamping: opened?.commitCount ?? 0) }

    /// One turn in one transaction.
    func turn(
        _ box: NodeBox, _ inputs: [Input], at now: Instant, drawing entropy: inout SystemEntropy
    ) throws(JournalFault) -> MutualCore.Outcome {
        var drawn = entropy
        defer { entropy = drawn }
        return try store.turn { journal throws(JournalFault) in
            try box.node.turn(inputs, at: now, drawing: &drawn, in: journal)
        }
    }

    /// A Node from what is stored.
    func makeNode(firstDial: UInt64, allowed: [Prefix], at now: Instant) throws(JournalFault) -> NodeBox {
        let identity = identity
        return try store.turn { journal throws(JournalFault) in
            NodeBox(
                try Node(identity, firstDial: firstDial, allowedPrefixes: allowed, at: now, from: journal))
        }
    }

    /// After a fault: opens the store anew, as after a restart.
    func reopen() throws(JournalFault) {
        try? opened?.close()
        opened = nil
        opened = try Store(
            files: files, storeKey: vault.storeKey, entropy: SystemEntropy(), expecting: Self.nameSetting)
    }

    /// Writes what this person calls themself.
    func setOwnName(_ name: String) throws(JournalFault) {
        try store.turn { journal throws(JournalFault) in try journal.setSetting(Self.nameSetting, Array(name.utf8)) }
    }

    /// Whether `housekeeping` is due within a minute.
    var needsHousekeeping: Bool { opened?.needsCheckpoint ?? false }

    /// Cuts the log of what was erased.
    func housekeeping() throws(JournalFault) { try opened?.housekeeping() }

    /// Closes the files.
    func close() {
        try? opened?.close()
        opened = nil
    }

    /// The sentence for a fault that keeps the daemon from starting.
    static func sentence(for fault: JournalFault, home: HomeLocation) -> DaemonError {
        switch fault.reason {
        case "disk-full": .diskFull
        case "read-only":
            DaemonError(
                "\(home.path) cannot be written.", advice: "Allow it first: chmod -R u+w '\(home.path)'",
                reason: fault.reason, exitCode: .fault)
        case "newer-version":
            DaemonError(
                "This home was used by a newer Mutual.", advice: "Use that one; nothing was changed.",
                reason: fault.reason, exitCode: .fault)
        case "unmade":
            DaemonError(
                "The store of \(home.path) is gone or was never made.",
                advice: "Put a copy of it back, or make it: mutual init --name NAME", reason: fault.reason,
                exitCode: .fault)
        case "damaged":
            DaemonError(
                "What is kept in \(home.path) is damaged.", advice: "Put a copy of it back.", reason: fault.reason,
                exitCode: .fault)
        default:
            DaemonError(
                "The disk that holds \(home.path) does not answer as it should.", reason: "io", exitCode: .fault)
        }
    }
}
