/// Between the generated types and ours. A choice of a later version becomes "not said".
extension Content {
    init(_ kind: Mutual_V1_Item.OneOf_Kind?) {
        switch kind {
        case .note(let note): self = .note(text: note.text, want: Want(note.want))
        case .checkin(let checkIn):
            self = .checkIn(
                text: checkIn.text, feelings: checkIn.feelings, energy: Energy(checkIn.energy),
                want: Want(checkIn.want))
        case .heard(let heard): self = .heard(back: heard.back)
        case .relate(let relate): self = .relate(text: relate.text)
        case .here: self = .here
        case .encourage(let encourage): self = .encourage(text: encourage.text)
        case .celebrate(let celebrate):
            self = .celebrate(text: celebrate.text, whose: celebrate.whose == .yours ? .yours : .mine)
        case .cheer(let cheer): self = .cheer(text: cheer.text)
        case .ask(let ask): self = .ask(text: ask.text)
        case .idea(let idea): self = .idea(text: idea.text, mine: idea.mine)
        case .take(let take): self = .take(text: take.text)
        case .close(let close): self = .close(text: close.text, outcome: Outcome(close.outcome))
        case .learned(let learned): self = .learned(text: learned.text)
        case .want(let change): self = .want(Want(change.want))
        case .retract: self = .retract
        case .exchange(let exchange): self = ExchangeStep(exchange).map { .exchange($0) } ?? .unknown
        case .plan(let plan): self = .plan(plan.sections.map { Section(title: $0.title, text: $0.text) })
        case .room(let room): self = .room(have: Have(room.have), text: room.text)
        case nil: self = .unknown
        }
    }

    /// nil for an unknown kind.
    var message: Mutual_V1_Item.OneOf_Kind? {
        switch self {
        case .note(let text, let want):
            .note(.with { ($0.text, $0.want) = (text, .init(want)) })
        case .checkIn(let text, let feelings, let energy, let want):
            .checkin(
                .with { ($0.text, $0.feelings, $0.energy, $0.want) = (text, feelings, .init(energy), .init(want)) })
        case .heard(let back): .heard(.with { $0.back = back })
        case .relate(let text): .relate(.with { $0.text = text })
        case .here: .here(.init())
        case .encourage(let text): .encourage(.with { $0.text = text })
        case .celebrate(let text, let whose):
            .celebrate(.with { ($0.text, $0.whose) = (text, whose == .yours ? .yours : .mine) })
        case .cheer(let text): .cheer(.with { $0.text = text })
        case .ask(let text): .ask(.with { $0.text = text })
        case .idea(let text, let mine): .idea(.with { ($0.text, $0.mine) = (text, mine) })
        case .take(let text): .take(.with { $0.text = text })
        case .close(let text, let outcome): .close(.with { ($0.text, $0.outcome) = (text, .init(outcome)) })
        case .learned(let text): .learned(.with { $0.text = text })
        case .want(let want): .want(.with { $0.want = .init(want) })
        case .retract: .retract(.init())
        case .exchange(let step): .exchange(step.message)
        case .plan(let sections):
            .plan(
                .with { $0.sections = sections.map { part in .with { ($0.title, $0.text) = (part.title, part.text) } } }
            )
        case .room(let have, let text): .room(.with { ($0.have, $0.text) = (.init(have), text) })
        case .unknown: nil
        }
    }
}

extension ExchangeStep {
    fileprivate init?(_ exchange: Mutual_V1_Exchange) {
        switch exchange.step {
        case .propose(let propose): self = .propose(topic: propose.topic, seal: Array(propose.seal))
        case .commit(let commit): self = .commit(seal: Array(commit.seal))
        case .reveal(let reveal): self = .reveal(key: Array(reveal.key), text: reveal.text)
        case nil: return nil
        }
    }

    fileprivate var message: Mutual_V1_Exchange {
        switch self {
        case .propose(let topic, let seal): .with { $0.propose = .with { ($0.topic, $0.seal) = (topic, .init(seal)) } }
        case .commit(let seal): .with { $0.commit = .with { $0.seal = .init(seal) } }
        case .reveal(let key, let text): .with { $0.reveal = .with { ($0.key, $0.text) = (.init(key), text) } }
        }
    }
}

extension Want {
    fileprivate init?(_ want: Mutual_V1_Want) {
        switch want {
        case .listen: self = .listen
        case .company: self = .company
        case .ideas: self = .ideas
        case .encouragement: self = .encouragement
        case .celebrate: self = .celebrate
        case .nothing: self = .nothing
        case .unset, .UNRECOGNIZED: return nil
        }
    }
}

extension Mutual_V1_Want {
    fileprivate init(_ want: Want?) {
        switch want {
        case .listen: self = .listen
        case .company: self = .company
        case .ideas: self = .ideas
        case .encouragement: self = .encouragement
        case .celebrate: self = .celebrate
        case .nothing: self = .nothing
        case nil: self = .unset
        }
    }
}

extension Energy {
    fileprivate init?(_ energy: Mutual_V1_Energy) {
        switch energy {
        case .low: self = .low
        case .some: self = .some
        case .high: self = .high
        case .unset, .UNRECOGNIZED: return nil
        }
    }
}

extension Mutual_V1_Energy {
    fileprivate init(_ energy: Energy?) {
        guard let energy else {
            self = .unset
            return
        }
        // `Energy.some` is not `Optional.some`, so the switch is over the unwrapped value.
        switch energy {
        case .low: self = .low
        case .some: self = .some
        case .high: self = .high
        }
    }
}

extension Outcome {
    fileprivate init?(_ outcome: Mutual_V1_Outcome) {
        switch outcome {
        case .helped: self = .helped
        case .partly: self = .partly
        case .notThisTime: self = .notThisTime
        case .noLongerNeeded: self = .noLongerNeeded
        case .unset, .UNRECOGNIZED: return nil
        }
    }
}

extension Mutual_V1_Outcome {
    fileprivate init(_ outcome: Outcome?) {
        switch outcome {
        case .helped: self = .helped
        case .partly: self = .partly
        case .notThisTime: self = .notThisTime
        case .noLongerNeeded: self = .noLongerNeeded
        case nil: self = .unset
        }
    }
}

extension Have {
    fileprivate init?(_ have: Mutual_V1_Have) {
        switch have {
        case .yes: self = .yes
        case .aLittle: self = .aLittle
        case .resting: self = .resting
        case .unset, .UNRECOGNIZED: return nil
        }
    }
}

extension Mutual_V1_Have {
    fileprivate init(_ have: Have?) {
        switch have {
        case .yes: self = .yes
        case .aLittle: self = .aLittle
        case .resting: self = .resting
        case nil: self = .unset
        }
    }
}
