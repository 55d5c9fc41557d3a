import Foundation
import Testing

/// docs/scripting.md shows every method of the control interface, and each of its examples works.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct ScriptingTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The examples of one call, in the order of the page.
    private static func examples() throws -> [(method: String, command: String)] {
        let page = try String(contentsOf: root.appendingPathComponent("docs/scripting.md"), encoding: .utf8)
        let part = page.components(separatedBy: "\n## One call\n").last ?? ""
        return part.components(separatedBy: "\n").filter { $0.hasPrefix("    ") }.compactMap { line in
            guard let match = line.firstMatch(of: #/mutual rpc ([a-z.-]+)/#) else { return nil }
            return (String(match.output.1), String(line.dropFirst(4)))
        }
    }

    private static func methods() throws -> [String] {
        struct Contract: Decodable {
            struct Method: Decodable { var name: String }
            var methods: [Method]
        }
        let data = try Data(contentsOf: root.appendingPathComponent("Protocol/control.openrpc.json"))
        return try JSONDecoder().decode(Contract.self, from: data).methods.map(\.name)
    }

    @Test func everyMethodHasAnExample() throws {
        let shown = try Self.examples().map(\.method)
        let methods = try Self.methods()
        #expect(methods.count > 40)
        #expect(Set(shown) == Set(methods))
    }

    /// Between two that met, in the order of the page; what ends something comes last.
    @Test func everyExampleWorks() throws {
        let stage = try Stage()
        defer { stage.clear() }
        func must(_ home: String?, _ command: String, _ code: Int32 = 0) throws -> String {
            let outcome = try stage.run(command, home: home)
            #expect(outcome.code == code, "\(command): \(outcome.output)\(outcome.errors)")
            return outcome.output
        }
        func handle(_ home: String, _ kind: String) throws -> String {
            try stage.run("last \(kind)", home: home).output.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        _ = try must(nil, "meet")
        _ = try must("b", "mutual encourage alder 'You listen well.' --wait 30s")
        _ = try must(
            "b", #"mutual rpc item.give '{"to":["alder"],"kind":"exchange","topic":"The hardest part?","text":"So."}'"#)
        var ids: [String] = []
        for (home, name) in [("c", "Cedar"), ("d", "Dogwood")] {
            _ = try must(home, "mutual init --name \(name) && mutual start")
            ids.append(
                try must(home, "mutual whoami --json | grep -o 'mutual1[0-9a-z]*'")
                    .trimmingCharacters(in: .whitespacesAndNewlines))
        }
        #expect(try stage.until { try !handle("a", "exchange").isEmpty })
        let all = try Self.examples()
        let last = ["people.part", "stop", "vault.wipe"]
        let order =
            all.filter { !last.contains($0.method) } + last.compactMap { name in all.first { $0.method == name } }
        for (method, command) in order {
            if method == "people.replace" { _ = try must("a", "mutual add \(ids[1]) Dogwood") }
            if method == "vault.wipe" { _ = try must("a", "mutual start", 6) }
            let kind = ["item.pass": "exchange", "item.retract": "note"][method] ?? "encourage"
            let typed = command.replacingOccurrences(of: "mutual1...", with: ids[0])
                .replacingOccurrences(of: "k3f", with: try command.contains("k3f") ? handle("a", kind) : "")
                .replacingOccurrences(of: "/tmp/", with: stage.folder + "/")
            let output = try must("a", typed, method == "pair.answer" ? 8 : 0)
            if method != "pair.answer" { #expect(output.hasPrefix("{") && output.contains("\"schema\":1"), "\(typed)") }
        }
        _ = try must("d", "mutual stop")
    }
}
