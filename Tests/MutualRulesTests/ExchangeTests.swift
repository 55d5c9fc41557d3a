import Testing

@testable import MutualRules

/// The order of an exchange, over all states and moves, from both ends.
@Suite struct ExchangeTests {
    private static var states: [ExchangeState] {
        var all: [ExchangeState] = []
        for bits in 0..<32 {
            all.append(
                ExchangeState(
                    iProposed: bits & 1 > 0, isOver: bits & 2 > 0, isCommitted: bits & 4 > 0,
                    proposerRevealed: bits & 8 > 0, answererRevealed: bits & 16 > 0))
        }
        return all
    }

    @Test func bothEndsAgreeOnWhatMayFollow() {
        for state in Self.states {
            var other = state
            other.iProposed.toggle()
            for move in ExchangeMove.allCases {
                #expect(state.allows(move, mine: true) == other.allows(move, mine: false))
                #expect(state.allows(move, mine: false) == other.allows(move, mine: true))
            }
        }
    }

    @Test func theOrderIsTheOnlyOne() {
        var state = ExchangeState(iProposed: true)
        func allowed() -> [String] {
            ExchangeMove.allCases.flatMap { move in
                [true, false].filter { state.allows(move, mine: $0) }.map { "\(move) \($0 ? "mine" : "theirs")" }
            }
        }
        #expect(allowed() == ["commit theirs"])
        #expect(state.canBeWithdrawn && !state.revealIsDue)
        state.isCommitted = true
        #expect(allowed() == ["reveal mine"])
        #expect(!state.canBeWithdrawn && state.revealIsDue)
        state.proposerRevealed = true
        #expect(allowed() == ["reveal theirs"])
        #expect(!state.isOpen && !state.revealIsDue)
        state.answererRevealed = true
        #expect(allowed().isEmpty && state.isOpen)
    }

    @Test func whatIsOverIsNotAnsweredButWhatWasAnsweredIsRevealed() {
        var state = ExchangeState(iProposed: false, isOver: true)
        #expect(ExchangeMove.allCases.allSatisfy { !state.allows($0, mine: true) && !state.allows($0, mine: false) })
        state.isCommitted = true
        #expect(state.allows(.reveal, mine: false))
        state.proposerRevealed = true
        #expect(state.revealIsDue)
    }

    /// What is sealed after the proposer's words are out could be chosen by them.
    @Test func nothingIsSealedAfterTheProposersWords() {
        for state in Self.states where state.proposerRevealed {
            #expect(!state.allows(.commit, mine: true) && !state.allows(.commit, mine: false))
            #expect(!state.canBeWithdrawn)
        }
    }

    @Test func theAnswererNeverRevealsFirst() {
        for state in Self.states where !state.iProposed && state.revealIsDue { #expect(state.proposerRevealed) }
        for state in Self.states where state.iProposed && state.revealIsDue { #expect(state.isCommitted) }
    }
}
