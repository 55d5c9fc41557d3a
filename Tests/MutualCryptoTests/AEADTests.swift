import MutualCrypto
import Testing

@Suite struct AEADTests {
    typealias Step = (
        UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer, UnsafeRawBufferPointer,
        UnsafeMutableRawBufferPointer
    ) throws -> Void

    private func run(
        _ input: [UInt8], _ key: [UInt8], _ nonce: [UInt8], _ ad: [UInt8], _ count: Int, _ step: Step
    ) throws -> [UInt8] {
        try written(count) { out in
            try input.withUnsafeBytes { input in
                try key.withUnsafeBytes { key in
                    try nonce.withUnsafeBytes { nonce in
                        try ad.withUnsafeBytes { ad in try step(input, key, nonce, ad, out) }
                    }
                }
            }
        }
    }

    private func check(_ vector: Vector, nonce name: String, isValid: Bool, seal: Step, open: Step) throws {
        let (key, nonce, ad) = (try vector.bytes("key"), try vector.bytes(name), try vector.bytes("aad"))
        let message = try vector.bytes("msg")
        let sealed = try vector.bytes("ct") + vector.bytes("tag")
        if isValid {
            #expect(try run(message, key, nonce, ad, message.count + 16, seal) == sealed, "\(vector.name)")
            #expect(try run(sealed, key, nonce, ad, message.count, open) == message, "\(vector.name)")
        } else {
            #expect(throws: CryptoError.self, "\(vector.name)") {
                _ = try run(sealed, key, nonce, ad, max(0, sealed.count - 16), open)
            }
        }
    }

    @Test func chaCha20Poly1305() throws {
        let vectors = try Vectors.file("chacha20_poly1305").list("wycheproof")
        #expect(vectors.count == 325)
        for vector in vectors {
            try check(
                vector, nonce: "iv", isValid: try vector.text("result") == "valid",
                seal: { try ChaChaPoly.seal($0, key: $1, nonce: $2, ad: $3, into: $4) },
                open: { try ChaChaPoly.open($0, key: $1, nonce: $2, ad: $3, into: $4) })
        }
    }

    @Test func xChaCha20Poly1305() throws {
        let file = try Vectors.file("xchacha20_poly1305")
        let vectors = try file.list("wycheproof")
        #expect(vectors.count == 315)
        let seal: Step = { try XChaChaPoly.seal($0, key: $1, nonce: $2, ad: $3, into: $4) }
        let open: Step = { try XChaChaPoly.open($0, key: $1, nonce: $2, ad: $3, into: $4) }
        for vector in vectors {
            let isValid = try vector.text("result") == "valid"
            try check(vector, nonce: "iv", isValid: isValid, seal: seal, open: open)
        }
        for vector in try file.list("draft") {
            try check(vector, nonce: "nonce", isValid: true, seal: seal, open: open)
        }
    }
}
