/// The handshake of a pairing on the side that shows the code (responder): reads P1, N1, N3, sends P2, N2, in this
/// order. Used by one thread; after an error it is spent. See Protocol/pairing.md.
public final class OffererHandshake {
    private let identity: Identity
    private let code: [UInt8]
    private let nameplate: UInt8
    private let windowNonce: [UInt8]
    private let scalar: SecretBytes
    private let ephemeral: SecretBytes
    private var noise: HandshakeState?

    /// `code` is the normal form of the code in UTF-8, `windowNonce` the 12 bytes of the offer, `scalar` 64 random
    /// bytes (or a scalar of 32), `ephemeral` 32 random bytes, both for this conversation alone.
    /// Throws `wrongLength`.
    public init(
        identity: Identity, code: [UInt8], nameplate: UInt8, windowNonce: [UInt8], scalar: SecretBytes,
        ephemeral: SecretBytes
    ) throws(CryptoError) {
        guard windowNonce.count == PairingMessage.windowNonceByteCount, ephemeral.count == X25519.byteCount,
            scalar.count == 32 || scalar.count == 64
        else { throw .wrongLength }
        self.identity = identity
        self.code = code
        self.nameplate = nameplate
        self.windowNonce = windowNonce
        self.scalar = scalar
        self.ephemeral = ephemeral
    }

    /// Reads P1 and gives P2 (32 bytes). Throws `wrongLength`, `wrongVersion`, `refusedShare`, `equalShares`: the
    /// code is not spent by them.
    public func readP1(_ p1: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard noise == nil else { throw .outOfTurn }
        guard p1.count == PairingMessage.p1ByteCount else { throw .wrongLength }
        guard p1.first == PairingMessage.version else { throw .wrongVersion }
        let share = Array(p1.suffix(CPace.shareByteCount))
        let nonce = Array(p1.dropFirst().prefix(PairingMessage.typerNonceByteCount))
        let exchange = try CPaceExchange(
            prs: code, ci: PairingKeys.channel(nameplate: nameplate, windowNonce: windowNonce),
            sid: PairingKeys.sessionID(windowNonce: windowNonce, typerNonce: nonce), scalar: scalar)
        guard share != exchange.share else { throw .equalShares }
        let isk = try exchange.sessionKey(
            isInitiator: false, theirShare: share, myAD: [], theirAD: PairingMessage.typerAD)
        noise = try HandshakeState(
            PairingKeys.pattern, hash: .sha512, isInitiator: false,
            prologue: PairingKeys.prologue(p1: p1, p2: exchange.share), s: identity.staticKey,
            e: KeyPair(secret: ephemeral), rs: nil, psks: [PairingKeys.psk(isk)])
        return exchange.share
    }

    /// Reads N1: returns when the typer knew the code. Throws `wrongLength`, `authenticationFailed`: the code is
    /// burnt by both.
    public func readN1(_ n1: [UInt8]) throws(CryptoError) {
        guard let noise else { throw .outOfTurn }
        guard n1.count == PairingMessage.n1ByteCount else { throw .wrongLength }
        _ = try PairingKeys.read(n1, noise)
    }

    /// Gives N2 (352 bytes) with my card of 256 bytes. Throws `wrongLength`, `outOfTurn`.
    public func writeN2(card: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let noise else { throw .outOfTurn }
        guard card.count == PairingMessage.cardByteCount else { throw .wrongLength }
        return try noise.writeMessage(payload: card)
    }

    /// Reads N3: the typer's card (256 bytes, not yet looked at) and key, and the ciphers of the two answers. Throws
    /// `wrongLength`, `authenticationFailed`, `refusedPeer`, `ownKey`.
    public func readN3(_ n3: [UInt8]) throws(CryptoError) -> (card: [UInt8], peer: PublicKey, Transport) {
        guard let noise else { throw .outOfTurn }
        guard n3.count == PairingMessage.n3ByteCount else { throw .wrongLength }
        let card = try PairingKeys.read(n3, noise)
        let peer = try PairingKeys.peer(noise, me: identity.publicKey)
        return (card, peer, try Transport(noise, isInitiator: false))
    }
}
