/// What a person has for themself, in German.
extension German {
    static func own(_ key: Key) -> String? {
        switch key {
        case .feelingsStart: "Wörter für den Anfang. Mach dir deine eigene Liste: mutual feelings --edit"
        case .feelingsEmpty: "Deine Liste ist leer. Schreib ein Wort darauf: mutual feelings --add WORT"
        case .feelingsKept: "Deine Liste ist aufgehoben. Sie bleibt auf diesem Rechner."
        case .feelingsAbsent: "„{typed}“ steht nicht auf deiner Liste."
        case .ownWays: "Bitte eines nach dem anderen: zeigen, ändern oder ersetzen."
        case .nothingChanged: "Nichts ist geändert."
        case .planStart:
            "Deine Seite ist noch nicht geschrieben. So könnte sie anfangen; schreib sie mit mutual plan --edit"
        case .planOwn:
            "Deine eigene Seite. Sie bleibt auf diesem Rechner, wenn du sie nicht teilst: mutual plan share WHO"
        case .planKept: "Deine Seite ist auf diesem Rechner aufgehoben. Was du vorher geteilt hast, bleibt, wie es war."
        case .planCleared: "Deine Seite ist jetzt leer. Was du vorher geteilt hast, bleibt, wie es war."
        case .planUsage: "Schreib mutual plan, mutual plan share WHO oder mutual plan unshare WHO."
        case .planNotShared: "Deine Seite ist nicht geteilt mit: {names}."
        case .planTheirs: "{name} teilt eine eigene Seite mit dir:"
        case .planYours: "Du teilst deine Seite mit {name}:"
        case .nudgesOff: "Nichts erinnert dich. Such dir eine Uhrzeit aus: mutual nudges --at 21:30"
        case .nudgesAt: "Jeden Tag um {time}: ein Moment für dich. Das weiß nur dieser Rechner."
        case .nudgesKindWord:
            "Wenn du in einem Check-in sagst, dass du wenig Kraft hast: ein gutes Wort, das du aufgehoben hast. "
                + "Das weiß nur dieser Rechner."
        case .nudgeMoment: "Ein Moment für dich?"
        case .nudgeKindWord: "Ein gutes Wort, das du aufgehoben hast:"
        case .badTimeOfDay: "„{typed}“ ist keine Uhrzeit: Schreib 08:30 oder 21:30, oder off."
        case .lookbackEmpty: "Hier gibt es nichts zurückzuschauen: Ein Check-in steht hier, solange er lebt."
        case .lookbackTitle: "Rückblick"
        case .lookbackIntro:
            "Deine eigenen Check-ins, solange sie leben. Niemand sonst hat diese Seite, wenn du sie nicht weitergibst."
        case .lookbackMonths: "Monate"
        case .lookbackWritten:
            "Geschrieben nach {path}, nur für dich. Die Datei ist nicht versiegelt und bleibt, wenn ihre Worte hier vorbei sind."
        case .lookbackExists: "{path} gibt es schon. Überschreiben?"
        case .lookbackExistsScript: "{path} gibt es schon: mit --yes wird es überschrieben."
        case .fileUnwritable: "{path} lässt sich nicht schreiben."
        default: nil
        }
    }

    static let ownReasons: [ReasonEntry] = [
        ReasonEntry(
            "feelings-many", "Deine Liste hat höchstens 200 Wörter.", "Nimm eines weg: mutual feelings --remove WORT"),
        ReasonEntry("feelings-long", "Ein Gefühlswort hat höchstens 32 Bytes.", "Schreib den Rest in den Text."),
        ReasonEntry(
            "feelings-word", "Ein Gefühlswort hat kein Komma, kein Steuerzeichen und kein Leerzeichen am Rand.",
            "Schreib die Wörter mit Kommas dazwischen, oder je eines in eine Zeile."),
        ReasonEntry("plan-empty", "Deine Seite ist noch nicht geschrieben.", "Schreib sie zuerst: mutual plan --edit"),
        ReasonEntry(
            "plan-title", "Eine Überschrift ist eine Zeile mit höchstens 200 Bytes.", "Schreib den Rest darunter."),
        ReasonEntry("plan-many", "Eine Seite hat höchstens 20 Abschnitte.", "Leg einige zusammen."),
        ReasonEntry("plan-long", "Eine Seite hat insgesamt höchstens etwa 64.000 Bytes.", "Kürze sie."),
        ReasonEntry("bad-time", "„{typed}“ ist keine Uhrzeit.", "Schreib sie als 08:30 oder 21:30."),
    ]
}
