import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual part`: an audible goodbye.
struct Part: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Say goodbye to somebody and unlist them."),
        discussion: said("No reason is needed, and no words. Who wants to leave without a goodbye: mutual remove"))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    @Argument(help: .said("Last words; - for stdin. It goes without, too."))
    var text: String?

    @OptionGroup var source: TextOptions

    @Flag(name: .long, help: .said("Do not ask."))
    var yes = false

    func run() throws {
        let key = try call.effect.effectKey()
        try call.effect.refuseWait()
        let session = try call.common.session()
        // Somebody who is not here, or who is no mutual, needs no question: the daemon says so.
        if let known = try session.people().named(person.who), known.standing == "mutual" { try confirm(known.name) }
        let words = try TextInput(argument: text, options: source, home: session.home).read(asking: false)
        let tree = try session.tree(.peoplePart(PeoplePartParameters(who: person.who, text: words)), key: key)
        call.common.show(tree) { Console.say(.parted, person.name(in: tree)) }
    }

    private func confirm(_ name: String) throws {
        if yes { return }
        guard Console.canAsk else { throw Failure(.usage, .partScript, ["name": name]) }
        guard Console.confirm(Words.say(.partAsk, ["name": name]), usually: false) else {
            throw Failure(.other, .partNot, ["name": name])
        }
    }
}

/// `mutual block`: towards somebody a machine that never knew them.
struct Block: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Become for somebody a machine that never knew them; they are not told."))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    func run() throws {
        try call.perform(.peopleBlock(WhoParameters(who: person.who))) { tree in
            Console.say(.blockedNow, person.name(in: tree))
            Console.say(.blockedHides)
        }
    }
}

/// `mutual unblock`: ends that.
struct Unblock: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("End a block; what waits goes when you meet."))

    @OptionGroup var call: CallOptions
    @OptionGroup var person: PersonArgument

    func run() throws {
        try call.perform(.peopleUnblock(WhoParameters(who: person.who))) { tree in
            Console.say(.unblocked, person.name(in: tree))
        }
    }
}

/// `mutual pause`: absent for everybody.
struct Pause: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Be absent for everybody, as when this machine is off; writing works and waits."))

    @OptionGroup var call: CallOptions

    func run() throws { try call.perform(.pauseSet(PauseSetParameters(on: true))) { _ in Console.say(.paused) } }
}

/// `mutual unpause`: there again.
struct Unpause: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Come back from a pause."))

    @OptionGroup var call: CallOptions

    func run() throws { try call.perform(.pauseSet(PauseSetParameters(on: false))) { _ in Console.say(.unpaused) } }
}
