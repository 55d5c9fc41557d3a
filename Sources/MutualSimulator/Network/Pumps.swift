import MutualCore
import MutualWire

/// Bytes on their way: every connection is a queue each way, in order, as late and as cut as the options say.
extension World {
    /// Connections live as long as one of their ends is held.
    func keep(_ connection: Connection) {
        connections[connection.number] = connection
    }

    func write(_ bytes: [UInt8], _ socket: Socket) {
        guard socket.state == .open, let connection = socket.connection, !bytes.isEmpty else { return }
        socket.writtenBytes += bytes.count
        overhear(bytes, socket, connection)
        eavesdropper?.overhear(bytes, socket, connection)
        if socket.queuedBytes < Socket.room {
            report(bytes.count, socket)
        } else {
            socket.unreported.append(bytes.count)
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = options.smallSegments ? networkChance.int(1...700) : 1_460
            let part = Array(rest.prefix(size))
            rest = rest.dropFirst(part.count)
            push(.bytes(part), socket, size: part.count)
        }
    }

    private func report(_ count: Int, _ socket: Socket) {
        if case .machine(let machine) = socket.owner, machine.life == socket.life {
            tell(machine, .bytesWritten(socket.id, count))
        }
    }

    private func push(_ segment: Socket.Segment, _ socket: Socket, size: Int) {
        socket.queuedBytes += size
        var due = nowMs + networkChance.ms(options.delayMs)
        if networkChance.happens(options.segmentLoss) { due += networkChance.ms(200...1_200) }
        if let speed = socket.bytesASecond, !isHealed {
            due = max(due, socket.lastDueMs + Int64(size * 1_000 / max(1, speed)))
        }
        socket.lastDueMs = max(socket.lastDueMs, due)
        socket.queue.append((socket.lastDueMs, segment))
        pump(socket)
    }

    func close(_ socket: Socket) {
        guard socket.state == .open else { return }
        socket.state = .closing
        push(.fin, socket, size: 0)
    }

    func reset(_ socket: Socket) {
        guard socket.state != .gone else { return }
        socket.state = .gone
        socket.queue = []
        socket.lastDueMs = nowMs
        push(.reset, socket, size: 0)
    }

    /// The machine is off: nothing more leaves it.
    func vanish(_ socket: Socket) {
        socket.state = .gone
        socket.queue = []
    }

    private func pump(_ socket: Socket) {
        guard !socket.pumpIsPlanned, let first = socket.queue.first else { return }
        socket.pumpIsPlanned = true
        plan(after: max(0, first.dueMs - nowMs)) { [weak self] in
            socket.pumpIsPlanned = false
            self?.arrive(from: socket)
        }
    }

    /// Everything that is due arrives, or is tried again later.
    private func arrive(from socket: Socket) {
        guard let connection = socket.connection else { return }
        while let first = socket.queue.first, first.dueMs <= nowMs {
            guard passes(connection, from: socket) else {
                if connection.isDead { return socket.queue = [] }
                socket.retries = min(socket.retries + 1, 12)
                let again = nowMs + min(3_000, 200 << Int64(socket.retries))
                for index in socket.queue.indices where socket.queue[index].dueMs < again {
                    socket.queue[index].dueMs = again
                }
                return pump(socket)
            }
            socket.retries = 0
            socket.queue.removeFirst()
            deliver(first.segment, from: socket, connection)
        }
        pump(socket)
    }

    private func deliver(_ segment: Socket.Segment, from socket: Socket, _ connection: Connection) {
        let there = connection.other(socket)
        switch segment {
        case .bytes(var bytes):
            socket.queuedBytes -= bytes.count
            if let cut = socket.cutAfter, socket.passed + bytes.count >= cut {
                bytes = Array(bytes.prefix(max(0, cut - socket.passed)))
                hand(bytes, there, connection)
                return breakOff(connection)
            }
            socket.passed += bytes.count
            while !socket.unreported.isEmpty, socket.queuedBytes < Socket.room, socket.state == .open {
                report(socket.unreported.removeFirst(), socket)
            }
            hand(bytes, there, connection)
        case .fin:
            guard there.state == .open else {
                if there.state == .closing { forget(connection) }
                return
            }
            inform(there, .inputEnded(there.id))
        case .reset:
            guard there.state != .gone else { return }
            there.state = .gone
            there.queue = []
            inform(there, .connectionClosed(there.id))
            if case .machine(let machine) = there.owner { machine.sockets[there.id] = nil }
            forget(connection)
        }
    }

