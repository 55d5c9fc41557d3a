/// The pages of `mutual help` and `mutual help all`.
public struct HelpPage: Hashable, Sendable {
    /// A verb and what it does.
    public struct Line: Hashable, Sendable {
        /// The verb, the same in every language.
        public var verb: String
        /// What it does, with how it is typed where that helps.
        public var says: String
        /// How it is typed.
        public var example: String

        init(_ verb: String, _ says: String, _ example: String = "") {
            self.verb = verb
            self.says = says
            self.example = example
        }
    }

    /// Verbs that belong together.
    public struct Group: Hashable, Sendable {
        /// What they are about.
        public var title: String
        /// They.
        public var verbs: [Line]

        init(_ title: String, _ verbs: [Line]) {
            self.title = title
            self.verbs = verbs
        }
    }

    /// The five verbs of every day.
    public var daily: [Line]
    /// All verbs.
    public var groups: [Group]
    /// What WHO, ITEM and TEXT stand for, and what every verb takes.
    public var notes: [String]
    /// Where one verb is explained: `{verb}` stands for it.
    var see: String
}

extension Catalogue {
    /// The pages of help.
    public var help: HelpPage {
        var page =
            switch language {
            case .english: English.help
            case .german: German.help
            }
        page.notes = page.notes.map { fill($0, ["argument": say(.helpArgument)]) }
        return page
    }

    /// Where one verb is explained.
    public func seeHelp(of verb: String) -> String { fill(help.see, ["verb": verb]) }
}
