import MutualCore
import MutualCrypto
import MutualWire

/// What a modified peer may do. It is listed by everybody, and every handshake of it is right.
enum Trick: CaseIterable {
    case dial, hello, sayNothing, items, gap, forged, voidForeign, retractForeign, ackHigh, helloLie, newLog, sameIDs
    case wrongOrder, garbage, replayFlight, replayBeacon, pings, tinyItems, bye, leave, twoHellos, answer, oldNumbers
    case badLife, foreignAnswer
}

/// A modified peer: keys of its own, no rules.
final class Trickster {
    /// A connection of it.
    final class Link {
        let socket: Socket
        let target: Machine
        var handshake: DiallerHandshake?
        var transport: Transport?
        var input: [UInt8] = []
        var assembler = RecordAssembler()
        var log: LogID?
        var next: UInt64 = 1
        var heard: [Record] = []
        /// A flight of before was sent on it: not a byte may come back.
        var isReplay = false
        var flight: [UInt8] = []
        init(socket: Socket, target: Machine) {
            self.socket = socket
            self.target = target
        }
    }

    let number: Int
    let identity: Identity
    let card: Card
    private unowned let world: World
    private var chance: Chance
    private var links: [UInt64: Link] = [:]
    private var ids: [ItemID] = []
    private var beacons: [([UInt8], IPAddress)] = []
    private var flights: [(machine: Int, restores: Int, bytes: [UInt8])] = []
    private var nextID: UInt64 = 0
    private var isStopped = false

    init(number: Int, world: World) throws {
        self.number = number
        self.world = world
        chance = Chance(world.seed, "trickster", UInt64(number))
        identity = Identity(seed: chance.secret(32))
        card = Card(index: 2, lan: 0, host: UInt8(200 + number))
    }

    var key: PublicKey { identity.publicKey }

    // MARK: what it hears

    func heard(_ datagram: [UInt8], _ source: IPAddress) {
        beacons.append((datagram, source))
        if beacons.count > 32 { beacons.removeFirst() }
    }

    func told(_ input: Input, _ socket: Socket) {
        guard let link = links[socket.id.number] else { return }
        switch input {
        case .bytesReceived(_, let bytes):
            if link.isReplay {
                return world.fail(Failure(checker: "silence", message: "a replayed flight is answered"))
            }
            read(bytes, link)
        case .inputEnded, .connectionClosed:
            world.close(socket)
            links[socket.id.number] = nil
        default: break
        }
    }

    private func read(_ bytes: [UInt8], _ link: Link) {
        link.input += bytes
        if link.transport == nil {
            guard link.input.count >= Limits.flight2Bytes, let handshake = link.handshake else { return }
            link.transport = try? handshake.finish(flight2: Array(link.input.prefix(Limits.flight2Bytes)))
            link.handshake = nil
            // Only one that was answered is known there.
            flights.append((link.target.number, link.target.ledger.restores, link.flight))
            if flights.count > 8 { flights.removeFirst() }
            link.input.removeFirst(Limits.flight2Bytes)
        }
        while link.input.count >= Limits.cellBytes, let transport = link.transport {
            let cell = Array(link.input.prefix(Limits.cellBytes))
            link.input.removeFirst(Limits.cellBytes)
            guard let plain = try? transport.open(cell), let whole = try? link.assembler.take(plain),
                let record = try? Record.parse(whole)
            else { continue }
            link.heard.append(record)
            if case .ping(let number) = record { send([.pong(number)], link) }
        }
    }

    // MARK: what it does

    func stop() {
        isStopped = true
        for (_, link) in links.sorted(by: { $0.key < $1.key }) { world.close(link.socket) }
        links = [:]
    }

    func play(_ trick: Trick, _ salt: UInt64) {
        guard !isStopped else { return }
        chance = Chance(salt)
        world.note("trickster \(trick)")
        switch trick {
        case .dial: dial()
        case .replayBeacon:
            guard let (bytes, source) = chance.pick(beacons), let machine = chance.pick(world.machines) else { return }
            let from = Endpoint(address: chance.happens(500) ? source : card.v4, port: Limits.port, interface: 2)
            for _ in 0..<chance.int(1...30) { world.send(bytes, from, to: machine, sender: 32 + number) }
        case .replayFlight:
            guard let (place, restores, bytes) = chance.pick(flights), !world.machines[place].isClone,
                world.machines[place].ledger.restores == restores, let link = connect(to: world.machines[place])
            else { return }
            link.isReplay = true
            world.write(bytes, link.socket)
        default:
            let open = links.values.filter { $0.transport != nil }.sorted { $0.socket.id < $1.socket.id }
            if let link = chance.pick(open) { misbehave(trick, link) } else { dial(then: trick) }
        }
    }

    private func connect(to machine: Machine) -> Link? {
        guard machine.power == .running, machine.ports[.sessions] != nil,
            let there = machine.cards.first(where: { $0.lan == card.lan && $0.isUp })
        else { return nil }
        nextID += 1
        let socket = Socket(
            owner: .trickster(self), id: ConnectionID(nextID), local: card.v4, isDialler: true, life: 0)
        world.connect(socket, to: machine, .sessions, there.v4, 1, lan: card.lan, tap: nil)
        let link = Link(socket: socket, target: machine)
        links[nextID] = link
        return link
    }

