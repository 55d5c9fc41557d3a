import Foundation
import Testing

/// The string literals of Swift text, with what is joined by `+` joined, and what is put in as `{}`.
func literals(in text: String) -> [String] {
    var found: [String] = []
    let scalars = Array(text.unicodeScalars)
    var at = 0
    var isJoined = false
    func starts(_ word: String, _ place: Int) -> Bool { scalars[place...].starts(with: word.unicodeScalars) }
    while at < scalars.count {
        if starts("//", at) {
            while at < scalars.count, scalars[at] != "\n" { at += 1 }
            continue
        }
        if starts("/*", at) {
            while at < scalars.count, !starts("*/", at) { at += 1 }
            at = min(at + 2, scalars.count)
            continue
        }
        guard scalars[at] == "\"" else {
            if scalars[at] == "+", !found.isEmpty {
                isJoined = true
            } else if !CharacterSet.whitespacesAndNewlines.contains(scalars[at]) {
                isJoined = false
            }
            at += 1
            continue
        }
        let hashes = at > 0 && scalars[at - 1] == "#" ? "#" : ""
        let closing = (starts("\"\"\"", at) ? "\"\"\"" : "\"") + hashes
        at += closing.unicodeScalars.count - hashes.count
        var literal = String.UnicodeScalarView()
        while at < scalars.count, !starts(closing, at) {
            if hashes.isEmpty, starts("\\(", at) {
                at = endOfInterpolation(scalars, at)
                literal.append(contentsOf: "{}".unicodeScalars)
            } else if hashes.isEmpty, scalars[at] == "\\", at + 1 < scalars.count {
                literal.append(scalars[at + 1] == "n" ? "\n" : scalars[at + 1])
                at += 2
            } else {
                literal.append(scalars[at])
                at += 1
            }
        }
        at += closing.unicodeScalars.count
        if isJoined, let last = found.popLast() {
            found.append(last + String(literal))
        } else {
            found.append(String(literal))
        }
        isJoined = false
    }
    return found
}

/// Past what is put into a literal; there may be literals inside.
private func endOfInterpolation(_ scalars: [Unicode.Scalar], _ start: Int) -> Int {
    var depth = 0
    var isQuoted = false
    var at = start + 1
    while at < scalars.count {
        switch scalars[at] {
        case "\"": isQuoted.toggle()
        case "(" where !isQuoted: depth += 1
        case ")" where !isQuoted:
            depth -= 1
            if depth == 0 { return at + 1 }
        default: break
        }
        at += 1
    }
    return at
}

