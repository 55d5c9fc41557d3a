import Foundation
import Testing

/// docs/tour.md played as it stands: each command at a terminal, and each line that it shows is printed, in its order.
/// The page is shortened here and there; clock times, dates and handles are those of the story.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct TourTests {
    /// A command of the page with what it says that one sees and types.
    private struct Scene {
        var home: String
        var command: String
        var shown: [String] = []
        var typed: [String] = []
    }

    private static func scenes() throws -> [Scene] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appendingPathComponent("docs/tour.md"), encoding: .utf8)
        var scenes: [Scene] = []
        var isIn = false
        var isTyped = false
        for line in page.components(separatedBy: "\n") {
            guard line.hasPrefix("    ") else {
                if !line.isEmpty { isIn = false }
                continue
            }
            let text = String(line.dropFirst(4))
            if let match = text.firstMatch(of: /^(alder|birch)\$ (.*)$/) {
                scenes.append(Scene(home: match.output.1 == "alder" ? "a" : "b", command: String(match.output.2)))
                isIn = true
            } else if isIn, isTyped {
                scenes[scenes.count - 1].typed.append(text)
                isTyped = text != "."
            } else if isIn {
                scenes[scenes.count - 1].shown.append(text)
                isTyped = text.hasPrefix("Write; end with")
            }
        }
        return scenes
    }

    @Test func everythingIsAsItSays() throws {
        let scenes = try Self.scenes()
        #expect(scenes.count > 38)
        let stage = try Stage()
        defer { stage.clear() }
        var handles: [String: String] = [:]
        for scene in scenes {
            var command = scene.command
            for (written, real) in handles.sorted(by: { $0.key.count > $1.key.count }) {
                command = command.replacing(try Regex("\\b\(written)\\b"), with: real)
            }
            var step = Step(line: 0, home: scene.home, mode: .once, command: command)
            step.columns = 200
            step.typed = scene.typed
            let outcome = try stage.run(step)
            for line in scene.shown { Self.bind(line, outcome.output, &handles) }
            let expected = scene.shown.filter { !$0.isEmpty }.map { Self.pattern($0, handles) }
            var rest = outcome.output.components(separatedBy: "\n").map(Self.blurred)[...]
            for line in expected {
                guard let at = rest.firstIndex(of: line) else {
                    Issue.record("\(scene.home)$ \(scene.command)\nshows no: \(line)\nbut: \(outcome.output)")
                    break
                }
                rest = rest[at...].dropFirst()
            }
            if command == "mutual start" { try meet(stage) }
            if command != "mutual init --name Alder" { try arrive(stage) }
        }
    }

    /// The pairing is told in words.
    private func meet(_ stage: Stage) throws {
        _ = try stage.run("mutual init --name Birch && mutual start", home: "b")
        for (home, other, name) in [("a", "b", "Birch"), ("b", "a", "Alder")] {
            let id = try stage.run("mutual whoami --json | grep -o 'mutual1[0-9a-z]*'", home: other).output.trimmed
            #expect(try stage.run("mutual add \(id) \(name)", home: home).code == 0)
        }
        #expect(try stage.until { try stage.run("mutual people", home: "a").output.contains("Birch  mutual") })
        #expect(try stage.until { try stage.run("mutual people", home: "b").output.contains("Alder  mutual") })
    }

    /// Waits until nothing is on its way any more; what was given to somebody who is paused waits longer.
    private func arrive(_ stage: Stage) throws {
        let isPaused = try stage.run("mutual status --json | grep -q '\"paused\":true'", home: "b").code == 0
        if isPaused { return }
        var calm = 0
        let came = try stage.until {
            let waits = try ["a", "b"].contains {
                try !stage.run("mutual outbox --json", home: $0).output.contains("\"items\":[]")
            }
            calm = waits ? 0 : calm + 1
            return calm > 3
        }
        #expect(came)
    }

    /// A handle that a line is the first to show, and what it is here.
    private static func bind(_ line: String, _ output: String, _ handles: inout [String: String]) {
        let places = [#/^\w+, \w+ \((\w+)\)/#, #/^For \w+ \((\w+)\)\./#, #/^(\w+)  \w+  .*?(?:checkin|note)  /#]
        for place in places {
            guard let found = line.firstMatch(of: place) else { continue }
            let written = String(found.output.1)
            guard handles[written] == nil else { return }
            let around = blurred(line).components(separatedBy: written)
            guard let before = around.first, let after = around.last, around.count == 2 else { return }
            for shown in output.components(separatedBy: "\n").map(blurred)
            where shown.hasPrefix(before) && shown.hasSuffix(after) {
                handles[written] = String(shown.dropFirst(before.count).dropLast(after.count))
            }
        }
    }

    private static func pattern(_ line: String, _ handles: [String: String]) -> String {
        var line = line
        for (written, real) in handles.sorted(by: { $0.key.count > $1.key.count }) {
            if let whole = try? Regex("\\b\(written)\\b") { line = line.replacing(whole, with: real) }
        }
        return blurred(line)
    }

    /// A line without the times and days of the story.
    private static func blurred(_ line: String) -> String {
        line.replacing(/\d{4}-\d\d-\d\d/, with: "DATE").replacing(/\d{1,2}:\d\d/, with: "TIME")
            .replacing(/[A-Z][a-z]+day, \d{1,2} [A-Z][a-z]+/, with: "DAY").replacing(
                /^[A-Z][a-z]+ \d{4}$/, with: "MONTH")
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
