import MutualControl
import Testing

struct JSONTests {
    private func parse(_ text: String) throws(JSONFault) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test(arguments: [
        "null", "true", "[1,-2,0]", #"{"a":{"b":[]},"c":"x"}"#, #""\n\t\"\\ü""#, "9223372036854775807", "1.5e-7",
        "123456789012345678901234567890",
    ]) func goodDocumentsComeBack(_ text: String) throws {
        let tree = try parse(text)
        #expect(String(decoding: tree.bytes(), as: UTF8.self) == text)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "01", "-", "1.", "1e", "+1", ".5", "\"", #""\x""#, #""\u12""#, #""\ud800""#,
        #""\ud800A""#, #""\udc00""#, "\"\u{01}\"", "[1,]", "[1 2]", "{1:2}", #"{"a"}"#, #"{"a":1,}"#, "[", "{", "[}",
        "nan", "Infinity", "'a'", "1 2", "/**/1",
    ]) func badDocumentsAreTold(_ text: String) {
        #expect(throws: JSONFault.self) { try parse(text) }
    }

    @Test func escapesAreRead() throws {
        #expect(try parse(#""\ud83d\ude3A\u00e9\/\b\f""#).text == "\u{1F63A}\u{E9}/\u{8}\u{C}")
    }

    @Test func nestingIsBounded() throws {
        let most = JSONValue.nestingLimit
        #expect(throws: Never.self) {
            try parse(String(repeating: "[", count: most) + String(repeating: "]", count: most))
        }
        #expect(throws: JSONFault.tooDeep) { try parse(String(repeating: "[", count: most + 1)) }
        #expect(throws: JSONFault.tooDeep) { try parse(String(repeating: "{\"a\":[", count: 200_000)) }
    }

    @Test func notUTF8IsTold() {
        #expect(throws: JSONFault.malformed(at: 0)) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func aNameStandsOnce() {
        #expect(throws: JSONFault.repeatedName("a")) { try parse(#"{"a":1,"\u0061":2}"#) }
    }

    /// No bytes trap: every document cut at every place, and each byte changed.
    @Test func damagedDocumentsNeverTrap() {
        let whole = Array(
            #"{"jsonrpc":"2.0","id":1,"method":"item.give","params":{"kind":"note","text":"\ud83d\ude3a","life_s":600}}"#
                .utf8)
        for place in whole.indices {
            _ = try? ControlRequest(line: Array(whole[..<place]))
            for byte: UInt8 in [0x00, 0x22, 0x2D, 0x5B, 0x5C, 0x7B, 0x7D, 0x80, 0xF4, 0xFF] {
                var damaged = whole
                damaged[place] = byte
                _ = try? ControlRequest(line: damaged)
                _ = ControlMessage(line: damaged)
            }
        }
    }
}

struct LineFramerTests {
    @Test func linesComeWhole() {
        var framer = LineFramer()
        #expect(framer.push(Array("a\r\n\nb".utf8)) == [.line([0x61])])
        #expect(framer.push(Array("c\nd\n".utf8)) == [.line([0x62, 0x63]), .line([0x64])])
        #expect(framer.push([0x65]).isEmpty)
        #expect(framer.finish() == .line([0x65]))
        #expect(framer.finish() == nil)
    }

    @Test func tooLongIsToldOnceAndTheNextLineIsRead() {
        var framer = LineFramer(limit: 4)
        #expect(framer.push(Array("1234\n12345".utf8)) == [.line(Array("1234".utf8)), .oversize])
        #expect(framer.push(Array("67890".utf8)).isEmpty)
        #expect(framer.push(Array("\nab\n".utf8)) == [.line(Array("ab".utf8))])
    }

    @Test func theLimitIsOneMebibyte() {
        var framer = LineFramer()
        let most = [UInt8](repeating: 0x61, count: 1 << 20)
        #expect(framer.push(most + [0x0A]) == [.line(most)])
        #expect(framer.push(most + [0x61]) == [.oversize])
        #expect(framer.finish() == nil)
    }
}

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_772_357_400_123, "2026-03-01T09:30:00.123Z"),
        (951_825_599_999, "2000-02-29T11:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (Int64.max, "9999-12-31T23:59:59.999Z"), (Int64.min, "0001-01-01T00:00:00.000Z"),
    ]) func isWrittenAndRead(_ unixMs: Int64, _ text: String) {
        let moment = Timestamp(unixMs: unixMs)
        #expect(moment.text == text)
        #expect(Timestamp(text: text) == moment)
    }

    @Test func zonesAndFractionsAreRead() {
        #expect(Timestamp(text: "2026-03-01T10:30:00+01:00")?.text == "2026-03-01T09:30:00.000Z")
        #expect(Timestamp(text: "2026-03-01t00:00:00.5-00:30")?.text == "2026-03-01T00:30:00.500Z")
        #expect(Timestamp(text: "2026-03-01T09:30:00.123456789123456789Z")?.text == "2026-03-01T09:30:00.123Z")
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Zx", "0000-01-01T00:00:00Z",
        "2026-1-01T00:00:00Z", "２０２６-01-01T00:00:00Z",
    ]) func othersAreNot(_ text: String) {
        #expect(Timestamp(text: text) == nil)
    }
}
