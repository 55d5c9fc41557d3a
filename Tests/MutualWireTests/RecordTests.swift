import Testing

@testable import MutualWire

/// Records byte for byte (Protocol/records.md).
@Suite struct RecordTests {
    @Test func bodies() throws {
        let cases = try Vectors.load()["records"]["bodies"].list
        #expect(cases.count == 11)
        for one in cases {
            let name = try one.name
            let bytes = try one["hex"].hex
            let record = try FieldReader.record(try one["body"].text, try one["fields"])
            #expect(try Record.parse(bytes) == record, "\(name)")
            #expect(record.encode() == bytes, "\(name)")
        }
    }

    @Test func items() throws {
        let cases = try Vectors.load()["records"]["items"].list
        #expect(cases.count == 26)
        for one in cases {
            let name = try one.name
            let bytes = try one["hex"].hex
            let made = try FieldReader.item(try one["fields"])
            #expect(try Record.parse(bytes) == .item(made), "\(name)")
            #expect(Record.item(made).encode() == bytes, "\(name)")
            #expect(made.check() == nil, "\(name)")
            var stored = try #require(Item(stored: made.stored()))
            #expect(stored.seq == 0 && stored.leftS == 0 && stored.fault == nil)
            (stored.seq, stored.leftS) = (made.seq, made.leftS)
            #expect(Record.item(stored).encode() == bytes, "\(name)")
        }
    }

