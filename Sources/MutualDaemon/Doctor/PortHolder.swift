#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether what listens on a TCP port of this machine is another Mutual: then nothing is wrong, each home has a port of
/// its own.
enum PortHolder {
    private struct Listener {
        var user: Substring
        var inode: Substring
    }

    /// False also where nobody can know.
    static func isMutual(_ port: UInt16) -> Bool {
        #if os(Linux)
            let listeners = listeners(port)
            guard !listeners.isEmpty, let all = Output.names(in: "/proc") else { return false }
            let own = getpid()
            return all.compactMap { pid_t($0) }.contains { $0 != own && isMutual($0, listeners) }
        #else
            return false
        #endif
    }

    #if os(Linux)
        /// Who listens, by `/proc/net/tcp` (proc(5)): the numbers are hex, state 0A is "listening".
        private static func listeners(_ port: UInt16) -> [Listener] {
            ["/proc/net/tcp", "/proc/net/tcp6"].compactMap { Output.file($0) }.flatMap { text in
                text.split(separator: "\n").dropFirst().compactMap { line -> Listener? in
                    let fields = line.split(separator: " ")
                    guard fields.count > 9, fields[3] == "0A", let number = fields[1].split(separator: ":").last,
                        UInt16(number, radix: 16) == port
                    else { return nil }
                    return Listener(user: fields[7], inode: fields[9])
                }
            }
        }

        /// A process of ours by its name, of the listener's user, in this network. Whose sockets they are can be seen by
        /// the root user only.
        private static func isMutual(_ pid: pid_t, _ listeners: [Listener]) -> Bool {
            guard let name = Output.file("/proc/\(pid)/comm"), name.hasPrefix("mutuald"),
                let status = Output.file("/proc/\(pid)/status"),
                let user = status.split(separator: "\n").first(where: { $0.hasPrefix("Uid:") })?
                    .split(whereSeparator: { $0 == "\t" || $0 == " " }).dropFirst().first
            else { return false }
            let candidates = listeners.filter { $0.user == user }
            guard !candidates.isEmpty else { return false }
            guard let open = Output.names(in: "/proc/\(pid)/fd") else { return true }
            return open.contains { file in
                candidates.contains { Output.link("/proc/\(pid)/fd/\(file)") == "socket:[\($0.inode)]" }
            }
        }
    #endif
}
