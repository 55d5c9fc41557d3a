/// HKDF (RFC 5869) over HMAC-SHA512. Ours, because libsodium 1.0.18 has none.
public enum HKDF {
    /// The longest output in bytes: 255 blocks of 64.
    public static let maximumByteCount = 255 * HMACSHA512.byteCount

    /// Fills `out` from the input keying material. Throws `wrongLength` for more than 16,320 bytes.
    public static func derive(
        salt: [UInt8], ikm: UnsafeRawBufferPointer, info: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        guard out.count <= maximumByteCount else { throw .wrongLength }
        withTemporarySecret(2 * HMACSHA512.byteCount) { scratch in
            let prk = scratch.part(0..<64)
            let block = scratch.part(64..<128)
            var extract = HMACSHA512(key: salt)
            extract.update(ikm)
            extract.finish(into: prk)
            var done = 0
            var number: UInt8 = 0
            while done < out.count {
                number += 1
                var expand = HMACSHA512(key: prk.readOnly)
                if number > 1 { expand.update(block.readOnly) }
                expand.update(info)
                expand.update([number])
                expand.finish(into: block)
                let size = min(block.count, out.count - done)
                out.part(done..<done + size).copyMemory(from: block.part(0..<size).readOnly)
                done += size
            }
        }
    }

    /// 32 bytes into memory of the caller.
    static func key(
        _ label: Label, _ ikm: UnsafeRawBufferPointer, _ info: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) {
        precondition(out.count == 32, "a key has 32 bytes")
        do throws(CryptoError) {
            try derive(salt: label.bytes, ikm: ikm, info: info, into: out)
        } catch {
            preconditionFailure("32 bytes are never too long")
        }
    }

    /// A key of 32 bytes in guarded memory.
    static func key(_ label: Label, _ ikm: SecretBytes, _ info: [UInt8]) -> SecretBytes {
        ikm.withBytes { ikm in SecretBytes(count: 32) { key(label, ikm, info, into: $0) } }
    }
}
