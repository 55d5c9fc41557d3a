import ArgumentParser
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `mutual chat`: lines as they come, and what one answers.
struct ChatVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: said("Write and answer, line by line."),
        discussion: said(
            """
            A line that you write is a note. What is shown counts as opened, but for what has a content note.
            Ctrl-D, Ctrl-C or a line with one dot ends it.
            """))

    @OptionGroup var common: CommonOptions

    @Argument(help: .said("A name, its beginning, or an id."))
    var who: String

    func run() throws {
        guard !common.json, isatty(0) == 1, isatty(1) == 1 else {
            throw Failure(.usage, .chatTerminal, ["name": who], advice: .chatTerminalAdvice)
        }
        let session = try common.session()
        // The daemon says what is wrong with a name.
        let _: ItemsResult = try session.call(.inboxList(InboxListParameters(with: who, limit: 1)))
        guard let person = try session.people().named(who) else {
            throw Failure(.notFound, .notFound, reason: "unknown-person", ["typed": who])
        }
        guard person.standing != "blocked" else {
            throw Failure(.refused, .refused, reason: "blocked", ["name": person.name])
        }
        let signals = SignalPipe.catchSignals()
        guard let terminal = KeyTerminal() else { throw Failure(.usage, .chatTerminal, ["name": who]) }
        var chat = Chat(session: session, person: person, terminal: terminal)
        defer { terminal.restore() }
        try chat.follow(signals)
    }
}

/// What two say to each other at one terminal: nothing is cleared, moved or coloured, each line comes after the other.
struct Chat {
    let session: Session
    let person: PersonEntry
    let terminal: KeyTerminal
    private var editor = LineEditor(columns: Console.columns ?? 80)
    /// What was shown already, by id: what came while the list was asked for comes as an event, too.
    private var shown: Set<String> = []
    /// One's own of which it is not known yet that it is there.
    private var waiting: Set<String> = []
    private var seq: Int64?

    init(session: Session, person: PersonEntry, terminal: KeyTerminal) {
        self.session = session
        self.person = person
        self.terminal = terminal
    }

    /// Follows until one of the two ends it.
    mutating func follow(_ signals: CInt) throws {
        Console.say(.chatBegin, ["name": person.name])
        if let room = person.room, let key = ItemText.roomKey(room.have, mine: false) {
            Console.fold(Words.say(key, ["name": person.name]) + " " + Words.say(.roomWaits))
        }
        try subscribe()
        let new: ItemsResult = try session.call(.inboxList(InboxListParameters(unopened: true, with: person.id)))
        for item in new.items { try show(item) }
        while true {
            switch try session.follow(orAny: [signals, 0]) {
            case .event(let event, _):
                if try deal(event) { return }
            case .other:
                if Self.isReady(signals) {
                    if try obey() { return }
                } else if Self.isReady(0), try typed() {
                    return
                }
            case .nothing: break
            }
        }
    }

    private mutating func subscribe() throws {
        let kinds = [
            "item.arrived", "item.erased", "item.delivered", "item.state", "exchange.opened", "person.parted",
        ]
        let subscribed: SubscribedResult = try session.call(
            .eventsSubscribe(EventsSubscribeParameters(since: seq, kinds: kinds)))
        seq = subscribed.seq
    }

    // MARK: what comes

    /// Deals with an event; true when there is nobody to talk with any more.
    private mutating func deal(_ event: EventNotice) throws -> Bool {
        if event.knownKind == .ended {
            throw Failure(endOf: event)
        }
        if let number = event.seq { seq = number }
        if event.knownKind == .lagged {
            try subscribe()
            return false
        }
        guard event.person == person.id else { return false }
        let name = ["name": person.name]
        switch event.knownKind {
        case .itemArrived:
            if let item = try item(event.item) { try show(item) }
        case .exchangeOpened:
            if let item = try item(event.item) {
                say([Words.say(.exchangeOpened, ["name": item.who, "handle": item.handle])])
            }
        case .itemErased: say([Words.say(.theyTookBack, name)])
        case .itemDelivered: if let id = event.item { waiting.remove(id) }
        case .itemState:
            guard let id = event.item, waiting.remove(id) != nil else { break }
            say([Words.say(StateWords.key(event.state ?? "", cause: event.cause), name)])
        case .personParted:
            say([Words.say(.eventParted, name)])
            return true
        default: break
        }
        return false
    }

    private func item(_ id: String?) throws -> ItemEntry? {
        guard let id else { return nil }
        do {
            let found: ItemResult = try session.call(.itemGet(ItemGetParameters(item: id)))
            return found.item
        } catch let failure as Failure where failure.status == .notFound {
            return nil
        }
    }

    /// Shows something that came, and marks it opened; what has a content note stays folded, and is not marked.
    private mutating func show(_ item: ItemEntry) throws {
        guard !item.mine, shown.insert(item.id).inserted else { return }
        let text = ItemText(columns: Console.columns)
        guard item.about == nil else { return say(text.folded(item)) }
        say(text.spoken(item))
        do {
            let _: ItemsResult = try session.call(.itemOpen(ItemOpenParameters(item: item.id)))
        } catch let failure as Failure where failure.status == .notFound {
            // Its time was over in this moment.
        }
    }

    /// Lines of their own; a half typed one goes on below them.
    private func say(_ lines: [String]) {
        if !editor.text.isEmpty { Console.say("") }
        for line in lines.flatMap({ SafeText.rows($0, columns: Console.columns) }) { Console.say(line) }
        Console.prompt(editor.shown)
    }

    // MARK: what is typed

    /// Takes what was typed; true when it is the end.
    private mutating func typed() throws -> Bool {
        guard let bytes = terminal.read() else { return true }
        editor.columns = Console.columns ?? 80
        for byte in bytes {
            switch editor.take(byte) {
            case .echo(let text): Console.prompt(text)
            case .line(let line):
                Console.say("")
                if line == "." { return end() }
                try send(line)
            case .end:
                if !editor.text.isEmpty { Console.say("") }
                return end()
            case .suspend: suspend(SIGTSTP)
            case nil: break
            }
        }
        return false
    }

    private mutating func send(_ line: String) throws {
        guard !line.allSatisfy({ $0 == " " }) else { return }
        var give = ItemGiveParameters(kind: "note")
        give.to = [person.id]
        give.text = line
        do {
            let given: GivenResult = try session.call(.itemGive(give), key: EffectOptions.freshKey())
            for item in given.items where item.state == "waiting" { waiting.insert(item.id) }
        } catch let failure as Failure where failure.status == .refused {
            // It is not sent, and not lost: it stands there to be changed.
            editor.restore(line)
            for line in failure.lines { Console.say(line) }
            Console.prompt(editor.shown)
        }
    }

    private func end() -> Bool {
        if !waiting.isEmpty { Console.say(.chatWaits) }
        return true
    }

    // MARK: signals

    /// Whether there is something to read, or nobody who could write it.
    private static func isReady(_ descriptor: CInt) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    /// A signal came; true when the terminal is gone. One that ends programs ends this one, with the terminal as it was.
    private func obey() throws -> Bool {
        guard let number = SignalPipe.next() else { return false }
        if number == SIGTSTP {
            suspend(number)
            return false
        }
        terminal.restore()
        SignalPipe.obey(number)
        return true
    }

    /// Stops as every program does, and goes on where it was.
    private func suspend(_ number: CInt) {
        terminal.restore()
        SignalPipe.obey(number)
        terminal.begin()
        Console.prompt(editor.shown)
    }
}
