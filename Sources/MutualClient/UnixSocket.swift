#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connected Unix stream socket that is closed with its owner.
final class UnixSocket {
    let descriptor: CInt

    /// Bytes of path that fit a socket's address, its end not counted.
    static var pathLimit: Int {
        #if canImport(Darwin)
            103
        #else
            107
        #endif
    }

    init(connecting path: String) throws(ClientError) {
        let bytes = Array(path.utf8)
        guard bytes.count <= Self.pathLimit else { throw .pathTooLong(limit: Self.pathLimit) }
        #if canImport(Glibc)
            let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        #elseif canImport(Musl)
            let kind = SOCK_STREAM | SOCK_CLOEXEC
        #else
            let kind = SOCK_STREAM
        #endif
        let made = socket(AF_UNIX, kind, 0)
        guard made >= 0 else { throw .system(errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            for (index, byte) in bytes.enumerated() where index < place.count { place[index] = byte }
        }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(made, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if status != 0 {
            let reason = errno
            close(made)
            switch reason {
            case ENOENT, ENOTDIR, ECONNREFUSED: throw .notRunning
            case EACCES, EPERM: throw .noAccess
            case ENOTSOCK, EPROTOTYPE: throw .notOurs
            default: throw .system(reason)
            }
        }
        guard Self.isOurs(made) else {
            close(made)
            throw .notOurs
        }
        descriptor = made
        #if canImport(Darwin)
            var on: CInt = 1
            setsockopt(made, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<CInt>.size))
        #endif
    }

    deinit { close(descriptor) }

    /// Whether the process at the other end is of the same user.
    private static func isOurs(_ descriptor: CInt) -> Bool {
        #if canImport(Darwin)
            var uid = uid_t.max
            var gid = gid_t.max
            return getpeereid(descriptor, &uid, &gid) == 0 && uid == geteuid()
        #else
            // struct ucred { pid, uid, gid }, three 32-bit numbers; its name hides behind _GNU_SOURCE.
            var credentials: (Int32, UInt32, UInt32) = (0, .max, .max)
            var size = socklen_t(12)
            return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 && size == 12
                && credentials.1 == geteuid()
        #endif
    }

    /// Writes all of it; false when the other end is gone.
    func write(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
            let flags: CInt = 0
        #else
            let flags = CInt(MSG_NOSIGNAL)
        #endif
        var done = 0
        while done < bytes.count {
            let sent = bytes[done...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            if sent < 0 {
                if errno == EINTR { continue }
                return false
            }
            done += sent
        }
        return true
    }

    /// Reads what is there, waiting for at least one byte; empty: the other end is gone.
    func read() -> [UInt8] {
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { place, size in
                count = recv(descriptor, place.baseAddress, place.count, 0)
                size = max(0, count)
            }
            if count < 0, errno == EINTR { continue }
            return bytes
        }
    }

    /// What became ready first.
    enum Ready { case socket, other, neither }

    /// Waits until there is something to read here or on other descriptors, at most so long (nil: without end).
    func wait(orAny others: [CInt] = [], atMost milliseconds: Int? = nil) -> Ready {
        var polled = ([descriptor] + others).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let timeout = milliseconds.map { CInt(clamping: max(0, $0)) } ?? -1
        guard poll(&polled, nfds_t(polled.count), timeout) > 0 else { return .neither }
        if polled[0].revents != 0 { return .socket }
        return .other
    }
}
