import Foundation
import MutualWire
import Testing

/// One case of Protocol/vectors/items.json.
struct ItemCase: Decodable, Sendable {
    /// What one's own seal is over, and the other's seal where one answers.
    struct Own: Decodable, Sendable {
        let key: String
        let text: String
        let seal: String?
    }

    /// What happened before.
    struct Step: Decodable, Sendable {
        /// Who gave an item: `reader` or `writer`.
        let from: String?
        let id: String?
        let hex: String?
        let own: Own?
        /// Time that passes, seconds.
        let waitS: Int64?
        /// The reader passes an exchange.
        let passes: String?
        /// The reader keeps an item.
        let keeps: String?
    }

    /// The reveal that the reader's daemon gives then.
    struct Reveal: Decodable, Sendable, Hashable {
        let re: String
        let key: String
        let text: String
    }

    enum Verdict: String, Decodable, Sendable {
        case shown
        case sealed
        case opened
        case counted
        case closes
    }

    let name: String
    let rule: String
    let kind: String
    let context: [Step]?
    let hex: String
    let verdict: Verdict
    let expect: String?
    let erases: [String]?
    let reads: [String: String?]?
    let gives: Reveal?
    let fits: Bool?

    /// All of them, in the order of the file.
    static func all() throws -> [ItemCase] {
        struct File: Decodable { let cases: [ItemCase] }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let data = try Data(contentsOf: root.appending(path: "Protocol/vectors/items.json"))
        return try decoder.decode(File.self, from: data).cases
    }

    /// Bytes from hex, in which `(61x16384)` stands for the byte 61, 16,384 times.
    static func bytes(_ hex: String) throws -> [UInt8] {
        var result: [UInt8] = []
        var rest = Substring(hex)
        while !rest.isEmpty {
            let run = rest.prefixMatch(of: #/\(([0-9a-f]{2})x([0-9]+)\)/#)
            let pair = run.map { $0.output.1 } ?? rest.prefix(2)
            let byte = try #require(UInt8(pair, radix: 16))
            result += [UInt8](repeating: byte, count: run.flatMap { Int($0.output.2) } ?? 1)
            rest = run.map { rest[$0.range.upperBound...] } ?? rest.dropFirst(2)
        }
        return result
    }

    static func id(_ hex: String) throws -> ItemID { try #require(ItemID(bytes(hex))) }
}
