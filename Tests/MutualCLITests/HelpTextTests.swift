import ArgumentParser
import MutualControl
import MutualLanguage
import Testing

@testable import mutual

/// The page of each verb, in both languages.
struct HelpTextTests {
    private static let german = Catalogue(.german)

    /// Every text that the parser has of a verb and of what it takes.
    private static func texts(_ tree: JSONValue) -> [String] {
        switch tree {
        case .object(let members):
            members.flatMap { member -> [String] in
                if ["abstract", "discussion"].contains(member.name), let text = member.value.text { return [text] }
                return texts(member.value)
            }
        case .array(let all): all.flatMap(texts)
        default: []
        }
    }

    private static func dumped() throws -> JSONValue { try JSONValue(parsing: Array(Mutual._dumpHelp().utf8)) }

    /// Whatever language this runs in, each text is one of the German ones or what one of them stands for.
    @Test func everyTextIsInBothLanguages() throws {
        let known = Self.german.helpTexts
        let both = Set(known.keys).union(known.values)
        let texts = try Self.texts(Self.dumped())
        #expect(texts.count > 300)
        // The parser has a verb of its own for help; it is never shown, as Mutual's stands before it.
        let parsers: Set = ["Show subcommand help information."]
        let missing = Set(texts).subtracting(both).subtracting(parsers)
        #expect(missing.isEmpty)
        let headings = known.keys.filter { $0.hasSuffix(":") && $0.uppercased() == $0 }
        let unused = Set(known.keys).subtracting(headings).filter { key in
            !texts.contains(key) && !texts.contains(known[key] ?? key)
        }
        #expect(unused.isEmpty)
        #expect(known.values.allSatisfy { !$0.isEmpty })
    }

    @Test(arguments: Mutual.configuration.subcommands.map { $0._commandName }) func everyVerbHasAPage(_ verb: String)
        throws
    {
        let command = try #require(Mutual.configuration.subcommands.first { $0._commandName == verb })
        let page = Help.page(of: command, columns: 80)
        #expect(page.hasPrefix(said("OVERVIEW:") + " " + command.configuration.abstract.prefix(30)), "\(page)")
        #expect(page.contains("mutual \(verb)"), "how it is typed")
        for ask in [["help", verb], [verb, "--help"], [verb, "-h"], ["--json", verb, "--help"]] {
            guard case .verb(verb) = Help.asked(ask) else {
                Issue.record("\(ask) asks for no page")
                continue
            }
        }
        // What stands behind -- is somebody's words, behind --each another program's.
        #expect(Help.asked([verb, "birch", "--", "--help"]) == nil)
        #expect(Help.asked([verb, "--each", "bell", "--help"]) == nil)
    }
}

/// What the parser says is said in the words of the catalogue: made with the parser itself, so that a new version of it
/// that says it otherwise is noticed.
struct MisuseTests {
    @Test(
        arguments: [
            (["note"], "WHO is missing.", "WHO fehlt."),
            (["kept", "--limit"], "--limit needs a value behind it.", "--limit braucht einen Wert dahinter."),
            (
                ["note", "birch", "--nonsense"], "There is no option --nonsense here.",
                "Hier gibt es keine Option --nonsense."
            ),
            (["start", "--hom"], "There is no option --hom here.", "Hier gibt es keine Option --hom."),
            (["pause", "x"], "\"x\" is one word too many here.", "„x“ ist hier ein Wort zu viel."),
            (["pause", "x", "it's"], "\"x it's\" is one word too many here.", "„x it's“ ist hier ein Wort zu viel."),
            (["kept", "--limit", "x"], "\"x\" is no value for --limit.", "„x“ ist kein Wert für --limit."),
            (["kept", "--json=yes"], "--json takes no value.", "--json nimmt keinen Wert."),
        ]) func whatTheParserSays(_ words: [String], _ english: String, _ german: String)
    {
        do {
            _ = try Mutual.parseAsRoot(words)
            Issue.record("\(words) is taken")
        } catch {
            let message = Mutual.message(for: error).split(separator: "\n").first.map(String.init) ?? ""
            let failure = Misuse.failure(message, advice: "See: mutual help")
            let wanted = Words.language == .german ? german : english
            #expect(failure.error.message == wanted, "\(message)")
            #expect(failure.status == .usage)
            #expect(failure.lines.last == "See: mutual help")
            #expect(failure.error.data.reason == "usage")
        }
    }

    @Test func whatIsNotKnownStands() {
        #expect(Misuse.failure("It cannot be so", advice: "a").error.message == "It cannot be so.")
        #expect(Misuse.failure("Is it so?", advice: "a").error.message == "Is it so?")
    }

    /// A name that nobody typed is nobody's, and no beginning of everybody's.
    @Test func nothingIsNobodysName() {
        let birch = PersonEntry(id: "mutual1x", name: "Birch", words: [], standing: "mutual")
        #expect([birch].named("b")?.name == "Birch")
        #expect([birch].named("") == nil && [birch].named(" ") == nil)
    }
}
