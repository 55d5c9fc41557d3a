import MutualCrypto
import MutualWire

/// What the pairing machine asks of the Node, to be done in this order and in this turn.
enum PairingAction {
    /// An order to the shell.
    case effect(Effect)
    /// Send this on every interface and family.
    case send(Datagram)
    /// Write this event.
    case event(EventBody)
    /// One's own yes: list this person by code under this name, in this turn.
    case list(PublicKey, name: String)
    /// A No undid a yes of this conversation: take the listing back if it still stands.
    case unlist(PublicKey)
    /// A wrong code burnt the offered one: the next codes have more words for a while.
    case burnt
}

/// Pairing by a spoken code, both roles (Protocol/pairing.md): one window at a time, then one question with two answers.
///
/// It holds nothing durable. The Node hands it facts, does what it asks, and calls `deadline` once in each turn, after
/// the facts: dials, queries and offers leave only there.
struct Pairing {
    var window: PairingWindow?
    var heard = HeardNameplates()
    /// Connections that are kept open without a word and then closed.
    var muted: [MutedConnection] = []
    /// The last answers given here, newest last.
    var answered: [(number: UInt64, yes: Bool)] = []
    /// What the present call asks for.
    private var asked: [PairingAction] = []

    init() {}

    /// Whether a pairing is open, the question included.
    var isOpen: Bool { window != nil }

    /// What is open, for `pair.list`.
    var views: [PairingView] { window.map { [$0.view] } ?? [] }

    /// When `deadline` is due at the latest, monotonic milliseconds.
    var nextDeadlineMs: Int64? {
        (muted.map(\.untilMs) + (window?.deadlinesMs ?? [])).min()
    }

    /// Whether a connection belongs to pairing.
    func owns(_ connection: ConnectionID) -> Bool {
        if muted.contains(where: { $0.id == connection }) { return true }
        guard let window else { return false }
        return window.question?.connection == connection || window.conversations.contains { $0.id == connection }
    }

    // MARK: - what a person asks

    /// Offers a fresh code of so many words (2 to 4).
    mutating func open(
        identity: Identity, ownName: String, words: Int, number: UInt64, seq: UInt64, now: Instant,
        drawing: inout some Entropy
    ) throws(Refusal) -> (view: PairingView, actions: [PairingAction]) {
        try refuseSecond()
        let nameplate = heard.choose(nowMs: now.monotonicMs, drawing: &drawing)
        guard let code = PairingCode(nameplate: nameplate, words: words, drawing: &drawing) else {
            throw Refusal(.badParameters, "code-count")
        }
        heard.note(nameplate, nowMs: now.monotonicMs)
        var fresh = PairingWindow(
            number: number, seq: seq, identity: identity, ownName: ownName, code: code, now: now)
        fresh.offer = PairingOffering(nonce: drawing.bytes(12))
        window = fresh
        ask(.effect(.listen(.pairing)))
        return (fresh.view, take())
    }

    /// Looks for the device that offers this code.
    mutating func join(
        code: PairingCode, identity: Identity, ownName: String, number: UInt64, seq: UInt64, now: Instant
    ) throws(Refusal) -> (view: PairingView, actions: [PairingAction]) {
        try refuseSecond()
        var fresh = PairingWindow(
            number: number, seq: seq, identity: identity, ownName: ownName, code: code, now: now)
        fresh.search = PairingSearch(startedMs: now.monotonicMs)
        window = fresh
        return (fresh.view, take())
    }

    /// Gives up a pairing that has not come to its question; nil: the one that is open.
    mutating func cancel(number: UInt64?) throws(Refusal) -> [PairingAction] {
        guard let window, number == nil || number == window.number else {
            throw Refusal(.notFound, "pairing-not-open")
        }
        guard window.question == nil else { throw Refusal(.conflict, "pairing-asked") }
        end(.cancelled)
        return take()
    }

    /// Ends whatever is open, also a question: this machine goes away.
    mutating func cutOff() -> [PairingAction] {
        end(.cancelled)
        for connection in muted { ask(.effect(.close(connection.id))) }
        muted = []
        return take()
    }

    private func refuseSecond() throws(Refusal) {
        guard let window else { return }
        var arguments = ["pairing": String(window.number)]
        if window.offer != nil { arguments["code"] = window.code.text }
        throw Refusal(.conflict, "pairing-open", arguments)
    }

    // MARK: - what the network says

    /// An offer or a query was heard; any other datagram is none of its business.
    mutating func datagram(_ datagram: Datagram, source: Endpoint, now: Instant) -> [PairingAction] {
        switch datagram {
        case .offer(let offer):
            heard.note(offer.nameplate, nowMs: now.monotonicMs)
            offererHeard(offer)
            typerHeard(offer, source: source, now: now)
        case .query(let query):
            heard.note(query.nameplate, nowMs: now.monotonicMs)
            offererHeard(query, now: now)
        default:
            break
        }
        return take()
    }

