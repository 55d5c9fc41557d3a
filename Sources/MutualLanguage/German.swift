/// The sentences in German: short, plain, present tense, "du", people by their names.
///
/// docs/language.md has the words that are used for each thing. A name may stand in any case of the grammar, so no
/// sentence needs to know whether a name is a woman's or a man's, and none puts an ending on it.
enum German {
    static func sentence(_ key: Key) -> String? {
        let early: String? = general(key) ?? safe(key) ?? boundaries(key) ?? pairing(key) ?? giving(key)
        return early ?? reading(key) ?? kinds(key) ?? turns(key) ?? next(key) ?? own(key) ?? doctor(key) ?? around(key)
    }

    private static func general(_ key: Key) -> String? {
        switch key {
        case .purpose:
            "Mutual trägt Worte zu Menschen, die du kennst. Es sieht nicht, ob sie da sind. "
                + "Wenn du in Gefahr bist, ruf jemanden an, der kommen kann."
        case .mutualsNow:
            "Du und {name} seid einander jetzt ein Gegenüber. Was {name} dir erzählt, bleibt bei dir."
        case .helpEqual: "Alles geht auf beiden Seiten gleich. Mehr: mutual help all."
        case .helpArgument:
            "Andere an diesem Rechner können es in der Prozessliste sehen, und deine Shell merkt es sich vielleicht."
        case .startDone: "Mutual läuft."
        case .startRunning: "Mutual läuft schon."
        case .stopDone: "Mutual ist beendet."
        case .statusRunning: "Mutual läuft für {name}."
        case .statusLocked: "Mutual ist gesperrt."
        case .statusPort: "Port: {port}"
        case .statusInterfaces: "Netze: {names}"
        case .statusNoInterface: "Netze: keines. Was du schreibst, wartet. Woran es liegt: mutual doctor"
        case .whoamiName: "Du bist {name}."
        case .whoamiID: "Deine Kennung, für mutual add auf dem anderen Rechner:"
        case .whoamiWords: "Ihre zehn Wörter, zum Vorlesen und Vergleichen:"
        case .askName: "Wie nennst du dich? "
        case .versionDiffers:
            "Dieses mutual ist {mine}, das laufende mutuald ist {theirs}: Beende es und starte es wieder."
        case .nobody: "Hier ist noch niemand. Verbinde dich mit jemandem neben dir: mutual pair"
        case .standingMutual: "Gegenüber"
        case .standingListed: "wartet auf das andere Ja"
        case .standingOther: "etwas, das diese Version von Mutual nicht zeigen kann"
        case .added: "{name} ist eingetragen. Ihr seid einander ein Gegenüber, sobald du auch dort eingetragen bist."
        case .addedCompare: "Lest euch diese zehn Wörter vor; stimmt alles, sind es auf beiden Seiten dieselben:"
        case .renamed: "Der Name ist hier jetzt {name}."
        case .reached: "Gemerkt und gleich angewählt: {name} unter {address}."
        case .removed: "{name} ist nicht mehr eingetragen. Was für {name} gewartet hat, ist zurückgenommen."
        default: nil
        }
    }

