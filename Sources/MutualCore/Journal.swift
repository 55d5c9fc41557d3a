public import MutualCrypto
public import MutualWire

/// A person's row in the store.
public struct PersonRow: Hashable, Comparable, Sendable {
    /// The row number, above 0.
    public let number: Int64
    /// A row.
    public init(_ number: Int64) { self.number = number }
    /// Order of rows is the order of listing.
    public static func < (a: PersonRow, b: PersonRow) -> Bool { a.number < b.number }
}

/// An item's row in the store; rows grow in the order of acceptance or arrival.
public struct ItemRow: Hashable, Comparable, Sendable {
    /// The row number, above 0.
    public let number: Int64
    /// A row.
    public init(_ number: Int64) { self.number = number }
    /// Order of rows is the order of acceptance or arrival.
    public static func < (a: ItemRow, b: ItemRow) -> Bool { a.number < b.number }
}

/// Everything durable about a person but their logs.
public struct PersonRecord: Hashable, Sendable {
    /// What this person is to us.
    public enum Standing: Int64, Hashable, Sendable {
        /// We said yes; a session was never ready.
        case listed = 1
        /// Listed, and a session was ready at least once.
        case mutual = 2
        /// Leaving `[log-10]`.
        case parting = 3
        /// Blocked by us.
        case blocked = 4
    }

    /// The row; 0 before it is stored.
    public var row: PersonRow
    /// Their public key.
    public var key: PublicKey
    /// The name that they have here: unique without regard to case.
    public var name: String
    /// Whether `name` only stands until their first Hello names them.
    public var nameIsProvisional: Bool
    /// What they are to us.
    public var standing: Standing
    /// When they were listed, Unix milliseconds.
    public var listedMs: Int64
    /// Listed by a code: without a session within 24 hours of running it is taken back `[pairing]`.
    public var byCode: Bool
    /// Blocked: whether they were a mutual before, and are one again when the block ends.
    public var wasMutual: Bool = false
    /// Parting: since when, Unix milliseconds.
    public var partingMs: Int64 = 0
    /// What their last Hello said they call themselves.
    public var helloName: String = ""
    /// The version that their last Hello spoke, 0 before.
    public var version: UInt32 = 0
    /// The abilities of their last Hello.
    public var abilities: [String] = []
    /// Addresses of their last Hello.
    public var helloAddresses: [Endpoint] = []
    /// Addresses that a session with them had, newest first, at most 8.
    public var usedAddresses: [Endpoint] = []
    /// Addresses given by hand, newest first, at most 8.
    public var givenAddresses: [Endpoint] = []

    /// A person.
    public init(
        row: PersonRow, key: PublicKey, name: String, nameIsProvisional: Bool, standing: Standing,
        listedMs: Int64, byCode: Bool
    ) {
        self.row = row
        self.key = key
        self.name = name
        self.nameIsProvisional = nameIsProvisional
        self.standing = standing
        self.listedMs = listedMs
        self.byCode = byCode
    }
}

/// The log that we write to a person `[log-1]`.
public struct OutLog: Hashable, Sendable {
    /// Its id.
    public var log: LogID
    /// The next number that will be given, from 1.
    public var next: UInt64 = 1
    /// The lowest number whose id is still kept; `next` if none.
    public var first: UInt64 = 1
    /// The highest number that was acked.
    public var acked: UInt64 = 0
    /// Ids of older logs of ours to this person.
    public var older: [LogID] = []
    /// The day (Unix days) on which new logs were asked for.
    public var newLogDay: Int64 = 0
    /// How many new logs were begun on that day.
    public var newLogCount: Int = 0

    /// A new log.
    public init(log: LogID) { self.log = log }
}

/// What we hold of a person's logs `[log-2]`.
public struct InLogs: Hashable, Sendable {
    /// One of their logs and how far we hold it.
    public struct Position: Hashable, Sendable {
        /// The log.
        public var log: LogID
        /// Its highest number that is committed here.
        public var received: UInt64
        /// A position.
        public init(log: LogID, received: UInt64) {
            self.log = log
            self.received = received
        }
    }

    /// The last 8 logs, the present one last.
    public var positions: [Position] = []
    /// The day (Unix days) that `items` and `bytes` count `[log-12]`.
    public var day: Int64 = 0
    /// New items of that day.
    public var items: Int = 0
    /// Bytes of their records.
    public var bytes: Int = 0

    /// Nothing held yet.
    public init() {}
}

