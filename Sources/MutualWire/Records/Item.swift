import SwiftProtobuf

/// One thing that one person says to another (Protocol/records.md).
public struct Item: Equatable, Sendable {
    /// Its number in its log, above 0; 0 while it has none.
    public var seq: UInt64 = 0
    /// Its id.
    public let id: ItemID
    /// The writer's clock, Unix milliseconds; shown, never decided upon.
    public var madeMs: Int64
    /// The life that was left when it was cut into cells, seconds; 0 in the store.
    public var leftS: UInt32 = 0
    /// The item that it answers.
    public var re: ItemID?
    /// Empty in version 1: between two people.
    public var scope: [UInt8] = []
    /// A content note, at most 80 bytes.
    public var about: String = ""
    /// Sent by a script.
    public var auto = false
    /// Its reader may not keep it beyond its life.
    public var noKeep = false
    /// The kind and its own fields. Setting it drops fields that a later version put into the kind.
    public var content: Content { didSet { received.kind = nil } }
    /// Of a received item the first rule that it breaks: it is acked and counted, not shown.
    public private(set) var fault: WireError?

    /// What was received, with the fields that this version does not know.
    private var received = Mutual_V1_Item()

    /// A new item without number and life.
    public init(id: ItemID, madeMs: Int64, content: Content) {
        self.id = id
        self.madeMs = madeMs
        self.content = content
    }

    /// From what `stored()` gave; nil when it is no such thing.
    public init?(stored: [UInt8]) {
        guard let message = try? Mutual_V1_Item(serializedBytes: stored) else { return nil }
        self.init(message, isStored: true)
    }

    /// For the store: its own serialisation without number and life, with unknown fields.
    public func stored() -> [UInt8] {
        var item = self
        item.seq = 0
        item.leftS = 0
        return (try? item.message.serializedBytes()) ?? []
    }

    /// The first rule that a draft breaks, by the limits that its reader holds it to. Number and life are not looked at.
    public func check() -> WireError? {
        let message = message
        if let fault = Shape.fault(of: message, isStored: true) { return fault }
        // The record's own header, and the number and life that are not set yet, take less than 32 bytes.
        let size = (try? message.serializedBytes() as [UInt8])?.count ?? .max
        return size > Limits.recordBytes - 32 ? .recordLong : nil
    }

    /// Equal in all that this version knows.
    public static func == (a: Item, b: Item) -> Bool {
        a.seq == b.seq && a.id == b.id && a.madeMs == b.madeMs && a.leftS == b.leftS && a.re == b.re
            && a.scope == b.scope && a.about == b.about && a.auto == b.auto && a.noKeep == b.noKeep
            && a.content == b.content && a.fault == b.fault
    }

    /// From the generated type; nil when the id has another length.
    init?(_ message: Mutual_V1_Item, isStored: Bool = false) {
        guard let id = ItemID(message.id) else { return nil }
        self.id = id
        seq = message.seq
        madeMs = message.madeMs
        leftS = message.leftS
        re = ItemID(message.re)
        scope = Array(message.scope)
        about = message.about
        auto = message.auto
        noKeep = message.noKeep
        content = Content(message.kind)
        fault = Shape.fault(of: message, isStored: isStored)
        received = message
    }

    /// The generated type.
    var message: Mutual_V1_Item {
        var message = received
        message.seq = seq
        message.id = .init(id.bytes)
        message.madeMs = madeMs
        message.leftS = leftS
        message.re = .init(re?.bytes ?? [])
        message.scope = .init(scope)
        message.about = about
        message.auto = auto
        message.noKeep = noKeep
        if message.kind == nil { message.kind = content.message }
        return message
    }
}
