import Foundation
import Testing

/// The pages for people name only verbs that `mutual help` has.
@Suite struct VerbTests {
    /// What may stand after `mutual` besides the verbs of the groups.
    private static let others: Set<String> = ["help"]

    @Test func everyVerbInThePagesIsInHelp() throws {
        let help = try #require(
            try Repository.files(under: "Sources/MutualLanguage", endingIn: ["English+Help.swift"]).first)
        let known = Set(help.text.matches(of: #/\.init\("([a-z]+)", "/#).map { String($0.output.1) })
        #expect(known.count > 40)
        var pages = try Repository.files(under: "docs", endingIn: [".md"])
        let readme = Repository.root.appendingPathComponent("README.md")
        pages.append(Repository.File(path: "README.md", text: try String(contentsOf: readme, encoding: .utf8)))
        var count = 0
        for page in pages {
            for verb in verbs(in: page.text) {
                count += 1
                #expect(known.contains(verb) || Self.others.contains(verb), "\(page.path): mutual \(verb)")
            }
        }
        #expect(count > 30)
    }

    @Test func verbsAreRecognised() {
        let sample = "`mutual reach birch`\n\n    a$ mutual open k3f\n    mutual init --name x\nthe mutual people"
        #expect(verbs(in: sample) == ["reach", "open", "init"])
    }

    /// Verbs in code spans and in indented lines.
    private func verbs(in text: String) -> [String] {
        text.split(separator: "\n").flatMap { line in
            let inSpan = line.matches(of: #/`mutual ([a-z]+)/#).map { String($0.output.1) }
            let inBlock = line.prefixMatch(of: #/ {4}(?:[a-z]+\$ )?mutual ([a-z]+)/#).map { String($0.output.1) }
            return inSpan + [inBlock].compactMap { $0 }
        }
    }
}
