/// What Mutual never says of a person, and the exceptions, each with its reason. LanguageTests looks for it in every
/// sentence of the sources and in every expected line of the stories.

/// A way to say something that is never said.
struct Never {
    /// A regular expression, without regard to case.
    let pattern: String
    let reason: String

    init(_ pattern: String, _ reason: String) {
        self.pattern = pattern
        self.reason = reason
    }
}

private let presence = "whether somebody is there is not seen, and not said"
private let marks = "what somebody does with what came is theirs"
private let blame = "silence of a person is no fault"
private let praise = "nobody is praised for keeping up, nor counted"
private let equals = "both are mutuals, and nothing else"
private let pressure = "nobody is told what is to be done"

let neverSaid: [Never] = [
    // English
    Never(#"\b(seen|viewed)\b"#, marks),
    Never(#"\bread\b"#, marks),
    Never(#"\bdelivered (at|on) \d"#, presence),
    Never(#"\b(last seen|online|offline|typing|is away|is active|is busy)\b"#, presence),
    Never(#"\b(has not answered|did not answer|ignored|ignores|no reply)\b"#, blame),
    Never(#"\b(failed|failure|error|lost)\b"#, blame),
    Never(#"\b(inbox zero|caught up|well done|congratulations|great job)\b"#, praise),
    Never(#"\b(deleted|removed a message|unsent)\b"#, "it was taken back"),
    Never(#"\b(contacts?|friends?|users?|clients?|helpers?|followers?|members?|admins?|owners?)\b"#, equals),
    Never(#"\b(streak|score|level|rank|badge|points|percent|average)\b"#, praise),
    Never(#"\d\s?%"#, praise),
    Never(#"\b(should|must|just|try to|have to|need to|don't forget)\b"#, pressure),
    // German
    Never(#"\b(gesehen|angesehen|gelesen)\b"#, marks),
    Never(#"\b(zuletzt|erreichbar|tippt|ist da|ist weg|ist aktiv)\b"#, presence),
    Never(#"\b(hat nicht geantwortet|ignoriert|keine Reaktion)\b"#, blame),
    Never(#"\b(fehlgeschlagen|gescheitert|fehler|verloren)\b"#, blame),
    Never(#"\b(gut gemacht|super|glückwunsch|alles erledigt)\b"#, praise),
    Never(#"\b(gelöscht|entfernt)\b"#, "es ist zurückgenommen"),
    Never(#"\b(kontakte?n?|freund(e|in|innen)?|nutzer(in)?|benutzer(in)?|klient(in)?|helfer(in)?|mitglied)\b"#, equals),
    Never(#"\b(punkte|serie|rang|stufe|prozent|durchschnitt|abzeichen)\b"#, praise),
    Never(#"\b(muss|musst|müsst|müssen|soll|sollst|sollte|solltest|einfach|versuch\w*|nur noch|vergiss)\b"#, pressure),
    // both
    Never(#"[!\u00A1\u203C]"#, "nobody is shouted at"),
]

/// A sentence that may say it all the same.
struct Spared {
    /// The beginning of a file's path.
    let file: String
    /// A part of the sentence.
    let part: String
    let reason: String

    init(_ file: String, _ part: String, _ reason: String) {
        self.file = file
        self.part = part
        self.reason = reason
    }
}

private let fault = "a fault of the machine, said plainly"
private let account = "an account of the operating system, and its files"
private let oneself = "what one does oneself"

let spared: [Spared] = [
    Spared("Sources/MutualLanguage/English+Help.swift", "read what came", oneself),
    Spared("Sources/MutualLanguage/English+Help.swift", "read it: mutual open", oneself),
    Spared("Sources/MutualLanguage/English.swift", "Next, read what came", oneself),
    Spared("Sources/mutual/LookbackPage.swift", "<!DOCTYPE html>", "how a page of this kind begins"),
    Spared("Sources/mutual/LookbackPage.swift", "width: 100%", "a measure of a style sheet"),
    Spared("Sources/mutual/Read.swift", "Read what came.", oneself),
    Spared("Sources/MutualLanguage/German+HelpTexts.swift", "Read what came.", oneself),
    Spared("Sources/MutualLanguage/German+HelpTexts.swift", "Read the text from this file.", oneself),
    Spared("Sources/mutual/TextInput.swift", "Read the text from this file.", oneself),
    Spared("Sources/MutualLanguage/English+Reasons.swift", "A newer Mutual can read it.", "a program and an id"),
    Spared("Sources/MutualLanguage/English.swift", "{path} cannot be read.", fault),
    Spared("Sources/MutualLanguage/German+Reasons.swift", "selbst einen Fehler gemacht", fault),
    Spared("Sources/MutualDaemon/Home/HomeLocation.swift", "belongs to another user", account),
    Spared("Sources/MutualDaemon/Home/HomeLocation.swift", "Run this as its owner", account),
    Spared("Sources/MutualDaemon/Home/HomeLocation.swift", "Others can read", account),
    Spared("Sources/MutualDaemon/Home/HomeLocation.swift", "read-only disk", fault),
    Spared("Sources/MutualDaemon/Home/Settings.swift", "is a level such as info", "how much the log holds"),
    Spared("Sources/MutualDaemon/Storage/Storage.swift", "does not answer as it should", fault),
    Spared("Tests/StoryTests/stories/errors.story", "read-only disk", fault),
    Spared("Tests/StoryTests/stories/typed.story", "cannot be read.", fault),
    Spared("Tests/StoryTests/stories/narrow.story", "read what came", oneself),
]

/// Words that name what somebody is over another, or a measure of somebody.
let rolesAndRanks: Set<String> = [
    "admin", "administrator", "owner", "moderator", "superuser", "helper", "helpee", "client", "patient", "therapist",
    "counselor", "coach", "mentor", "mentee", "expert", "volunteer", "guest", "follower", "friend", "contact", "leader",
    "master", "slave", "superior", "inferior", "role", "rank", "ranking", "score", "streak", "level", "badge", "karma",
    "rating", "reputation", "popularity", "percent", "average", "presence", "online", "offline", "typing",
    "unread", "seen", "viewed", "user",
]

private let program = "a program that connects to the daemon"
private let logged = "how much the log holds, or which layer a socket option is for"
private let events = "a name of the event loop's library"
private let holder = "whose end of a connection in the invented network it is: one program's"

/// A name in the sources that has such a word and means no person: the beginning of a file's path, the name, why.
let sparedNames: [Spared] = [
    Spared("Sources/MutualClient/", "Client", program),
    Spared("Sources/MutualClient/", "ClientError", program),
    Spared("Sources/MutualControl/", "client", program),
    Spared("Sources/MutualCore/", "hasSeen", "flights of a handshake that came before: of a key, not of a person"),
    Spared("Sources/MutualDaemon/", "ClientBootstrap", events),
    Spared("Sources/MutualDaemon/", "Level", logged),
    Spared("Sources/MutualDaemon/", "MUTUAL_LOG_LEVEL", logged),
    Spared("Sources/MutualDaemon/", "client", program),
    Spared("Sources/MutualDaemon/", "clients", program),
    Spared("Sources/MutualDaemon/", "fireUserInboundEventTriggered", events),
    Spared("Sources/MutualDaemon/", "level", logged),
    Spared("Sources/MutualDaemon/", "levels", logged),
    Spared("Sources/MutualDaemon/", "logLevel", logged),
    Spared("Sources/MutualDaemon/", "log_level", logged),
    Spared("Sources/MutualDaemon/", "mostClients", program),
    Spared("Sources/MutualDaemon/", "owner", account),
    Spared("Sources/MutualDaemon/", "seen", "places of a ruleset, or orders, that a search has been at"),
    Spared("Sources/MutualDaemon/", "user", account),
    Spared("Sources/MutualDaemon/", "userInboundEventTriggered", events),
    Spared("Sources/MutualSimulator/", "Owner", holder),
    Spared("Sources/MutualSimulator/", "owner", holder),
    Spared("Sources/MutualSimulator/", "seen", "places of a ruleset, or orders, that a search has been at"),
    Spared("Sources/MutualStore/", "hasSeen", "flights of a handshake that came before: of a key, not of a person"),
    Spared("Sources/MutualStore/", "owner", "which program a database belongs to"),
    Spared("Sources/MutualStore/", "seen", "flights of a handshake that came before: of a key, not of a person"),
    Spared(
        "Sources/MutualStore/", "seen_running", "flights of a handshake that came before: of a key, not of a person"),
    Spared("Sources/MutualStore/", "sqlite_master", "a table of SQLite's own"),
    Spared("Sources/MutualStore/", "user_version", "a number of SQLite's for a version"),
    Spared("Sources/mutual/", "Client", program),
    Spared("Sources/mutual/", "ClientError", program),
    Spared("Sources/mutual/", "MutualClient", program),
    Spared("Sources/mutual/", "client", program),
]