    @Test func whatIsUnknown() throws {
        let cases = try Vectors.load()["records"]["unknown"].list
        #expect(cases.count == 10)
        for one in cases {
            let name = try one.name
            let bytes = try one["hex"].hex
            let record = try Record.parse(bytes, in: .session)
            switch record {
            case .item(let item):
                #expect(item.fault == nil, "\(name)")
                let then = try one["then"].text
                #expect(then == (item.content == .unknown ? "show-unknown" : "show"), "\(name)")
                if then == "show" { #expect(try FieldReader.name(item.content) == one["kind"].text, "\(name)") }
                // Kept when stored: what comes out again has all that came in.
                var stored = try #require(Item(stored: item.stored()))
                (stored.seq, stored.leftS) = (item.seq, item.leftS)
                #expect(Record.item(stored).encode().sorted() == FieldReader.withoutLostBytes(bytes, name), "\(name)")
            case .hello:
                #expect(try one["then"].text == "hello", "\(name)")
            case .unknown:
                #expect(try one["then"].text == "ignore", "\(name)")
                #expect(try Record.parse(bytes, in: .pairing) == .unknown)
            default:
                Issue.record("\(name): \(record)")
            }
        }
    }

    @Test func itemsThatBreakARule() throws {
        let cases = try Vectors.load()["records"]["items_by_limit"]["cases"].list
        #expect(cases.count == 54)
        for one in cases {
            let name = try one.name
            guard case .item(let item) = try Record.parse(try one["hex"].hex) else {
                Issue.record("\(name) is no item")
                continue
            }
            let wanted = one.has("expect") ? try one.expect : nil
            #expect(item.fault?.code == wanted, "\(name)")
            if wanted == nil { #expect(item.check() == nil, "\(name)") }
            // A writer's own check finds the same, but what a draft has not yet or cannot say.
            if let wanted, wanted != "item-life", wanted != "item-bytes", wanted != "item-missing" {
                #expect(item.check()?.code == wanted, "\(name)")
            }
        }
    }

    @Test func recordsThatClose() throws {
        let cases = try Vectors.load()["records"]["close"]["cases"].list
        #expect(cases.count == 31)
        for one in cases {
            let name = try one.name
            let bytes = try one["hex"].hex
            let place: Record.Place = try one.has("where") && one["where"].text == "pairing" ? .pairing : .session
            let outcome = Vectors.outcome { () throws(WireError) in _ = try Record.parse(bytes, in: place) }
            let wanted = one.has("expect") ? try one.expect : "taken"
            #expect(outcome == wanted, "\(name)")
        }
    }

    @Test func hugeRecordsAndCutOnes() throws {
        #expect(throws: WireError.recordLong) { try Record.parse([UInt8](repeating: 0, count: 65_537)) }
        // Every beginning of every record, and every record with one byte altered, is read without a trap.
        for one in try Vectors.load()["records"]["items"].list + Vectors.load()["records"]["bodies"].list {
            let bytes = try one["hex"].hex
            for index in bytes.indices {
                _ = try? Record.parse(Array(bytes[..<index]))
                for flip in [UInt8(1), 0x80, 0xff] {
                    var altered = bytes
                    altered[index] ^= flip
                    guard let record = try? Record.parse(altered) else { continue }
                    // What is read is written so that it reads the same.
                    if case .item(let item) = record, item.fault != nil { continue }
                    #expect(try Record.parse(record.encode()) == record)
                }
            }
        }
    }
}

/// Items as their writer makes them.
@Suite struct ItemTests {
    private func item(_ content: Content) throws -> Item {
        Item(id: try #require(ItemID([UInt8](repeating: 7, count: 16))), madeMs: 1, content: content)
    }

    @Test func linesAreTidied() throws {
        let raw = Content.note(text: "a\r\nb\rc\n\r\nd\te", want: .listen)
        #expect(raw.tidied == .note(text: "a\nb\nc\n\nd\te", want: .listen))
        #expect(try item(raw).check() == .itemControl)
        #expect(try item(raw.tidied).check() == nil)
        #expect(Content.heard(back: "plain").tidied == .heard(back: "plain"))
    }

    @Test func aPlanThatFitsNoRecordIsRefused() throws {
        let long = Section(title: "t", text: String(repeating: "a", count: 16_384))
        #expect(try item(.plan([Section](repeating: long, count: 3))).check() == nil)
        #expect(try item(.plan([Section](repeating: long, count: 4))).check() == .recordLong)
    }

    @Test func aNewContentReplacesTheReceivedOne() throws {
        var one = try item(.note(text: "first", want: nil))
        one = try #require(Item(stored: one.stored()))
        one.content = .encourage(text: "second")
        #expect(Item(stored: one.stored())?.content == .encourage(text: "second"))
    }

    @Test func everyChoiceComesBack() throws {
        var contents: [Content] = [
            .want(nil), .celebrate(text: "x", whose: .mine), .celebrate(text: "x", whose: .yours),
        ]
        contents += Want.allCases.map { .want($0) } + Outcome.allCases.map { .close(text: "", outcome: $0) }
        contents += Have.allCases.map { .room(have: $0, text: "") }
        contents += Energy.allCases.map { .checkIn(text: "", feelings: [], energy: $0, want: nil) }
        for content in contents { #expect(Item(stored: try item(content).stored())?.content == content) }
        #expect(Item(stored: [0xff]) == nil)
        #expect(Item(stored: []) == nil)
        #expect(Outcome.noLongerNeeded.rawValue == "no-longer-needed")
        #expect(Have.aLittle.rawValue == "a-little")
    }

    @Test func aChoiceOfALaterVersionIsSaid() throws {
        // close { outcome: 9 }, which answers something, and room { have: 9 }.
        let head = "08011210" + String(repeating: "07", count: 16) + "203c"
        let close = try #require([UInt8](hex: head + "2a10" + String(repeating: "08", count: 16) + "da01021009"))
        let room = try #require([UInt8](hex: head + "9a02020809"))
        for (bytes, content) in [
            (close, Content.close(text: "", outcome: nil)), (room, .room(have: nil, text: "")),
        ] {
            guard case .item(let item) = try Record.parse([0x12, UInt8(bytes.count)] + bytes) else {
                Issue.record("no item")
                continue
            }
            #expect(item.content == content)
            #expect(item.fault == nil)
            var stored = try #require(Item(stored: item.stored()))
            (stored.seq, stored.leftS) = (item.seq, item.leftS)
            #expect(Record.item(stored).encode() == [0x12, UInt8(bytes.count)] + bytes)
        }
    }
}
