import Foundation
import MutualCrypto
import Testing

@testable import MutualWire

/// Ids, words and codes (Protocol/identity.md, Protocol/pairing.md).
@Suite struct IdentityTests {
    @Test func idsAndWords() throws {
        let cases = try Vectors.load()["identity"]["valid"].list
        #expect(cases.count == 3)
        for one in cases {
            let key = try one["public"].hex
            let id = try one["id"].text
            #expect(IdentityText.encode(key) == id)
            #expect(try IdentityText.decode(id, own: nil) == key)
            #expect(try IdentityText.decode(one["upper"].text, own: nil) == key)
            let digest = try #require(PublicKey(key)).wordsDigest
            #expect(try IdentityWords.words(digest: digest) == (one["words"].list.map { try $0.text }))
        }
        #expect(IdentityWords.words(digest: [1, 2, 3]).isEmpty)
    }

    @Test func refusedIds() throws {
        let cases = try Vectors.load()["identity"]["refused"].list
        #expect(cases.count == 38)
        for one in cases {
            let name = try one.name
            let (id, own) = (try one["id"].text, try one["own"].hex)
            let outcome = Vectors.outcome { () throws(WireError) in _ = try IdentityText.decode(id, own: own) }
            #expect(try outcome == (one.expect), "\(name)")
        }
    }

    @Test func aHugeIdIsNotComputedWith() {
        let text = String(repeating: "ü", count: 1_000_000)
        #expect(throws: WireError.idLength) { try IdentityText.decode(text, own: nil) }
    }

    @Test func theWordListIsTheFile() throws {
        let data = try Data(contentsOf: Vectors.root.appending(path: "Protocol/words/words.txt"))
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(WordList.words == lines)
        #expect(lines.count == 512)
        #expect(Set(lines.map { $0.prefix(3) }).count == 512)
        let words = try Vectors.load()["words"]
        #expect(try SHA512.hash(Array(data)).hex == (words["sha512_of_words_txt"].text))
        for one in try words["numbers"].list {
            #expect(try WordList.words[try one["number"].number] == (one["word"].text))
        }
    }

    @Test func typedCodes() throws {
        let cases = try Vectors.load()["words"]["codes"].list
        #expect(cases.count == 11)
        for one in cases {
            let name = try one.name
            let code = try PairingCode(typed: try one["typed"].text)
            #expect(try Int(code.nameplate) == (one["nameplate"].number), "\(name)")
            #expect(try code.text == (one["prs"].text), "\(name)")
            let indices = code.words.compactMap { WordList.words.firstIndex(of: $0) }
            #expect(PairingCode(nameplate: code.nameplate, wordIndices: indices) == code)
        }
    }

    @Test func refusedCodes() throws {
        let cases = try Vectors.load()["words"]["refused"].list
        #expect(cases.count == 20)
        for one in cases {
            let name = try one.name
            let typed = try one["typed"].text
            let outcome = Vectors.outcome { () throws(WireError) in _ = try PairingCode(typed: typed) }
            #expect(try outcome == (one.expect), "\(name)")
        }
        #expect(throws: WireError.codeShape) { try PairingCode(typed: "7-" + String(repeating: "a", count: 1 << 20)) }
    }

    @Test func codesFromNumbersStayInRange() {
        #expect(PairingCode(nameplate: 0, wordIndices: [1, 2]) == nil)
        #expect(PairingCode(nameplate: 100, wordIndices: [1, 2]) == nil)
        #expect(PairingCode(nameplate: 7, wordIndices: [1]) == nil)
        #expect(PairingCode(nameplate: 7, wordIndices: [1, 2, 3, 4, 5]) == nil)
        #expect(PairingCode(nameplate: 7, wordIndices: [1, 512]) == nil)
        #expect(PairingCode(nameplate: 7, wordIndices: [-1, 2]) == nil)
        #expect(PairingCode(nameplate: 7, wordIndices: [0, 511])?.text == "7-aardvark-zodiac")
    }

