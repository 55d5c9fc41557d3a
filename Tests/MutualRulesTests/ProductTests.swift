import Testing

@testable import MutualRules

/// The rules of [records-14], [records-19], [records-20] and [records-21] once more, as a page that can be read: what
/// each kind answers, whose, and what else has to hold. `Objections` below reads it.
private let page = """
    kind       answers                                    whose     further
    note       anything or nothing                        either's
    checkin    nothing
    heard      checkin note ask relate celebrate exchange other's
    relate     anything                                   other's
    here       anything or nothing                        other's
    encourage  anything or nothing                        other's
    celebrate  nothing
    cheer      celebrate                                  other's
    ask        nothing
    idea       anything                                   either's  open
    take       idea                                       other's   thread-of-mine
    close      anything                                   own       was-open once
    learned    anything                                   other's
    want       checkin note                               own
    retract    anything but retract                       own
    exchange   exchange or nothing                        either's  never-auto
    plan       nothing
    room       nothing
    """

/// One line of the page.
private struct Line {
    let kind: Kind
    var alone = false
    /// The kinds that it may answer; nil is one of a later version.
    var answers: Set<Kind?> = []
    var own = false
    var others = false
    var further: Set<String> = []

    /// By the columns that the page's first line has.
    init?(_ line: Substring, columns: [Int]) {
        let cells = zip(columns, columns.dropFirst() + [200]).map { from, to in
            line.dropFirst(from).prefix(to - from).split(separator: " ").map(String.init)
        }
        guard let kind = cells[0].first.flatMap(Kind.init(name:)) else { return nil }
        self.kind = kind
        alone = cells[1].contains("nothing")
        let every = Set<Kind?>(Kind.allCases + [nil])
        if cells[1].first == "anything" {
            answers = every
        } else {
            answers = Set(cells[1].compactMap(Kind.init(name:)))
        }
        if cells[1].contains("but") { answers.remove(cells[1].last.flatMap(Kind.init(name:))) }
        own = cells[2].contains { $0 == "own" || $0 == "either's" }
        others = cells[2].contains { $0 == "other's" || $0 == "either's" }
        further = Set(cells[3])
    }

    static let all: [Line] = {
        let lines = page.split(separator: "\n")
        let names = ["kind", "answers", "whose", "further"]
        let columns = names.compactMap { lines[0].range(of: $0) }.map {
            lines[0].distance(from: lines[0].startIndex, to: $0.lowerBound)
        }
        return lines.dropFirst().compactMap { Line($0, columns: columns) }
    }()
}

extension Substring {
    fileprivate func range(of word: String) -> Range<Index>? { ranges(of: word).first }
}

/// What speaks against an answer, each as a sentence would say it: no order, no first one.
private struct Objections {
    let line: Line
    let draft: Draft
    let answered: AnsweredItem?

    private var mine: Bool { answered?.mine ?? false }
    private var top: ThreadTop? { answered?.top }
    private var isOpen: Bool { top.map { ($0.kind == .ask || $0.want == .ideas) && !$0.isClosed } ?? true }
    private func everWanted(_ top: ThreadTop) -> Bool {
        top.kind == .ask || ([top.want] + top.earlierWants).contains(.ideas)
    }

    /// Why its writer is refused.
    var refusing: Set<Reason> {
        var found: Set<Reason> = []
        if line.further.contains("never-auto"), draft.auto { found.insert(.exchangeByScript) }
        guard let answered else { return line.alone ? found : found.union([.answersNothing]) }
        if line.answers.isEmpty { return found.union([.answersSomething]) }
        // Of what is gone nobody can tell any more what it was, whose, or what was wanted.
        if answered.gone { return found }
        if mine, !line.own { found.insert(.onlyTheOthers) }
        if !mine, !line.others { found.insert(.onlyYourOwn) }
        if !line.answers.contains(answered.kind) { found.insert(.wrongKind) }
        if line.further.contains("open"), !isOpen, let top {
            if top.isClosed { found.insert(top.mine ? .closedByYou : .closed) }
            if top.kind != .ask, top.want != .ideas { found.insert(top.mine ? .notOpenToIdeas : .ideasNotAsked) }
        }
        if line.further.contains("was-open") {
            if answered.kind == .idea || top.map({ !everWanted($0) }) ?? true { found.insert(.notOpenToIdeas) }
            if top?.isClosed == true { found.insert(.closedByYou) }
        }
        if line.further.contains("thread-of-mine"), let top, !top.mine { found.insert(.notYourThread) }
        return found
    }

    /// What its writer is asked about.
    var asking: Set<Reason> {
        guard let answered, !answered.gone, !mine else { return [] }
        switch answered.want {
        case .nothing where line.kind != .here: return [.wantsNoAnswer]
        case .listen where line.kind == .relate: return [.wantsListening]
        default: return []
        }
    }
}

