public import MutualCrypto
public import MutualWire

/// A script's own name for one call, so that a call that is repeated has one effect `[control]`.
public struct IdempotencyKey: Hashable, Sendable {
    /// 1 to 64 characters.
    public var key: String
    /// Method and parameters in one canonical form; only a keyed digest of it is kept.
    public var parameters: [UInt8]

    /// A key with what it stands for.
    public init(key: String, parameters: [UInt8]) {
        self.key = key
        self.parameters = parameters
    }
}

/// A control request that the Node decides. Reading methods never come here.
public struct Request: Sendable {
    /// What is asked.
    public var call: Call
    /// The caller's key, for calls that have an effect.
    public var key: IdempotencyKey?

    /// A request.
    public init(_ call: Call, key: IdempotencyKey? = nil) {
        self.call = call
        self.key = key
    }
}

/// What can be asked of the Node.
public enum Call: Sendable {
    /// List somebody by their id.
    case peopleAdd(id: String, name: String?)
    /// Give a person another name here.
    case peopleRename(who: String, name: String)
    /// Remember an address of a person and dial it: `ADDRESS[:PORT]`.
    case peopleReach(who: String, address: String)
    /// Let somebody who is listed take another's name; the other is unlisted without a word.
    case peopleReplace(old: String, new: String)
    /// Unlist without a word.
    case peopleRemove(who: String)
    /// Say goodbye, with last words or without `[log-10]`.
    case peoplePart(who: String, text: String?)
    /// Become for this person a machine that never knew them.
    case peopleBlock(who: String)
    /// End that.
    case peopleUnblock(who: String)
    /// Let arrivals give no notice: everybody's (nobody named), or those of these people.
    case quietSet(who: [String], QuietWish)
    /// Be absent for everybody, or come back.
    case pauseSet(on: Bool)
    /// Offer a code; words 2 to 4 (nil: the usual two, more after burnt codes).
    case pairOpen(words: Int?)
    /// Type a code.
    case pairJoin(code: String)
    /// Answer the question of a pairing (nil: the only one open); `same`: whoever has this name here is the same person,
    /// on an older machine.
    case pairAnswer(pairing: UInt64?, yes: Bool, name: String?, same: Bool = false)
    /// Give a pairing up before its question (nil: the only one open).
    case pairCancel(pairing: UInt64?)
    /// What is open, with the other's name.
    case pairList
    /// Give an item.
    case itemGive(Give)
    /// Leave an exchange unanswered; it stays on this machine that one did.
    case itemPass(item: String)
    /// Take an item of one's own back; `everywhere`: every copy of it `[log-8]`.
    case itemRetract(item: String, everywhere: Bool)
    /// Read items and mark them opened.
    case itemOpen(OpenTarget)
    /// Put an item into one's jar of kind words.
    case itemKeep(item: String)
    /// One's own feeling words, all of them, in their order.
    case feelingsSet([String])
    /// One's own page, all of it; nothing: there is none any more.
    case planSet([Section])
    /// What one is reminded of: at which minute of the local day, and whether a low check-in brings a kind word.
    case nudgesSet(minute: Int?, kindWord: Bool)
    /// A consumer has dealt with all events up to this number.
    case eventsAck(consumer: String, seq: UInt64)
}

/// Which items `item.open` opens.
public enum OpenTarget: Hashable, Sendable {
    /// An id or handle or its beginning.
    case item(String)
    /// The oldest that is not opened.
    case oldest
    /// All that are not opened, oldest first.
    case all
}

/// The parameters of `item.give`.
public struct Give: Sendable {
    /// Names, beginnings, ids; or the one word `all`. Empty: `re` says to whom.
    public var to: [String] = []
    /// The item that it answers: id, handle or beginning.
    public var re: String?
    /// The kind and its own fields.
    public var content: Content
    /// An exchange: one's own words, which go out only when it is their turn.
    public var words: String?
    /// Its life in seconds; nil: the kind's own.
    public var lifeS: Int64?
    /// A content note, shown in place of the text until opened.
    public var about: String = ""
    /// Whether the reader may not keep it.
    public var noKeep: Bool = false
    /// Whether a script sends it.
    public var auto: Bool = false
    /// Yes to what a rule only asks.
    public var anyway: Bool = false

