/// What both roles of a pairing compute alike. See Protocol/pairing.md.
enum PairingKeys {
    static let pattern = HandshakePattern(.xx, psks: [0])

    /// SHA-512("mutual/1 pair sid" || window nonce || nonce of the typer)[0..16]. [pairing-11]
    static func sessionID(windowNonce: [UInt8], typerNonce: [UInt8]) -> [UInt8] {
        Array(SHA512.hash(Label.pairingSessionID.bytes, windowNonce, typerNonce).prefix(16))
    }

    /// "mutual/1 pair ci" || nameplate || window nonce. [pairing-12]
    static func channel(nameplate: UInt8, windowNonce: [UInt8]) -> [UInt8] {
        Label.pairingChannel.bytes + [nameplate] + windowNonce
    }

    static func psk(_ isk: SecretBytes) -> SecretBytes {
        HKDF.key(.pairingKey, isk, Array("psk".utf8))
    }

    /// "mutual/1 pair noise" || framed P1 || framed P2. [pairing-17]
    static func prologue(p1: [UInt8], p2: [UInt8]) -> [UInt8] {
        Label.pairingNoise.bytes + [UInt8](bigEndian: UInt16(PairingMessage.p1ByteCount)) + p1
            + [UInt8](bigEndian: UInt16(PairingMessage.p2ByteCount)) + p2
    }

    /// Reads a Noise message. A key of low order counts as a message that does not open, unless it is the static key.
    static func read(_ message: [UInt8], _ noise: HandshakeState) throws(CryptoError) -> [UInt8] {
        do {
            return try noise.readMessage(message)
        } catch {
            guard error == .lowOrderResult else { throw error }
            if let key = noise.remoteStatic, case .refusedPeer(let why) = refusal(of: key) { throw .refusedPeer(why) }
            throw .authenticationFailed
        }
    }

    /// The other's static key, if an id could have it and it is not my own.
    static func peer(_ noise: HandshakeState, me: PublicKey) throws(CryptoError) -> PublicKey {
        guard let bytes = noise.remoteStatic else { throw .outOfTurn }
        if let refusal = refusal(of: bytes) { throw refusal }
        guard let key = PublicKey(bytes) else { throw .wrongLength }
        guard key != me else { throw .ownKey }
        return key
    }

    private static func refusal(of key: [UInt8]) -> CryptoError? {
        do {
            _ = try PublicKey(checking: key)
            return nil
        } catch {
            return .refusedPeer(error)
        }
    }
}

/// Sizes of the messages of a pairing, in bytes, without the length that frames them. [pairing-9]
public enum PairingMessage {
    /// P1: version, the typer's nonce and share.
    public static let p1ByteCount = 49
    /// P2: the offerer's share.
    public static let p2ByteCount = 32
    /// N1: the first Noise message, without payload.
    public static let n1ByteCount = 48
    /// N2: the second Noise message, with a card.
    public static let n2ByteCount = 352
    /// N3: the third Noise message, with a card.
    public static let n3ByteCount = 320
    /// A card with its padding: opaque here.
    public static let cardByteCount = 256
    /// The window nonce of the offer.
    public static let windowNonceByteCount = 12
    /// The typer's nonce in P1.
    public static let typerNonceByteCount = 16
    /// The first byte of P1.
    public static let version: UInt8 = 0x01
    /// The typer's associated data in CPace; the offerer has none.
    static let typerAD: [UInt8] = [version]
}
