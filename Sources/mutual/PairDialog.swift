import ArgumentParser
import MutualClient
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C and a closed terminal, noticed and not obeyed at once: the signals are held back and looked for.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    static func hold() {
        var held = sigset_t()
        sigemptyset(&held)
        for number in signals { sigaddset(&held, number) }
        sigprocmask(SIG_BLOCK, &held, nil)
    }

    static var isThere: Bool {
        var waiting = sigset_t()
        sigemptyset(&waiting)
        sigpending(&waiting)
        return signals.contains { sigismember(&waiting, $0) == 1 }
    }
}

/// The dialog of a pairing: shows, asks, answers, and goes away when another client answered.
///
/// The question is a state of the daemon; this is one of the clients that may answer it `[control-16]`.
struct PairDialog {
    let session: Session
    let json: Bool
    let sayYes: Bool
    let name: String?
    let key: String
    /// The code as it was typed, empty for who offers one.
    let typed: String
    /// When `--wait` is over.
    var endMs: Int64?
    /// Whether who has their name here is the same person, as far as it is known before they are asked.
    var same = false
    private var isAsked = false
    private var otherName = ""
    private var person: String?
    /// The question is answered, here or by another client.
    private var isAnswered = false
    /// What was answered here.
    private var myAnswer: Bool?
    /// A yes under a name that is in use: the next line typed is another name.
    private var wantsName = false
    /// The name that somebody else has here, as it was chosen; nil: what they call themself.
    private var contested: String?
    private var isContested = false

    init(session: Session, json: Bool, sayYes: Bool, name: String?, key: String, typed: String) {
        self.session = session
        self.json = json
        self.sayYes = sayYes
        self.name = name
        self.key = key
        self.typed = typed
    }

    private func say(_ key: Key, _ arguments: [String: String] = [:]) {
        if !json { Console.say(key, arguments) }
    }

    // MARK: beginning

    mutating func begin(_ call: ControlCall) throws {
        Interruption.hold()
        let opened: PairingResult = try session.call(call, key: key)
        let pairing = opened.entry
        if json { Console.say(document: opened.bytes()) }
        if typed.isEmpty, let code = pairing.code {
            say(.pairSay, ["code": code])
        } else {
            say(.pairLooking, ["code": pairing.code ?? typed])
        }
        try follow(pairing)
    }

    /// `mutual pair yes`, `mutual pair no`.
    mutating func answer(_ yes: Bool) throws {
        let open: PairingsResult = try session.call(.pairList)
        guard let pairing = open.pairings.first else { throw Failure(.notFound, .notFound, reason: "no-pairing") }
        take(pairing)
        let _: DoneResult = try session.call(
            .pairAnswer(
                PairAnswerParameters(
                    pairing: pairing.pairing, yes: yes, name: yes ? name : nil, same: yes && same ? true : nil)),
            key: key)
        isAnswered = true
        myAnswer = yes
        isAsked = true
        Interruption.hold()
        try follow(pairing)
    }

    private mutating func take(_ pairing: PairingEntry) {
        otherName = pairing.name ?? otherName
        person = pairing.person ?? person
    }

    // MARK: following

    private mutating func follow(_ pairing: PairingEntry) throws {
        try subscribe(since: pairing.seq)
        while true {
            let asksNow = isAsked && !isAnswered && Console.canAsk && !sayYes
            switch try session.follow(or: asksNow ? 0 : nil, atMost: 500) {
            case .event(let event, let tree):
                guard event.pairing == nil || event.pairing == pairing.pairing else { continue }
                if json { Console.say(document: tree.bytes()) }
                if try deal(event, pairing) { return }
            case .other: try typedLine(pairing)
            case .nothing:
                if Interruption.isThere { try interrupted(pairing) }
                if let endMs, Platform.nowMs >= endMs {
                    throw Failure(.timeIsUp, timeUp)
                }
                if asksNow { try lookForOthersAnswer(pairing) }
            }
        }
    }

    private func subscribe(since seq: Int64) throws {
        let kinds = ["pair.found", "pair.asked", "pair.ended", "pair.wrong-code"]
        let _: SubscribedResult = try session.call(
            .eventsSubscribe(EventsSubscribeParameters(since: seq, kinds: kinds)))
    }

    /// What `--wait` says when it is over.
    private var timeUp: Key {
        guard isAsked else { return .pairTimeUp }
        return isAnswered ? .pairTimeWaiting : .pairAnswerLater
    }

    /// Deals with an event; true when the dialog is over well.
    private mutating func deal(_ event: EventNotice, _ pairing: PairingEntry) throws -> Bool {
        switch event.knownKind {
        case .pairFound where !isAsked: say(.pairFound)
        case .pairAsked where !isAsked: try asked(pairing)
        case .pairEnded: return try ended(event)
        case .ended:
            if isAsked, !isAnswered, Console.canAsk, !sayYes { Console.endQuestion() }
            throw Failure(endOf: event)
        case .lagged: try subscribe(since: event.seq ?? pairing.seq)
        default: break
        }
        return false
    }

