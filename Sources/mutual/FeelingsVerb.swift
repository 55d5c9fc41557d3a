import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual feelings`: one's own list of words, in one's own order.
struct Feelings: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Your own words for how you are, in the order that you give them."),
        discussion: said(
            """
            mutual feelings                        show them
            mutual feelings --add tender,at-sea    put words at the end
            mutual feelings --remove numb          take words off
            mutual feelings --edit                 write the whole list, a word a line
            They are offered where a shell completes mutual checkin WHO --feel, and stay on this machine.
            """))

    @OptionGroup var call: CallOptions

    @Argument(help: .said("- for the whole list from stdin, a word a line; nothing: show it."))
    var text: String?

    @OptionGroup var source: TextOptions

    @Option(name: .long, help: .said("Words to put at the end, with commas."))
    var add: [String] = []

    @Option(name: .long, help: .said("Words to take off, with commas."))
    var remove: [String] = []

    @Option(name: .long, help: .said("The whole list, with commas."))
    var set: String?

    func run() throws {
        let ways = [!add.isEmpty || !remove.isEmpty, set != nil, text != nil, source.file != nil, source.edit]
        guard ways.count(where: { $0 }) <= 1 else { throw Failure(.usage, .ownWays) }
        let key = try call.effect.effectKey()
        let session = try call.common.session()
        let tree = try session.tree(.feelingsGet)
        let words = FeelingsResult(tree)?.words ?? []
        guard ways.contains(true) else { return call.common.show(tree) { Self.show(tree) } }
        let new = try changed(words, session)
        let done = try session.tree(.feelingsSet(FeelingsSetParameters(words: new)), key: key)
        call.common.show(done) { Console.say(.feelingsKept) }
    }

    private static func show(_ tree: JSONValue) {
        guard let list = FeelingsResult(tree) else { return }
        if list.words.isEmpty { return Console.say(.feelingsEmpty) }
        if list.starting == true { Console.say(.feelingsStart) }
        for word in list.words { Console.say(SafeText.indent + SafeText.line(word)) }
    }

    private func changed(_ words: [String], _ session: Session) throws -> [String] {
        if let set { return FeelingWords.split([set]) }
        if !add.isEmpty || !remove.isEmpty {
            let off = FeelingWords.split(remove)
            for word in off where !words.contains(word) {
                throw Failure(.notFound, .feelingsAbsent, ["typed": word])
            }
            return words.filter { !off.contains($0) } + FeelingWords.split(add).filter { !words.contains($0) }
        }
        var input = TextInput(argument: text, options: source, home: session.home)
        input.starting = words.map { $0 + "\n" }.joined()
        guard let typed = try input.read(asking: false) else { throw Failure(.other, .nothingChanged) }
        let new = FeelingWords.split([typed])
        guard new != words else { throw Failure(.other, .nothingChanged) }
        return new
    }
}

/// Feeling words as they are typed.
enum FeelingWords {
    /// Words between commas or line breaks, without blanks at their ends.
    static func split(_ typed: [String]) -> [String] {
        typed.flatMap { $0.split { $0 == "," || $0.isNewline } }.map { word in
            word.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
    }

    /// What a shell may put in place of the word that is being typed. A shell is told nothing else, whatever goes wrong.
    static func completions(_ words: [String], at index: Int) -> [String] {
        // The words after a name of an option's own: the home may be among them.
        let home = words.firstIndex(of: "--home").flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
        guard let session = try? Session(try Home(home)),
            let list: FeelingsResult = try? session.call(.feelingsGet)
        else { return [] }
        return completions(of: words.indices.contains(index) ? words[index] : "", among: list.words)
    }

    /// The same with the list at hand: what stands before the last comma stays.
    static func completions(of typed: String, among list: [String]) -> [String] {
        let before = typed.lastIndex(of: ",").map { String(typed[...$0]) } ?? ""
        let used = split([before])
        return list.filter { !used.contains($0) }.map { before + $0 }
    }
}
