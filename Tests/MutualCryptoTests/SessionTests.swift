import Testing

@testable import MutualCrypto

@Suite struct SessionTests {
    private struct Both {
        let dialler: DiallerHandshake
        let flight1: [UInt8]
        let answered: (Transport, flight2: [UInt8])
    }

    private func handshake(_ vector: Vector) throws -> Both {
        let me = try Vectors.identity(try vector.text("dialler"))
        let you = try Vectors.identity(try vector.text("listener"))
        let mark = try vector.bytes("mark")
        let (dialler, message) = try SessionHandshake.dial(
            identity: me, pair: try me.pair(with: you.publicKey), mark: mark,
            ephemeral: try vector.secret("e_dialler"))
        let answered = try SessionHandshake.answer(
            identity: you, pair: try you.pair(with: me.publicKey), mark: mark, flight1Message: message,
            ephemeral: try vector.secret("e_listener"))
        return Both(dialler: dialler, flight1: mark + message, answered: answered)
    }

    /// The plaintexts of the cells of a record. The layout of records is another module's; this is what opens it.
    private func record(_ plaintexts: [[UInt8]]) -> [UInt8] {
        plaintexts.flatMap { plain in
            plain.dropFirst(2).prefix(Int(plain[0] & 0x7f) << 8 | Int(plain[1]))
        }
    }

    @Test func handshakesKeysAndCells() throws {
        let cases = try Vectors.mutual("session").list("cases")
        #expect(cases.count == 3)
        for vector in cases {
            let both = try handshake(vector)
            #expect(try both.flight1 == vector.bytes("flight1"), "\(vector.name)")
            #expect(try both.answered.flight2 == vector.bytes("flight2"), "\(vector.name)")
            let listener = both.answered.0
            let dialler = try both.dialler.finish(flight2: both.answered.flight2)
            for transport in [dialler, listener] {
                #expect(try transport.handshakeHash == vector.bytes("handshake_hash"), "\(vector.name)")
            }
            let keys = [
                try vector.bytes("key_dialler_to_listener"), try vector.bytes("key_listener_to_dialler"),
            ]
            #expect(dialler.withKeys { [Array($0), Array($1)] } == keys, "\(vector.name)")
            #expect(listener.withKeys { [Array($1), Array($0)] } == keys, "\(vector.name)")
            for cells in try vector.list("cells") {
                let fromDialler = try cells.text("from") == "dialler"
                let (writer, reader) = fromDialler ? (dialler, listener) : (listener, dialler)
                let bytes = try cells.bytes("cells")
                var plaintexts: [[UInt8]] = []
                for start in stride(from: 0, to: bytes.count, by: 512) {
                    let cell = bytes[start..<start + 512]
                    let plaintext = try reader.open(cell)
                    #expect(writer.seal(plaintext) == Array(cell), "\(cells.name)")
                    plaintexts.append(plaintext)
                }
                #expect(try record(plaintexts) == cells.bytes("record"), "\(cells.name)")
            }
        }
    }

