extension German {
    /// Reasons of refusals and faults: the fact first, then what could be done.
    static let reasons: [ReasonEntry] =
        people + ids + pairing + giving + answering + calls + vault + machine + ownReasons + typedReasons

    private static let seePeople = "Wer hier ist: mutual people"
    private static let askForTheirs = "Bitte die andere Person um ihre: Sie sieht sie mit mutual whoami"

    private static let people: [ReasonEntry] = [
        ReasonEntry("unknown-person", "Hier heißt niemand „{typed}“.", seePeople),
        ReasonEntry(
            "ambiguous-person", "Mit „{typed}“ beginnt mehr als ein Name.",
            "Schreib mehr von dem Namen, den du meinst."),
        ReasonEntry("unknown-item", "Hier gibt es nichts mit dem Kürzel „{typed}“.", "Was hier ist: mutual inbox"),
        ReasonEntry(
            "ambiguous-item", "Mit „{typed}“ beginnt mehr als ein Kürzel.",
            "Schreib mehr von dem Kürzel, das du meinst."),
        ReasonEntry(
            "ambiguous-who-or-item", "„{typed}“ ist eine Person und etwas, das gesagt wurde.",
            "Schreib mehr von dem, was du meinst."),
        ReasonEntry(
            "name-in-use", "Du kennst schon jemanden mit dem Namen {name}.",
            "Nimm einen anderen; für dieselbe Person an einem neuen Gerät: mutual pair yes --same, oder mutual replace"),
        ReasonEntry(
            "bad-name",
            "Ein Name hat 1 bis 64 Bytes, kein Komma, keinen Zeilenumbruch und kein anderes Steuerzeichen, "
                + "beginnt und endet nicht mit einem Leerzeichen und ist nicht „all“.",
            "Nimm einen anderen Namen."),
        ReasonEntry("own-id", "Das ist deine eigene Kennung.", askForTheirs),
        ReasonEntry("id-own", "Das ist deine eigene Kennung.", askForTheirs),
        ReasonEntry("already-listed", "{name} ist schon eingetragen.", seePeople),
        ReasonEntry(
            "nobody-mutual", "Noch ist niemand dein Gegenüber.", "Verbinde dich mit jemandem neben dir: mutual pair"),
        ReasonEntry("blocked", "Du hast {name} blockiert.", "Hebe es zuerst auf: mutual unblock {who}"),
        ReasonEntry("person-blocked", "Du hast diese Person blockiert.", "Hebe es zuerst auf: mutual unblock"),
        ReasonEntry("not-blocked", "{name} ist nicht blockiert.", seePeople),
        ReasonEntry(
            "not-mutual-yet", "{name} ist noch kein Gegenüber, also braucht es keinen Abschied.",
            "Trage den Namen ohne ein Wort aus: mutual remove"),
        ReasonEntry(
            "replace-self", "{name} kann nicht an die eigene Stelle treten.", "Wer hier ist: mutual people"),
        ReasonEntry("until-passed", "Dieser Zeitpunkt ist vorbei.", "Nenne einen späteren: --until 22:00"),
        ReasonEntry(
            "bad-hours", "„{typed}“ ist keine Spanne eines Tages.",
            "Schreib zwei verschiedene Zeiten: --daily 22:00-07:00"),
        ReasonEntry("paused", "Du machst Pause und bist für alle abwesend.", "Komm zuerst zurück: mutual unpause"),
        ReasonEntry(
            "bad-address", "„{typed}“ ist keine Adresse.",
            "Schreib eine IP-Adresse, mit Port, wenn es nicht 7747 ist: 192.168.1.20 oder [fe80::1]:7747"),
    ]

    private static let askForID = "Bitte darum, sie noch einmal zu schicken: mutual whoami zeigt sie"

