import GRDB
import MutualCore
import MutualWire

/// A row of table `item` as values: what stands in the open, and what is sealed in `record`.
enum ItemColumns {
    static let list = "row, person, mine, state, opened, shown, kept, size, slot, record"

    struct Item {
        var record: ItemRecord
        var entry: ItemEntry
    }

    /// Numbers of states in the open; never given another meaning.
    static func number(_ state: ItemState) -> Int64 {
        switch state {
        case .waiting: 0
        case .delivered: 1
        case .notReached: 2
        case .undecided: 3
        case .takenBack: 4
        }
    }

    private static func state(_ number: Int64) throws(JournalFault) -> ItemState {
        for state in ItemState.allCases where Self.number(state) == number { return state }
        throw .damaged
    }

    private static func number(_ cause: TakenBackCause) -> UInt8 {
        switch cause {
        case .byYou: 0
        case .removed: 1
        case .replaced: 2
        }
    }

    private static func cause(_ number: UInt8) throws(JournalFault) -> TakenBackCause {
        for cause in TakenBackCause.allCases where Self.number(cause) == number { return cause }
        throw .damaged
    }

    /// The inside of the sealed column.
    static func pack(_ item: ItemRecord) -> [UInt8] {
        var packer = Packer(capacity: 96)
        packer.fixed(item.id.bytes)
        packer.number(UInt8(clamping: item.handle.utf8.count))
        packer.number(item.kind)
        packer.optional(item.re) { $0.fixed($1.bytes) }
        packer.optional(item.want) { $0.text($1.rawValue) }
        packer.number(item.madeMs)
        packer.number(item.storedMs)
        packer.number(item.expiresMs)
        packer.optional(item.cause) { $0.number(number($1)) }
        packer.optional(item.seq) { $0.number($1) }
        return packer.bytes
    }

    /// A row of `list`.
    static func read(_ row: Row, _ sealer: Sealer) throws(JournalFault) -> Item {
        let number = try row.int(0)
        let sealed = try row.blob(9)
        var inside = Unpacker(try sealer.open(sealed, "item", "record", row: number))
        let id = try inside.itemID()
        let handleLength = try inside.number(UInt8.self)
        let kind = try inside.number(UInt32.self)
        let re = try inside.optional { packed throws(JournalFault) in try packed.itemID() }
        let want = try inside.optional { packed throws(JournalFault) in try packed.text() }
        var record = ItemRecord(
            row: ItemRow(number), person: PersonRow(try row.int(1)), mine: try row.int(2) != 0, id: id,
            handle: String(id.text.prefix(Int(handleLength))), kind: kind, re: re,
            want: want.flatMap { Want(rawValue: $0) },
            madeMs: try inside.number(), storedMs: try inside.number(), expiresMs: try inside.number())
        record.cause = try inside.optional { packed throws(JournalFault) in try cause(packed.number()) }
        record.seq = try inside.optional { packed throws(JournalFault) in try packed.number() }
        try inside.end()
        let slot = try row.optionalInt(8)
        record.state = try state(row.int(3))
        record.opened = try row.int(4) != 0
        record.shown = try row.int(5) != 0
        record.kept = try row.int(6) != 0
        record.erased = slot == nil
        // Far more than the longest record has: sizes are added up.
        guard let size = Int(exactly: try row.int(7)), 0..<1 << 24 ~= size else { throw .damaged }
        record.size = size
        return Item(record: record, entry: try entry(record, slot: slot))
    }

    static func entry(_ record: ItemRecord, slot: Int64?) throws(JournalFault) -> ItemEntry {
        var place: Int?
        if let slot {
            guard let number = Int(exactly: slot), number >= 0 else { throw .damaged }
            place = number
        }
        return ItemEntry(
            person: record.person.number, mine: record.mine, id: IDIndex.number(record.id.bytes),
            re: record.re.map { IDIndex.number($0.bytes) },
            handleLength: record.handle.utf8.count, kind: record.kind, state: record.state, erased: record.erased,
            opened: record.opened, shown: record.shown, kept: record.kept,
            seq: record.seq, expiresMs: record.expiresMs, slot: place)
    }
}

extension Unpacker {
    mutating func itemID() throws(JournalFault) -> ItemID {
        guard let id = ItemID(try fixed(16)) else { throw Self.damaged }
        return id
    }

    mutating func logID() throws(JournalFault) -> LogID {
        guard let id = LogID(try fixed(16)) else { throw Self.damaged }
        return id
    }
}
