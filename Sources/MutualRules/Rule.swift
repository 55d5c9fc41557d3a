/// One row of the table: what an item of a kind may answer, and what belongs to the kind.
struct Rule: Hashable, Sendable {
    /// Whether it answers an item.
    enum Answers: Hashable, Sendable {
        case nothing
        case something
        case either
    }

    /// Whose the answered item is.
    enum Of: Hashable, Sendable {
        case own
        case others
        case eithers
    }

    /// What the kind cannot do without.
    enum Needs: Hashable, Sendable {
        case nothing
        case text
        /// Text, feelings, energy or want.
        case oneOfFour
        /// A choice: an outcome, or whether there is room.
        case choice
    }

    var answers: Answers
    var of: Of
    /// The kinds that it may answer; nil: any.
    var kinds: [Kind]?
    var needs: Needs
    var defaultLifeS: Int64
    var mayBeKept: Bool

    init(
        _ answers: Answers, of: Of = .eithers, kinds: [Kind]? = nil, needs: Needs = .nothing, days: Int64 = 30,
        kept: Bool = false
    ) {
        self.answers = answers
        self.of = of
        self.kinds = kinds
        self.needs = needs
        defaultLifeS = days * 86_400
        mayBeKept = kept
    }
}

extension Kind {
    /// The kind's row.
    var rule: Rule {
        switch self {
        case .note: Rule(.either, needs: .text)
        case .checkin: Rule(.nothing, needs: .oneOfFour, days: 7)
        case .heard:
            Rule(
                .something, of: .others, kinds: [.checkin, .note, .ask, .relate, .celebrate, .exchange], kept: true)
        case .relate: Rule(.something, of: .others, needs: .text)
        case .here: Rule(.either, of: .others, days: 1, kept: true)
        case .encourage: Rule(.either, of: .others, needs: .text, days: 90, kept: true)
        case .celebrate: Rule(.nothing, needs: .text, days: 90, kept: true)
        case .cheer: Rule(.something, of: .others, kinds: [.celebrate], days: 90, kept: true)
        case .ask: Rule(.nothing, needs: .text)
        // Whether ideas are asked for is a matter of state: see `Verdict`.
        case .idea: Rule(.something, needs: .text)
        case .take: Rule(.something, of: .others, kinds: [.idea])
        case .close: Rule(.something, of: .own, needs: .choice)
        case .learned: Rule(.something, of: .others, needs: .text, days: 90, kept: true)
        case .want: Rule(.something, of: .own, kinds: [.checkin, .note])
        case .retract: Rule(.something, of: .own, kinds: Kind.allCases.filter { $0 != .retract }, days: 90)
        // A proposal answers nothing, its other steps the proposal: the step's shape says so (Protocol/records.md).
        case .exchange: Rule(.either, kinds: [.exchange], days: 3)
        case .plan: Rule(.nothing, days: 90)
        case .room: Self.roomRule
        }
    }

    /// Twelve hours.
    private static let roomRule: Rule = {
        var rule = Rule(.nothing, needs: .choice)
        rule.defaultLifeS = 43_200
        return rule
    }()
}
