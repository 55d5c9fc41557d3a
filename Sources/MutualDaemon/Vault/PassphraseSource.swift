import MutualCrypto
import MutualStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a passphrase comes from where nobody sits: never an argument, never a variable.
enum PassphraseSource {
    /// The name of the credential that a service manager hands over.
    static let credentialName = "mutual.passphrase"

    /// The passphrase from stdin (where that was asked for), the file of the settings, or the credential; nil: there is
    /// none, and the daemon waits for `vault.unlock`.
    static func find(
        _ settings: Settings, home: HomeLocation, fromInput: Bool, environment: (String) -> String?
    ) throws(DaemonError) -> SecretBytes? {
        if fromInput { return try read(STDIN_FILENO, "stdin") }
        if let file = settings.passphraseFile {
            return try read(file: file.hasPrefix("/") ? file : home.path + "/" + file)
        }
        guard let folder = environment("CREDENTIALS_DIRECTORY"), folder.hasPrefix("/") else { return nil }
        let file = folder + "/" + credentialName
        return access(file, F_OK) == 0 ? try read(file: file) : nil
    }

    /// The first line of a file that only its owner can read.
    static func read(file: String) throws(DaemonError) -> SecretBytes {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HomeLocation.cannot("read", file, errno) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw HomeLocation.cannot("read", file, errno) }
        guard info.st_mode & S_IFMT != S_IFREG || info.st_mode & 0o077 == 0 else {
            throw DaemonError(
                "\(file) is open to others.", advice: "Close it first: chmod 600 '\(file)'", reason: "open-to-others",
                exitCode: .usage)
        }
        return try read(descriptor, file)
    }

    /// The first line of what is open already.
    static func read(_ descriptor: CInt, _ name: String) throws(DaemonError) -> SecretBytes {
        do throws(Passphrase.Fault) {
            return try Passphrase.read(from: descriptor)
        } catch {
            switch error {
            case .length:
                throw DaemonError(
                    "\(name) holds no passphrase: one has 8 to 1,024 bytes.", reason: "passphrase-length",
                    exitCode: .usage)
            case .characters:
                throw DaemonError(
                    "\(name) holds no passphrase: one is UTF-8 without control characters.",
                    reason: "passphrase-characters", exitCode: .usage)
            case .unreadable:
                throw DaemonError("\(name) cannot be opened.", reason: "file-unreadable", exitCode: .usage)
            }
        }
    }
}
