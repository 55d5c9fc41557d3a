import CPlatform
import MutualCore
import MutualWire

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
        for row in rows.prefix(max(0, count)) where row.is_up != 0 {
            list.add(row, allowed: allowed)
        }
        list.interfaces.sort { $0.index < $1.index }
        return list
    }

    private mutating func add(_ row: mutual_address, allowed: [String]?) {
        let name = withUnsafeBytes(of: row.interface_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if let allowed, !allowed.contains(name) { return }
        let size = row.family == 4 ? 4 : 16
        let bytes = withUnsafeBytes(of: row.address) { Array($0.prefix(size)) }
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
}
