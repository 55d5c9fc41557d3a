import MutualCrypto
import MutualWire

/// The side that types the code: asks, collects offers, dials and speaks first `[pairing-8]` `[pairing-23]`.
extension Pairing {
    /// An offer of the nameplate that was typed.
    mutating func typerHeard(_ offer: PairingOffer, source: Endpoint, now: Instant) {
        guard let window, var search = window.search, window.isSeeking, offer.nameplate == window.code.nameplate
        else { return }
        if let nonce = search.nonce {
            guard nonce == offer.nonce else { return end(.twoDevices) }
        } else {
            search.nonce = offer.nonce
            search.collectUntilMs = now.monotonicMs + PairingTimes.collecting
        }
        var endpoint = source
        endpoint.port = offer.port
        if search.candidates.count < PairingTimes.candidates,
            !search.candidates.contains(where: { $0.endpoint == endpoint })
        {
            search.candidates.append(PairingSearch.Candidate(endpoint: endpoint))
        }
        self.window?.search = search
    }

    /// Sends what is due and dials.
    mutating func typerDue(_ now: Instant, drawing: inout some Entropy, nextDial: inout UInt64) {
        guard let window, var search = window.search, window.isSeeking else { return }
        if search.nextQueryMs <= now.monotonicMs {
            search.countQuery(nowMs: now.monotonicMs)
            ask(.send(.query(PairingQuery(nonce: drawing.bytes(12), nameplate: window.code.nameplate))))
        }
        if window.conversations.isEmpty, let dialMs = search.nextDialMs, dialMs <= now.monotonicMs,
            let endpoint = search.chooseCandidate(nowMs: now.monotonicMs)
        {
            let connection = ConnectionID(nextDial)
            nextDial += 1
            self.window?.conversations.append(
                PairingConversation(
                    id: connection, remote: endpoint, stage: .connecting,
                    deadlineMs: now.monotonicMs + PairingTimes.messageBeforeProof))
            ask(.effect(.dial(connection, endpoint)))
        }
        self.window?.search = search
    }

    /// Our dial got through: P1.
    mutating func opened(
        _ connection: ConnectionID, now: Instant, drawing: inout some Entropy
    ) -> [PairingAction] {
        guard let talk = conversation(connection), talk.isConnecting, let window, let nonce = window.search?.nonce
        else { return take() }
        if let p1 = talk.secrets.typerWritesP1(window: window, nonce: nonce, drawing: &drawing) {
            send(p1, on: talk, next: .awaitingP2, deadlineMs: now.monotonicMs + PairingTimes.messageBeforeProof)
        } else {
            drop(talk)
        }
        return take()
    }

    /// Our dial came to nothing.
    mutating func dialFailed(_ connection: ConnectionID) -> [PairingAction] {
        if let talk = conversation(connection) { lost(talk) }
        return take()
    }

    /// P2: answered with N1, the one guess. A P2 that is refused spends nothing.
    mutating func heardP2(_ body: [UInt8], on talk: PairingConversation, now: Instant) {
        guard let n1 = talk.secrets.typerReadsP2(body) else { return drop(talk) }
        send(n1, on: talk, next: .awaitingN2, deadlineMs: now.monotonicMs + PairingTimes.messageAfterProof)
    }

    /// N2: who it is. A bad one spends the code.
    mutating func heardN2(
        _ body: [UInt8], on talk: PairingConversation, now: Instant,
        standing: (PublicKey) -> PersonRecord.Standing?
    ) {
        guard let window, let peer = talk.secrets.typerReadsN2(body) else { return end(.wrongCode) }
        let known = standing(peer.key)
        if known == .blocked {
            // For the other this is a message that never comes.
            self.window?.conversations.removeAll { $0.id == talk.id }
            mute(talk.id, untilMs: now.monotonicMs + PairingTimes.messageAfterProof)
            return end(.blocked)
        }
        guard let (n3, transport) = talk.secrets.typerWritesN3(window: window) else { return end(.wrongCode) }
        ask(.effect(.write(talk.id, MutualWire.PairingMessage.frame(n3))))
        found(talk, peer: peer.key, name: peer.name, transport: transport, now: now, standing: known)
    }
}
