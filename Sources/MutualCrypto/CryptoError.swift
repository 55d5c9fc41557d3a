/// What can go wrong in this module because of bytes or keys from outside. Carries no secret and no input.
public enum CryptoError: Error, Equatable, Sendable {
    /// A key, nonce, message or output has another length than its use allows.
    case wrongLength
    /// X25519 gave the all-zero result: the other side's point has a low order.
    case lowOrderResult
    /// A tag did not verify: altered bytes, another key, or a wrong code.
    case authenticationFailed
    /// A CPace share is no encoding of a group element, or gives the identity. [pairing-15]
    case refusedShare
    /// The offerer's CPace share is the typer's own, sent back. [pairing-15]
    case equalShares
    /// P1 does not begin with the version byte 1. [pairing-10]
    case wrongVersion
    /// A static key arrived that an id could not have. [pairing-20]
    case refusedPeer(PublicKeyError)
    /// The other's static key is one's own.
    case ownKey
    /// Bytes that must be zero are not (a slot of the keys file). [storage-13]
    case notZero
    /// A nonce counter came to its end.
    case counterExhausted
    /// The password hash refused its parameters, or the machine has not enough memory for it.
    case passwordHashFailed
    /// A handshake was asked for a step that is not its turn, or goes on after an error.
    case outOfTurn
    /// A handshake pattern needs a key that was not given.
    case missingKey
}

/// Why 32 bytes are no public key that an id could have. [identity-5]
public enum PublicKeyError: Error, Equatable, Sendable {
    /// Not 32 bytes.
    case wrongLength
    /// At or above 2^255 - 19, or the top bit is set.
    case notCanonical
    /// A point of low order: every secret gives the same result with it.
    case lowOrder
}
