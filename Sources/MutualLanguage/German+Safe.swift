extension German {
    /// Passphrase, export, import, wipe.
    static func safe(_ key: Key) -> String? {
        switch key {
        case .passphraseAsk: "Passphrase: "
        case .passphraseNew: "Neue Passphrase: "
        case .passphraseAgain: "Noch einmal dieselbe: "
        case .passphraseCurrent: "Passphrase bis jetzt: "
        case .passphraseFile: "Passphrase der Datei: "
        case .passphraseDiffers: "Das sind zwei verschiedene. Nichts ist geändert."
        case .passphraseWrong: "Das ist nicht die Passphrase."
        case .passphraseSet:
            "Die Passphrase ist gesetzt. Ohne sie öffnet das hier niemand, und niemand kann sie dir zurückgeben."
        case .passphraseRemoved: "Das hier öffnet sich jetzt ohne Passphrase."
        case .unlockDone: "Mutual ist entsperrt."
        case .lockDone: "Mutual ist gesperrt. Niemand erreicht dich, bis es entsperrt ist: mutual unlock"
        case .exportDone:
            "Alles ist in {path}. Importiere es auf dem anderen Rechner, dann nimm hier alles weg: mutual wipe"
        case .importDone: "Alles liegt jetzt hier. Starte es erst, wenn das andere für immer beendet ist."
        case .wipeAsk:
            "Alles in {path} ist dann für immer weg: deine Kennung, deine Leute, jedes Wort. Wirklich?"
        case .wipeDone: "Alles ist weggenommen."
        case .wipeNothing: "Nichts ist weggenommen."
        default: nil
        }
    }

    /// Reasons around the vault.
    static let vault: [ReasonEntry] = [
        ReasonEntry("wrong-passphrase", "Das ist nicht die Passphrase.", "Gib sie noch einmal ein."),
        ReasonEntry("passphrase-needed", "Dazu braucht es die Passphrase bis jetzt.", "Gib sie dazu."),
        ReasonEntry(
            "passphrase-length", "Eine Passphrase hat 8 bis 1.024 Bytes.", "Wähle eine längere oder kürzere."),
        ReasonEntry(
            "passphrase-characters", "Eine Passphrase ist UTF-8 und hat keine Steuerzeichen.", "Wähle eine andere."),
        ReasonEntry(
            "passphrase-hidden", "So geschrieben wird die Passphrase nicht genommen.",
            "Schreib die Namen in der Anfrage ohne Umschreibung."),
        ReasonEntry("no-passphrase", "Hier ist keine Passphrase gesetzt.", "Setze erst eine: mutual passphrase"),
        ReasonEntry(
            "vault-busy", "Daran wird gerade schon etwas getan.", "Warte einen Moment und tu es dann noch einmal."),
        ReasonEntry("file-exists", "Eine Datei mit diesem Namen gibt es schon.", "Wähle einen anderen Namen."),
        ReasonEntry("file-unwritable", "Dort kann die Datei nicht geschrieben werden.", "Wähle einen anderen Ort."),
        ReasonEntry(
            "file-disk-full", "Die Platte für diese Datei ist voll.",
            "Schaff Platz oder wähle einen anderen Ort."),
        ReasonEntry("no-memory", "Dafür reicht der Speicher nicht.", "Beende etwas anderes und tu es noch einmal."),
    ]
}
