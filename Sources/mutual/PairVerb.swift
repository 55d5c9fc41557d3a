import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual pair`: meet somebody beside you.
struct Pair: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Meet somebody beside you."),
        discussion: said(
            """
            mutual pair                 offer a code, and say it to the person beside you
            mutual pair 7-tiger-lemon   type the code that they say
            mutual pair yes             answer the open question; or: mutual pair no
            """))

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: .said("A code, yes, or no; nothing: offer a code."))
    var code: [String] = []

    @Option(name: .long, help: .said("How many words the code has, 2 to 4."))
    var words: Int?

    @Flag(name: .long, help: .said("Yes to whoever knew the code."))
    var yes = false

    @Option(name: .customLong("as"), help: .said("The name that they get here."))
    var name: String?

    @Flag(name: .long, help: .said("Who has their name here is the same person, on an older machine."))
    var same = false

    func run() throws {
        let waitMs = try effect.waitMs()
        let key = try effect.effectKey()
        let session = try common.session()
        let typed = code.joined(separator: " ")
        var dialog = PairDialog(session: session, json: common.json, sayYes: yes, name: name, key: key, typed: typed)
        dialog.same = same
        dialog.endMs = waitMs.map { Platform.nowMs + $0 }
        switch typed.lowercased() {
        case "yes": try dialog.answer(true)
        case "no": try dialog.answer(false)
        case "":
            guard code.isEmpty else { throw Failure(.usage, .parameters, reason: "code-shape", ["typed": typed]) }
            if let words, !(2...4).contains(words) { throw Failure(.usage, .parameters, reason: "parameter-words") }
            try dialog.begin(.pairOpen(PairOpenParameters(words: words)))
        default: try dialog.begin(.pairJoin(PairJoinParameters(code: typed)))
        }
    }
}
