import MutualControl
import MutualLanguage

/// A parameter that does not fit, in the words of who typed it: the daemon speaks of methods and their parameters.
enum BadParameter {
    /// What the daemon says of a call that a verb made.
    static func words(_ error: ControlError, of call: ControlCall) -> ControlError {
        guard error.data.reason == "bad-parameter", let parameter = error.data.parameter else { return error }
        let request = ControlRequest(id: .number(0), call)
        let typed = (try? JSONValue(parsing: request.line()))?["params"]?[parameter]?.text
        return words(parameter, typed: typed, request.method) ?? error
    }

    /// What is found before the daemon is asked, so that nobody writes a text for nothing.
    static func check(_ give: ItemGiveParameters) throws {
        let choices: [(name: String, value: String?, known: [String])] = [
            ("want", give.want, ItemGiveParameters.wants), ("energy", give.energy, ItemGiveParameters.energies),
            ("outcome", give.outcome, ItemGiveParameters.outcomes), ("have", give.have, ItemGiveParameters.haves),
        ]
        for choice in choices {
            guard let value = choice.value, !choice.known.contains(value) else { continue }
            guard let error = words(choice.name, typed: value, .itemGive) else { continue }
            throw Failure(error)
        }
    }

    /// nil: the catalogue has no words for it.
    private static func words(_ parameter: String, typed: String?, _ method: Method) -> ControlError? {
        let reason = parameter == "text" && method == .searchList ? "parameter-looked-for" : "parameter-" + parameter
        guard Words.catalogue.reasons.contains(reason) else { return nil }
        let said = Words.catalogue.refusal(reason, typed.map { ["typed": $0] } ?? [:])
        return ControlError(
            .parameters, said.sentence,
            ControlError.Details(reason: "bad-parameter", advice: said.advice, parameter: parameter))
    }
}
