extension English {
    static let help = HelpPage(
        daily: [
            .init("pair", "meet somebody beside you", "mutual pair"),
            .init("checkin", "say how you are", "mutual checkin birch"),
            .init("open", "read what came", "mutual open"),
            .init("heard", "say back what you understood", "mutual heard k3f"),
            .init("encourage", "a kind word", "mutual encourage birch"),
        ],
        groups: [
            .init(
                "beginning",
                [
                    .init("init", "make a home: mutual init --name Alder"),
                    .init("start", "start the daemon in the background"), .init("stop", "end it"),
                    .init("status", "what it is doing"), .init("whoami", "your id and its ten words"),
                    .init("doctor", "what keeps devices from meeting"),
                ]),
            .init(
                "people",
                [
                    .init("pair", "meet somebody beside you"),
                    .init("add", "list somebody by their id: mutual add ID [NAME]"), .init("people", "who is here"),
                    .init("rename", "another name, here only: mutual rename WHO NAME"),
                    .init("reach", "where their device is: mutual reach WHO ADDRESS[:PORT]"),
                    .init("replace", "the same person on a new machine: mutual replace OLD NEW"),
                    .init("part", "say goodbye: mutual part WHO [TEXT]"),
                    .init("remove", "unlist somebody without a word"),
                    .init("block", "be for somebody a machine that never knew them"), .init("unblock", "end that"),
                    .init("quiet", "let what comes wait without a notice: mutual quiet --daily 22:00-07:00"),
                    .init("pause", "be absent for everybody, as when this machine is off"),
                    .init("unpause", "come back"),
                ]),
            .init(
                "give",
                [
                    .init("checkin", "say how you are: mutual checkin WHO [TEXT]"),
                    .init("note", "write: mutual note WHO [TEXT]"),
                    .init("heard", "say back what you understood: mutual heard ITEM [TEXT]"),
                    .init("relate", "I know this too: mutual relate ITEM TEXT"),
                    .init("here", "I am here: mutual here WHO"),
                    .init("encourage", "a kind word: mutual encourage WHO [TEXT]"),
                    .init("celebrate", "a success, yours or theirs: mutual celebrate WHO [TEXT] [--yours]"),
                    .init("cheer", "be glad with somebody: mutual cheer ITEM [TEXT]"),
                    .init("ask", "ask for ideas: mutual ask WHO [TEXT]"),
                    .init("idea", "an idea where it is asked for: mutual idea ITEM [TEXT]"),
                    .init("take", "take an idea with you: mutual take ITEM"),
                    .init("close", "what came of it: mutual close ITEM --outcome partly"),
                    .init("learned", "what you take from somebody: mutual learned ITEM [TEXT]"),
                    .init("want", "what you want now: mutual want ITEM ideas"),
                    .init("exchange", "both write, both open together: mutual exchange WHO TOPIC"),
                    .init("room", "how much room you have: mutual room resting --for 3h"),
                    .init("retract", "take back something of your own: mutual retract ITEM"),
                ]),
            .init(
                "read",
                [
                    .init("inbox", "what came, a line each"), .init("open", "read it: mutual open [ITEM|all]"),
                    .init("history", "what was said, both ways"), .init("watch", "lines as they come"),
                    .init("thread", "an ask with its ideas, or what was said back: mutual thread ITEM"),
                    .init("search", "find it again: mutual search TEXT"),
                    .init("chat", "write and answer, line by line: mutual chat WHO"),
                    .init("keep", "a kind word, beyond its time: mutual keep ITEM"),
                    .init("kept", "the kind words that you kept"),
                    .init("outbox", "what waits, a line each"),
                ]),
            .init(
                "my own",
                [
                    .init("feelings", "your own words for how you are"),
                    .init("plan", "your own page: mutual plan --edit, mutual plan share WHO"),
                    .init("nudges", "what you are reminded of, off until you say so"),
                    .init("lookback", "your own check-ins, by day"),
                ]),
            .init(
                "keep safe",
                [
                    .init("passphrase", "set or change it: who takes the disk reads nothing"),
                    .init("unlock", "open this home with it"), .init("lock", "forget all keys until then"),
                    .init("export", "everything in one sealed file: mutual export FILE"),
                    .init("import", "a home made of it, on another machine: mutual import FILE"),
                    .init("wipe", "take everything here away for good"),
                ]),
            .init("scripts", [.init("rpc", "one call: mutual rpc METHOD [JSON]")]),
        ],
        notes: [
            "WHO is a name, several with commas, or all. ITEM is a handle such as k3f.",
            "TEXT is an argument, -, a pipe, --file FILE, --edit, or lines that you type.",
            "As an argument: {argument}",
            "Every verb takes --home DIR and --json; those with an effect take --wait 30s and --key KEY.",
            "One verb: mutual help VERB",
        ],
        see: "See: mutual help {verb}")
}
