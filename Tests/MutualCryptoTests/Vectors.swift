import Foundation
import MutualCrypto
import Testing

/// One vector: a JSON object whose members are asked for by name. A member that is missing or of another kind ends
/// the test with its name, so that no vector is passed over in silence.
struct Vector: CustomTestStringConvertible {
    let members: [String: Any]

    var testDescription: String { name }

    /// The vector's name or number, for messages.
    var name: String {
        if let name = members["name"] as? String { return name }
        if let id = members["id"] as? Int { return "#\(id)" }
        return members["protocol"] as? String ?? "?"
    }

    func has(_ key: String) -> Bool { !(members[key] is NSNull) && members[key] != nil }

    func text(_ key: String) throws -> String { try #require(members[key] as? String, "\(name): \(key)") }

    func number(_ key: String) throws -> Int { try #require(members[key] as? Int, "\(name): \(key)") }

    func bytes(_ key: String) throws -> [UInt8] {
        try #require(unhex(try text(key)), "\(name): \(key) is no hex")
    }

    func optionalBytes(_ key: String) throws -> [UInt8]? { has(key) ? try bytes(key) : nil }

    func secret(_ key: String) throws -> SecretBytes { secretBytes(try bytes(key)) }

    func object(_ key: String) throws -> Vector {
        Vector(members: try #require(members[key] as? [String: Any], "\(name): \(key)"))
    }

    func list(_ key: String) throws -> [Vector] {
        try #require(members[key] as? [[String: Any]], "\(name): \(key)").map { Vector(members: $0) }
    }

    func texts(_ key: String) throws -> [String] { try #require(members[key] as? [String], "\(name): \(key)") }
}

enum Vectors {
    /// The whole of one file of Protocol/vectors.
    static func file(_ name: String) throws -> Vector {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Protocol/vectors/\(name).json"))
        return Vector(members: try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]))
    }

    static func mutual(_ part: String) throws -> Vector { try file("mutual_v1").object(part) }

    static func identity(_ person: String) throws -> Identity {
        Identity(seed: try mutual("people").object(person).secret("seed"))
    }
}

func unhex(_ text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var result: [UInt8] = []
    for i in stride(from: 0, to: digits.count, by: 2) {
        guard let byte = UInt8(String(decoding: digits[i...i + 1], as: UTF8.self), radix: 16) else { return nil }
        result.append(byte)
    }
    return result
}

func secretBytes(_ bytes: [UInt8]) -> SecretBytes { bytes.withUnsafeBytes { SecretBytes(copying: $0) } }

/// What a secret holds, for comparing.
func reveal(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }

/// The bytes that `body` writes.
func written(_ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Void) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    try result.withUnsafeMutableBytes { try body($0) }
    return result
}

func bigEndian(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

enum WordList {
    /// The 512 words, in order.
    static func read() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Protocol/words/words.txt"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }
}
