/// What is about to be said.
public struct Draft: Hashable, Sendable {
    /// Its kind.
    public var kind: Kind
    /// Whether a script sends it.
    public var auto: Bool
    /// Whether it has words.
    public var hasText: Bool
    /// A check-in: whether it has feelings.
    public var hasFeelings: Bool
    /// A check-in: whether it says its energy.
    public var hasEnergy: Bool
    /// Whether it says what it wants.
    public var hasWant: Bool
    /// Whether it has the choice that its kind needs: an outcome, or how much room there is.
    public var hasChoice: Bool

    /// A draft. What is not named counts as there, so that a caller who checks shapes elsewhere need not tell it twice.
    public init(
        kind: Kind, auto: Bool = false, hasText: Bool = true, hasFeelings: Bool = true, hasEnergy: Bool = true,
        hasWant: Bool = true, hasChoice: Bool = true
    ) {
        self.kind = kind
        self.auto = auto
        self.hasText = hasText
        self.hasFeelings = hasFeelings
        self.hasEnergy = hasEnergy
        self.hasWant = hasWant
        self.hasChoice = hasChoice
    }
}

/// The ask or the item at the top of a thread of ideas.
public struct ThreadTop: Hashable, Sendable {
    /// Its kind; nil: one of a later version.
    public var kind: Kind?
    /// Whether it is one's own.
    public var mine: Bool
    /// What it wants now.
    public var want: Want?
    /// What it wanted before, since it was made.
    public var earlierWants: [Want]
    /// Whether no more ideas are asked for.
    public var isClosed: Bool

    /// What is known of it.
    public init(kind: Kind?, mine: Bool, want: Want? = nil, earlierWants: [Want] = [], isClosed: Bool = false) {
        self.kind = kind
        self.mine = mine
        self.want = want
        self.earlierWants = earlierWants
        self.isClosed = isClosed
    }

    /// Whether ideas are asked for now.
    var isOpen: Bool { kind == .ask || want == .ideas }
    /// Whether they were at any moment since it was made.
    var wasOpen: Bool { isOpen || earlierWants.contains(.ideas) }
    /// Seen by the reader: whether the other may have opened it with a want that they took back before it left, of which
    /// nothing is known here. Nobody but its writer wants anything of an item, so of one's own one knows.
    var mayHaveBeenOpen: Bool { !mine && (kind == .note || kind == .checkin) }
}

/// What is known of an item that is answered.
public struct AnsweredItem: Hashable, Sendable {
    /// Its kind; nil: one of a later version.
    public var kind: Kind?
    /// Whether it is one's own: the writer's for `verdict`, the reader's for `reader`.
    public var mine: Bool
    /// What it wants now.
    public var want: Want?
    /// What it wanted before, since it was made.
    public var earlierWants: [Want]
    /// Whether no more ideas are asked for.
    public var isClosed: Bool
    /// Whether it is not here any more: expired, taken back, or never seen.
    public var gone: Bool
    /// An idea: the top of its thread; nil: that is gone. What is no idea is its own top.
    public var top: ThreadTop?

    /// What is known.
    public init(
        kind: Kind?, mine: Bool, want: Want? = nil, earlierWants: [Want] = [], isClosed: Bool = false,
        gone: Bool = false, top: ThreadTop? = nil
    ) {
        self.kind = kind
        self.mine = mine
        self.want = want
        self.earlierWants = earlierWants
        self.isClosed = isClosed
        self.gone = gone
        self.top = top
        if top == nil, kind != .idea {
            self.top = ThreadTop(
                kind: kind, mine: mine, want: want, earlierWants: earlierWants, isClosed: isClosed)
        }
    }
}

/// What a draft is judged by besides itself.
public struct Context: Hashable, Sendable {
    /// The item that it answers; nil: none.
    public var answers: AnsweredItem?

    /// A context.
    public init(answers: AnsweredItem? = nil) { self.answers = answers }
}

/// Why something is refused, or asked about first: a key of the catalogue of sentences.
public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The draft answers nothing, and its kind answers something.
    case answersNothing = "answers-nothing"
    /// The draft answers something, and its kind answers nothing.
    case answersSomething = "answers-something"
    /// The kind answers only what the other said.
    case onlyTheOthers = "only-the-others"
    /// The kind answers only what one said oneself.
    case onlyYourOwn = "only-your-own"
    /// The kind does not answer an item of that kind.
    case wrongKind = "wrong-kind"
    /// Nobody asked for ideas here.
    case ideasNotAsked = "ideas-not-asked"
    /// No more ideas are asked for.
    case closed
    /// One asked for no ideas there oneself.
    case notOpenToIdeas = "not-open-to-ideas"
    /// One closed it oneself.
    case closedByYou = "closed-yours"
    /// The idea was for the other, who decides what is taken.
    case notYourThread = "not-your-thread"
    /// The words that the kind needs are not there.
    case textMissing = "text-missing"
    /// A check-in without words, feelings, energy and want.
    case checkinEmpty = "checkin-empty"
    /// The choice that the kind needs is not there.
    case choiceMissing = "choice-missing"
    /// An exchange by a script.
    case exchangeByScript = "exchange-by-script"
    /// Asked about first: the other wants to be listened to.
    case wantsListening = "wants-listening"
    /// Asked about first: the other wants no answer.
    case wantsNoAnswer = "wants-no-answer"
}

