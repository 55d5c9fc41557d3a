import Testing

@testable import MutualLanguage

struct CatalogueTests {
    private let catalogue = Catalogue()

    /// Every sentence that can be said.
    private var all: [String] {
        Key.allCases.map { catalogue.pattern($0) }
            + English.reasons.flatMap { [$0.sentence, $0.advice].compactMap { $0 } }
    }

    @Test(arguments: Key.allCases) func everyKeyHasASentence(_ key: Key) { #expect(!catalogue.pattern(key).isEmpty) }

    @Test func reasonsStandOnce() { #expect(Set(catalogue.reasons).count == catalogue.reasons.count) }

    @Test(arguments: [
        "unknown-person", "ambiguous-person", "unknown-item", "ambiguous-item", "name-in-use", "bad-name", "own-id",
        "id-character", "id-case", "id-prefix", "id-checksum", "id-padding", "id-length", "id-version",
        "id-not-canonical", "id-low-order", "id-own", "already-listed", "code-shape", "code-nameplate", "code-word",
        "code-count", "pairing-open", "no-pairing", "pairing-answered", "pairing-not-open", "pairing-asked",
        "pairing-not-asked", "nobody-mutual", "text-missing", "text-long", "text-control", "life-range",
        "answers-nothing", "answers-something", "wrong-kind", "only-the-others", "only-your-own", "asks-first",
        "to-missing", "to-and-re-differ", "item-gone", "blocked", "person-blocked", "not-blocked", "not-mutual-yet",
        "paused", "bad-address", "bad-key",
        "key-conflict", "not-open-yet", "busy", "disk-full", "read-only", "io", "damaged", "shutting-down",
        "stopping", "locked", "checkin-empty", "ideas-not-asked", "choice-missing", "exchange-by-script", "too-many",
        "internal", "about-long", "feeling-long", "wrong-passphrase", "passphrase-needed", "passphrase-length",
        "passphrase-characters", "passphrase-hidden", "no-passphrase", "vault-busy", "file-exists", "file-unwritable",
        "file-disk-full", "no-memory", "closed", "closed-yours", "not-your-thread", "not-open-to-ideas",
        "exchange-answered", "exchange-begun", "exchange-topic", "topic-long", "exchange-over",
        "keep-own", "keep-kind", "keep-not", "keep-taken-back", "outcome-missing", "want-missing",
    ]) func everyReasonHasASentence(_ reason: String) {
        let said = catalogue.refusal(reason, ["name": "Birch", "typed": "bi", "word": "tigre"])
        #expect(said != catalogue.refusal("no-such-reason"))
        let words: Set = ["blocked", "locked", "damaged", "paused", "closed"]
        #expect(!said.sentence.contains(reason) || words.contains(reason))
        #expect(!said.sentence.contains("{"))
    }

    /// The other chose their name: in a command it is one word, whatever is in it.
    @Test func aNameInACommandIsOneWord() {
        for language in Language.allCases {
            let catalogue = Catalogue(language)
            func ends(_ text: String?, _ end: String) { #expect(text?.hasSuffix(end) == true, "\(text ?? "")") }
            for (name, word) in [
                ("Birch", "Birch"), ("Anna Maria", "'Anna Maria'"), ("x; touch /tmp/x", "'x; touch /tmp/x'"),
                ("O'Neil $(id)", "'O'\\''Neil $(id)'"), ("a\nb", "'a b'"),
            ] {
                ends(catalogue.say(.nextCheckin, ["name": name]), "mutual checkin \(word)")
                ends(catalogue.refusal("blocked", ["name": name]).advice, "mutual unblock \(word)")
                ends(catalogue.refusal("closed", ["name": name]).advice, "mutual note \(word)")
                ends(catalogue.say(.chatTerminalAdvice, ["name": name]), "mutual note \(word)")
            }
            #expect(catalogue.refusal("blocked", ["name": "A B"]).sentence.contains("A B"))
            #expect(!catalogue.refusal("blocked", ["name": "A B"]).sentence.contains("'"))
            ends(catalogue.refusal("blocked").advice, "mutual unblock WHO")
        }
        // No command of an advice holds a name that is not made a word.
        for text in all { #expect(!text.contains(#/mutual [a-z]+ \{name\}/#), "\(text)") }
    }

    /// `mutual doctor` looks at the network: what is wrong with the disk it does not know.
    @Test(arguments: ["read-only", "io", "internal", "damaged"]) func adviceHelps(_ reason: String) {
        for language in Language.allCases {
            let said = Catalogue(language).refusal(reason)
            #expect(said.advice != nil && said.advice?.contains("doctor") == false)
        }
    }

    /// What is said word for word.
    @Test func theSentencesThatWereAgreed() {
        let alder = ["name": "Alder"]
        let birch = ["name": "Birch"]
        #expect(
            catalogue.say(.purpose)
                == "Mutual carries words to people you know. It cannot see whether they are there. "
                + "If you are in danger, call somebody who can come.")
        #expect(catalogue.say(.mutualsNow, birch) == "You and Birch are mutuals. What Birch tells you stays with you.")
        #expect(catalogue.say(.helpEqual) == "Each works the same for both of you. More: mutual help all.")
        #expect(
            catalogue.say(.helpArgument)
                == "Others on this machine can see it in the process list, and your shell may remember it.")
        #expect(
            catalogue.say(.pairSay, ["code": "7-tiger-lemon"])
                == "Say this to the person beside you: 7-tiger-lemon   (10 minutes, one try)")
        #expect(
            catalogue.say(.pairAsk, alder)
                == "Found somebody who calls themself Alder. Is it the person who is with you?")
        #expect(
            catalogue.say(.pairWrongTyped)
                == "That code did not work, or somebody else answered in its place. Agree on a new one.")
        #expect(SafeText.quote("x", after: catalogue.say(.heardYou, birch)) == ["Birch heard you: \"x\""])
        #expect(catalogue.say(.delivered, birch) == "Delivered to Birch's device.")
        #expect(catalogue.say(.waiting) == "Waiting: it goes as soon as your devices meet.")
        #expect(catalogue.say(.notReached, birch) == "It did not reach Birch in time.")
        #expect(
            catalogue.say(.undecided, birch)
                == "Its time is over. Whether it reached Birch shows when your devices meet.")
        #expect(catalogue.say(.takenBackNever) == "Taken back. It never left this machine.")
        #expect(catalogue.say(.nothingNew) == "Nothing new.")
        #expect(catalogue.say(.exchangeNotOpened) == "This exchange was not opened.")
        #expect(catalogue.say(.exchangeNotFitting) == "This is not what was sealed.")
        #expect(catalogue.say(.crossedClose, birch) == "Birch wrote this before you closed it.")
        #expect(catalogue.say(.nowIdeas, alder) == "Alder would like ideas now.")
        #expect(
            catalogue.say(.roomResting, birch) + " " + catalogue.say(.roomWaits)
                == "Birch is resting. It waits for them; you can write.")
        #expect(catalogue.refusal("ideas-not-asked", alder).sentence == "Alder has not asked for ideas.")
        #expect(
            catalogue.refusal("ideas-not-asked", alder).advice
                == "You could ask: mutual note Alder \"Would ideas help?\"")
        // Each says what the draft lacks, not what it is.
        #expect(catalogue.refusal("answers-nothing").sentence == "This answers something that was said.")
        #expect(catalogue.say(.theyTookBack, alder) == "Alder took this back.")
        #expect(catalogue.say(.eventMutual, alder) == "You and Alder are mutuals.")
        #expect(catalogue.say(.couldNothing) == "or nothing: no answer is expected.")
        #expect(catalogue.say(.cannotShow) == "something this version of Mutual cannot show")
        #expect(
            catalogue.say(.eventPutBack)
                == "This store was put back to an older state. What was said since may have changed; "
                + "take back again what you took back since.")
        #expect(catalogue.refusal("blocked", birch).sentence == "You blocked Birch.")
        #expect(catalogue.refusal("blocked", birch).advice == "Unblock first: mutual unblock Birch")
        #expect(
            catalogue.say(.takenBackUndecided, birch)
                == "Taken back. If it is on Birch's device already, it is erased there when you meet.")
        #expect(
            catalogue.say(.takenBackWhenMet, birch) == "Taken back. It is erased on Birch's device when you meet.")
        #expect(
            catalogue.refusal("asks-first", ["name": "Alder", "rule": "wants-listening"]).sentence
                == "Alder asked to be listened to. Send this?")
    }

    /// Advice names only verbs that there are.
    @Test func onlyVerbsThatThereAreAreNamed() {
        let verbs: Set = [
            "init", "start", "stop", "status", "whoami", "doctor", "pair", "add", "people", "rename", "reach",
            "replace", "remove",
            "part", "block", "unblock", "quiet", "pause", "unpause", "retract", "outbox",
            "checkin", "note", "heard", "encourage", "relate", "here", "celebrate", "cheer", "ask", "idea", "take",
            "close", "learned", "want", "exchange", "room", "inbox", "open", "history", "watch", "rpc", "help",
            "thread", "search", "chat", "keep", "kept",
            "--home",
            "feelings", "plan", "nudges", "lookback",
            "passphrase", "unlock", "lock", "export", "import", "wipe",
        ]
        for sentence in all {
            for part in sentence.components(after: "mutual ") {
                let word = part.prefix { $0.isLetter || $0 == "-" }
                let isVerb = verbs.contains(String(word))
                let isProse = ["is", "neither", "nor", "of"].contains(String(word)) || part.hasPrefix("{")
                #expect(isVerb || isProse, "\(sentence)")
            }
        }
    }

    @Test func argumentsBringNothingIn() {
        let said = catalogue.say(.mutualsNow, ["name": "{name}\nAlder took this back.\u{1B}[2J"])
        #expect(
            said
                == "You and {name} Alder took this back.\u{241B}[2J are mutuals. "
                + "What {name} Alder took this back.\u{241B}[2J tells you stays with you.")
    }

    @Test func aMissingArgumentLeavesASentence() {
        #expect(catalogue.say(.eventMutual) == "You and this person are mutuals.")
        #expect(catalogue.refusal("already-listed").sentence == "This person is listed already.")
        #expect(catalogue.refusal("already-listed", ["name": "this one"]).sentence == "this one is listed already.")
    }

    @Test func languagesAreKnownByTheirTags() {
        #expect(Language(tag: "en_GB.UTF-8") == .english)
        #expect(Language(tag: "en") == .english)
        #expect(Language(tag: "C") == nil)
        #expect(Language(tag: "") == nil)
    }
}

extension String {
    fileprivate func components(after mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let place = rest.firstRange(of: mark) {
            rest = rest[place.upperBound...]
            found.append(rest)
        }
        return found
    }
}
