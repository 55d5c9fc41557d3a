/// The handshake of a session: Noise_KK_25519_ChaChaPoly_SHA512, whose prologue is "mutual/1 session" and the mark of
/// flight 1, both payloads empty. [session-1] to [session-3]
public enum SessionHandshake {
    /// Size of each of the two Noise messages in bytes.
    public static let messageByteCount = 48
    /// Size of a mark in bytes.
    public static let markByteCount = 16

    /// Begins as dialler. `message` is the 48 bytes behind the mark in flight 1; `ephemeral` 32 random bytes for this
    /// connection alone. Throws `wrongLength` for a mark that has not 16 bytes, `lowOrderResult`.
    public static func dial(
        identity: Identity, pair: PairKeys, mark: [UInt8], ephemeral: SecretBytes
    ) throws(CryptoError) -> (DiallerHandshake, message: [UInt8]) {
        let noise = try state(identity, pair, mark, ephemeral, isInitiator: true)
        let message = try noise.writeMessage(payload: [])
        return (DiallerHandshake(noise), message)
    }

    /// Answers as listener: from the 48 bytes behind the mark in flight 1 to flight 2 (48 bytes) and the ciphers.
    /// Throws `wrongLength`, and `authenticationFailed` for everything that is not a whole message of the peer.
    public static func answer(
        identity: Identity, pair: PairKeys, mark: [UInt8], flight1Message: [UInt8], ephemeral: SecretBytes
    ) throws(CryptoError) -> (Transport, flight2: [UInt8]) {
        guard flight1Message.count == messageByteCount else { throw .wrongLength }
        let noise = try state(identity, pair, mark, ephemeral, isInitiator: false)
        try read(flight1Message, noise)
        let flight2 = try noise.writeMessage(payload: [])
        return (try Transport(noise, isInitiator: false), flight2)
    }

    private static func state(
        _ identity: Identity, _ pair: PairKeys, _ mark: [UInt8], _ ephemeral: SecretBytes, isInitiator: Bool
    ) throws(CryptoError) -> HandshakeState {
        guard mark.count == markByteCount else { throw .wrongLength }
        return try HandshakeState(
            HandshakePattern(.kk), hash: .sha512, isInitiator: isInitiator, prologue: Label.session.bytes + mark,
            s: identity.staticKey, e: KeyPair(secret: ephemeral), rs: pair.peer.bytes, psks: [])
    }

    /// Reads a message with an empty payload. An ephemeral key of low order counts as a message that does not open.
    fileprivate static func read(_ message: [UInt8], _ noise: HandshakeState) throws(CryptoError) {
        do {
            _ = try noise.readMessage(message)
        } catch .lowOrderResult {
            throw .authenticationFailed
        }
    }
}

/// A dial whose flight 1 is made and whose flight 2 is awaited.
public final class DiallerHandshake {
    private let noise: HandshakeState

    fileprivate init(_ noise: HandshakeState) {
        self.noise = noise
    }

    /// Verifies flight 2 (48 bytes). Throws `wrongLength`, `authenticationFailed`; a second call `outOfTurn`.
    public func finish(flight2: [UInt8]) throws(CryptoError) -> Transport {
        guard flight2.count == SessionHandshake.messageByteCount else { throw .wrongLength }
        try SessionHandshake.read(flight2, noise)
        return try Transport(noise, isInitiator: true)
    }
}
