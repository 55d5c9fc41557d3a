/// A handshake pattern of the Noise Protocol Framework, revision 34, as a table of tokens.
public struct HandshakePattern: Sendable, Equatable {
    /// The tokens of the specification, section 5.3 and 9.
    enum Token: Sendable {
        case e, s, ee, es, se, ss, psk
    }

    /// The patterns of the specification that are supported, without their modifiers.
    public enum Base: String, Sendable, CaseIterable {
        // One way, then both ways; the names are the specification's.
        case n = "N"
        case k = "K"
        case x = "X"
        case nn = "NN"
        case kk = "KK"
        case xx = "XX"
        case ik = "IK"
    }

    /// The name as it stands in the protocol name, for example `XXpsk0`.
    public let name: String
    /// True when the initiator's static key is known beforehand.
    let initiatorIsKnown: Bool
    /// True when the responder's static key is known beforehand.
    let responderIsKnown: Bool
    /// The tokens of each message; the first is the initiator's, then they take turns.
    let messages: [[Token]]
    /// How many pre-shared keys it takes.
    let pskCount: Int

    /// `psks` are the places of the psk modifiers in ascending order: 0 stands before the first message's tokens,
    /// n behind those of message n.
    public init(_ base: Base, psks: [Int] = []) {
        var messages = base.messages
        for place in psks {
            precondition(
                place >= 0 && place <= messages.count, "a psk stands at the pattern's start or behind a message")
            if place == 0 {
                messages[0].insert(.psk, at: 0)
            } else {
                messages[place - 1].append(.psk)
            }
        }
        self.messages = messages
        name = base.rawValue + psks.map { "psk\($0)" }.joined(separator: "+")
        pskCount = psks.count
        initiatorIsKnown = base == .k || base == .kk
        responderIsKnown = base != .nn && base != .xx
    }
}

extension HandshakePattern.Base {
    /// Section 7.4 and 7.5 of the specification.
    var messages: [[HandshakePattern.Token]] {
        switch self {
        case .n: [[.e, .es]]
        case .k: [[.e, .es, .ss]]
        case .x: [[.e, .es, .s, .ss]]
        case .nn: [[.e], [.e, .ee]]
        case .kk: [[.e, .es, .ss], [.e, .ee, .se]]
        case .xx: [[.e], [.e, .ee, .s, .es], [.s, .se]]
        case .ik: [[.e, .es, .s, .ss], [.e, .ee, .se]]
        }
    }
}
