import MutualCrypto
import MutualWire

/// One connection between the dial or the accept and the question: five framed messages `[pairing-9]`.
final class PairingConversation {
    /// What comes next.
    enum Stage {
        case connecting
        case awaitingP1
        case awaitingP2
        case awaitingN1
        case awaitingN2
        case awaitingN3

        /// The only size that the next message may have, without its length.
        var messageSize: Int {
            switch self {
            // Nothing is read before we have spoken; the length is one that no prefix has.
            case .connecting: Int.max
            case .awaitingP1: MutualWire.PairingMessage.p1Size
            case .awaitingP2: MutualWire.PairingMessage.p2Size
            case .awaitingN1: MutualWire.PairingMessage.n1Size
            case .awaitingN2: MutualWire.PairingMessage.n2Size
            case .awaitingN3: MutualWire.PairingMessage.n3Size
            }
        }
    }

    /// What the bytes so far hold.
    enum Message {
        case whole([UInt8])
        case wrongLength
    }

    let id: ConnectionID
    let remote: Endpoint
    var stage: Stage
    /// When the next message is overdue, monotonic milliseconds.
    var deadlineMs: Int64
    let secrets = PairingSecrets()
    private var inbox: [UInt8] = []

    init(id: ConnectionID, remote: Endpoint, stage: Stage, deadlineMs: Int64) {
        self.id = id
        self.remote = remote
        self.stage = stage
        self.deadlineMs = deadlineMs
    }

    var isConnecting: Bool { if case .connecting = stage { true } else { false } }

    /// Whether the one guess was made here.
    var isProving: Bool {
        switch stage {
        case .awaitingN2, .awaitingN3: true
        case .connecting, .awaitingP1, .awaitingP2, .awaitingN1: false
        }
    }

    func append(_ bytes: [UInt8]) { inbox += bytes }

    /// The bytes that nobody read yet.
    func takeInbox() -> [UInt8] {
        defer { inbox = [] }
        return inbox
    }

    /// The next message if it is whole; a wrong length shows in its first two bytes.
    func nextMessage() -> Message? {
        do {
            guard let body = try MutualWire.PairingMessage.unframe(inbox, size: stage.messageSize) else { return nil }
            inbox.removeFirst(2 + body.count)
            return .whole(body)
        } catch {
            return .wrongLength
        }
    }
}

extension Pairing {
    /// A whole message of the right length.
    mutating func hear(
        _ body: [UInt8], on talk: PairingConversation, now: Instant, drawing: inout some Entropy,
        standing: (PublicKey) -> PersonRecord.Standing?
    ) {
        switch talk.stage {
        case .connecting: drop(talk)
        case .awaitingP1: heardP1(body, on: talk, now: now, drawing: &drawing)
        case .awaitingP2: heardP2(body, on: talk, now: now)
        case .awaitingN1: heardN1(body, on: talk, now: now)
        case .awaitingN2: heardN2(body, on: talk, now: now, standing: standing)
        case .awaitingN3: heardN3(body, on: talk, now: now, standing: standing)
        }
    }

    /// A length that this message cannot have is a bad message at once.
    mutating func heardWrongLength(on talk: PairingConversation) {
        switch talk.stage {
        case .connecting, .awaitingP1, .awaitingP2: drop(talk)
        case .awaitingN1: burn()
        case .awaitingN2, .awaitingN3: end(.wrongCode)
        }
    }

    /// Writes a message and waits for the next one.
    mutating func send(
        _ body: [UInt8], on talk: PairingConversation, next: PairingConversation.Stage, deadlineMs: Int64
    ) {
        talk.stage = next
        talk.deadlineMs = deadlineMs
        ask(.effect(.write(talk.id, MutualWire.PairingMessage.frame(body))))
    }

    /// Closes a conversation that came to nothing before the guess.
    mutating func drop(_ talk: PairingConversation) {
        ask(.effect(.close(talk.id)))
        lost(talk)
    }

    /// A conversation is over without a bad message: cut, silent, or not reached.
    mutating func lost(_ talk: PairingConversation) {
        guard let window else { return }
        self.window?.conversations.removeAll { $0.id == talk.id }
        if talk.isProving {
            // The typer's guess is spent. The offerer met somebody who knew the code and then went away.
            end(window.search == nil ? .time : .wrongCode)
        } else if let search = window.search, search.tries >= Limits.pairingTries {
            end(.time)
        }
    }
}
