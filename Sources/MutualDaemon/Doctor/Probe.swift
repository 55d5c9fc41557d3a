import CPlatform
import MutualCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Blocking looks at the network from this machine alone: it sends to itself and listens for it.
enum Probe {
    enum Echo: Equatable {
        /// It was heard.
        case heard
        /// It was sent and not heard.
        case silent
        /// The system refused to send it.
        case refused
        /// Another program holds the port for itself.
        case portHeld
        /// The sockets could not be opened (an address that is not ready, say).
        case notOpen
    }

    /// Sends one datagram to the group by an interface and listens for it there.
    static func echo(_ interface: UInt32, source: [UInt8], waitMs: Int) -> Echo {
        let isV4 = source.count == 4
        let port = DatagramSockets.port
        let receiver =
            isV4
            ? mutual_open_group_v4(DatagramSockets.groupV4, port, interface)
            : mutual_open_group_v6(DatagramSockets.groupV6, port, interface)
        guard receiver >= 0 else { return errno == EADDRINUSE ? .portHeld : .notOpen }
        defer { _ = systemClose(receiver) }
        let sender = isV4 ? mutual_open_sender_v4(source, interface) : mutual_open_sender_v6(source, interface)
        guard sender >= 0 else { return .notOpen }
        defer { _ = systemClose(sender) }
        // A type that means nothing to anybody: every daemon drops it.
        let probe: [UInt8] = [0x4D, 0x55, 0x01, 0xFF] + (0..<16).map { _ in UInt8.random(in: 0...255) }
        let sent =
            isV4
            ? mutual_send_v4(sender, DatagramSockets.groupV4, port, probe, probe.count)
            : mutual_send_v6(sender, DatagramSockets.groupV6, port, interface, probe, probe.count)
        guard sent == 0 else { return errno == EPERM || errno == EACCES ? .refused : .notOpen }
        return hears(probe, on: receiver, waitMs: waitMs) ? .heard : .silent
    }

    private static func hears(_ probe: [UInt8], on receiver: CInt, waitMs: Int) -> Bool {
        let end = nowMs() + Int64(waitMs)
        var buffer = [UInt8](repeating: 0, count: 2_048)
        while true {
            let left = end - nowMs()
            guard left > 0, isReadable(receiver, waitMs: Int32(truncatingIfNeeded: left)) else { return false }
            let count = recv(receiver, &buffer, buffer.count, 0)
            if count == probe.count, Array(buffer[..<count]) == probe { return true }
            // Other datagrams go by.
            if count < 0, errno != EAGAIN, errno != EINTR { return false }
        }
    }

    enum Port: Equatable {
        case free
        case taken
        case unknown
    }

    /// Whether the TCP port could be listened on now; gives the listener, for `reaches`.
    static func listenTCP(_ port: UInt16) -> (Port, CInt) {
        var family = AF_INET6
        var file = socket(AF_INET6, streamType, 0)
        if file < 0 {
            family = AF_INET
            file = socket(AF_INET, streamType, 0)
        }
        guard file >= 0 else { return (.unknown, -1) }
        var on: CInt = 1
        var off: CInt = 0
        setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        var bound: CInt
        if family == AF_INET6 {
            setsockopt(file, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &off, socklen_t(MemoryLayout<CInt>.size))
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            bound = withSocketAddress(&address) { bind(file, $0, $1) }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            bound = withSocketAddress(&address) { bind(file, $0, $1) }
        }
        if bound == 0, listen(file, 8) == 0 { return (.free, file) }
        let code = errno
        _ = systemClose(file)
        return (code == EADDRINUSE ? .taken : .unknown, -1)
    }

    enum Reach: Equatable {
        case reached
        case refused
        case silent
        case notTried
    }

    /// Connects to an address of this machine itself.
    static func connectTCP(_ address: [UInt8], port: UInt16, interface: UInt32, waitMs: Int) -> Reach {
        let file = socket(address.count == 4 ? AF_INET : AF_INET6, streamType, 0)
        guard file >= 0 else { return .notTried }
        defer { _ = systemClose(file) }
        _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK)
        let status: CInt
        if address.count == 4 {
            var to = sockaddr_in()
            to.sin_family = sa_family_t(AF_INET)
            to.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &to.sin_addr) { $0.copyBytes(from: address) }
            status = withSocketAddress(&to) { connect(file, $0, $1) }
        } else {
            var to = sockaddr_in6()
            to.sin6_family = sa_family_t(AF_INET6)
            to.sin6_port = port.bigEndian
            to.sin6_scope_id = interface
            withUnsafeMutableBytes(of: &to.sin6_addr) { $0.copyBytes(from: address.prefix(16)) }
            status = withSocketAddress(&to) { connect(file, $0, $1) }
        }
        if status == 0 { return .reached }
        guard errno == EINPROGRESS else { return errno == ECONNREFUSED ? .refused : .silent }
        var one = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        guard poll(&one, 1, CInt(waitMs)) > 0 else { return .silent }
        var code: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        getsockopt(file, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? .reached : code == ECONNREFUSED ? .refused : .silent
    }

    private static func isReadable(_ file: CInt, waitMs: CInt) -> Bool {
        var one = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        return poll(&one, 1, waitMs) > 0
    }

    private static func nowMs() -> Int64 {
        var clock = SystemClock()
        return clock.now().monotonicMs
    }

    private static func withSocketAddress<T>(
        _ address: inout T, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<T>.size)) }
        }
    }

    private static var streamType: CInt {
        #if canImport(Glibc)
            CInt(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }
}
