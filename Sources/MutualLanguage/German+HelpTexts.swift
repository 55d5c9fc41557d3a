extension German {
    /// What the help of each verb says, by what it says in English: there it stands with the verb itself.
    static let helpTexts: [String: String] = verbTexts.merging(longTexts) { $1 }.merging(argumentTexts) { $1 }

    /// What each verb does.
    private static let verbTexts: [String: String] = [
        "Peer support between people who are near each other.":
            "Gegenseitiger Beistand zwischen Menschen, die einander nahe sind.",
        "Make a home with an identity of its own.": "Legt einen Ordner mit einer eigenen Kennung an.",
        "Start the daemon in the background.": "Startet den Dienst im Hintergrund.",
        "End the daemon.": "Beendet den Dienst.",
        "Say what the daemon is doing.": "Sagt, was der Dienst gerade tut.",
        "Show your id and its ten words.": "Zeigt deine Kennung und ihre zehn Wörter.",
        "Look for what keeps devices from meeting.": "Sucht, was Geräte daran hindert, sich zu treffen.",
        "Meet somebody beside you.": "Verbindet dich mit jemandem neben dir.",
        "List somebody by their id.": "Trägt jemanden mit der Kennung ein.",
        "Show who is here.": "Zeigt, wer hier ist.",
        "Give somebody another name, here only.": "Gibt jemandem einen anderen Namen, nur hier.",
        "Remember where somebody's device is, and try it.":
            "Merkt sich, wo das Gerät von jemandem ist, und ruft dort an.",
        "Let somebody on a new machine take the place of their old one.":
            "Lässt jemanden am neuen Gerät den Platz des alten einnehmen.",
        "Say goodbye to somebody and unlist them.": "Nimmt Abschied von jemandem und trägt die Person aus.",
        "Unlist somebody without a word.": "Trägt jemanden ohne ein Wort aus.",
        "Become for somebody a machine that never knew them; they are not told.":
            "Macht dich für jemanden zu einem Rechner, der fremd ist; gesagt wird es niemandem.",
        "End a block; what waits goes when you meet.": "Hebt das auf; was wartet, geht, wenn ihr euch trefft.",
        "Let what comes wait without a notice; the others are not told.":
            "Lässt ohne Meldung warten, was kommt; den anderen wird nichts gesagt.",
        "Be absent for everybody, as when this machine is off; writing works and waits.":
            "Macht dich für alle abwesend, wie ausgeschaltet; schreiben geht, und es wartet.",
        "Come back from a pause.": "Bringt dich aus einer Pause zurück.",
        "Say how you are.": "Sagt, wie es dir geht.",
        "Write to somebody, or answer something.": "Schreibt an jemanden oder antwortet auf etwas.",
        "Say back what you understood.": "Gibt zurück, was du verstanden hast.",
        "Say that you know this too, in words of your own.": "Sagt mit deinen Worten, dass du das auch kennst.",
        "Say that you are here.": "Sagt, dass du hier bist.",
        "Send a kind word.": "Sendet ein gutes Wort.",
        "Celebrate something of yours, or of theirs.": "Teilt einen Grund zur Freude, deinen oder den anderen.",
        "Be glad with somebody.": "Freut sich mit jemandem.",
        "Ask for ideas.": "Bittet um Ideen.",
        "Offer an idea where ideas are asked for, or build on one.":
            "Bietet eine Idee an, wo um Ideen gebeten ist, oder baut auf einer auf.",
        "Take an idea with you.": "Nimmt eine Idee mit.",
        "Close what you asked, and say what came of it.":
            "Schließt ab, was du gefragt hast, und sagt, was daraus wurde.",
        "Say what you take from somebody.": "Sagt, was du von jemandem mitnimmst.",
        "Say what you want now, of a check-in or note of your own.":
            "Sagt zu einem Check-in oder einer Nachricht von dir, was du jetzt möchtest.",
        "Propose an exchange, answer one, or let it pass.":
            "Schlägt einen Austausch vor, antwortet auf einen oder lässt ihn vorbeigehen.",
        "Say how much room you have; it ends by itself.": "Sagt, wie viel Raum du hast; es endet von selbst.",
        "Take back something of your own.": "Nimmt etwas Eigenes zurück.",
        "Show what came, a line each, newest last.": "Zeigt, was gekommen ist, je eine Zeile, das Neueste unten.",
        "Read what came.": "Öffnet, was gekommen ist.",
        "Show what was said, both ways, newest last.": "Zeigt, was ihr einander gesagt habt, das Neueste unten.",
        "Show an ask with its ideas, or anything with what was said back.":
            "Zeigt eine Frage mit ihren Ideen, oder irgendetwas mit dem, was darauf gesagt wurde.",
        "Find what was said, both ways, without regard to case.":
            "Findet, was ihr einander gesagt habt, ob groß oder klein geschrieben.",
        "Write and answer, line by line.": "Schreiben und antworten, Zeile für Zeile.",
        "Keep a kind word beyond its time.": "Hebt ein gutes Wort über seine Zeit hinaus auf.",
        "Show the kind words that you kept.": "Zeigt die guten Worte, die du aufgehoben hast.",
        "Show what comes, as it comes; marks nothing.": "Zeigt, was kommt, sobald es kommt; markiert nichts.",
        "Show what waits, or of which nobody knows yet whether it arrived, a line each.":
            "Zeigt, was wartet oder wovon noch niemand weiß, ob es ankam, je eine Zeile.",
        "Your own words for how you are, in the order that you give them.":
            "Deine eigenen Wörter dafür, wie es dir geht, in der Ordnung, die du ihnen gibst.",
        "Your own page: what does you good, and places to turn to.":
            "Deine eigene Seite: was dir guttut, und Stellen, an die du dich wenden kannst.",
        "What you are reminded of: off until you say so, and known to this machine only.":
            "Woran du erinnert wirst: aus, bis du es sagst, und nur diesem Rechner bekannt.",
        "Look back on your own check-ins, by day, as long as they live.":
            "Schaut auf deine eigenen Check-ins zurück, nach Tagen, solange sie leben.",
        "Set or change the passphrase of this home.": "Setzt oder ändert die Passphrase dieses Ordners.",
        "Open a locked home with its passphrase.": "Öffnet einen gesperrten Ordner mit seiner Passphrase.",
        "Forget all keys until the passphrase is given again.":
            "Vergisst alle Schlüssel, bis die Passphrase wieder da ist.",
        "Write everything into one sealed file, for another machine.":
            "Schreibt alles in eine versiegelte Datei, für einen anderen Rechner.",
        "Make a home of an exported one.": "Macht aus einem exportierten Ordner einen hier.",
        "Take everything in this home away for good.": "Nimmt alles in diesem Ordner für immer weg.",
        "One call of the control interface; the result is JSON on stdout.":
            "Ein Aufruf der Steuerschnittstelle; das Ergebnis ist JSON auf stdout.",
    ]

    /// What is said of a verb besides.
    private static let longTexts: [String: String] = [
        """
        mutual pair                 offer a code, and say it to the person beside you
        mutual pair 7-tiger-lemon   type the code that they say
        mutual pair yes             answer the open question; or: mutual pair no
        """: """
        mutual pair                 bietet einen Code an; sag ihn der Person neben dir
        mutual pair 7-tiger-lemon   gibt den Code ein, den sie sagt
        mutual pair yes             beantwortet die offene Frage; oder: mutual pair no
        """,
        """
        Both are listed here. NEW gets the name of OLD; OLD is unlisted without a word, and what waited for it is
        taken back. Only you can know that they are the same: ask them by voice first.
        """: """
        Beide sind hier eingetragen. NEW bekommt den Namen von OLD; OLD wird ohne ein Wort ausgetragen, und was
        dafür wartete, ist zurückgenommen. Nur du kannst wissen, dass es dieselbe Person ist: Frag sie vorher mit
        der Stimme.
        """,
        "No reason is needed, and no words. Who wants to leave without a goodbye: mutual remove":
            "Es braucht keinen Grund und keine Worte. Wer ohne Abschied gehen will: mutual remove",
        """
        mutual quiet                          show what is set
        mutual quiet all                      until you end it: mutual quiet off
        mutual quiet --until 22:00            until the next 22:00 here
        mutual quiet --daily 22:00-07:00      every night, by the clock here
        mutual quiet birch --daily 9:00-17:00 what comes from Birch, in these hours
        mutual quiet birch off                end that

        Everything arrives as always, and nothing is made up for later.
        """: """
        mutual quiet                          zeigt, was gesetzt ist
        mutual quiet all                      bis du es beendest: mutual quiet off
        mutual quiet --until 22:00            bis es hier das nächste Mal 22:00 ist
        mutual quiet --daily 22:00-07:00      jede Nacht, nach der Uhr hier
        mutual quiet birch --daily 9:00-17:00 was von Birch kommt, in diesen Stunden
        mutual quiet birch off                beendet das

        Alles kommt an wie immer, und nichts wird nachgeholt.
        """,
        "It can go without words.": "Es geht auch ohne Worte.",
        "It has no words, and no answer is expected.": "Es hat keine Worte, und es wird keine Antwort erwartet.",
        "Both write their own words, and both open together. A script cannot send one.":
            "Beide schreiben ihre eigenen Worte, und beide öffnen sich zugleich. Ein Skript kann keinen senden.",
        "It is shown to who is about to write to you, and asks nothing of them.":
            "Es zeigt sich allen, die dir gerade schreiben wollen, und verlangt nichts von ihnen.",
        """
        What can be kept: heard, here, encourage, celebrate, cheer and learned, unless it was sent with --no-keep.
        Who said it can take it back at any time.
        """: """
        Was sich aufheben lässt: heard, here, encourage, celebrate, cheer und learned, wenn es nicht mit --no-keep
        gesendet ist. Wer es gesagt hat, kann es jederzeit zurücknehmen.
        """,
        "It marks nothing, and content notes stay folded.":
            "Es markiert nichts, und Inhaltshinweise bleiben zugeklappt.",
        """
        It looks in words, content notes, topics and feeling words. It marks nothing, and content notes stay folded.
        """: """
        Es sucht in Worten, Inhaltshinweisen, Themen und Gefühlswörtern. Es markiert nichts, und Inhaltshinweise
        bleiben zugeklappt.
        """,
        """
        A line that you write is a note. What is shown counts as opened, but for what has a content note.
        Ctrl-D, Ctrl-C or a line with one dot ends it.
        """: """
        Eine Zeile, die du schreibst, ist eine Nachricht. Was sich zeigt, gilt als geöffnet, außer es hat einen
        Inhaltshinweis. Strg-D, Strg-C oder eine Zeile mit einem Punkt beendet es.
        """,
        """
        mutual feelings                        show them
        mutual feelings --add tender,at-sea    put words at the end
        mutual feelings --remove numb          take words off
        mutual feelings --edit                 write the whole list, a word a line
        They are offered where a shell completes mutual checkin WHO --feel, and stay on this machine.
        """: """
        mutual feelings                        zeigt sie
        mutual feelings --add wund,zart        setzt Wörter ans Ende
        mutual feelings --remove taub          nimmt Wörter weg
        mutual feelings --edit                 schreibt die ganze Liste, ein Wort je Zeile
        Die Shell bietet sie bei mutual checkin WHO --feel an, und sie bleiben auf diesem Rechner.
        """,
        """
        A line that begins with # is a heading; what follows is its text. At most 20 sections.
        It stays on this machine until you share it. Who has it sees what was on it then; sharing it again \
        puts the new one in the place of the one before.
        """: """
        Eine Zeile, die mit # beginnt, ist eine Überschrift; was folgt, ist ihr Text. Höchstens 20 Abschnitte.
        Sie bleibt auf diesem Rechner, bis du sie teilst. Wer sie hat, sieht, was damals darauf stand; teilst du \
        sie noch einmal, tritt die neue an die Stelle der vorigen.
        """,
        """
        mutual nudges                 show what is on
        mutual nudges --at 21:30      a moment for yourself, every day at this time; --at off ends it
        mutual nudges --kind-word     a kind word that you kept, when a check-in of yours says --energy low
        mutual nudges off             nothing any more
        They come where mutual watch runs. What is missed while this machine is off does not come later.
        """: """
        mutual nudges                 zeigt, was an ist
        mutual nudges --at 21:30      ein Moment für dich, jeden Tag um diese Zeit; --at off beendet es
        mutual nudges --kind-word     ein aufgehobenes gutes Wort, wenn ein Check-in von dir --energy low sagt
        mutual nudges off             nichts mehr
        Sie kommen, wo mutual watch läuft. Was ausfällt, während dieser Rechner aus ist, kommt nicht später.
        """,
        "A check-in given with --life 90d stands here longer, at both ends.":
            "Ein Check-in mit --life 90d steht hier länger, an beiden Enden.",
        "Without a terminal it is a line of stdin: the one until now first, where there is one.":
            "Ohne Terminal ist sie eine Zeile von stdin: die bisherige zuerst, wenn es eine gibt.",
        "Without a terminal the passphrase is the first line of stdin.":
            "Ohne Terminal ist die Passphrase die erste Zeile von stdin.",
        "Without a terminal the passphrase of the file is the first line of stdin.":
            "Ohne Terminal ist die Passphrase der Datei die erste Zeile von stdin.",
    ]

    /// What stands for what in its arguments.
    private static let argumentTexts: [String: String] = [
        "The home; else MUTUAL_HOME, else your data directory.":
            "Der Ordner; sonst MUTUAL_HOME, sonst dein Datenordner.",
        "One JSON document on stdout, errors as JSON on stderr.":
            "Ein JSON-Dokument auf stdout, Absagen als JSON auf stderr.",
        "Wait at most so long for the outcome, such as 30s; exit 7 when the time is up.":
            "Wartet höchstens so lange auf das Ergebnis, etwa 30s; Exit-Code 7, wenn die Zeit um ist.",
        "A name for this call, 1 to 64 characters: repeated, it is done once.":
            "Ein Name für diesen Aufruf, 1 bis 64 Zeichen: wiederholt, geschieht es einmal.",
        "A name, its beginning, or an id.": "Ein Name, sein Anfang oder eine Kennung.",
        "At most so many, 1 to 200.": "Höchstens so viele, 1 bis 200.",
        "Earlier ones: what came before the one with this handle.": "Frühere: was vor dem mit diesem Kürzel kam.",
        "A name, several with commas, or all.": "Ein Name, mehrere mit Kommas, oder all.",
        "A name, several with commas, all, or the handle of what it answers.":
            "Ein Name, mehrere mit Kommas, all, oder das Kürzel dessen, worauf es antwortet.",
        "Feeling words of your own, with commas.": "Deine eigenen Gefühlswörter, mit Kommas.",
        "low, some or high.": "low (wenig), some (etwas) oder high (viel).",
        "What it answers.": "Worauf es antwortet.",
        "The handle of what you heard: see mutual inbox.": "Das Kürzel dessen, was du gehört hast: siehe mutual inbox.",
        "listen, company, ideas, encouragement, celebrate or nothing.":
            "listen, company, ideas, encouragement, celebrate oder nothing.",
        "Last words; - for stdin. It goes without, too.": "Letzte Worte; - für stdin. Es geht auch ohne.",
        "Do not ask.": "Fragt nicht nach.",
        "Your own words, where a topic stands before them; - for stdin.":
            "Deine eigenen Worte, wenn ein Thema vor ihnen steht; - für stdin.",
        "Let it pass; the other is not told.": "Lässt ihn vorbeigehen; dem Gegenüber wird nichts gesagt.",
        "What you call yourself: others see it when you meet.":
            "Wie du dich nennst: andere sehen es, wenn ihr euch trefft.",
        "A name, several with commas, or all; then off to end it.":
            "Ein Name, mehrere mit Kommas, oder all; dann off, um es zu beenden.",
        "Until the next such time here, or a moment of RFC 3339.":
            "Bis es hier das nächste Mal so spät ist, oder ein Zeitpunkt nach RFC 3339.",
        "Every day in these hours, by the clock here.": "Jeden Tag in diesen Stunden, nach der Uhr hier.",
        "Write it as one page for a browser, for you only.":
            "Schreibt es als eine Seite für einen Browser, nur für dich.",
        "Write over a file that is there already.": "Überschreibt eine Datei, die schon da ist.",
        "Read the text from this file.": "Nimmt den Text aus dieser Datei.",
        "Write the text in $EDITOR.": "Lässt dich den Text in $EDITOR schreiben.",
        "It is something of theirs.": "Es ist etwas von der anderen Person.",
        "It is from your own experience.": "Es kommt aus deiner eigenen Erfahrung.",
        "helped, partly, not-this-time or no-longer-needed.": "helped, partly, not-this-time oder no-longer-needed.",
        "The handle of what you said: see mutual history.":
            "Das Kürzel dessen, was du gesagt hast: siehe mutual history.",
        "yes, a-little, resting, or off to take it back.": "yes, a-little, resting, oder off, um es zurückzunehmen.",
        "How long, 10m to 90d; 12h if nothing is said.": "Wie lange, 10m bis 90d; sonst 12h.",
        "Whom it is for: a name, several with commas; else all.": "Für wen: ein Name, mehrere mit Kommas; sonst alle.",
        "The handle of what it answers: see mutual inbox.":
            "Das Kürzel dessen, worauf es antwortet: siehe mutual inbox.",
        "Its handle: see mutual inbox.": "Sein Kürzel: siehe mutual inbox.",
        "The handle of anything that belongs to it.": "Das Kürzel von irgendetwas, das dazugehört.",
        "What you look for; - for stdin.": "Was du suchst; - für stdin.",
        "Only with this person.": "Nur mit dieser Person.",
        "A method, such as people.list.": "Eine Methode, etwa people.list.",
        "Its parameters, a JSON object; - for stdin.": "Ihre Parameter, ein JSON-Objekt; - für stdin.",
        "- for the whole list from stdin, a word a line; nothing: show it.":
            "- für die ganze Liste von stdin, ein Wort je Zeile; nichts: zeigt sie.",
        "Words to put at the end, with commas.": "Wörter, die ans Ende kommen, mit Kommas.",
        "Words to take off, with commas.": "Wörter, die wegkommen, mit Kommas.",
        "The whole list, with commas.": "Die ganze Liste, mit Kommas.",
        "off: nothing any more.": "off: nichts mehr.",
        "A time of the day, or off.": "Eine Uhrzeit, oder off.",
        "A kind word that you kept, when your energy is low.": "Ein aufgehobenes gutes Wort, wenn du wenig Kraft hast.",
        "A name under which it is remembered how far this came: misses nothing.":
            "Ein Name, unter dem gemerkt wird, wie weit es kam: so fehlt nichts.",
        "Only what may give a notice, without who and what: a line each.":
            "Nur was sich melden darf, ohne wer und was: je eine Zeile.",
        """
        Run this command, without a shell, for each event: the event on stdin, done when it exits 0. All that follows \
        belongs to the command.
        """: """
        Führt diesen Befehl, ohne Shell, für jedes Ereignis aus: das Ereignis auf stdin, erledigt bei Exit-Code 0. \
        Alles, was folgt, gehört zum Befehl.
        """,
        "A code, yes, or no; nothing: offer a code.": "Ein Code, yes oder no; nichts: bietet einen Code an.",
        "How many words the code has, 2 to 4.": "Wie viele Wörter der Code hat, 2 bis 4.",
        "Yes to whoever knew the code.": "Ja zu wem auch immer, der den Code wusste.",
        "The name that they get here.": "Der Name, den die Person hier bekommt.",
        "Who has their name here is the same person, on an older machine.":
            "Wer den Namen hier hat, ist dieselbe Person, an einem älteren Gerät.",
        "The handle of what you said: see mutual history, or mutual outbox.":
            "Das Kürzel dessen, was du gesagt hast: siehe mutual history oder mutual outbox.",
        "Every copy of what went to several people at once.": "Jede Kopie dessen, was zugleich an mehrere ging.",
        "Only what is not opened.": "Nur was nicht geöffnet ist.",
        "Only from this person.": "Nur von dieser Person.",
        "A handle, or all; nothing: the oldest that is not opened.":
            "Ein Kürzel, oder all; nichts: das Älteste, das nicht geöffnet ist.",
        "Only this kind, such as checkin or idea.": "Nur diese Art, etwa checkin oder idea.",
        "Only your own.": "Nur deine eigenen.",
        "Only what came.": "Nur was gekommen ist.",
        "share, unshare, or - for the page from stdin; nothing: show it.":
            "share, unshare, oder - für die Seite von stdin; nichts: zeigt sie.",
        "Empty the page.": "Leert die Seite.",
        "Take the new one from this file.": "Nimmt die neue aus dieser Datei.",
        "Take the one until now from this file.": "Nimmt die bisherige aus dieser Datei.",
        "Take the passphrase away: the home opens without one.":
            "Nimmt die Passphrase weg: der Ordner öffnet sich ohne.",
        "Take the passphrase from this file.": "Nimmt die Passphrase aus dieser Datei.",
        "Take the passphrase of the file from this one.": "Nimmt die Passphrase der Datei aus dieser.",
        "The file; nothing is written over.": "Die Datei; nichts wird überschrieben.",
        "What mutual export wrote.": "Was mutual export geschrieben hat.",
        "Their id, mutual1...: they see it with mutual whoami.":
            "Die Kennung, mutual1...: sie steht bei mutual whoami.",
        "The name that they get here; else what they call themselves.":
            "Der Name, den die Person hier bekommt; sonst der, den sie sich gibt.",
        "The new name.": "Der neue Name.",
        "An IP address, IPv6 in brackets, with a port if it is not 7747.":
            "Eine IP-Adresse, IPv6 in Klammern, mit einem Port, wenn er nicht 7747 ist.",
        "Who they were here: a name, its beginning, or an id.":
            "Wer sie hier war: ein Name, sein Anfang oder eine Kennung.",
        "Who they are now: likewise.": "Wer sie jetzt ist: ebenso.",
        "Your words; - for stdin.": "Deine Worte; - für stdin.",
        "Its life, 10m to 90d, such as 2h.": "Seine Lebensdauer, 10m bis 90d, etwa 2h.",
        "A content note, shown in place of the text until it is opened.":
            "Ein Inhaltshinweis; er zeigt sich anstelle des Textes, bis der geöffnet wird.",
        "It may not be kept beyond its life.": "Es wird nicht über seine Zeit hinaus aufgehoben.",
        "Say that a script sends it; by itself where there is no terminal.":
            "Sagt, dass ein Skript es sendet; von selbst, wo kein Terminal ist.",
        "Yes to what is only asked.": "Ja zu dem, was nur gefragt wird.",
        "Yes to several people.": "Ja zu mehreren Menschen.",
        // The parser's own.
        "Show the version.": "Zeigt die Version.",
        "Show help information.": "Zeigt diese Hilfe.",
        "Show subcommand help information.": "Zeigt die Hilfe zu einem Verb.",
        "OVERVIEW:": "ÜBERBLICK:",
        "USAGE:": "AUFRUF:",
        "ARGUMENTS:": "ARGUMENTE:",
        "OPTIONS:": "OPTIONEN:",
        "SUBCOMMANDS:": "VERBEN:",
    ]
}

extension Catalogue {
    /// A text of a verb's help, which stands in English with the verb itself.
    public func helpText(_ english: String) -> String {
        switch language {
        case .english: english
        case .german: German.helpTexts[english] ?? english
        }
    }

    /// Whether there is such a text in this language.
    public func hasHelpText(_ english: String) -> Bool { language == .english || German.helpTexts[english] != nil }

    /// All of them that are not in English with their verbs; empty in English.
    public var helpTexts: [String: String] { language == .english ? [:] : German.helpTexts }
}
