import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual people`: who is here.
struct People: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show who is here.")

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try common.session()
        if common.json {
            return Console.say(document: PeopleResult(people: try session.people()).bytes())
        }
        let people = try session.people()
        guard !people.isEmpty else { return Console.say(.nobody) }
        let columns = people.map { SafeText.width(SafeText.line($0.name)) }.max() ?? 0
        for person in people {
            let name = SafeText.padded(SafeText.line(person.name), columns: columns)
            Console.say("\(name)  \(Words.say(standing(person.standing)))")
            Console.say("  " + SafeText.line(person.words.joined(separator: " ")))
        }
    }

    private func standing(_ standing: String) -> Key {
        switch standing {
        case "mutual": .standingMutual
        case "listed": .standingListed
        default: .standingOther
        }
    }
}

/// `mutual add`: lists somebody by their id.
struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List somebody by their id.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: "Their id, mutual1...: they see it with mutual whoami.")
    var id: String

    @Argument(help: "The name that they get here; else what they call themselves.")
    var name: String?

    func run() throws {
        let waitMs = try effect.waitMs()
        let key = try effect.effectKey()
        let session = try common.session()
        let tree = try session.tree(.peopleAdd(PeopleAddParameters(id: id, name: name)), key: key)
        if common.json { Console.say(document: tree.bytes()) }
        guard let person = PersonResult(tree)?.person else { return }
        if !common.json {
            Console.say(.added, ["name": person.name])
            Console.say(.addedCompare)
            Console.say("  " + SafeText.line(person.words.joined(separator: " ")))
        }
        if let waitMs { try Waiter(session: session, json: common.json).mutual(person, atMostMs: waitMs) }
    }
}

/// `mutual rename`: another name, here only.
struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give somebody another name, here only.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: "A name, its beginning, or an id.")
    var who: String

    @Argument(help: "The new name.")
    var name: String

    func run() throws {
        let key = try effect.effectKey()
        let tree = try common.session().tree(.peopleRename(PeopleRenameParameters(who: who, name: name)), key: key)
        if common.json { return Console.say(document: tree.bytes()) }
        Console.say(.renamed, ["name": PersonResult(tree)?.person?.name ?? name])
    }
}

/// `mutual reach`: remembers an address.
struct Reach: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Remember where somebody's device is, and try it.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: "A name, its beginning, or an id.")
    var who: String

    @Argument(help: "An IP address, IPv6 in brackets, with a port if it is not 7747.")
    var address: String

    func run() throws {
        let key = try effect.effectKey()
        let call = ControlCall.peopleReach(PeopleReachParameters(who: who, address: address))
        let tree = try common.session().tree(call, key: key)
        if common.json { return Console.say(document: tree.bytes()) }
        Console.say(.reached, ["name": PersonResult(tree)?.person?.name ?? who, "address": address])
    }
}

/// `mutual remove`: unlists somebody without a word.
struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Unlist somebody without a word.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: "A name, its beginning, or an id.")
    var who: String

    func run() throws {
        let key = try effect.effectKey()
        let session = try common.session()
        let name = try session.people().named(who)?.name ?? who
        let tree = try session.tree(.peopleRemove(PeopleRemoveParameters(who: who)), key: key)
        if common.json { return Console.say(document: tree.bytes()) }
        Console.say(.removed, ["name": PersonResult(tree)?.person?.name ?? name])
    }
}

extension [PersonEntry] {
    /// Those whose name is or begins with what was typed, without regard to case; an exact name alone.
    func matching(_ typed: String) -> [PersonEntry] {
        let folded = typed.lowercased()
        let exact = filter { $0.name.lowercased() == folded || $0.id == folded }
        return exact.isEmpty ? filter { $0.name.lowercased().hasPrefix(folded) } : exact
    }

    /// The only one.
    func named(_ typed: String) -> PersonEntry? {
        let matches = matching(typed)
        return matches.count == 1 ? matches[0] : nil
    }
}
