import Testing

@testable import MutualCrypto

@Suite struct NoiseTests {
    private func pattern(_ name: String) throws -> HandshakePattern {
        let letters = String(name.prefix { $0.isUppercase })
        let psks = try name.dropFirst(letters.count).split(separator: "+").map { part in
            try #require(Int(part.dropFirst(3)), "\(name)")
        }
        return HandshakePattern(try #require(HandshakePattern.Base(rawValue: letters), "\(name)"), psks: psks)
    }

    private func state(_ vector: Vector, _ side: Vector, isInitiator: Bool) throws -> HandshakeState {
        let hash = try #require(NoiseHash(rawValue: try vector.text("hash")))
        func pair(_ key: String) throws -> KeyPair? {
            try side.optionalBytes(key).map { try KeyPair(secret: secretBytes($0)) }
        }
        return try HandshakeState(
            try pattern(try vector.text("pattern")), hash: hash, isInitiator: isInitiator,
            prologue: try side.bytes("prologue"), s: try pair("s"), e: try pair("e"),
            rs: try side.optionalBytes("rs"),
            psks: try side.texts("psks").map { secretBytes(try #require(unhex($0))) })
    }

    private func run(_ vector: Vector, _ label: String) throws {
        let initiator = try state(vector, try vector.object("init"), isInitiator: true)
        let responder = try state(vector, try vector.object("resp"), isInitiator: false)
        let handshakes = try pattern(try vector.text("pattern")).messages.count
        var ciphers: (CipherState, CipherState)?
        var others: (CipherState, CipherState)?
        for (i, message) in try vector.list("messages").enumerated() {
            let fromInitiator = try message.text("from") == "init"
            let (payload, expected) = (try message.bytes("payload"), try message.bytes("ciphertext"))
            if i < handshakes {
                let (writer, reader) = fromInitiator ? (initiator, responder) : (responder, initiator)
                #expect(try writer.writeMessage(payload: payload) == expected, "\(label), message \(i)")
                #expect(try reader.readMessage(expected) == payload, "\(label), message \(i)")
            } else {
                if ciphers == nil {
                    #expect(initiator.handshakeHash == responder.handshakeHash, "\(label)")
                    if let hash = try vector.optionalBytes("handshake_hash") {
                        #expect(initiator.handshakeHash == hash, "\(label)")
                    }
                    ciphers = try initiator.split()
                    others = try responder.split()
                }
                let (mine, theirs) = (try #require(ciphers), try #require(others))
                let (writer, reader) = fromInitiator ? (mine.0, theirs.0) : (theirs.1, mine.1)
                #expect(try writer.encrypt(payload) == expected, "\(label), message \(i)")
                #expect(try reader.decrypt(expected) == payload, "\(label), message \(i)")
            }
        }
        #expect(ciphers != nil, "\(label) has no transport message")
    }

    @Test(arguments: ["cacophony", "snow", "noise-c", "flynn"]) func vectors(source: String) throws {
        let counts = ["cacophony": 51, "snow": 42, "noise-c": 21, "flynn": 252]
        let vectors = try Vectors.file("noise").list("vectors").filter { try $0.text("source") == source }
        #expect(vectors.count == counts[source])
        for (i, vector) in vectors.enumerated() {
            try run(vector, "\(source) \(i), \(try vector.text("protocol"))")
        }
    }

    @Test func everyVectorHasAKnownSource() throws {
        #expect(try Vectors.file("noise").list("vectors").count == 51 + 42 + 21 + 252)
    }

    private func fresh(_ byte: UInt8) throws -> KeyPair {
        try KeyPair(secret: secretBytes([UInt8](repeating: byte, count: 32)))
    }

    private func pairOfKK() throws -> (HandshakeState, HandshakeState) {
        let (a, b) = (try fresh(1), try fresh(2))
        return (
            try HandshakeState(
                HandshakePattern(.kk), hash: .sha512, isInitiator: true, prologue: [], s: a, e: try fresh(3),
                rs: b.publicKey, psks: []),
            try HandshakeState(
                HandshakePattern(.kk), hash: .sha512, isInitiator: false, prologue: [], s: b, e: try fresh(4),
                rs: a.publicKey, psks: [])
        )
    }

    @Test func everyAlteredByteIsNoticedAndEndsTheHandshake() throws {
        let message = try pairOfKK().0.writeMessage(payload: [7])
        for i in message.indices {
            var altered = message
            altered[i] ^= 1
            let reader = try pairOfKK().1
            #expect(throws: CryptoError.authenticationFailed, "byte \(i)") { _ = try reader.readMessage(altered) }
            #expect(throws: CryptoError.outOfTurn, "byte \(i)") { _ = try reader.readMessage(message) }
        }
        for count in 0..<message.count {
            let reader = try pairOfKK().1
            #expect(throws: CryptoError.self, "\(count) bytes") {
                _ = try reader.readMessage(Array(message.prefix(count)))
            }
        }
    }

    @Test func turnsAreKept() throws {
        let (initiator, responder) = try pairOfKK()
        #expect(throws: CryptoError.outOfTurn) { _ = try responder.writeMessage(payload: []) }
        #expect(throws: CryptoError.outOfTurn) { _ = try initiator.split() }
        _ = try initiator.writeMessage(payload: [])
        #expect(throws: CryptoError.outOfTurn) { _ = try initiator.writeMessage(payload: []) }
    }

    @Test func missingKeysAreErrors() throws {
        #expect(throws: CryptoError.missingKey) {
            _ = try HandshakeState(
                HandshakePattern(.kk), hash: .sha512, isInitiator: true, prologue: [], s: try fresh(1),
                e: try fresh(2), rs: nil, psks: [])
        }
        #expect(throws: CryptoError.missingKey) {
            _ = try HandshakeState(
                HandshakePattern(.xx, psks: [0]), hash: .sha512, isInitiator: true, prologue: [], s: try fresh(1),
                e: try fresh(2), rs: nil, psks: [])
        }
        let noEphemeral = try HandshakeState(
            HandshakePattern(.nn), hash: .sha512, isInitiator: true, prologue: [], s: nil, e: nil, rs: nil, psks: [])
        #expect(throws: CryptoError.missingKey) { _ = try noEphemeral.writeMessage(payload: []) }
    }
}
