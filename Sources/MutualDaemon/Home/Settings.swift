public import Logging
public import MutualWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a home's `mutual.toml` says, overridden by `MUTUAL_*` and flags.
public struct Settings: Sendable {
    /// TCP port to listen on; nil: the usual one, or a free one if that is taken. 0: any free one.
    public var port: UInt16?
    /// Names of the only interfaces to use; nil: all.
    public var interfaces: [String]?
    /// Networks that count as private besides the usual ones.
    public var allowPrefixes: [Prefix] = []
    /// Language of sentences where a client names none.
    public var language = "en"
    /// Where the vault's passphrase stands, for a machine that nobody sits at.
    public var passphraseFile: String?
    /// What the log holds.
    public var logLevel: Logger.Level = .info

    /// Settings that nobody changed.
    public init() {}

    private static let known = ["allow_prefixes", "interfaces", "language", "log_level", "passphrase_file", "port"]

    /// Reads the file of a home (if there is one) and the environment.
    static func load(_ home: HomeLocation, environment: (String) -> String?) throws(DaemonError) -> Settings {
        var settings = Settings()
        if let text = try readFile(home.settings) { try settings.apply(file: text, path: home.settings) }
        try settings.apply(environment: environment)
        return settings
    }

    private static func readFile(_ path: String) throws(DaemonError) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw HomeLocation.cannot("read", path, errno)
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw HomeLocation.cannot("read", path, errno) }
        guard count < bytes.count else { throw DaemonError("\(path) is too large.", exitCode: .usage) }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw DaemonError("\(path) is no UTF-8 text.", exitCode: .usage)
        }
        return text
    }

    mutating func apply(file text: String, path: String) throws(DaemonError) {
        let entries: [SettingsFile.Entry]
        do throws(SettingsFile.Fault) {
            entries = try SettingsFile.read(text)
        } catch {
            throw DaemonError("\(path), line \(error.line): \(error.what)", exitCode: .usage)
        }
        for entry in entries {
            do throws(Wrong) {
                try apply(entry)
            } catch {
                throw DaemonError("\(path), line \(entry.line): \(error.what)", exitCode: .usage)
            }
        }
    }

    /// A setting of a value that it can't have.
    private struct Wrong: Error {
        var what: String
        init(_ what: String) { self.what = what }
    }

    private mutating func apply(_ entry: SettingsFile.Entry) throws(Wrong) {
        switch (entry.key, entry.value) {
        case ("port", .integer(let number)):
            guard let port = UInt16(exactly: number) else { throw Wrong("port is a number from 0 to 65535.") }
            self.port = port
        case ("port", _): throw Wrong("port is a number from 0 to 65535.")
        case ("interfaces", .texts(let names)): interfaces = names
        case ("interfaces", _): throw Wrong("interfaces is a list of names.")
        case ("allow_prefixes", .texts(let texts)):
            let prefixes = texts.map { Prefix($0) }
            guard !prefixes.contains(nil) else { throw Wrong(Self.prefixes) }
            allowPrefixes = prefixes.compactMap { $0 }
        case ("allow_prefixes", _): throw Wrong(Self.prefixes)
        case ("language", .text(let language)):
            guard Self.isLanguage(language) else { throw Wrong("language is a name such as \"en\".") }
            self.language = language
        case ("language", _): throw Wrong("language is a name such as \"en\".")
        case ("log_level", .text(let name)):
            guard let level = Logger.Level(rawValue: name) else { throw Wrong(Self.levels) }
            logLevel = level
        case ("log_level", _): throw Wrong(Self.levels)
        case ("passphrase_file", .text(let file)):
            guard !file.isEmpty, !file.utf8.contains(0) else { throw Wrong("passphrase_file is the path of a file.") }
            passphraseFile = file
        case ("passphrase_file", _): throw Wrong("passphrase_file is the path of a file.")
        case (let key, _):
            throw Wrong("there is no setting \"\(key)\". Known: \(Self.known.joined(separator: ", ")).")
        }
    }

    private static let prefixes = "allow_prefixes is a list such as [\"192.0.2.0/24\"]."
    private static let levels = "log_level is one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))."

    mutating func apply(environment: (String) -> String?) throws(DaemonError) {
        if let text = environment("MUTUAL_PORT") {
            guard let port = UInt16(text) else {
                throw DaemonError("MUTUAL_PORT is a number from 0 to 65535.", exitCode: .usage)
            }
            self.port = port
        }
        if let text = environment("MUTUAL_INTERFACES") {
            interfaces = text.split(separator: ",").map(String.init)
        }
        if let text = environment("MUTUAL_ALLOW_PREFIXES") {
            let prefixes = text.split(separator: ",").map { Prefix(String($0)) }
            guard !prefixes.contains(nil) else {
                throw DaemonError("MUTUAL_ALLOW_PREFIXES is a list such as 192.0.2.0/24.", exitCode: .usage)
            }
            allowPrefixes = prefixes.compactMap { $0 }
        }
        if let text = environment("MUTUAL_LANGUAGE") {
            guard Self.isLanguage(text) else {
                throw DaemonError("MUTUAL_LANGUAGE is a name such as en.", exitCode: .usage)
            }
            language = text
        }
        if let text = environment("MUTUAL_PASSPHRASE_FILE"), !text.isEmpty { passphraseFile = text }
        if let text = environment("MUTUAL_LOG_LEVEL") {
            guard let level = Logger.Level(rawValue: text) else {
                throw DaemonError("MUTUAL_LOG_LEVEL is a level such as info or debug.", exitCode: .usage)
            }
            logLevel = level
        }
    }

    private static func isLanguage(_ text: String) -> Bool {
        (2...16).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isLetterOrDash }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDash: Bool {
        (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self == 0x2D || self == 0x5F
    }
}
