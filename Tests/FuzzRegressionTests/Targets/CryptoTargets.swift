import MutualCrypto
import MutualWire

/// What follows from a text: keys of people who do not exist.
enum Made {
    static func secret(_ text: String, count: Int = 32) -> SecretBytes {
        SHA512.hash(Array(text.utf8)).prefix(count).withUnsafeBytes { SecretBytes(copying: $0) }
    }

    static let alder = Identity(seed: secret("alder"))
    static let birch = Identity(seed: secret("birch"))
}

/// Records put together from cells: raw ones, or ones whose header alone is drawn; then sealed, altered and opened.
func fuzzCell(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let isRaw = reader.byte() & 1 == 0
    var assembler = RecordAssembler()
    var taken: [[UInt8]] = []
    while !reader.isAtEnd {
        let plaintext = isRaw ? padded(reader.bytes(Limits.cellPlaintextBytes)) : drawnCell(&reader)
        taken.append(plaintext)
        let record: [UInt8]?
        do throws(WireError) { record = try assembler.take(plaintext) } catch { break }
        guard let record else {
            try hold(taken.count * Limits.cellDataBytes <= Limits.recordBytes, "what is half read has its limit")
            continue
        }
        try hold(1...Limits.recordBytes ~= record.count, "a record has 1 to 65,536 bytes")
        try hold(Cells.cut(record: record) == taken, "a record is cut in one way only")
        taken = []
    }
    try checkCiphers(input)
}

private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: Limits.cellPlaintextBytes - bytes.count)
}

private func drawnCell(_ reader: inout InputReader) -> [UInt8] {
    let kind = reader.byte()
    if kind < 0xc0 {
        // A whole one in the middle of a record.
        return [0x81, 0xee] + [UInt8](repeating: kind, count: Limits.cellDataBytes)
    }
    let header = reader.number16()
    let length = min(Int(header & 0x7fff), Limits.cellDataBytes)
    var plaintext = padded([UInt8(header >> 8), UInt8(header & 0xff)])
    let fill = reader.bytes(1 + length % 8)
    for place in 0..<length where !fill.isEmpty { plaintext[2 + place] = fill[place % fill.count] }
    if kind == 0xff { plaintext[Int(reader.number16()) % plaintext.count] ^= reader.byte() }
    return plaintext
}

/// Cells of one side opened by the other: each one as it was, or refused, and nothing after a refused one.
private func checkCiphers(_ input: [UInt8]) throws {
    var reader = InputReader(input.reversed())
    let first = Made.secret("first")
    let second = Made.secret("second")
    // So that some runs pass the numbers at which a key is changed.
    let start = reader.byte() & 3 == 0 ? Transport.cellsPerKey - 2 : 0
    let here = Transport(sending: first, receiving: second, sent: start, received: start)
    let there = Transport(sending: second, receiving: first, sent: start, received: start)
    var isBroken = false
    for _ in 0..<4 {
        let plaintext = padded(reader.bytes(16))
        var cell = here.seal(plaintext)
        try hold(cell.count == Limits.cellBytes, "a cell has 512 bytes")
        let place = Int(reader.number16()) % cell.count
        let change = reader.byte()
        cell[place] ^= change
        if reader.byte() == 0xff { cell.removeLast() }
        let opened = try? there.open(cell)
        isBroken = isBroken || change != 0 || cell.count != Limits.cellBytes
        try hold(opened == (isBroken ? nil : plaintext), "a cell opens as it was, or not at all")
    }
}

/// A session's handshake of which the input changes bytes: it is finished by both, or by nobody.
func fuzzFlight(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let isRaw = reader.byte() & 1 == 1
    let here = try Made.alder.pair(with: Made.birch.publicKey)
    let there = try Made.birch.pair(with: Made.alder.publicKey)
    let mark = [UInt8](repeating: 7, count: Limits.markBytes)
    let (dialler, message) = try SessionHandshake.dial(
        identity: Made.alder, pair: here, mark: mark, ephemeral: Made.secret("dialler"))
    let whole = mark + message
    try hold(whole.count == Limits.flight1Bytes, "flight 1 has 64 bytes")
    let flight1 = isRaw ? reader.bytes(Limits.flight1Bytes) : whole.changed(by: reader.bytes(Limits.flight1Bytes))
    let answer = try? SessionHandshake.answer(
        identity: Made.birch, pair: there, mark: Array(flight1.prefix(16)),
        flight1Message: Array(flight1.dropFirst(16)),
        ephemeral: Made.secret("listener"))
    try hold((answer != nil) == (flight1 == whole), "only the flight that was written is answered")
    guard let (transport, flight2) = answer else {
        let forged = reader.bytes(Limits.flight2Bytes)
        try hold((try? dialler.finish(flight2: forged)) == nil, "nobody else writes flight 2")
        return
    }
    try hold(flight2.count == Limits.flight2Bytes, "flight 2 has 48 bytes")
    let changed = flight2.changed(by: reader.remaining())
    let finished = try? dialler.finish(flight2: changed)
    try hold((finished != nil) == (changed == flight2), "only the flight that was written is taken")
    guard let finished else { return }
    let plaintext = padded([1, 2, 3])
    try hold((try? transport.open(finished.seal(plaintext))) == plaintext, "both have the same keys")
}

extension [UInt8] {
    /// These bytes with others laid over them, as far as those go.
    func changed(by others: [UInt8]) -> [UInt8] {
        var result = self
        for (place, other) in others.prefix(count).enumerated() { result[place] ^= other }
        return result
    }
}
