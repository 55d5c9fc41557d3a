import MutualCrypto
import MutualWire

/// The side that shows the code: offers, listens, and reads one guess `[pairing-7]` `[pairing-22]`.
extension Pairing {
    /// Where the pairing port stands; nil: it is not open.
    mutating func listening(port: UInt16?, now: Instant) -> [PairingAction] {
        guard window?.offer?.isListening == true else { return take() }
        window?.offer?.port = port
        if port == nil {
            // It may be the end of an earlier window's port, or a machine that is out of ports.
            window?.offer?.listenAgainMs = now.monotonicMs + PairingTimes.listenAgain
        } else {
            window?.offer?.listenAgainMs = nil
            window?.offer?.nextOfferMs = now.monotonicMs
        }
        return take()
    }

    /// Somebody connected to the pairing port.
    mutating func accepted(_ connection: ConnectionID, remote: Endpoint, now: Instant) -> [PairingAction] {
        guard let window, window.offer?.isListening == true, window.isSeeking,
            window.conversations.count < Limits.conversations,
            window.conversations.count(where: { $0.remote.address == remote.address })
                < Limits.conversationsAnAddress
        else {
            ask(.effect(.reset(connection)))
            return take()
        }
        self.window?.conversations.append(
            PairingConversation(
                id: connection, remote: remote, stage: .awaitingP1,
                deadlineMs: now.monotonicMs + PairingTimes.messageBeforeProof))
        return take()
    }

    /// Another device offers the same nameplate: nobody could know whom a typer meets.
    mutating func offererHeard(_ offer: PairingOffer) {
        guard let window, let mine = window.offer, window.isSeeking, offer.nameplate == window.code.nameplate,
            offer.nonce != mine.nonce
        else { return }
        end(.twoDevices)
    }

    /// A query for our nameplate is answered at once.
    mutating func offererHeard(_ query: PairingQuery, now: Instant) {
        guard query.nameplate == window?.code.nameplate else { return }
        sendOffer(now)
    }

    /// Sends what is due by itself.
    mutating func offererDue(_ now: Instant) {
        guard let window, window.isSeeking, let offer = window.offer else { return }
        if let again = offer.listenAgainMs, again <= now.monotonicMs {
            self.window?.offer?.listenAgainMs = nil
            ask(.effect(.listen(.pairing)))
        }
        if offer.port != nil, offer.nextOfferMs <= now.monotonicMs {
            self.window?.offer?.nextOfferMs = now.monotonicMs + PairingTimes.repetition
            sendOffer(now)
        }
    }

    private mutating func sendOffer(_ now: Instant) {
        guard let window, window.isSeeking, let offer = window.offer, let port = offer.port,
            self.window?.offer?.countOffer(nowMs: now.monotonicMs) == true
        else { return }
        ask(.send(.offer(PairingOffer(port: port, nonce: offer.nonce, nameplate: window.code.nameplate))))
    }

    /// P1: answered with P2; one that is refused ends its conversation and burns nothing.
    mutating func heardP1(_ body: [UInt8], on talk: PairingConversation, now: Instant, drawing: inout some Entropy) {
        guard let window, let offer = window.offer,
            let p2 = talk.secrets.offererReadsP1(body, window: window, nonce: offer.nonce, drawing: &drawing)
        else { return drop(talk) }
        send(p2, on: talk, next: .awaitingN1, deadlineMs: now.monotonicMs + PairingTimes.messageBeforeProof)
    }

    /// N1: the one guess. The first that fails burns the code, the first that passes closes the others.
    mutating func heardN1(_ body: [UInt8], on talk: PairingConversation, now: Instant) {
        guard let window, let n2 = talk.secrets.offererReadsN1(body, window: window) else { return burn() }
        closeConversations(window.conversations.filter { $0.id != talk.id })
        self.window?.conversations = [talk]
        self.window?.offer?.isListening = false
        self.window?.offer?.port = nil
        ask(.effect(.unlisten(.pairing)))
        send(n2, on: talk, next: .awaitingN3, deadlineMs: now.monotonicMs + PairingTimes.messageAfterProof)
    }

    /// N3: who it is.
    mutating func heardN3(
        _ body: [UInt8], on talk: PairingConversation, now: Instant,
        standing: (PublicKey) -> PersonRecord.Standing?
    ) {
        guard let peer = talk.secrets.offererReadsN3(body) else { return end(.wrongCode) }
        let known = standing(peer.key)
        if known == .blocked {
            // For the other this is somebody who never answers.
            window?.conversations.removeAll { $0.id == talk.id }
            mute(talk.id, untilMs: now.monotonicMs + PairingTimes.question)
            return end(.blocked)
        }
        found(talk, peer: peer.key, name: peer.name, transport: peer.transport, now: now, standing: known)
    }

    /// A wrong guess: the code is worth nothing from now on.
    mutating func burn() {
        ask(.burnt)
        tell(.pairWrongCode)
        end(.wrongCode)
    }
}
