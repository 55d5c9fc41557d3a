import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual inbox`: what came, a line each, newest last; changes nothing.
struct Inbox: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what came, a line each, newest last.")

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: "Only what is not opened.")
    var new = false

    @Option(name: .long, help: "Only from this person.")
    var with: String?

    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = InboxListParameters(
            unopened: new ? true : nil, with: with, limit: page.limit, before: page.before)
        let tree = try common.session().tree(.inboxList(parameters))
        if common.json { return Console.say(document: tree.bytes()) }
        guard let page = ItemsResult(tree) else { return }
        guard !page.items.isEmpty else { return Console.say(new ? .nothingNew : .nothingHere) }
        let text = ItemText(columns: Console.columns)
        for item in page.items { Console.say(text.line(item)) }
        if let next = page.next { Console.say(.moreBefore, ["command": "mutual inbox --before \(next)"]) }
    }
}

/// `mutual open`: all of it, and marks it opened, here only.
struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Read what came.")

    @OptionGroup var call: CallOptions

    @Argument(help: "A handle, or all; nothing: the oldest that is not opened.")
    var item: String?

    func run() throws {
        let parameters = item == "all" ? ItemOpenParameters(all: true) : ItemOpenParameters(item: item)
        try call.perform(.itemOpen(parameters)) { tree in
            guard let opened = ItemsResult(tree) else { return }
            guard !opened.items.isEmpty else { return Console.say(.nothingNew) }
            let text = ItemText(columns: Console.columns)
            for (index, item) in opened.items.enumerated() {
                if index > 0 { Console.say("") }
                for line in text.whole(item) { Console.say(line) }
                if !item.mine, item.erased != true { Console.fold(text.afterwards(item)) }
            }
        }
    }
}

/// `mutual history`: what was said, both ways.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what was said, both ways, newest last.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Only with this person.")
    var who: String?

    @Option(name: .long, help: "Only this kind, such as checkin or idea.")
    var kind: String?

    @Flag(name: .long, help: "Only your own.")
    var mine = false

    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = HistoryListParameters(
            with: who, kind: kind, mine: mine ? true : nil, before: page.before, limit: page.limit)
        let tree = try common.session().tree(.historyList(parameters))
        if common.json { return Console.say(document: tree.bytes()) }
        guard let page = ItemsResult(tree) else { return }
        guard !page.items.isEmpty else { return Console.say(.nothingHere) }
        let text = ItemText(columns: Console.columns)
        for item in page.items { Console.say(text.line(item, both: true)) }
        if let next = page.next { Console.say(.moreBefore, ["command": "mutual history --before \(next)"]) }
    }
}

/// `mutual` alone: what is new, an open question, one next step.
enum Today {
    static func show(_ common: CommonOptions) throws {
        let home = try Home(common.home)
        let session: Session
        do {
            session = try Session(home)
        } catch let failure as Failure where failure.status == .notRunning {
            var failure = failure
            failure.error.data.advice = Words.say(home.hasVault ? .nextStart : .nextInit)
            throw failure
        }
        let new = try session.tree(.inboxList(InboxListParameters(unopened: true)))
        if common.json { return Console.say(document: new.bytes()) }
        let items = ItemsResult(new)?.items ?? []
        let text = ItemText(columns: Console.columns)
        if items.isEmpty { Console.say(.nothingNew) }
        for item in items { Console.say(text.line(item)) }
        try nextStep(session, hasNew: !items.isEmpty)
    }

    private static func nextStep(_ session: Session, hasNew: Bool) throws {
        let open: PairingsResult = try session.call(.pairList)
        if let question = open.pairings.first(where: { $0.stage == "asked" }) {
            Console.say(.pairAsk, ["name": question.name ?? ""])
            return Console.say(.nextAnswer)
        }
        if session.isPaused { return Console.say(.nextUnpause) }
        if hasNew { return Console.say(.nextOpen) }
        let people = try session.people()
        if let mutual = people.first(where: { $0.standing == "mutual" }) {
            Console.say(.nextCheckin, ["name": mutual.name.lowercased()])
        } else if let listed = people.first(where: { $0.standing == "listed" }) {
            Console.say(.nextWait, ["name": listed.name])
        } else {
            Console.say(.nextPair)
        }
    }
}
