/// How values are sealed at rest: nonce(24) || XChaCha20-Poly1305(key, value, ad). [storage-8]
public enum AtRest {
    /// Size of a nonce in bytes.
    public static let nonceByteCount = XChaChaPoly.nonceByteCount
    /// How much longer a sealed value is than the value, in bytes.
    static let overheadByteCount = XChaChaPoly.nonceByteCount + XChaChaPoly.tagByteCount

    /// What ties a sealed value to its place: u8(|table|) || table || u8(|column|) || column || u64(row). The names
    /// are the program's own, 255 bytes at most.
    public static func associatedData(table: String, column: String, row: UInt64) -> [UInt8] {
        let (table, column) = (table.utf8, column.utf8)
        precondition(table.count <= 255 && column.count <= 255, "a name in the store has 255 bytes at most")
        var ad: [UInt8] = []
        ad.reserveCapacity(2 + table.count + column.count + 8)
        ad.append(UInt8(table.count))
        ad.append(contentsOf: table)
        ad.append(UInt8(column.count))
        ad.append(contentsOf: column)
        withUnsafeBytes(of: row.bigEndian) { ad.append(contentsOf: $0) }
        return ad
    }

    /// Seals a value under a key of 32 bytes. The nonce has 24 fresh random bytes.
    static func sealValue(
        key: UnsafeRawBufferPointer, nonce: [UInt8], ad: [UInt8], value: UnsafeRawBufferPointer
    ) -> [UInt8] {
        precondition(key.count == 32 && nonce.count == nonceByteCount, "a key has 32 bytes, a nonce 24")
        return [UInt8](count: value.count + overheadByteCount) { out in
            nonce.withUnsafeBytes { nonce in
                ad.withUnsafeBytes { ad in
                    out.part(0..<nonce.count).copyMemory(from: nonce)
                    do throws(CryptoError) {
                        try XChaChaPoly.seal(
                            value, key: key, nonce: nonce, ad: ad, into: out.part(nonce.count..<out.count))
                    } catch {
                        preconditionFailure("every length was checked")
                    }
                }
            }
        }
    }

    /// Seals a value that stands in an array.
    static func sealValue(
        key: UnsafeRawBufferPointer, nonce: [UInt8], ad: [UInt8], value: [UInt8]
    ) -> [UInt8] {
        value.withUnsafeBytes { sealValue(key: key, nonce: nonce, ad: ad, value: $0) }
    }

    /// Opens a sealed value into memory of the caller, 40 bytes shorter. Throws `wrongLength`,
    /// `authenticationFailed`.
    static func openValue(
        key: UnsafeRawBufferPointer, ad: [UInt8], sealed: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard sealed.count >= overheadByteCount, sealed.count - overheadByteCount == out.count else {
            throw .wrongLength
        }
        try sealed.withRaw { (sealed) throws(CryptoError) in
            try ad.withRaw { (ad) throws(CryptoError) in
                try XChaChaPoly.open(
                    sealed.part(nonceByteCount..<sealed.count), key: key, nonce: sealed.part(0..<nonceByteCount),
                    ad: ad, into: out)
            }
        }
    }

    /// Opens a sealed value. Throws `wrongLength`, `authenticationFailed`.
    static func openValue(
        key: UnsafeRawBufferPointer, ad: [UInt8], sealed: [UInt8]
    ) throws(CryptoError) -> [UInt8] {
        guard sealed.count >= overheadByteCount else { throw .wrongLength }
        return try [UInt8](count: sealed.count - overheadByteCount) { (out) throws(CryptoError) in
            try openValue(key: key, ad: ad, sealed: sealed, into: out)
        }
    }
}
