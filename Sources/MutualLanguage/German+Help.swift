extension German {
    // WHO, ITEM and TEXT stand as they are: the parser's page of a verb has them, too.
    static let help = HelpPage(
        daily: [
            .init("pair", "dich mit jemandem neben dir verbinden", "mutual pair"),
            .init("checkin", "sagen, wie es dir geht", "mutual checkin birch"),
            .init("open", "lesen, was gekommen ist", "mutual open"),
            .init("heard", "zurückgeben, was du verstanden hast", "mutual heard k3f"),
            .init("encourage", "ein gutes Wort", "mutual encourage birch"),
        ],
        groups: [
            .init(
                "Anfang",
                [
                    .init("init", "einen Ordner anlegen: mutual init --name Alder"),
                    .init("start", "den Dienst im Hintergrund starten"), .init("stop", "ihn beenden"),
                    .init("status", "was er gerade tut"), .init("whoami", "deine Kennung und ihre zehn Wörter"),
                    .init("doctor", "was Geräte daran hindert, sich zu treffen"),
                ]),
            .init(
                "Menschen",
                [
                    .init("pair", "dich mit jemandem neben dir verbinden"),
                    .init("add", "jemanden mit der Kennung eintragen: mutual add ID [NAME]"),
                    .init("people", "wer hier ist"),
                    .init("rename", "ein anderer Name, nur hier: mutual rename WHO NAME"),
                    .init("reach", "wo das andere Gerät ist: mutual reach WHO ADDRESS[:PORT]"),
                    .init("replace", "dieselbe Person an einem neuen Gerät: mutual replace OLD NEW"),
                    .init("part", "Abschied nehmen: mutual part WHO [TEXT]"),
                    .init("remove", "jemanden ohne ein Wort austragen"),
                    .init("block", "für jemanden ein Rechner sein, der fremd ist"),
                    .init("unblock", "das aufheben"),
                    .init("quiet", "was kommt, meldet sich nicht: mutual quiet --daily 22:00-07:00"),
                    .init("pause", "für alle abwesend sein, wie ausgeschaltet"), .init("unpause", "zurückkommen"),
                ]),
            .init(
                "geben",
                [
                    .init("checkin", "sagen, wie es dir geht: mutual checkin WHO [TEXT]"),
                    .init("note", "schreiben: mutual note WHO [TEXT]"),
                    .init("heard", "zurückgeben, was du verstanden hast: mutual heard ITEM [TEXT]"),
                    .init("relate", "das kenne ich auch: mutual relate ITEM TEXT"),
                    .init("here", "ich bin hier: mutual here WHO"),
                    .init("encourage", "ein gutes Wort: mutual encourage WHO [TEXT]"),
                    .init(
                        "celebrate",
                        "ein Grund zur Freude, deiner oder der andere: mutual celebrate WHO [TEXT] [--yours]"),
                    .init("cheer", "dich mitfreuen: mutual cheer ITEM [TEXT]"),
                    .init("ask", "um Ideen bitten: mutual ask WHO [TEXT]"),
                    .init("idea", "eine Idee, wo darum gebeten ist: mutual idea ITEM [TEXT]"),
                    .init("take", "eine Idee mitnehmen: mutual take ITEM"),
                    .init("close", "was daraus wurde: mutual close ITEM --outcome partly"),
                    .init("learned", "was du von jemandem mitnimmst: mutual learned ITEM [TEXT]"),
                    .init("want", "was du dir jetzt wünschst: mutual want ITEM ideas"),
                    .init("exchange", "beide schreiben, beide öffnen zusammen: mutual exchange WHO TOPIC"),
                    .init("room", "wie viel Raum du hast: mutual room resting --for 3h"),
                    .init("retract", "etwas Eigenes zurücknehmen: mutual retract ITEM"),
                ]),
            .init(
                "lesen",
                [
                    .init("inbox", "was gekommen ist, je eine Zeile"),
                    .init("open", "es lesen: mutual open [ITEM|all]"),
                    .init("history", "was gesagt wurde, von beiden Seiten"), .init("watch", "Zeilen, wie sie kommen"),
                    .init("thread", "eine Bitte mit ihren Ideen, oder was darauf kam: mutual thread ITEM"),
                    .init("search", "es wiederfinden: mutual search TEXT"),
                    .init("chat", "schreiben und antworten, Zeile für Zeile: mutual chat WHO"),
                    .init("keep", "ein gutes Wort über seine Zeit hinaus: mutual keep ITEM"),
                    .init("kept", "die guten Worte, die du aufgehoben hast"),
                    .init("outbox", "was wartet, je eine Zeile"),
                ]),
            .init(
                "für dich",
                [
                    .init("feelings", "deine eigenen Wörter dafür, wie es dir geht"),
                    .init("plan", "deine eigene Seite: mutual plan --edit, mutual plan share WHO"),
                    .init("nudges", "woran du erinnert wirst; aus, bis du es sagst"),
                    .init("lookback", "deine eigenen Check-ins, nach Tagen"),
                ]),
            .init(
                "sicher halten",
                [
                    .init("passphrase", "setzen oder ändern: wer die Platte nimmt, liest nichts"),
                    .init("unlock", "damit öffnen"), .init("lock", "bis dahin alle Schlüssel vergessen"),
                    .init("export", "alles in einer versiegelten Datei: mutual export FILE"),
                    .init("import", "daraus auf einem anderen Rechner weitermachen: mutual import FILE"),
                    .init("wipe", "hier alles für immer wegnehmen"),
                ]),
            .init("Skripte", [.init("rpc", "ein Aufruf: mutual rpc METHOD [JSON]")]),
        ],
        notes: [
            "WHO ist ein Name, mehrere mit Kommas, oder all. ITEM ist ein Kürzel wie k3f.",
            "TEXT ist ein Argument, -, eine Pipe, --file DATEI, --edit, oder Zeilen, die du tippst.",
            "Als Argument: {argument}",
            "Jedes Verb nimmt --home ORDNER und --json; was etwas bewirkt, auch --wait 30s und --key SCHLÜSSEL.",
            "Zu einem Verb: mutual help VERB",
        ],
        see: "Siehe: mutual help {verb}")
}
