import Foundation
import Testing

/// Something that sources do not do, and why.
private struct Banned {
    let name: String
    let reason: String
    let executablesMay: Bool

    init(_ name: String, _ reason: String, executablesMay: Bool = false) {
        self.name = name
        self.reason = reason
        self.executablesMay = executablesMay
    }
}

private let banned = [
    Banned("try!", "a fault has to reach somebody who can say it"),
    Banned("as!", "a wrong cast ends the process"),
    Banned("fatalError(", "the daemon never ends itself"),
    Banned("Thread.sleep", "it waits for states, not for time"),
    Banned("@unchecked Sendable", "the compiler checks what threads share"),
    Banned("nonisolated(unsafe)", "the compiler checks what threads share"),
    Banned("print(", "a library does not write to the terminal", executablesMay: true),
]

/// What may be done all the same: file, what, why. A line that nothing needs any more fails.
private let exceptions: [(file: String, name: String, reason: String)] = [
    (
        "Sources/MutualCrypto/SecretBytes.swift", "@unchecked Sendable",
        "guarded memory that is written only while it is made, read-only afterwards"
    )
]

private let executables = ["Sources/mutual/", "Sources/mutuald/", "Sources/mutual-sim/"]

/// Which of the banned things stand in Swift text.
func bannedIn(_ text: String) -> [String] {
    let code = codeOnly(text)
    return banned.map(\.name).filter { contains(code, $0) }
}

/// Whether a word stands in code as itself, not as the end of a longer word or as somebody's method.
private func contains(_ code: String, _ word: String) -> Bool {
    var rest = code[...]
    while let found = rest.range(of: word) {
        let before = found.lowerBound == code.startIndex ? nil : code[code.index(before: found.lowerBound)]
        if before.map({ !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }) ?? true { return true }
        rest = rest[found.upperBound...]
    }
    return false
}

@Suite struct BannedCallTests {
    @Test func sourcesDoNothingOfTheList() throws {
        var unused = Set(exceptions.map { $0.file + " " + $0.name })
        for file in try Repository.files(under: "Sources", endingIn: [".swift"]) where !file.isGenerated {
            for name in bannedIn(file.text) {
                guard let ban = banned.first(where: { $0.name == name }) else { continue }
                if ban.executablesMay, executables.contains(where: { file.path.hasPrefix($0) }) { continue }
                if exceptions.contains(where: { $0.file == file.path && $0.name == name }) {
                    unused.remove(file.path + " " + name)
                    continue
                }
                Issue.record("\(file.path): \(name): \(ban.reason)")
            }
        }
        for line in unused.sorted() { Issue.record("\(line): needed no more, take it off the list") }
    }

    @Test func theyAreFoundInCodeOnly() {
        #expect(bannedIn("let x = try! f()") == ["try!"])
        #expect(bannedIn("let x = y as! Z; print(x)") == ["as!", "print("])
        #expect(bannedIn("// try! and fatalError(\nlet s = \"print(\"") == [])
        #expect(bannedIn("/* a /* nested */ try! */ file.print(x); blueprint(x)") == [])
        #expect(bannedIn("let s = #\"a \"quoted\" try!\"#; fatalError()") == ["fatalError("])
        #expect(bannedIn("let s = \"\"\"\n  try! \\\"\"\" as!\n\"\"\"\nThread.sleep(1)") == ["Thread.sleep"])
    }
}
