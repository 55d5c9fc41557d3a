import MutualCore
import MutualWire

/// What a checker found: the run ends with it.
struct Failure: Error {
    let checker: String
    let message: String
}

/// One turn that was committed, or failed as planned.
struct TurnRecord {
    let machine: Machine
    let now: Instant
    let inputs: [Input]
    let effects: [Effect]
    let before: Inspection
    let after: Inspection
    let committed: Bool
    /// The world's moment.
    let atMs: Int64
}

/// Holds one invariant. Each in a file of its own; called with everything that happens.
protocol Checker: AnyObject {
    /// A stable name, by which a failing seed is told apart.
    var name: String { get }
    /// A turn ended and its effects leave.
    func turned(_ turn: TurnRecord, _ world: World) throws
    /// An event stands in a store.
    func told(_ event: Event, _ machine: Machine, _ world: World) throws
    /// A record left a machine on a session, in clear.
    func gave(_ record: Record, _ speech: Speech, _ world: World) throws
    /// A daemon was started, and its ledger holds what was said before.
    func started(_ machine: Machine, _ world: World) throws
    /// A backup was put back, or a disk copied.
    func putBack(_ machine: Machine, _ world: World) throws
    /// The world was healed and had its time.
    func converged(_ world: World) throws
}

/// Where a record was said.
struct Speech {
    let from: Machine
    let to: Machine
    let connection: Connection
    let byDialler: Bool

    /// What the speaker said on it before.
    var talk: Talk { connection.tap.talk[byDialler ? 0 : 1] }
    var answerTalk: Talk { connection.tap.talk[byDialler ? 1 : 0] }
}

extension Checker {
    func turned(_ turn: TurnRecord, _ world: World) throws {}
    func told(_ event: Event, _ machine: Machine, _ world: World) throws {}
    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {}
    func started(_ machine: Machine, _ world: World) throws {}
    func putBack(_ machine: Machine, _ world: World) throws {}
    func converged(_ world: World) throws {}

    /// Ends the run when something that must hold does not.
    func hold(_ holds: Bool, _ message: @autoclosure () -> String) throws {
        if !holds { throw Failure(checker: name, message: message()) }
    }
}