    private static let ids: [ReasonEntry] = [
        ReasonEntry("id-character", "Diese Kennung hat ein Zeichen, das keine Kennung hat.", askForID),
        ReasonEntry("id-case", "Diese Kennung mischt große und kleine Buchstaben.", "Schreib alle klein."),
        ReasonEntry("id-prefix", "Das ist keine Kennung: Eine Kennung beginnt mit mutual1.", askForID),
        ReasonEntry("id-checksum", "Ein Buchstabe dieser Kennung ist falsch.", askForID),
        ReasonEntry("id-padding", "Das Ende dieser Kennung ist falsch.", askForID),
        ReasonEntry("id-length", "Diese Kennung ist zu kurz oder zu lang.", askForID),
        ReasonEntry(
            "id-version", "Diese Kennung kommt von einer späteren Version von Mutual.",
            "Ein neueres Mutual kann sie lesen."),
        ReasonEntry("id-not-canonical", "Diese Kennung ist nicht so geschrieben, wie Kennungen es sind.", askForID),
        ReasonEntry("id-low-order", "Diese Kennung kann niemandem gehören.", askForID),
    ]

    private static let pairing: [ReasonEntry] = [
        ReasonEntry(
            "code-shape",
            "„{typed}“ ist kein Code: Ein Code ist eine Zahl und zwei bis vier Wörter, zum Beispiel 7-tiger-lemon.",
            "Frag noch einmal danach."),
        ReasonEntry("code-nameplate", "Die Zahl eines Codes ist 1 bis 99.", "Frag noch einmal nach dem Code."),
        ReasonEntry(
            "code-word", "„{word}“ ist kein Wort eines Codes. Nichts wurde gesendet, und der Code gilt noch.",
            "Frag noch einmal nach dem Wort."),
        ReasonEntry("code-count", "Ein Code hat zwei, drei oder vier Wörter.", "Frag noch einmal danach."),
        ReasonEntry(
            "pairing-open", "Eine Kopplung ist schon offen.",
            "Antworte darauf mit mutual pair yes oder mutual pair no, "
                + "oder beende die im anderen Terminal mit Strg-C."),
        ReasonEntry("no-pairing", "Keine Kopplung ist offen.", "Beginne eine: mutual pair"),
        ReasonEntry("pairing-not-open", "Diese Kopplung ist nicht mehr offen.", "Beginne eine neue: mutual pair"),
        ReasonEntry(
            "pairing-answered", "Diese Frage ist schon beantwortet, und anders.", "Beginn eine neue: mutual pair"),
        ReasonEntry("pairing-asked", "Die Frage ist offen.", "Antworte darauf: mutual pair yes, oder mutual pair no"),
        ReasonEntry(
            "pairing-not-asked", "Noch ist niemand gefunden, also gibt es nichts zu beantworten.",
            "Warte, bis das andere Gerät gefunden ist."),
    ]

    private static let needsWords = "Schreib sie hinter den Namen, oder gib sie mit -, einer Pipe oder --file."
    private static let takeControlsOut = "Zeilenumbrüche und Tabs sind in Ordnung; nimm die anderen heraus."
    private static let writeLife = "Schreib sie als 10m, 2h oder 30d."