    @Test func typosAreFoundAndNamed() {
        #expect(PairingCode.unknownWord(in: "7-tiget-lemon") == "tiget")
        #expect(PairingCode.unknownWord(in: "7-TIGER-Lemmon") == "lemmon")
        #expect(PairingCode.unknownWord(in: "7-tiger-lemon") == nil)
        #expect(PairingCode.unknownWord(in: "tiger") == nil)
        #expect(PairingCode.suggestions(for: "tiget").first == "tiger")
        #expect(PairingCode.suggestions(for: "TGIER").first == "tiger")
        #expect(PairingCode.suggestions(for: "tigers").first == "tiger")
        #expect(PairingCode.suggestions(for: "lmon").first == "lemon")
        #expect(PairingCode.suggestions(for: "xqxqxqxqxq").isEmpty)
        #expect(PairingCode.suggestions(for: "").isEmpty)
        for word in WordList.words {
            #expect(PairingCode.suggestions(for: word).first == word)
            #expect(PairingCode.suggestions(for: word + "q").contains(word))
        }
    }
}

/// Ids of items and logs.
@Suite struct ItemIDTests {
    @Test func bytesAndTextComeBack() throws {
        var bytes = [UInt8](0..<16)
        for _ in 0..<300 {
            let id = try #require(ItemID(bytes))
            #expect(id.bytes == bytes)
            #expect(id.text.utf8.count == 26)
            #expect(ItemID(text: id.text) == id)
            #expect(ItemID(text: id.text.uppercased()) == id)
            #expect(LogID(bytes)?.bytes == bytes)
            bytes = bytes.map { $0 &* 37 &+ 11 }
            bytes.swapAt(0, Int(bytes[3] & 15))
        }
        #expect(ItemID([UInt8](repeating: 255, count: 16))?.text == "zzzzzzzzzzzzzzzzzzzzzzzzzw")
        #expect(ItemID([UInt8](repeating: 0, count: 15) + [1])?.text == "00000000000000000000000004")
        #expect(ItemID([0x08] + [UInt8](repeating: 0, count: 15))?.text.hasPrefix("10") == true)
    }

    @Test func otherTextsAreNone() {
        #expect(ItemID(text: "") == nil)
        #expect(ItemID(text: "0000000000000000000000000") == nil)
        #expect(ItemID(text: "000000000000000000000000000") == nil)
        #expect(ItemID(text: "0000000000000000000000000u") == nil)
        #expect(ItemID(text: "00000000000000000000000001") == nil)
        #expect(ItemID(text: "0000000000000000000000000ü") == nil)
        #expect(ItemID([UInt8](repeating: 0, count: 15)) == nil)
        #expect(ItemID([UInt8](repeating: 0, count: 17)) == nil)
        #expect(LogID([UInt8](repeating: 0, count: 15)) == nil)
    }

    @Test func orderIsThatOfBytes() throws {
        let low = try #require(ItemID([0x7f] + [UInt8](repeating: 0xff, count: 15)))
        let high = try #require(ItemID([0x80] + [UInt8](repeating: 0, count: 15)))
        #expect(low < high)
        let next = try #require(ItemID([0x80] + [UInt8](repeating: 0, count: 14) + [1]))
        #expect(high < next)
    }

    @Test func aHandleHasADigitAndIsAlone() throws {
        let letters = try #require(ItemID(text: "abcdefgh1jkmnpqrstvwxyzabc"))
        #expect(ItemID.handleLength(letters) { _ in false } == 9)
        let early = try #require(ItemID(text: "k3fdefgh1jkmnpqrstvwxyzabc"))
        #expect(ItemID.handleLength(early) { _ in false } == 3)
        #expect(ItemID.handleLength(early) { "k3fdx".hasPrefix($0) } == 5)
        #expect(ItemID.handleLength(early) { _ in true } == 26)
    }
}
