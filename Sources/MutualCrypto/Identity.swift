/// The keys of the person at this machine, derived from the seed. [identity-2]
public final class Identity: Sendable {
    /// Size of the seed in bytes.
    public static let seedByteCount = 32

    /// What others know me by.
    public let publicKey: PublicKey
    /// The static key of sessions and pairings.
    let staticKey: KeyPair
    private let paddingKey: SecretBytes

    /// From a seed of 32 bytes. The seed itself is not kept.
    public init(seed: SecretBytes) {
        precondition(seed.count == Self.seedByteCount, "a seed has 32 bytes")
        let secret = HKDF.key(.identityStatic, seed, Array("static".utf8))
        guard let pair = try? KeyPair(secret: secret), let key = PublicKey(pair.publicKey) else {
            preconditionFailure("32 bytes are a scalar")
        }
        staticKey = pair
        publicKey = key
        paddingKey = HKDF.key(.padding, seed, Array("pad".utf8))
    }

    /// The 64 bytes from whose first 90 bits the ten words are taken.
    public var wordsDigest: [UInt8] { publicKey.wordsDigest }

    /// The keys that I share with a peer. Throws `ownKey` for my own key, `lowOrderResult` for a point of low order.
    public func pair(with peer: PublicKey) throws(CryptoError) -> PairKeys {
        try PairKeys(staticKey: staticKey, me: publicKey, peer: peer)
    }

    /// The tag of padding mark `index` in an epoch (of 900 s): its 8 bytes read big-endian. [discovery-10]
    public func paddingTag(epoch: UInt64, index: UInt16) -> UInt64 {
        paddingKey.withBytes { key in
            HMACSHA512.prefix64(key: key, [UInt8](bigEndian: epoch), [UInt8](bigEndian: index))
        }
    }
}

extension PublicKey {
    /// SHA-512("mutual/1 words" || key): the ten words of this key are the numbers in its first 90 bits. [identity-4]
    public var wordsDigest: [UInt8] { SHA512.hash(Label.identityWords.bytes, bytes) }
}
