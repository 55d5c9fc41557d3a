extension German {
    /// What was typed and does not fit: of the parser, and of the parameters of a call.
    static let typedReasons: [ReasonEntry] = [
        ReasonEntry(
            "usage-missing", "{argument} fehlt.", "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "usage-value-missing", "{flag} braucht einen Wert dahinter.",
            "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "usage-option", "Hier gibt es keine Option {flag}.", "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "usage-extra", "„{typed}“ ist hier ein Wort zu viel.",
            "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "usage-value", "„{typed}“ ist kein Wert für {flag}.", "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "usage-flag", "{flag} nimmt keinen Wert.", "Sieh nach, wie man es schreibt: mutual help all"),
        ReasonEntry(
            "parameter-limit", "Eine Seite hat 1 bis 200 Zeilen.", "Schreib es als --limit 20."),
        ReasonEntry(
            "parameter-before", "„{typed}“ ist kein Kürzel.", "Nenne, wovor die Seite endet: mutual history"),
        ReasonEntry(
            "parameter-kind", "„{typed}“ ist keine Art.",
            "Eine von: note, checkin, heard, relate, here, encourage, celebrate, cheer, ask, idea, take, close, learned, want, exchange, room oder plan."
        ),
        ReasonEntry(
            "parameter-want", "„{typed}“ ist nichts, was man sich hier wünschen kann.",
            "Sag es: listen, company, ideas, encouragement, celebrate oder nothing."),
        ReasonEntry(
            "parameter-energy", "„{typed}“ ist hier kein Wort für Kraft.", "Sag es: low, some oder high."),
        ReasonEntry(
            "parameter-outcome", "„{typed}“ sagt nicht, was daraus wurde.",
            "Sag es: --outcome helped, partly, not-this-time oder no-longer-needed"),
        ReasonEntry(
            "parameter-have", "„{typed}“ sagt nicht, wie viel Raum du hast.", "Sag es: yes, a-little oder resting."),
        ReasonEntry(
            "parameter-text", "Das hat keine eigenen Worte.", "Zum Schreiben: mutual note"),
        ReasonEntry(
            "parameter-looked-for", "Was du suchst, hat 1 bis 200 Bytes und ist nicht leer.",
            "Schreib einen Teil davon: mutual search tee"),
        ReasonEntry(
            "parameter-consumer", "Der Name eines Lesers hat 1 bis 64 Zeichen.",
            "Wähl einen anderen, etwa --consumer lampe."),
        ReasonEntry(
            "parameter-words", "Ein Code hat zwei, drei oder vier Wörter.", "Wähl es: --words 3"),
    ]
}