    /// What is given.
    public init(_ content: Content) { self.content = content }
}

/// The answer to a call that was done.
public enum Reply: Sendable {
    /// Done, nothing to say.
    case done
    /// A person, as it stands after the call.
    case person(PersonRecord)
    /// What was given, one for each person.
    case given([GivenItem])
    /// What was taken back, one for each copy.
    case retracted([Retraction])
    /// Items that are open now; their texts are read from the store after the commit.
    case opened([ItemRow])
    /// Quiet as it stands now: read from the store after the commit.
    case quiet
    /// A pairing that was begun.
    case pairing(PairingView)
    /// All pairings that are open.
    case pairings([PairingView])
}

/// One copy of what was given.
public struct GivenItem: Hashable, Sendable {
    /// Whose it is.
    public var person: PublicKey
    /// The name that this person has here.
    public var name: String
    /// The item.
    public var id: ItemID
    /// Its handle.
    public var handle: String
    /// What became of it so far.
    public var state: ItemState

    /// One copy.
    public init(person: PublicKey, name: String, id: ItemID, handle: String, state: ItemState) {
        self.person = person
        self.name = name
        self.id = id
        self.handle = handle
        self.state = state
    }
}

/// An item, or one copy of it, that was taken back.
public struct Retraction: Hashable, Sendable {
    /// What that comes to, as far as it is known here `[log-8]`.
    public enum Reach: String, Hashable, Sendable, CaseIterable {
        /// It was never given.
        case neverLeft = "never-left"
        /// It was given, and nobody knows whether it arrived: if so, it is erased there.
        case undecided
        /// It is on the other's device, and is erased there when the devices meet.
        case whenMet = "when-met"
        /// It is on the device of somebody who is not listed any more, and stays there.
        case hereOnly = "here-only"
    }

    /// Whose device it was for; nil: somebody who is not listed any more.
    public var person: PublicKey?
    /// The name that this person has or had here; empty when it is not known any more.
    public var name: String
    /// The item.
    public var id: ItemID
    /// Its handle.
    public var handle: String
    /// What it comes to.
    public var reach: Reach

    /// One copy.
    public init(person: PublicKey?, name: String, id: ItemID, handle: String, reach: Reach) {
        self.person = person
        self.name = name
        self.id = id
        self.handle = handle
        self.reach = reach
    }
}

/// A pairing as a client sees it. It lives in memory only.
public struct PairingView: Hashable, Sendable {
    /// How far it is.
    public enum Stage: String, Hashable, Sendable {
        /// A code is offered, nobody came yet.
        case offering
        /// A code was typed, the other is looked for.
        case looking
        /// Both proved the code, the question is open.
        case asked
        /// One's own yes is given, the other's is awaited.
        case answered
    }

    /// Its number in this process.
    public var number: UInt64
    /// How far it is.
    public var stage: Stage
    /// The code, for the offerer.
    public var code: String?
    /// What the other calls themself, from `asked` on.
    public var name: String?
    /// The other's key, from `asked` on.
    public var person: PublicKey?
    /// When this stage ends, Unix milliseconds.
    public var untilMs: Int64
    /// The number of the last event before this pairing began.
    public var seq: UInt64

    /// A view.
    public init(
        number: UInt64, stage: Stage, code: String? = nil, name: String? = nil, person: PublicKey? = nil,
        untilMs: Int64, seq: UInt64
    ) {
        self.number = number
        self.stage = stage
        self.code = code
        self.name = name
        self.person = person
        self.untilMs = untilMs
        self.seq = seq
    }
}
