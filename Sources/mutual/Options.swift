import ArgumentParser
import MutualControl
import MutualLanguage

/// What every verb takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: .said("The home; else MUTUAL_HOME, else your data directory."))
    var home: String?

    @Flag(name: .long, help: .said("One JSON document on stdout, errors as JSON on stderr."))
    var json = false

    func session() throws -> Session { try Session(try Home(home)) }

    /// Prints a result: as it came with `--json`, else in sentences.
    func show(_ tree: JSONValue, in sentences: () throws -> Void) rethrows {
        if json { Console.say(document: tree.bytes()) } else { try sentences() }
    }
}

/// What every verb with an effect takes.
struct EffectOptions: ParsableArguments {
    @Option(name: .long, help: .said("Wait at most so long for the outcome, such as 30s; exit 7 when the time is up."))
    var wait: String?

    @Option(name: .long, help: .said("A name for this call, 1 to 64 characters: repeated, it is done once."))
    var key: String?

    /// The given key, or one for this run.
    func effectKey() throws -> String {
        if let key {
            guard (1...64).contains(key.count) else { throw Failure(.usage, .parameters, reason: "bad-key") }
            return key
        }
        return Self.freshKey()
    }

    /// A key that nothing else has.
    static func freshKey() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let half = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - half.count) + half
        }.joined()
    }

    /// For what is done on the other's device at a time that nobody here can know.
    func refuseWait() throws {
        if wait != nil { throw Failure(.usage, .waitBack, advice: .waitBackAdvice) }
    }

    /// How long to wait, milliseconds.
    func waitMs() throws -> Int64? { try wait.map { try Span.seconds($0, for: .badDuration) * 1_000 } }
}

/// Both, for a verb with an effect.
struct CallOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    /// Makes one call under the key of this run and prints its result.
    func perform(_ call: ControlCall, in sentences: (JSONValue) -> Void) throws {
        let key = try effect.effectKey()
        _ = try effect.waitMs()
        let tree = try common.session().tree(call, key: key)
        common.show(tree) { sentences(tree) }
    }
}

/// WHO, for a verb about one person.
struct PersonArgument: ParsableArguments {
    @Argument(help: .said("A name, its beginning, or an id."))
    var who: String

    /// Their name, as the daemon says it; else what was typed.
    func name(in tree: JSONValue) -> [String: String] { ["name": PersonResult(tree)?.person?.name ?? who] }
}

/// WHO, where several may be named.
enum WhoList {
    /// The names between the commas, without blanks at their ends.
    static func names(_ typed: String) -> [String] {
        typed.split(separator: ",").map { word in
            String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The same where a list is asked for each by itself: nil alone is everybody.
    static func each(_ typed: String?) -> [String?] {
        guard let typed else { return [nil] }
        let names = names(typed)
        return names.contains { $0.isAll } ? [nil] : names
    }
}

extension String {
    /// The one word for everybody.
    var isAll: Bool { lowercased() == "all" }
}

/// A page of a list.
struct PageOptions: ParsableArguments {
    @Option(name: .long, help: .said("At most so many, 1 to 200."))
    var limit: Int?

    @Option(name: .long, help: .said("Earlier ones: what came before the one with this handle."))
    var before: String?
}

/// Spans of time as they are typed: a number and s, m, h or d.
enum Span {
    static func seconds(_ typed: String, for key: Key) throws -> Int64 {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = typed.last.flatMap({ units[$0] }), let count = Int64(typed.dropLast()), count >= 0,
            count <= 1_000_000
        else { throw Failure(.usage, key, ["typed": typed]) }
        return count * unit
    }
}
