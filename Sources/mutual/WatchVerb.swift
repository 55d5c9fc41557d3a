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

/// `mutual watch`: lines as they come; with `--each` a command for each event.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show what comes, as it comes; marks nothing."))
    /// How long a daemon that went away is waited for, milliseconds.
    private static let patienceMs: Int64 = 15_000

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("A name under which it is remembered how far this came: misses nothing."))
    var consumer: String?

    @Flag(name: .long, help: .said("Only what may give a notice, without who and what: a line each."))
    var notices = false

    @Option(
        name: .long, parsing: .remaining,
        help: .said(
            """
            Run this command, without a shell, for each event: the event on stdin, done when it exits 0. All that follows \
            belongs to the command.
            """))
    var each: [String] = []

    func run() throws {
        if CommandLine.arguments.contains("--each"), each.isEmpty { throw Failure(.usage, .commandMissing) }
        var session = try common.session()
        var place = Place()
        let names = NameBook()
        while true {
            do {
                try follow(session, &place, names)
            } catch let failure as Failure where Self.isCut(failure) {
                session = try again()
            }
        }
    }

    /// How far this watcher came.
    private struct Place {
        /// The last event that was dealt with; nil: it has not begun.
        var seq: Int64?
        /// What was dealt with and not told the daemon yet.
        var unacknowledged: Int64?
    }

    /// The daemon went away, or is about to: what it does not know of is told it again.
    private static func isCut(_ failure: Failure) -> Bool {
        ["cut-off", "outcome-unknown", "stopping", "shutting-down"].contains(failure.error.data.reason)
    }

    private func again() throws -> Session {
        let endMs = Platform.nowMs + Self.patienceMs
        while true {
            do {
                return try common.session()
            } catch let failure as Failure where failure.status == .notRunning || Self.isCut(failure) {
                guard Platform.nowMs < endMs else { throw failure }
                usleep(200_000)
            }
        }
    }

    /// Follows until the connection breaks, or the daemon says from where to go on.
    private func follow(_ session: Session, _ place: inout Place, _ names: NameBook) throws {
        try acknowledge(session, &place)
        var parameters =
            consumer == nil
            ? EventsSubscribeParameters(since: place.seq) : EventsSubscribeParameters(consumer: consumer)
        if notices { parameters.kinds = [EventNotice.Kind.itemArrived.rawValue] }
        let subscribed: SubscribedResult = try session.call(.eventsSubscribe(parameters))
        if place.seq == nil || consumer != nil { place.seq = subscribed.seq }
        if each.isEmpty, !common.json { try names.read(session) }
        while true {
            guard case .event(let event, let tree) = try session.follow() else { continue }
            switch event.knownKind {
            case .ended:
                if event.reason == "locked" { throw Failure(.locked, .locked, reason: "locked") }
                throw Failure(.other, event.reason == "taken-over" ? .watchTakenOver : .cutOff)
            case .lagged: return lagged(event, &place)
            default: break
            }
            try deal(event, tree, session, names)
            guard let number = event.seq else { continue }
            place.seq = number
            place.unacknowledged = number
            try acknowledge(session, &place)
        }
    }

    /// Tells the daemon how far a named consumer is. What it may not have heard it is told again.
    private func acknowledge(_ session: Session, _ place: inout Place) throws {
        if let consumer, let number = place.unacknowledged {
            let _: DoneResult = try session.call(.eventsAck(EventsAckParameters(consumer: consumer, seq: number)))
        }
        place.unacknowledged = nil
    }

    /// Goes on from where the daemon says; a named consumer is put there, as it begins with what it said last.
    private func lagged(_ event: EventNotice, _ place: inout Place) {
        guard let last = event.seq else { return }
        // With a filter the numbers between are of other kinds, too.
        let isGone = !notices && place.seq.map { last > $0 } ?? false
        Console.complain(Words.say(isGone ? .watchGone : .watchLagged))
        place.seq = last
        place.unacknowledged = last
    }

    private func deal(_ event: EventNotice, _ tree: JSONValue, _ session: Session, _ names: NameBook) throws {
        // Whether it may is decided when it comes, and never made up for.
        if notices, event.notice != true { return }
        if !each.isEmpty {
            try Self.run(each, input: tree.bytes() + [0x0A], comesAgain: consumer != nil)
        } else if common.json {
            Console.say(document: tree.bytes())
        } else if notices {
            Console.say(.notice)
        } else if let line = try line(event, session, names) {
            // What is of several lines has been wrapped already; a sentence may hold a name that is long.
            for row in line.split(separator: "\n", omittingEmptySubsequences: false) { Console.fold(String(row)) }
        }
    }

    private func line(_ event: EventNotice, _ session: Session, _ names: NameBook) throws -> String? {
        func name() throws -> [String: String] {
            try names.read(session)
            return ["name": event.person.flatMap { names.names[$0] }].compactMapValues { $0 }
        }
        switch event.knownKind {
        case .itemArrived:
            guard let id = event.item else { return nil }
            do {
                let found: ItemResult = try session.call(.itemGet(ItemGetParameters(item: id)))
                return ItemText(columns: Console.columns).line(found.item)
            } catch let failure as Failure where failure.status == .notFound {
                return nil
            }
        case .exchangeOpened:
            guard let id = event.item else { return nil }
            do {
                let found: ItemResult = try session.call(.itemGet(ItemGetParameters(item: id)))
                return Words.say(.exchangeOpened, ["name": found.item.who, "handle": found.item.handle])
            } catch let failure as Failure where failure.status == .notFound {
                return nil
            }
        case .nudge: return NudgeText.said(event, session)
        // What took its place has come, too.
        case .itemErased where event.cause == "replaced": return nil
        case .itemErased: return Words.say(.theyTookBack, try name())
        case .itemState where event.state == "not-reached": return Words.say(.notReached, try name())
        case .itemState where event.state == "undecided": return Words.say(.undecided, try name())
        case .itemDelivered: return Words.say(.delivered, try name())
        case .personMutual: return Words.say(.eventMutual, try name())
        case .personParted: return Words.say(.eventParted, try name())
        case .personTwoMachines: return Words.say(.eventTwoMachines, try name())
        case .pairAsked: return Words.say(.eventQuestion)
        case .pairWrongCode: return Words.say(.pairWrongOffered)
        case .storePutBack: return Words.say(.eventPutBack)
        case .personRenamed:
            guard let person = try session.people().first(where: { $0.id == event.person }),
                let hello = person.helloName, hello != person.name
            else { return nil }
            return Words.say(.eventRenamed, ["name": person.name, "hello": hello])
        case .itemOpened, .itemState, .pairFound, .pairEnded, .ended, .lagged, nil: return nil
        }
    }

    /// Runs a command with these bytes at its stdin.
    /// - Throws: when it does not exit 0: a named consumer has not dealt with the event, and it comes again.
    private static func run(_ command: [String], input: [UInt8], comesAgain: Bool) throws {
        var ends: [CInt] = [0, 0]
        guard let program = command.first, pipe(&ends) == 0 else { throw Failure(.usage, .commandMissing) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // An event is far smaller than what a pipe holds, so it is written whole before the command begins.
        Console.write(input, to: ends[1])
        close(ends[1])
        defer { close(ends[0]) }
        let code: Int32
        do {
            code = Spawn.exitCode(of: try Spawn.begin(program, Array(command.dropFirst()), inputs: [(ends[0], 0)]))
        } catch {
            throw Failure(.other, .commandNotFound, ["typed": program])
        }
        guard code == 0 else {
            throw Failure(.other, .watchFailed, ["code": String(code)], advice: comesAgain ? .watchComesAgain : nil)
        }
    }
}

/// The names of people, also of those who are not listed any more since `watch` began.
private final class NameBook {
    private(set) var names: [String: String] = [:]

    func read(_ session: Session) throws {
        for person in try session.people() { names[person.id] = person.name }
    }
}
