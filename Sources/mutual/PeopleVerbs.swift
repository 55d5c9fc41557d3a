import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual people`: who is here.
struct People: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show who is here."))

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
            Console.fold("\(name)  \(Words.say(standing(person.standing)))")
            Console.fold("  " + SafeText.line(person.words.joined(separator: " ")))
            if let have = person.room?.have, let key = ItemText.roomKey(have, mine: false) {
                Console.fold("  " + Words.say(key, ["name": person.name]))
            }
        }
    }

    private func standing(_ standing: String) -> Key {
        switch standing {
        case "mutual": .standingMutual
        case "listed": .standingListed
        case "blocked": .standingBlocked
        default: .standingOther
        }
    }
}

/// `mutual add`: lists somebody by their id.
struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("List somebody by their id."))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("Their id, mutual1...: they see it with mutual whoami."))
    var id: String

    @Argument(help: .said("The name that they get here; else what they call themselves."))
    var name: String?

    func run() throws {
        let waitMs = try call.effect.waitMs()
        let key = try call.effect.effectKey()
        let session = try call.common.session()
        let tree = try session.tree(.peopleAdd(PeopleAddParameters(id: id, name: name)), key: key)
        let person = PersonResult(tree)?.person
        call.common.show(tree) {
            guard let person else { return }
            Console.say(.added, ["name": person.name])
            Console.say(.addedCompare)
            Console.fold("  " + SafeText.line(person.words.joined(separator: " ")))
        }
        guard let waitMs, let person else { return }
        try Waiter(session: session, json: call.common.json).mutual(person, atMostMs: waitMs)
    }
}

/// `mutual rename`: another name, here only.
struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Give somebody another name, here only."))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    @Argument(help: .said("The new name."))
    var name: String

    func run() throws {
        try call.perform(.peopleRename(PeopleRenameParameters(who: person.who, name: name))) { tree in
            Console.say(.renamed, ["name": PersonResult(tree)?.person?.name ?? name])
        }
    }
}

/// `mutual reach`: remembers an address.
struct Reach: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Remember where somebody's device is, and try it."))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    @Argument(help: .said("An IP address, IPv6 in brackets, with a port if it is not 7747."))
    var address: String

    func run() throws {
        try call.perform(.peopleReach(PeopleReachParameters(who: person.who, address: address))) { tree in
            Console.say(.reached, person.name(in: tree).merging(["address": address]) { $1 })
        }
    }
}

/// `mutual replace`: the same person on a new machine.
struct Replace: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Let somebody on a new machine take the place of their old one."),
        discussion: said(
            """
            Both are listed here. NEW gets the name of OLD; OLD is unlisted without a word, and what waited for it is
            taken back. Only you can know that they are the same: ask them by voice first.
            """))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("Who they were here: a name, its beginning, or an id."))
    var old: String

    @Argument(help: .said("Who they are now: likewise."))
    var new: String

    func run() throws {
        try call.perform(.peopleReplace(PeopleReplaceParameters(old: old, new: new))) { tree in
            Console.say(.replaced, ["name": PersonResult(tree)?.person?.name ?? old])
        }
    }
}

/// `mutual remove`: unlists somebody without a word.
struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Unlist somebody without a word."))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    func run() throws {
        try call.perform(.peopleRemove(WhoParameters(who: person.who))) { Console.say(.removed, person.name(in: $0)) }
    }
}

extension [PersonEntry] {
    /// Those whose name is or begins with what was typed, without regard to case; an exact name alone.
    func matching(_ typed: String) -> [PersonEntry] {
        // Nothing is the beginning of every name, and nobody's.
        if typed.allSatisfy(\.isWhitespace) { return [] }
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
