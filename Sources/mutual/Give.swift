import ArgumentParser
import MutualControl
import MutualLanguage

/// What every verb that gives something takes; it stands after the verb's own first argument.
struct GiveOptions: ParsableArguments {
    @Argument(help: .said("Your words; - for stdin."))
    var text: String?

    @OptionGroup var call: CallOptions
    @OptionGroup var source: TextOptions

    @Option(name: .long, help: .said("Its life, 10m to 90d, such as 2h."))
    var life: String?

    @Option(name: .long, help: .said("A content note, shown in place of the text until it is opened."))
    var about: String?

    @Flag(name: .long, help: .said("It may not be kept beyond its life."))
    var noKeep = false

    @Flag(name: .long, help: .said("Say that a script sends it; by itself where there is no terminal."))
    var auto = false

    @Flag(name: .long, help: .said("Yes to what is only asked."))
    var anyway = false

    @Flag(name: .long, help: .said("Yes to several people."))
    var yes = false

    /// Gives one thing to whom or what was typed.
    func give(
        _ kind: String, to typed: String, orItem: Bool = false, re: String? = nil, asking: Bool = true,
        _ more: (inout ItemGiveParameters) -> Void = { _ in }
    ) throws {
        let session = try call.common.session()
        try Giver(session: session, options: self).give(
            kind, to: Giver.target(typed, orItem: orItem, session), re: re, asking: asking, more)
    }

    /// Gives one thing as an answer to an item.
    func give(
        _ kind: String, answering item: String, asking: Bool = true,
        _ more: (inout ItemGiveParameters) -> Void = { _ in }
    ) throws {
        let session = try call.common.session()
        try Giver(session: session, options: self).give(kind, to: .item(item), asking: asking, more)
    }

    /// Fills in what does not depend on the kind.
    fileprivate func fill(_ give: inout ItemGiveParameters) throws {
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
    let options: GiveOptions

    /// Whom it goes to, and what it answers.
    enum Target: Equatable {
        case people([String])
        case item(String)
    }

    func give(
        _ kind: String, to target: Target, re: String? = nil, asking: Bool = true,
        _ more: (inout ItemGiveParameters) -> Void = { _ in }
    ) throws {
        let effect = options.call.effect
        let waitMs = try effect.waitMs()
        let key = try effect.effectKey()
        var give = ItemGiveParameters(kind: kind)
        try options.fill(&give)
        more(&give)
        try BadParameter.check(give)
        try requireShort(give)
        switch target {
        case .people(let names):
            give.to = try confirm(names)
            give.re = re
        case .item(let item): give.re = item
        }
        try sayRoom(give, to: target)
        var input = TextInput(argument: options.text, options: options.source, home: session.home)
        // A loop of a shell has its own things at stdin, and these kinds have no words.
        input.takesPipe = !["here", "want", "plan"].contains(kind)
        give.text = try input.read(asking: asking)
        try require(give)
        var items = try call(give, key: key).items
        if let waitMs {
            let waiter = Waiter(session: session, json: options.call.common.json)
            items = try waiter.delivered(items, atMostMs: waitMs)
        }
        report(items)
        // What was waited for has ended, and otherwise than it was meant to.
        if waitMs != nil, items.contains(where: { $0.state != "delivered" }) {
            throw ExitCode(ExitStatus.other.rawValue)
        }
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
        case "note", "encourage", "relate", "celebrate", "ask", "idea", "learned", "exchange":
            throw Failure(.refused, .refused, reason: "text-missing")
        case "checkin" where give.feelings == nil && give.energy == nil && give.want == nil:
            throw Failure(.refused, .refused, reason: "checkin-empty")
        default: break
        }
    }

    /// How much room one has to whom this goes, before anything is written: never a question, never a refusal.
    private func sayRoom(_ give: ItemGiveParameters, to target: Target) throws {
        guard !options.call.common.json, !["want", "room", "close", "take"].contains(give.kind) else { return }
        let people = try session.people()
        let reader: PersonEntry?
        switch target {
        case .people(let names): reader = names.count == 1 ? names.first.flatMap { people.named($0) } : nil
        case .item(let item):
            guard people.contains(where: { $0.room != nil }) else { return }
            let answered: ItemResult? = try? session.call(.itemGet(ItemGetParameters(item: item)))
            reader = people.first { $0.id == answered?.item.person }
        }
        guard let reader, let room = reader.room, let key = ItemText.roomKey(room.have, mine: false) else { return }
        Console.fold(Words.say(key, ["name": reader.name]) + " " + Words.say(.roomWaits))
        guard let text = room.text else { return }
        for row in SafeText.block(text, columns: Console.columns) { Console.say(row) }
    }

    /// Several people: the names are shown, each once, and asked.
    /// - Returns: what the daemon is told.
    private func confirm(_ names: [String]) throws -> [String] {
        guard let first = names.first else { throw Failure(.usage, .parameters, reason: "to-missing") }
        guard names.count > 1 || first.isAll else { return names }
        guard let people = Self.people(names, among: try session.people()) else { return names.filter { !$0.isAll } }
        guard !people.isEmpty else { throw Failure(.notFound, .notFound, reason: "nobody-mutual") }
        // Who said yes to names means these people, and nobody who comes while the words are written.
        let shown = people.map(\.id)
        guard !options.yes else { return names.allSatisfy(\.isAll) ? ["all"] : shown }
        guard people.count > 1 || first.isAll else { return shown }
        let list = ["names": people.map { SafeText.line($0.name) }.joined(separator: ", ")]
        guard Console.canAsk else { throw Failure(.usage, .severalScript, list) }
        guard Console.confirm(Words.say(.severalAsk, list), usually: false) else {
            throw Failure(.other, .nothingSent)
        }
        return shown
    }

    /// Whom several names mean, each person once; nil where the daemon has to say what is wrong with one of them.
    static func people(_ names: [String], among listed: [PersonEntry]) -> [PersonEntry]? {
        var found: [PersonEntry] = []
        for name in names {
            let meant = name.isAll ? listed.filter { $0.standing == "mutual" } : listed.named(name).map { [$0] }
            guard let meant else { return nil }
            found += meant.filter { person in !found.contains { $0.id == person.id } }
        }
        return found
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
        if options.call.common.json { return Console.say(document: GivenResult(items: items).bytes()) }
        for item in items {
            let names = ["name": item.who, "handle": item.handle]
            if item.state == "waiting" {
                Console.say(.waitingFor, names)
            } else {
                Console.say(StateWords.key(item.state, cause: nil), names)
            }
        }
    }

    /// A name or several; where an item may stand, too, it is looked for, and both together are refused.
    static func target(_ typed: String, orItem: Bool, _ session: Session) throws -> Target {
        let names = WhoList.names(typed)
        guard orItem, names.count == 1, !typed.isAll, !typed.lowercased().hasPrefix("mutual1") else {
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
