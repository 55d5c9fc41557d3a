import MutualRules
import MutualWire

extension Refusal {
    /// A draft of one's own that breaks a limit, in words for its writer.
    static func shape(_ fault: WireError, _ item: Item) -> Refusal {
        switch fault {
        case .itemText:
            if item.about.utf8.count > Limits.contentNoteBytes {
                Refusal(.limit, "about-long", ["limit": String(Limits.contentNoteBytes)])
            } else if item.content.hasLongFeeling {
                Refusal(.limit, "feeling-long", ["limit": String(Limits.feelingBytes)])
            } else {
                Refusal(.limit, "text-long", ["limit": String(Limits.textBytes)])
            }
        case .itemControl: Refusal(.rule, "text-control")
        case .itemMissing:
            switch item.content {
            case .checkIn: Refusal(.rule, "checkin-empty")
            case .close(_, nil): Refusal(.rule, "outcome-missing")
            case .room(nil, _): Refusal(.rule, "choice-missing")
            default: Refusal(.rule, "text-missing")
            }
        case .itemMany: Refusal(.limit, "too-many", ["limit": String(Limits.feelings)])
        case .itemRe: Refusal(.rule, "answers-nothing")
        case .itemNoRe: Refusal(.rule, "answers-something")
        case .itemAuto: Refusal(.rule, Reason.exchangeByScript.rawValue)
        case .recordLong: Refusal(.limit, "text-long", ["limit": String(Limits.textBytes)])
        default: Refusal(.badParameters, fault.code)
        }
    }
}

extension Content {
    /// The kind, where this version knows it.
    var kind: Kind? { Kind(rawValue: kindNumber) }

    /// Whether it is a check-in with a feeling over its limit.
    var hasLongFeeling: Bool {
        guard case .checkIn(_, let feelings, _, _) = self else { return false }
        return feelings.contains { $0.utf8.count > Limits.feelingBytes }
    }
}

/// The reader's side of the rules: the reason to count an item and not to show it; nil: it is shown. A kind of a later
/// version is shown as something that this one cannot show.
func readerRefuses(_ item: Item, answering answered: AnsweredItem?) -> String? {
    guard let kind = item.content.kind else { return nil }
    let gone = AnsweredItem(kind: nil, mine: false, gone: true)
    let context = Context(answers: item.re.map { _ in answered ?? gone })
    return reader(refuses: Draft(kind: kind, auto: item.auto), given: context)?.rawValue
}