    private static func boundaries(_ key: Key) -> String? {
        switch key {
        case .standingBlocked: "blockiert"
        case .partAsk:
            "Von {name} verabschieden? {name} erfährt, dass du dich verabschiedet hast, "
                + "und auf beiden Seiten wird der andere Name ausgetragen."
        case .partScript:
            "Hier kann niemand gefragt werden, ob es ein Abschied von {name} wird: Bestätige es mit --yes."
        case .parted:
            "Du hast dich von {name} verabschiedet. "
                + "Dein Abschied geht auf den Weg, sobald eure Geräte sich treffen."
        case .partNot: "Nichts wurde gesagt, und {name} bleibt."
        case .blockedNow:
            "{name} ist blockiert und erfährt es nicht. "
                + "Dieser Rechner wirkt jetzt wie einer, der {name} nie gekannt hat."
        case .blockedHides:
            "Wer die Adresse dieses Rechners kennt, kann sehen, dass er fremd tut, und nicht, warum: "
                + "Nur mutual pause sieht aus wie ausgeschaltet."
        case .unblocked:
            "{name} ist nicht mehr blockiert. Was wartet, geht auf den Weg, sobald eure Geräte sich treffen."
        case .replaced:
            "{name} ist jetzt die Person am neuen Gerät. Was für das alte gewartet hat, ist zurückgenommen."
        case .quietNone: "Keine Ruhe: Was kommt, darf sich melden."
        case .quietEnded: "Beendet. Was inzwischen kam, ist hier: mutual inbox"
        case .quietOpen: "Ruhe: Was kommt, wartet und meldet sich nicht. Beenden: mutual quiet off"
        case .quietUntil: "Ruhe bis {until}: Was kommt, wartet und meldet sich nicht."
        case .quietDaily: "Ruhe jeden Tag von {from} bis {until}: Was dann kommt, wartet und meldet sich nicht."
        case .quietOpenOf:
            "Ruhe für {name}: Was von dort kommt, wartet und meldet sich nicht. Beenden: mutual quiet {who} off"
        case .quietUntilOf: "Ruhe für {name} bis {until}: Was von dort kommt, wartet und meldet sich nicht."
        case .quietDailyOf:
            "Ruhe für {name} jeden Tag von {from} bis {until}: Was dann von dort kommt, wartet und meldet sich nicht."
        case .quietOneOf: "Nenne niemanden oder ein WHO, und eines von --until, --daily und off."
        case .badTime: "„{typed}“ ist keine Zeit: Schreib 22:00, oder einen Zeitpunkt wie 2026-03-01T22:00:00Z."
        case .notice: "Etwas für dich in Mutual."
        case .paused:
            "Pause: Du bist für alle abwesend, als wäre dieser Rechner ausgeschaltet. Zurück: mutual unpause"
        case .unpaused: "Du bist zurück. Was wartet, geht auf den Weg, sobald eure Geräte sich treffen."
        case .statusPaused: "Pause: für alle abwesend. Zurück: mutual unpause"
        default: nil
        }
    }

    private static func pairing(_ key: Key) -> String? {
        switch key {
        case .pairSay: "Sag das der Person neben dir: {code}   (10 Minuten, nur einmal)"
        case .pairLooking: "Suche das Gerät, das {code} anbietet ..."
        case .pairFound: "Ein Gerät ist gefunden."
        case .pairAsk: "Da nennt sich jemand {name}. Ist es die Person, die bei dir ist?"
        case .pairAnswerAgain: "Antworte bitte mit j oder n."
        case .pairAnswerLater: "Die Frage bleibt 5 Minuten offen: mutual pair yes, oder mutual pair no."
        case .pairOtherName: "Ein anderer Name für hier: "
        case .pairKnown:
            "Du kennst schon jemanden mit dem Namen {name}. Dieselbe Person an einem neuen Gerät, oder jemand anderes?"
        case .pairSameOrName: "Schreib same, oder einen anderen Namen für hier: "
        case .pairWaiting:
            "Dein Ja ist gespeichert, und ihr seid einander ein Gegenüber, sobald das andere kommt; "
                + "mutual remove {who} nimmt deines zurück."
        case .pairNo: "Du hast Nein gesagt. Nichts bleibt gespeichert."
        case .pairSaidNo: "Die Antwort ist Nein. Nichts bleibt gespeichert."
        case .pairWrongTyped:
            "Dieser Code hat nicht gepasst, oder jemand anderes hat an seiner Stelle geantwortet. "
                + "Macht einen neuen aus."
        case .pairWrongOffered:
            "Jemand hat einen falschen Code eingegeben. Dieser ist verbraucht; beginne neu mit mutual pair."
        case .pairTwoDevices: "Zwei Geräte hier bieten {code} an. Nichts wurde gesendet; macht einen neuen Code aus."
        case .pairBlocked: "Du hast diese Person blockiert. Hebe es zuerst auf: mutual unblock"
        case .pairTime: "Die Zeit ist um, und niemand wurde gefunden. Beginne neu mit mutual pair."
        case .pairTimeAsked: "Die Zeit ist um, und die Frage blieb ohne Antwort. Nichts bleibt gespeichert."
        case .pairTimeWaiting: "Die Zeit ist um. Dein Ja ist gespeichert und wartet auf das andere."
        case .pairCancelled: "Die Kopplung ist beendet."
        case .pairEnded: "Die Kopplung ist beendet: {how}."
        case .pairScript:
            "Hier kann niemand gefragt werden: Antworte mit mutual pair yes, oder beginne mit --yes."
        case .pairAwaiting: "Jetzt kommt es auf das Ja von {name} an."
        case .pairAskedSaid: "Da nennt sich jemand {name}: mit Ja beantwortet."
        case .pairTimeUp: "Die Zeit ist um; die Kopplung läuft weiter."
        case .pairNearest: "Wörter, die ähnlich sind: {words}"
        default: nil
        }
    }