    @Test func refusedFlights1() throws {
        let session = try Vectors.mutual("session")
        var seen = 0
        for vector in try session.list("refused_flights_1") {
            let expect = vector.has("expect") ? try vector.text("expect") : nil
            // Marks, and what was seen before, are checked before the Noise message is read.
            guard expect == "flight-noise" else { continue }
            seen += 1
            let flight = try vector.bytes("flight1")
            let listener = try Vectors.identity(try vector.text("listener"))
            let pair = try listener.pair(with: try Vectors.identity(try vector.text("knows")).publicKey)
            #expect(throws: CryptoError.authenticationFailed, "\(vector.name)") {
                _ = try SessionHandshake.answer(
                    identity: listener, pair: pair, mark: Array(flight.prefix(16)),
                    flight1Message: Array(flight.dropFirst(16)), ephemeral: secretBytes([UInt8](1...32)))
            }
        }
        #expect(seen > 0)
    }

    @Test func refusedFlights2() throws {
        let session = try Vectors.mutual("session")
        let refused = try session.list("refused_flights_2")
        #expect(refused.count == 5)
        for vector in refused {
            let name = try vector.text("session")
            let base = try #require(try session.list("cases").first { $0.name == name })
            let expected: CryptoError =
                try vector.text("expect") == "flight-length" ? .wrongLength : .authenticationFailed
            let dialler = try handshake(base).dialler
            let flight2 = try vector.bytes("flight2")
            #expect(throws: expected, "\(vector.name)") { _ = try dialler.finish(flight2: flight2) }
        }
    }

    private func transport(_ key: [UInt8], sent: UInt64 = 0, received: UInt64 = 0) -> Transport {
        Transport(sending: secretBytes(key), receiving: secretBytes(key), sent: sent, received: received)
    }

    @Test func rekey() throws {
        let vectors = try Vectors.mutual("session").list("rekey")
        #expect(vectors.count == 3)
        for vector in vectors {
            let n = UInt64(try vector.number("n_before"))
            let cells = transport(try vector.bytes("key_before"), sent: n, received: n)
            for part in ["before", "after"] {
                let (plain, cell) = (try vector.bytes("plaintext_\(part)"), try vector.bytes("cell_\(part)"))
                #expect(cells.seal(plain) == cell, "\(vector.name), \(part)")
                #expect(try cells.open(cell) == plain, "\(vector.name), \(part)")
            }
            let after = try vector.bytes("key_after")
            #expect(cells.withKeys { [Array($0), Array($1)] } == [after, after], "\(vector.name)")
        }
    }

    /// Through three changes of key, from the first cell on.
    @Test func longSessions() throws {
        let vectors = try Vectors.mutual("session").list("rekey")
        let a = Transport(sending: secretBytes([UInt8](0..<32)), receiving: secretBytes([UInt8](32..<64)))
        let b = Transport(sending: secretBytes([UInt8](32..<64)), receiving: secretBytes([UInt8](0..<32)))
        let plain = try vectors[0].bytes("plaintext_before")
        for i in 0..<12_300 {
            let cell = a.seal(plain)
            guard try b.open(cell) == plain else {
                Issue.record("cell \(i)")
                return
            }
        }
        #expect(a.sentCount == 12_300 && b.receivedCount == 12_300 && a.receivedCount == 0)
    }

    @Test func refusedCells() throws {
        var seen = 0
        for vector in try Vectors.mutual("session").list("refused_cells") {
            let expect = try vector.text("expect")
            let cells = try vector.texts("cells").map { try #require(unhex($0)) }
            let reader = transport(try vector.bytes("key"), received: UInt64(try vector.number("n")))
            for cell in cells.dropLast() { _ = try reader.open(cell) }
            let last = try #require(cells.last)
            switch expect {
            case "cell-size": #expect(throws: CryptoError.wrongLength, "\(vector.name)") { _ = try reader.open(last) }
            case "cell-tag":
                #expect(throws: CryptoError.authenticationFailed, "\(vector.name)") { _ = try reader.open(last) }
            default:
                // The layout inside is another module's to refuse: the cell itself opens.
                #expect(try reader.open(last).count == 496, "\(vector.name)")
                continue
            }
            seen += 1
            #expect(throws: CryptoError.outOfTurn, "\(vector.name)") { _ = try reader.open(last) }
        }
        #expect(seen == 7)
    }

    @Test func marksOfAnotherLengthAreRefused() throws {
        let me = try Vectors.identity("alder")
        let pair = try me.pair(with: try Vectors.identity("birch").publicKey)
        #expect(throws: CryptoError.wrongLength) {
            _ = try SessionHandshake.dial(
                identity: me, pair: pair, mark: [1], ephemeral: secretBytes([UInt8](0..<32)))
        }
    }
}
