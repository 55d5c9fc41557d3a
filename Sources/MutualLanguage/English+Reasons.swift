extension English {
    /// Reasons of refusals and faults: the fact first, then what could be done.
    static let reasons: [ReasonEntry] =
        people + ids + pairing + giving + calls + vault + machine + ownReasons + typedReasons

    private static let people: [ReasonEntry] = [
        ReasonEntry("unknown-person", "There is nobody here called \"{typed}\".", "See who is here: mutual people"),
        ReasonEntry(
            "ambiguous-person", "\"{typed}\" begins more than one name.", "Write more of the name that you mean."),
        ReasonEntry("unknown-item", "There is nothing here called \"{typed}\".", "See what is here: mutual inbox"),
        ReasonEntry("ambiguous-item", "\"{typed}\" begins more than one.", "Write more of the one that you mean."),
        ReasonEntry(
            "ambiguous-who-or-item", "\"{typed}\" is a person and something that was said.",
            "Write more of the one that you mean."),
        ReasonEntry(
            "name-in-use", "You know another {name}.",
            "Choose another name; for the same person on a new machine: mutual pair yes --same, or mutual replace"),
        ReasonEntry(
            "bad-name",
            "A name has 1 to 64 bytes, no comma, no line break or other control character, no blank at its ends, "
                + "and is not \"all\".",
            "Choose another name."),
        ReasonEntry("own-id", "This is your own id.", "Ask the other for theirs: they see it with mutual whoami"),
        ReasonEntry(
            "id-own", "This is your own id.", "Ask the other for theirs: they see it with mutual whoami"),
        ReasonEntry("already-listed", "{name} is listed already.", "See who is here: mutual people"),
        ReasonEntry(
            "nobody-mutual", "Nobody is a mutual of yours yet.", "Meet somebody beside you: mutual pair"),
        ReasonEntry(
            "blocked", "You blocked {name}.", "Unblock first: mutual unblock {who}"),
        ReasonEntry("person-blocked", "You blocked this person.", "Unblock first: mutual unblock"),
        ReasonEntry("not-blocked", "{name} is not blocked.", "See who is here: mutual people"),
        ReasonEntry(
            "not-mutual-yet", "{name} is not a mutual of yours yet, so there is nobody to say goodbye to.",
            "Unlist them without a word: mutual remove"),
        ReasonEntry(
            "replace-self", "{name} cannot take their own place.", "See who is here: mutual people"),
        ReasonEntry("until-passed", "This moment has passed.", "Say a later one: --until 22:00"),
        ReasonEntry(
            "bad-hours", "\"{typed}\" is no span of a day.", "Write two times that differ: --daily 22:00-07:00"),
        ReasonEntry("paused", "You are paused, and absent for everybody.", "Come back first: mutual unpause"),
        ReasonEntry(
            "bad-address", "\"{typed}\" is no address.",
            "Write an IP address, with a port if it is not 7747: 192.168.1.20 or [fe80::1]:7747"),
    ]

    private static let askForID = "Ask the other to send it again: they see it with mutual whoami"

    private static let ids: [ReasonEntry] = [
        ReasonEntry("id-character", "This id has a character that no id has.", askForID),
        ReasonEntry("id-case", "This id mixes capital and small letters.", "Write it all in small letters."),
        ReasonEntry("id-prefix", "This is no id: an id begins with mutual1.", askForID),
        ReasonEntry("id-checksum", "A letter of this id is wrong.", askForID),
        ReasonEntry("id-padding", "The end of this id is wrong.", askForID),
        ReasonEntry("id-length", "This id is too short or too long.", askForID),
        ReasonEntry("id-version", "This id is of a later version of Mutual.", "A newer Mutual can read it."),
        ReasonEntry("id-not-canonical", "This id is not written the way ids are.", askForID),
        ReasonEntry("id-low-order", "This id cannot be anybody's.", askForID),
    ]

    private static let pairing: [ReasonEntry] = [
        ReasonEntry(
            "code-shape", "\"{typed}\" is no code: a code is a number and two to four words, such as 7-tiger-lemon.",
            "Ask for it again."),
        ReasonEntry(
            "code-nameplate", "The number of a code is 1 to 99.", "Ask for the code again."),
        ReasonEntry(
            "code-word", "\"{word}\" is no word of a code. Nothing was sent, and the code is still good.",
            "Ask for the word again."),
        ReasonEntry("code-count", "A code has two, three or four words.", "Ask for it again."),
        ReasonEntry(
            "pairing-open", "A pairing is open already.",
            "Answer it with mutual pair yes or mutual pair no, or end the one in the other terminal with Ctrl-C."),
        ReasonEntry("no-pairing", "No pairing is open.", "Begin one: mutual pair"),
        ReasonEntry("pairing-not-open", "This pairing is not open any more.", "Begin another: mutual pair"),
        ReasonEntry(
            "pairing-answered", "This question is answered already, and otherwise.", "Begin another: mutual pair"),
        ReasonEntry("pairing-asked", "The question is open.", "Answer it: mutual pair yes, or mutual pair no"),
        ReasonEntry(
            "pairing-not-asked", "Nobody was found yet, so there is nothing to answer.",
            "Wait until the other device is found."),
    ]

    private static let giving: [ReasonEntry] = [
        ReasonEntry("to-missing", "It says nobody to give this to.", "Name somebody: see mutual people"),
        ReasonEntry(
            "text-missing", "This needs words of your own.",
            "Write them after the name, or pass them with -, a pipe or --file."),
        ReasonEntry("text-long", "This text is longer than 16,384 bytes.", "Send it in parts."),
        ReasonEntry(
            "text-control", "This text has control characters in it.",
            "Line breaks and tabs are fine; take the others out."),
        ReasonEntry(
            "item-text", "A text, a content note or a feeling word is too long.", "Shorten it, or send it in parts."),
        ReasonEntry(
            "item-control", "This text has control characters in it.",
            "Line breaks and tabs are fine; take the others out."),
        ReasonEntry(
            "item-missing", "This needs words of your own.",
            "Write them after the name, or pass them with -, a pipe or --file."),
        ReasonEntry(
            "item-many", "There are at most 12 feeling words.", "Put the rest into the text."),
        ReasonEntry("too-many", "There are at most {limit} feeling words.", "Put the rest into the text."),
        ReasonEntry("item-life", "A life is between 10 minutes and 90 days.", "Write it as 10m, 2h or 30d."),
        ReasonEntry("item-re", "This answers something that was said.", "Name it: see mutual inbox"),
        ReasonEntry("item-no-re", "This begins something of its own and answers nothing.", "Leave --re out."),
        ReasonEntry("item-auto", "A script cannot send this.", "Write it yourself at a terminal."),
        ReasonEntry("text-utf8", "This text is not UTF-8.", "Save it as UTF-8 and send it again."),
        ReasonEntry(
            "life-range", "A life is between 10 minutes and 90 days.", "Write it as 10m, 2h or 30d."),
        ReasonEntry("about-long", "A content note has at most 80 bytes.", "Shorten it."),
        ReasonEntry(
            "feeling-long", "A feeling word has at most 32 bytes, and there are at most 12 of them.",
            "Put the rest into the text."),
        ReasonEntry("answers-nothing", "This answers something that was said.", "Name it: see mutual inbox"),
        ReasonEntry(
            "answers-something", "This begins something of its own and answers nothing.", "Name a person: mutual people"
        ),
        ReasonEntry(
            "wrong-kind", "This cannot be an answer to that.", "Write a note: mutual note"),
        ReasonEntry(
            "only-the-others", "This answers what somebody else said, not your own words.",
            "Add to your own words with a note: mutual note"),
        ReasonEntry("only-your-own", "This is for your own words only.", "See what you said: mutual history --mine"),
        ReasonEntry("asks-first.wants-no-answer", "{name} asked for no answer. Send this?", "In a script: --anyway"),
        ReasonEntry(
            "asks-first.wants-listening", "{name} asked to be listened to. Send this?", "In a script: --anyway"),
        ReasonEntry("asks-first", "{name} may not want this now. Send this?", "In a script: --anyway"),
        ReasonEntry(
            "to-and-re-differ", "What this answers is shared with somebody else.",
            "Leave the name out: an answer goes to whom it answers."),
        ReasonEntry(
            "item-gone", "What this answers is gone, and so is the person whom it was shared with.",
            "See who is here: mutual people"),
        ReasonEntry(
            "ideas-not-asked", "{name} has not asked for ideas.",
            "You could ask: mutual note {who} \"Would ideas help?\""),
        ReasonEntry(
            "checkin-empty", "A check-in needs a text, --feel, --energy or --want.",
            "One of them is enough, such as --energy low."),
        ReasonEntry(
            "choice-missing", "It does not say how much room you have.", "Say it: yes, a-little or resting."),
        ReasonEntry(
            "outcome-missing", "It does not say what came of it.",
            "Say it: --outcome helped, partly, not-this-time or no-longer-needed"),
        ReasonEntry(
            "want-missing", "It does not say what you want now.",
            "Say it: listen, company, ideas, encouragement, celebrate or nothing."),
        ReasonEntry(
            "keep-own", "Your own words live as long as you say; the jar is for those of others.",
            "Say it when you send them: --life 90d"),
        ReasonEntry(
            "keep-kind", "This is not of a kind that can be kept: when it ends is its writer's.",
            "These can: heard, here, encourage, celebrate, cheer and learned."),
        ReasonEntry("keep-taken-back", "{name} took this back.", "See what you kept: mutual kept"),
        ReasonEntry(
            "keep-not", "{name} sent this as not to be kept.", "It stays until its time is over: mutual inbox"),
        ReasonEntry(
            "exchange-by-script", "An exchange comes from a person, and a script cannot send it.",
            "Write it yourself at a terminal."),
        ReasonEntry("closed", "{name} asks for no more ideas here.", "You could write: mutual note {who}"),
        ReasonEntry(
            "closed-yours", "You closed this already.", "You could write: mutual note {who}"),
        ReasonEntry(
            "not-open-to-ideas", "You have not asked for ideas here.", "You could ask {name}: mutual ask {who}"),
        ReasonEntry(
            "not-your-thread", "This idea was for {name}, who decides what is taken.",
            "You could build on it: mutual idea"),
        ReasonEntry("exchange-answered", "You answered this exchange already.", "It opens once both are there."),
        ReasonEntry(
            "exchange-begun", "{name}'s words are sealed already, so this exchange goes on.",
            "You can take your words back once both are there."),
        ReasonEntry(
            "exchange-over", "The time of this exchange is over.", "You could propose another: mutual exchange"),
        ReasonEntry("topic-long", "A topic has at most 200 bytes.", "Shorten it."),
        ReasonEntry(
            "exchange-topic", "An exchange needs a topic.", "Write it behind the name, in quotes."),
        ReasonEntry(
            "several", "This goes to {names}.", "In a script: --yes"),
    ]

    private static let calls: [ReasonEntry] = [
        ReasonEntry(
            "key-conflict", "This --key was used for something else.", "Use another one, or leave it out."),
        ReasonEntry("bad-key", "A key has 1 to 64 characters.", "Choose another one, such as --key goodnight."),
        ReasonEntry("not-open-yet", "This is not opened yet.", "Open it: mutual open"),
        ReasonEntry("locked", "Mutual is locked.", "Unlock it: mutual unlock"),
        ReasonEntry("busy", "Too much waits to be answered at once.", "Wait a moment and do it again."),
        ReasonEntry("shutting-down", "Mutual is ending.", "Start it again: mutual start"),
        ReasonEntry("stopping", "Mutual is ending.", "Start it again: mutual start"),
    ]

    private static let vault: [ReasonEntry] = [
        ReasonEntry("wrong-passphrase", "This is not the passphrase.", "Try it again."),
        ReasonEntry("passphrase-needed", "The passphrase until now is needed.", "Give it as well."),
        ReasonEntry("passphrase-length", "A passphrase has 8 to 1,024 bytes.", "Choose a longer or shorter one."),
        ReasonEntry(
            "passphrase-characters", "A passphrase is UTF-8 and has no control characters.", "Choose another one."),
        ReasonEntry(
            "passphrase-hidden", "This passphrase is written in a way that is not taken.",
            "Write the names in the request without escapes."),
        ReasonEntry("no-passphrase", "This home has no passphrase.", "Set one first: mutual passphrase"),
        ReasonEntry("vault-busy", "Something else is being done with the vault.", "Wait a moment and do it again."),
        ReasonEntry("file-exists", "There is a file of that name already.", "Choose another name."),
        ReasonEntry("file-unwritable", "The file cannot be written there.", "Choose another place."),
        ReasonEntry("file-disk-full", "The disk that the file goes to is full.", "Make room or choose another place."),
        ReasonEntry("no-memory", "There is not enough memory for this.", "End something else and do it again."),
    ]

    private static let machine: [ReasonEntry] = [
        ReasonEntry(
            "disk-full", "The disk is full, so nothing was stored.", "Make room and do it again: df -h"),
        ReasonEntry(
            "read-only", "Mutual cannot write to its home, so nothing was stored.",
            "Let it write there again (chmod -R u+w), or mount its disk for writing."),
        ReasonEntry(
            "io", "The disk did not take or give what was asked, so nothing was stored.",
            "See whether it is full or failing: df -h, then dmesg"),
        ReasonEntry(
            "internal", "Mutual made a mistake of its own.", "See what it says in the log of its home: mutuald.log"),
        ReasonEntry("damaged", "The store is damaged.", "Put a copy of the home back, or import one: mutual import"),
    ]
}
