import MutualControl
import MutualCore
import MutualLanguage

/// What one connection is told, in its language.
struct Sentences {
    let catalogue: Catalogue

    /// The language of a tag, else English.
    init(tag: String) { catalogue = Catalogue(Language(tag: tag) ?? .english) }

    /// The tag of the language that is spoken.
    var language: String { catalogue.language.rawValue }

    /// A refusal of the Node, a fault of the machine, as an error of the control interface.
    func error(_ refusal: MutualCore.Refusal) -> ControlError {
        let said = catalogue.refusal(refusal.reason, refusal.arguments)
        return ControlError(
            ErrorCode(rawValue: refusal.code.rawValue) ?? .fault, said.sentence,
            ControlError.Details(
                reason: refusal.reason, advice: said.advice, choices: refusal.choices.isEmpty ? nil : refusal.choices,
                arguments: refusal.arguments.isEmpty ? nil : refusal.arguments))
    }

    /// Feeling words to begin with.
    var startingFeelings: [String] { catalogue.startingFeelings }

    /// Headings of one's own page to begin with.
    var startingHeadings: [String] { catalogue.startingHeadings }

    /// A line that every home says once, by its key.
    func say(_ key: Key) -> String { catalogue.say(key) }
}
