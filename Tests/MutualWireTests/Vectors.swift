import Foundation
import Testing

@testable import MutualWire

/// The examples in Protocol/vectors.
enum Vectors {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// One file, as a tree.
    static func load(_ name: String = "mutual_v1.json") throws -> Node {
        let data = try Data(contentsOf: root.appending(path: "Protocol/vectors/\(name)"))
        return Node(try JSONSerialization.jsonObject(with: data))
    }

    /// A place in a file. What is not there fails the test that asks for it.
    struct Node {
        let value: Any

        init(_ value: Any) { self.value = value }

        subscript(_ key: String) -> Node {
            get throws { Node(try #require((value as? [String: Any])?[key], "no \(key)")) }
        }

        func has(_ key: String) -> Bool { (value as? [String: Any])?[key] != nil }
        var list: [Node] { get throws { try #require(value as? [Any]).map { Node($0) } } }
        var keys: [String] { get throws { try #require(value as? [String: Any]).keys.sorted() } }
        var text: String { get throws { try #require(value as? String) } }
        var number: Int { get throws { try #require(value as? Int) } }
        var flag: Bool { get throws { try #require(value as? Bool) } }
        var hex: [UInt8] { get throws { try #require([UInt8](hex: text)) } }
        /// A number, or 16 hex digits.
        var large: UInt64 {
            get throws {
                if let number = value as? UInt64 { return number }
                return try #require(UInt64(text, radix: 16))
            }
        }
        var name: String { get throws { try self["name"].text } }
        /// The key that a refused case expects.
        var expect: String { get throws { try self["expect"].text } }
    }

    /// The key of the error that `body` ends with; "taken" when it ends well.
    static func outcome(_ body: () throws(WireError) -> Void) -> String {
        do {
            try body()
            return "taken"
        } catch {
            return error.code
        }
    }
}

extension [UInt8] {
    init?(hex: String) {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == hex.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    var hex: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}

@Suite struct WireErrorTests {
    @Test func everyCodeStandsInTheVectors() throws {
        let known = try Vectors.load()["expect"].keys
        for error in WireError.allCases { #expect(known.contains(error.code)) }
    }
}
