import ArgumentParser
import MutualControl
import MutualLanguage

/// A text of a verb's help in the language of this run; it stands in English with its verb, where the parser wants it.
func said(_ english: String) -> String { Words.catalogue.helpText(english) }

extension ArgumentHelp {
    /// What an argument or option stands for, in the language of this run.
    static func said(_ english: String) -> ArgumentHelp { ArgumentHelp(stringLiteral: mutual.said(english)) }
}

extension Help {
    /// The parser's page of a verb, with its headings in the language of this run.
    static func page(of command: any ParsableCommand.Type, columns: Int?) -> String {
        let page = Mutual.helpMessage(for: command, columns: columns)
        let parsers = ["OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "Show the version.", "Show help information."]
        return page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            for text in parsers where line.hasPrefix(text) || line.hasSuffix("  " + text) {
                return line.hasPrefix(text)
                    ? said(text) + line.dropFirst(text.count) : line.dropLast(text.count) + said(text)
            }
            return String(line)
        }.joined(separator: "\n")
    }
}

/// What the parser says of arguments that do not fit, as a reason of the catalogue.
enum Misuse {
    /// - Parameter message: the parser's first line, in English.
    static func failure(_ message: String, advice: String) -> Failure {
        var reason = "usage"
        var arguments: [String: String] = [:]
        var choices: [String]?
        if let match = message.wholeMatch(of: /Missing expected argument '(.+)'/) {
            reason = "usage-missing"
            arguments["argument"] = value(match.output.1)
        } else if let match = message.wholeMatch(of: /Missing value for '(-\S+).*'/) {
            reason = "usage-value-missing"
            arguments["flag"] = String(match.output.1)
        } else if let match = message.wholeMatch(of: /Unknown option '(.+?)'(?:\. Did you mean '(.+)'\?)?/) {
            reason = "usage-option"
            arguments["flag"] = String(match.output.1)
            choices = match.output.2.map { [String($0)] }
        } else if let match = message.wholeMatch(of: /(?:\d+ u|U)nexpected arguments?: ?(.+)|Unexpected argument (.+)/)
        {
            reason = "usage-extra"
            let typed = (match.output.1 ?? match.output.2 ?? "").drop { $0 == "'" }
            arguments["typed"] = String((typed.last == "'" ? typed.dropLast() : typed).replacing("', '", with: " "))
        } else if let match = message.wholeMatch(of: /The value '(.*)' is invalid for '(-\S+).*'.*/) {
            reason = "usage-value"
            arguments = ["typed": String(match.output.1), "flag": String(match.output.2)]
        } else if let match = message.wholeMatch(of: /The option '(.+?)' does not take any value.*/) {
            reason = "usage-flag"
            arguments["flag"] = String(match.output.1)
        }
        // Another version of the parser may say it otherwise; then its own sentence stands.
        let own = message.hasSuffix(".") || message.hasSuffix("?") ? message : message + "."
        let sentence = reason == "usage" ? own : Words.catalogue.refusal(reason, arguments).sentence
        return Failure(
            .usage,
            ControlError(
                .parameters, sentence, ControlError.Details(reason: "usage", advice: advice, choices: choices)))
    }

    /// `<who>` stands as WHO on the pages of help.
    private static func value(_ name: Substring) -> String {
        name.hasPrefix("<") ? name.dropFirst().prefix { $0 != ">" }.uppercased() : String(name)
    }
}
