public import MutualCrypto
public import MutualWire

/// What became of an item that was given here. States only move on.
public enum ItemState: String, Hashable, Sendable, CaseIterable {
    /// It goes as soon as the devices meet.
    case waiting
    /// Stored on the other's machine.
    case delivered
    /// Its life ended and it is known not to be there.
    case notReached = "not-reached"
    /// Its life ended between given and acked: becomes delivered or not-reached.
    case undecided
    /// Taken back, see `TakenBackCause`.
    case takenBack = "taken-back"
}

/// Why an item is taken back.
public enum TakenBackCause: String, Hashable, Sendable, CaseIterable {
    case byYou = "by-you"
    case removed
    case replaced
}

/// The kinds of events, in one durable sequence `[control]`.
public enum EventKind: String, Hashable, Sendable, CaseIterable {
    case itemArrived = "item.arrived"
    case itemOpened = "item.opened"
    case itemDelivered = "item.delivered"
    case itemState = "item.state"
    case itemErased = "item.erased"
    case exchangeOpened = "exchange.opened"
    case personMutual = "person.mutual"
    case personRenamed = "person.renamed"
    case personParted = "person.parted"
    case personTwoMachines = "person.two-machines"
    case pairFound = "pair.found"
    case pairAsked = "pair.asked"
    case pairEnded = "pair.ended"
    case pairWrongCode = "pair.wrong-code"
    case storePutBack = "store.put-back"
    case nudge
}

/// What an event says: ids, kinds and states, never texts or names.
public struct EventBody: Hashable, Sendable {
    /// The kind.
    public var kind: EventKind
    /// The person that it is about.
    public var person: PublicKey?
    /// The item that it is about.
    public var item: ItemID?
    /// `item.state`: the new state.
    public var state: ItemState?
    /// `item.state` taken-back: why; `item.erased`: `replaced`, if something newer took its place.
    public var cause: TakenBackCause?
    /// `item.arrived`: whether a notice may be shown.
    public var notice: Bool?
    /// `pair.*`: the pairing's number.
    public var pairing: UInt64?
    /// `pair.asked`: when the question goes away, Unix milliseconds.
    public var untilMs: Int64?
    /// `pair.ended`: how, a key such as `mutuals`, `no`, `wrong-code`, `time`; `nudge`: `moment` or `kind-word`.
    public var how: String?

    /// An event of a kind; the rest is set where it applies.
    public init(_ kind: EventKind, person: PublicKey? = nil, item: ItemID? = nil) {
        self.kind = kind
        self.person = person
        self.item = item
    }
}

/// An event with its number.
public struct Event: Hashable, Sendable {
    /// Its place in the sequence, from 1, never given twice.
    public var seq: UInt64
    /// When it was written, Unix milliseconds; `item.delivered` shows none.
    public var atMs: Int64
    /// What it says.
    public var body: EventBody

    /// An event.
    public init(seq: UInt64, atMs: Int64, body: EventBody) {
        self.seq = seq
        self.atMs = atMs
        self.body = body
    }
}
