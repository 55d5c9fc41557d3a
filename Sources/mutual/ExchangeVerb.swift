import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual exchange`: both write, neither can see the other's first, both open together.
struct Exchange: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Propose an exchange, answer one, or let it pass."),
        usage: """
            mutual exchange WHO TOPIC [TEXT]
            mutual exchange ITEM [TEXT]
            mutual exchange ITEM --pass
            """,
        discussion: said("Both write their own words, and both open together. A script cannot send one."))

    @OptionGroup var target: WhoOrItemArgument
    @OptionGroup var options: GiveOptions

    @Argument(help: .said("Your own words, where a topic stands before them; - for stdin."))
    var words: String?

    @Flag(name: .long, help: .said("Let it pass; the other is not told."))
    var pass = false

    func run() throws {
        let session = try options.call.common.session()
        if pass { return try letPass() }
        switch try Giver.target(target.who, orItem: true, session) {
        case .item(let item):
            guard words == nil else { throw Failure(.usage, .textTwice) }
            try Giver(session: session, options: options).give("exchange", to: .item(item))
        case .people(let names):
            guard let topic = options.text, !topic.isEmpty else {
                throw Failure(.refused, .refused, reason: "exchange-topic")
            }
            var own = options
            own.text = words
            try Giver(session: session, options: own).give("exchange", to: .people(names)) { $0.topic = topic }
        }
    }

    private func letPass() throws {
        guard options.text == nil, words == nil else { throw Failure(.usage, .textTwice) }
        try options.call.perform(.itemPass(ItemPassParameters(item: target.who))) { tree in
            guard let item = ItemsResult(tree)?.items.first else { return }
            Console.say(.exchangePassed, ["name": item.who])
        }
    }
}
