import MutualLanguage

/// `mutual help`: five verbs; `mutual help all`: the others; `mutual help VERB`: one.
enum Help {
    enum Topic {
        case first
        case all
        case verb(String)
    }

    static let daily: [(verb: String, says: String, example: String)] = [
        ("pair", "meet somebody beside you", "mutual pair"),
        ("checkin", "say how you are", "mutual checkin birch"),
        ("open", "read what came", "mutual open"),
        ("heard", "say back what you understood", "mutual heard k3f"),
        ("encourage", "a kind word", "mutual encourage birch"),
    ]

    static let groups: [(title: String, verbs: [(verb: String, says: String)])] = [
        (
            "beginning",
            [
                ("init", "make a home: mutual init --name Alder"), ("start", "start the daemon in the background"),
                ("stop", "end it"), ("status", "what it is doing"), ("whoami", "your id and its ten words"),
                ("doctor", "what keeps devices from meeting"),
            ]
        ),
        (
            "people",
            [
                ("pair", "meet somebody beside you"), ("add", "list somebody by their id: mutual add ID [NAME]"),
                ("people", "who is here"), ("rename", "another name, here only: mutual rename WHO NAME"),
                ("reach", "where their device is: mutual reach WHO ADDRESS[:PORT]"),
                ("part", "say goodbye: mutual part WHO [TEXT]"), ("remove", "unlist somebody without a word"),
                ("block", "be for somebody a machine that never knew them"), ("unblock", "end that"),
                ("pause", "be absent for everybody, as when this machine is off"), ("unpause", "come back"),
            ]
        ),
        (
            "give",
            [
                ("checkin", "say how you are: mutual checkin WHO [TEXT]"), ("note", "write: mutual note WHO [TEXT]"),
                ("heard", "say back what you understood: mutual heard ITEM [TEXT]"),
                ("encourage", "a kind word: mutual encourage WHO [TEXT]"),
                ("retract", "take back something of your own: mutual retract ITEM"),
            ]
        ),
        (
            "read",
            [
                ("inbox", "what came, a line each"), ("open", "read it: mutual open [ITEM|all]"),
                ("history", "what was said, both ways"), ("watch", "lines as they come"),
                ("outbox", "what waits, a line each"),
            ]
        ),
        ("scripts", [("rpc", "one call: mutual rpc METHOD [JSON]")]),
    ]

    /// Whether these arguments ask for help, and for which.
    static func asked(_ arguments: [String]) -> Topic? {
        let words = arguments.filter { $0 != "--json" && !$0.hasPrefix("--home") }
        switch words.first {
        case "--help", "-h": return .first
        case "help":
            guard words.count > 1 else { return .first }
            return words[1] == "all" ? .all : .verb(words[1])
        default: return nil
        }
    }

    static func show(_ topic: Topic) throws {
        switch topic {
        case .first:
            for line in daily { Console.say(row(line.verb, line.says, 34) + line.example) }
            Console.say("")
            Console.say(.helpEqual)
            Console.say(.purpose)
        case .all:
            for group in groups {
                Console.say(group.title)
                for line in group.verbs { Console.say(row(line.verb, line.says, 0)) }
            }
            Console.say("")
            Console.say("WHO is a name, several with commas, or all. ITEM is a handle such as k3f.")
            Console.say("TEXT is an argument, -, a pipe, --file FILE, --edit, or lines that you type.")
            Console.say("As an argument: " + Words.say(.helpArgument))
            Console.say("Every verb takes --home DIR and --json; those with an effect take --wait 30s and --key KEY.")
            Console.say("One verb: mutual help VERB")
            Console.say(.purpose)
        case .verb(let name):
            guard let command = Mutual.configuration.subcommands.first(where: { $0._commandName == name }) else {
                throw Failure(.usage, .unknownVerb, ["typed": name], advice: .unknownVerbAdvice)
            }
            Console.say(Mutual.helpMessage(for: command))
        }
    }

    /// Where to read about what was typed.
    static func advice(for arguments: [String]) -> String {
        let verb = arguments.first { word in
            Mutual.configuration.subcommands.contains { $0._commandName == word }
        }
        return verb.map { "See: mutual help \($0)" } ?? Words.say(.unknownVerbAdvice)
    }

    private static func row(_ verb: String, _ says: String, _ columns: Int) -> String {
        "  " + SafeText.padded(verb, columns: 12) + SafeText.padded(says, columns: columns)
    }
}
