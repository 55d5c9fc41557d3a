import CPlatform
import MutualCrypto
import MutualStore

/// Takes passphrases out of a request before anything else reads it: they go into guarded memory, and stars stand in
/// their place in the line that is parsed.
struct SecretLine {
    /// A passphrase, or what is wrong with it.
    typealias Taken = Result<SecretBytes, Passphrase.Fault>

    /// The line without secrets.
    private(set) var line: [UInt8]
    /// What stood in `passphrase`.
    private(set) var passphrase: Taken?
    /// What stood in `current`.
    private(set) var current: Taken?

    /// A line that holds no secret.
    init(plain line: [UInt8]) { self.line = line }

    /// Reads a line of a client and overwrites it where it stands. Nil when it is about no vault.
    init?(taking original: [UInt8]) {
        guard Self.isAboutVault(original) else { return nil }
        // A copy of its own: the original is wiped below.
        line = original.withUnsafeBytes { [UInt8]($0) }
        var scanner = Scanner(bytes: line)
        while let found = scanner.nextMember() {
            let taken = Self.take(line[found.value])
            if found.name == Self.passphraseName { passphrase = taken } else { current = taken }
            for place in found.value { line[place] = UInt8(ascii: "*") }
        }
        original.withUnsafeBytes { mutual_wipe($0.baseAddress, $0.count) }
    }

    private static let passphraseName = Array("passphrase".utf8)
    private static let currentName = Array("current".utf8)

    /// Whether `"vault.` stands in the line; one that writes it with escapes is refused later: its secret was not taken.
    private static func isAboutVault(_ line: [UInt8]) -> Bool {
        let word = Array("\"vault.".utf8)
        guard line.count >= word.count else { return false }
        return (0...line.count - word.count).contains { at in
            line[at] == word[0] && line[at..<at + word.count].elementsEqual(word)
        }
    }

    /// The text of a JSON string, its escapes undone, into guarded memory.
    private static func take(_ text: ArraySlice<UInt8>) -> Taken {
        // No passphrase is longer, even if every byte of it is written as an escape.
        guard (1...6 * Passphrase.byteCounts.upperBound).contains(text.count) else { return .failure(.length) }
        return withTemporarySecret(text.count) { buffer in
            guard let count = unescape(text, into: buffer) else { return .failure(.characters) }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            do throws(Passphrase.Fault) {
                return .success(try Passphrase.checked(bytes))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func unescape(_ text: ArraySlice<UInt8>, into out: UnsafeMutableRawBufferPointer) -> Int? {
        var count = 0
        var rest = text
        func put(_ byte: UInt8) {
            out[count] = byte
            count += 1
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                put(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\""): put(UInt8(ascii: "\""))
            case UInt8(ascii: "\\"): put(UInt8(ascii: "\\"))
            case UInt8(ascii: "/"): put(UInt8(ascii: "/"))
            case UInt8(ascii: "u"):
                guard var scalar = hexadecimal(&rest) else { return nil }
                if 0xD800..<0xDC00 ~= scalar {
                    guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u"),
                        let low = hexadecimal(&rest), 0xDC00..<0xE000 ~= low
                    else { return nil }
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                }
                guard let known = Unicode.Scalar(scalar) else { return nil }
                for byte in UTF8.encode(known) ?? UTF8.encodedReplacementCharacter { put(byte) }
            default: return nil
            }
        }
        return count
    }

    private static func hexadecimal(_ rest: inout ArraySlice<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = rest.popFirst(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                return nil
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Finds members named `passphrase` or `current` whose value is a string, at any depth. What is no JSON it passes
    /// over: the parser says so.
    private struct Scanner {
        let bytes: [UInt8]
        var at = 0

        mutating func nextMember() -> (name: [UInt8], value: Range<Int>)? {
            while let text = nextString() {
                let name = Array(bytes[text])
                guard name == SecretLine.passphraseName || name == SecretLine.currentName else { continue }
                skipBlanks()
                guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { continue }
                at += 1
                skipBlanks()
                guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let value = nextString() else { continue }
                return (name, value)
            }
            return nil
        }

        private mutating func skipBlanks() {
            while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        }

        /// The inside of the next string; one that does not end reaches to the end.
        private mutating func nextString() -> Range<Int>? {
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += 1 }
            guard at < bytes.count else { return nil }
            at += 1
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
            }
            let end = min(at, bytes.count)
            at = min(at + 1, bytes.count)
            return start..<end
        }
    }
}
