import MutualCore
import MutualWire
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Endpoint {
    /// An endpoint from a socket's address. IPv4 inside IPv6 becomes IPv4; the scope becomes the interface.
    init?(_ address: SocketAddress, interface: UInt32 = 0) {
        switch address {
        case .v4(let v4):
            var raw = v4.address.sin_addr
            let bytes = withUnsafeBytes(of: &raw) { [UInt8]($0) }
            guard let ip = IPAddress(bytes: bytes) else { return nil }
            self.init(address: ip, port: UInt16(bigEndian: v4.address.sin_port), interface: interface)
        case .v6(let v6):
            var raw = v6.address.sin6_addr
            let bytes = withUnsafeBytes(of: &raw) { [UInt8]($0) }
            let mapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            guard let ip = IPAddress(bytes: mapped ? Array(bytes[12...]) : bytes) else { return nil }
            let scope = interface == 0 ? v6.address.sin6_scope_id : interface
            self.init(address: ip, port: UInt16(bigEndian: v6.address.sin6_port), interface: mapped ? interface : scope)
        case .unixDomainSocket:
            return nil
        }
    }

    /// The socket address to dial: the scope is set for link-local addresses only.
    var socketAddress: SocketAddress {
        let bytes = address.bytes
        if bytes.count == 4 {
            var v4 = sockaddr_in()
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &v4.sin_addr) { $0.copyBytes(from: bytes) }
            return SocketAddress(v4, host: "")
        }
        var v6 = sockaddr_in6()
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        v6.sin6_scope_id = address.isLinkLocal ? interface : 0
        withUnsafeMutableBytes(of: &v6.sin6_addr) { $0.copyBytes(from: bytes.prefix(16)) }
        return SocketAddress(v6, host: "")
    }
}
