import MutualCore

/// Writes the inside of a sealed column: fixed-width big-endian numbers and byte strings with a length in front.
struct Packer {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 64) { bytes.reserveCapacity(capacity) }

    mutating func number(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Bytes whose number the reader knows.
    mutating func fixed(_ value: [UInt8]) { bytes.append(contentsOf: value) }

    mutating func string(_ value: [UInt8]) {
        number(UInt32(clamping: value.count))
        bytes.append(contentsOf: value)
    }

    mutating func text(_ value: String) { string(Array(value.utf8)) }

    mutating func optional<T>(_ value: T?, _ write: (inout Packer, T) -> Void) {
        flag(value != nil)
        if let value { write(&self, value) }
    }

    mutating func list<T>(_ values: [T], _ write: (inout Packer, T) -> Void) {
        number(UInt32(clamping: values.count))
        for value in values { write(&self, value) }
    }
}

/// Reads what `Packer` wrote. What does not fit is a damaged store, never a trap.
struct Unpacker {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    static var damaged: JournalFault { JournalFault("damaged") }

    mutating func number<T: FixedWidthInteger>(_: T.Type = T.self) throws(JournalFault) -> T {
        let size = MemoryLayout<T>.size
        guard bytes.count - at >= size else { throw Self.damaged }
        var value: T = 0
        for index in at..<at + size { value = value << 8 | T(truncatingIfNeeded: bytes[index]) }
        at += size
        return value
    }

    mutating func flag() throws(JournalFault) -> Bool { try number(UInt8.self) != 0 }

    mutating func fixed(_ count: Int) throws(JournalFault) -> [UInt8] {
        guard count >= 0, bytes.count - at >= count else { throw Self.damaged }
        defer { at += count }
        return Array(bytes[at..<at + count])
    }

    mutating func string() throws(JournalFault) -> [UInt8] {
        let count = try number(UInt32.self)
        return try fixed(Int(count))
    }

    mutating func text() throws(JournalFault) -> String {
        String(decoding: try string(), as: UTF8.self)
    }

    mutating func optional<T>(
        _ read: (inout Unpacker) throws(JournalFault) -> T
    ) throws(JournalFault) -> T? {
        guard try flag() else { return nil }
        return try read(&self)
    }

    mutating func list<T>(_ read: (inout Unpacker) throws(JournalFault) -> T) throws(JournalFault) -> [T] {
        let count = try number(UInt32.self)
        // Every entry has at least one byte, so a wrong count ends at the end of the bytes.
        guard Int(count) <= bytes.count - at else { throw Self.damaged }
        var values: [T] = []
        for _ in 0..<count { values.append(try read(&self)) }
        return values
    }

    /// Whether everything was read.
    var isAtEnd: Bool { at == bytes.count }

    /// Everything was read.
    func end() throws(JournalFault) {
        guard at == bytes.count else { throw Self.damaged }
    }
}