    private static func giving(_ key: Key) -> String? {
        switch key {
        case .waiting: "Es wartet und geht auf den Weg, sobald eure Geräte sich treffen."
        case .waitingFor: "Für {name} ({handle}). Es wartet und geht auf den Weg, sobald eure Geräte sich treffen."
        case .delivered: "Auf dem Gerät von {name} angekommen."
        case .notReached: "Es hat {name} nicht rechtzeitig erreicht."
        case .undecided: "Seine Zeit ist um. Ob es {name} erreicht hat, zeigt sich, wenn eure Geräte sich treffen."
        case .takenBackNever: "Zurückgenommen. Es hat diesen Rechner nie verlassen."
        case .takenBack: "Du hast es zurückgenommen."
        case .takenBackRemoved: "Zurückgenommen, weil {name} nicht mehr eingetragen ist."
        case .takenBackReplaced: "Zurückgenommen, weil etwas Neueres an seiner Stelle steht."
        case .takenBackUndecided:
            "Zurückgenommen. Falls es schon auf dem Gerät von {name} ist, verschwindet es dort, wenn ihr euch trefft."
        case .takenBackWhenMet: "Zurückgenommen. Auf dem Gerät von {name} verschwindet es, wenn ihr euch trefft."
        case .takenBackHereOnly:
            "Hier zurückgenommen. {name} ist nicht mehr eingetragen, und was auf dem anderen Gerät ist, bleibt dort."
        case .takenBackFor: "Für {name} ({handle}). {sentence}"
        case .outboxWaits: "wartet bis {until}"
        case .outboxUndecided: "ob es angekommen ist, weiß noch niemand"
        case .outboxEmpty: "Nichts wartet."
        case .writeLines: "Schreib; fertig mit Strg-D oder einer Zeile mit nur einem Punkt. Strg-C sendet nichts."
        case .nothingSent: "Nichts wurde gesendet."
        case .severalAsk: "Das geht an {names}. Senden?"
        case .severalScript: "Das geht an {names}: Bestätige es mit --yes."
        case .timeIsUp: "Die Zeit ist um. Für {name} wartet es weiter."
        case .timeIsUpPerson: "Die Zeit ist um. {name} bleibt eingetragen."
        default: nil
        }
    }

