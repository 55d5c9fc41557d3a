/// What a person has for themself, in English.
extension English {
    static func own(_ key: Key) -> String? {
        switch key {
        case .feelingsStart: "Words to begin with. Make the list your own: mutual feelings --edit"
        case .feelingsEmpty: "Your list is empty. Put a word on it: mutual feelings --add WORD"
        case .feelingsKept: "Your list is kept. It stays on this machine."
        case .feelingsAbsent: "\"{typed}\" is not on your list."
        case .ownWays: "Do one thing at a time: show, change or replace."
        case .nothingChanged: "Nothing was changed."
        case .planStart: "Your page is not written yet. It could begin like this; write it with mutual plan --edit"
        case .planOwn: "Your own page. It stays on this machine unless you share it: mutual plan share WHO"
        case .planKept: "Your page is kept on this machine. What you shared before stays as it was."
        case .planCleared: "Your page is empty now. What you shared before stays as it was."
        case .planUsage: "Write mutual plan, mutual plan share WHO or mutual plan unshare WHO."
        case .planNotShared: "Your page is not shared with {names}."
        case .planTheirs: "{name} shares a page of their own with you:"
        case .planYours: "You share your page with {name}:"
        case .nudgesOff: "No nudges. Choose a time: mutual nudges --at 21:30"
        case .nudgesAt: "Every day at {time}: a moment for yourself. Only this machine knows."
        case .nudgesKindWord:
            "When a check-in of yours says that your energy is low: a kind word that you kept. Only this machine knows."
        case .nudgeMoment: "A moment for yourself?"
        case .nudgeKindWord: "A kind word that you kept:"
        case .badTimeOfDay: "\"{typed}\" is no time of the day: write it as 08:30 or 21:30, or off."
        case .lookbackEmpty: "Nothing to look back on here: a check-in stands here as long as it lives."
        case .lookbackTitle: "Looking back"
        case .lookbackIntro:
            "Your own check-ins, as long as they live. Nobody else has this page unless you give it to them."
        case .lookbackMonths: "Months"
        case .lookbackWritten:
            "Written to {path}, for you only. It is not sealed, and stays when its words are over here."
        case .lookbackExists: "{path} is there already. Write over it?"
        case .lookbackExistsScript: "{path} is there already: write over it with --yes."
        case .fileUnwritable: "{path} cannot be written."
        default: nil
        }
    }

    static let ownReasons: [ReasonEntry] = [
        ReasonEntry("feelings-many", "Your list has at most 200 words.", "Take one off: mutual feelings --remove WORD"),
        ReasonEntry("feelings-long", "A feeling word has at most 32 bytes.", "Put the rest into the text."),
        ReasonEntry(
            "feelings-word", "A feeling word has no comma, no control character and no blank at its ends.",
            "Write the words with commas between them, or a line each."),
        ReasonEntry("plan-empty", "Your page is not written yet.", "Write it first: mutual plan --edit"),
        ReasonEntry("plan-title", "A heading is one line of at most 200 bytes.", "Put the rest below it."),
        ReasonEntry("plan-many", "A page has at most 20 sections.", "Join some of them."),
        ReasonEntry("plan-long", "A page has at most about 64,000 bytes in all.", "Shorten it."),
        ReasonEntry("bad-time", "\"{typed}\" is no time of the day.", "Write it as 08:30 or 21:30."),
    ]
}
