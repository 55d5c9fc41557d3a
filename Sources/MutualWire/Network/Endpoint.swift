/// Where somebody listens: an address and a port, with the interface for link-local addresses.
public struct Endpoint: Hashable, Comparable, Sendable {
    /// The address.
    public var address: IPAddress
    /// The port.
    public var port: UInt16
    /// The index of the interface that a link-local address belongs to; 0: none is said.
    public var interface: UInt32

    /// An endpoint.
    public init(address: IPAddress, port: UInt16, interface: UInt32 = 0) {
        self.address = address
        self.port = port
        self.interface = interface
    }

    /// From what a person types: "192.168.1.2", "192.168.1.2:7747", "[fe80::1]", "[fe80::1%2]:7747", where the number
    /// after "%" is an interface's index. Without a port it is 7747; port 0 is none.
    public init?(text: String) {
        guard text.utf8.prefix(73).count <= 72 else { return nil }
        if text.hasPrefix("[") {
            let parts = text.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            let scoped = parts[0].split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
            guard scoped[0].contains(":"), let address = IPAddress(text: String(scoped[0])),
                let port = Self.port(after: parts[1])
            else { return nil }
            guard scoped.count == 2 else {
                self.init(address: address, port: port)
                return
            }
            guard let index = Self.number(scoped[1]).flatMap({ UInt32(exactly: $0) }), index != 0 else { return nil }
            self.init(address: address, port: port, interface: index)
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            guard let address = IPAddress(text: String(text[..<end])), let port = Self.port(after: text[end...]) else {
                return nil
            }
            self.init(address: address, port: port)
        }
    }

    /// "192.168.1.2:7747" or "[fe80::1]:7747"; the interface is not part of it.
    public var text: String {
        switch address {
        case .v4: "\(address.text):\(port)"
        case .v6: "[\(address.text)]:\(port)"
        }
    }

    /// By address, then by port, then by interface.
    public static func < (a: Endpoint, b: Endpoint) -> Bool {
        (a.address, a.port, a.interface) < (b.address, b.port, b.interface)
    }

    /// Nothing, or a colon and 1 ... 65,535.
    private static func port(after rest: Substring) -> UInt16? {
        if rest.isEmpty { return Limits.port }
        guard rest.first == ":", let port = number(rest.dropFirst()).flatMap({ UInt16(exactly: $0) }), port != 0 else {
            return nil
        }
        return port
    }

    private static func number(_ text: Substring) -> UInt64? {
        guard 1...10 ~= text.utf8.count, text.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
        return UInt64(text)
    }
}
