/// Big-endian numbers, as everywhere in the protocol but where a specification says otherwise.
extension [UInt8] {
    /// Appends a number, the highest byte first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }
}

extension Collection<UInt8> {
    /// The first eight bytes at most as a number, the highest byte first.
    var bigEndian64: UInt64 { prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// The first two bytes at most as a number, the highest byte first.
    var bigEndian16: UInt16 { prefix(2).reduce(0) { $0 << 8 | UInt16($1) } }
}
