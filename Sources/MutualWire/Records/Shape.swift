/// The rules that an item keeps whoever wrote it, without a look at any other item (Protocol/records.md).
enum Shape {
    /// The first rule that an item breaks.
    ///
    /// It looks at the generated type and not at ours: a choice of a later version is said, although it is not known.
    /// - Parameter isStored: the life that is left is not looked at.
    static func fault(of item: Mutual_V1_Item, isStored: Bool) -> WireError? {
        if !item.scope.isEmpty { return .itemScope }
        if !item.re.isEmpty, item.re.count != ItemID.byteCount { return .itemBytes }
        if !isStored, !(1...Limits.lifeMaxS ~= Int64(item.leftS)) { return .itemLife }
        if let fault = text(item.about, limit: Limits.contentNoteBytes) { return fault }
        guard let kind = item.kind else { return nil }
        if let fault = fault(of: kind) { return fault }
        switch answers(kind) {
        case .something where item.re.isEmpty: return .itemRe
        case .nothing where !item.re.isEmpty: return .itemNoRe
        case .something, .nothing, .either: break
        }
        if case .exchange = kind, item.auto { return .itemAuto }
        return nil
    }

    /// Whether a name may stand in a Hello or on a card: at most 64 bytes, no control characters at all.
    static func isName(_ name: String) -> Bool {
        name.utf8.count <= Limits.nameBytes && !name.unicodeScalars.contains { isControl($0) }
    }

    private enum Answers {
        case something
        case nothing
        case either
    }

    private static func answers(_ kind: Mutual_V1_Item.OneOf_Kind) -> Answers {
        switch kind {
        case .heard, .relate, .cheer, .idea, .take, .close, .learned, .want, .retract: .something
        case .checkin, .celebrate, .ask, .plan, .room: .nothing
        case .note, .here, .encourage: .either
        case .exchange(let exchange):
            switch exchange.step {
            case .commit, .reveal: .something
            case .propose: .nothing
            case nil: .either
            }
        }
    }

    private static func fault(of kind: Mutual_V1_Item.OneOf_Kind) -> WireError? {
        switch kind {
        case .note(let note): needed(note.text)
        case .checkin(let checkIn): fault(of: checkIn)
        case .heard(let heard): text(heard.back)
        case .relate(let relate): needed(relate.text)
        case .encourage(let encourage): needed(encourage.text)
        case .celebrate(let celebrate): needed(celebrate.text)
        case .cheer(let cheer): text(cheer.text)
        case .ask(let ask): needed(ask.text)
        case .idea(let idea): needed(idea.text)
        case .take(let take): text(take.text)
        case .close(let close): text(close.text) ?? (close.outcome == .unset ? .itemMissing : nil)
        case .learned(let learned): needed(learned.text)
        case .exchange(let exchange): fault(of: exchange)
        case .plan(let plan): fault(of: plan)
        case .room(let room): text(room.text) ?? (room.have == .unset ? .itemMissing : nil)
        case .here, .want, .retract: nil
        }
    }

    private static func fault(of checkIn: Mutual_V1_CheckIn) -> WireError? {
        if checkIn.feelings.count > Limits.feelings { return .itemMany }
        if let fault = text(checkIn.text) { return fault }
        for feeling in checkIn.feelings {
            if let fault = needed(feeling, limit: Limits.feelingBytes) { return fault }
        }
        let isEmpty =
            checkIn.text.isEmpty && checkIn.feelings.isEmpty && checkIn.energy == .unset && checkIn.want == .unset
        return isEmpty ? .itemMissing : nil
    }

    private static func fault(of exchange: Mutual_V1_Exchange) -> WireError? {
        switch exchange.step {
        case .propose(let propose):
            if propose.seal.count != Limits.sealBytes { return .itemBytes }
            return needed(propose.topic, limit: Limits.titleBytes)
        case .commit(let commit):
            return commit.seal.count == Limits.sealBytes ? nil : .itemBytes
        case .reveal(let reveal):
            return reveal.key.count == Limits.sealKeyBytes ? needed(reveal.text) : .itemBytes
        case nil:
            return .itemMissing
        }
    }

    private static func fault(of plan: Mutual_V1_Plan) -> WireError? {
        if plan.sections.count > Limits.sections { return .itemMany }
        for section in plan.sections {
            if let fault = text(section.title, limit: Limits.titleBytes) ?? text(section.text) { return fault }
        }
        return plan.sections.isEmpty ? .itemMissing : nil
    }

    private static func needed(_ text: String, limit: Int = Limits.textBytes) -> WireError? {
        text.isEmpty ? .itemMissing : self.text(text, limit: limit)
    }

    private static func text(_ text: String, limit: Int = Limits.textBytes) -> WireError? {
        if text.utf8.count > limit { return .itemText }
        return text.unicodeScalars.contains { isControl($0) && $0 != "\n" && $0 != "\t" } ? .itemControl : nil
    }

    /// Unicode category Cc: U+0000 ... U+001F and U+007F ... U+009F, which never changes.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || 0x7f...0x9f ~= scalar.value
    }
}
