import MutualCrypto
import MutualWire

/// What one turn works with: its moment, its chance, its transaction, and what it has decided so far.
final class Turn {
    let now: Instant
    let journal: any Journal
    var entropy: any Entropy
    private(set) var effects: [Effect] = []
    private var events: [Event] = []
    /// Connections whose end is among this turn's inputs.
    let ending: Set<ConnectionID>

    init(now: Instant, journal: any Journal, entropy: any Entropy, inputs: [Input]) {
        self.now = now
        self.journal = journal
        self.entropy = entropy
        var ending: Set<ConnectionID> = []
        for input in inputs {
            switch input {
            case .inputEnded(let id), .connectionClosed(let id): ending.insert(id)
            case .datagramReceived, .connectionAccepted, .connectionOpened, .dialFailed, .bytesReceived, .bytesWritten,
                .interfacesChanged, .listening, .requestReceived, .deadlineReached:
                break
            }
        }
        self.ending = ending
    }

    func emit(_ effect: Effect) { effects.append(effect) }

    /// Writes an event; subscribers hear it after the commit.
    func tell(_ body: EventBody) throws { events.append(try journal.append(body, atMs: now.wallMs)) }

    /// The effects of the whole turn, news first: nobody is answered before the sequence has it.
    func finish() -> [Effect] { events.isEmpty ? effects : effects + [.publish(events)] }

    func newItemID() -> ItemID { entropy.itemID() }
}

extension Entropy {
    /// A fresh item id.
    mutating func itemID() -> ItemID {
        let random = bytes(16)
        return ItemID(random) ?? itemID()
    }

    /// A fresh log id.
    mutating func logID() -> LogID {
        let random = bytes(16)
        return LogID(random) ?? logID()
    }
}

extension Instant {
    /// Unix days, for what is counted a day.
    var day: Int64 { wallMs / 86_400_000 }
}
