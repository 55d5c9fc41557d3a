import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual inbox`: what came, a line each, newest last; changes nothing.
struct Inbox: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show what came, a line each, newest last."))

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: .said("Only what is not opened."))
    var new = false

    @Option(name: .long, help: .said("Only from this person."))
    var with: String?

    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = InboxListParameters(
            unopened: new ? true : nil, with: with, limit: page.limit, before: page.before)
        let earlier = ["inbox"] + (new ? ["--new"] : []) + (with.map { ["--with", $0] } ?? [])
        try page.show(.inboxList(parameters), common, empty: new ? .nothingNew : .nothingHere, earlier: earlier)
    }
}

/// `mutual open`: all of it, and marks it opened, here only.
struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Read what came."))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("A handle, or all; nothing: the oldest that is not opened."))
    var item: String?

    func run() throws {
        let isAll = item == "all"
        try call.perform(.itemOpen(isAll ? ItemOpenParameters(all: true) : ItemOpenParameters(item: item))) { tree in
            guard let opened = ItemsResult(tree) else { return }
            guard !opened.items.isEmpty else { return Console.say(.nothingNew) }
            let text = ItemText(columns: Console.columns)
            for (index, item) in opened.items.enumerated() {
                if index > 0 { Console.say("") }
                for line in text.whole(item) { Console.say(line) }
                if !item.mine, item.erased != true { Console.fold(text.afterwards(item)) }
            }
            if isAll, hasMore() { Console.say(.openMore) }
        }
    }

    /// Whether more came than one answer holds.
    private func hasMore() -> Bool {
        let parameters = InboxListParameters(unopened: true, limit: 1)
        let left: ItemsResult? = try? call.common.session().call(.inboxList(parameters))
        return left?.items.isEmpty == false
    }
}

/// `mutual history`: what was said, both ways.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show what was said, both ways, newest last."))

    @OptionGroup var common: CommonOptions

    @Argument(help: .said("Only with this person."))
    var who: String?

    @Option(name: .long, help: .said("Only this kind, such as checkin or idea."))
    var kind: String?

    @Flag(name: .long, help: .said("Only your own."))
    var mine = false

    @Flag(name: .long, help: .said("Only what came."))
    var theirs = false

    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = HistoryListParameters(
            with: who, kind: kind, mine: mine == theirs ? nil : mine, before: page.before, limit: page.limit)
        let flags = (mine ? ["--mine"] : []) + (theirs ? ["--theirs"] : [])
        let earlier = ["history"] + (who.map { [$0] } ?? []) + (kind.map { ["--kind", $0] } ?? []) + flags
        try page.show(.historyList(parameters), common, both: true, earlier: earlier)
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