/// Everything that can come together: the kind, what it answers, whose that is, what it wants and wanted, whether it is
/// closed or gone, the thread that it is in, and whether a script sends it.
private enum Product {
    static let wants: [Want?] = [nil] + Want.allCases
    static let before: [[Want]] = [[], [.ideas], [.listen], [.nothing, .ideas]]
    static let kinds: [Kind?] = Kind.allCases + [nil]
    static let flags = [false, true]

    static var answered: [AnsweredItem] {
        var all: [AnsweredItem] = []
        for mine in flags {
            for gone in flags {
                for want in wants {
                    for earlier in before {
                        for closed in flags {
                            for kind in kinds where kind != .idea {
                                all.append(
                                    AnsweredItem(
                                        kind: kind, mine: mine, want: want, earlierWants: earlier, isClosed: closed,
                                        gone: gone))
                            }
                            // An idea hangs in a thread, of its writer's or of the other's, whose top it has not.
                            for kind in [Kind.ask, .checkin, .note, nil] {
                                for topMine in flags {
                                    let top = ThreadTop(
                                        kind: kind, mine: topMine, want: want, earlierWants: earlier, isClosed: closed)
                                    all.append(AnsweredItem(kind: .idea, mine: mine, gone: gone, top: top))
                                }
                            }
                        }
                    }
                }
                all.append(AnsweredItem(kind: .idea, mine: mine, gone: gone, top: nil))
            }
        }
        return all
    }

    /// The same item from the other's side.
    static func turned(_ answered: AnsweredItem) -> AnsweredItem {
        var other = answered
        other.mine.toggle()
        other.top?.mine.toggle()
        return other
    }

    /// What may have changed here while something was on its way: another want, a close, and that it is gone.
    static func later(_ answered: AnsweredItem) -> [AnsweredItem] {
        var all = [answered]
        for want in [Want.listen, .nothing] {
            var other = answered
            if answered.kind != .idea { other.earlierWants += [answered.want].compactMap { $0 } }
            if answered.kind != .idea { other.want = want }
            other.top.map { top in
                var top = top
                top.earlierWants += [top.want].compactMap { $0 }
                top.want = want
                top.isClosed = true
                other.top = top
            }
            all.append(other)
        }
        var gone = answered
        gone.gone = true
        return all + [gone]
    }
}

/// All of it, held against the page and against what has to hold whatever the page says.
@Suite struct ProductTests {
    /// What is wrong, the first few: hundreds of thousands of cases need one expectation.
    private struct Wrong {
        var said: [String] = []
        var cases = 0

        mutating func check(_ holds: Bool, _ words: @autoclosure () -> String) {
            cases += 1
            if !holds, said.count < 8 { said.append(words()) }
        }
    }