    private static let giving: [ReasonEntry] = [
        ReasonEntry("to-missing", "Es steht nicht da, für wen das ist.", "Nenne jemanden: mutual people"),
        ReasonEntry("text-missing", "Das braucht eigene Worte von dir.", needsWords),
        ReasonEntry("text-long", "Dieser Text ist länger als 16.384 Bytes.", "Schick ihn in Teilen."),
        ReasonEntry("text-control", "In diesem Text sind Steuerzeichen.", takeControlsOut),
        ReasonEntry(
            "item-text", "Ein Text, ein Inhaltshinweis oder ein Gefühlswort ist zu lang.",
            "Kürze es, oder schick es in Teilen."),
        ReasonEntry("item-control", "In diesem Text sind Steuerzeichen.", takeControlsOut),
        ReasonEntry("item-missing", "Das braucht eigene Worte von dir.", needsWords),
        ReasonEntry("item-many", "Es gibt höchstens 12 Gefühlswörter.", "Schreib die übrigen in den Text."),
        ReasonEntry("too-many", "Es gibt höchstens {limit} Gefühlswörter.", "Schreib die übrigen in den Text."),
        ReasonEntry("item-life", "Eine Lebensdauer liegt zwischen 10 Minuten und 90 Tagen.", writeLife),
        ReasonEntry("item-re", "Das antwortet auf etwas, das gesagt wurde.", "Nenne es: mutual inbox"),
        ReasonEntry("item-no-re", "Das beginnt etwas Eigenes und antwortet auf nichts.", "Lass --re weg."),
        ReasonEntry("item-auto", "Ein Skript kann das nicht senden.", "Schreib es selbst an einem Terminal."),
        ReasonEntry("text-utf8", "Dieser Text ist kein UTF-8.", "Speichere ihn als UTF-8 und sende ihn noch einmal."),
        ReasonEntry("life-range", "Eine Lebensdauer liegt zwischen 10 Minuten und 90 Tagen.", writeLife),
        ReasonEntry("about-long", "Ein Inhaltshinweis hat höchstens 80 Bytes.", "Kürze ihn."),
        ReasonEntry(
            "feeling-long", "Ein Gefühlswort hat höchstens 32 Bytes, und es sind höchstens 12.",
            "Schreib die übrigen in den Text."),
        ReasonEntry(
            "checkin-empty", "Ein Check-in braucht einen Text, --feel, --energy oder --want.",
            "Eins davon reicht, etwa --energy low."),
        ReasonEntry(
            "choice-missing", "Es sagt nicht, wie viel Raum du hast.", "Sag es: yes, a-little oder resting."),
        ReasonEntry(
            "outcome-missing", "Es sagt nicht, was daraus wurde.",
            "Sag es: --outcome helped, partly, not-this-time oder no-longer-needed"),
        ReasonEntry(
            "want-missing", "Es sagt nicht, was du dir jetzt wünschst.",
            "Sag es: listen, company, ideas, encouragement, celebrate oder nothing."),
        ReasonEntry(
            "keep-own", "Deine eigenen Worte leben so lange, wie du es sagst; aufgehoben werden die der anderen.",
            "Sag es beim Senden: --life 90d"),
        ReasonEntry(
            "keep-kind", "Das ist nichts, was aufgehoben werden kann: Wann es endet, bestimmt, wer es geschrieben hat.",
            "Das geht mit: heard, here, encourage, celebrate, cheer und learned."),
        ReasonEntry(
            "keep-taken-back", "{name} hat das zurückgenommen.",
            "Sieh nach, was du aufgehoben hast: mutual kept"),
        ReasonEntry(
            "keep-not", "{name} hat das so gesendet, dass es nicht aufgehoben wird.",
            "Es bleibt, bis seine Zeit um ist: mutual inbox"),
        ReasonEntry(
            "exchange-by-script", "Ein Austausch kommt von einem Menschen, und ein Skript kann ihn nicht senden.",
            "Schreib ihn selbst an einem Terminal."),
        ReasonEntry(
            "exchange-answered", "Du hast auf diesen Austausch schon geantwortet.",
            "Er öffnet sich, sobald beide da sind."),
        ReasonEntry(
            "exchange-begun", "Die Worte von {name} sind schon versiegelt, also geht dieser Austausch weiter.",
            "Du kannst deine Worte zurücknehmen, sobald beide da sind."),
        ReasonEntry(
            "exchange-over", "Die Zeit dieses Austauschs ist um.",
            "Du könntest einen anderen vorschlagen: mutual exchange"),
        ReasonEntry("topic-long", "Ein Thema hat höchstens 200 Bytes.", "Kürze es."),
        ReasonEntry(
            "exchange-topic", "Ein Austausch braucht ein Thema.", "Schreib es in Anführungszeichen hinter den Namen."),
        ReasonEntry("several", "Das geht an {names}.", "In einem Skript: --yes"),
    ]

