import MutualCrypto
import MutualWire

/// Frames and layouts of a pairing, then a whole conversation of which the input changes bytes.
func fuzzPairing(_ input: [UInt8]) throws {
    try checkFrames(input)
    if let p1 = try? P1(parsing: input) { try hold(p1.encode() == input, "P1 is written in one way") }
    if let p2 = try? P2(parsing: input) { try hold(p2.encode() == input, "P2 is written in one way") }
    try checkCard(input)
    try checkConversation(input)
}

private func checkFrames(_ input: [UInt8]) throws {
    typealias Message = MutualWire.PairingMessage
    for size in [Message.p1Size, Message.p2Size, Message.n1Size, Message.n2Size, Message.n3Size] {
        guard let message = try? Message.unframe(input, size: size) else { continue }
        try hold(message.count == size, "a message has its size")
        try hold(input.starts(with: Message.frame(message)), "a frame is written in one way")
    }
}

private func checkCard(_ input: [UInt8]) throws {
    let data = Array(input.prefix(Limits.cardDataBytes))
    let laid = [0, UInt8(truncatingIfNeeded: data.count)] + data
    let filled = laid + [UInt8](repeating: 0, count: Limits.cardBytes - laid.count)
    for card in [input, filled] {
        guard let name = try? Card.decode(card) else { continue }
        try hold(name.utf8.count <= Limits.nameBytes, "a name has its limit")
        guard let again = try? Card.encode(name: name) else { throw Violation("a name that was read can be written") }
        try hold(again.count == Limits.cardBytes, "a card has 256 bytes")
        try hold((try? Card.decode(again)) == name, "a card says the name that was written")
    }
}

/// Each group of four bytes changes a byte of a message: which one, where (two bytes), by what.
private func checkConversation(_ input: [UInt8]) throws {
    var reader = InputReader(input)
    let knowsCode = reader.byte() & 7 != 7
    var changes: [[(place: Int, by: UInt8)]] = Array(repeating: [], count: 5)
    while !reader.isAtEnd {
        let message = Int(reader.byte()) % changes.count
        changes[message].append((Int(reader.number16()), reader.byte()))
    }
    var isTrue = true
    /// The message as it arrives.
    func carry(_ message: [UInt8], _ number: Int) -> [UInt8] {
        var result = message
        for change in changes[number] { result[change.place % result.count] ^= change.by }
        isTrue = isTrue && result == message
        return result
    }
    let window = [UInt8](repeating: 9, count: 12)
    let code = Array("7-tiger-lemon".utf8)
    let typer = try TyperHandshake(
        identity: Made.alder, code: knowsCode ? code : Array("7-tiger-tiger".utf8), nameplate: 7, windowNonce: window,
        nonce: [UInt8](repeating: 5, count: 16), scalar: Made.secret("typer's share", count: 64),
        ephemeral: Made.secret("typer's key"))
    let offerer = try OffererHandshake(
        identity: Made.birch, code: code, nameplate: 7, windowNonce: window,
        scalar: Made.secret("offerer's share", count: 64), ephemeral: Made.secret("offerer's key"))
    guard let p2 = try? offerer.readP1(carry(typer.p1, 0)) else {
        return try hold(!isTrue, "P1 as it was written is read")
    }
    guard let n1 = try? typer.readP2(carry(p2, 1)) else { return try hold(!isTrue, "P2 as it was written is read") }
    let passed: Void? = try? offerer.readN1(carry(n1, 2))
    try hold((passed != nil) == (isTrue && knowsCode), "N1 passes when both know the code and nothing was changed")
    guard passed != nil else { return }
    let n2 = try offerer.writeN2(card: try Card.encode(name: "Birch"))
    let read = try? typer.readN2(carry(n2, 3))
    try hold((read != nil) == isTrue, "N2 opens as it was written, or not at all")
    guard let read else { return }
    try hold(read.peer == Made.birch.publicKey && (try? Card.decode(read.card)) == "Birch", "it is from whom it says")
    let (n3, here) = try typer.writeN3(card: try Card.encode(name: "Alder"))
    let last = try? offerer.readN3(carry(n3, 4))
    try hold((last != nil) == isTrue, "N3 opens as it was written, or not at all")
    guard let (card, peer, there) = last else { return }
    try hold(peer == Made.alder.publicKey && (try? Card.decode(card)) == "Alder", "it is from whom it says")
    let plaintext = [UInt8](repeating: 3, count: Transport.plaintextByteCount)
    try hold((try? there.open(here.seal(plaintext))) == plaintext, "both have the same keys")
}
