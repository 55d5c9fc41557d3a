/// CPace (draft-irtf-cfrg-cpace-21) over ristretto255 and SHA-512, initiator-responder setting.
public enum CPace {
    /// Size of a share in bytes.
    public static let shareByteCount = Ristretto255.byteCount
    /// Size of the intermediate session key in bytes.
    public static let sessionKeyByteCount = SHA512.byteCount

    /// The domain separation identifier of the suite.
    static let dsi = Array("CPaceRistretto255".utf8)
    /// That of the key derivation.
    static let dsiISK = Array("CPaceRistretto255_ISK".utf8)
    /// The input block of SHA-512 in bytes.
    private static let hashBlockByteCount = 128

    /// prepend_len: the length as LEB128, then the bytes.
    static func prependLength(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes.count
        repeat {
            let low = UInt8(rest & 0x7f)
            rest >>= 7
            result.append(rest > 0 ? low | 0x80 : low)
        } while rest > 0
        return result + bytes
    }

    /// lv_cat: every argument with its length before it, joined.
    static func lvCat(_ parts: [UInt8]...) -> [UInt8] {
        parts.reduce(into: []) { $0 += prependLength($1) }
    }

    /// transcript_ir.
    static func transcript(_ ya: [UInt8], _ ada: [UInt8], _ yb: [UInt8], _ adb: [UInt8]) -> [UInt8] {
        lvCat(ya, ada) + lvCat(yb, adb)
    }

    /// generator_string: the password fills the first block of the hash together with the identifier.
    static func generatorString(prs: [UInt8], ci: [UInt8], sid: [UInt8]) -> [UInt8] {
        let used = prependLength(prs).count + prependLength(dsi).count
        let zeros = [UInt8](repeating: 0, count: max(0, hashBlockByteCount - 1 - used))
        return lvCat(dsi, prs, zeros, ci, sid)
    }

    /// calculate_generator, into 32 bytes.
    static func generator(
        prs: [UInt8], ci: [UInt8], sid: [UInt8], into out: UnsafeMutableRawBufferPointer
    ) throws(CryptoError) {
        var string = generatorString(prs: prs, ci: ci, sid: sid)
        defer { string.withUnsafeMutableBytes { Sodium.wipe($0) } }
        try withTemporarySecret(SHA512.byteCount) { (digest) throws(CryptoError) in
            var hash = SHA512()
            hash.update(string)
            hash.finish(into: digest)
            try Ristretto255.fromHash(digest.readOnly, into: out)
        }
    }
}

/// One side's part in one run of CPace: its secret scalar and its share.
public final class CPaceExchange: Sendable {
    /// What is sent to the other: 32 bytes.
    public let share: [UInt8]
    private let scalar: SecretBytes
    private let sid: [UInt8]

    /// `prs` is the password-related string, `ci` the channel identifier, `sid` the session id; `scalar` 64 random
    /// bytes, reduced here, or 32 bytes that are a scalar already. Throws `wrongLength`, `refusedShare` for a scalar
    /// of zero.
    public init(prs: [UInt8], ci: [UInt8], sid: [UInt8], scalar: SecretBytes) throws(CryptoError) {
        let reduced = try Self.reduced(scalar)
        self.scalar = reduced
        self.sid = sid
        share = try [UInt8](count: CPace.shareByteCount) { (share) throws(CryptoError) in
            try withTemporarySecret(32) { (generator) throws(CryptoError) in
                try CPace.generator(prs: prs, ci: ci, sid: sid, into: generator)
                try reduced.withBytes { (scalar) throws(CryptoError) in
                    try Ristretto255.multiply(scalar: scalar, element: generator.readOnly, into: share)
                }
            }
        }
    }

    /// The intermediate session key, 64 bytes, from the other's share and both sides' associated data. Throws
    /// `refusedShare` for a share that is no element, and for the identity as share or result.
    public func sessionKey(
        isInitiator: Bool, theirShare: [UInt8], myAD: [UInt8], theirAD: [UInt8]
    ) throws(CryptoError) -> SecretBytes {
        let transcript =
            isInitiator
            ? CPace.transcript(share, myAD, theirShare, theirAD) : CPace.transcript(theirShare, theirAD, share, myAD)
        return try SecretBytes(count: CPace.sessionKeyByteCount) { (isk) throws(CryptoError) in
            try withTemporarySecret(32) { (k) throws(CryptoError) in
                try multiply(theirShare, into: k)
                var hash = SHA512()
                hash.update(CPace.lvCat(CPace.dsiISK, sid) + [UInt8(CPace.shareByteCount)])
                hash.update(k.readOnly)
                hash.update(transcript)
                hash.finish(into: isk)
            }
        }
    }

    /// scalar_mult_vfy.
    func multiply(_ theirShare: [UInt8], into k: UnsafeMutableRawBufferPointer) throws(CryptoError) {
        guard theirShare.count == CPace.shareByteCount else { throw .wrongLength }
        guard Ristretto255.isValid(theirShare) else { throw .refusedShare }
        try theirShare.withRaw { (element) throws(CryptoError) in
            try scalar.withBytes { (scalar) throws(CryptoError) in
                try Ristretto255.multiply(scalar: scalar, element: element, into: k)
            }
        }
    }

    private static func reduced(_ scalar: SecretBytes) throws(CryptoError) -> SecretBytes {
        if scalar.count == 32 { return scalar }
        return try SecretBytes(count: 32) { (out) throws(CryptoError) in
            try scalar.withBytes { (wide) throws(CryptoError) in try Ristretto255.reduce(wide, into: out) }
        }
    }
}