    private static func reading(_ key: Key) -> String? {
        switch key {
        case .nothingNew: "Nichts Neues."
        case .nothingHere: "Hier ist nichts."
        case .moreBefore: "Früheres: {command}"
        case .theyTookBack: "{name} hat das zurückgenommen."
        case .cannotShow: "etwas, das diese Version von Mutual nicht zeigen kann"
        case .heardYou: "{name} hat dich gehört: "
        case .heardYouBare: "{name} hat dich gehört."
        case .youHeard: "Du hast {name} gehört: "
        case .youHeardBare: "Du hast {name} gehört."
        case .byScript: "von einem Skript gesendet"
        case .wantListen: "wünscht sich ein offenes Ohr"
        case .wantCompany: "wünscht sich Gesellschaft"
        case .wantIdeas: "wünscht sich Ideen"
        case .wantEncouragement: "wünscht sich ein gutes Wort"
        case .wantCelebrate: "möchte sich gemeinsam freuen"
        case .wantNothing: "keine Antwort nötig"
        case .youWantThis: "Das hast du dir gewünscht: {want}."
        case .theyWantThis: "{name} {want}."
        case .theyWantNothing: "{name}: keine Antwort nötig."
        case .toThem: "du an {name}"
        case .isNew: "neu"
        case .feels: "Gefühle: {words}"
        case .energyLow: "Energie: wenig"
        case .energySome: "Energie: etwas"
        case .energyHigh: "Energie: viel"
        case .contentNote: "[{about}]"
        case .couldHear: "Du könntest zurückgeben, was du verstanden hast: mutual heard {handle}"
        case .couldEncourage: "Du könntest ein gutes Wort schicken: mutual encourage {handle}"
        case .couldCelebrate: "Du könntest fragen, was es hat gelingen lassen: mutual note {handle}"
        case .couldWrite: "Du könntest zurückschreiben: mutual note {handle}"
        case .couldKeepInMind: "Du könntest es im Herzen behalten"
        case .couldNothing: "oder nichts: Es wird keine Antwort erwartet."
        case .couldKeep: "Du könntest es aufheben: mutual keep {handle}"
        case .couldBeHere: "Du könntest sagen, dass du da bist: mutual here {handle}"
        case .openMore: "Es gibt mehr: mutual open all"
        case .keepDone: "Aufgehoben, auch wenn seine Zeit um ist: mutual kept. Nur {name} kann es zurücknehmen."
        case .keptEmpty: "Noch ist nichts aufgehoben. Um ein gutes Wort aufzuheben: mutual keep HANDLE"
        case .foldedNote: "[{about}]  Um es zu öffnen: mutual open {handle}"
        case .chatBegin:
            "Mit {name}: Jede Zeile, die du schreibst, ist eine Notiz. Strg-D oder eine Zeile mit einem Punkt beendet es."
        case .chatWaits: "Was du geschrieben hast, wartet: Es geht los, sobald eure Geräte sich treffen."
        case .chatTerminal: "Ein Gespräch braucht ein Terminal."
        case .chatTerminalAdvice:
            "Was kommt: mutual watch. Was gesagt wurde: mutual history {who}. Zum Schreiben: mutual note {who}"
        default: nil
        }
    }

    private static func next(_ key: Key) -> String? {
        switch key {
        case .nextInit: "Hier beginnt es: mutual init --name NAME"
        case .nextStart: "Als Nächstes: mutual start"
        case .nextPair: "Als Nächstes kannst du dich mit jemandem neben dir verbinden: mutual pair"
        case .nextOpen: "Als Nächstes kannst du lesen, was gekommen ist: mutual open"
        case .nextCheckin: "Als Nächstes kannst du sagen, wie es dir geht: mutual checkin {who}"
        case .nextAnswer: "Antworte darauf: mutual pair yes, oder mutual pair no"
        case .nextWait: "Jetzt kommt es auf das Ja von {name} an. Wer hier ist: mutual people"
        case .nextUnpause: "Du machst Pause und bist für alle abwesend. Zurück: mutual unpause"
        case .eventMutual: "Du und {name} seid einander jetzt ein Gegenüber."
        case .eventRenamed: "{name} nennt sich jetzt {hello}."
        case .eventTwoMachines: "Der Schlüssel von {name} ist anscheinend auf zwei Rechnern in Gebrauch."
        case .eventPutBack:
            "Dieser Speicher wurde auf einen älteren Stand zurückgesetzt. Was seither gesagt wurde, kann sich "
                + "geändert haben; nimm noch einmal zurück, was du seither zurückgenommen hast."
        case .eventParted: "{name} hat sich verabschiedet."
        case .eventQuestion: "Eine Frage ist offen: mutual pair yes, oder mutual pair no."
        case .watchTakenOver: "Ein anderes mutual watch hat übernommen."
        case .watchLagged: "Dieser Leser ist zu langsam; es geht dort weiter, wo er war."
        case .watchGone: "Manches, was kam, ist nicht mehr aufgehoben; es geht mit dem weiter, was noch da ist."
        case .watchFailed: "Der Befehl endete mit {code}."
        case .watchComesAgain: "Dieses Ereignis kommt beim nächsten Mal mit diesem --consumer noch einmal."
        default: nil
        }
    }

