public import Logging
public import MutualWire
import TOMLKit

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
    /// What the log holds.
    public var logLevel: Logger.Level = .info

    /// Settings that nobody changed.
    public init() {}

    private static let known = ["allow_prefixes", "interfaces", "language", "log_level", "port"]

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
        if let line = Self.sectionLine(in: text) {
            throw DaemonError(
                "\(path), line \(line): settings stand by themselves, without [sections].", exitCode: .usage)
        }
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw DaemonError("\(path), line \(error.source.begin.line): this is no TOML.", exitCode: .usage)
        } catch {
            throw DaemonError("\(path): this is no TOML.", exitCode: .usage)
        }
        for key in table.keys.sorted() {
            func refuse(_ what: String) -> DaemonError {
                DaemonError("\(path), line \(Self.line(of: key, in: text)): \(what)", exitCode: .usage)
            }
            guard let value = table[key] else { continue }
            switch key {
            case "port":
                guard let port = value.int.flatMap({ UInt16(exactly: $0) }) else {
                    throw refuse("port is a number from 0 to 65535.")
                }
                self.port = port
            case "interfaces":
                guard let names = Self.strings(value) else { throw refuse("interfaces is a list of names.") }
                interfaces = names
            case "allow_prefixes":
                let prefixes = Self.strings(value)?.map { Prefix($0) }
                guard let prefixes, !prefixes.contains(nil) else {
                    throw refuse("allow_prefixes is a list such as [\"192.0.2.0/24\"].")
                }
                allowPrefixes = prefixes.compactMap { $0 }
            case "language":
                guard let language = value.string, Self.isLanguage(language) else {
                    throw refuse("language is a name such as \"en\".")
                }
                self.language = language
            case "log_level":
                guard let level = value.string.flatMap({ Logger.Level(rawValue: $0) }) else {
                    throw refuse(
                        "log_level is one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")).")
                }
                logLevel = level
            default:
                throw refuse("there is no setting \"\(key)\". Known: \(Self.known.joined(separator: ", ")).")
            }
        }
    }

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
        if let text = environment("MUTUAL_LOG_LEVEL") {
            guard let level = Logger.Level(rawValue: text) else {
                throw DaemonError("MUTUAL_LOG_LEVEL is a level such as info or debug.", exitCode: .usage)
            }
            logLevel = level
        }
    }

    /// The first line that begins with "[", from 1: a section, and there are none here. The parser below is never shown
    /// one, because it ends the process at some that are no TOML, such as "[#".
    private static func sectionLine(in text: String) -> Int? {
        // Blanks, and the mark of a text's byte order.
        let blanks: [UInt8] = [0x20, 0x09, 0x0B, 0x0C, 0x0D, 0xEF, 0xBB, 0xBF]
        let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        let index = lines.firstIndex { $0.first { !blanks.contains($0) } == UInt8(ascii: "[") }
        return index.map { $0 + 1 }
    }

    private static func strings(_ value: any TOMLValueConvertible) -> [String]? {
        guard let array = value.array else { return nil }
        var result: [String] = []
        for element in array {
            guard let text = element.string else { return nil }
            result.append(text)
        }
        return result
    }

    private static func isLanguage(_ text: String) -> Bool {
        (2...16).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isLetterOrDash }
    }

    /// The line on which a key stands, from 1.
    private static func line(of key: String, in text: String) -> Int {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let start = line.drop { $0 == " " || $0 == "\t" || $0 == "\"" || $0 == "'" || $0 == "[" }
            if start.hasPrefix(key) { return index + 1 }
        }
        return 1
    }
}

extension UInt8 {
    fileprivate var isLetterOrDash: Bool {
        (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self == 0x2D || self == 0x5F
    }
}
