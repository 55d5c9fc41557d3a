import MutualCore
import MutualCrypto

/// One of the two blocks of a vault: its open fields, checked, and the sealed part `[storage]`.
struct VaultBlock {
    static let size = 4_096
    private static let magic = Array("MUTUAL V".utf8)
    private static let headerSize = 52
    private static let sealedStart = headerSize + AtRest.nonceByteCount
    private static let usedSize = sealedStart + VaultCipher.sealedByteCount

    /// How the key of the block comes about.
    enum Mode: Hashable {
        /// From the salt alone: no secrecy, a damaged file is noticed.
        case plain
        /// Argon2id over a passphrase: passes, and memory in bytes.
        case passphrase(ops: UInt64, mem: UInt64)

        var byte: UInt8 {
            switch self {
            case .plain: 0
            case .passphrase: 1
            }
        }

        var ops: UInt64 {
            switch self {
            case .plain: 0
            case .passphrase(let ops, _): ops
            }
        }

        var mem: UInt64 {
            switch self {
            case .plain: 0
            case .passphrase(_, let mem): mem
            }
        }
    }

    let mode: Mode
    let generation: UInt64
    private let salt: [UInt8]
    private let header: [UInt8]
    private let nonce: [UInt8]
    private let sealed: [UInt8]

    /// Reads a block that is whole: every field as said, zeros zero. Whether it opens is not looked at.
    init(parsing block: [UInt8]) throws(VaultError) {
        guard block.count == Self.size else { throw .size }
        guard block.starts(with: Self.magic) else { throw .magic }
        guard block[8] == 1 else { throw .version }
        guard block[9] <= 1 else { throw .mode }
        func number(_ at: Int) -> UInt64 { block[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        let (ops, mem) = (number(36), number(44))
        if block[9] == 1 {
            guard 1...20 ~= ops else { throw .ops }
            guard 8 << 20...2 << 30 ~= mem, mem % 1_024 == 0 else { throw .mem }
            mode = .passphrase(ops: ops, mem: mem)
        } else {
            guard ops == 0, mem == 0 else { throw .layout }
            mode = .plain
        }
        guard block[10] == 0, block[11] == 0, block[Self.usedSize...].allSatisfy({ $0 == 0 }) else { throw .layout }
        generation = number(12)
        salt = Array(block[20..<36])
        header = Array(block[..<Self.headerSize])
        nonce = Array(block[Self.headerSize..<Self.sealedStart])
        sealed = Array(block[Self.sealedStart..<Self.usedSize])
    }

    /// Seed and store key.
    func open(passphrase: SecretBytes?) throws(VaultError) -> (seed: SecretBytes, storeKey: SecretBytes) {
        let protection = try Self.protection(mode, passphrase)
        return try Self.named { () throws(CryptoError) in
            try VaultCipher.open(sealed, protection: protection, salt: salt, nonce: nonce, ad: header)
        }
    }

    /// The 4,096 bytes of a new block: salt and nonce are drawn, in this order.
    static func make(
        seed: SecretBytes, storeKey: SecretBytes, mode: Mode, generation: UInt64, passphrase: SecretBytes?,
        entropy: inout some Entropy
    ) throws(VaultError) -> [UInt8] {
        let salt = entropy.bytes(VaultCipher.saltByteCount)
        let nonce = entropy.bytes(AtRest.nonceByteCount)
        var packer = Packer(capacity: size)
        packer.fixed(magic)
        packer.number(UInt8(1))
        packer.number(mode.byte)
        packer.number(UInt16(0))
        packer.number(generation)
        packer.fixed(salt)
        packer.number(mode.ops)
        packer.number(mode.mem)
        let header = packer.bytes
        let protection = try protection(mode, passphrase)
        let sealed = try named { () throws(CryptoError) in
            try VaultCipher.seal(
                seed: seed, storeKey: storeKey, protection: protection, salt: salt, nonce: nonce, ad: header)
        }
        packer.fixed(nonce)
        packer.fixed(sealed)
        packer.fixed([UInt8](repeating: 0, count: size - usedSize))
        return packer.bytes
    }

    /// A block with a passphrase does not open without one.
    private static func protection(
        _ mode: Mode, _ passphrase: SecretBytes?
    ) throws(VaultError) -> VaultProtection {
        guard case .passphrase(let ops, let mem) = mode else { return .none }
        guard let passphrase else { throw .open }
        return .passphrase(passphrase, ops: ops, memBytes: mem)
    }

    /// Runs `body` and gives its errors their names here.
    private static func named<R>(_ body: () throws(CryptoError) -> R) throws(VaultError) -> R {
        do throws(CryptoError) {
            return try body()
        } catch {
            throw error == .passwordHashFailed ? .fault("no-memory") : .open
        }
    }
}
