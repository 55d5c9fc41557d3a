import MutualCore
import MutualWire

/// Somebody on the network who has no keys: writes down first flights that were answered, of honest people and of modified
/// peers, and sends them again to the same address while their tags are valid. Not one byte may come back `[session-9]`.
final class Eavesdropper {
    /// A flight that was answered, and where.
    private struct Flight {
        let machine: Machine
        let restores: Int
        let atMs: Int64
        let bytes: [UInt8]
        let address: IPAddress
        let lan: Int
    }

    /// A place in every LAN.
    static let cards = (0..<3).map { Card(index: 2, lan: $0, host: 250) }
    /// How long an ephemeral is remembered at least `[session-9]`.
    private static let keptMs = Int64(Limits.ephemeralMinutes) * 60_000

    private unowned let world: World
    private var begun: [UInt64: [UInt8]] = [:]
    private var flights: [Flight] = []
    private var sockets: UInt64 = 0

    init(_ world: World) { self.world = world }

    func overhear(_ bytes: [UInt8], _ socket: Socket, _ connection: Connection) {
        guard !connection.isPairing else { return }
        if socket.isDialler {
            if case .eavesdropper = socket.owner { return }
            let before = begun[connection.number] ?? []
            if before.count < Limits.flight1Bytes {
                begun[connection.number] = Array((before + bytes).prefix(Limits.flight1Bytes))
            }
        } else if let flight = begun.removeValue(forKey: connection.number), flight.count == Limits.flight1Bytes,
            case .machine(let machine) = socket.owner
        {
            flights.append(
                Flight(
                    machine: machine, restores: machine.ledger.restores, atMs: world.nowMs, bytes: flight,
                    address: socket.local, lan: connection.lan))
            if flights.count > 64 { flights.removeFirst() }
        }
    }

    /// Sends some of them again. A store that was put back, or copied, knows only what it knew then.
    func replay(_ chance: inout Chance) {
        let fit = flights.filter { flight in
            let machine = flight.machine
            return world.nowMs - flight.atMs < Self.keptMs && machine.power == .running
                && machine.ports[.sessions] != nil && !machine.isClone
                && machine.ledger.restores == flight.restores
                && machine.cards.contains { $0.isUp && $0.lan == flight.lan && $0.holds(flight.address) }
        }
        for flight in fit.suffix(chance.int(1...4)) { send(flight) }
        if let flight = chance.pick(fit) { send(flight) }
    }

    private func send(_ flight: Flight) {
        guard Self.cards.indices.contains(flight.lan) else { return }
        let card = Self.cards[flight.lan]
        sockets += 1
        let local = flight.address.family == .v4 ? card.v4 : card.v6
        let socket = Socket(
            owner: .eavesdropper(self), id: ConnectionID(sockets), local: local, isDialler: true, life: 0)
        world.note("a flight of before goes to \(flight.machine.number)")
        world.connect(socket, to: flight.machine, .sessions, flight.address, 1, lan: flight.lan, tap: nil)
        world.write(flight.bytes, socket)
    }

    func told(_ input: Input, _ socket: Socket) {
        switch input {
        case .bytesReceived: world.fail(Failure(checker: "silence", message: "a flight of before is answered"))
        case .inputEnded, .connectionClosed: world.close(socket)
        default: break
        }
    }
}