    private static let answering: [ReasonEntry] = [
        ReasonEntry("answers-nothing", "Das antwortet auf etwas, das gesagt wurde.", "Nenne es: mutual inbox"),
        ReasonEntry(
            "answers-something", "Das beginnt etwas Eigenes und antwortet auf nichts.",
            "Nenne eine Person: mutual people"),
        ReasonEntry("wrong-kind", "Das kann darauf keine Antwort sein.", "Schreib eine Nachricht: mutual note"),
        ReasonEntry(
            "only-the-others", "Das antwortet auf etwas von jemand anderem, nicht auf deine eigenen Worte.",
            "Schreib zu deinen eigenen Worten eine Nachricht: mutual note"),
        ReasonEntry(
            "only-your-own", "Das geht nur mit deinen eigenen Worten.",
            "Sieh nach, was du gesagt hast: mutual history --mine"),
        ReasonEntry(
            "asks-first.wants-no-answer", "{name} hat um keine Antwort gebeten. Das so senden?",
            "In einem Skript: --anyway"),
        ReasonEntry(
            "asks-first.wants-listening", "{name} wünscht sich ein offenes Ohr. Das so senden?",
            "In einem Skript: --anyway"),
        ReasonEntry(
            "asks-first", "{name} möchte das gerade vielleicht nicht. Das so senden?", "In einem Skript: --anyway"),
        ReasonEntry(
            "to-and-re-differ", "Worauf das antwortet, ist mit jemand anderem geteilt.",
            "Lass den Namen weg: Eine Antwort geht dorthin, woher das andere kam."),
        ReasonEntry(
            "item-gone", "Worauf das antwortet, gibt es nicht mehr, und auch nicht, mit wem es geteilt war.",
            "Sieh nach, wer hier ist: mutual people"),
        ReasonEntry(
            "ideas-not-asked", "{name} hat nicht um Ideen gebeten.",
            "Du könntest fragen: mutual note {who} \"Möchtest du Ideen hören?\""),
        ReasonEntry(
            "not-open-to-ideas", "Du hast hier nicht um Ideen gebeten.", "Du könntest {name} fragen: mutual ask {who}"),
        ReasonEntry("closed", "{name} bittet hier um keine Ideen mehr.", "Du könntest schreiben: mutual note {who}"),
        ReasonEntry("closed-yours", "Du hast das schon abgeschlossen.", "Du könntest schreiben: mutual note {who}"),
        ReasonEntry(
            "not-your-thread", "Diese Idee war für {name}, und dort wird entschieden, was mitgenommen wird.",
            "Du könntest darauf aufbauen: mutual idea"),
    ]

    private static let calls: [ReasonEntry] = [
        ReasonEntry(
            "key-conflict", "Dieser --key ist schon für etwas anderes benutzt.",
            "Nimm einen anderen, oder lass ihn weg."),
        ReasonEntry("bad-key", "Ein Schlüssel hat 1 bis 64 Zeichen.", "Wähl einen anderen, etwa --key gutenacht."),
        ReasonEntry("not-open-yet", "Das ist noch nicht geöffnet.", "Öffne es: mutual open"),
        ReasonEntry("locked", "Mutual ist gesperrt.", "Entsperre es: mutual unlock"),
        ReasonEntry(
            "busy", "Zu vieles wartet zugleich auf eine Antwort.", "Warte einen Moment und tu es dann noch einmal."),
        ReasonEntry("shutting-down", "Mutual beendet sich gerade.", "Starte es wieder: mutual start"),
        ReasonEntry("stopping", "Mutual beendet sich gerade.", "Starte es wieder: mutual start"),
    ]

    private static let machine: [ReasonEntry] = [
        ReasonEntry(
            "disk-full", "Die Platte ist voll, also wurde nichts gespeichert.",
            "Schaffe Platz und tu es noch einmal: df -h"),
        ReasonEntry(
            "read-only", "Mutual kann in seinen Ordner nicht schreiben, also wurde nichts gespeichert.",
            "Lass es dort wieder schreiben (chmod -R u+w), oder hänge die Platte zum Schreiben ein."),
        ReasonEntry(
            "io", "Die Platte hat nicht genommen oder gegeben, was verlangt war, also wurde nichts gespeichert.",
            "Sieh nach, ob sie voll oder kaputt ist: df -h, dann dmesg"),
        ReasonEntry(
            "internal", "Mutual hat selbst einen Fehler gemacht.",
            "Sieh nach, was es im Protokoll seines Ordners sagt: mutuald.log"),
        ReasonEntry(
            "damaged", "Der Speicher ist beschädigt.",
            "Lege eine Kopie des Ordners zurück, oder hole eine herein: mutual import"),
    ]
}
