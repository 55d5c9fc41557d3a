/// Whose mark it is, seen from this machine.
public enum MarkSender: Sendable {
    /// Sent by me.
    case me
    /// Sent by the other of the pair.
    case peer
}

/// What a mark stands in. [marks-7]
public enum MarkUse: UInt8, Sendable, CaseIterable {
    /// A beacon.
    case beacon = 0x01
    /// The first flight of a session.
    case flight = 0x02
}

/// What two people share: the keys of their marks, and which side each is. [marks-1] to [marks-3]
public final class PairKeys: Sendable {
    /// My public key.
    public let me: PublicKey
    /// The other's public key.
    public let peer: PublicKey
    /// 0x00 if my key is the lower one in unsigned byte order, 0x01 otherwise.
    public let mySide: UInt8
    /// The mark key of `lo`, then that of `hi`, 32 bytes each.
    private let markKeys: SecretBytes

    /// True when I am the lower side.
    public var iAmLow: Bool { mySide == 0 }

    init(staticKey: KeyPair, me: PublicKey, peer: PublicKey) throws(CryptoError) {
        guard me != peer else { throw .ownKey }
        self.me = me
        self.peer = peer
        mySide = me < peer ? 0 : 1
        let both = me < peer ? me.bytes + peer.bytes : peer.bytes + me.bytes
        markKeys = try SecretBytes(count: 64) { (out) throws(CryptoError) in
            try withTemporarySecret(64) { (scratch) throws(CryptoError) in
                let shared = scratch.part(0..<32)
                let root = scratch.part(32..<64)
                try staticKey.secret.withBytes { (secret) throws(CryptoError) in
                    try X25519.multiply(scalar: secret, point: peer.bytes, into: shared)
                }
                HKDF.key(.pairRoot, shared.readOnly, both, into: root)
                HKDF.key(.mark, root.readOnly, [0x00], into: out.part(0..<32))
                HKDF.key(.mark, root.readOnly, [0x01], into: out.part(32..<64))
            }
        }
    }

    /// The tag of a mark in an epoch (of 900 s): its 8 bytes read big-endian. [marks-6]
    public func tag(from sender: MarkSender, use: MarkUse, epoch: UInt64) -> UInt64 {
        withMarkKey(of: sender) { HMACSHA512.prefix64(key: $0, [0x01, use.rawValue], [UInt8](bigEndian: epoch)) }
    }

    /// The check of a mark, tied to one context (nonce or e, family, address, port): its 8 bytes read big-endian. [marks-6]
    public func check(from sender: MarkSender, use: MarkUse, epoch: UInt64, context: [UInt8]) -> UInt64 {
        withMarkKey(of: sender) {
            HMACSHA512.prefix64(key: $0, [0x02, use.rawValue], [UInt8](bigEndian: epoch), context)
        }
    }

    func withMarkKey<R>(of sender: MarkSender, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        let low = (sender == .me) == iAmLow
        return markKeys.withBytes { body($0.part(low ? 0..<32 : 32..<64)) }
    }
}