    private func dial(then trick: Trick? = nil) {
        guard let machine = chance.pick(world.machines), let link = connect(to: machine),
            let pair = try? identity.pair(with: machine.key), let port = machine.ports[.sessions],
            let there = machine.cards.first(where: { $0.lan == card.lan && $0.isUp })
        else { return }
        let ephemeral = chance.secret(32)
        guard
            let publicKey = try? ephemeral.withBytes({ (k) throws(CryptoError) in try X25519.publicKey(of: k) })
        else { return }
        let epoch = machine.now(world.nowMs).epoch
        let context = MarkContext.flight(ephemeral: publicKey, destination: there.v4, port: port)
        let mark = Mark(
            tag: pair.tag(from: .me, use: .flight, epoch: epoch),
            check: pair.check(from: .me, use: .flight, epoch: epoch, context: context)
        ).bytes
        guard
            let (handshake, message) = try? SessionHandshake.dial(
                identity: identity, pair: pair, mark: mark, ephemeral: ephemeral)
        else { return }
        link.handshake = handshake
        link.flight = mark + message
        world.write(mark + message, link.socket)
        let salt = chance.next()
        if chance.happens(700) { world.plan(after: 60) { [weak self] in self?.then(.hello, link, salt) } }
        if let trick { world.plan(after: 120) { [weak self] in self?.then(trick, link, salt &+ 1) } }
    }

    private func then(_ trick: Trick, _ link: Link, _ salt: UInt64) {
        guard link.transport != nil, !isStopped else { return }
        chance = Chance(salt)
        misbehave(trick, link)
    }

    func send(_ records: [Record], _ link: Link) {
        guard let transport = link.transport else { return }
        var bytes: [UInt8] = []
        for record in records {
            for plain in Cells.cut(record: record.encode()) { bytes += transport.seal(plain) }
        }
        world.write(bytes, link.socket)
    }

    private func id() -> ItemID? { ItemID(chance.bytes(16)) }

    private func item(_ id: ItemID?, _ seq: UInt64, _ content: Content, re: ItemID? = nil, left: UInt32 = 5_000)
        -> [Record]
    {
        guard let id else { return [] }
        var item = Item(id: id, madeMs: 0, content: content)
        item.seq = seq
        item.leftS = left
        item.re = re
        return [.item(item)]
    }

    private func hello(_ link: Link, log: LogID?, peerLog: LogID?, received: UInt64) -> [Record] {
        guard let log else { return [] }
        link.log = log
        return [
            .hello(
                Hello(
                    version: 1, log: log, next: link.next, first: 1, peerLog: peerLog, received: received,
                    name: "Trick", abilities: [], addresses: []))
        ]
    }

    private func lastHello(_ link: Link) -> Hello? {
        for record in link.heard.reversed() { if case .hello(let hello) = record { return hello } }
        return nil
    }

    private func misbehave(_ trick: Trick, _ link: Link) {
        let theirs = lastHello(link)
        let next = link.next
        let note = Content.note(text: "trick", want: nil)
        switch trick {
        case .hello: send(hello(link, log: link.log ?? LogID(chance.bytes(16)), peerLog: nil, received: 0), link)
        case .newLog, .twoHellos:
            link.next = 1
            for _ in 0..<(trick == .newLog ? 1 : 6) {
                send(hello(link, log: LogID(chance.bytes(16)), peerLog: nil, received: 0), link)
            }
        case .helloLie:
            let log = chance.happens(500) ? theirs?.log : LogID(chance.bytes(16))
            send(hello(link, log: LogID(chance.bytes(16)), peerLog: log, received: chance.next() % 1_000), link)
        case .sayNothing: break
        case .items:
            for _ in 0..<5 {
                let fresh = id()
                if let fresh { ids.append(fresh) }
                send(item(fresh, link.next, note), link)
                link.next += 1
            }
        case .sameIDs:
            for old in ids.suffix(4) {
                send(item(old, link.next, note), link)
                link.next += 1
            }
        case .gap: send(item(id(), next + 7, note), link)
        case .oldNumbers:
            // Something new, the same once more, and another id under a number that is taken.
            let fresh = item(id(), next, note)
            send(fresh + fresh + item(id(), max(1, next / 2), note), link)
            link.next += 1
        case .forged:
            for content in [
                Content.heard(back: "x"), .note(text: "", want: nil), .note(text: "a\u{7}b", want: nil), .unknown,
            ] {
                send(item(id(), link.next, content), link)
                link.next += 1
            }
        case .badLife:
            send(item(id(), next, note, left: 0) + item(id(), next + 1, note, left: .max), link)
            link.next += 2
        case .voidForeign, .retractForeign, .foreignAnswer:
            guard let foreign = chance.pick(world.accepted.keys.sorted()) else { return }
            switch trick {
            case .voidForeign: send([.void(seq: next, id: foreign)], link)
            case .retractForeign: send(item(id(), next, .retract, re: foreign), link)
            default: send(item(id(), next, .heard(back: "you"), re: foreign), link)
            }
            link.next += 1
        case .ackHigh: if let log = theirs?.log { send([.ack(log: log, received: chance.next() >> 20)], link) }
        case .wrongOrder: send([.ping(1)] + item(id(), next, note), link)
        case .garbage: world.write(chance.bytes(chance.int(1...2_000)), link.socket)
        case .pings: send((0..<200).map { .ping(UInt64($0)) }, link)
        case .tinyItems:
            for _ in 0..<(chance.happens(500) ? 50 : 300) {
                send(item(id(), link.next, .here), link)
                link.next += 1
            }
        case .bye: send([.bye], link)
        case .answer: send([.answer(true)], link)
        case .leave:
            world.close(link.socket)
            links[link.socket.id.number] = nil
        case .dial, .replayFlight, .replayBeacon: break
        }
    }
}
