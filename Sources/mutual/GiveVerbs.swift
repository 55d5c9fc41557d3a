import ArgumentParser
import MutualControl

/// `mutual checkin`: say how you are.
struct Checkin: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Say how you are."))

    @Argument(help: .said("A name, several with commas, or all."))
    var who: String

    @OptionGroup var options: GiveOptions

    @Option(
        name: .long, help: .said("Feeling words of your own, with commas."),
        completion: .custom { words, index, _ in FeelingWords.completions(words, at: index) })
    var feel: [String] = []

    @Option(name: .long, help: .said("low, some or high."))
    var energy: String?

    @OptionGroup var wanted: WantOption

    func run() throws {
        let feelings = feel.flatMap { $0.split(separator: ",") }.map { word in
            word.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
        let kindWord = energy == "low" ? KindWord(options.call.common) : nil
        let hasOther = !feelings.isEmpty || energy != nil || wanted.want != nil
        try options.give("checkin", to: who, asking: !hasOther) { give in
            give.feelings = feelings.isEmpty ? nil : feelings
            give.energy = energy
            give.want = wanted.want
        }
        kindWord?.show()
    }
}

/// `mutual note`: write.
struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Write to somebody, or answer something."))

    @OptionGroup var target: WhoOrItemArgument
    @OptionGroup var options: GiveOptions

    @Option(name: .long, help: .said("What it answers."))
    var re: String?

    @OptionGroup var wanted: WantOption

    func run() throws {
        try options.give("note", to: target.who, orItem: re == nil, re: re) { $0.want = wanted.want }
    }
}

/// `mutual heard`: say back what you understood.
struct Heard: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Say back what you understood."), discussion: said("It can go without words."))

    @Argument(help: .said("The handle of what you heard: see mutual inbox."))
    var item: String

    @OptionGroup var options: GiveOptions

    func run() throws {
        let session = try options.call.common.session()
        try Giver(session: session, options: options).give("heard", to: .item(item))
    }
}

/// `mutual encourage`: a kind word.
struct Encourage: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Send a kind word."))

    @OptionGroup var target: WhoOrItemArgument
    @OptionGroup var options: GiveOptions

    func run() throws { try options.give("encourage", to: target.who, orItem: true) }
}

/// WHO or ITEM.
struct WhoOrItemArgument: ParsableArguments {
    @Argument(help: .said("A name, several with commas, all, or the handle of what it answers."))
    var who: String
}

/// What its writer wants.
struct WantOption: ParsableArguments {
    @Option(name: .long, help: .said("listen, company, ideas, encouragement, celebrate or nothing."))
    var want: String?
}
