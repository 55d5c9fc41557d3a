/// All item ids of the home in order, in memory: finds beginnings and gives handles `[control]`.
///
/// Kept in 1,024 sorted parts by the first two characters, so that an id of many is put in without moving all others.
struct IDIndex {
    private struct Entry {
        var id: UInt128
        var row: Int64
    }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let characters = 26
    private var parts = [[Entry]](repeating: [], count: 1_024)

    init() {}

    /// The number that the 16 bytes of an id are, first byte first; order of numbers is order of texts.
    static func number(_ bytes: [UInt8]) -> UInt128 { bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }

    private static func part(of id: UInt128) -> Int { Int(truncatingIfNeeded: id >> 118) }

    private func place(_ id: UInt128, _ row: Int64, in entries: [Entry]) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let entry = entries[middle]
            if entry.id < id || (entry.id == id && entry.row < row) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func insert(_ id: UInt128, row: Int64) {
        let part = Self.part(of: id)
        let index = place(id, row, in: parts[part])
        parts[part].insert(Entry(id: id, row: row), at: index)
    }

    mutating func remove(_ id: UInt128, row: Int64) {
        let part = Self.part(of: id)
        let index = place(id, row, in: parts[part])
        if index < parts[part].count, parts[part][index].id == id, parts[part][index].row == row {
            parts[part].remove(at: index)
        }
    }

    /// Rows of exactly this id, in order.
    func rows(of id: UInt128) -> [Int64] {
        let entries = parts[Self.part(of: id)]
        return entries[place(id, Int64.min, in: entries)...].prefix { $0.id == id }.map(\.row)
    }

    /// Rows whose id begins with this text, in the order of ids; none for a text that begins no id.
    func rows(beginning text: [UInt8], limit: Int) -> [Int64] {
        guard limit > 0, !text.isEmpty, text.count <= Self.characters else { return [] }
        var bits: UInt128 = 0
        for (index, character) in text.enumerated() {
            guard let value = Self.alphabet.firstIndex(of: character) else { return [] }
            if index == Self.characters - 1 {
                // The last character carries three bits of the id and two zeros.
                guard value & 3 == 0 else { return [] }
                bits = bits << 3 | UInt128(value >> 2)
            } else {
                bits = bits << 5 | UInt128(value)
            }
        }
        let length = text.count == Self.characters ? 128 : text.count * 5
        let low = bits << UInt128(128 - length)
        let high = length == 128 ? low : low | (UInt128.max >> UInt128(length))
        var rows: [Int64] = []
        for part in Self.part(of: low)...Self.part(of: high) {
            let entries = parts[part]
            for entry in entries[place(low, Int64.min, in: entries)...] {
                if entry.id > high { break }
                rows.append(entry.row)
                if rows.count == limit { return rows }
            }
        }
        return rows
    }
}

/// Row numbers in order; new ones mostly come last.
struct SortedRows {
    private(set) var rows: [Int64] = []

    var isEmpty: Bool { rows.isEmpty }
    var count: Int { rows.count }

    /// The place of the first row at or above this one.
    func place(_ row: Int64) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of the first row above this one.
    func place(after row: Int64) -> Int { row == Int64.max ? rows.count : place(row + 1) }

    mutating func insert(_ row: Int64) {
        guard let last = rows.last, last >= row else {
            rows.append(row)
            return
        }
        let index = place(row)
        if rows[index] != row { rows.insert(row, at: index) }
    }

    mutating func remove(_ row: Int64) {
        let index = place(row)
        if index < rows.count, rows[index] == row { rows.remove(at: index) }
    }
}
