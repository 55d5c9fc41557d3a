import MutualCrypto
import MutualWire

/// Both proved the code: two people are asked, and two Answers go over the conversation's cells `[pairing-21]`.
struct PairingQuestion {
    let key: PublicKey
    /// What the other calls themself.
    let name: String
    /// Listed before this conversation: not asked, and no No undoes that.
    var isKnown: Bool
    /// Nil once it is gone; the question stays.
    var connection: ConnectionID?
    let transport: Transport
    /// When the question goes away, monotonic and Unix milliseconds.
    let untilMs: Int64
    let untilWallMs: Int64
    var mine: Bool?
    var theirs: Bool?
    var assembler = RecordAssembler()
    var inbox: [UInt8] = []

    /// One's own answer is due in 5 minutes; once it is given, theirs has a little longer.
    var deadlineMs: Int64 { mine == nil ? untilMs : untilMs + PairingTimes.answerOnItsWay }

    /// Who may be named in an event: somebody who is listed.
    var listed: PublicKey? { isKnown || mine == true ? key : nil }
}

extension Pairing {
    /// A person's answer; nil: to the only question that is open. The Node has checked that `name` is free.
    mutating func answer(
        number: UInt64?, yes: Bool, name: String, now: Instant,
        standing: (PublicKey) -> PersonRecord.Standing?
    ) throws(Refusal) -> [PairingAction] {
        guard let window, number == nil || number == window.number else {
            guard let number, let before = answered.last(where: { $0.number == number }) else {
                throw Refusal(.notFound, "pairing-not-open")
            }
            guard before.yes == yes else { throw Refusal(.conflict, "pairing-answered") }
            return []
        }
        guard let question = window.question else { throw Refusal(.conflict, "pairing-not-asked") }
        if let mine = question.mine {
            guard mine == yes else { throw Refusal(.conflict, "pairing-answered") }
            return []
        }
        // Somebody may have been listed or blocked by another way while the question stood.
        let present = standing(question.key)
        if yes, present == .blocked { throw Refusal(.rule, "person-blocked") }
        if present != nil { self.window?.question?.isKnown = true }
        give(yes, name: name, now: now)
        return take()
    }

    /// The other is known by key: asks the person, or says yes for somebody who is listed already.
    mutating func found(
        _ talk: PairingConversation, peer: PublicKey, name: String, transport: Transport, now: Instant,
        standing: PersonRecord.Standing?
    ) {
        window?.conversations.removeAll { $0.id == talk.id }
        var question = PairingQuestion(
            key: peer, name: name, isKnown: standing != nil, connection: talk.id, transport: transport,
            untilMs: now.monotonicMs + PairingTimes.question, untilWallMs: now.wallMs + PairingTimes.question)
        question.inbox = talk.takeInbox()
        window?.question = question
        if question.isKnown {
            tell(.pairFound, person: peer)
            give(true, name: name, now: now)
        } else {
            tell(.pairFound)
            tell(.pairAsked, untilMs: question.untilWallMs)
        }
        answerBytes([])
    }

    private mutating func give(_ yes: Bool, name: String, now: Instant) {
        guard let window, var question = window.question else { return }
        question.mine = yes
        answered.append((window.number, yes))
        if answered.count > PairingTimes.answersRemembered { answered.removeFirst() }
        if yes, !question.isKnown { ask(.list(question.key, name: name)) }
        if let connection = question.connection {
            ask(.effect(.write(connection, PairingSecrets.seal(answer: yes, with: question.transport))))
        }
        if !yes, let connection = question.connection {
            // Closing with their answer unread would be a reset, which may overtake our No.
            question.connection = nil
            mute(connection, untilMs: now.monotonicMs + PairingTimes.messageAfterProof)
        }
        self.window?.question = question
        if !yes {
            end(.no, person: question.isKnown ? question.key : nil)
        } else if question.theirs == true {
            end(.mutuals, person: question.key)
        } else if question.connection == nil {
            end(.waitingForThem, person: question.key)
        }
    }

    /// Bytes of the question's connection: one Answer; what comes after it is thrown away.
    mutating func answerBytes(_ bytes: [UInt8]) {
        guard var question = window?.question, question.connection != nil, question.theirs == nil else { return }
        question.inbox += bytes
        while question.theirs == nil, let connection = question.connection, question.inbox.count >= Limits.cellBytes {
            let cell = Array(question.inbox.prefix(Limits.cellBytes))
            question.inbox.removeFirst(Limits.cellBytes)
            switch PairingSecrets.open(cell, with: question.transport, into: &question.assembler) {
            case .more: break
            case .answer(let yes): question.theirs = yes
            case .bad:
                ask(.effect(.close(connection)))
                window?.question = question
                return answerLost()
            }
        }
        window?.question = question
        switch question.theirs {
        case false?: theyRefused(question)
        case true? where question.mine == true: end(.mutuals, person: question.key)
        default: break
        }
    }

    private mutating func theyRefused(_ question: PairingQuestion) {
        if question.mine == true, !question.isKnown { ask(.unlist(question.key)) }
        end(.no, person: question.isKnown ? question.key : nil)
    }

    /// They will send no more. With their Answer here our own direction still serves.
    mutating func answerInputEnded() {
        guard let question = window?.question, let connection = question.connection, question.theirs == nil
        else { return }
        ask(.effect(.close(connection)))
        answerLost()
    }

    /// The connection is gone: a yes that was given stays, a question that is open stays too, for a yes that is lost on
    /// the way heals by itself.
    mutating func answerLost() {
        guard let question = window?.question else { return }
        window?.question?.connection = nil
        window?.question?.inbox = []
        if question.mine == true { end(.waitingForThem, person: question.key) }
    }
}
