import Testing

@testable import MutualCrypto

@Suite struct AtRestTests {
    private let vectors: Vector
    private let store: StoreKey

    init() throws {
        vectors = try Vectors.mutual("at_rest")
        store = StoreKey(try vectors.secret("store_key"))
    }

    private func ad(_ vector: Vector) throws -> [UInt8] {
        AtRest.associatedData(
            table: try vector.text("table"), column: try vector.text("column"),
            row: UInt64(try vector.number("row")))
    }

    @Test func sealedValues() throws {
        for vector in try vectors.list("sealed") {
            let ad = try ad(vector)
            #expect(try ad == vector.bytes("ad"), "\(vector.name)")
            let key = store.tableKey(try vector.text("table"))
            let sealed = key.seal(nonce: try vector.bytes("nonce"), value: try vector.bytes("value"), ad: ad)
            #expect(try sealed == vector.bytes("sealed"), "\(vector.name)")
            #expect(try key.open(sealed, ad: ad) == vector.bytes("value"), "\(vector.name)")
        }
    }

    @Test func refusedValues() throws {
        let refused = try vectors.list("sealed_refused")
        #expect(refused.count == 6)
        for vector in refused {
            let key = store.tableKey(try vector.text("table"))
            #expect(throws: CryptoError.self, "\(vector.name)") {
                _ = try key.open(try vector.bytes("sealed"), ad: try ad(vector))
            }
        }
    }

    @Test func twins() throws {
        let twins = try vectors.list("twins")
        #expect(twins.count == 4)
        for vector in twins {
            let key = store.indexKey(table: try vector.text("table"), column: try vector.text("column"))
            let twin = key.twin(person: UInt64(try vector.number("person")), value: try vector.bytes("value"))
            #expect(try twin == vector.bytes("twin"), "\(vector.name)")
        }
    }

    @Test func digestBeginsWithTheTwin() throws {
        let vector = try #require(try vectors.list("twins").first)
        let key = store.indexKey(table: try vector.text("table"), column: try vector.text("column"))
        let digest = key.digest(person: UInt64(try vector.number("person")), value: try vector.bytes("value"))
        #expect(digest.count == 64)
        #expect(try Array(digest.prefix(16)) == vector.bytes("twin"))
    }

    @Test func slots() throws {
        #expect(try reveal(store.slotKey.secret) == vectors.bytes("slot_key"))
        for vector in try vectors.list("slots") {
            let bucket = BucketKey(try vector.secret("bucket_key"))
            let hour = try #require(UInt64(try vector.text("hour"), radix: 16))
            let slot = UInt64(try vector.number("slot"))
            let data = store.slotKey.seal(bucket, hour: hour, slot: slot, nonce: try vector.bytes("nonce"))
            #expect(try data == vector.bytes("data"), "\(vector.name)")
            let opened = try store.slotKey.open(data, slot: slot)
            #expect(opened.hour == hour, "\(vector.name)")
            #expect(try store.slotKey.hour(data, slot: slot) == hour, "\(vector.name)")
            #expect(try reveal(opened.0.secret) == vector.bytes("bucket_key"), "\(vector.name)")
        }
        let refused = try vectors.list("slots_refused")
        #expect(refused.count == 5)
        for vector in refused {
            let data = try vector.bytes("data")
            let error = #expect(throws: CryptoError.self, "\(vector.name)") {
                _ = try store.slotKey.open(data, slot: UInt64(try vector.number("slot")))
            }
            #expect(throws: try #require(error), "\(vector.name)") {
                _ = try store.slotKey.hour(data, slot: UInt64(try vector.number("slot")))
            }
            if try vector.text("expect") == "seal-open" {
                #expect(error == .authenticationFailed, "\(vector.name)")
            } else {
                #expect(error == .notZero || error == .wrongLength, "\(vector.name)")
            }
        }
    }

    @Test func itemKeys() throws {
        for vector in try vectors.list("item_key") {
            let bucket = BucketKey(try vector.secret("bucket_key"))
            let (keyAD, textAD) = (try vector.bytes("ad"), try vector.bytes("text_ad"))
            let (nonce, textNonce) = (try vector.bytes("nonce"), try vector.bytes("text_nonce"))
            let key = try vector.bytes("item_key")
            let text = Array(try vector.text("text").utf8)
            let row = UInt64(try vector.number("row"))
            #expect(AtRest.associatedData(table: "item", column: "key", row: row) == keyAD)
            #expect(AtRest.associatedData(table: "item", column: "text", row: row) == textAD)
            let made = ItemKey.withNew(draw: { $0.copyBytes(from: key) }) { item in
                (
                    wrapped: item.wrapped(under: bucket, nonce: nonce, ad: keyAD),
                    text: item.seal(nonce: textNonce, value: text, ad: textAD)
                )
            }
            #expect(try made.wrapped == vector.bytes("wrapped"), "\(vector.name)")
            #expect(try made.text == vector.bytes("sealed_text"), "\(vector.name)")
            let open = { (bucket: BucketKey, wrapped: [UInt8]) in
                try bucket.withItemKey(wrapped: wrapped, ad: keyAD) { (item) throws(CryptoError) in
                    try item.open(made.text, ad: textAD)
                }
            }
            #expect(try open(bucket, made.wrapped) == text)
            let other = BucketKey(secretBytes([UInt8](0..<32)))
            #expect(throws: CryptoError.authenticationFailed) { _ = try open(other, made.wrapped) }
            let anew = try bucket.rewrap(made.wrapped, ad: keyAD, under: other, nonce: textNonce)
            #expect(try open(other, anew) == text)
            #expect(throws: CryptoError.authenticationFailed) { _ = try open(bucket, anew) }
        }
    }

    /// The AEAD of each block that counts in a vault of the vectors; which block counts is another module's.
    @Test func vaultBlocks() throws {
        var opened = 0
        for vector in try vectors.object("vault").list("cases") {
            let passphrase = Array(try vector.text("passphrase").utf8)
            for name in ["block_0", "block_1"] {
                let block = try vector.object(name).bytes("hex")
                guard block.starts(with: Array("MUTUAL V".utf8)) else { continue }
                let generation = block[12..<20].reduce(0) { $0 << 8 | Int($1) }
                guard try generation == vector.number("generation") else { continue }
                let number = { (at: Int) in block[at..<at + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
                let protection: VaultProtection =
                    block[9] == 0
                    ? .none : .passphrase(secretBytes(passphrase), ops: number(36), memBytes: number(44))
                let (salt, ad) = (Array(block[20..<36]), Array(block[..<52]))
                let (nonce, sealed) = (Array(block[52..<76]), Array(block[76..<156]))
                let (seed, key) = try VaultCipher.open(
                    sealed, protection: protection, salt: salt, nonce: nonce, ad: ad)
                #expect(try reveal(seed) == vector.bytes("seed"), "\(vector.name)")
                #expect(try reveal(key) == vector.bytes("store_key"), "\(vector.name)")
                let again = try VaultCipher.seal(
                    seed: seed, storeKey: key, protection: protection, salt: salt, nonce: nonce, ad: ad)
                #expect(again == sealed, "\(vector.name)")
                #expect(throws: CryptoError.authenticationFailed, "\(vector.name)") {
                    _ = try VaultCipher.open(
                        sealed, protection: protection, salt: salt, nonce: nonce, ad: ad.reversed())
                }
                opened += 1
            }
        }
        #expect(opened == 6)
    }
}
