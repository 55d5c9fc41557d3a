import MutualWire

/// One's own feeling words and one's own page (Protocol/control.md).
extension Node {
    /// The words stand as the person ordered them, each once.
    func setFeelings(_ words: [String], _ turn: Turn) throws -> Reply {
        var list: [String] = []
        for word in words where !list.contains(word) { list.append(word) }
        guard list.count <= OwnSetting.mostWords else {
            throw Refusal(.limit, "feelings-many", ["limit": String(OwnSetting.mostWords)])
        }
        for word in list {
            guard word.utf8.count <= Limits.feelingBytes else {
                throw Refusal(.limit, "feelings-long", ["limit": String(Limits.feelingBytes)])
            }
            let isWord = !word.isEmpty && word.first != " " && word.last != " " && !word.contains(",")
            guard isWord, !word.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw Refusal(.rule, "feelings-word")
            }
        }
        try turn.journal.setSetting(OwnSetting.feelings, OwnSetting.pack(list))
        return .done
    }

    /// A page that is written here can be shared: it keeps the limits that its reader holds it to.
    func setPage(_ sections: [Section], _ turn: Turn) throws -> Reply {
        guard case .plan(let tidy) = Content.plan(sections).tidied else { return .done }
        guard !tidy.isEmpty else {
            try turn.journal.setSetting(OwnSetting.page, nil)
            return .done
        }
        if let refusal = Self.refusal(of: tidy) { throw refusal }
        try turn.journal.setSetting(OwnSetting.page, OwnSetting.pack(tidy))
        return .done
    }

    private static func refusal(of page: [Section]) -> Refusal? {
        for section in page {
            if section.title.utf8.count > Limits.titleBytes || section.title.contains(where: \.isNewline) {
                return Refusal(.limit, "plan-title", ["limit": String(Limits.titleBytes)])
            }
        }
        // Nothing is drawn for it: the id is not looked at.
        guard let nobody = ItemID([UInt8](repeating: 0, count: 16)) else { return nil }
        // As large as everything around it can make it.
        var item = Item(id: nobody, madeMs: .max, content: .plan(page))
        item.auto = true
        item.noKeep = true
        item.about = String(repeating: "x", count: Limits.contentNoteBytes)
        switch item.check() {
        case nil: return nil
        case .itemMany: return Refusal(.limit, "plan-many", ["limit": String(Limits.sections)])
        case .itemText: return Refusal(.limit, "text-long", ["limit": String(Limits.textBytes)])
        case .recordLong: return Refusal(.limit, "plan-long")
        case .itemControl: return Refusal(.rule, "text-control")
        default: return Refusal(.rule, "text-missing")
        }
    }

    /// What is given as one's page is what stands on it now.
    func withPage(_ give: Give, _ turn: Turn) throws -> Give {
        guard case .plan(let sections) = give.content, sections.isEmpty else { return give }
        guard let page = OwnSetting.sections(try turn.journal.setting(OwnSetting.page)), !page.isEmpty else {
            throw Refusal(.rule, "plan-empty")
        }
        var whole = give
        whole.content = .plan(page)
        return whole
    }
}
