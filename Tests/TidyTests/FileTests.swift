import Foundation
import Testing

@Suite struct FileTests {
    /// The longest file that a person wrote. A file has one purpose; one that is longer has two.
    private static let longestFile = 600

    @Test func noFileIsTooLong() throws {
        for folder in ["Sources", "Tests"] {
            for file in try Repository.files(under: folder, endingIn: [".swift", ".c", ".h"]) where !file.isGenerated {
                #expect(file.lines.count <= Self.longestFile, "\(file.path) has \(file.lines.count) lines")
            }
        }
    }

    @Test func nothingPointsOutsideTheRepository() throws {
        let endings = [
            ".swift", ".md", ".c", ".h", ".proto", ".story", ".py", ".toml", ".txt", ".service", "setup", "build",
            "demo",
            "test", "lint", "install", "run", "protobuf",
        ]
        let files = try Repository.files(under: "", endingIn: endings)
        #expect(files.contains { $0.path == "Package.swift" })
        for file in files where !file.path.hasSuffix("Tests/TidyTests/FileTests.swift") {
            // Cheap words first: the patterns below are slow over every line.
            guard Self.hints.contains(where: { file.text.contains($0) }) else { continue }
            for (number, line) in file.lines.enumerated() where Self.pointsOutside(line) {
                Issue.record("\(file.path):\(number + 1) points outside the repository: \(line)")
            }
        }
    }

    /// One of these stands in every line that `pointsOutside` finds.
    private static let hints = [
        "/Users/", "/root/", "PROTOCOL", "DESIGN", "DOMAIN", "ssue ",
    ]

    /// Whether a line names a place that a clone does not have.
    private static func pointsOutside(_ line: Substring) -> Bool {
        line.contains(#/(^|[^A-Za-z0-9_.])/(Users|root)//#)
            || line.contains(#/\b(PROTOCOL|DESIGN|DOMAIN)(\.md| [0-9])/#) || line.contains(#/\b[Ii]ssue #?[0-9]/#)
    }

    @Test func pointersAreRecognised() {
        #expect(Self.pointsOutside("see /Users/x"))
        #expect(Self.pointsOutside("as PROTOCOL 7.8 says"))
        #expect(Self.pointsOutside("DESIGN.md"))
        #expect(Self.pointsOutside("done in issue 9"))
        #expect(!Self.pointsOutside("see Protocol/log.md, [log-8]"))
        #expect(!Self.pointsOutside("https://example.org/root/place"))
        #expect(!Self.pointsOutside("this issue has 9 parts"))
    }
}
