import ArgumentParser
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command line of Mutual: parses, runs one verb, and says in sentences what went wrong.
@main
struct Mutual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutual", abstract: said("Peer support between people who are near each other."),
        version: Version.text,
        subcommands: [
            Init.self, Start.self, Stop.self, Status.self, Whoami.self, Doctor.self, Pair.self, Add.self, People.self,
            Rename.self, Reach.self, Replace.self, QuietVerb.self, Part.self, Remove.self, Block.self, Unblock.self,
            Pause.self, Unpause.self,
            Checkin.self, Note.self, Heard.self, Relate.self, Here.self, Encourage.self, Celebrate.self, Cheer.self,
            Ask.self, Idea.self, Take.self, Close.self, Learned.self, WantVerb.self, Exchange.self, Room.self,
            Retract.self, Inbox.self, Open.self, History.self,
            ThreadVerb.self, SearchVerb.self, ChatVerb.self, Keep.self, Kept.self,
            Watch.self, Outbox.self, Feelings.self, PlanVerb.self, NudgesVerb.self, Lookback.self, PassphraseVerb.self,
            Unlock.self, Lock.self, ExportVerb.self, ImportVerb.self,
            WipeVerb.self, RPC.self,
        ])

    @OptionGroup var common: CommonOptions

    func run() throws { try Today.show(common) }

    /// Never ends with a trace: whatever is thrown becomes sentences and an exit code.
    static func main() {
        let arguments = Self.ordered(Array(CommandLine.arguments.dropFirst()))
        let json = isJSON
        do {
            guard Environment.argumentsAreUTF8 else { throw Failure(.refused, .refused, reason: "text-utf8") }
            if let help = Help.asked(arguments) { return try Help.show(help) }
            if let verb = arguments.first, !verb.hasPrefix("-"),
                !configuration.subcommands.contains(where: { $0._commandName == verb })
            {
                throw Failure(.usage, .unknownVerb, ["typed": verb], advice: .unknownVerbAdvice)
            }
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let failure as Failure {
            end(failure, json: json)
        } catch is HiddenInput.ExitedByPerson {
            Platform.end(ExitStatus.other.rawValue)
        } catch let code as ExitCode {
            Platform.end(code.rawValue)
        } catch  where exitCode(for: error).isSuccess {
            Console.say(fullMessage(for: error))
        } catch {
            let message = message(for: error).split(separator: "\n").first.map(String.init) ?? ""
            end(Misuse.failure(message, advice: Help.advice(for: arguments)), json: json)
        }
    }

    /// Whether this run speaks to a program. What stands behind `--` or `--each` is not its own.
    static let isJSON = CommandLine.arguments.dropFirst().prefix { $0 != "--" && $0 != "--each" }.contains("--json")

    private static func end(_ failure: Failure, json: Bool) -> Never {
        if json {
            Console.write(failure.error.document() + [0x0A], to: 2)
        } else {
            for line in failure.lines { Console.complain(line) }
        }
        Platform.end(failure.status.rawValue)
    }

    /// `--home DIR` and `--json` may stand before the verb, too.
    static func ordered(_ arguments: [String]) -> [String] {
        var early: [String] = []
        var rest = arguments[...]
        while let first = rest.first {
            if first == "--json" || first.hasPrefix("--home=") {
                early.append(first)
                rest = rest.dropFirst()
            } else if first == "--home", rest.count > 1 {
                early += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                break
            }
        }
        guard let verb = rest.first, !verb.hasPrefix("-") else { return early + rest }
        return [verb] + early + rest.dropFirst()
    }
}
