/// What each kind of item says of itself, in German.
extension German {
    /// Kinds that are one thing said.
    static func kinds(_ key: Key) -> String? {
        switch key {
        case .relateTheirs: "{name} kennt das auch: "
        case .relateYours: "Du hast {name} gesagt, dass du das auch kennst: "
        case .hereTheirs: "{name} sagt: Ich bin hier."
        case .hereYours: "Du hast {name} gesagt: Ich bin hier."
        case .celebrateTheirs: "{name} hat einen Grund zur Freude:"
        case .celebrateYou: "{name} freut sich über etwas von dir:"
        case .celebrateYours: "Du hast einen Grund zur Freude und teilst ihn mit {name}:"
        case .celebrateThem: "Du freust dich über etwas von {name}:"
        case .cheerTheirs: "{name} freut sich mit dir."
        case .cheerYours: "Du freust dich mit {name}."
        case .askTheirs: "{name} bittet um Ideen:"
        case .askYours: "Du bittest {name} um Ideen:"
        case .ideaTheirs: "{name} hat eine Idee:"
        case .ideaYours: "Du hast eine Idee für {name}:"
        case .ideaLived: "Aus eigener Erfahrung von {name}."
        case .ideaLivedYours: "Aus eigener Erfahrung."
        case .takeTheirs: "{name} nimmt das mit."
        case .takeYours: "Du nimmst diese Idee von {name} mit."
        case .closeTheirs: "{name} hat das abgeschlossen: {outcome}."
        case .closeYours: "Du hast das abgeschlossen: {outcome}."
        case .closeTheirsBare: "{name} hat das abgeschlossen."
        case .closeYoursBare: "Du hast das abgeschlossen."
        case .outcomeHelped: "es hat geholfen"
        case .outcomePartly: "es hat zum Teil geholfen"
        case .outcomeNotThisTime: "diesmal nicht"
        case .outcomeNoLongerNeeded: "es ist nicht mehr nötig"
        case .learnedTheirs: "Das nimmt {name} von dir mit:"
        case .learnedYours: "Das nimmst du von {name} mit:"
        default: nil
        }
    }

    /// Wants, room, exchanges, and what could be said then.
    static func turns(_ key: Key) -> String? {
        switch key {
        case .nowListen: "{name} wünscht sich jetzt ein offenes Ohr."
        case .nowCompany: "{name} wünscht sich jetzt Gesellschaft."
        case .nowIdeas: "{name} wünscht sich jetzt Ideen."
        case .nowEncouragement: "{name} wünscht sich jetzt ein gutes Wort."
        case .nowCelebrate: "{name} möchte sich jetzt gemeinsam freuen."
        case .nowNothing: "{name} braucht jetzt keine Antwort."
        case .roomYes: "{name} hat Raum."
        case .roomALittle: "{name} hat ein wenig Raum."
        case .roomResting: "{name} ruht sich aus."
        case .roomYesYours: "Du hast {name} gesagt, dass du Raum hast."
        case .roomALittleYours: "Du hast {name} gesagt, dass du ein wenig Raum hast."
        case .roomRestingYours: "Du hast {name} gesagt, dass du dich ausruhst."
        case .roomWaits: "Es wartet dort; du kannst schreiben."
        case .roomNone: "Du hast nicht gesagt, wie viel Raum du hast."
        case .exchangeTheirs: "{name} schlägt einen Austausch vor: {topic}"
        case .exchangeYours: "Du hast {name} einen Austausch vorgeschlagen: {topic}"
        case .exchangeTopic: "Ein Austausch: {topic}"
        case .exchangeLies:
            "Die Worte von {name} liegen versiegelt bis {until}. Beide öffnen sich zusammen, sobald deine da sind."
        case .exchangeSealed:
            "Deine Worte liegen versiegelt. Beide öffnen sich zusammen, sobald die von {name} da sind."
        case .exchangePassed: "Du lässt das vorbeigehen, und {name} erfährt es nicht."
        case .exchangeNotOpened: "Dieser Austausch wurde nicht geöffnet."
        case .exchangeNotFitting: "Das ist nicht, was versiegelt war."
        case .exchangeTheirWords: "{name}: "
        case .exchangeYourWords: "Du: "
        case .exchangeOpened: "Ein Austausch mit {name} ist offen: mutual open {handle}"
        case .exchangeAsk: "Deine eigenen Worte dazu: Sie bleiben versiegelt, bis beide da sind."
        case .answersItem: "Antwortet auf {handle}."
        case .answersGone: "Worauf das antwortet, gibt es nicht mehr."
        case .crossedClose: "{name} hat das geschrieben, bevor du es abgeschlossen hast."
        case .crossedWant: "{name} hat das geschrieben, bevor du dir etwas anderes gewünscht hast."
        case .couldExchange: "Du könntest mit eigenen Worten antworten: mutual exchange {handle}"
        case .couldIdea: "Du könntest eine Idee anbieten: mutual idea {handle}"
        case .couldTake: "Du könntest sie mitnehmen: mutual take {handle}"
        case .couldCheer: "Du könntest dich mitfreuen: mutual cheer {handle}"
        case .couldClose: "Du könntest sagen, was daraus wurde: mutual close {handle}"
        default: nil
        }
    }
}
