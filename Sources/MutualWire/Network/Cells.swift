/// Records are cut into cells of one size, so that their length does not show (Protocol/session.md).
public enum Cells {
    /// The plaintexts (496 bytes each) of the cells that a record goes in. An empty record has none.
    ///
    /// - Parameter record: 1 ... 65,536 bytes; `Item.check()` keeps one's own items below that.
    public static func cut(record: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: record.count, by: Limits.cellDataBytes).map { start in
            let data = record[start..<min(start + Limits.cellDataBytes, record.count)]
            let more: UInt16 = data.endIndex < record.count ? 0x8000 : 0
            var plaintext: [UInt8] = []
            plaintext.reserveCapacity(Limits.cellPlaintextBytes)
            plaintext.append(bigEndian: more | UInt16(truncatingIfNeeded: data.count))
            plaintext += data
            plaintext += [UInt8](repeating: 0, count: Limits.cellPlaintextBytes - plaintext.count)
            return plaintext
        }
    }
}

/// Puts the plaintexts of cells together to records (Protocol/session.md).
public struct RecordAssembler: Sendable {
    private var data: [UInt8] = []

    /// Nothing read yet.
    public init() {}

    /// Takes the plaintext of the next cell; gives the record when it is whole.
    ///
    /// - Throws: what closes the session; nothing may be taken after that.
    public mutating func take(_ plaintext: [UInt8]) throws(WireError) -> [UInt8]? {
        guard plaintext.count == Limits.cellPlaintextBytes else { throw .cellSize }
        let header = plaintext.bigEndian16
        let more = header & 0x8000 != 0
        let length = Int(header & 0x7fff)
        guard length <= Limits.cellDataBytes else { throw .cellLength }
        guard !more || length == Limits.cellDataBytes else { throw .cellMore }
        guard length > 0 else { throw .cellEmpty }
        guard plaintext[(2 + length)...].allSatisfy({ $0 == 0 }) else { throw .cellPadding }
        guard data.count + length <= Limits.recordBytes else { throw .recordLong }
        data += plaintext[2..<2 + length]
        if more { return nil }
        defer { data = [] }
        return data
    }
}
