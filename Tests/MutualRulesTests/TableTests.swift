import Testing

@testable import MutualRules

/// Every kind against every answered kind, whoever wrote it, held against a table that is written down a second time.
@Suite struct TableTests {
    /// One kind: may it answer nothing, something; of whom (o: own, t: theirs); which kinds (nil: any).
    private struct Row {
        let kind: Kind
        let alone: Bool
        let answering: Bool
        let own: Bool
        let theirs: Bool
        let kinds: [Kind]?
    }

    private static func row(
        _ kind: Kind, alone: Bool, answering: Bool, own: Bool = false, theirs: Bool = false, _ kinds: [Kind]? = nil
    ) -> Row {
        Row(kind: kind, alone: alone, answering: answering, own: own, theirs: theirs, kinds: kinds)
    }

    private static let rows: [Row] = [
        row(.note, alone: true, answering: true, own: true, theirs: true),
        row(.checkin, alone: true, answering: false),
        row(
            .heard, alone: false, answering: true, theirs: true,
            [.checkin, .note, .ask, .relate, .celebrate, .exchange]),
        row(.relate, alone: false, answering: true, theirs: true),
        row(.here, alone: true, answering: true, theirs: true),
        row(.encourage, alone: true, answering: true, theirs: true),
        row(.celebrate, alone: true, answering: false),
        row(.cheer, alone: false, answering: true, theirs: true, [.celebrate]),
        row(.ask, alone: true, answering: false),
        row(.idea, alone: false, answering: true, own: true, theirs: true, [.ask, .idea]),
        row(.take, alone: false, answering: true, theirs: true, [.idea]),
        row(.close, alone: false, answering: true, own: true, [.ask]),
        row(.learned, alone: false, answering: true, theirs: true),
        row(.want, alone: false, answering: true, own: true, [.checkin, .note]),
        row(.retract, alone: false, answering: true, own: true, Kind.allCases.filter { $0 != .retract }),
        row(.exchange, alone: true, answering: true, own: true, theirs: true, [.exchange]),
        row(.plan, alone: true, answering: false),
        row(.room, alone: true, answering: false),
    ]

    @Test func theTableIsWhole() {
        #expect(Self.rows.map(\.kind) == Kind.allCases)
    }

    @Test func everyCombination() {
        var count = 0
        for row in Self.rows {
            let draft = Draft(kind: row.kind)
            #expect((verdict(on: draft, given: Context()) == .allowed) == row.alone, "\(row.kind) alone")
            #expect((reader(refuses: draft, given: Context()) == nil) == row.alone, "\(row.kind) alone, read")
            for answered in Kind.allCases {
                for mine in [true, false] {
                    let wanted =
                        row.answering && (mine ? row.own : row.theirs) && row.kinds?.contains(answered) ?? true
                    let written = Context(answers: AnsweredItem(kind: answered, mine: mine))
                    let verdict = verdict(on: draft, given: written)
                    #expect((verdict == .allowed) == wanted, "\(row.kind) on \(answered), mine \(mine): \(verdict)")
                    // The reader sees the same item from the other side and agrees.
                    let read = Context(answers: AnsweredItem(kind: answered, mine: !mine))
                    // Of the writer's own note nobody else knows whether it was ever open to ideas.
                    let isUnsure = [.idea, .close].contains(row.kind) && mine && [.note, .checkin].contains(answered)
                    #expect(
                        (reader(refuses: draft, given: read) == nil) == (wanted || isUnsure),
                        "\(row.kind) on \(answered), written by the writer \(mine), read")
                    count += 1
                }
            }
        }
        #expect(count == 18 * 18 * 2)
    }

    @Test func whatIsGoneMayBeAnswered() {
        for row in Self.rows {
            for mine in [true, false] {
                let context = Context(answers: AnsweredItem(kind: nil, mine: mine, want: .nothing, gone: true))
                let isAllowed = verdict(on: Draft(kind: row.kind), given: context) == .allowed
                #expect(isAllowed == row.answering, "\(row.kind)")
                #expect((reader(refuses: Draft(kind: row.kind), given: context) == nil) == row.answering)
            }
        }
    }

    @Test func numbersNamesAndLives() {
        #expect(Kind.allCases.map(\.rawValue) == Array(16...31) + [34, 35])
        for kind in Kind.allCases {
            #expect(Kind(name: kind.name) == kind)
            #expect(Life.allows(kind.defaultLifeS), "\(kind)")
        }
        #expect(Kind(name: "vote") == nil)
        let day: Int64 = 86_400
        let lives: [Kind: Int64] = [
            .note: 30 * day, .checkin: 7 * day, .heard: 30 * day, .relate: 30 * day, .here: day, .encourage: 90 * day,
            .celebrate: 90 * day, .cheer: 90 * day, .ask: 30 * day, .idea: 30 * day, .take: 30 * day,
            .close: 30 * day, .learned: 90 * day, .want: 30 * day, .retract: 90 * day, .exchange: 3 * day,
            .plan: 90 * day, .room: 43_200,
        ]
        for kind in Kind.allCases { #expect(kind.defaultLifeS == lives[kind], "\(kind)") }
        let kept: [Kind] = [.heard, .here, .encourage, .celebrate, .cheer, .learned]
        #expect(Kind.allCases.filter(\.mayBeKept) == kept)
        #expect(!Life.allows(599) && Life.allows(600) && Life.allows(7_776_000) && !Life.allows(7_776_001))
    }
}

