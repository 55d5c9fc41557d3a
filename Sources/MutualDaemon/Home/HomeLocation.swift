#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a home is and what lies in it.
public struct HomeLocation: Hashable, Sendable {
    /// The directory, absolute.
    public let path: String

    /// Most bytes that the path of a Unix socket may have.
    public static var longestSocketPath: Int {
        #if os(Linux)
            107
        #else
            103
        #endif
    }

    /// The home asked for, else `MUTUAL_HOME`, else the user's data directory.
    public init(_ asked: String?, environment: (String) -> String? = HomeLocation.variable) throws(DaemonError) {
        if let asked = asked ?? environment("MUTUAL_HOME") {
            guard !asked.isEmpty else {
                throw DaemonError(
                    "The home has no path.", advice: "Name a directory with --home.", reason: "home-path",
                    exitCode: .usage)
            }
            path = Self.absolute(asked)
            return
        }
        #if os(Linux)
            if let data = environment("XDG_DATA_HOME"), data.hasPrefix("/") {
                path = Self.absolute(data + "/mutual")
                return
            }
            let suffix = "/.local/share/mutual"
        #else
            let suffix = "/Library/Application Support/mutual"
        #endif
        guard let user = environment("HOME"), user.hasPrefix("/") else {
            throw DaemonError(
                "There is no HOME to keep things in.", advice: "Name a directory with --home.", reason: "home-path",
                exitCode: .usage)
        }
        path = Self.absolute(user + suffix)
    }

    /// The control socket.
    public var socket: String { path + "/control.sock" }
    /// The lock of the one daemon that runs on this home.
    var lock: String { path + "/lock" }
    /// The settings.
    var settings: String { path + "/mutual.toml" }
    /// The log of a detached daemon.
    var log: String { path + "/mutuald.log" }
    /// The vault.
    var vault: String { path + "/vault" }

    /// Refuses a home whose socket no client could name.
    func checkLength() throws(DaemonError) {
        guard socket.utf8.count <= Self.longestSocketPath else {
            throw DaemonError(
                "The path of this home is too long for a socket (\(socket.utf8.count) bytes, at most "
                    + "\(Self.longestSocketPath)).",
                advice: "Choose a shorter one with --home or MUTUAL_HOME.", reason: "path-too-long", exitCode: .usage)
        }
    }

    /// Makes the directory (and those above it) for its owner only.
    func create() throws(DaemonError) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o700) == 0 || errno == EEXIST || errno == EISDIR { continue }
            throw Self.cannot("make", made, errno)
        }
        try check()
    }

    /// Refuses a home that others could read or that belongs to somebody else.
    func check() throws(DaemonError) {
        var info = stat()
        guard stat(path, &info) == 0 else {
            if errno == ENOENT {
                throw DaemonError(
                    "There is no home at \(path) yet.", advice: "Make one: mutual init --name NAME", reason: "no-home")
            }
            throw Self.cannot("read", path, errno)
        }
        guard info.st_mode & S_IFMT == S_IFDIR else {
            throw DaemonError(
                "\(path) is no directory.", advice: "Name another home with --home.", reason: "home-path")
        }
        guard info.st_uid == geteuid() else {
            throw DaemonError(
                "\(path) belongs to another user.", advice: "Run this as its owner, or name another home with --home.",
                reason: "home-owner")
        }
        guard info.st_mode & 0o077 == 0 else {
            throw DaemonError(
                "Others can look into \(path).", advice: "Close it first: chmod 700 '\(path)'", reason: "home-open")
        }
        if access(path, W_OK) != 0, errno == EROFS { throw Self.cannot("write", path, EROFS) }
        guard access(path, W_OK | X_OK) == 0, info.st_mode & 0o200 != 0 else {
            throw DaemonError(
                "\(path) cannot be written.", advice: "Allow it first: chmod 700 '\(path)'", reason: "read-only",
                exitCode: .fault)
        }
        try checkFile(vault)
    }

    private func checkFile(_ file: String) throws(DaemonError) {
        var info = stat()
        guard stat(file, &info) == 0 else { return }
        guard info.st_uid == geteuid() else {
            throw DaemonError(
                "\(file) belongs to another user.", advice: "Run this as its owner.", reason: "home-owner")
        }
        guard info.st_mode & 0o077 == 0 else {
            throw DaemonError(
                "Others can read \(file).", advice: "Close it first: chmod 600 '\(file)'", reason: "home-open")
        }
    }

    /// Whether there is a database, or keys that belong to one.
    var hasStore: Bool { ["/mutual.db", "/keys"].contains { access(path + $0, F_OK) == 0 } }

    /// Whether an identity was made here.
    public var hasVault: Bool { access(vault, F_OK) == 0 }

    /// A sentence for a failed system call: what could not be done, and why in words.
    static func cannot(_ verb: String, _ what: String, _ code: Int32) -> DaemonError {
        let another = "Name another home with --home."
        return switch code {
        case EACCES, EPERM:
            DaemonError(
                "Mutual may not \(verb) \(what).", advice: another, reason: "no-access", exitCode: .fault)
        case EROFS:
            DaemonError("\(what) is on a read-only disk.", advice: another, reason: "read-only", exitCode: .fault)
        case ENOSPC, EDQUOT: .diskFull
        case ENAMETOOLONG:
            DaemonError(
                "The path \(what) is too long.", advice: "Choose a shorter one with --home.", reason: "path-too-long",
                exitCode: .usage)
        case ENOTDIR: DaemonError("A part of \(what) is no directory.", advice: another, reason: "home-path")
        default:
            DaemonError(
                "Mutual cannot \(verb) \(what): \(String(cString: strerror(code))).", reason: "io", exitCode: .fault)
        }
    }

    private static func absolute(_ path: String) -> String {
        var whole = path
        if !whole.hasPrefix("/"), let current = getcwd(nil, 0) {
            whole = String(cString: current) + "/" + whole
            free(current)
        }
        while whole.count > 1, whole.hasSuffix("/") { whole.removeLast() }
        return whole
    }

    /// A variable of the environment.
    public static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
