import ArgumentParser
import MutualControl
import MutualLanguage

/// What every verb that gives something takes.
struct GiveOptions: ParsableArguments {
    @OptionGroup var text: TextOptions
    @OptionGroup var effect: EffectOptions

    @Option(name: .long, help: "Its life, 10m to 90d, such as 2h.")
    var life: String?

    @Option(name: .long, help: "A content note, shown in place of the text until it is opened.")
    var about: String?

    @Flag(name: .long, help: "It may not be kept beyond its life.")
    var noKeep = false

    @Flag(name: .long, help: "Say that a script sends it; by itself where there is no terminal.")
    var auto = false

    @Flag(name: .long, help: "Yes to what is only asked.")
    var anyway = false

    @Flag(name: .long, help: "Yes to several people.")
    var yes = false

    /// Fills in what does not depend on the kind.
    func fill(_ give: inout ItemGiveParameters) throws {
        give.lifeS = try life.map { try Span.seconds($0, for: .badLife) }
        give.about = about
        if noKeep { give.noKeep = true }
        if auto || !Console.hasControllingTerminal { give.auto = true }
        if anyway { give.anyway = true }
    }
}

/// Gives one thing: asks what is to be asked, calls, says what became of it.
struct Giver {
    let session: Session
    let common: CommonOptions
    let options: GiveOptions

    /// Whom it goes to, and what it answers.
    enum Target {
        case people([String])
        case item(String)
    }

    func give(
        _ kind: String, to target: Target, re: String? = nil, text argument: String?, asking: Bool = true,
        _ more: (inout ItemGiveParameters) -> Void = { _ in }
    ) throws {
        let waitMs = try options.effect.waitMs()
        let key = try options.effect.effectKey()
        var give = ItemGiveParameters(kind: kind)
        try options.fill(&give)
        more(&give)
        try requireShort(give)
        switch target {
        case .people(let names):
            give.to = names
            give.re = re
            try confirm(names)
        case .item(let item): give.re = item
        }
        give.text = try TextInput(argument: argument, options: options.text, home: session.home).read(asking: asking)
        try require(give)
        let given = try call(give, key: key)
        var items = given.items
        if let waitMs {
            items = try Waiter(session: session, json: common.json).delivered(items, atMostMs: waitMs)
        }
        report(items)
    }

    /// Limits that are told best before the daemon is asked, bytes.
    private func requireShort(_ give: ItemGiveParameters) throws {
        if let about = give.about, about.utf8.count > 80 { throw Failure(.refused, .limit, reason: "about-long") }
        if let feelings = give.feelings, feelings.count > 12 || feelings.contains(where: { $0.utf8.count > 32 }) {
            throw Failure(.refused, .limit, reason: "feeling-long")
        }
    }

    /// Nothing empty is sent where the kind needs words.
    private func require(_ give: ItemGiveParameters) throws {
        guard give.text == nil else { return }
        switch give.kind {
        case "note", "encourage": throw Failure(.refused, .refused, reason: "text-missing")
        case "checkin" where give.feelings == nil && give.energy == nil && give.want == nil:
            throw Failure(.refused, .checkinEmpty)
        default: break
        }
    }

    /// Several people: the names are shown, and asked.
    private func confirm(_ names: [String]) throws {
        guard names.count > 1 || names == ["all"] else { return }
        let people = try session.people()
        let shown =
            names == ["all"]
            ? people.filter { $0.standing == "mutual" }.map(\.name) : names.map { people.named($0)?.name ?? $0 }
        guard !shown.isEmpty else { throw Failure(.notFound, .notFound, reason: "nobody-mutual") }
        if options.yes { return }
        let list = ["names": shown.map { SafeText.line($0) }.joined(separator: ", ")]
        guard Console.canAsk else { throw Failure(.usage, .severalScript, list) }
        guard Console.confirm(Words.say(.severalAsk, list), usually: false) else {
            throw Failure(.other, .nothingSent)
        }
    }

    private func call(_ give: ItemGiveParameters, key: String) throws -> GivenResult {
        do {
            return try session.call(.itemGive(give), key: key)
        } catch let failure as Failure where failure.error.data.reason == "asks-first" && Console.canAsk {
            guard Console.confirm(SafeText.line(failure.error.message), usually: true) else {
                throw Failure(.other, .nothingSent)
            }
            var again = give
            again.anyway = true
            return try session.call(.itemGive(again), key: key)
        }
    }

