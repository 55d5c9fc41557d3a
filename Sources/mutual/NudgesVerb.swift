import ArgumentParser
import MutualClient
import MutualControl
import MutualLanguage

/// `mutual nudges`: what one is reminded of.
struct NudgesVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nudges",
        abstract: said("What you are reminded of: off until you say so, and known to this machine only."),
        discussion: said(
            """
            mutual nudges                 show what is on
            mutual nudges --at 21:30      a moment for yourself, every day at this time; --at off ends it
            mutual nudges --kind-word     a kind word that you kept, when a check-in of yours says --energy low
            mutual nudges off             nothing any more
            They come where mutual watch runs. What is missed while this machine is off does not come later.
            """))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("off: nothing any more."))
    var action: String?

    @Option(name: .long, help: .said("A time of the day, or off."))
    var at: String?

    @Flag(name: .long, inversion: .prefixedNo, help: .said("A kind word that you kept, when your energy is low."))
    var kindWord: Bool?

    func run() throws {
        let changes = at != nil || kindWord != nil
        guard action == nil || (action == "off" && !changes) else {
            throw Failure(.usage, .badTimeOfDay, ["typed": action ?? ""])
        }
        if let at, at != "off", NudgeTime.minutes(at) == nil { throw Failure(.usage, .badTimeOfDay, ["typed": at]) }
        let key = try call.effect.effectKey()
        let session = try call.common.session()
        if action != nil || changes {
            let now: NudgesResult = try session.call(.nudgesGet)
            var new = NudgesSetParameters()
            if action == nil {
                new.at = at == "off" ? nil : at ?? now.at
                new.kindWord = kindWord ?? now.kindWord
            }
            let done = try session.tree(.nudgesSet(new), key: key)
            if call.common.json { return Console.say(document: done.bytes()) }
        }
        let tree = try session.tree(.nudgesGet)
        call.common.show(tree) {
            guard let now = NudgesResult(tree) else { return }
            if now.at == nil, !now.kindWord { Console.say(.nudgesOff) }
            if let at = now.at { Console.say(.nudgesAt, ["time": at]) }
            if now.kindWord { Console.say(.nudgesKindWord) }
        }
    }
}

/// A nudge as it is said.
enum NudgeText {
    static func said(_ event: EventNotice, _ session: Session) -> String? {
        guard event.how == "kind-word" else { return Words.say(.nudgeMoment) }
        guard let id = event.item,
            let found: ItemResult = try? session.call(.itemGet(ItemGetParameters(item: id))), found.item.erased != true
        else { return nil }
        let text = ItemText(columns: Console.columns)
        // What somebody folded stays folded.
        let lines = found.item.about == nil ? text.whole(found.item) : [text.line(found.item)]
        return ([Words.say(.nudgeKindWord)] + lines).joined(separator: "\n")
    }
}

/// The kind word that a check-in may bring, shown where the check-in was written. Whatever is wrong with it, the check-in
/// is given, and nothing is said.
struct KindWord {
    /// How long the event is waited for, milliseconds: it is written with the check-in.
    private static let patienceMs = 500

    private let session: Session

    /// nil: nothing is to come.
    init?(_ common: CommonOptions) {
        guard !common.json, let session = try? common.session(),
            let now: NudgesResult = try? session.call(.nudgesGet), now.kindWord,
            let _: SubscribedResult = try? session.call(.eventsSubscribe(EventsSubscribeParameters(kinds: ["nudge"])))
        else { return nil }
        self.session = session
    }

    func show() {
        guard let heard = try? session.follow(atMost: Self.patienceMs), case .event(let event, _) = heard,
            event.knownKind == .nudge, event.how == "kind-word",
            // The item is asked for on another connection than the one that follows.
            let reader = try? Session(session.home), let said = NudgeText.said(event, reader)
        else { return }
        Console.say(said)
    }
}
