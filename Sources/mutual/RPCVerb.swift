import ArgumentParser
import MutualControl
import MutualLanguage

/// `mutual rpc`: one call, the result on stdout.
struct RPC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc", abstract: said("One call of the control interface; the result is JSON on stdout."))

    @OptionGroup var common: CommonOptions
    @OptionGroup var effect: EffectOptions

    @Argument(help: .said("A method, such as people.list."))
    var method: String

    @Argument(help: .said("Its parameters, a JSON object; - for stdin."))
    var parameters: String?

    func run() throws {
        guard let known = Method(rawValue: method) else { throw Failure(.unknownMethod(method)) }
        let request: ControlRequest
        do {
            request = try ControlRequest(id: .number(1), known, parameters: try tree())
        } catch let error as ControlError {
            throw Failure(error)
        }
        let key = known.takesKey ? try request.key ?? effect.effectKey() : nil
        Console.say(document: try common.session().tree(request.call, key: key).bytes())
    }

    private func tree() throws -> JSONValue {
        let bytes = parameters == "-" ? try Console.readAll() : Array((parameters ?? "{}").utf8)
        guard let tree = try? JSONValue(parsing: bytes) else { throw Failure(.usage, .notJSON) }
        return tree
    }
}
