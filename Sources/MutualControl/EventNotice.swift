/// An event: ids, kinds and states, never texts or names `[control-21]`.
public struct EventNotice: Codable, Hashable, Sendable {
    /// The kinds of this version.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Something came.
        case itemArrived = "item.arrived"
        /// Something was opened here.
        case itemOpened = "item.opened"
        /// One's own is stored on the other's machine.
        case itemDelivered = "item.delivered"
        /// One's own is not-reached, undecided or taken back.
        case itemState = "item.state"
        /// The other took something back.
        case itemErased = "item.erased"
        /// Both's words of an exchange are here.
        case exchangeOpened = "exchange.opened"
        /// Both said yes.
        case personMutual = "person.mutual"
        /// Somebody calls themself otherwise.
        case personRenamed = "person.renamed"
        /// Somebody parted.
        case personParted = "person.parted"
        /// Somebody's key seems to be in use on two machines.
        case personTwoMachines = "person.two-machines"
        /// The other device was found.
        case pairFound = "pair.found"
        /// The question is open.
        case pairAsked = "pair.asked"
        /// A pairing ended.
        case pairEnded = "pair.ended"
        /// Somebody tried a wrong code.
        case pairWrongCode = "pair.wrong-code"
        /// This store was put back to an older state.
        case storePutBack = "store.put-back"
        /// Something for oneself: a time that one chose, or a kind word that one kept.
        case nudge
        /// The subscription ended; it has no number.
        case ended
        /// The reader was too slow; it has no number of its own, `seq` is the one to go on from.
        case lagged

        /// The names of those that have a number.
        public static var numbered: [String] {
            allCases.filter { $0 != .ended && $0 != .lagged }.map(\.rawValue)
        }
    }

    /// Its place in the sequence, from 1. `ended` has none; `lagged` says the number to subscribe again from.
    public var seq: Int64?
    /// A `Kind`, or one of a later version.
    public var kind: String
    /// When it was written; `item.delivered` has none.
    public var at: Timestamp?
    /// The id of the person that it is about.
    public var person: String?
    /// The id of the item that it is about.
    public var item: String?
    /// `item.state`: the new state.
    public var state: String?
    /// `item.state` taken-back: `by-you`, `removed`, `replaced`; `item.erased`: `replaced` by something newer.
    public var cause: String?
    /// `item.arrived`: whether a notice may be shown.
    public var notice: Bool?
    /// `pair.*`: the pairing's number.
    public var pairing: Int64?
    /// `pair.asked`: when the question goes away.
    public var until: Timestamp?
    /// `pair.ended`: how: `mutuals`, `waiting-for-them`, `no`, `wrong-code`, `two-devices`, `blocked`, `time`,
    /// `cancelled`. `nudge`: `moment` or `kind-word`.
    public var how: String?
    /// `ended`: why, such as `taken-over`.
    public var reason: String?

    /// An event; the rest is set where it applies.
    public init(_ kind: String, seq: Int64? = nil) {
        self.kind = kind
        self.seq = seq
    }

    /// The kind, nil for one of a later version.
    public var knownKind: Kind? { Kind(rawValue: kind) }
}