    private func hand(_ bytes: [UInt8], _ there: Socket, _ connection: Connection) {
        guard !bytes.isEmpty else { return }
        switch there.state {
        case .open: inform(there, .bytesReceived(there.id, bytes))
        case .closing: break
        case .gone:
            // Its kernel knows nothing of this connection.
            there.queue = []
            there.lastDueMs = nowMs
            push(.reset, there, size: 0)
        }
    }

    private func inform(_ socket: Socket, _ input: Input) {
        switch socket.owner {
        case .machine(let machine): if machine.life == socket.life { tell(machine, input) }
        case .trickster(let trickster): trickster.told(input, socket)
        case .eavesdropper(let eavesdropper): eavesdropper.told(input, socket)
        }
    }

    /// A connection breaks in one of the ways in which connections break.
    func breakOff(_ connection: Connection) {
        note("connection \(connection.number) breaks")
        switch networkChance.int(0...3) {
        case 0: connection.isDead = true
        case 1:
            // One end hears of it, the other does not.
            let one = networkChance.happens(500) ? connection.dialler : connection.listener
            gone(one)
            connection.isDead = true
        default:
            gone(connection.dialler)
            gone(connection.listener)
            forget(connection)
        }
    }

    private func gone(_ socket: Socket) {
        guard socket.state != .gone else { return }
        socket.state = .gone
        socket.queue = []
        inform(socket, .connectionClosed(socket.id))
        if case .machine(let machine) = socket.owner { machine.sockets[socket.id] = nil }
    }

    func forget(_ connection: Connection) {
        if connection.dialler.queue.isEmpty, connection.listener.queue.isEmpty { connections[connection.number] = nil }
    }

    /// What a Node says in a session, in clear, for the checkers.
    private func overhear(_ bytes: [UInt8], _ socket: Socket, _ connection: Connection) {
        guard case .machine(let from) = socket.owner, case .machine(let to) = connection.other(socket).owner else {
            return
        }
        let tap = connection.tap
        for record in tap.wrote(bytes, byDialler: socket.isDialler) {
            let speech = Speech(from: from, to: to, connection: connection, byDialler: socket.isDialler)
            note("\(from.number) > \(to.number) (\(connection.number)) \(record.words)")
            check { try $0.gave(record, speech, self) }
            tap.talk[socket.isDialler ? 0 : 1].add(record)
            if case .ack(let log, let received) = record {
                let other = socket.isDialler ? 1 : 0
                if tap.talk[other].logs.last == log { tap.talk[other].acked = max(tap.talk[other].acked, received) }
            }
        }
    }
}

extension Talk {
    mutating func add(_ record: Record) {
        switch record {
        case .hello(let hello):
            hellos += 1
            firstHello = firstHello ?? hello
            lastHello = hello
            if logs.last != hello.log {
                logs.append(hello.log)
                given = []
                lastSeq = nil
                acked = 0
            }
        case .item(let item):
            lastSeq = item.seq
            given.insert(item.seq)
        case .void(let seq, _):
            lastSeq = seq
            given.insert(seq)
        case .bye: saidBye = true
        case .ack, .ping, .pong, .answer, .unknown: break
        }
    }
}

extension Record {
    /// For a story.
    var words: String {
        switch self {
        case .hello(let hello):
            "hello next \(hello.next) first \(hello.first) received \(hello.received) log \(hello.log.bytes[0]) "
                + "peer \(hello.peerLog?.bytes[0] ?? 0)"
        case .item(let item):
            "item \(item.seq) \(item.id.text.prefix(4)) kind \(item.content.kindNumber) left \(item.leftS)"
        case .void(let seq, let id): "void \(seq) \(id.text.prefix(4))"
        case .ack(_, let received): "ack \(received)"
        case .ping(let number): "ping \(number)"
        case .pong(let number): "pong \(number)"
        case .bye: "bye"
        case .answer(let yes): "answer \(yes)"
        case .unknown: "unknown"
        }
    }
}