    /// Bytes of a connection.
    ///
    /// - Parameter standing: what a key is to us, nil for a stranger.
    mutating func bytes(
        _ bytes: [UInt8], on connection: ConnectionID, now: Instant, drawing: inout some Entropy,
        standing: (PublicKey) -> PersonRecord.Standing?
    ) -> [PairingAction] {
        if window?.question?.connection == connection {
            answerBytes(bytes)
        } else if let talk = conversation(connection) {
            talk.append(bytes)
            // Each message ends the conversation, changes its stage or is not whole yet, so this comes to an end.
            while let talk = conversation(connection), let message = talk.nextMessage() {
                switch message {
                case .whole(let body): hear(body, on: talk, now: now, drawing: &drawing, standing: standing)
                case .wrongLength: heardWrongLength(on: talk)
                }
            }
        }
        return take()
    }

    /// The other side will send no more.
    mutating func inputEnded(_ connection: ConnectionID) -> [PairingAction] {
        if let talk = conversation(connection) {
            ask(.effect(.close(connection)))
            lost(talk)
        } else if window?.question?.connection == connection {
            answerInputEnded()
        } else if muted.contains(where: { $0.id == connection }) {
            muted.removeAll { $0.id == connection }
            ask(.effect(.close(connection)))
        }
        return take()
    }

    /// A connection is gone.
    mutating func closed(_ connection: ConnectionID) -> [PairingAction] {
        if let talk = conversation(connection) {
            lost(talk)
        } else if window?.question?.connection == connection {
            answerLost()
        }
        muted.removeAll { $0.id == connection }
        return take()
    }

    // MARK: - time

    /// Does what is due: queries, offers, dials, and the ends of windows, messages and questions.
    mutating func deadline(now: Instant, drawing: inout some Entropy, nextDial: inout UInt64) -> [PairingAction] {
        let nowMs = now.monotonicMs
        for mute in muted where mute.untilMs <= nowMs { ask(.effect(.close(mute.id))) }
        muted.removeAll { $0.untilMs <= nowMs }
        endOverdue(nowMs)
        offererDue(now)
        typerDue(now, drawing: &drawing, nextDial: &nextDial)
        return take()
    }

    private mutating func endOverdue(_ nowMs: Int64) {
        for talk in window?.conversations ?? [] where talk.deadlineMs <= nowMs && conversation(talk.id) != nil {
            ask(.effect(talk.isConnecting ? .reset(talk.id) : .close(talk.id)))
            lost(talk)
        }
        if let question = window?.question, question.deadlineMs <= nowMs {
            end(question.mine == true ? .waitingForThem : .time)
        } else if let window, window.question == nil, window.untilMs <= nowMs, !window.isProving {
            end(.time)
        }
    }

    // MARK: - used by both roles

    /// Adds to what the present call asks for.
    mutating func ask(_ action: PairingAction) { asked.append(action) }

    /// What the present call asks for, which is then forgotten.
    mutating func take() -> [PairingAction] {
        defer { asked = [] }
        return asked
    }

    func conversation(_ id: ConnectionID) -> PairingConversation? {
        window?.conversations.first { $0.id == id }
    }

    /// Writes an event of the open pairing.
    mutating func tell(_ kind: EventKind, person: PublicKey? = nil, untilMs: Int64? = nil) {
        guard let window else { return }
        var body = EventBody(kind, person: person)
        body.pairing = window.number
        body.untilMs = untilMs
        ask(.event(body))
    }

    /// Ends the pairing: closes what is open and tells how. A person is named only when they are listed.
    mutating func end(_ how: PairingEnd, person: PublicKey? = nil) {
        guard let ended = window else { return }
        window = nil
        closeConversations(ended.conversations)
        if let connection = ended.question?.connection { ask(.effect(.close(connection))) }
        if ended.offer?.isListening == true { ask(.effect(.unlisten(.pairing))) }
        var body = EventBody(.pairEnded, person: person)
        body.pairing = ended.number
        body.how = how.rawValue
        ask(.event(body))
    }

    mutating func closeConversations(_ conversations: [PairingConversation]) {
        for talk in conversations { ask(.effect(talk.isConnecting ? .reset(talk.id) : .close(talk.id))) }
    }

    /// Keeps a connection open without a word until `untilMs`; what comes is thrown away.
    mutating func mute(_ connection: ConnectionID, untilMs: Int64) {
        if muted.count >= PairingTimes.muted { ask(.effect(.close(muted.removeFirst().id))) }
        muted.append(MutedConnection(id: connection, untilMs: untilMs))
    }
}

/// A connection on which nothing more is said.
struct MutedConnection {
    let id: ConnectionID
    /// When it is closed, monotonic milliseconds.
    let untilMs: Int64
}

extension PairingCode {
    /// A code of 2 to 4 words drawn uniformly and with replacement `[pairing-1]`; nil for another number of words.
    fileprivate init?(nameplate: UInt8, words: Int, drawing: inout some Entropy) {
        guard Limits.codeWords.contains(words) else { return nil }
        var indices: [Int] = []
        for _ in 0..<words { indices.append(Int(drawing.below(512))) }
        self.init(nameplate: nameplate, wordIndices: indices)
    }
}
