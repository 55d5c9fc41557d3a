import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual quiet`: what comes arrives and waits, without a notice.
struct QuietVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quiet", abstract: said("Let what comes wait without a notice; the others are not told."),
        discussion: said(
            """
            mutual quiet                          show what is set
            mutual quiet all                      until you end it: mutual quiet off
            mutual quiet --until 22:00            until the next 22:00 here
            mutual quiet --daily 22:00-07:00      every night, by the clock here
            mutual quiet birch --daily 9:00-17:00 what comes from Birch, in these hours
            mutual quiet birch off                end that

            Everything arrives as always, and nothing is made up for later.
            """))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("A name, several with commas, or all; then off to end it."))
    var words: [String] = []

    @Option(name: .long, help: .said("Until the next such time here, or a moment of RFC 3339."))
    var until: String?

    @Option(name: .long, help: .said("Every day in these hours, by the clock here."))
    var daily: String?

    func run() throws {
        guard let wanted = try parameters() else {
            let tree = try call.common.session().tree(.quietGet)
            return call.common.show(tree) { Self.show(tree) }
        }
        try call.perform(.quietSet(wanted)) { tree in
            if wanted.on == false { Console.say(.quietEnded) }
            Self.show(tree, isEnding: wanted.on == false)
        }
    }

    /// What is set; nil: it is to be shown only.
    private func parameters() throws -> QuietSetParameters? {
        var words = words
        let isOff = words.last?.lowercased() == "off"
        if isOff { words.removeLast() }
        guard words.count <= 1, [isOff, until != nil, daily != nil].count(where: { $0 }) <= 1 else {
            throw Failure(.usage, .quietOneOf)
        }
        let who = words.first.map(WhoList.names)
        if isOff { return QuietSetParameters(who: who, on: false) }
        if let until { return QuietSetParameters(who: who, until: try LocalTime.next(until)) }
        if let daily { return QuietSetParameters(who: who, daily: daily) }
        return who == nil ? nil : QuietSetParameters(who: who, on: true)
    }

    private static func show(_ tree: JSONValue, isEnding: Bool = false) {
        let entries = QuietResult(tree)?.quiet ?? []
        if entries.isEmpty, !isEnding { Console.say(.quietNone) }
        for entry in entries { Console.fold(line(entry)) }
    }

    /// One of what is set.
    static func line(_ entry: QuietEntry) -> String {
        let ofOne = entry.person != nil
        var said = ["name": entry.who ?? ""]
        if let until = entry.until {
            said["until"] = LocalTime.text(until)
            return Words.say(ofOne ? .quietUntilOf : .quietUntil, said)
        }
        if let daily = entry.daily {
            let times = daily.split(separator: "-").map(String.init)
            (said["from"], said["until"]) = (times.first ?? "", times.last ?? "")
            return Words.say(ofOne ? .quietDailyOf : .quietDaily, said)
        }
        return Words.say(ofOne ? .quietOpenOf : .quietOpen, said)
    }
}
