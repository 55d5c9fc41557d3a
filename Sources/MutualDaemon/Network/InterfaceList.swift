import CPlatform
import MutualCore
import MutualWire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the kernel says of its interfaces at one moment.
struct InterfaceList: Equatable {
    /// Those that are up and allowed, in the order of their indexes.
    var interfaces: [Interface] = []
    /// IPv4 broadcast addresses (4 bytes) by interface index.
    var broadcasts: [UInt32: [UInt8]] = [:]

    /// Most addresses that are looked at.
    private static let limit = 512

    init() {}

    /// Asks the kernel. `allowed`: names of the only ones to use, nil for all.
    static func read(allowed: [String]?) -> InterfaceList {
        var rows = [mutual_address](repeating: mutual_address(), count: limit)
        let count = Int(mutual_list_addresses(&rows, limit))
        var list = InterfaceList()
        let tentative = tentativeAddresses()
        for row in rows.prefix(max(0, count)) where row.is_up != 0 {
            list.add(row, allowed: allowed, tentative: tentative)
        }
        list.interfaces.sort { $0.index < $1.index }
        return list
    }

    private mutating func add(_ row: mutual_address, allowed: [String]?, tentative: Set<String>) {
        let name = withUnsafeBytes(of: row.interface_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if let allowed, !allowed.contains(name) { return }
        let size = row.family == 4 ? 4 : 16
        let bytes = withUnsafeBytes(of: row.address) { Array($0.prefix(size)) }
        if size == 16, tentative.contains(Self.key(bytes, row.interface_index)) { return }
        guard let address = IPAddress(bytes: bytes),
            let prefix = Prefix(address: address, length: Int(row.prefix_length))
        else { return }
        if let at = interfaces.firstIndex(where: { $0.index == row.interface_index }) {
            interfaces[at].addresses.append(prefix)
        } else {
            interfaces.append(
                Interface(
                    index: row.interface_index, name: name, isLoopback: row.is_loopback != 0, addresses: [prefix]))
        }
        let broadcast = withUnsafeBytes(of: row.broadcast) { Array($0) }
        if row.family == 4, broadcasts[row.interface_index] == nil, broadcast.contains(where: { $0 != 0 }) {
            broadcasts[row.interface_index] = broadcast
        }
    }

    // MARK: addresses that are not usable yet

    private static func key(_ bytes: [UInt8], _ interface: UInt32) -> String {
        bytes.reduce(into: "") { $0 += ($1 < 16 ? "0" : "") + String($1, radix: 16) } + " \(interface)"
    }

    /// IPv6 addresses that the kernel still asks its neighbours about, for a second or two after a link comes up: from
    /// them nothing can be sent, and a dial made then is lost. The kernel tells when one becomes usable.
    ///
    /// Linux lists address, index, prefix, scope, flags and name, the numbers in hex (proc(5), `/proc/net/if_inet6`).
    private static func tentativeAddresses() -> Set<String> {
        var found: Set<String> = []
        #if os(Linux)
            guard let file = fopen("/proc/net/if_inet6", "r") else { return [] }
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 256)
            while fgets(&line, CInt(line.count), file) != nil {
                let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                let fields = text.split { $0 == " " || $0 == "\n" }
                guard fields.count >= 5, let index = UInt32(fields[1], radix: 16),
                    let flags = UInt32(fields[4], radix: 16), flags & 0x40 != 0
                else { continue }
                found.insert("\(fields[0]) \(index)")
            }
        #endif
        return found
    }
}
