import MutualCrypto
import MutualWire

/// What the pairing machine decides, carried out by the Node that owns it (Protocol/pairing.md).
extension Node {
    mutating func pairingListening(_ port: UInt16?, _ turn: Turn) throws {
        try perform(pairing.listening(port: port, now: turn.now), turn)
    }

    mutating func openPairing(words: Int?, _ turn: Turn) throws -> Reply {
        try onePairing()
        let burnt = burntCodes.filter { turn.now.monotonicMs - $0 < 3_600_000 }
        let least = burnt.isEmpty ? 2 : burnt.count == 1 ? 3 : 4
        let wanted = words ?? least
        guard (2...4).contains(wanted) else { throw Refusal(.badParameters, "code-count") }
        pairingsBegun += 1
        let (view, actions) = try pairing.open(
            identity: identity, ownName: ownName, words: max(wanted, least), number: pairingsBegun,
            seq: try turn.journal.lastEvent(), now: turn.now, drawing: &turn.entropy)
        try perform(actions, turn)
        try recordPairing(turn)
        return .pairing(view)
    }

    mutating func joinPairing(code: String, _ turn: Turn) throws -> Reply {
        try onePairing()
        let parsed: PairingCode
        do {
            parsed = try PairingCode(typed: code)
        } catch {
            var refusal = Refusal(.badParameters, error.code, ["typed": code])
            if error == .codeWord, let word = PairingCode.unknownWord(in: code) {
                refusal.arguments["word"] = word
                refusal.choices = PairingCode.suggestions(for: word)
            }
            throw refusal
        }
        pairingsBegun += 1
        let (view, actions) = try pairing.join(
            code: parsed, identity: identity, ownName: ownName, number: pairingsBegun,
            seq: try turn.journal.lastEvent(), now: turn.now)
        try perform(actions, turn)
        try recordPairing(turn)
        return .pairing(view)
    }

    mutating func answerPairing(_ number: UInt64?, yes: Bool, name: String?, same: Bool, _ turn: Turn) throws -> Reply {
        let view = pairing.views.first { number == nil || $0.number == number }
        var chosen = name ?? view?.name ?? ""
        var planned: Replacement?
        if yes, view?.stage == .asked, let key = view?.person, person(key)?.isParting ?? true {
            if chosen.isEmpty, name == nil {
                chosen = freeName(like: IdentityWords.words(digest: key.wordsDigest).first ?? "", except: nil) ?? ""
            }
            if same, let holder = known.first(where: { $0.record.name.folded == chosen.folded }) {
                if holder.isBlocked { throw Refusal(.rule, "blocked", ["name": holder.record.name]) }
                // Beside the old one until the other's yes is known.
                chosen = freeName(like: holder.record.name, except: nil) ?? ""
                planned = Replacement(new: key, old: holder.record.key)
            } else if same {
                throw Refusal(.notFound, "unknown-person", ["typed": chosen])
            }
            try check(name: chosen)
        }
        let known = known
        let actions = try pairing.answer(number: number ?? view?.number, yes: yes, name: chosen, now: turn.now) { key in
            known.first { $0.record.key == key }?.record.standing
        }
        if let planned, actions.lists(planned.new) {
            // A new yes ends parting, with all that was known of them.
            if let leaving = person(planned.new), leaving.isParting { try unlist(leaving, turn) }
            try plan(planned, turn)
        }
        try perform(actions, turn)
        return .done
    }

    /// A pairing lives in memory; that one is open is on record, so that the next start can say that it was cut off.
    func recordPairing(_ turn: Turn) throws {
        let open = pairing.views.first.map { Array(String($0.number).utf8) }
        if try turn.journal.setting("pairing") != open { try turn.journal.setSetting("pairing", open) }
    }

    /// Tells that a pairing of an earlier life of this daemon came to nothing.
    mutating func endCutPairing(_ turn: Turn) throws {
        guard let open = try turn.journal.setting("pairing") else { return }
        var event = EventBody(.pairEnded)
        event.pairing = UInt64(String(decoding: open, as: UTF8.self))
        // Its number is not used again.
        pairingsBegun = max(pairingsBegun, event.pairing ?? 0)
        event.how = "cancelled"
        try turn.tell(event)
        try turn.journal.setSetting("pairing", nil)
    }

    private func onePairing() throws {
        if isPaused { throw Refusal(.rule, "paused") }
        guard let open = pairing.views.first else { return }
        throw Refusal(.conflict, "pairing-open", ["code": open.code ?? ""])
    }

    mutating func perform(_ actions: [PairingAction], _ turn: Turn) throws {
        for action in actions {
            switch action {
            case .effect(let effect): turn.emit(effect)
            case .send(let datagram): sendEverywhere(datagram, turn)
            case .event(let event):
                if event.kind == .pairEnded, event.how == "mutuals", let key = event.person {
                    try replacePlanned(by: key, turn)
                }
                try turn.tell(event)
                if event.kind == .pairEnded { try recordPairing(turn) }
            case .list(let key, let name):
                if person(key)?.isParting ?? true { try list(key, name: name, provisional: false, byCode: true, turn) }
            case .unlist(let key):
                if let person = person(key) { try unlist(person, turn) }
            case .burnt:
                burntCodes.append(turn.now.monotonicMs)
            }
        }
    }
}

extension [PairingAction] {
    /// Whether somebody is listed by these.
    fileprivate func lists(_ key: PublicKey) -> Bool {
        contains { if case .list(key, _) = $0 { true } else { false } }
    }
}
