import MutualCore

/// What is told of an item only moves on, and each is decided once `[log-8]`.
final class StatesMoveOn: Checker {
    let name = "states-move-on"

    func told(_ event: Event, _ machine: Machine, _ world: World) throws {
        guard let id = event.body.item, let own = machine.ledger.own[id] else { return }
        let state: ItemState
        switch event.body.kind {
        case .itemDelivered: state = .delivered
        case .itemState: state = event.body.state ?? .waiting
        default: return
        }
        let moves: Bool =
            switch own.state {
            case .waiting: state != .waiting
            case .undecided: state == .delivered || state == .notReached || state == .takenBack
            case .delivered: state == .takenBack
            case .notReached, .takenBack: false
            }
        try hold(moves, "machine \(machine.number): \(id.text) goes from \(own.state.rawValue) to \(state.rawValue)")
    }
}
