import Testing

@testable import MutualLanguage

/// Each language is complete, and says the same.
struct LanguagesTests {
    private let german = Catalogue(.german)
    private let english = Catalogue(.english)

    /// The arguments that a sentence names, in the order of the alphabet, each once.
    private func arguments(of pattern: String?) -> [String] {
        var names: Set<String> = []
        var rest = (pattern ?? "")[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            names.insert(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names.sorted()
    }

    @Test(arguments: Key.allCases) func everyKeyHasASentenceInBothWithTheSameArguments(_ key: Key) throws {
        let said = try #require(German.sentence(key), "\(key) has no German sentence")
        #expect(!said.isEmpty)
        let same = english.pattern(key)
        #expect(!same.isEmpty)
        // A name stands once more in German where English has a pronoun; nothing is left out.
        #expect(arguments(of: said) == arguments(of: same))
        #expect(said.hasSuffix(" ") == same.hasSuffix(" "), "a prompt ends with a blank in both")
    }

    @Test func everyReasonIsInBothWithTheSameArguments() {
        #expect(Set(german.reasons) == Set(english.reasons))
        #expect(Set(german.reasons).count == german.reasons.count)
        for one in english.reasonTable {
            guard let other = german.reasonTable.first(where: { $0.reason == one.reason }) else { continue }
            #expect(arguments(of: one.sentence) == arguments(of: other.sentence), "\(one.reason)")
            #expect(arguments(of: one.advice) == arguments(of: other.advice), "\(one.reason)")
            #expect((one.advice == nil) == (other.advice == nil), "\(one.reason)")
        }
    }

    @Test func helpHasTheSameVerbsInTheSameOrder() {
        #expect(german.help.daily.map(\.verb) == english.help.daily.map(\.verb))
        #expect(german.help.daily.map(\.example) == english.help.daily.map(\.example))
        #expect(german.help.groups.map { $0.verbs.map(\.verb) } == english.help.groups.map { $0.verbs.map(\.verb) })
        #expect(german.help.notes.count == english.help.notes.count)
        #expect(english.help.notes.contains("As an argument: " + english.say(.helpArgument)))
        #expect(german.seeHelp(of: "pair") == "Siehe: mutual help pair")
        for page in [german.help, english.help] {
            let says = page.daily.map(\.says) + page.groups.flatMap { $0.verbs.map(\.says) } + page.groups.map(\.title)
            #expect(!says.contains(""))
            #expect(page.daily.allSatisfy { $0.says.count < 38 }, "a line of help fits a terminal")
        }
    }

    /// The commands that an advice names are the same in both.
    @Test func theSameCommandsAreNamed() {
        func commands(_ text: String) -> [String] {
            var found: Set<String> = []
            var words = text.split(separator: " ")[...]
            while let first = words.popFirst() {
                guard first == "mutual", let verb = words.first else { continue }
                found.insert(String(verb.prefix { $0.isLetter || $0 == "-" }))
            }
            return found.intersection(english.help.groups.flatMap { $0.verbs.map(\.verb) }).sorted()
        }
        for key in Key.allCases where key != .watchTakenOver {
            #expect(commands(english.pattern(key)) == commands(german.pattern(key)), "\(key)")
        }
    }

    /// Written as German is written, and said to a "du".
    @Test func germanIsWrittenAsGermanIs() {
        let sentences =
            Key.allCases.map { german.pattern($0) }
            + german.reasonTable.flatMap { [$0.sentence, $0.advice].compactMap { $0 } }
        for sentence in sentences {
            // What is typed at a shell keeps its plain quotes.
            if !sentence.contains("mutual note {who}") { #expect(!sentence.contains("\""), "\(sentence)") }
            #expect(sentence.filter { $0 == "„" }.count == sentence.filter { $0 == "“" }.count, "\(sentence)")
            for formal in ["Ihnen", "Ihre ", "Ihren", "Sie haben", "Sie sind", "können Sie", "haben Sie"] {
                if sentence != german.pattern(.whoamiWords) { #expect(!sentence.contains(formal), "\(sentence)") }
            }
        }
    }

    @Test func germanSentencesWordForWord() {
        let birch = ["name": "Birch"]
        #expect(german.say(.eventMutual, birch) == "Du und Birch seid einander jetzt ein Gegenüber.")
        #expect(german.say(.delivered, birch) == "Auf dem Gerät von Birch angekommen.")
        #expect(german.say(.waiting) == "Es wartet und geht auf den Weg, sobald eure Geräte sich treffen.")
        #expect(german.say(.nothingNew) == "Nichts Neues.")
        #expect(german.say(.theyTookBack, birch) == "Birch hat das zurückgenommen.")
        #expect(german.say(.theyTookBack) == "Jemand hat das zurückgenommen.")
        #expect(german.say(.pairTwoDevices).hasPrefix("Zwei Geräte hier bieten denselben Code an."))
        #expect(german.refusal("unknown-person", ["typed": "bi"]).sentence == "Hier heißt niemand „bi“.")
        #expect(german.refusal("no-such-reason").sentence == "Das geht hier nicht: no-such-reason.")
        #expect(
            german.refusal("asks-first", ["name": "Birch", "rule": "wants-listening"]).sentence
                == "Birch wünscht sich ein offenes Ohr. Das so senden?")
    }

    @Test func wordsOfTheCommandLineHaveNames() {
        #expect(german.kind("encourage") == "gutes Wort")
        #expect(english.kind("encourage") == "encourage")
        #expect(german.kind("kind-of-tomorrow") == "kind-of-tomorrow")
        #expect(german.state("waiting") == "wartet")
        #expect(english.state("taken-back") == "taken-back")
        #expect(german.want("listen") == "ein offenes Ohr")
        #expect(english.want("listen") == "listen")
    }

    @Test(
        arguments: [
            ("j", true), (" Ja ", true), ("y", true), ("yes", true), ("n", false), ("nein", false), ("no", false),
            ("jein", nil),
        ] as [(String, Bool?)]) func bothLanguagesAreUnderstoodInGerman(_ line: String, _ answer: Bool?)
    {
        #expect(german.answer(line, usually: false) == answer)
    }

    @Test func theUsualAnswerIsTheCapitalOne() {
        #expect(german.choice(usually: true) == "[J/n]")
        #expect(english.choice(usually: false) == "[y/N]")
        #expect(english.answer("j", usually: false) == nil)
        #expect(german.answer("", usually: true) == true)
    }
}

/// Which language a run speaks.
struct LanguageChoiceTests {
    private func chosen(_ settings: String?, _ environment: [String: String]) -> Language {
        Language.chosen(settings: settings) { environment[$0] }
    }

    @Test func theFirstThatSaysAnythingDecides() {
        let german = "language = \"de\"\n"
        #expect(chosen(nil, [:]) == .english)
        #expect(chosen(nil, ["LANG": "de_DE.UTF-8"]) == .german)
        #expect(chosen(nil, ["LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB"]) == .english)
        #expect(chosen(nil, ["LC_ALL": "C.UTF-8", "LC_MESSAGES": "de_AT", "LANG": "de_DE"]) == .english)
        #expect(chosen(german, ["LC_ALL": "en_US.UTF-8"]) == .german)
        #expect(chosen(german, ["MUTUAL_LANGUAGE": "en", "LANG": "de_DE"]) == .english)
        #expect(chosen("language = 'en'", ["MUTUAL_LANGUAGE": "de-AT"]) == .german)
        #expect(chosen(german, ["MUTUAL_LANGUAGE": "tlh"]) == .english)
    }

    @Test(
        arguments: [
            ("language = \"de\"", "de"), ("port = 1\n  language='de' # ours\n", "de"), ("\"language\" = \"de\"", "de"),
            ("# language = \"de\"", nil), ("[people]\nlanguage = \"de\"", nil), ("languages = \"de\"", nil),
            ("language = de", nil), ("language = \"de", nil), ("language", nil), ("", nil), ("language =", nil),
            ("port = 1\r\nlanguage = \"de\"\r\n", "de"),
        ] as [(String, String?)]) func theSettingIsFoundInTheFile(_ text: String, _ tag: String?)
    {
        #expect(Language.named(in: text) == tag)
    }

    @Test(
        arguments: [
            ("de", Language.german), ("de_DE.UTF-8@euro", .german), ("DE", .german), ("de-CH", .german),
            ("en_GB.UTF-8", .english), ("fr", nil), ("C", nil), ("POSIX", nil), ("", nil), ("_", nil),
        ] as [(String, Language?)]) func languagesAreKnownByTheirTags(_ tag: String, _ language: Language?)
    {
        #expect(Language(tag: tag) == language)
    }
}