/// What an item's row says of it, without its texts.
public struct ItemRecord: Hashable, Sendable {
    /// The row; 0 before it is stored.
    public var row: ItemRow
    /// With whom it is shared.
    public var person: PersonRow
    /// Whether we wrote it.
    public var mine: Bool
    /// Its id.
    public var id: ItemID
    /// Its handle; given by the store when it is stored.
    public var handle: String
    /// The kind's number in the schema `[records]`.
    public var kind: UInt32
    /// The item that it answers.
    public var re: ItemID?
    /// What it wants of its reader, where its kind has one.
    public var want: Want?
    /// The writer's clock, Unix milliseconds; only shown.
    public var madeMs: Int64
    /// When it was stored here, Unix milliseconds.
    public var storedMs: Int64
    /// When its life ends by our clock, Unix milliseconds.
    public var expiresMs: Int64
    /// Whether its texts are erased here.
    public var erased: Bool = false
    /// Ours: what became of it.
    public var state: ItemState = .waiting
    /// Ours: why it is taken back.
    public var cause: TakenBackCause?
    /// Ours: its number in the log; nil: never given.
    public var seq: UInt64?
    /// Theirs: whether it was opened here. Ours: of an exchange's words, whether the other's are here, or were.
    public var opened: Bool = false
    /// Whether it is shown at all. Ours: not when nobody can know any more what became of it `[log-5]`.
    public var shown: Bool = true
    /// Theirs: whether it is kept beyond its life.
    public var kept: Bool = false
    /// Size of its record, bytes.
    public var size: Int = 0

    /// An item.
    public init(
        row: ItemRow, person: PersonRow, mine: Bool, id: ItemID, handle: String, kind: UInt32, re: ItemID?,
        want: Want?, madeMs: Int64, storedMs: Int64, expiresMs: Int64
    ) {
        self.row = row
        self.person = person
        self.mine = mine
        self.id = id
        self.handle = handle
        self.kind = kind
        self.re = re
        self.want = want
        self.madeMs = madeMs
        self.storedMs = storedMs
        self.expiresMs = expiresMs
    }
}

/// What is known of an idempotency key.
public enum Recall: Hashable, Sendable {
    /// Never used (or over 30 days ago).
    case unused
    /// Used with the same parameters: what was remembered of the result.
    case same([UInt8])
    /// Used with other parameters.
    case conflict
}

/// The durable truth, in the Node's own verbs. All calls of a turn are in one transaction; the Node sees its own writes.
///
/// Every method throws `JournalFault` when the machine fails; the Node never catches it.
public protocol Journal {
    // MARK: people

    /// All people, in the order of their rows.
    func people() throws(JournalFault) -> [PersonRecord]
    /// Stores a new person, with an empty `InLogs` and the given log; gives the row.
    func list(_ person: PersonRecord, out: OutLog) throws(JournalFault) -> PersonRow
    /// Writes a person anew.
    func update(_ person: PersonRecord) throws(JournalFault)
    /// Unlists: erases the person's logs, positions, ids and every item of ours to them that is not delivered; what was
    /// received stays until it expires `[log-10]`, shown under the name they had.
    func unlist(_ person: PersonRow) throws(JournalFault)

    // MARK: logs

    /// Our log to a person.
    func outLog(_ person: PersonRow) throws(JournalFault) -> OutLog
    /// Writes it.
    func setOutLog(_ log: OutLog, of person: PersonRow) throws(JournalFault)
    /// What we hold of theirs.
    func inLogs(_ person: PersonRow) throws(JournalFault) -> InLogs
    /// Writes it.
    func setInLogs(_ logs: InLogs, of person: PersonRow) throws(JournalFault)

    // MARK: items