    @Test func thePageIsWhole() {
        #expect(Line.all.map(\.kind) == Kind.allCases)
        #expect(
            Line.all.filter { $0.alone && !$0.answers.isEmpty }.map(\.kind) == [.note, .here, .encourage, .exchange])
        #expect(Product.answered.count > 5_000)
    }

    @Test(arguments: Kind.allCases) func theWriterIsToldWhatThePageSays(kind: Kind) throws {
        let line = try #require(Line.all.first { $0.kind == kind })
        var wrong = Wrong()
        var verdicts: Set<String> = []
        for auto in Product.flags {
            let draft = Draft(kind: kind, auto: auto)
            for answered in Product.answered.map(Optional.init) + [nil] {
                let objections = Objections(line: line, draft: draft, answered: answered)
                let verdict = verdict(on: draft, given: Context(answers: answered))
                func words() -> String { "\(kind), auto \(auto), on \(answered as Any): \(verdict)" }
                switch verdict {
                case .allowed:
                    verdicts.insert("allowed")
                    wrong.check(objections.refusing.isEmpty && objections.asking.isEmpty, words())
                case .asksFirst(let reason, let arguments):
                    verdicts.insert("asks")
                    wrong.check(objections.refusing.isEmpty && objections.asking == [reason], words())
                    wrong.check(arguments["kind"] == kind.name, words())
                case .refused(let reason, let arguments):
                    verdicts.insert("refused")
                    // The reason that is given is one of those that are true.
                    wrong.check(objections.refusing.contains(reason), words())
                    wrong.check(
                        arguments["kind"] == kind.name && arguments["answered"] == answered?.kind?.name, words())
                }
            }
        }
        #expect(wrong.said.isEmpty && wrong.cases > 10_000, "\(wrong.said)")
        // What begins something of its own is refused as any answer; of the others each verdict is met.
        if line.alone, line.answers.isEmpty {
            #expect(verdicts == ["allowed", "refused"])
        } else {
            #expect(verdicts.isSuperset(of: ["allowed", "refused"]) || [.note].contains(kind), "\(kind): \(verdicts)")
        }
    }

    /// What a writer's daemon lets through is never dropped by the reader's, whatever changed meanwhile.
    @Test(arguments: Kind.allCases) func nobodyHonestIsDropped(kind: Kind) {
        var wrong = Wrong()
        for auto in Product.flags {
            let draft = Draft(kind: kind, auto: auto)
            for answered in Product.answered {
                if case .refused = verdict(on: draft, given: Context(answers: answered)) { continue }
                // Gone for the writer, it is gone for the reader too: its end comes to both.
                let there = Product.turned(answered)
                for seen in answered.gone ? [there] : Product.later(there) {
                    let reason = reader(refuses: draft, given: Context(answers: seen))
                    wrong.check(reason == nil, "\(kind) on \(answered), seen as \(seen): \(reason as Any)")
                }
            }
        }
        #expect(wrong.said.isEmpty, "\(wrong.said)")
    }

    /// What a reader's daemon drops, its writer's refuses, for the same item and in every state that it could have had.
    @Test(arguments: Kind.allCases) func whatIsDroppedIsRefused(kind: Kind) throws {
        var wrong = Wrong()
        for auto in Product.flags {
            let draft = Draft(kind: kind, auto: auto)
            for seen in Product.answered.map(Optional.init) + [nil] {
                guard reader(refuses: draft, given: Context(answers: seen)) != nil else { continue }
                var states = [seen.map(Product.turned)]
                if let seen, !seen.gone {
                    for want in [seen.want] + seen.earlierWants where seen.kind != .idea {
                        var state = Product.turned(seen)
                        state.want = want
                        state.top?.want = want
                        state.top?.isClosed = false
                        states.append(state)
                    }
                }
                for state in states {
                    guard case .refused = verdict(on: draft, given: Context(answers: state)) else {
                        wrong.check(false, "\(kind) on \(seen as Any), written on \(state as Any)")
                        continue
                    }
                    wrong.check(true, "")
                }
            }
        }
        #expect(wrong.said.isEmpty, "\(wrong.said)")
        #expect((wrong.cases == 0) == (kind == .note), "\(kind): \(wrong.cases)")
    }

    /// Every shape of a draft: what its kind cannot do without is missed, and nothing else.
    @Test func whatIsMissingIsNamed() {
        let text: Set<Kind> = [.note, .relate, .encourage, .celebrate, .ask, .idea, .learned]
        let choice: Set<Kind> = [.close, .room]
        for kind in Kind.allCases {
            for bits in 0..<32 {
                let has = (0..<5).map { bits & (1 << $0) > 0 }
                let draft = Draft(
                    kind: kind, hasText: has[0], hasFeelings: has[1], hasEnergy: has[2], hasWant: has[3],
                    hasChoice: has[4])
                var wanted: Reason?
                if text.contains(kind), !has[0] { wanted = .textMissing }
                if kind == .checkin, !has[0...3].contains(true) { wanted = .checkinEmpty }
                if choice.contains(kind), !has[4] { wanted = .choiceMissing }
                var reason: Reason?
                if case .refused(let why, _) = verdict(on: draft, given: Context()) { reason = why }
                if let wanted { #expect(reason == wanted, "\(draft)") }
                #expect((wanted == nil) != [.textMissing, .checkinEmpty, .choiceMissing].contains(reason), "\(draft)")
            }
        }
    }

    /// Both of two people are held to the same: who they are is no argument, and what is asked first can be said.
    @Test func whatIsAskedFirstIsNeverDropped() {
        for kind in Kind.allCases {
            for answered in Product.answered {
                guard case .asksFirst = verdict(on: Draft(kind: kind), given: Context(answers: answered)) else {
                    continue
                }
                let there = Context(answers: Product.turned(answered))
                guard let reason = reader(refuses: Draft(kind: kind), given: there) else { continue }
                Issue.record("\(kind) on \(answered) is asked first and dropped: \(reason)")
                return
            }
        }
    }

    /// Every reason can come about: none stands in the catalogue for nothing.
    @Test func everyReasonIsMet() {
        var met: Set<Reason> = []
        for kind in Kind.allCases {
            for auto in Product.flags {
                for bits in [0, 1] {
                    let draft = Draft(
                        kind: kind, auto: auto, hasText: bits > 0, hasFeelings: bits > 0, hasEnergy: bits > 0,
                        hasWant: bits > 0, hasChoice: bits > 0)
                    for answered in Product.answered.map(Optional.init) + [nil] {
                        switch verdict(on: draft, given: Context(answers: answered)) {
                        case .allowed: break
                        case .asksFirst(let reason, _), .refused(let reason, _): met.insert(reason)
                        }
                    }
                }
            }
        }
        #expect(met == Set(Reason.allCases))
    }
}
