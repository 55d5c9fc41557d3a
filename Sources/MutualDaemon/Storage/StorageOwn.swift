import MutualControl
import MutualCore
import MutualStore

/// What a person has for themself, as clients read it.
extension Storage {
    /// Their feeling words; as long as none were set, words to begin with.
    func feelings(else starting: [String]) throws(JournalFault) -> FeelingsResult {
        guard let words = OwnSetting.words(try store.setting(OwnSetting.feelings)) else {
            return FeelingsResult(words: starting, starting: true)
        }
        return FeelingsResult(words: words)
    }

    /// Their page; as long as none was written, headings to begin with.
    func page(else starting: [String]) throws(JournalFault) -> PlanResult {
        guard let sections = OwnSetting.sections(try store.setting(OwnSetting.page)) else {
            return PlanResult(sections: starting.map { SectionEntry(title: $0, text: "") }, starting: true)
        }
        return PlanResult(sections: sections.map { SectionEntry(title: $0.title, text: $0.text) })
    }

    /// What they are reminded of.
    func nudges() throws(JournalFault) -> NudgesResult {
        let nudges = Nudges(stored: try store.setting(OwnSetting.nudges))
        return NudgesResult(at: nudges.minute.map { NudgeTime.text(minutes: $0) }, kindWord: nudges.kindWord)
    }
}
