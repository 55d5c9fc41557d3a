import MutualCore
import MutualWire
import Testing

/// Two mutuals in a world of their own, and how they talk.
final class Couple {
    let world: World
    let alder: Host
    let birch: Host

    init(seed: UInt64) throws {
        let world = World(seed: seed)
        let (alder, birch) = (try world.add("Alder"), try world.add("Birch"))
        for host in [alder, birch] { try world.start(host) }
        _ = try world.ask(alder, .peopleAdd(id: birch.id, name: "Birch"))
        _ = try world.ask(birch, .peopleAdd(id: alder.id, name: "Alder"))
        (self.world, self.alder, self.birch) = (world, alder, birch)
        #expect(world.run(30_000) { [alder, birch].allSatisfy { Self.count(.personMutual, $0) == 1 } })
    }

    static func count(_ kind: EventKind, _ host: Host) -> Int { host.events.count { $0.body.kind == kind } }

    func other(_ host: Host) -> Host { host === alder ? birch : alder }

    /// Gives something to the other, or as an answer.
    @discardableResult
    func give(
        _ host: Host, _ content: Content, re: String? = nil, words: String? = nil, lifeS: Int64? = nil,
        anyway: Bool = false
    ) throws -> GivenItem {
        var give = Give(content)
        give.re = re
        if re == nil { give.to = [host === alder ? "birch" : "alder"] }
        give.words = words
        give.lifeS = lifeS
        give.anyway = anyway
        guard case .given(let items) = try world.ask(host, .itemGive(give)) else { throw Refusal(.fault, "no items") }
        return try #require(items.first)
    }

    /// Why something is refused; nil: it is not.
    func reason(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return (error as? Refusal)?.reason ?? String(describing: error)
        }
    }

    /// Lets everything arrive.
    func settle() { world.run(5_000) }

    func record(_ host: Host, _ id: ItemID) throws -> ItemRecord? {
        try host.home.turn { journal throws(JournalFault) in
            for person in try journal.people() {
                if let record = try journal.item(id: id, person: person.row, mine: true) { return record }
                if let record = try journal.item(id: id, person: person.row, mine: false) { return record }
            }
            return nil
        }
    }

    func text(_ host: Host, _ id: ItemID) throws -> String? {
        guard let record = try record(host, id) else { return nil }
        return try host.home.turn { journal throws(JournalFault) in
            try journal.content(record.row).flatMap { Item(stored: $0)?.content.text }
        }
    }

    /// What a host is shown of an item besides the item.
    func around(_ host: Host, _ id: ItemID) throws -> ItemSurroundings? {
        guard let record = try record(host, id) else { return nil }
        return try host.home.turn { journal throws(JournalFault) in
            try ItemSurroundings(of: record, in: journal)
        }
    }

    /// An exchange as a host is shown it.
    func view(_ host: Host, _ id: ItemID) throws -> ExchangeView? {
        guard let record = try record(host, id) else { return nil }
        return try host.home.turn { journal throws(JournalFault) in
            try ExchangeView(of: record, in: journal)
        }
    }
}
