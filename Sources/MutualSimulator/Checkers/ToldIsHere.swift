import MutualCore
import MutualCrypto
import MutualStore
import MutualWire

/// What is told as arrived can be read at the end of that turn, unless it was taken back in it, or something newer of the
/// same turn that is here took its place `[log-14]`.
final class ToldIsHere: Checker {
    let name = "told-is-here"
    private var arrived: [Int: [(id: ItemID, person: PublicKey)]] = [:]
    private var erased: [Int: [ItemID: TakenBackCause?]] = [:]

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard let id = event.body.item, let person = event.body.person else { return }
        switch event.body.kind {
        case .itemArrived, .exchangeOpened: arrived[machine.number, default: []].append((id, person))
        case .itemErased: erased[machine.number, default: [:]].updateValue(event.body.cause, forKey: id)
        default: break
        }
    }

    func turned(_ turn: TurnRecord, _ world: World) throws { try look(turn.machine, world) }

    /// The daemon may have died before anybody heard of its last turn.
    func started(_ machine: Machine, _ world: World) throws { try look(machine, world) }

    private func look(_ machine: Machine, _ world: World) throws {
        let items = arrived.removeValue(forKey: machine.number) ?? []
        let gone = erased.removeValue(forKey: machine.number) ?? [:]
        guard !items.isEmpty, let store = machine.store else { return }
        var kinds: [PublicKey: Set<UInt32>] = [:]
        let people = try store.peopleList()
        for (id, person) in items.reversed() {
            // Who was unlisted in the same turn is asked for no more.
            guard let row = people.first(where: { $0.key == person })?.row else { continue }
            let kind = try store.look { journal throws(JournalFault) -> UInt32? in
                guard let record = try journal.item(id: id, person: row, mine: false) else { return nil }
                return try journal.content(record.row) == nil ? nil : record.kind
            }
            if let kind {
                world.shownKinds.insert(kind)
                kinds[person, default: []].insert(kind)
                continue
            }
            let newer = kinds[person] ?? []
            var isExplained = false
            if let cause = gone[id] {
                // Nothing says of what kind it was: something that came later in this turn replaces, and may itself have
                // been taken back in it.
                isExplained = cause != .replaced || newer.contains(Kinds.plan) || newer.contains(Kinds.room)
                if cause != .replaced { kinds[person, default: []].formUnion([Kinds.plan, Kinds.room]) }
            }
            try hold(isExplained, "machine \(machine.number) tells of \(id.text), which is not there")
        }
    }
}

/// The numbers of kinds of which each writer has one (Protocol/records.md), and of a step of an exchange.
enum Kinds {
    static let exchange: UInt32 = 31
    static let plan: UInt32 = 34
    static let room: UInt32 = 35
}
