import Foundation
import Testing

/// Rules are cited as an area and a number in brackets.
func rules(in text: String) -> [String] {
    text.matches(of: #/\[([a-z]+-[0-9]+(?:\.[0-9]+)?)\]/#).map { String($0.output.1) }
}

/// The rules that a page of Protocol/ defines: a list entry that begins with the number in bold.
func definitions(in page: String) -> [String] {
    page.split(separator: "\n").compactMap { line in
        line.prefixMatch(of: #/- \*\*\[([a-z]+-[0-9]+(?:\.[0-9]+)?)\]\*\* /#).map { String($0.output.1) }
    }
}

@Suite struct CitedRuleTests {
    private static let areas = [
        "identity", "marks", "discovery", "session", "pairing", "records", "log", "storage", "control", "constants",
        "threats",
    ]

    private static func pages() throws -> [Repository.File] {
        try Repository.files(under: "Protocol", endingIn: [".md"]).filter { !$0.path.contains("/vectors/") }
    }

    @Test func everyRuleIsDefinedOnceOnThePageOfItsArea() throws {
        var seen: [String: String] = [:]
        for page in try Self.pages() {
            for rule in definitions(in: page.text) {
                #expect(seen[rule] == nil, "\(rule) stands in \(page.path) and \(seen[rule] ?? "")")
                seen[rule] = page.path
                let area = rule.prefix { $0 != "-" }
                #expect(page.path == "Protocol/\(area).md", "\(rule) stands in \(page.path)")
            }
        }
        for area in Self.areas {
            #expect(seen.keys.contains { $0.hasPrefix(area + "-") }, "no rule in Protocol/\(area).md")
        }
    }

    @Test func everyRuleThatIsCitedExists() throws {
        let defined = Set(try Self.pages().flatMap { definitions(in: $0.text) })
        var files = try Self.pages()
        for folder in ["Sources", "Tests", "docs"] {
            files += try Repository.files(under: folder, endingIn: [".swift", ".md", ".story"])
        }
        for file in files where !file.path.hasSuffix("CitedRuleTests.swift") {
            for rule in rules(in: file.text) {
                guard Self.areas.contains(String(rule.prefix { $0 != "-" })) else { continue }
                #expect(defined.contains(rule), "\(file.path) cites [\(rule)], which no page has")
            }
        }
    }

    @Test func everyLinkBetweenPagesLeadsSomewhere() throws {
        var files = try Self.pages()
        files += try Repository.files(under: "docs", endingIn: [".md"])
        for name in ["README.md", "CHANGELOG.md"] {
            let url = Repository.root.appendingPathComponent(name)
            files.append(Repository.File(path: name, text: try String(contentsOf: url, encoding: .utf8)))
        }
        for file in files {
            let folder = Repository.root.appendingPathComponent(file.path).deletingLastPathComponent()
            for link in file.text.matches(of: #/\]\(([^)#]+)[^)]*\)/#).map({ String($0.output.1) }) {
                if link.contains("://") { continue }
                let target = folder.appendingPathComponent(link).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(file.path) links to \(link)")
            }
        }
    }

    @Test func citationsAreRecognised() {
        let sample = "as `[session-4]` and [log-8.3] say, unlike [control] or [1]"
        #expect(rules(in: sample) == ["session-4", "log-8.3"])
        #expect(definitions(in: "- **[log-1]** A\n- **[log-1.1]** B\nas **[log-2]** says") == ["log-1", "log-1.1"])
    }
}
