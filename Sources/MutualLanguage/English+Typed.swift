extension English {
    /// What was typed and does not fit: of the parser, and of the parameters of a call.
    static let typedReasons: [ReasonEntry] = [
        ReasonEntry(
            "usage-missing", "{argument} is missing.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "usage-value-missing", "{flag} needs a value behind it.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "usage-option", "There is no option {flag} here.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "usage-extra", "\"{typed}\" is one word too many here.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "usage-value", "\"{typed}\" is no value for {flag}.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "usage-flag", "{flag} takes no value.", "See how it is typed: mutual help all"),
        ReasonEntry(
            "parameter-limit", "A page has 1 to 200 lines.", "Write it as --limit 20."),
        ReasonEntry(
            "parameter-before", "\"{typed}\" is no handle.", "Name what the page ends before: mutual history"),
        ReasonEntry(
            "parameter-kind", "\"{typed}\" is no kind.",
            "One of: note, checkin, heard, relate, here, encourage, celebrate, cheer, ask, idea, take, close, learned, want, exchange, room or plan."
        ),
        ReasonEntry(
            "parameter-want", "\"{typed}\" is nothing that can be wanted here.",
            "Say it: listen, company, ideas, encouragement, celebrate or nothing."),
        ReasonEntry(
            "parameter-energy", "\"{typed}\" is no word for energy here.", "Say it: low, some or high."),
        ReasonEntry(
            "parameter-outcome", "\"{typed}\" does not say what came of it.",
            "Say it: --outcome helped, partly, not-this-time or no-longer-needed"),
        ReasonEntry(
            "parameter-have", "\"{typed}\" does not say how much room you have.", "Say it: yes, a-little or resting."),
        ReasonEntry(
            "parameter-text", "This has no words of its own.", "To write: mutual note"),
        ReasonEntry(
            "parameter-looked-for", "What you look for has 1 to 200 bytes and is not all blanks.",
            "Write a part of it: mutual search tea"),
        ReasonEntry(
            "parameter-consumer", "The name of a consumer has 1 to 64 characters.",
            "Choose another one, such as --consumer lamp."),
        ReasonEntry(
            "parameter-words", "A code has two, three or four words.", "Choose it: --words 3"),
    ]
}
