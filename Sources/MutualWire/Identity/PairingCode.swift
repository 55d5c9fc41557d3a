/// A spoken code, `7-tiger-lemon` (Protocol/pairing.md).
public struct PairingCode: Hashable, Sendable {
    /// Where the two find each other, 1 ... 99.
    public let nameplate: UInt8
    /// 2 to 4 words of the list.
    public let words: [String]

    /// The normal form, which both sides compute with.
    public var text: String { ([String(nameplate)] + words).joined(separator: "-") }

    /// A code from a nameplate (1 ... 99) and 2 to 4 numbers of words (0 ... 511); nil when one is out of range.
    public init?(nameplate: UInt8, wordIndices: [Int]) {
        guard Limits.nameplates.contains(nameplate), Limits.codeWords.contains(wordIndices.count),
            wordIndices.allSatisfy({ WordList.words.indices.contains($0) })
        else { return nil }
        self.nameplate = nameplate
        words = wordIndices.map { WordList.words[$0] }
    }

    /// Reads what a person typed: parts divided by runs of spaces and hyphens, a number and words of the list or their
    /// first three or more letters, in either case.
    public init(typed: String) throws(WireError) {
        let parts = try Self.parts(of: typed)
        guard let number = parts.first, number.count <= 2, let nameplate = UInt8(number),
            Limits.nameplates.contains(nameplate)
        else { throw .codeNameplate }
        guard Limits.codeWords.contains(parts.count - 1) else { throw .codeCount }
        var words: [String] = []
        for part in parts.dropFirst() {
            guard let word = Self.word(for: part) else { throw .codeWord }
            words.append(word)
        }
        self.nameplate = nameplate
        self.words = words
    }

    /// The first part of a typed code that is no word of the list, in lower case; nil when the fault is another one.
    public static func unknownWord(in typed: String) -> String? {
        guard let parts = try? parts(of: typed) else { return nil }
        return parts.dropFirst().first { word(for: $0) == nil }
    }

    /// The words of the list that are nearest to a mistyped one, the nearest first, at most three: what one or two
    /// letters put in, left out, changed or exchanged make of it, else what begins with the same two letters.
    public static func suggestions(for typed: String) -> [String] {
        let letters = Array(typed.lowercased().utf8.prefix(longestTyped))
        guard !letters.isEmpty else { return [] }
        let near = WordList.words.enumerated()
            .map { (distance: distance(letters, Array($0.element.utf8)), index: $0.offset) }
            .filter { $0.distance <= 2 }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
        if !near.isEmpty { return near.prefix(3).map { WordList.words[$0.index] } }
        guard letters.count >= 2 else { return [] }
        return Array(WordList.words.filter { $0.utf8.starts(with: letters.prefix(2)) }.prefix(3))
    }

    /// Over this many bytes nothing that is typed can be near to a word.
    private static let longestTyped = 32

    /// The parts, in lower case: digits first, then letters only.
    private static func parts(of typed: String) throws(WireError) -> [String] {
        guard typed.utf8.prefix(257).count <= 256 else { throw .codeShape }
        let parts = typed.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }.map(Array.init)
        guard let number = parts.first, number.allSatisfy({ 48...57 ~= $0 }) else { throw .codeShape }
        var result = [String(decoding: number, as: UTF8.self)]
        for part in parts.dropFirst() {
            let lowered = part.map { 65...90 ~= $0 ? $0 + 32 : $0 }
            guard lowered.allSatisfy({ 97...122 ~= $0 }) else { throw .codeShape }
            result.append(String(decoding: lowered, as: UTF8.self))
        }
        return result
    }

    /// The word of the list that a typed one is, or begins with three or more letters.
    private static func word(for typed: String) -> String? {
        guard typed.utf8.count >= 3 else { return nil }
        return WordList.words.first { $0.hasPrefix(typed) }
    }

    /// Letters put in, left out, changed, or exchanged with their neighbour, that lead from one to the other.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var before: [Int] = []
        var above = Array(0...b.count)
        for row in 0..<a.count {
            var line = [row + 1]
            for column in 0..<b.count {
                let change = above[column] + (a[row] == b[column] ? 0 : 1)
                var best = min(change, above[column + 1] + 1, line[column] + 1)
                if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                    best = min(best, before[column - 1] + 1)
                }
                line.append(best)
            }
            (before, above) = (above, line)
        }
        return above[b.count]
    }
}
