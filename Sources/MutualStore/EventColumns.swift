import MutualCore
import MutualCrypto
import MutualWire

/// The sealed inside of an event's row. Kinds and states stand as their texts, which never change.
enum EventColumns {
    static func pack(_ event: EventBody, atMs: Int64) -> [UInt8] {
        var packer = Packer()
        packer.number(atMs)
        packer.text(event.kind.rawValue)
        packer.optional(event.person) { $0.string($1.bytes) }
        packer.optional(event.item) { $0.fixed($1.bytes) }
        packer.optional(event.state) { $0.text($1.rawValue) }
        packer.optional(event.cause) { $0.text($1.rawValue) }
        packer.optional(event.notice) { $0.flag($1) }
        packer.optional(event.pairing) { $0.number($1) }
        packer.optional(event.untilMs) { $0.number($1) }
        packer.optional(event.how) { $0.text($1) }
        return packer.bytes
    }

    static func unpack(_ bytes: [UInt8], seq: Int64) throws(JournalFault) -> Event {
        var inside = Unpacker(bytes)
        let atMs: Int64 = try inside.number()
        guard let kind = EventKind(rawValue: try inside.text()) else { throw .damaged }
        var body = EventBody(kind)
        body.person = try inside.optional { packed throws(JournalFault) in
            guard let key = PublicKey(try packed.string()) else { throw .damaged }
            return key
        }
        body.item = try inside.optional { packed throws(JournalFault) in try packed.itemID() }
        body.state = try inside.optional { packed throws(JournalFault) in
            guard let state = ItemState(rawValue: try packed.text()) else { throw .damaged }
            return state
        }
        body.cause = try inside.optional { packed throws(JournalFault) in
            guard let cause = TakenBackCause(rawValue: try packed.text()) else { throw .damaged }
            return cause
        }
        body.notice = try inside.optional { packed throws(JournalFault) in try packed.flag() }
        body.pairing = try inside.optional { packed throws(JournalFault) in try packed.number() }
        body.untilMs = try inside.optional { packed throws(JournalFault) in try packed.number() }
        body.how = try inside.optional { packed throws(JournalFault) in try packed.text() }
        try inside.end()
        return Event(seq: UInt64(clamping: seq), atMs: atMs, body: body)
    }
}
