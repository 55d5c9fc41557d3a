import MutualLanguage

/// `mutual help`: five verbs; `mutual help all`: the others; `mutual help VERB`: one.
enum Help {
    enum Topic {
        case first
        case all
        case verb(String)
    }

    /// Its lines stand in the catalogue, as all sentences do.
    static var daily: [HelpPage.Line] { Words.catalogue.help.daily }
    static var groups: [HelpPage.Group] { Words.catalogue.help.groups }

    /// Whether these arguments ask for help, and for which.
    static func asked(_ arguments: [String]) -> Topic? {
        let words = arguments.filter { $0 != "--json" && !$0.hasPrefix("--home") }
        switch words.first {
        case "--help", "-h": return .first
        case "help":
            guard words.count > 1 else { return .first }
            return words[1] == "all" ? .all : .verb(words[1])
        default: return verbAsked(words)
        }
    }

    /// `mutual VERB --help`; what follows `--` or `--each` is somebody's words or another program's.
    private static func verbAsked(_ words: [String]) -> Topic? {
        guard let verb = words.first, Mutual.configuration.subcommands.contains(where: { $0._commandName == verb })
        else { return nil }
        let own = words.prefix { $0 != "--" && $0 != "--each" }
        return own.contains("--help") || own.contains("-h") ? .verb(verb) : nil
    }

    static func show(_ topic: Topic) throws {
        switch topic {
        case .first:
            let columns = 2 + (daily.map { SafeText.width($0.says) }.max() ?? 0)
            let whole = daily.map { row($0.verb, $0.says, max(34, columns)) + $0.example }
            let isNarrow = Console.columns.map { width in whole.contains { SafeText.width($0) > width } } ?? false
            for (line, whole) in zip(daily, whole) {
                guard isNarrow else { Console.say(whole); continue }
                Console.fold(row(line.verb, line.says, 0))
                Console.fold("    " + line.example)
            }
            Console.say("")
            Console.say(.helpEqual)
            Console.say(.purpose)
        case .all:
            for group in groups {
                Console.say(group.title)
                for line in group.verbs { Console.fold(row(line.verb, line.says, 0)) }
            }
            Console.say("")
            for note in Words.catalogue.help.notes { Console.fold(note) }
            Console.say(.purpose)
        case .verb(let name):
            guard let command = Mutual.configuration.subcommands.first(where: { $0._commandName == name }) else {
                throw Failure(.usage, .unknownVerb, ["typed": name], advice: .unknownVerbAdvice)
            }
            Console.say(page(of: command, columns: Console.columns))
        }
    }

    /// Where to read about what was typed.
    static func advice(for arguments: [String]) -> String {
        let verb = arguments.first { word in
            Mutual.configuration.subcommands.contains { $0._commandName == word }
        }
        return verb.map { Words.catalogue.seeHelp(of: $0) } ?? Words.say(.unknownVerbAdvice)
    }

    private static func row(_ verb: String, _ says: String, _ columns: Int) -> String {
        "  " + SafeText.padded(verb, columns: 12) + SafeText.padded(says, columns: columns)
    }
}
