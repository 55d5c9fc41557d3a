import MutualClient
import MutualControl
import MutualLanguage

/// How `mutual` ends `[control-24]`.
enum ExitStatus: Int32 {
    case done = 0
    case other = 1
    case usage = 2
    case notFound = 3
    case refused = 4
    case notRunning = 5
    case locked = 6
    case timeIsUp = 7
    case conflict = 8
    case fault = 9

    init(_ error: ControlError) {
        self =
            switch error.knownCode {
            case .refused, .limit: .refused
            case .notFound, .ambiguous: .notFound
            case .locked: .locked
            case .conflict: .conflict
            case .fault: .fault
            case .parameters, .method, .request, .parse: .usage
            case nil: .other
            }
    }
}

/// Why `mutual` does not do what was asked: sentences for people, an error for programs, an exit code.
struct Failure: Error {
    var status: ExitStatus
    var error: ControlError

    init(_ status: ExitStatus, _ error: ControlError) {
        self.status = status
        self.error = error
    }

    /// What the daemon says.
    init(_ error: ControlError) { self.init(ExitStatus(error), error) }

    /// Something that `mutual` says itself.
    init(
        _ status: ExitStatus, _ key: Key, _ arguments: [String: String] = [:], advice: Key? = nil,
        choices: [String] = []
    ) {
        let code: ErrorCode =
            switch status {
            case .usage: .parameters
            case .refused: .refused
            case .notFound: .notFound
            case .locked: .locked
            case .conflict: .conflict
            case .done, .other, .notRunning, .timeIsUp, .fault: .fault
            }
        let reason = key.rawValue.split(separator: ".").last.map(String.init) ?? key.rawValue
        self.init(
            status,
            ControlError(
                code, Words.say(key, arguments),
                ControlError.Details(
                    reason: reason, advice: (advice ?? Self.advices[key]).map { Words.say($0, arguments) },
                    choices: choices.isEmpty ? nil : choices)))
    }

    /// What could be done about what is said in more than one place.
    private static let advices: [Key: Key] = [
        .fileUnreadable: .fileUnreadableAdvice, .fileUnwritable: .fileUnwritableAdvice, .notJSON: .notJSONAdvice,
        .editorFailed: .editorFailedAdvice,
    ]

    /// A reason of the catalogue that is found before the daemon is asked.
    init(
        _ status: ExitStatus, _ code: ErrorCode, reason: String, _ arguments: [String: String] = [:],
        choices: [String] = []
    ) {
        let said = Words.catalogue.refusal(reason, arguments)
        self.init(
            status,
            ControlError(
                code, said.sentence,
                ControlError.Details(
                    reason: reason, advice: said.advice, choices: choices.isEmpty ? nil : choices)))
    }

    /// What the daemon says of a call, in the words of the verb that made it, or what went wrong before.
    init(_ error: ClientError, of call: ControlCall, path: String, key: String?) {
        guard case .refused(let refused) = error else { self.init(error, path: path, key: key); return }
        self.init(BadParameter.words(refused, of: call))
    }

    /// What went wrong between here and the daemon.
    init(_ error: ClientError, path: String, key: String?) {
        switch error {
        case .refused(let error): self.init(error)
        case .notRunning: self.init(.notRunning, .notRunning, advice: .notRunningAdvice)
        case .pathTooLong(let limit):
            self.init(.usage, .pathTooLong, ["limit": String(limit)], advice: .pathTooLongAdvice)
        case .notOurs: self.init(.other, .notOurs, ["path": path], advice: .notOursAdvice)
        case .noAccess: self.init(.fault, .noAccess, ["path": path], advice: .noAccessAdvice)
        case .noAnswer: self.init(.fault, .noAnswer, advice: .noAnswerAdvice)
        case .cutOff, .system: self.init(.fault, .cutOff, advice: .cutOffAdvice)
        case .outcomeUnknown:
            self.init(
                .fault, .outcomeUnknown, ["key": key ?? ""],
                advice: key == nil ? .outcomeUnknownNoKey : .outcomeUnknownAdvice)
        }
    }

    /// The daemon ended a subscription: it was locked, or it ends.
    init(endOf event: EventNotice) {
        guard event.reason == "locked" else { self.init(.fault, .cutOff, advice: .cutOffAdvice); return }
        self.init(.locked, .locked, reason: "locked")
    }

    /// The lines for people.
    var lines: [String] {
        var lines = [SafeText.line(error.message)]
        if let choices = error.data.choices, !choices.isEmpty {
            let key: Key = error.data.reason == "code-word" ? .pairNearest : .choices
            let names = choices.joined(separator: ", ")
            lines.append(Words.say(key, ["names": names, "words": names]))
        }
        if let known = error.data.known, !known.isEmpty {
            lines.append(Words.say(.choices, ["names": known.joined(separator: ", ")]))
        }
        if let advice = error.data.advice { lines.append(SafeText.line(advice)) }
        return lines
    }
}

/// The sentences of this run.
enum Words {
    static let language = Language.chosen(settings: Home.typedSettings) { Environment.value($0) }
    static let catalogue = Catalogue(language)

    static func say(_ key: Key, _ arguments: [String: String] = [:]) -> String { catalogue.say(key, arguments) }
}
