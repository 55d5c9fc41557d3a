import MutualCrypto
import Testing

@testable import MutualWire

/// Cells and records (Protocol/session.md).
@Suite struct CellTests {
    /// Opens one cell with a key at its place; nil when the tag fails.
    private func open(_ cell: [UInt8], key: [UInt8], n: UInt64) -> [UInt8]? {
        var plaintext = [UInt8](repeating: 0, count: max(0, cell.count - 16))
        let nonce = [UInt8](repeating: 0, count: 4) + (0..<8).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) }
        let isOpen = cell.withUnsafeBytes { cell in
            plaintext.withUnsafeMutableBytes { out in
                key.withUnsafeBytes { key in
                    nonce.withUnsafeBytes { nonce in
                        (try? ChaChaPoly.open(cell, key: key, nonce: nonce, ad: .init(start: nil, count: 0), into: out))
                            != nil
                    }
                }
            }
        }
        return isOpen ? plaintext : nil
    }

    /// The key that follows one in Noise: 32 zeros sealed under the highest nonce, without the tag.
    private func rekeyed(_ key: [UInt8]) throws -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: 48)
        let nonce = [UInt8](repeating: 0, count: 4) + [UInt8](repeating: 0xff, count: 8)
        let zeros = [UInt8](repeating: 0, count: 32)
        try sealed.withUnsafeMutableBytes { out in
            try key.withUnsafeBytes { key in
                try nonce.withUnsafeBytes { nonce in
                    try zeros.withUnsafeBytes { zeros in
                        try ChaChaPoly.seal(
                            zeros, key: key, nonce: nonce, ad: .init(start: nil, count: 0), into: out)
                    }
                }
            }
        }
        return Array(sealed[..<32])
    }

    /// The test's own new key is the protocol's: what is sealed after it opens.
    @Test func newKeysAreTheVectors() throws {
        let cases = try Vectors.load()["session"]["rekey"].list
        #expect(cases.count == 3)
        for one in cases {
            let key = try rekeyed(one["key_before"].hex)
            #expect(try key == one["key_after"].hex)
            let n = try one["n_after"].large
            #expect(try open(one["cell_after"].hex, key: key, n: n) == one["plaintext_after"].hex)
        }
    }

    private func chunks(_ bytes: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: 512).map { Array(bytes[$0..<min($0 + 512, bytes.count)]) }
    }

    @Test func recordsOfSessionsAreCutAsSaid() throws {
        let session = try Vectors.load()["session"]
        var count = 0
        for one in try session["cases"].list {
            var next: [String: UInt64] = [:]
            for record in try one["cells"].list {
                let label = try record.name
                let from = try record["from"].text
                let key = try one[from == "dialler" ? "key_dialler_to_listener" : "key_listener_to_dialler"].hex
                let plaintexts = Cells.cut(record: try record["record"].hex)
                let cells = chunks(try record["cells"].hex)
                #expect(cells.count == plaintexts.count)
                var assembler = RecordAssembler()
                for (index, cell) in cells.enumerated() {
                    let n = next[from, default: 0]
                    next[from] = n + 1
                    let plaintext = try #require(open(cell, key: key, n: n))
                    #expect(plaintext == plaintexts[index], "\(label)")
                    let whole = try assembler.take(plaintext)
                    #expect(whole == (index == cells.count - 1 ? try record["record"].hex : nil))
                }
                count += 1
            }
        }
        #expect(count >= 9)
        for one in try session["whole"].list {
            let record = try one["record"].hex
            let plaintexts = chunks(try one["cells"].hex).enumerated().map { index, cell in
                open(cell, key: (try? one["key"].hex) ?? [], n: UInt64(index))
            }
            #expect(Cells.cut(record: record) == plaintexts.compactMap { $0 })
        }
    }

    @Test func refusedCells() throws {
        let cases = try Vectors.load()["session"]["refused_cells"].list
        #expect(cases.count == 16)
        for one in cases {
            let name = try one.name
            var key = try one["key"].hex
            var n = try one["n"].large
            if n == 4_096 { key = try rekeyed(key) }
            var outcome = "taken"
            var assembler = RecordAssembler()
            for cell in try one["cells"].list.map({ try $0.hex }) {
                guard cell.count == Limits.cellBytes else {
                    outcome = WireError.cellSize.code
                    break
                }
                guard let plaintext = open(cell, key: key, n: n) else {
                    // Tags are the transport's matter; where none fails the assembler has to refuse.
                    outcome = "cell-tag"
                    break
                }
                outcome = Vectors.outcome { () throws(WireError) in _ = try assembler.take(plaintext) }
                if outcome != "taken" { break }
                n += 1
            }
            #expect(try outcome == one.expect, "\(name)")
        }
    }

    @Test func theLongestRecordAndALongerOne() throws {
        let cases = try Vectors.load()["session"]["long"].list
        #expect(cases.count == 2)
        for one in cases {
            let byte = try one["byte"].hex[0]
            let record = [UInt8](repeating: byte, count: try one["size"].number)
            var plaintexts = Cells.cut(record: record)
            var assembler = RecordAssembler()
            if one.has("expect") {
                let last = try one["refused_at_cell"].number
                // All of these say `more`, the last one too.
                plaintexts[plaintexts.count - 1][0] |= 0x80
                for plaintext in plaintexts[..<last] { #expect(try assembler.take(plaintext) == nil) }
                let outcome = Vectors.outcome { () throws(WireError) in _ = try assembler.take(plaintexts[last]) }
                #expect(try outcome == (one.expect))
            } else {
                #expect(try plaintexts.count == (one["cells"].number))
                var whole: [UInt8]?
                for plaintext in plaintexts { whole = try assembler.take(plaintext) }
                #expect(whole == record)
            }
        }
    }

    @Test func everyLengthComesBack() throws {
        #expect(Cells.cut(record: []).isEmpty)
        var assembler = RecordAssembler()
        for count in [1, 2, 493, 494, 495, 987, 988, 989, 1_482, 1_483] {
            let record = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
            var whole: [UInt8]?
            for plaintext in Cells.cut(record: record) {
                #expect(plaintext.count == 496)
                #expect(whole == nil)
                whole = try assembler.take(plaintext)
            }
            #expect(whole == record)
        }
        #expect(throws: WireError.cellSize) { try assembler.take([]) }
    }
}