    private static func around(_ key: Key) -> String? {
        switch key {
        case .notRunning: "Mutual läuft nicht."
        case .notRunningAdvice: "Starte es: mutual start"
        case .pathTooLong:
            "Der Pfad dieses Ordners ist zu lang: Der Pfad seines Sockets hat höchstens {limit} Bytes."
        case .pathTooLongAdvice: "Nimm einen kürzeren: mutual --home ORDNER"
        case .notOurs: "Was unter {path} antwortet, ist nicht Mutual oder gehört jemand anderem."
        case .notOursAdvice: "Nimm einen anderen Ordner: mutual --home ORDNER"
        case .noAccess: "Du darfst {path} nicht öffnen."
        case .noAccessAdvice: "Nimm einen eigenen Ordner: mutual --home ORDNER"
        case .cutOff: "Die Verbindung zu mutuald ist abgerissen."
        case .cutOffAdvice: "Sieh nach, ob es läuft: mutual status"
        case .noAnswer: "Das Programm mutuald läuft und antwortet nicht."
        case .noAnswerAdvice:
            "Tu es nach einer Weile noch einmal; bleibt es so, beende mutuald und starte es: mutual start"
        case .outcomeUnknown: "Es kam keine Antwort, und ob es getan ist, weiß niemand."
        case .outcomeUnknownAdvice:
            "Tu es noch einmal mit demselben Schlüssel, dann geschieht es genau einmal: --key {key}"
        case .outcomeUnknownNoKey:
            "Sieh nach, was daraus geworden ist, bevor du es noch einmal tust: mutual status"
        case .noDaemonProgram: "Das Programm mutuald liegt weder neben mutual noch auf PATH."
        case .noDaemonProgramAdvice: "Installiere es neben mutual."
        case .startSilent: "mutuald läuft und antwortet nicht."
        case .startEnded: "mutuald hat geendet, bevor es geantwortet hat."
        case .startSilentAdvice: "Sieh nach, was es sagt: {path}"
        case .stopSlow: "mutuald hat den Auftrag, sich zu beenden, und läuft noch."
        case .noHomeDirectory:
            "Es gibt keinen Platz für den Ordner von Mutual: Weder MUTUAL_HOME noch HOME ist gesetzt."
        case .badDuration: "„{typed}“ ist keine Dauer: Schreib 30s, 10m, 2h oder 1d."
        case .waitBack: "Hier kann niemand wissen, wann das auf dem anderen Gerät geschehen ist."
        case .waitBackAdvice: "Lass --wait weg: Es geht auf den Weg, sobald eure Geräte sich treffen."
        case .badLife: "„{typed}“ ist keine Lebensdauer: Schreib 10m bis 90d, zum Beispiel 2h."
        case .needsTerminal:
            "Hier kann niemand gefragt werden, weil die Eingabe kein Terminal ist: Nimm {flag}."
        case .fileUnreadable: "{path} lässt sich nicht lesen."
        case .fileUnreadableAdvice: "Nenne eine Datei, die da ist und die du öffnen kannst."
        case .fileUnwritableAdvice: "Nenne einen anderen Ort."
        case .editorFailed: "Der Editor endete ohne einen Text."
        case .editorFailedAdvice: "Schreib ihn als Argument oder mit -, einer Pipe oder --file."
        case .textTwice: "Der Text kommt von einer Stelle: als Argument, mit -, --file oder --edit."
        case .commandMissing: "--each braucht einen Befehl."
        case .tooLongCall: "Die Parameter sind länger als ein Aufruf sein kann, und das ist 1 MiB."
        case .notJSON: "Die Parameter sind kein JSON."
        case .notJSONAdvice: "Schreib ein JSON-Objekt, in einfachen Anführungszeichen."
        case .unknownVerb: "Es gibt kein Verb „{typed}“."
        case .unknownVerbAdvice: "Sieh nach, was es gibt: mutual help all"
        case .commandNotFound: "Der Befehl „{typed}“ lässt sich nicht ausführen."
        case .refusedOther: "Das geht hier nicht: {reason}."
        case .choices: "Eines von diesen: {names}"
        default: nil
        }
    }
}
