import MutualCore
import MutualWire

/// One TCP connection between two machines, or between a trickster and a machine.
final class Connection {
    let number: UInt64
    let dialler: Socket
    let listener: Socket
    let isPairing: Bool
    let lan: Int
    /// Nothing passes any more in either direction, and nobody knows.
    var isDead = false
    let tap: Tap

    init(number: UInt64, dialler: Socket, listener: Socket, isPairing: Bool, lan: Int, tap: Tap) {
        self.number = number
        self.dialler = dialler
        self.listener = listener
        self.isPairing = isPairing
        self.lan = lan
        self.tap = tap
        dialler.connection = self
        listener.connection = self
    }

    func other(_ socket: Socket) -> Socket { socket === dialler ? listener : dialler }
}

/// Who a socket belongs to.
enum Owner {
    case machine(Machine)
    case trickster(Trickster)
    case eavesdropper(Eavesdropper)
}

/// One end of a connection with what its kernel sends from it.
final class Socket {
    enum State {
        case open
        /// Our side closed it: what still comes is read away.
        case closing
        case gone
    }

    /// What is on its way from this end.
    enum Segment {
        case bytes([UInt8])
        case fin
        case reset
    }

    let owner: Owner
    let id: ConnectionID
    let local: IPAddress
    let isDialler: Bool
    /// The machine's life that opened it.
    let life: Int
    weak var connection: Connection?
    var state = State.open
    var queue: [(dueMs: Int64, segment: Segment)] = []
    var lastDueMs: Int64 = 0
    var pumpIsPlanned = false
    var retries = 0
    /// Bytes in the queue, and counts that are reported once there is room.
    var queuedBytes = 0
    var unreported: [Int] = []
    /// Bytes that went through so far, and after how many the connection is cut.
    var passed = 0
    var cutAfter: Int?
    var bytesASecond: Int?
    /// Everything that this end wrote, in numbers.
    var writtenBytes = 0

    init(owner: Owner, id: ConnectionID, local: IPAddress, isDialler: Bool, life: Int) {
        self.owner = owner
        self.id = id
        self.local = local
        self.isDialler = isDialler
        self.life = life
    }

    /// How much a kernel takes before it lets its writer wait.
    static let room = 65_536
}
