import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual relate`: I know this too.
struct Relate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Say that you know this too, in words of your own."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("relate", answering: answered.item) }
}

/// `mutual here`: I am here.
struct Here: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Say that you are here."), discussion: said("It has no words, and no answer is expected."))

    @OptionGroup var target: WhoOrItemArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("here", to: target.who, orItem: true, asking: false) }
}

/// `mutual celebrate`: a success.
struct Celebrate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Celebrate something of yours, or of theirs."))

    @Argument(help: .said("A name, several with commas, or all."))
    var who: String

    @OptionGroup var options: GiveOptions

    @Flag(name: .long, help: .said("It is something of theirs."))
    var yours = false

    func run() throws { try options.give("celebrate", to: who) { $0.whose = yours ? "yours" : "mine" } }
}

/// `mutual cheer`: joy with somebody.
struct Cheer: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Be glad with somebody."), discussion: said("It can go without words."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("cheer", answering: answered.item, asking: false) }
}

/// `mutual ask`: asks for ideas.
struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Ask for ideas."))

    @Argument(help: .said("A name, several with commas, or all."))
    var who: String

    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("ask", to: who) }
}

/// `mutual idea`: an idea, where it is asked for.
struct Idea: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Offer an idea where ideas are asked for, or build on one."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    @Flag(name: .long, help: .said("It is from your own experience."))
    var mine = false

    func run() throws { try options.give("idea", answering: answered.item) { $0.mine = mine ? true : nil } }
}

/// `mutual take`: an idea is taken.
struct Take: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Take an idea with you."), discussion: said("It can go without words."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("take", answering: answered.item, asking: false) }
}

/// `mutual close`: no more ideas, and what came of it.
struct Close: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Close what you asked, and say what came of it."), discussion: said("It can go without words."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    @Option(name: .long, help: .said("helped, partly, not-this-time or no-longer-needed."))
    var outcome: String?

    func run() throws {
        guard let outcome else { throw Failure(.usage, .parameters, reason: "outcome-missing") }
        try options.give("close", answering: answered.item, asking: false) { $0.outcome = outcome }
    }
}

/// `mutual learned`: what somebody takes from the other.
struct Learned: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Say what you take from somebody."))

    @OptionGroup var answered: AnsweredArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("learned", answering: answered.item) }
}

/// `mutual want`: another want for something of one's own.
struct WantVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "want", abstract: said("Say what you want now, of a check-in or note of your own."),
        usage: "mutual want ITEM listen|company|ideas|encouragement|celebrate|nothing")

    @Argument(help: .said("The handle of what you said: see mutual history."))
    var item: String

    /// Its second argument is the want.
    @OptionGroup var options: GiveOptions

    func run() throws {
        guard let want = options.text else { throw Failure(.usage, .parameters, reason: "want-missing") }
        var own = options
        own.text = nil
        try own.give("want", answering: item, asking: false) { $0.want = want }
    }
}

/// `mutual room`: how much room one has, said by hand.
struct Room: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Say how much room you have; it ends by itself."),
        discussion: said("It is shown to who is about to write to you, and asks nothing of them."))

    @Argument(help: .said("yes, a-little, resting, or off to take it back."))
    var have: String

    @OptionGroup var options: GiveOptions

    @Option(name: .customLong("for"), help: .said("How long, 10m to 90d; 12h if nothing is said."))
    var span: String?

    @Option(name: .long, help: .said("Whom it is for: a name, several with commas; else all."))
    var to: String?

    func run() throws {
        if have == "off" { return try takeBack() }
        let lifeS = try span.map { try Span.seconds($0, for: .badLife) }
        try options.give("room", to: to ?? "all", asking: false) { give in
            give.have = have
            if let lifeS { give.lifeS = lifeS }
        }
    }

    /// Takes back what was said to each, or to the one who is named.
    private func takeBack() throws {
        try options.call.effect.refuseWait()
        let key = try options.call.effect.effectKey()
        let session = try options.call.common.session()
        var copies: [RetractedEntry] = []
        for item in try standing(session) {
            let result: RetractedResult = try session.call(
                .itemRetract(ItemRetractParameters(item: item.id)), key: "\(key.prefix(32))-\(item.id)")
            copies += result.items
        }
        if options.call.common.json { return Console.say(document: RetractedResult(items: copies).bytes()) }
        if copies.isEmpty { return Console.say(.roomNone) }
        for line in Retract.lines(copies) { Console.fold(line) }
    }

    /// What one has said of one's room and that still stands.
    private func standing(_ session: Session) throws -> [ItemEntry] {
        var found: [ItemEntry] = []
        for name in WhoList.each(to) {
            let page: ItemsResult = try session.call(
                .historyList(HistoryListParameters(with: name, kind: "room", mine: true)))
            found += page.items.filter { $0.erased != true && $0.state != "not-reached" && $0.state != "taken-back" }
        }
        return found
    }
}

/// The item that a verb answers.
struct AnsweredArgument: ParsableArguments {
    @Argument(help: .said("The handle of what it answers: see mutual inbox."))
    var item: String
}
