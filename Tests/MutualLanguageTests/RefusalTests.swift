import MutualRules
import Testing

@testable import MutualLanguage

/// Every way in which the rules refuse or ask has a fact and a next step, in both languages.
@Suite struct RefusalTests {
    private static let reasons: [String] = {
        let asked: [Reason] = [.wantsListening, .wantsNoAnswer]
        let rules = Reason.allCases.map { (asked.contains($0) ? "asks-first." : "") + $0.rawValue }
        return rules + KeepingRefusal.allCases.map(\.rawValue)
    }()

    @Test(arguments: [Language.english, .german], reasons) func ofARuleHasAFactAndAnAdvice(
        _ language: Language, _ reason: String
    ) throws {
        let catalogue = Catalogue(language)
        let entry = try #require(catalogue.reasonTable.first { $0.reason == reason }, "\(language): \(reason)")
        let advice = try #require(entry.advice, "\(language): \(reason) says what, and not what could be done")
        #expect(entry.sentence.hasSuffix(".") || entry.sentence.hasSuffix("?"), "\(entry.sentence)")
        #expect(!advice.isEmpty)
        // At most two sentences: the fact, and what could be done.
        #expect(entry.sentence.matches(of: #/[.?] /#).count <= 1, "\(entry.sentence)")
        let said = catalogue.refusal(reason, ["name": "Birch", "typed": "bi"])
        #expect(!said.sentence.contains("{") && said.advice?.contains("{") == false)
    }

    /// Whatever is refused, also by the machine or before the daemon is asked, says what could be done.
    @Test(arguments: [Language.english, .german]) func anyHasAnAdvice(_ language: Language) {
        let without = Catalogue(language).reasonTable.filter { $0.advice == nil }.map(\.reason)
        #expect(without.isEmpty, "\(language)")
    }
}
