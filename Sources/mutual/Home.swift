import MutualClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which home is meant, and what lies in it.
struct Home {
    let path: String

    /// `--home`, else `$MUTUAL_HOME`, else the data directory of this user.
    init(_ option: String?) throws {
        guard let place = Self.place(option) else { throw Failure(.usage, .noHomeDirectory) }
        path = place
    }

    private static func place(_ option: String?) -> String? {
        if let given = option ?? Environment.value("MUTUAL_HOME") {
            guard !given.isEmpty else { return nil }
            return given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given
        }
        #if os(macOS)
            return Environment.value("HOME").map { $0 + "/Library/Application Support/mutual" }
        #else
            if let data = Environment.value("XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/mutual" }
            return Environment.value("HOME").map { $0 + "/.local/share/mutual" }
        #endif
    }

    var socket: String { "\(path)/\(Client.socketName)" }
    var log: String { "\(path)/mutuald.log" }

    /// What `mutual.toml` says in the home that this run's arguments and environment name; nil: there is none, or it
    /// cannot be read, which the daemon tells. Asked before the arguments are parsed, and says nothing itself: every
    /// sentence waits for the language that may be found here.
    static var typedSettings: String? {
        let arguments = CommandLine.arguments.dropFirst().prefix { $0 != "--" && $0 != "--each" }
        let prefix = "--home="
        let joined = arguments.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        let apart = arguments.firstIndex(of: "--home").flatMap { option in
            arguments.indices.contains(option + 1) ? arguments[option + 1] : nil
        }
        guard let home = place(joined ?? apart) else { return nil }
        let file = open("\(home)/mutual.toml", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = bytes.withUnsafeMutableBytes { Platform.read(file, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    /// Whether somebody began here.
    var hasVault: Bool { access("\(path)/vault", F_OK) == 0 }
    var hasSocket: Bool { access(socket, F_OK) == 0 }

    /// Whether a daemon holds this home: it goes on for a moment when its socket has gone already.
    var isHeld: Bool {
        let lock = open("\(path)/lock", O_RDONLY | O_CLOEXEC)
        guard lock >= 0 else { return false }
        defer { close(lock) }
        return flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