/// What depends on what is wanted, and on what a draft has.
@Suite struct VerdictTests {
    private func context(_ kind: Kind, mine: Bool = false, want: Want? = nil, closed: Bool = false) -> Context {
        Context(answers: AnsweredItem(kind: kind, mine: mine, want: want, isClosed: closed))
    }

    private func reason(_ verdict: Verdict) -> Reason? {
        switch verdict {
        case .allowed: nil
        case .asksFirst(let reason, _), .refused(let reason, _): reason
        }
    }

    @Test func reasonsOfTheFirstVerbs() {
        let cases: [(Draft, Context, Reason?)] = [
            (Draft(kind: .note), Context(), nil),
            (Draft(kind: .note, hasText: false), Context(), .textMissing),
            (Draft(kind: .note), context(.retract), nil),
            (Draft(kind: .checkin), context(.note), .answersSomething),
            (
                Draft(kind: .checkin, hasText: false, hasFeelings: false, hasEnergy: false, hasWant: false), Context(),
                .checkinEmpty
            ),
            (
                Draft(kind: .checkin, hasText: false, hasFeelings: false, hasEnergy: false, hasWant: true), Context(),
                nil
            ),
            (Draft(kind: .heard), Context(), .answersNothing),
            (Draft(kind: .heard, hasText: false), context(.checkin), nil),
            (Draft(kind: .heard), context(.checkin, mine: true), .onlyTheOthers),
            (Draft(kind: .heard), context(.encourage), .wrongKind),
            (Draft(kind: .encourage), context(.note, mine: true), .onlyTheOthers),
            (Draft(kind: .encourage, hasText: false), Context(), .textMissing),
            (Draft(kind: .retract), context(.note), .onlyYourOwn),
            (Draft(kind: .close, hasChoice: false), context(.ask, mine: true), .choiceMissing),
            (Draft(kind: .exchange, auto: true), Context(), .exchangeByScript),
            (Draft(kind: .note, auto: true), Context(), nil),
        ]
        for (draft, context, wanted) in cases {
            #expect(reason(verdict(on: draft, given: context)) == wanted, "\(draft) \(context)")
        }
    }