/// Whether something may be said.
public enum Verdict: Hashable, Sendable {
    /// Yes.
    case allowed
    /// Yes, when its writer says so once more. The arguments are what the sentence names.
    case asksFirst(Reason, [String: String])
    /// No. The arguments are what the sentence names: `kind` and `answered`, names of kinds.
    case refused(Reason, [String: String])
}

/// The writer's side: decides before anything is stored.
public func verdict(on draft: Draft, given context: Context) -> Verdict {
    var arguments = ["kind": draft.kind.name]
    if let answered = context.answers?.kind { arguments["answered"] = answered.name }
    if let reason = missing(draft) ?? mismatch(draft, context.answers, mine: { $0.mine }) {
        return .refused(reason, arguments)
    }
    guard let answered = context.answers, !answered.gone else { return .allowed }
    if let reason = threadRefuses(draft.kind, answered) { return .refused(reason, arguments) }
    guard !answered.mine else { return .allowed }
    if answered.want == .nothing, draft.kind != .here { return .asksFirst(.wantsNoAnswer, arguments) }
    if answered.want == .listen, draft.kind == .relate { return .asksFirst(.wantsListening, arguments) }
    return .allowed
}

/// The reader's side: refuses only what no honest writer could have sent; nil: it is shown.
///
/// State that can change while something is on its way is judged as of any moment since the answered item was made: an
/// idea that crossed a close or a new want is shown. What the kind needs is a matter of shape and checked before.
/// - Parameter context: seen by the reader: `mine` says that the reader wrote the answered item.
public func reader(refuses draft: Draft, given context: Context) -> Reason? {
    if let reason = mismatch(draft, context.answers, mine: { !$0.mine }) { return reason }
    guard let answered = context.answers, !answered.gone else { return nil }
    if draft.kind == .close, answered.kind == .idea { return .ideasNotAsked }
    guard answered.kind != nil, let top = answered.top else { return nil }
    switch draft.kind {
    case .idea, .close: return top.wasOpen || top.mayHaveBeenOpen ? nil : .ideasNotAsked
    // Seen by the reader: the one who takes wrote the top.
    case .take: return top.mine ? .notYourThread : nil
    default: return nil
    }
}

/// What the kind cannot do without and the draft has not.
private func missing(_ draft: Draft) -> Reason? {
    switch draft.kind.rule.needs {
    case .nothing: nil
    case .text: draft.hasText ? nil : .textMissing
    case .oneOfFour:
        draft.hasText || draft.hasFeelings || draft.hasEnergy || draft.hasWant ? nil : .checkinEmpty
    case .choice: draft.hasChoice ? nil : .choiceMissing
    }
}

/// What can never be, whatever changes meanwhile. `mine`: whether the draft's writer wrote the answered item.
private func mismatch(_ draft: Draft, _ answered: AnsweredItem?, mine: (AnsweredItem) -> Bool) -> Reason? {
    let rule = draft.kind.rule
    if draft.kind == .exchange, draft.auto { return .exchangeByScript }
    guard let answered else { return rule.answers == .something ? .answersNothing : nil }
    if rule.answers == .nothing { return .answersSomething }
    // What answers something that is gone is allowed: nobody can tell any more what it was.
    if answered.gone { return nil }
    switch rule.of {
    case .own where !mine(answered): return .onlyYourOwn
    case .others where mine(answered): return .onlyTheOthers
    case .own, .others, .eithers: break
    }
    // A kind of a later version may be answered by whatever may answer anything, and taken back.
    guard let kind = answered.kind else { return rule.kinds == nil || draft.kind == .retract ? nil : .wrongKind }
    if let kinds = rule.kinds, !kinds.contains(kind) { return .wrongKind }
    return nil
}

/// The writer's side of what depends on the thread: whether ideas are asked for, and by whom.
private func threadRefuses(_ kind: Kind, _ answered: AnsweredItem) -> Reason? {
    // Of a thread whose top is gone nobody can tell any more what was asked.
    guard let top = answered.top else { return kind == .close ? .notOpenToIdeas : nil }
    switch kind {
    case .idea:
        guard top.isOpen else { return top.mine ? .notOpenToIdeas : .ideasNotAsked }
        guard top.isClosed else { return nil }
        return top.mine ? .closedByYou : .closed
    case .close:
        guard top.wasOpen, answered.kind != .idea else { return .notOpenToIdeas }
        return top.isClosed ? .closedByYou : nil
    case .take: return top.mine ? nil : .notYourThread
    default: return nil
    }
}