    private func report(_ items: [GivenEntry]) {
        if common.json { return Console.say(document: GivenResult(items: items).bytes()) }
        for item in items {
            let names = ["name": item.who, "handle": item.handle]
            if item.state == "waiting" {
                Console.say(.waitingFor, names)
            } else {
                Console.say(Words.say(StateWords.key(item.state, cause: nil), names))
            }
        }
    }

    /// A name or several; where an item may stand, too, it is looked for, and both together are refused.
    static func target(_ typed: String, orItem: Bool, _ session: Session) throws -> Target {
        let names = typed.split(separator: ",").map { word in
            String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard orItem, names.count == 1, typed != "all", !typed.lowercased().hasPrefix("mutual1") else {
            return .people(names)
        }
        let people = try session.people().matching(typed)
        // A handle has a digit in it so that it never spells a word: a whole name without one is a name.
        if people.count == 1, people[0].name.lowercased() == typed.lowercased(), !typed.contains(where: \.isNumber) {
            return .people(names)
        }
        let items = try Self.items(typed, session)
        switch (people.isEmpty, items.isEmpty) {
        case (false, false):
            throw Failure(
                .notFound, .ambiguous, reason: "ambiguous-who-or-item", ["typed": typed],
                choices: people.map(\.name) + items)
        case (true, false): return .item(typed)
        case (_, true): return .people(names)
        }
    }

    /// Handles of items that could be meant.
    private static func items(_ typed: String, _ session: Session) throws -> [String] {
        do {
            let found: ItemResult = try session.call(.itemGet(ItemGetParameters(item: typed)))
            return [found.item.handle]
        } catch let failure as Failure where failure.error.knownCode == .ambiguous {
            return failure.error.data.choices ?? [typed]
        } catch let failure as Failure where failure.status == .notFound || failure.status == .usage {
            return []
        }
    }
}

/// `mutual checkin`: say how you are.
struct Checkin: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say how you are.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: GiveOptions

    @Argument(help: "A name, several with commas, or all.")
    var who: String

    @Argument(help: "Your words; - for stdin.")
    var text: String?

    @Option(name: .long, help: "Feeling words of your own, with commas.")
    var feel: [String] = []

    @Option(name: .long, help: "low, some or high.")
    var energy: String?

    @Option(name: .long, help: "listen, company, ideas, encouragement, celebrate or nothing.")
    var want: String?

    func run() throws {
        let session = try common.session()
        let feelings = feel.flatMap { $0.split(separator: ",") }.map { word in
            word.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
        let hasOther = !feelings.isEmpty || energy != nil || want != nil
        try Giver(session: session, common: common, options: options).give(
            "checkin", to: Giver.target(who, orItem: false, session), text: text, asking: !hasOther
        ) { give in
            give.feelings = feelings.isEmpty ? nil : feelings
            give.energy = energy
            give.want = want
        }
    }
}

/// `mutual note`: write.
struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write to somebody, or answer something.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: GiveOptions

    @Argument(help: "A name, several with commas, all, or the handle of what it answers.")
    var who: String

    @Argument(help: "Your words; - for stdin.")
    var text: String?

    @Option(name: .long, help: "What it answers.")
    var re: String?

    @Option(name: .long, help: "listen, company, ideas, encouragement, celebrate or nothing.")
    var want: String?

    func run() throws {
        let session = try common.session()
        try Giver(session: session, common: common, options: options).give(
            "note", to: Giver.target(who, orItem: re == nil, session), re: re, text: text
        ) { $0.want = want }
    }
}

/// `mutual heard`: say back what you understood.
struct Heard: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say back what you understood.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: GiveOptions

    @Argument(help: "The handle of what you heard: see mutual inbox.")
    var item: String

    @Argument(help: "Your words; - for stdin. It can go without.")
    var text: String?

    func run() throws {
        let session = try common.session()
        try Giver(session: session, common: common, options: options).give("heard", to: .item(item), text: text)
    }
}

/// `mutual encourage`: a kind word.
struct Encourage: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Send a kind word.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var options: GiveOptions

    @Argument(help: "A name, several with commas, all, or the handle of what it answers.")
    var who: String

    @Argument(help: "Your words; - for stdin.")
    var text: String?

    func run() throws {
        let session = try common.session()
        try Giver(session: session, common: common, options: options).give(
            "encourage", to: Giver.target(who, orItem: true, session), text: text)
    }
}
