import MutualControl
import MutualLanguage

/// `--wait`: stays until it is known what became of something.
struct Waiter {
    let session: Session
    let json: Bool

    /// Waits until everything is delivered, or will not be.
    /// - Throws: exit 7 when the time is up; it goes on waiting.
    func delivered(_ given: [GivenEntry], atMostMs: Int64) throws -> [GivenEntry] {
        let endMs = Platform.nowMs + atMostMs
        var given = given
        try look(&given)
        while given.contains(where: { $0.state == "waiting" }) {
            let leftMs = endMs - Platform.nowMs
            guard leftMs > 0 else {
                let names = given.filter { $0.state == "waiting" }.map(\.who).joined(separator: ", ")
                throw Failure(.timeIsUp, .timeIsUp, ["name": names])
            }
            guard case .event(let event, _) = try session.follow(atMost: Int(leftMs)) else { continue }
            switch event.knownKind {
            case .ended: throw Failure(endOf: event)
            case .lagged: try look(&given)
            default: break
            }
            for index in given.indices where given[index].id == event.item {
                switch event.knownKind {
                case .itemDelivered: given[index].state = "delivered"
                case .itemState: given[index].state = event.state ?? given[index].state
                default: break
                }
            }
        }
        return given
    }

    /// Follows from now on, and sees how it is now.
    private func look(_ given: inout [GivenEntry]) throws {
        let _: SubscribedResult = try session.call(
            .eventsSubscribe(EventsSubscribeParameters(kinds: ["item.delivered", "item.state"])))
        for index in given.indices {
            let now: ItemResult = try session.call(.itemGet(ItemGetParameters(item: given[index].id)))
            given[index].state = now.item.state ?? given[index].state
        }
    }

    /// Waits until somebody is a mutual.
    func mutual(_ person: PersonEntry, atMostMs: Int64) throws {
        let endMs = Platform.nowMs + atMostMs
        try followPerson()
        while true {
            if let now = try session.people().first(where: { $0.id == person.id }), now.standing == "mutual" {
                if !json { Console.say(.mutualsNow, ["name": now.name]) }
                return
            }
            let leftMs = endMs - Platform.nowMs
            guard leftMs > 0 else { throw Failure(.timeIsUp, .timeIsUpPerson, ["name": person.name]) }
            guard case .event(let event, _) = try session.follow(atMost: Int(min(leftMs, 5_000))) else { continue }
            switch event.knownKind {
            case .ended: throw Failure(endOf: event)
            case .lagged: try followPerson()
            default: break
            }
        }
    }

    private func followPerson() throws {
        let _: SubscribedResult = try session.call(
            .eventsSubscribe(EventsSubscribeParameters(kinds: ["person.mutual"])))
    }
}
