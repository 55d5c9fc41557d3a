import Testing

@testable import MutualCrypto

@Suite struct PrimitiveTests {
    @Test func hmac() throws {
        let vectors = try Vectors.file("hmac_sha512").list("wycheproof")
        #expect(vectors.count == 87)
        for vector in vectors {
            let message = try vector.bytes("msg")
            let tag = try vector.bytes("key").withUnsafeBytes { HMACSHA512.authenticate(key: $0, message) }
            let isValid = try vector.text("result") == "valid"
            #expect(ConstantTime.equal(tag, try vector.bytes("tag")) == isValid, "\(vector.name)")
        }
    }

    @Test func hmacInPartsIsTheSame() throws {
        let key: [UInt8] = [1, 2, 3]
        let whole = key.withUnsafeBytes { HMACSHA512.authenticate(key: $0, Array(0..<200)) }
        let parts = key.withUnsafeBytes { HMACSHA512.authenticate(key: $0, Array(0..<77), [], Array(77..<200)) }
        #expect(whole == parts)
    }

    @Test func hkdf() throws {
        let vectors = try Vectors.file("hkdf_sha512").list("wycheproof")
        #expect(vectors.count == 81)
        for vector in vectors {
            let (salt, info, ikm) = (try vector.bytes("salt"), try vector.bytes("info"), try vector.bytes("ikm"))
            let derive = {
                try written(try vector.number("size")) { out in
                    try ikm.withUnsafeBytes { try HKDF.derive(salt: salt, ikm: $0, info: info, into: out) }
                }
            }
            if try vector.text("result") == "valid" {
                #expect(try derive() == vector.bytes("okm"), "\(vector.name)")
            } else {
                #expect(throws: CryptoError.wrongLength, "\(vector.name)") { _ = try derive() }
            }
        }
    }

    private func x25519(_ scalar: [UInt8], _ point: [UInt8]) throws -> [UInt8] {
        try written(32) { out in
            try scalar.withUnsafeBytes { try X25519.multiply(scalar: $0, point: point, into: out) }
        }
    }

    @Test func x25519() throws {
        let file = try Vectors.file("x25519")
        for vector in try file.list("rfc7748") {
            #expect(try x25519(vector.bytes("k"), vector.bytes("u")) == vector.bytes("out"))
        }
        for vector in try file.list("rfc7748_iterated") {
            var k: [UInt8] = [9] + [UInt8](repeating: 0, count: 31)
            var u = k
            for _ in 0..<(try vector.number("iterations")) { (k, u) = (try x25519(k, u), k) }
            #expect(try k == vector.bytes("out"))
        }
        for vector in try file.list("rfc7748_dh") {
            let alice = try KeyPair(secret: vector.secret("alice_secret"))
            let bob = try KeyPair(secret: vector.secret("bob_secret"))
            #expect(try alice.publicKey == vector.bytes("alice_public"))
            #expect(try bob.publicKey == vector.bytes("bob_public"))
            #expect(try x25519(vector.bytes("alice_secret"), bob.publicKey) == vector.bytes("shared"))
            #expect(try x25519(vector.bytes("bob_secret"), alice.publicKey) == vector.bytes("shared"))
        }
    }

    @Test func x25519Wycheproof() throws {
        let vectors = try Vectors.file("x25519").list("wycheproof")
        #expect(vectors.count == 518)
        var refused = 0
        for vector in vectors {
            let (scalar, point) = (try vector.bytes("private"), try vector.bytes("public"))
            if try vector.texts("flags").contains("ZeroSharedSecret") {
                refused += 1
                #expect(throws: CryptoError.lowOrderResult, "\(vector.name)") { _ = try x25519(scalar, point) }
            } else {
                #expect(try x25519(scalar, point) == vector.bytes("shared"), "\(vector.name)")
            }
        }
        #expect(refused > 0)
    }

    @Test func ristretto255() throws {
        let file = try Vectors.file("ristretto255")
        for (i, multiple) in try file.texts("multiples_of_generator").enumerated() {
            let scalar = [UInt8(i)] + [UInt8](repeating: 0, count: 31)
            let expected = try #require(unhex(multiple))
            #expect(Ristretto255.isValid(expected), "\(i)")
            if i == 0 {
                #expect(throws: CryptoError.refusedShare) {
                    _ = try scalar.withUnsafeBytes { try Ristretto255.multiplyBase($0) }
                }
            } else {
                #expect(try scalar.withUnsafeBytes { try Ristretto255.multiplyBase($0) } == expected, "\(i)")
            }
        }
        let invalid = try file.list("invalid_encodings")
        #expect(invalid.count == 29)
        for vector in invalid {
            let encoding = try vector.bytes("encoding")
            let reason = try vector.text("reason")
            #expect(!Ristretto255.isValid(encoding), "\(reason)")
            let one: [UInt8] = [1] + [UInt8](repeating: 0, count: 31)
            #expect(throws: CryptoError.refusedShare, "\(reason)") {
                _ = try written(32) { out in
                    try one.withUnsafeBytes { one in
                        try encoding.withUnsafeBytes {
                            try Ristretto255.multiply(scalar: one, element: $0, into: out)
                        }
                    }
                }
            }
        }
        for vector in try file.list("derive") {
            let input = try vector.bytes("in")
            let element = try written(32) { out in
                try input.withUnsafeBytes { try Ristretto255.fromHash($0, into: out) }
            }
            let note = try vector.text("note")
            #expect(try element == vector.bytes("out"), "\(note)")
        }
    }

    @Test func argon2id() throws {
        let vectors = try Vectors.file("argon2id").list("crypto_pwhash")
        #expect(vectors.count == 10)
        for vector in vectors {
            let (password, salt) = (try vector.bytes("password"), try vector.bytes("salt"))
            let derive = {
                try written(try vector.number("outlen")) { out in
                    try password.withUnsafeBytes {
                        try Argon2id.derive(
                            password: $0, salt: salt, ops: UInt64(try vector.number("opslimit")),
                            memBytes: UInt64(try vector.number("memlimit")), into: out)
                    }
                }
            }
            if let expected = try vector.optionalBytes("out") {
                #expect(try derive() == expected)
            } else {
                #expect(throws: CryptoError.passwordHashFailed) { _ = try derive() }
            }
        }
    }

    @Test func argon2idRefusesASaltOfAnotherLength() throws {
        #expect(throws: CryptoError.wrongLength) {
            _ = try written(32) { out in
                try Argon2id.derive(
                    password: UnsafeRawBufferPointer(start: nil, count: 0), salt: [1, 2, 3], ops: 1,
                    memBytes: 8 << 20, into: out)
            }
        }
    }
}
