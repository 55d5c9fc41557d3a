import GRDB
@testable import MutualCore
import MutualCrypto
@testable import MutualStore
import MutualWire

/// Chance from a text, so that an input always does the same.
struct MadeEntropy: Entropy {
    private var random: SeededRandom
    init(_ text: String) { random = SeededRandom(seed: Array(text.utf8)) }
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { random.fill(buffer) }
}

// MARK: the vault

/// A vault of which the input changes bytes: three an edit, the place and what is laid over it. The first byte says how
/// the vault came about.
func fuzzVault(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let kind = reader.byte() % 4
    if kind == 3 { return try fuzzVaultBlock(reader.remaining()) }
    let home = MemoryHome()
    var entropy = MadeEntropy("vault")
    let made = try Vault.create(in: home, entropy: &entropy)
    var bytes = try home.read(.vault) ?? []
    if kind >= 1 {
        // Both blocks are whole, as after a change that was cut off; with 2 the newer one needs a passphrase.
        let passphrase = kind == 2 ? Made.secret("a passphrase") : nil
        let block = try VaultBlock.make(
            seed: made.seed, storeKey: made.storeKey,
            mode: kind == 2 ? .passphrase(ops: 1, mem: 8 << 20) : .plain, generation: 2, passphrase: passphrase,
            entropy: &entropy)
        bytes.replaceSubrange(VaultBlock.size..<2 * VaultBlock.size, with: block)
    }
    while !reader.isAtEnd {
        bytes[Int(reader.number16()) % bytes.count] ^= reader.byte()
    }
    try home.write(bytes, to: .vault, at: 0)
    try home.sync(.vault)
    let opened: Vault
    do throws(VaultError) {
        opened = try Vault.open(in: home, entropy: &entropy)
    } catch {
        try hold(try home.read(.vault) == bytes, "a vault that is refused stays as it is")
        try hold(error.code.hasPrefix("vault-"), "why a vault does not open is no matter of the machine: \(error.code)")
        return
    }
    try hold(same(opened.seed, made.seed) && same(opened.storeKey, made.storeKey), "no other keys come out of it")
    let again = try Vault.open(in: home, entropy: &entropy)
    try hold(same(again.seed, made.seed) && again.generation >= opened.generation, "it opens again")
    let blocks = try home.read(.vault) ?? []
    let whole = [0, 1].filter { place in
        let part = Array(blocks[place * VaultBlock.size..<(place + 1) * VaultBlock.size])
        return (try? VaultBlock(parsing: part)) != nil
    }
    try hold(whole.count == 1, "one block is left that is whole")
}

private func fuzzVaultBlock(_ input: [UInt8]) throws {
    let block = Array(input.prefix(VaultBlock.size))
    guard let read = try? VaultBlock(parsing: block + [UInt8](repeating: 0, count: VaultBlock.size - block.count))
    else { return }
    try hold((try? read.open(passphrase: nil)) == nil, "nobody makes up a block that opens")
    try hold(read.mode.ops <= 20 && read.mode.mem <= 2 << 30, "no passphrase costs more than the limits say")
}

private func same(_ a: SecretBytes, _ b: SecretBytes) -> Bool {
    a.withBytes { a in b.withBytes { b in ConstantTime.equal(Array(a), Array(b)) } }
}

// MARK: insides of sealed columns

/// The first byte says which column, the rest is what was sealed in it.
func fuzzRow(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let kind = reader.byte() % 6
    switch kind {
    case 0:
        let standing = Int64(reader.byte() % 6)
        try twice(reader.remaining()) { bytes throws(JournalFault) in
            try PersonColumns.unpack(bytes, row: 1, standing: standing)
        } pack: {
            PersonColumns.pack($0)
        }
    case 1:
        try twice(reader.remaining()) { bytes throws(JournalFault) in
            try PersonColumns.outLog(bytes)
        } pack: {
            PersonColumns.pack($0)
        }
    case 2:
        try twice(reader.remaining()) { bytes throws(JournalFault) in
            try PersonColumns.inLogs(bytes)
        } pack: {
            PersonColumns.pack($0)
        }
    case 3:
        try twice(reader.remaining()) { bytes throws(JournalFault) in
            try EventColumns.unpack(bytes, seq: 1)
        } pack: {
            EventColumns.pack($0.body, atMs: $0.atMs)
        }
    case 4:
        let sealer = Sealer(storeKey: Made.secret("store"), entropy: MadeEntropy("row"))
        let open = (0..<7).map { _ in Int64(bitPattern: reader.number64()) }
        let slot = reader.byte()
        func row(_ inside: [UInt8]) -> Row {
            [
                "row": 1, "person": open[0], "mine": open[1], "state": open[2] & 7, "opened": open[3],
                "shown": open[4], "kept": open[5], "size": open[6], "slot": slot == 0 ? nil : Int64(slot) - 2,
                "record": sealer.seal(inside, "item", "record", row: 1).data,
            ]
        }
        try twice(reader.remaining()) { bytes throws(JournalFault) in
            try ItemColumns.read(row(bytes), sealer).record
        } pack: {
            ItemColumns.pack($0)
        }
    default:
        let bytes = reader.remaining()
        guard var item = Item(stored: bytes) else { return }
        (item.seq, item.leftS) = (0, 0)
        try hold(Item(stored: item.stored()) == item || item.fault != nil, "an item is the same when it is read again")
        try hold(item.stored().count <= bytes.count || item.fault != nil, "and no longer")
    }
}

/// What can be read is the same after it was written and read once more.
private func twice<Value: Equatable>(
    _ bytes: [UInt8], unpack: ([UInt8]) throws(JournalFault) -> Value, pack: (Value) -> [UInt8]
) throws {
    let value: Value
    do throws(JournalFault) {
        value = try unpack(bytes)
    } catch {
        return try hold(error.reason == "damaged", "what can't be read is damage: \(error.reason)")
    }
    guard let again = try? unpack(pack(value)) else { throw Violation("what was read can be written") }
    try hold(again == value, "a row is the same when it is read again")
    try hold(pack(again) == pack(value), "and so are its bytes")
}
