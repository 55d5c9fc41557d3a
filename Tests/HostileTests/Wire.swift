import Foundation
import MutualWire

/// How the other side ended a connection.
enum End: String, Sendable {
    /// A plain FIN.
    case fin
    case reset
    /// It did not, in the time that was given.
    case none
}

/// Addresses as the system calls want them.
enum Address {
    static func of(_ text: String, port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }

    /// Runs a system call on it.
    static func with<T>(_ address: sockaddr_in, _ call: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        var address = address
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// One of the strangers' own addresses, reached through their router: any number of them.
    static func routed(_ number: Int) -> String { "10.78.\(number >> 8 & 255).\(number & 255)" }

    /// One of the strangers' own addresses on the victim's link.
    static func onLink(_ number: Int) -> String { "10.77.\(64 + (number >> 8 & 63)).\(number & 255)" }
}

/// A TCP connection of somebody who sends what they like. Used by one thread.
final class Wire {
    let descriptor: CInt

    /// Connects from an address of one's own; throws when nobody takes it in three seconds.
    init(from: String = Lab.stranger, to: String = Lab.victim, port: UInt16 = 7747) throws {
        descriptor = try Self.begin(from: from, to: to, port: port)
        var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        var fault: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard poll(&one, 1, 3_000) == 1, getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &size) == 0, fault == 0
        else {
            close(descriptor)
            throw Trouble("no connection to \(to):\(port)")
        }
    }

    /// One that was accepted.
    init(taking descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// A connection that is under way, not waited for.
    static func begin(from: String, to: String = Lab.victim, port: UInt16 = 7747) throws -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue) | CInt(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw Trouble("socket: \(String(cString: strerror(errno)))") }
        guard Address.with(Address.of(from, port: 0), { bind(descriptor, $0, $1) }) == 0 else {
            close(descriptor)
            throw Trouble("\(from) cannot be used: \(String(cString: strerror(errno)))")
        }
        let code = Address.with(Address.of(to, port: port)) { connect(descriptor, $0, $1) }
        guard code == 0 || errno == EINPROGRESS else {
            close(descriptor)
            throw Trouble("connect: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    /// Sends all of it; false when the other side takes no more within the time.
    @discardableResult
    func send(_ bytes: [UInt8], seconds: Double = 5) -> Bool {
        let end = Monotonic.now + seconds
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            if count > 0 {
                done += count
                continue
            }
            guard errno == EAGAIN else { return false }
            var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&one, 1, CInt(max(0, (end - Monotonic.now) * 1000))) > 0 else { return false }
        }
        return true
    }

    func endOutput() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Reads until so many bytes came, the other side ended, or the time is up.
    func read(_ most: Int = .max, seconds: Double) -> (bytes: [UInt8], end: End) {
        let until = Monotonic.now + seconds
        var bytes: [UInt8] = []
        while bytes.count < most {
            var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&one, 1, CInt(max(0, (until - Monotonic.now) * 1000))) > 0 else { return (bytes, .none) }
            var chunk = [UInt8](repeating: 0, count: min(most - bytes.count, 65_536))
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EAGAIN { continue }
            if count < 0 { return (bytes, .reset) }
            if count == 0 { return (bytes, .fin) }
            bytes += chunk[..<count]
        }
        return (bytes, .none)
    }
}

/// A TCP port that takes what comes.
final class Trap {
    private let descriptor: CInt

    init(at address: String, port: UInt16) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var on: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        let code = Address.with(Address.of(address, port: port)) { bind(descriptor, $0, $1) }
        guard code == 0, listen(descriptor, 64) == 0 else { throw Trouble("no port at \(address)") }
    }

    deinit { close(descriptor) }

    /// Who comes next, if anybody in time.
    func next(seconds: Double) -> Wire? {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, CInt(max(0, seconds * 1000))) > 0 else { return nil }
        let taken = accept(descriptor, nil, nil)
        guard taken >= 0 else { return nil }
        _ = fcntl(taken, F_SETFL, O_NONBLOCK)
        return Wire(taking: taken)
    }
}

/// A UDP socket that shouts to the group of discovery, or hears it.
final class Shout {
    static let group = "239.255.77.84"
    private let descriptor: CInt

    /// Shouts from an address of one's own.
    init(from: String) throws {
        descriptor = try Self.make()
        guard Address.with(Address.of(from, port: 0), { bind(descriptor, $0, $1) }) == 0 else {
            throw Trouble("\(from) cannot be used: \(String(cString: strerror(errno)))")
        }
    }

    /// Hears what is shouted to the group.
    init() throws {
        descriptor = try Self.make()
        guard Address.with(Address.of(Self.group, port: 7747), { bind(descriptor, $0, $1) }) == 0 else {
            throw Trouble("the group cannot be heard")
        }
        var membership = ip_mreqn()
        inet_pton(AF_INET, Self.group, &membership.imr_multiaddr)
        membership.imr_ifindex = CInt(if_nametoindex("eth0"))
        setsockopt(
            descriptor, CInt(IPPROTO_IP), IP_ADD_MEMBERSHIP, &membership, socklen_t(MemoryLayout<ip_mreqn>.size))
    }

    deinit { close(descriptor) }

    private static func make() throws -> CInt {
        let descriptor = socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Trouble("socket: \(String(cString: strerror(errno)))") }
        var on: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        var interface = ip_mreqn()
        interface.imr_ifindex = CInt(if_nametoindex("eth0"))
        setsockopt(
            descriptor, CInt(IPPROTO_IP), IP_MULTICAST_IF, &interface, socklen_t(MemoryLayout<ip_mreqn>.size))
        return descriptor
    }

    func send(_ bytes: [UInt8]) {
        _ = Address.with(Address.of(Self.group, port: 7747)) { sendto(descriptor, bytes, bytes.count, 0, $0, $1) }
    }

    /// The next datagram and whose it is.
    func hear(seconds: Double) -> (bytes: [UInt8], source: IPAddress)? {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, CInt(max(0, seconds * 1000))) > 0 else { return nil }
        var chunk = [UInt8](repeating: 0, count: 2_048)
        var source = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let count = withUnsafeMutablePointer(to: &source) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, &chunk, chunk.count, 0, $0, &size)
            }
        }
        guard count > 0 else { return nil }
        let bytes = withUnsafeBytes(of: &source.sin_addr) { Array($0) }
        guard let address = IPAddress(bytes: bytes) else { return nil }
        return (Array(chunk[..<count]), address)
    }
}

/// Bytes of no meaning.
func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
