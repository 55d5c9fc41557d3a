import Testing

@testable import MutualCrypto

@Suite struct IdentityTests {
    @Test func labels() throws {
        let expected = Dictionary(
            uniqueKeysWithValues: try Vectors.file("mutual_v1").list("labels").map {
                (try $0.text("name"), try $0.bytes("ascii"))
            })
        for label in Label.allCases {
            #expect(label.bytes == expected[label.rawValue], "\(label.rawValue)")
        }
        let mine = Set(Label.allCases.map(\.rawValue))
        #expect(expected.keys.filter { $0.hasPrefix("mutual/1 ") }.allSatisfy { mine.contains($0) })
    }

    @Test(arguments: ["alder", "birch", "cedar"]) func people(name: String) throws {
        let person = try Vectors.mutual("people").object(name)
        let identity = Identity(seed: try person.secret("seed"))
        #expect(try identity.publicKey.bytes == person.bytes("public"))
        #expect(try reveal(identity.staticKey.secret) == person.bytes("static"))
        let list = try Vectors.file("mutual_v1").object("identity").list("valid")
        let vector = try #require(list.first { $0.name == name })
        let words = try WordList.read()
        var numbers: [Int] = []
        for i in 0..<10 {
            numbers.append((0..<9).reduce(0) { $0 << 1 | bit(identity.wordsDigest, i * 9 + $1) })
        }
        #expect(try numbers.map { words[$0] } == vector.texts("words"))
    }

    private func bit(_ bytes: [UInt8], _ i: Int) -> Int { Int(bytes[i / 8] >> (7 - UInt8(i % 8)) & 1) }

    @Test func pairs() throws {
        let pairs = try Vectors.file("mutual_v1").list("pairs")
        #expect(pairs.count == 4)
        for vector in pairs {
            let me = try Vectors.identity(try vector.text("me"))
            let peer = try Vectors.identity(try vector.text("peer")).publicKey
            let pair = try me.pair(with: peer)
            #expect(try Int(pair.mySide) == vector.number("my_side"), "\(vector.name)")
            #expect(pair.iAmLow == (pair.mySide == 0))
            #expect(pair.me == me.publicKey && pair.peer == peer)
            #expect((pair.me < pair.peer) == pair.iAmLow)
            #expect(try pair.withMarkKey(of: .me) { Array($0) } == vector.bytes("mark_of_me"), "\(vector.name)")
            #expect(try pair.withMarkKey(of: .peer) { Array($0) } == vector.bytes("mark_of_peer"), "\(vector.name)")
        }
    }

    @Test func marks() throws {
        let cases = try Vectors.mutual("marks").list("cases")
        #expect(cases.count == 13)
        for vector in cases {
            let sender = try Vectors.identity(try vector.text("sender"))
            let reader = try Vectors.identity(try vector.text("reader"))
            let use = try #require(MarkUse(rawValue: UInt8(try vector.number("use"))))
            let epoch = UInt64(try vector.number("epoch"))
            let context = try vector.bytes("context")
            for (pair, whose) in [
                (try sender.pair(with: reader.publicKey), MarkSender.me),
                (try reader.pair(with: sender.publicKey), MarkSender.peer),
            ] {
                let tag = pair.tag(from: whose, use: use, epoch: epoch)
                let check = pair.check(from: whose, use: use, epoch: epoch, context: context)
                #expect(try bigEndian(tag) == vector.bytes("tag"), "\(vector.name)")
                #expect(try bigEndian(check) == vector.bytes("check"), "\(vector.name)")
            }
        }
    }

    @Test func paddingTags() throws {
        let beacons = try Vectors.mutual("beacons")
        let sender = try Vectors.identity(try beacons.text("sender"))
        let tags = try beacons.list("padding_tags")
        #expect(tags.count == 6)
        for vector in tags {
            let tag = sender.paddingTag(
                epoch: UInt64(try vector.number("epoch")), index: UInt16(try vector.number("i")))
            #expect(try bigEndian(tag) == vector.bytes("tag"), "\(vector.name)")
        }
    }

    @Test func oneselfIsNoPeer() throws {
        let alder = try Vectors.identity("alder")
        #expect(throws: CryptoError.ownKey) { _ = try alder.pair(with: alder.publicKey) }
    }

    /// Every public key of the published vectors with an all-zero result is refused, and what is refused as of low
    /// order has such a result.
    @Test func refusedPublicKeys() throws {
        var canonicalLowOrder: Set<[UInt8]> = []
        for vector in try Vectors.file("x25519").list("wycheproof") {
            let point = try vector.bytes("public")
            let isZero = try vector.texts("flags").contains("ZeroSharedSecret")
            let isHigh = point.reversed().lexicographicallyPrecedes(
                [0x7f] + [UInt8](repeating: 0xff, count: 30) + [0xed])
            do {
                _ = try PublicKey(checking: point)
                #expect(!isZero && isHigh, "\(vector.name)")
            } catch PublicKeyError.lowOrder {
                #expect(isZero, "\(vector.name)")
                canonicalLowOrder.insert(point)
            } catch {
                #expect(error == .notCanonical && !isHigh, "\(vector.name)")
            }
        }
        #expect(canonicalLowOrder.count == 5)
        #expect(throws: PublicKeyError.wrongLength) { _ = try PublicKey(checking: [1, 2]) }
        #expect(PublicKey([UInt8](repeating: 1, count: 31)) == nil)
    }

    @Test func lowOrderPeersHaveNoKeys() throws {
        let alder = try Vectors.identity("alder")
        let zero = try #require(PublicKey([UInt8](repeating: 0, count: 32)))
        #expect(throws: CryptoError.lowOrderResult) { _ = try alder.pair(with: zero) }
    }

    @Test func exchangeSeals() throws {
        let exchange = try Vectors.mutual("exchange")
        func seal(_ vector: Vector) throws -> [UInt8] {
            ExchangeSeal.compute(
                side: UInt8(try vector.number("side")), proposeID: try vector.bytes("propose_id"),
                key: try vector.bytes("key"), text: Array(try vector.text("text").utf8))
        }
        for vector in try exchange.list("cases") { #expect(try seal(vector) == vector.bytes("seal"), "\(vector.name)") }
        for vector in try exchange.list("refused") where vector.has("text") {
            #expect(try seal(vector) != vector.bytes("seal"), "\(vector.name)")
        }
    }
}
