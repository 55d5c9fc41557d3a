import Foundation
import Testing

/// Stories as text, over the real programs.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built")) struct StoryTests {
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let only = ProcessInfo.processInfo.environment["MUTUAL_STORY"] ?? ""
        return files.filter { $0.hasSuffix(".story") && $0.contains(only.isEmpty ? "." : only) }.sorted()
    }()

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("stories").path

    @Test(arguments: names) func isAsItIsTold(_ name: String) throws {
        let story = try Story(try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8))
        #expect(!story.steps.isEmpty)
        if story.steps.contains(where: \.mounts), !Mounts.canBeMade {
            print("\(name): the part with mounts is skipped, as no mount namespace can be made here")
        }
        if story.network, !StoryNetwork.canBeMade {
            return print("\(name): skipped, as no network namespaces can be made here")
        }
        let stage = try Stage()
        defer { stage.clear() }
        for wrong in try stage.play(story) { Issue.record("\(name), \(wrong)") }
    }

    @Test func thereAreStories() { #expect(!Self.names.isEmpty) }

    @Test func aPlayerThatSeesNoDifferenceWouldBeNone() throws {
        #expect(Story.matches("Port: 7747", "Port: ..."))
        #expect(Story.matches("a b c", "a ... c"))
        #expect(!Story.matches("a b", "a ... b c"))
        #expect(!Story.matches("one", "one..one"))
        #expect(!Story.matches("one\ntwo\n", ["one"]))
        let stage = try Stage()
        defer { stage.clear() }
        #expect(try stage.play(Story("sh$ echo one; echo two >&2; exit 3\none\nstderr: two\nexit 3")).isEmpty)
        #expect(try stage.play(Story("sh$ echo one\ntwo")).count == 1)
        #expect(try stage.play(Story("sh$ exit 1")).count == 1)
        #expect(try stage.play(Story("sh$ echo one >&2")).count == 1)
        #expect(throws: Story.Malformed.self) { try Story("no prompt") }
        let typed = try Story("with terminal 40\nsh$ read x; echo $x; stty size >&2\ntypes: hello\nhello\n24 40")
        #expect(try stage.play(typed) == [])
        #expect(try stage.play(Story("with terminal 40\nwith pipes\nsh$ test -t 0\nexit 1")) == [])
    }
}
