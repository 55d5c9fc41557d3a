import MutualControl
import MutualCrypto
import MutualWire

/// One input is every text that people type, and a key whose id is checked against one wrong letter.
func fuzzText(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    try checkIdentity(text)
    try checkIdentity(ofKey: input)
    try checkCode(text)
    try checkAddresses(text)
    if let id = ItemID(text: text) {
        try hold(id.text == text.lowercased(), "an item's id is written in one way")
        try hold(ItemID(id.bytes) == id, "and is its bytes")
        let length = ItemID.handleLength(id) { input.contains(UInt8(truncatingIfNeeded: $0.utf8.count)) }
        try hold(ItemID.shortestHandle...ItemID.textLength ~= length, "a handle has three letters or more")
    }
    if let moment = Timestamp(text: text) {
        try hold(Timestamp(text: moment.text) == moment, "a time that is written is the same time: \(moment.text)")
    }
    let words = IdentityWords.words(digest: input)
    try hold(words.count == (input.count >= 12 ? 10 : 0), "ten words or none")
}

private func checkIdentity(_ text: String) throws {
    guard let key = try? IdentityText.decode(text, own: nil) else { return }
    try hold(IdentityText.encode(key) == text.lowercased(), "an id is written in one way")
    try hold((try? PublicKey(checking: key)) != nil, "the key of an id is one that a handshake takes")
    try hold((try? IdentityText.decode(text, own: key)) == nil, "one's own id is refused")
}

private func checkIdentity(ofKey input: [UInt8]) throws {
    guard input.count >= 34 else { return }
    let key = Array(input[..<32])
    let text = IdentityText.encode(key)
    try hold(text.utf8.count == Limits.idCharacters, "an id has 66 characters")
    let decoded = try? IdentityText.decode(text, own: nil)
    let isGood = (try? PublicKey(checking: key)) != nil
    try hold(isGood ? decoded == key : decoded == nil, "an id and a handshake refuse the same keys")
    // A checksum of six letters finds every change of one letter.
    var letters = Array(text.utf8)
    letters[Int(input[32]) % letters.count] = 33 + input[33] % 94
    let changed = String(decoding: letters, as: UTF8.self)
    guard changed.lowercased() != text else { return }
    try hold((try? IdentityText.decode(changed, own: nil)) == nil, "one wrong letter is found: \(changed)")
}

private func checkCode(_ text: String) throws {
    guard let code = try? PairingCode(typed: text) else {
        if let word = PairingCode.unknownWord(in: text) {
            try hold(PairingCode.suggestions(for: word).count <= 3, "three suggestions at most")
        }
        return
    }
    try hold(Limits.nameplates.contains(code.nameplate), "a nameplate is 1 to 99")
    try hold(Limits.codeWords.contains(code.words.count), "a code has 2 to 4 words")
    try hold((try? PairingCode(typed: code.text)) == code, "the normal form is the same code")
    try hold(PairingCode.unknownWord(in: text) == nil, "every word of it is known")
}

private func checkAddresses(_ text: String) throws {
    if let address = IPAddress(text: text) {
        try hold(IPAddress(text: address.text) == address, "an address is the same when it is read again")
        try hold(IPAddress(bytes: address.bytes) == address, "and so are its bytes")
    }
    if var endpoint = Endpoint(text: text) {
        try hold(endpoint.port != 0, "no port is 0")
        endpoint.interface = 0
        try hold(Endpoint(text: endpoint.text) == endpoint, "an endpoint is the same when it is read again")
    }
    if let prefix = Prefix(text) {
        try hold(Prefix(prefix.text) == prefix, "a prefix is the same when it is read again")
        try hold(prefix.contains(prefix.address), "an address is in its own network")
    }
}
