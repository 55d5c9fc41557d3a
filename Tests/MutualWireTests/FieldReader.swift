import Testing

@testable import MutualWire

/// Makes records from the `fields` of a vector, so that what is written can be held against its bytes.
enum FieldReader {
    static func record(_ body: String, _ fields: Vectors.Node) throws -> Record {
        switch body {
        case "hello": .hello(try hello(fields))
        case "void": .void(seq: try fields["seq"].large, id: try #require(ItemID(fields["id"].hex)))
        case "ack": .ack(log: try #require(LogID(fields["log"].hex)), received: try large(fields, "received"))
        case "ping": .ping(try large(fields, "n"))
        case "pong": .pong(try large(fields, "n"))
        case "bye": .bye
        case "answer": .answer(fields.has("yes"))
        default: .unknown
        }
    }

    private static func large(_ fields: Vectors.Node, _ key: String) throws -> UInt64 {
        fields.has(key) ? try fields[key].large : 0
    }

    private static func text(_ fields: Vectors.Node, _ key: String) throws -> String {
        fields.has(key) ? try fields[key].text : ""
    }

    private static func hello(_ fields: Vectors.Node) throws -> Hello {
        Hello(
            version: UInt32(try fields["version"].number), log: try #require(LogID(fields["log"].hex)),
            next: try fields["next"].large, first: try fields["first"].large,
            peerLog: fields.has("peer_log") ? LogID(try fields["peer_log"].hex) : nil,
            received: try large(fields, "received"), name: try text(fields, "name"),
            abilities: fields.has("can") ? try fields["can"].list.map { try $0.text } : [],
            addresses: try fields["addresses"].list.map {
                Endpoint(address: try #require(IPAddress(bytes: $0["ip"].hex)), port: UInt16(try $0["port"].number))
            })
    }

    static func item(_ fields: Vectors.Node) throws -> Item {
        var item = Item(
            id: try #require(ItemID(fields["id"].hex)), madeMs: Int64(try fields["made_ms"].number),
            content: try content(fields))
        item.seq = try fields["seq"].large
        item.leftS = UInt32(try fields["left_s"].number)
        if fields.has("re") { item.re = ItemID(try fields["re"].hex) }
        item.about = try text(fields, "about")
        item.auto = fields.has("auto")
        item.noKeep = fields.has("no_keep")
        return item
    }

    private static let names = [
        "note", "checkin", "heard", "relate", "here", "encourage", "celebrate", "cheer", "ask", "idea", "take", "close",
        "learned", "want", "retract", "exchange", "plan", "room",
    ]

    /// The schema's name of a kind.
    static func name(_ content: Content) -> String {
        let numbers: [UInt32] = Array(16...31) + [34, 35]
        return numbers.firstIndex(of: content.kindNumber).map { names[$0] } ?? ""
    }

    private static func content(_ fields: Vectors.Node) throws -> Content {
        let kind = try #require(names.first { fields.has($0) })
        let own = try fields[kind]
        let words = try text(own, "text")
        switch kind {
        case "note": return .note(text: words, want: try choice(own, "want"))
        case "checkin":
            return .checkIn(
                text: words, feelings: own.has("feelings") ? try own["feelings"].list.map { try $0.text } : [],
                energy: try choice(own, "energy"), want: try choice(own, "want"))
        case "heard": return .heard(back: try text(own, "back"))
        case "relate": return .relate(text: words)
        case "here": return .here
        case "encourage": return .encourage(text: words)
        case "celebrate": return .celebrate(text: words, whose: try choice(own, "whose") ?? .mine)
        case "cheer": return .cheer(text: words)
        case "ask": return .ask(text: words)
        case "idea": return .idea(text: words, mine: own.has("mine"))
        case "take": return .take(text: words)
        case "close": return .close(text: words, outcome: try choice(own, "outcome"))
        case "learned": return .learned(text: words)
        case "want": return .want(try choice(own, "want"))
        case "retract": return .retract
        case "exchange": return .exchange(try step(own))
        case "plan":
            return .plan(
                try own["sections"].list.map { Section(title: try text($0, "title"), text: try text($0, "text")) })
        default: return .room(have: try choice(own, "have"), text: words)
        }
    }

    private static func step(_ fields: Vectors.Node) throws -> ExchangeStep {
        if fields.has("propose") {
            let own = try fields["propose"]
            return .propose(topic: try own["topic"].text, seal: try own["seal"].hex)
        }
        if fields.has("commit") { return .commit(seal: try fields["commit"]["seal"].hex) }
        return .reveal(key: try fields["reveal"]["key"].hex, text: try fields["reveal"]["text"].text)
    }

    /// "WANT_NOTHING" is "nothing", "HAVE_A_LITTLE" is "a-little".
    private static func choice<Choice: RawRepresentable<String>>(
        _ fields: Vectors.Node, _ key: String
    ) throws -> Choice? {
        guard fields.has(key) else { return nil }
        let parts = try fields[key].text.lowercased().split(separator: "_").dropFirst()
        let choice = Choice(rawValue: parts.joined(separator: "-"))
        #expect(choice != nil, "\(parts)")
        return choice
    }

    /// The bytes of a record that come out again, sorted: of two kinds only the last one counts.
    static func withoutLostBytes(_ bytes: [UInt8], _ name: String) -> [UInt8] {
        guard name.hasPrefix("two kinds"), let lost = [UInt8](hex: "8201040a026869"),
            let start = bytes.indices.first(where: { bytes[$0...].starts(with: lost) })
        else { return bytes.sorted() }
        var rest = Array(bytes[..<start] + bytes[(start + lost.count)...])
        rest[1] -= UInt8(lost.count)
        return rest.sorted()
    }
}