/// The lines that a story expects of Mutual: neither commands and comments, nor JSON, nor what a person wrote.
func expectedLines(ofStory text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { line in
        let isCommand = line.firstMatch(of: #/^(sh|[a-z])[$?&] /#) != nil
        let isOther = line.hasPrefix("#") || line.hasPrefix("exit ") || line.hasPrefix("with ")
        let said = line.hasPrefix("stderr: ") ? String(line.dropFirst(8)) : line
        return !isCommand && !isOther && !said.hasPrefix("{") && !said.hasPrefix("    ")
    }
}

/// What of the list a sentence says.
func neverSaidIn(_ sentence: String) -> [Never] {
    neverSaid.filter { sentence.range(of: $0.pattern, options: [.regularExpression, .caseInsensitive]) != nil }
}

/// The words of a name in code: `logLevel`, `log_level` and `LOG_LEVEL` are log and level; a plural is its singular.
func words(ofName name: String) -> [String] {
    name.matches(of: /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/).map { match in
        let word = match.output.lowercased()
        return word.hasSuffix("s") && word.count > 3 && !rolesAndRanks.contains(word) ? String(word.dropLast()) : word
    }
}

@Suite struct LanguageTests {
    /// Where sentences for people stand.
    private static let speakers = [
        "Sources/MutualLanguage", "Sources/mutual/", "Sources/mutuald/", "Sources/MutualDaemon",
    ]

    private func sentences() throws -> [(file: String, sentence: String)] {
        var found: [(file: String, sentence: String)] = []
        for file in try Repository.files(under: "Sources", endingIn: [".swift"]) where !file.isGenerated {
            guard Self.speakers.contains(where: { file.path.hasPrefix($0) }) else { continue }
            // One word is a key, a flag or a name of the system.
            found += literals(in: file.text).filter { $0.contains(" ") }.map { (file.path, $0) }
        }
        for file in try Repository.files(under: "Tests/StoryTests/stories", endingIn: [".story"]) {
            found += expectedLines(ofStory: file.text).map { (file.path, $0) }
        }
        return found
    }

    @Test func nothingIsSaidThatIsNeverSaid() throws {
        let all = try sentences()
        #expect(all.count > 500)
        var unused = Set(spared.indices)
        for (file, sentence) in all {
            for never in neverSaidIn(sentence) {
                let sparing = spared.indices.filter {
                    file.hasPrefix(spared[$0].file) && sentence.contains(spared[$0].part)
                        && !neverSaidIn(spared[$0].part).filter { $0.pattern == never.pattern }.isEmpty
                }
                unused.subtract(sparing)
                if sparing.isEmpty { Issue.record("\(file): \"\(sentence)\": \(never.reason) (\(never.pattern))") }
            }
        }
        for index in unused.sorted() { Issue.record("\(spared[index].part): needed no more, take it off the list") }
    }

    /// A picture by itself says nothing that words do not say better, and a screen reader reads it aloud.
    @Test func nothingIsSaidWithPictures() throws {
        for (file, sentence) in try sentences() where file.hasPrefix("Sources") {
            let pictures = sentence.unicodeScalars.filter { $0.properties.isEmojiPresentation }
            #expect(pictures.isEmpty, "\(file): \(sentence)")
        }
    }

    @Test func noNameIsARoleARankOrACount() throws {
        var unused = Set(sparedNames.indices)
        for file in try Repository.files(under: "Sources", endingIn: [".swift", ".proto", ".h", ".c"]) {
            let text = file.isGenerated ? "" : withoutComments(file.text)
            for name in Set(text.matches(of: /[A-Za-z_]+/).map { String($0.output) }).sorted() {
                guard !rolesAndRanks.isDisjoint(with: words(ofName: name)) else { continue }
                let sparing = sparedNames.indices.filter {
                    file.path.hasPrefix(sparedNames[$0].file) && sparedNames[$0].part == name
                }
                unused.subtract(sparing)
                if sparing.isEmpty { Issue.record("\(file.path): \(name)") }
            }
        }
        for index in unused.sorted() {
            Issue.record("\(sparedNames[index].part): needed no more, take it off the list")
        }
    }

    /// The arguments of sentences: none of them is a number of things that somebody did.
    @Test func noSentenceCountsPeople() throws {
        let known: Set = [
            "about", "address", "argument", "code", "command", "flag", "from", "handle", "hello", "how", "key", "limit",
            "family", "hours", "interface", "mine", "own", "year",
            "name", "names", "outcome", "path", "port", "reason", "sentence", "theirs", "time", "topic", "typed",
            "until",
            "verb", "want", "who", "word",
            "words",
        ]
        for file in try Repository.files(under: "Sources/MutualLanguage", endingIn: [".swift"]) {
            for literal in literals(in: file.text) {
                for match in literal.matches(of: /\{([a-z-]+)\}/) {
                    #expect(known.contains(String(match.output.1)), "\(file.path): {\(match.output.1)}")
                }
            }
        }
    }

    @Test func everyExceptionHasAReason() {
        #expect((spared + sparedNames).allSatisfy { !$0.reason.isEmpty && !$0.part.isEmpty })
        #expect(neverSaid.allSatisfy { !$0.reason.isEmpty })
    }

    @Test func whatIsNeverSaidIsFound() {
        for sentence in [
            "Birch has read this.", "Birch is online.", "Last seen 14:03", "Well done", "Hello!", "You must answer.",
            "Your streak: 3", "100 % done", "Delivered at 14:03", "Birch ignored this.", "Your friend Birch",
            "Birch hat das gelesen.", "Zuletzt hier: heute", "Du musst antworten.", "Dein Kontakt Birch",
            "Das ist fehlgeschlagen.", "Gut gemacht", "Versuche es noch einmal.",
        ] {
            #expect(!neverSaidIn(sentence).isEmpty, "\(sentence)")
        }
        for sentence in ["Birch took this back.", "Nothing new.", "A mustard seed.", "Birch hat das zurückgenommen."] {
            #expect(neverSaidIn(sentence).isEmpty, "\(sentence)")
        }
    }

    @Test func literalsAreFoundAsTheyAreSaid() {
        #expect(literals(in: #"let a = "one"; f("two \(g("in") + 1) three") // "no""#) == ["one", "two {} three"])
        #expect(literals(in: "x(\"a \"\n    + \"b\", \"c\")") == ["a b", "c"])
        #expect(literals(in: #"x("say \"it\"", /* "no" */ "y")"#) == [#"say "it""#, "y"])
        #expect(literals(in: "\"\"\"\nlong\n\"\"\"") == ["\nlong\n"])
        #expect(literals(in: "#\"a \"quoted\" b\"#") == ["a \"quoted\" b"])
    }

    @Test func namesAreTakenApart() {
        #expect(words(ofName: "logLevel") == ["log", "level"])
        #expect(words(ofName: "MUTUAL_LOG_LEVEL") == ["mutual", "log", "level"])
        #expect(words(ofName: "clients") == ["client"])
        #expect(words(ofName: "HTTPClient") == ["http", "client"])
    }

    @Test func onlyWhatMutualSaysIsTakenFromAStory() {
        let story = "# hi!\na$ echo hi!\nsaid\n    what Birch wrote!\nstderr: fact\nexit 3\n{...}\nsh? cat x\nlast"
        #expect(expectedLines(ofStory: story) == ["said", "stderr: fact", "last"])
    }
}

/// Swift text without its comments; literals stay, as names of tables and fields stand in them.
private func withoutComments(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? String(line)
    }.joined(separator: "\n")
}
