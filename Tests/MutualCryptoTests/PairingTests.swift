import Testing

@testable import MutualCrypto

@Suite struct PairingTests {
    private let whole: Vector

    init() throws {
        whole = try Vectors.mutual("pairing").object("whole")
    }

    private func typer(code: String? = nil) throws -> TyperHandshake {
        try TyperHandshake(
            identity: try Vectors.identity(try whole.text("typer")), code: Array((try code ?? whole.text("prs")).utf8),
            nameplate: UInt8(try whole.number("nameplate")), windowNonce: try whole.bytes("window_nonce"),
            nonce: try whole.bytes("nonce_i"), scalar: try whole.secret("y_i"), ephemeral: try whole.secret("e_i"))
    }

    private func offerer() throws -> OffererHandshake {
        try OffererHandshake(
            identity: try Vectors.identity(try whole.text("offerer")), code: Array(try whole.text("prs").utf8),
            nameplate: UInt8(try whole.number("nameplate")), windowNonce: try whole.bytes("window_nonce"),
            scalar: try whole.secret("y_r"), ephemeral: try whole.secret("e_r"))
    }

    @Test func wholeConversation() throws {
        let (typer, offerer) = (try typer(), try offerer())
        #expect(try typer.p1 == whole.bytes("p1"))
        #expect(try offerer.readP1(typer.p1) == whole.bytes("p2"))
        #expect(try typer.readP2(whole.bytes("p2")) == whole.bytes("n1"))
        try offerer.readN1(whole.bytes("n1"))
        let (cardI, cardR) = (try whole.bytes("card_i_padded"), try whole.bytes("card_r_padded"))
        #expect(try offerer.writeN2(card: cardR) == whole.bytes("n2"))
        let found = try typer.readN2(whole.bytes("n2"))
        #expect(found.card == cardR)
        #expect(try found.peer == Vectors.identity(whole.text("offerer")).publicKey)
        let (n3, atTyper) = try typer.writeN3(card: cardI)
        #expect(try n3 == whole.bytes("n3"))
        let (card, peer, atOfferer) = try offerer.readN3(n3)
        #expect(card == cardI)
        #expect(try peer == Vectors.identity(whole.text("typer")).publicKey)
        let keys = [try whole.bytes("key_i_to_r"), try whole.bytes("key_r_to_i")]
        #expect(atTyper.withKeys { [Array($0), Array($1)] } == keys)
        #expect(atOfferer.withKeys { [Array($1), Array($0)] } == keys)
        #expect(try atTyper.handshakeHash == whole.bytes("handshake_hash"))
        #expect(try atOfferer.handshakeHash == whole.bytes("handshake_hash"))
        let answers = try whole.list("answers")
        for answer in answers where try ["the typer's yes", "the offerer's yes"].contains(answer.text("name")) {
            let cell = try answer.bytes("cell")
            let (writer, reader) = try answer.text("from") == "i" ? (atTyper, atOfferer) : (atOfferer, atTyper)
            let plain = try reader.open(cell)
            #expect(writer.seal(plain) == cell, "\(answer.name)")
            let record = try answer.bytes("record")
            #expect(Array(plain.dropFirst(2).prefix(record.count)) == record, "\(answer.name)")
        }
    }

    @Test func intermediateValues() throws {
        let (nonce, window) = (try whole.bytes("nonce_i"), try whole.bytes("window_nonce"))
        let sid = PairingKeys.sessionID(windowNonce: window, typerNonce: nonce)
        let ci = PairingKeys.channel(nameplate: UInt8(try whole.number("nameplate")), windowNonce: window)
        #expect(try sid == whole.bytes("sid"))
        #expect(try ci == whole.bytes("ci"))
        let prs = Array(try whole.text("prs").utf8)
        #expect(try CPace.generatorString(prs: prs, ci: ci, sid: sid) == whole.bytes("generator_string"))
        let generator = try written(32) { try CPace.generator(prs: prs, ci: ci, sid: sid, into: $0) }
        #expect(try generator == whole.bytes("generator"))
        let exchange = try CPaceExchange(prs: prs, ci: ci, sid: sid, scalar: whole.secret("y_i"))
        let share = try whole.bytes("p2")
        #expect(try written(32) { try exchange.multiply(share, into: $0) } == whole.bytes("k"))
        let isk = try exchange.sessionKey(isInitiator: true, theirShare: share, myAD: [1], theirAD: [])
        #expect(try reveal(isk) == whole.bytes("isk"))
        #expect(try reveal(PairingKeys.psk(isk)) == whole.bytes("psk"))
        #expect(try PairingKeys.prologue(p1: whole.bytes("p1"), p2: share) == whole.bytes("prologue"))
    }

    /// A refused case goes on with the whole conversation's messages but for what it gives.
    private func run(_ vector: Vector) throws {
        let given = { (name: String) in try vector.optionalBytes(name) ?? self.whole.bytes(name) }
        switch try vector.text("at") {
        case "P1": _ = try offerer().readP1(given("p1"))
        case "P2": _ = try typer().readP2(given("p2"))
        case "N1":
            let offerer = try offerer()
            _ = try offerer.readP1(given("p1"))
            try offerer.readN1(given("n1"))
        case "N2":
            let typer = try typer()
            _ = try typer.readP2(given("p2"))
            _ = try typer.readN2(given("n2"))
        case let step: Issue.record("\(vector.name): \(step)")
        }
    }

    @Test func refused() throws {
        let refused = try Vectors.mutual("pairing").list("refused")
        #expect(refused.count == 32)
        for vector in refused {
            let error: CryptoError?
            do {
                try run(vector)
                error = nil
            } catch let caught as CryptoError {
                error = caught
            }
            switch try vector.text("expect") {
            case "pair-length": #expect(error == .wrongLength, "\(vector.name)")
            case "pair-version": #expect(error == .wrongVersion, "\(vector.name)")
            case "pair-share": #expect(error == .refusedShare, "\(vector.name)")
            case "pair-equal": #expect(error == .equalShares, "\(vector.name)")
            case "pair-noise": #expect(error == .authenticationFailed, "\(vector.name)")
            case "pair-peer":
                #expect(error == .ownKey || error == .refusedPeer(.notCanonical), "\(vector.name)")
            // What a card says is another module's to refuse: here it is 256 bytes.
            case "pair-card": #expect(error == nil, "\(vector.name)")
            case let other: Issue.record("\(vector.name): \(other)")
            }
        }
    }

    @Test func wrongCodeMakesTheGivenMessages() throws {
        let vector = try #require(try Vectors.mutual("pairing").list("refused").first { $0.has("typed") })
        let typer = try typer(code: try vector.text("typed"))
        #expect(try typer.p1 == vector.bytes("p1"))
        let p2 = try offerer().readP1(typer.p1)
        #expect(try p2 == vector.bytes("p2"))
        #expect(try typer.readP2(p2) == vector.bytes("n1"))
    }

    @Test func stepsAreInOrder() throws {
        let (typer, offerer) = (try typer(), try offerer())
        #expect(throws: CryptoError.outOfTurn) { _ = try typer.readN2([UInt8](repeating: 0, count: 352)) }
        #expect(throws: CryptoError.outOfTurn) { try offerer.readN1([UInt8](repeating: 0, count: 48)) }
        _ = try offerer.readP1(typer.p1)
        #expect(throws: CryptoError.outOfTurn) { _ = try offerer.readP1(typer.p1) }
        #expect(throws: CryptoError.wrongLength) { _ = try offerer.writeN2(card: [1]) }
    }
}
