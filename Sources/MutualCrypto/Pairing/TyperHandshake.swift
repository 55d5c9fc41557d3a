/// The handshake of a pairing on the side that types the code (initiator): sends P1, N1, N3, reads P2, N2, in this
/// order. Used by one thread; after an error it is spent. See Protocol/pairing.md.
public final class TyperHandshake {
    /// The first message, 49 bytes.
    public let p1: [UInt8]

    private let identity: Identity
    private let ephemeral: SecretBytes
    private let exchange: CPaceExchange
    private var noise: HandshakeState?

    /// `code` is the normal form of the code (`7-tiger-lemon`) in UTF-8, `windowNonce` the 12 bytes of the offer,
    /// `nonce` 16 random bytes, `scalar` 64 random bytes (or a scalar of 32), `ephemeral` 32 random bytes, all three
    /// for this conversation alone. Throws `wrongLength`.
    public init(
        identity: Identity, code: [UInt8], nameplate: UInt8, windowNonce: [UInt8], nonce: [UInt8],
        scalar: SecretBytes, ephemeral: SecretBytes
    ) throws(CryptoError) {
        guard windowNonce.count == PairingMessage.windowNonceByteCount,
            nonce.count == PairingMessage.typerNonceByteCount, ephemeral.count == X25519.byteCount
        else { throw .wrongLength }
        self.identity = identity
        self.ephemeral = ephemeral
        exchange = try CPaceExchange(
            prs: code, ci: PairingKeys.channel(nameplate: nameplate, windowNonce: windowNonce),
            sid: PairingKeys.sessionID(windowNonce: windowNonce, typerNonce: nonce), scalar: scalar)
        p1 = [PairingMessage.version] + nonce + exchange.share
    }

    /// Reads P2 and gives N1 (48 bytes). Throws `wrongLength`, `equalShares`, `refusedShare`: nothing is spent yet.
    public func readP2(_ p2: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard noise == nil else { throw .outOfTurn }
        guard p2.count == PairingMessage.p2ByteCount else { throw .wrongLength }
        guard p2 != exchange.share else { throw .equalShares }
        let isk = try exchange.sessionKey(
            isInitiator: true, theirShare: p2, myAD: PairingMessage.typerAD, theirAD: [])
        let noise = try HandshakeState(
            PairingKeys.pattern, hash: .sha512, isInitiator: true,
            prologue: PairingKeys.prologue(p1: p1, p2: p2), s: identity.staticKey, e: KeyPair(secret: ephemeral),
            rs: nil, psks: [PairingKeys.psk(isk)])
        self.noise = noise
        return try noise.writeMessage(payload: [])
    }

    /// Reads N2: the offerer's card (256 bytes, not yet looked at) and key. Throws `wrongLength`,
    /// `authenticationFailed`, `refusedPeer`, `ownKey`.
    public func readN2(_ n2: [UInt8]) throws(CryptoError) -> (card: [UInt8], peer: PublicKey) {
        guard let noise else { throw .outOfTurn }
        guard n2.count == PairingMessage.n2ByteCount else { throw .wrongLength }
        let card = try PairingKeys.read(n2, noise)
        return (card, try PairingKeys.peer(noise, me: identity.publicKey))
    }

    /// Gives N3 (320 bytes) with my card of 256 bytes, and the ciphers of the two answers. Throws `wrongLength`,
    /// `outOfTurn`.
    public func writeN3(card: [UInt8]) throws(CryptoError) -> (n3: [UInt8], Transport) {
        guard let noise else { throw .outOfTurn }
        guard card.count == PairingMessage.cardByteCount else { throw .wrongLength }
        let n3 = try noise.writeMessage(payload: card)
        return (n3, try Transport(noise, isInitiator: true))
    }
}