    /// Stores an item with its serialised content (`Item.stored()`), sealed under a key of its own; the store gives row
    /// and handle, and for a received one remembers the id as taken.
    func insert(_ item: ItemRecord, content: [UInt8]) throws(JournalFault) -> ItemRecord
    /// The record of a row, nil when it is gone.
    func item(_ row: ItemRow) throws(JournalFault) -> ItemRecord?
    /// The item with this id that was exchanged with this person in this direction; nil when it is not here.
    func item(id: ItemID, person: PersonRow, mine: Bool) throws(JournalFault) -> ItemRecord?
    /// Items whose id begins with `text` (lower-case base32), an exact handle alone if there is one; at most `limit`.
    /// A whole id means ours, if one of ours has it: another person may give theirs any id.
    func items(beginning text: String, limit: Int) throws(JournalFault) -> [ItemRecord]
    /// The serialised content, nil when it is erased.
    func content(_ row: ItemRow) throws(JournalFault) -> [UInt8]?
    /// What belongs to an item and never leaves this machine, such as the words that a seal is over; nil: nothing.
    func own(_ row: ItemRow) throws(JournalFault) -> [UInt8]?
    /// Writes that, sealed under the item's key; it is erased with the item's texts, which must be there. What stood
    /// there before is erased as texts are.
    func setOwn(_ bytes: [UInt8], of row: ItemRow) throws(JournalFault)
    /// What was exchanged with this person and answers this id, whoever wrote it, in the order of rows.
    func answers(to id: ItemID, person: PersonRow) throws(JournalFault) -> [ItemRecord]
    /// The last of those answers that are of one kind and of one side, so many at most, in the order of rows.
    func answers(to id: ItemID, person: PersonRow, kind: UInt32, mine: Bool, last: Int) throws(JournalFault)
        -> [ItemRecord]
    /// Items of a kind with this person in this direction whose texts are here, in the order of rows.
    func living(kind: UInt32, person: PersonRow, mine: Bool) throws(JournalFault) -> [ItemRecord]
    /// Writes state, cause, seq, opened, shown, kept, expiresMs of a record anew (by its row).
    func update(_ item: ItemRecord) throws(JournalFault)
    /// Erases the texts: the key is gone from this transaction on, and from the disk before the turn's effects leave.
    /// The row stays with `erased` set.
    func eraseContent(_ row: ItemRow) throws(JournalFault)
    /// Removes a row whole (its id as taken stays remembered).
    func removeItem(_ row: ItemRow) throws(JournalFault)
    /// Ours to a person that have no number and wait (state waiting, not erased), in the order of acceptance, from
    /// `after` on (exclusive).
    func unnumbered(_ person: PersonRow, after: ItemRow?, limit: Int) throws(JournalFault) -> [ItemRecord]
    /// Ours to a person numbered `from` and up in our present log, in order.
    func numbered(_ person: PersonRow, from: UInt64, limit: Int) throws(JournalFault) -> [ItemRecord]
    /// Ours to a person that were taken back before they were given: only their ids are left, until the next Hello.
    func neverLeft(_ person: PersonRow) throws(JournalFault) -> [ItemRecord]
    /// Items of any direction whose life ended at or before this moment and whose texts are still here (and are not
    /// kept), oldest expiry first.
    func expired(atMs: Int64, limit: Int) throws(JournalFault) -> [ItemRecord]
    /// All whose life is over at this moment (Unix milliseconds), whatever is held back.
    func over(atMs: Int64) throws(JournalFault) -> [ItemRecord]
    /// A moment (Unix milliseconds) before or at which the next life ends: exact when it is less than an hour away.
    func nextExpiryMs() throws(JournalFault) -> Int64?
    /// Received ones that are kept and whose texts are here, in the order of arrival.
    func keptItems() throws(JournalFault) -> [ItemRecord]
    /// Received ones that are shown, not opened, and not over at `atMs`, in the order of arrival.
    func unopened(atMs: Int64, limit: Int) throws(JournalFault) -> [ItemRecord]

    // MARK: ids that were taken

    /// Whether an item of this person with this id was taken in the last 120 days `[log-3]`.
    func isTaken(_ id: ItemID, person: PersonRow) throws(JournalFault) -> Bool
    /// Remembers an id as taken without storing an item.
    func rememberTaken(_ id: ItemID, person: PersonRow, atMs: Int64) throws(JournalFault)

    // MARK: sessions

    /// Whether this ephemeral was seen `[session-9]`.
    func hasSeen(ephemeral: [UInt8]) throws(JournalFault) -> Bool
    /// Remembers an ephemeral at this running time (milliseconds).
    func remember(ephemeral: [UInt8], runningMs: Int64) throws(JournalFault)
    /// Forgets those older than this running time.
    func forgetEphemerals(beforeMs: Int64) throws(JournalFault)
    /// The latest running time on record (milliseconds), 0 in a new store.
    func lastRunningMs() throws(JournalFault) -> Int64

    // MARK: events, keys, settings

    /// Appends an event; gives its number.
    func append(_ event: EventBody, atMs: Int64) throws(JournalFault) -> Event
    /// The number of the last event, 0 before the first.
    func lastEvent() throws(JournalFault) -> UInt64
    /// A consumer has dealt with events up to this number (never moves back).
    func acknowledge(consumer: String, seq: UInt64, atMs: Int64) throws(JournalFault)
    /// What a key stands for.
    func recall(_ key: IdempotencyKey, atMs: Int64) throws(JournalFault) -> Recall
    /// Remembers a success (ids only).
    func remember(_ key: IdempotencyKey, result: [UInt8], atMs: Int64) throws(JournalFault)
    /// A small setting of the home: `name` (what we call ourselves), `burnt-codes` ...
    func setting(_ name: String) throws(JournalFault) -> [UInt8]?
    /// Writes a setting; nil removes it.
    func setSetting(_ name: String, _ value: [UInt8]?) throws(JournalFault)
    /// Drops what is past its keeping: events over 30 days or 100,000, keys over 30 days, taken ids over 120 days,
    /// item rows whose texts are gone and of whom nothing more is to be said.
    func tidy(atMs: Int64) throws(JournalFault)
}
