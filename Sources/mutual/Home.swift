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
        if let given = option ?? Environment.value("MUTUAL_HOME") {
            guard !given.isEmpty else { throw Failure(.usage, .noHomeDirectory) }
            path = given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given
            return
        }
        #if os(macOS)
            guard let user = Environment.value("HOME") else { throw Failure(.usage, .noHomeDirectory) }
            path = user + "/Library/Application Support/mutual"
        #else
            if let data = Environment.value("XDG_DATA_HOME"), data.hasPrefix("/") {
                path = data + "/mutual"
            } else if let user = Environment.value("HOME") {
                path = user + "/.local/share/mutual"
            } else {
                throw Failure(.usage, .noHomeDirectory)
            }
        #endif
    }

    var socket: String { "\(path)/\(Client.socketName)" }
    var log: String { "\(path)/mutuald.log" }

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
