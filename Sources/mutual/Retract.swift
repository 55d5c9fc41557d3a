import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual retract`: takes back what one said.
struct Retract: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Take back something of your own."))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("The handle of what you said: see mutual history, or mutual outbox."))
    var item: String

    @Flag(name: .long, help: .said("Every copy of what went to several people at once."))
    var everywhere = false

    func run() throws {
        try call.effect.refuseWait()
        let parameters = ItemRetractParameters(item: item, everywhere: everywhere ? true : nil)
        try call.perform(.itemRetract(parameters)) { tree in
            for line in Self.lines(RetractedResult(tree)?.items ?? []) { Console.fold(line) }
        }
    }

    /// What became of it: one sentence, or a line for each copy.
    static func lines(_ copies: [RetractedEntry]) -> [String] {
        copies.map { copy in
            let names = copy.who.isEmpty ? [:] : ["name": copy.who]
            let sentence = Words.say(Self.key(copy.reach), names)
            guard copies.count > 1 else { return sentence }
            return Words.say(.takenBackFor, names.merging(["handle": copy.handle, "sentence": sentence]) { $1 })
        }
    }

    private static func key(_ reach: String) -> Key {
        switch reach {
        case "never-left": .takenBackNever
        case "when-met": .takenBackWhenMet
        case "here-only": .takenBackHereOnly
        default: .takenBackUndecided
        }
    }
}

/// `mutual outbox`: what waits, a line each.
struct Outbox: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Show what waits, or of which nobody knows yet whether it arrived, a line each."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var page: PageOptions

    func run() throws {
        let tree = try common.session().tree(
            .outboxList(PageParameters(limit: page.limit, before: page.before)))
        common.show(tree) {
            let found = ItemsResult(tree)
            let items = found?.items ?? []
            if items.isEmpty { return Console.say(.outboxEmpty) }
            let text = ItemText(columns: Console.columns)
            for item in items { Console.say(text.outboxLine(item)) }
            if let found { page.sayEarlier(found, ["outbox"]) }
        }
    }
}
