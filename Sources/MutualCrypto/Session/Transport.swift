/// The two ciphers of a connection after its handshake, with their counters. Both keys lie in one guarded allocation
/// that stays readable while the connection lives: a cell costs a microsecond or two. Used by one thread.
/// [session-23], [session-26], [session-27]
public final class Transport {
    /// Size of a cell on the wire in bytes.
    public static let cellByteCount = 512
    /// Size of what a cell carries in bytes.
    public static let plaintextByteCount = 496
    /// A direction takes a new key before the cells with these numbers and their multiples.
    public static let cellsPerKey: UInt64 = 4_096

    private let sending: CipherState
    private let receiving: CipherState
    private var isBroken = false
    /// The handshake's hash, for comparing both ends in tests.
    let handshakeHash: [UInt8]

    /// How many cells were sealed.
    public var sentCount: UInt64 { sending.n }
    /// How many cells were opened.
    public var receivedCount: UInt64 { receiving.n }

    init(_ handshake: HandshakeState, isInitiator: Bool) throws(CryptoError) {
        handshakeHash = handshake.handshakeHash
        let (first, second) = try handshake.split()
        (sending, receiving) = isInitiator ? (first, second) : (second, first)
    }

    /// From two keys of 32 bytes and the number of the next cell in each direction, as worked examples give them.
    /// A key is the one in force: where the number is a multiple of 4,096, the new key is made from it first.
    public init(sending: SecretBytes, receiving: SecretBytes, sent: UInt64 = 0, received: UInt64 = 0) {
        precondition(sending.count == 32 && receiving.count == 32, "a cipher key has 32 bytes")
        let keys = GuardedMemory(count: 64)
        self.sending = CipherState(in: keys, at: 0)
        self.receiving = CipherState(in: keys, at: 32)
        self.sending.initializeKey(n: sent) { k in sending.withBytes { k.copyMemory(from: $0) } }
        self.receiving.initializeKey(n: received) { k in receiving.withBytes { k.copyMemory(from: $0) } }
        handshakeHash = []
    }

    /// The next cell, 512 bytes, of exactly 496 bytes of plaintext.
    public func seal(_ plaintext: [UInt8]) -> [UInt8] {
        precondition(plaintext.count == Self.plaintextByteCount, "a cell carries 496 bytes")
        rekeyIfDue(sending)
        do throws(CryptoError) {
            return try sending.encrypt(plaintext)
        } catch {
            preconditionFailure("nobody sends 2^64 cells")
        }
    }

    /// The 496 bytes of the next cell. Throws `wrongLength` for another size than 512, `authenticationFailed`; after
    /// an error every further cell is refused with `outOfTurn`: the connection is to be closed.
    public func open(_ cell: [UInt8]) throws(CryptoError) -> [UInt8] {
        try open(cell[...])
    }

    /// The same for a part of a buffer, without copying it.
    public func open(_ cell: ArraySlice<UInt8>) throws(CryptoError) -> [UInt8] {
        guard !isBroken else { throw .outOfTurn }
        isBroken = true
        guard cell.count == Self.cellByteCount else { throw .wrongLength }
        rekeyIfDue(receiving)
        let result: Result<[UInt8], CryptoError> = cell.withUnsafeBytes { bytes in
            do throws(CryptoError) {
                return .success(try receiving.decrypt(bytes, ad: []))
            } catch {
                return .failure(error)
            }
        }
        let plaintext = try result.get()
        isBroken = false
        return plaintext
    }

    private func rekeyIfDue(_ cipher: CipherState) {
        if cipher.n > 0, cipher.n % Self.cellsPerKey == 0 { cipher.rekey() }
    }

    func withKeys<R>(_ body: (_ sending: UnsafeRawBufferPointer, _ receiving: UnsafeRawBufferPointer) -> R) -> R {
        sending.withKey { sending in receiving.withKey { receiving in body(sending, receiving) } }
    }
}
