import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual keep`: a kind word goes into one's jar.
struct Keep: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Keep a kind word beyond its time."),
        discussion: said(
            """
            What can be kept: heard, here, encourage, celebrate, cheer and learned, unless it was sent with --no-keep.
            Who said it can take it back at any time.
            """))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("Its handle: see mutual inbox."))
    var item: String

    func run() throws {
        try call.perform(.itemKeep(ItemKeepParameters(item: item))) { tree in
            guard let kept = ItemsResult(tree)?.items.first else { return }
            Console.say(.keepDone, ["name": kept.who])
        }
    }
}

/// `mutual kept`: one's jar of kind words.
struct Kept: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show the kind words that you kept."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = PageParameters(limit: page.limit, before: page.before)
        try page.show(.keptList(parameters), common, empty: .keptEmpty, earlier: ["kept"])
    }
}

/// `mutual thread`: an ask with its ideas, a check-in with what was said back.
struct ThreadVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thread", abstract: said("Show an ask with its ideas, or anything with what was said back."),
        discussion: said("It marks nothing, and content notes stay folded."))

    @OptionGroup var common: CommonOptions

    @Argument(help: .said("The handle of anything that belongs to it."))
    var item: String

    @OptionGroup var page: PageOptions

    func run() throws {
        let parameters = ThreadListParameters(item: item, before: page.before, limit: page.limit)
        let tree = try common.session().tree(.threadList(parameters))
        if common.json { return Console.say(document: tree.bytes()) }
        guard let found = ItemsResult(tree) else { return }
        guard !found.items.isEmpty else { return Console.say(.nothingHere) }
        page.sayEarlier(found, ["thread", item])
        let text = ItemText(columns: Console.columns)
        for (index, item) in found.items.enumerated() {
            if index > 0 { Console.say("") }
            for line in text.folded(item) { Console.say(line) }
        }
    }
}

/// `mutual search`: where a text stands.
struct SearchVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: said("Find what was said, both ways, without regard to case."),
        discussion: said(
            """
            It looks in words, content notes, topics and feeling words. It marks nothing, and content notes stay folded.
            """))

    @OptionGroup var common: CommonOptions

    @Argument(help: .said("What you look for; - for stdin."))
    var text: String

    @Option(name: .long, help: .said("Only with this person."))
    var with: String?

    @OptionGroup var page: PageOptions

    func run() throws {
        let typed = text == "-" ? Console.readLine() ?? "" : text
        let parameters = SearchListParameters(text: typed, with: with, before: page.before, limit: page.limit)
        let earlier = ["search", text] + (with.map { ["--with", $0] } ?? [])
        try page.show(.searchList(parameters), common, both: true, earlier: earlier)
    }
}

extension PageOptions {
    /// A page of a list, a line each, and how to see what came before it.
    func show(
        _ call: ControlCall, _ common: CommonOptions, both: Bool = false, empty: Key = .nothingHere, earlier: [String]
    ) throws {
        let tree = try common.session().tree(call)
        if common.json { return Console.say(document: tree.bytes()) }
        guard let page = ItemsResult(tree) else { return }
        guard !page.items.isEmpty else { return Console.say(empty) }
        let text = ItemText(columns: Console.columns)
        for item in page.items { Console.say(text.line(item, both: both)) }
        sayEarlier(page, earlier)
    }

    /// A quiet line with the command that shows what came before this page.
    func sayEarlier(_ page: ItemsResult, _ words: [String]) {
        guard page.next != nil, let first = page.items.first else { return }
        let limit = limit.map { ["--limit", String($0)] } ?? []
        let command = ["mutual"] + words + limit + ["--before", first.handle]
        Console.say(.moreBefore, ["command": command.map { SafeText.word($0) }.joined(separator: " ")])
    }
}