    private mutating func asked(_ pairing: PairingEntry) throws {
        isAsked = true
        let open: PairingsResult = try session.call(.pairList)
        guard let now = open.pairings.first(where: { $0.pairing == pairing.pairing }) else { return }
        take(now)
        guard now.stage == "asked" else { return isAnswered = true }
        let question = Words.say(.pairAsk, ["name": otherName])
        if sayYes {
            say(.pairAskedSaid, ["name": otherName])
            try send(true, pairing, as: name)
        } else if Console.canAsk {
            Console.ask("\(question) \(Words.catalogue.choice(usually: false)) ")
        } else {
            Console.complain(question)
            Console.complain(Words.say(.pairScript))
        }
    }

    // MARK: answering

    private mutating func typedLine(_ pairing: PairingEntry) throws {
        guard let line = Console.readLine() else {
            Console.endQuestion()
            throw Failure(.other, .pairAnswerLater)
        }
        if isContested, line.lowercased() == "same" {
            same = true
            return try send(true, pairing, as: contested)
        }
        if wantsName { return try send(true, pairing, as: line) }
        guard let yes = Console.answer(line, usually: false) else {
            return Console.ask("\(Words.say(.pairAnswerAgain)) \(Words.catalogue.choice(usually: false)) ")
        }
        try send(yes, pairing, as: name)
    }

    private mutating func send(_ yes: Bool, _ pairing: PairingEntry, as chosen: String?) throws {
        do {
            let _: DoneResult = try session.call(
                .pairAnswer(
                    PairAnswerParameters(
                        pairing: pairing.pairing, yes: yes, name: yes ? chosen : nil,
                        same: yes && same ? true : nil)))
            isAnswered = true
            myAnswer = yes
            if yes { say(.pairAwaiting, ["name": otherName]) }
        } catch let failure as Failure where ["name-in-use", "bad-name"].contains(failure.error.data.reason) {
            guard Console.canAsk, !sayYes else { throw failure }
            wantsName = true
            isContested = failure.error.data.reason == "name-in-use"
            contested = chosen
            if isContested {
                let name = failure.error.data.arguments?["name"] ?? chosen ?? otherName
                Console.ask(Words.say(.pairKnown, ["name": name]))
                Console.endQuestion()
                Console.ask(Words.say(.pairSameOrName))
            } else {
                Console.ask(SafeText.line(failure.error.message))
                Console.endQuestion()
                Console.ask(Words.say(.pairOtherName))
            }
        } catch let failure as Failure
            where ["pairing-answered", "pairing-not-open", "no-pairing"].contains(failure.error.data.reason)
        {
            // Another client was first: what it answered counts, and how it ended comes as an event.
            isAnswered = true
        }
    }

    /// Somebody at another terminal may have answered: then nothing is asked here any more.
    private mutating func lookForOthersAnswer(_ pairing: PairingEntry) throws {
        let open: PairingsResult = try session.call(.pairList)
        guard let now = open.pairings.first(where: { $0.pairing == pairing.pairing }), now.stage == "answered" else {
            return
        }
        isAnswered = true
        myAnswer = true
        Console.endQuestion()
        say(.pairAwaiting, ["name": otherName])
    }

    // MARK: ending

    private func interrupted(_ pairing: PairingEntry) throws {
        if isAsked {
            Console.endQuestion()
            if myAnswer == true {
                say(.pairWaiting, ["name": otherName])
                throw ExitCode(ExitStatus.done.rawValue)
            }
            if !isAnswered { Console.complain(Words.say(.pairAnswerLater)) }
        } else {
            let _: DoneResult = try session.call(.pairCancel(PairCancelParameters(pairing: pairing.pairing)))
            Console.endQuestion()
            Console.complain(Words.say(.pairCancelled))
        }
        throw ExitCode(ExitStatus.other.rawValue)
    }

    /// True when it is well; else it is said, with the exit code that belongs to it.
    private mutating func ended(_ event: EventNotice) throws -> Bool {
        if isAsked, !isAnswered, Console.canAsk, !sayYes { Console.endQuestion() }
        let name = try nameHere(event.person ?? person)
        switch event.how {
        case "mutuals":
            say(.mutualsNow, ["name": name])
            return true
        case "waiting-for-them":
            say(.pairWaiting, ["name": name])
            return true
        case "no": throw Failure(.other, myAnswer == false ? .pairNo : .pairSaidNo)
        case "wrong-code": throw Failure(.other, typed.isEmpty ? .pairWrongOffered : .pairWrongTyped)
        case "two-devices": throw Failure(.other, .pairTwoDevices, typed.isEmpty ? [:] : ["code": typed])
        case "blocked": throw Failure(.other, .pairBlocked)
        case "time": throw Failure(.timeIsUp, isAsked ? .pairTimeAsked : .pairTime)
        case "cancelled": throw Failure(.other, .pairCancelled)
        default: throw Failure(.other, .pairEnded, ["how": event.how ?? ""])
        }
    }

    /// The name that they have here; what they call themselves while they have none.
    private func nameHere(_ id: String?) throws -> String {
        guard let id, let known = try session.people().first(where: { $0.id == id }) else { return otherName }
        return known.name
    }
}
