import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual plan`: one's own page, shared with whom one likes.
struct PlanVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: said("Your own page: what does you good, and places to turn to."),
        usage: """
            mutual plan
            mutual plan --edit | --file FILE | - | --clear
            mutual plan share WHO
            mutual plan unshare WHO
            """,
        discussion: said(
            """
            A line that begins with # is a heading; what follows is its text. At most 20 sections.
            It stays on this machine until you share it. Who has it sees what was on it then; sharing it again \
            puts the new one in the place of the one before.
            """))
    /// The longest page, bytes: a little more than an item holds, so that the daemon says what is too long.
    private static let mostBytes = 98_304

    @Argument(help: .said("share, unshare, or - for the page from stdin; nothing: show it."))
    var action: String?

    /// Its first argument is WHO.
    @OptionGroup var options: GiveOptions

    @Flag(name: .long, help: .said("Empty the page."))
    var clear = false

    func run() throws {
        switch (action, options.text) {
        case ("share", let who?): try share(who)
        case ("unshare", let who?): try unshare(who)
        case (nil, nil), ("-", nil): try page()
        default: throw Failure(.usage, .planUsage)
        }
    }

    // MARK: the page

    private func page() throws {
        let call = options.call
        let ways = [action != nil, options.source.file != nil, options.source.edit, clear].count { $0 }
        guard ways <= 1 else { throw Failure(.usage, .ownWays) }
        let key = try call.effect.effectKey()
        let session = try call.common.session()
        let tree = try session.tree(.planGet)
        guard let now = PlanResult(tree) else { return }
        guard ways == 1 else { return call.common.show(tree) { Self.show(now) } }
        let new = clear ? [] : try written(now, session)
        let done = try session.tree(.planSet(PlanSetParameters(sections: new)), key: key)
        call.common.show(done) { Console.say(clear ? .planCleared : .planKept) }
    }

    private static func show(_ page: PlanResult) {
        Console.say(page.starting == true ? .planStart : .planOwn)
        for row in SafeText.block(PlanText.render(page.sections), columns: Console.columns) { Console.say(row) }
    }

    private func written(_ now: PlanResult, _ session: Session) throws -> [SectionEntry] {
        var input = TextInput(argument: action, options: options.source, home: session.home)
        input.starting = PlanText.render(now.sections) + "\n"
        input.mostBytes = Self.mostBytes
        guard let text = try input.read(asking: false) else { throw Failure(.other, .nothingChanged) }
        let new = PlanText.parse(text)
        guard new != now.sections else { throw Failure(.other, .nothingChanged) }
        return new
    }

    // MARK: sharing

    private func share(_ who: String) throws {
        guard options.source.file == nil, !options.source.edit, !clear else { throw Failure(.usage, .ownWays) }
        var own = options
        own.text = nil
        try own.give("plan", to: who, asking: false)
    }

    /// Takes back what each of them has of the page.
    private func unshare(_ who: String) throws {
        let call = options.call
        try call.effect.refuseWait()
        let key = try call.effect.effectKey()
        let session = try call.common.session()
        var copies: [RetractedEntry] = []
        for item in try WhoList.each(who).flatMap({ try Self.shared($0, session) }) {
            let result: RetractedResult = try session.call(
                .itemRetract(ItemRetractParameters(item: item.id)), key: "\(key.prefix(32))-\(item.id)")
            copies += result.items
        }
        if call.common.json { return Console.say(document: RetractedResult(items: copies).bytes()) }
        if copies.isEmpty { return Console.say(.planNotShared, ["names": who]) }
        for line in Retract.lines(copies) { Console.fold(line) }
    }

    /// What somebody has of the page, or is to get.
    private static func shared(_ name: String?, _ session: Session) throws -> [ItemEntry] {
        let page: ItemsResult = try session.call(
            .historyList(HistoryListParameters(with: name, kind: "plan", mine: true)))
        return page.items.filter { $0.erased != true && $0.state != "not-reached" && $0.state != "taken-back" }
    }
}