    @Test func itIsAskedFirst() {
        for want in Want.allCases + [nil] {
            for kind in Kind.allCases {
                for mine in [true, false] {
                    let result = verdict(on: Draft(kind: kind), given: context(.checkin, mine: mine, want: want))
                    guard case .asksFirst(let reason, let arguments) = result else { continue }
                    #expect(!mine)
                    #expect(arguments == ["kind": kind.name, "answered": "checkin"])
                    #expect(want == .nothing ? reason == .wantsNoAnswer : want == .listen && kind == .relate)
                }
            }
        }
        let listening = context(.checkin, want: .listen)
        #expect(reason(verdict(on: Draft(kind: .relate), given: listening)) == .wantsListening)
        #expect(verdict(on: Draft(kind: .heard), given: listening) == .allowed)
        let nothing = context(.checkin, want: .nothing)
        #expect(verdict(on: Draft(kind: .here), given: nothing) == .allowed)
        for kind in [Kind.note, .heard, .encourage, .relate, .learned] {
            #expect(reason(verdict(on: Draft(kind: kind), given: nothing)) == .wantsNoAnswer, "\(kind)")
            // Its reader may not refuse what its writer was only asked about.
            #expect(
                reader(refuses: Draft(kind: kind), given: context(.checkin, mine: true, want: .nothing)) == nil)
        }
    }

    @Test func ideasOnlyWhereTheyAreAskedFor() {
        let idea = Draft(kind: .idea)
        #expect(reason(verdict(on: idea, given: context(.checkin, want: .listen))) == .ideasNotAsked)
        #expect(verdict(on: idea, given: context(.checkin, want: .ideas)) == .allowed)
        #expect(verdict(on: idea, given: context(.ask)) == .allowed)
        #expect(reason(verdict(on: idea, given: context(.ask, closed: true))) == .closed)
        #expect(
            reason(verdict(on: Draft(kind: .close), given: context(.ask, mine: true, closed: true))) == .closedByYou)
        #expect(reason(verdict(on: idea, given: context(.note))) == .ideasNotAsked)

        // Read: one that crossed a close or a new want is shown, one that was never asked for is not.
        #expect(reader(refuses: idea, given: context(.ask, mine: true, closed: true)) == nil)
        let crossed = AnsweredItem(kind: .checkin, mine: true, want: .listen, earlierWants: [.ideas])
        #expect(reader(refuses: idea, given: Context(answers: crossed)) == nil)
        #expect(reader(refuses: idea, given: context(.checkin, mine: true, want: .listen)) == .ideasNotAsked)
    }

    @Test func anIdeaHangsInItsThread() {
        func context(_ top: ThreadTop?, mine: Bool = false) -> Context {
            Context(answers: AnsweredItem(kind: .idea, mine: mine, top: top))
        }
        let (idea, take, close) = (Draft(kind: .idea), Draft(kind: .take), Draft(kind: .close))
        let theirs = ThreadTop(kind: .ask, mine: false)
        let mine = ThreadTop(kind: .checkin, mine: true, want: .ideas)
        // Building on an idea, the other's or one's own, as long as ideas are asked for.
        #expect(verdict(on: idea, given: context(theirs)) == .allowed)
        #expect(verdict(on: idea, given: context(theirs, mine: true)) == .allowed)
        #expect(verdict(on: idea, given: context(mine)) == .allowed)
        var over = mine
        over.isClosed = true
        #expect(reason(verdict(on: idea, given: context(over))) == .closedByYou)
        over = ThreadTop(kind: .checkin, mine: false, want: .listen, earlierWants: [.ideas])
        #expect(reason(verdict(on: idea, given: context(over))) == .ideasNotAsked)
        #expect(reader(refuses: idea, given: context(over)) == nil)
        let never = ThreadTop(kind: .checkin, mine: true, want: .listen)
        #expect(reader(refuses: idea, given: context(never)) == .ideasNotAsked)
        // Who asked decides what is taken.
        #expect(verdict(on: take, given: context(mine)) == .allowed)
        #expect(reason(verdict(on: take, given: context(theirs))) == .notYourThread)
        #expect(reader(refuses: take, given: context(theirs, mine: true)) == nil)
        #expect(reader(refuses: take, given: context(mine, mine: true)) == .notYourThread)
        // A thread is closed at its top; of a top that is gone nobody can tell.
        #expect(reason(verdict(on: close, given: context(mine, mine: true))) == .notOpenToIdeas)
        #expect(verdict(on: idea, given: context(nil)) == .allowed)
        #expect(verdict(on: take, given: context(nil)) == .allowed)
        #expect(reader(refuses: take, given: context(nil, mine: true)) == nil)
    }

    @Test func whatWasOpenIsClosedOnce() {
        let close = Draft(kind: .close)
        let was = AnsweredItem(kind: .note, mine: true, want: .listen, earlierWants: [.ideas])
        #expect(verdict(on: close, given: Context(answers: was)) == .allowed)
        #expect(reason(verdict(on: close, given: context(.note, mine: true))) == .notOpenToIdeas)
        #expect(
            reason(verdict(on: close, given: context(.note, mine: true, want: .ideas, closed: true))) == .closedByYou)
    }

    @Test func aKindOfALaterVersion() {
        for kind in Kind.allCases {
            let theirs = Context(answers: AnsweredItem(kind: nil, mine: false))
            let mine = Context(answers: AnsweredItem(kind: nil, mine: true))
            let any: [Kind] = [.note, .encourage, .here, .learned, .relate]
            if any.contains(kind) { #expect(verdict(on: Draft(kind: kind), given: theirs) == .allowed, "\(kind)") }
            if kind == .retract { #expect(verdict(on: Draft(kind: kind), given: mine) == .allowed) }
            if kind == .heard { #expect(reason(verdict(on: Draft(kind: kind), given: theirs)) == .wrongKind) }
        }
    }
}
