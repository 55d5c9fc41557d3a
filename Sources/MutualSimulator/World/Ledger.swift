import MutualCore
import MutualCrypto
import MutualWire

/// A request that waits for its answer.
struct Asked {
    let verb: Verb
    let call: Call
    let key: IdempotencyKey?
}

/// What a store's lineage has shown to its person and promised to others. A value: a backup has its own.
struct Ledger {
    /// What is known of one person.
    struct Person {
        /// Ids that were shown, in order.
        var shown: [ItemID] = []
        /// The wall clock when it showed each, milliseconds.
        var shownOnce: [ItemID: Int64] = [:]
        /// What was shown before their store was put back has no common order with what comes after.
        var orderFrom = 0
        /// The highest number acked to them, by their log.
        var acked: [LogID: UInt64] = [:]
        /// The highest number given to them, by our log.
        var given: [LogID: UInt64] = [:]
        /// Whether either side was put back, or copied, since this listing.
        var wasPutBack = false
    }

    /// What was told of one item of one's own.
    struct Own {
        var reader: PublicKey
        var state = ItemState.waiting
        var reach: Retraction.Reach?
        var cause: TakenBackCause?
        /// Its texts are gone here.
        var isErased = false
    }

    var people: [PublicKey: Person] = [:]
    /// Who was listed, and in which row, when it was last looked.
    var rows: [PublicKey: PersonRow] = [:]
    var own: [ItemID: Own] = [:]
    /// Of these an end was told before it was known here that they were accepted.
    var endedEarly: Set<ItemID> = []
    /// Items that its person keeps, as they are written.
    var kept: Set<String> = []
    /// The number of the last event that was published.
    var lastEvent: UInt64 = 0
    /// Restores behind this lineage.
    var restores = 0
}

/// An item that some store accepted, as the whole world knows it.
struct Accepted {
    let writer: PublicKey
    let reader: PublicKey
    /// Its place among everything that this writer gave to this reader.
    let index: Int
    /// The machine on which it was accepted.
    let machine: Int
    /// It was on some screen of the reader's.
    var wasShown = false
}
