/// HandshakeState of the Noise specification, section 5.3, for the DH function 25519 and the cipher ChaChaPoly.
/// Used by one thread. After any error it refuses to go on.
public final class HandshakeState {
    private let pattern: HandshakePattern
    private let isInitiator: Bool
    private let symmetric: SymmetricState
    private let s: KeyPair?
    private let e: KeyPair?
    private var rs: [UInt8]?
    private var re: [UInt8]?
    private var psks: ArraySlice<SecretBytes>
    /// How many messages are done, or nil after an error.
    private var step: Int? = 0

    /// The hash of the whole conversation so far; after the last message the channel binding of section 11.2.
    public var handshakeHash: [UInt8] { symmetric.h }
    /// The other side's static key as far as it is known.
    public var remoteStatic: [UInt8]? { rs }
    /// True when all messages are done and `split` may be called.
    public var isFinished: Bool { step == pattern.messages.count }

    /// `e` is the ephemeral key of this one handshake, drawn fresh by the caller, as far as this side sends one;
    /// `rs` the other's static key where the pattern knows it beforehand; `psks` 32 bytes each in the order of the
    /// pattern. Throws `missingKey` and `wrongLength`.
    public init(
        _ pattern: HandshakePattern, hash: NoiseHash, isInitiator: Bool, prologue: [UInt8], s: KeyPair?,
        e: KeyPair?, rs: [UInt8]?, psks: [SecretBytes]
    ) throws(CryptoError) {
        guard psks.count == pattern.pskCount else { throw .missingKey }
        guard psks.allSatisfy({ $0.count == 32 }), (rs ?? s?.publicKey)?.count ?? 32 == 32 else {
            throw .wrongLength
        }
        self.pattern = pattern
        self.isInitiator = isInitiator
        self.s = s
        self.e = e
        self.rs = rs
        self.psks = psks[...]
        symmetric = SymmetricState(protocolName: "Noise_\(pattern.name)_25519_ChaChaPoly_\(hash.rawValue)", hash: hash)
        symmetric.mixHash(prologue)
        let mine = s?.publicKey
        if pattern.initiatorIsKnown {
            guard let known = isInitiator ? mine : rs else { throw .missingKey }
            symmetric.mixHash(known)
        }
        if pattern.responderIsKnown {
            guard let known = isInitiator ? rs : mine else { throw .missingKey }
            symmetric.mixHash(known)
        }
    }

    /// WriteMessage. Throws `outOfTurn`, `missingKey`, `lowOrderResult`.
    public func writeMessage(payload: [UInt8]) throws(CryptoError) -> [UInt8] {
        let number = try takeTurn(writing: true)
        var message: [UInt8] = []
        for token in pattern.messages[number] {
            switch token {
            case .e:
                guard let e else { throw .missingKey }
                message += e.publicKey
                mixEphemeral(e.publicKey)
            case .s:
                guard let s else { throw .missingKey }
                message += try symmetric.encryptAndHash(s.publicKey)
            case .ee, .es, .se, .ss, .psk:
                try mix(token)
            }
        }
        message += try symmetric.encryptAndHash(payload)
        step = number + 1
        return message
    }

    /// ReadMessage: the payload. Throws `outOfTurn`, `wrongLength`, `authenticationFailed`, `lowOrderResult`,
    /// `missingKey`.
    public func readMessage(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        let number = try takeTurn(writing: false)
        var rest = message[...]
        for token in pattern.messages[number] {
            switch token {
            case .e:
                let key = try take(32, from: &rest)
                re = key
                mixEphemeral(key)
            case .s:
                let sealed = try take(symmetric.hasKey ? 32 + CipherState.tagByteCount : 32, from: &rest)
                rs = try symmetric.decryptAndHash(sealed)
            case .ee, .es, .se, .ss, .psk:
                try mix(token)
            }
        }
        let payload = try symmetric.decryptAndHash(Array(rest))
        step = number + 1
        return payload
    }

    /// The two ciphers of the connection: the initiator sends with the first, the responder with the second.
    /// Throws `outOfTurn` before the last message.
    public func split() throws(CryptoError) -> (CipherState, CipherState) {
        guard isFinished else { throw .outOfTurn }
        step = nil
        return symmetric.split()
    }

    /// The number of the message that this side may now write or read. Until the message is done the state counts
    /// as failed, so that every way out by an error ends the handshake.
    private func takeTurn(writing: Bool) throws(CryptoError) -> Int {
        guard let number = step, number < pattern.messages.count, (number % 2 == 0) == (isInitiator == writing) else {
            step = nil
            throw .outOfTurn
        }
        step = nil
        return number
    }

    private func take(_ count: Int, from rest: inout ArraySlice<UInt8>) throws(CryptoError) -> [UInt8] {
        guard rest.count >= count else { throw .wrongLength }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// With a psk anywhere in the pattern, an ephemeral key goes into the chaining key too (section 9.2).
    private func mixEphemeral(_ key: [UInt8]) {
        symmetric.mixHash(key)
        if pattern.pskCount > 0 { key.withUnsafeBytes { symmetric.mixKey($0) } }
    }

    private func mix(_ token: HandshakePattern.Token) throws(CryptoError) {
        switch token {
        case .ee: try mixShared(e, re)
        case .es: try isInitiator ? mixShared(e, rs) : mixShared(s, re)
        case .se: try isInitiator ? mixShared(s, re) : mixShared(e, rs)
        case .ss: try mixShared(s, rs)
        case .psk:
            guard let psk = psks.popFirst() else { throw .missingKey }
            psk.withBytes { symmetric.mixKeyAndHash($0) }
        case .e, .s: preconditionFailure("a key of a message is no shared key")
        }
    }

    private func mixShared(_ mine: KeyPair?, _ theirs: [UInt8]?) throws(CryptoError) {
        guard let mine, let theirs else { throw .missingKey }
        try withTemporarySecret(32) { (shared) throws(CryptoError) in
            try mine.secret.withBytes { (secret) throws(CryptoError) in
                try X25519.multiply(scalar: secret, point: theirs, into: shared)
            }
            symmetric.mixKey(shared.readOnly)
        }
    }
}
