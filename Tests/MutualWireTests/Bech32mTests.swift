import Testing

@testable import MutualWire

/// BIP-350's own examples.
@Suite struct Bech32mTests {
    @Test func validStringsComeBack() throws {
        let cases = try Vectors.load("bech32m.json")["valid"].list
        #expect(cases.count == 7)
        for one in cases {
            let text = try one.text
            let (prefix, values) = try Bech32m.decode(text)
            #expect(Bech32m.encode(prefix: prefix, values: values) == text.lowercased(), "\(text)")
        }
    }

    @Test func invalidStringsAreRefused() throws {
        let cases = try Vectors.load("bech32m.json")["invalid"].list
        #expect(cases.count == 14)
        for one in cases {
            let reason = try one["reason"].text.lowercased()
            let wanted: Bech32m.Failure =
                switch true {
                case reason.contains("max length"): .tooLong
                case reason.contains("too short"): .noChecksum
                case reason.contains("checksum calculated"): .checksum
                case reason.contains("separator"), reason.contains("empty hrp"): .noPrefix
                default: .character
                }
            let text = try one["string"].text
            #expect(throws: wanted, "\(text)") { try Bech32m.decode(text) }
        }
    }

    @Test func segwitAddressesGiveTheirScripts() throws {
        var count = 0
        for one in try Vectors.load("bech32m.json")["segwit_valid"].list {
            let script = try one["script"].hex
            // Version 0 carries the older bech32.
            guard script[0] != 0 else { continue }
            let (_, values) = try Bech32m.decode(try one["address"].text)
            let (bytes, rest) = Bech32m.bytes(of: Array(values.dropFirst()))
            #expect(values[0] == script[0] - 0x50)
            #expect(bytes == Array(script[2...]))
            #expect(rest == 0)
            #expect(Bech32m.values(of: bytes) == Array(values.dropFirst()))
            count += 1
        }
        #expect(count == 5)
    }

    @Test func bech32ChecksumsAreRefused() throws {
        var count = 0
        for one in try Vectors.load("bech32m.json")["segwit_valid"].list where try one["script"].hex[0] == 0 {
            let address = try one["address"].text
            #expect(throws: Bech32m.Failure.checksum) { try Bech32m.decode(address) }
            count += 1
        }
        #expect(count == 3)
    }
}
