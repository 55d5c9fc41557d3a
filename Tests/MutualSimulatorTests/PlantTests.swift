import Foundation
import TestSupport
import Testing

/// The planted faults of docs/simulator.md: a patch that applies no longer shows nothing.
@Suite struct PlantTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = root.appendingPathComponent("Tests/MutualSimulatorTests/Plants")

    private static func patches() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "patch" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    /// One after the other, as scripts/plants applies them, and without guessing at the lines around them.
    @Test func everyPlantApplies() throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("mutual-plants-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Self.root.appendingPathComponent("Sources"), to: copy.appendingPathComponent("Sources"))
        let patches = try Self.patches()
        #expect(patches.count > 20)
        for patch in patches {
            let status = Spawn.run(
                ["patch", "-p1", "-s", "-F0", "--no-backup-if-mismatch", "-d", copy.path, "-i", patch.path],
                environment: ProcessInfo.processInfo.environment)
            #expect(status == 0, "\(patch.lastPathComponent) does not apply")
        }
    }

    /// A switch of its own, and a line on the page.
    @Test func everyPlantHasItsNumberAndIsDescribed() throws {
        let page = try String(contentsOf: Self.root.appendingPathComponent("docs/simulator.md"), encoding: .utf8)
        for patch in try Self.patches() where !patch.lastPathComponent.hasPrefix("00-") {
            let number = try #require(Int(patch.lastPathComponent.prefix(2)))
            let text = try String(contentsOf: patch, encoding: .utf8)
            #expect(text.contains("Plants.has(\(number))"), "\(patch.lastPathComponent) has another switch")
            let isDescribed = page.contains(try Regex("\\b\(number) \\(")) || page.contains("| \(number) |")
            #expect(isDescribed, "docs/simulator.md does not tell of fault \(number)")
        }
    }
}
