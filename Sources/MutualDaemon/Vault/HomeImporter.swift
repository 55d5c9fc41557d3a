import MutualCore
import MutualCrypto
import MutualStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `import`: makes a home of an exported one.
public enum HomeImporter {
    /// Makes it and gives the lines to print. The passphrase comes from a file, else from stdin. A home that has an
    /// identity is refused and stays as it is; whatever is wrong with the file, no half of a home is left.
    public static func make(
        _ home: HomeLocation, from file: String, passphraseFile: String?,
        environment: (String) -> String? = { HomeLocation.variable($0) }
    ) throws(DaemonError) -> [String] {
        try home.checkLength()
        let passphrase =
            if let passphraseFile {
                try PassphraseSource.read(file: passphraseFile)
            } else {
                try PassphraseSource.read(STDIN_FILENO, "stdin")
            }
        let wasThere = access(home.path, F_OK) == 0
        try home.create()
        let lock = try HomeLock(home)
        do throws(DaemonError) {
            if home.hasVault, try !isUnfinished(home) { throw isTaken(home) }
            _ = try HomeWiper.goOn(home)
            let settings = try Settings.load(home, environment: environment)
            var entropy = SystemEntropy()
            do throws(ExportFault) {
                try Import.run(from: file, into: home.path, passphrase: passphrase, entropy: &entropy)
            } catch {
                throw sentence(error, file: file, home: home)
            }
            lock.release()
            let sentences = Sentences(tag: settings.language)
            return [sentences.say(.importDone), sentences.say(.nextStart)]
        } catch {
            if !home.hasVault { unlink(home.lock) }
            if !wasThere { rmdir(home.path) }
            lock.release()
            throw error
        }
    }

    private static func isUnfinished(_ home: HomeLocation) throws(DaemonError) -> Bool {
        do throws(JournalFault) {
            return try Wipe.unfinished(in: home.path) != nil
        } catch {
            throw Storage.sentence(for: error, home: home)
        }
    }

    private static func isTaken(_ home: HomeLocation) -> DaemonError {
        DaemonError(
            "There is somebody in \(home.path) already; nothing was changed.",
            advice: "Name another home with --home.", reason: "exists", exitCode: .conflict)
    }

    private static func sentence(_ fault: ExportFault, file: String, home: HomeLocation) -> DaemonError {
        switch fault {
        case .homeExists, .fileExists: isTaken(home)
        case .unreadable: DaemonError("\(file) cannot be opened.", reason: "file-unreadable", exitCode: .usage)
        case .notAnExport: DaemonError("\(file) is no exported home.", reason: "not-an-export")
        case .newerVersion:
            DaemonError(
                "\(file) is of a later version of Mutual.", advice: "Import it with that one.",
                reason: "newer-version", exitCode: .fault)
        case .wrongPassphrase:
            DaemonError(
                "This passphrase does not open \(file), or the file is damaged.", advice: "Try it again.",
                reason: "wrong-passphrase", exitCode: .locked)
        case .damaged:
            DaemonError(
                "\(file) is cut off or damaged; nothing was imported.", advice: "Use another copy of it.",
                reason: "damaged", exitCode: .fault)
        case .fault("no-memory"):
            DaemonError(
                "There is not enough memory for this passphrase; nothing was imported.", reason: "no-memory",
                exitCode: .fault)
        case .fault(let reason): Storage.sentence(for: JournalFault(reason), home: home)
        }
    }
}
