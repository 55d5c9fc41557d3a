import Foundation
import Testing

/// A browser that a script can speak to.
enum Browser {
    static let isHere: Bool = {
        func has(_ program: String) -> Bool {
            ["/usr/bin/", "/usr/local/bin/", "/bin/"].contains {
                FileManager.default.isExecutableFile(atPath: $0 + program)
            }
        }
        return has("python3") && ["chromium", "chromium-browser", "google-chrome"].contains { has($0) }
    }()
}

/// The page of one's own check-ins in a real browser: scripts/lookback says what has to hold.
@Suite(
    .enabled(if: Programs.folder != nil, "mutual and mutuald are not built"),
    .enabled(if: Browser.isHere, "chromium and python3 are not installed: apt-get install chromium"))
struct LookbackPageTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scripts/lookback").path

    /// At phone and desk width, light and dark, in both languages, by keyboard.
    @Test func holdsInABrowser() throws {
        let stage = try Stage()
        defer { stage.clear() }
        let folder = try #require(Programs.folder)
        let outcome = try stage.run("MUTUAL_BIN='\(folder)' '\(Self.script)'", atMostSeconds: 240)
        #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    }
}