/// Messages of a pairing (Protocol/pairing.md).
@Suite struct PairingMessageTests {
    @Test func cards() throws {
        let pairing = try Vectors.load()["pairing"]
        let whole = try pairing["whole"]
        #expect(try Card.encode(name: "Alder") == (whole["card_i_padded"].hex))
        #expect(try Card.encode(name: "Birch") == (whole["card_r_padded"].hex))
        #expect(try Card.decode(whole["card_r_padded"].hex) == "Birch")
        let cases = try pairing["cards"].list
        #expect(cases.count == 3)
        for one in cases {
            let name = try one["card_name"].text
            #expect(try Card.decode(one["card"].hex) == name)
            if try one.name != "an unknown field" { #expect(try Card.encode(name: name) == (try one["card"].hex)) }
        }
    }

    /// The sealed cards that the vectors refuse, laid out by hand.
    @Test func refusedCards() throws {
        func card(_ length: Int, _ data: [UInt8]) -> [UInt8] {
            [UInt8(length >> 8), UInt8(length & 255)] + data + [UInt8](repeating: 0, count: 254 - data.count)
        }
        var dirty = card(7, [0x0a, 5] + Array("Birch".utf8))
        dirty[255] = 1
        let long = [UInt8](repeating: 0x61, count: 65)
        let refused: [[UInt8]] = [
            [], [UInt8](repeating: 0, count: 255), [UInt8](repeating: 0, count: 257), card(255, []), card(65_535, []),
            dirty, card(3, [0xff, 0xff, 0xff]), card(67, [0x0a, 65] + long), card(3, [0x0a, 1, 0x1b]),
            card(3, [0x0a, 1, 0x0a]), card(3, [0x0a, 1, 0xff]), card(2, [0x0a, 1, 0x61]),
        ]
        for bytes in refused { #expect(throws: WireError.pairCard) { try Card.decode(bytes) } }
        #expect(throws: WireError.pairCard) { try Card.encode(name: String(repeating: "a", count: 65)) }
        #expect(throws: WireError.pairCard) { try Card.encode(name: "a\nb") }
        #expect(throws: WireError.pairCard) { try Card.encode(name: "a\u{85}b") }
    }

    @Test func messagesAndFrames() throws {
        let whole = try Vectors.load()["pairing"]["whole"]
        let (p1, p2, n1) = (try whole["p1"].hex, try whole["p2"].hex, try whole["n1"].hex)
        let (n2, n3) = (try whole["n2"].hex, try whole["n3"].hex)
        #expect(try P1(parsing: p1).encode() == p1)
        #expect(try P1(parsing: p1).nonce == (whole["nonce_i"].hex))
        #expect(try P2(parsing: p2).encode() == p2)
        let sizes = [
            PairingMessage.p1Size, PairingMessage.p2Size, PairingMessage.n1Size, PairingMessage.n2Size,
            PairingMessage.n3Size,
        ]
        #expect([p1, p2, n1, n2, n3].map(\.count) == sizes)
        #expect(try [p1, p2, n1, n2, n3].flatMap { PairingMessage.frame($0) } == (whole["framed"].hex))
        let framed = PairingMessage.frame(p1) + [0]
        for end in 0..<51 { #expect(try PairingMessage.unframe(Array(framed[..<end]), size: 49) == nil) }
        #expect(try PairingMessage.unframe(framed, size: 49) == p1)
        #expect(throws: WireError.pairLength) { try PairingMessage.unframe([0, 48], size: 49) }
    }

    @Test func refusedMessages() throws {
        var count = 0
        for one in try Vectors.load()["pairing"]["refused"].list {
            let name = try one.name
            let expect = try one.expect
            guard expect == "pair-length" || expect == "pair-version" else { continue }
            let at = try one["at"].text
            let bytes = try one[at.lowercased()].hex
            let outcome = Vectors.outcome { () throws(WireError) in
                switch at {
                case "P1": _ = try P1(parsing: bytes)
                case "P2": _ = try P2(parsing: bytes)
                case "N1": _ = try PairingMessage.unframe(PairingMessage.frame(bytes), size: PairingMessage.n1Size)
                default: _ = try PairingMessage.unframe(PairingMessage.frame(bytes), size: PairingMessage.n2Size)
                }
            }
            #expect(outcome == expect, "\(name)")
            count += 1
        }
        #expect(count == 6)
    }
}
