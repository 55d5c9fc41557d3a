import Foundation
import MutualWire

/// What strangers can do with a network card. Each runs until a moment, in the strangers' namespace, and says what it did.
enum Floods {
    /// Connections from ever new addresses: some say nothing, some a little, some end at once, the rest is held until
    /// there are a thousand. `rate`: a second; nil: as fast as they come.
    static func connections(until: Double, rate: Int?, port: UInt16 = 7747) throws -> String {
        Lab.giveWay()
        var open: [CInt] = []
        var begun = 0
        let start = Monotonic.now
        while Monotonic.now < until {
            if let rate, Double(begun) > (Monotonic.now - start) * Double(rate) {
                usleep(1_000)
                continue
            }
            // A port may be in use yet: the next address has others.
            guard let descriptor = try? Wire.begin(from: Address.routed(begun), port: port) else {
                usleep(1_000)
                continue
            }
            begun += 1
            open.append(descriptor)
            if open.count > 16 {
                let other = open[open.count - 16]
                let some = noise([0, 1, 63, 64, 200][begun % 5])
                _ = some.withUnsafeBytes { send(other, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
                if begun % 7 == 0 { shutdown(other, CInt(SHUT_WR)) }
            }
            if open.count > 1_000 { close(open.removeFirst()) }
        }
        for descriptor in open { close(descriptor) }
        return "\(begun) connections in \(Int(Monotonic.now - start)) s"
    }

    /// Datagrams as fast as they go out, from a thousand addresses: beacons of any size, nonsense, wrong versions,
    /// pairing offers and queries, the longest that there are.
    static func datagrams(until: Double) throws -> String {
        Lab.giveWay()
        let mouths = try (0..<1_000).map { try Shout(from: Address.onLink($0)) }
        var kinds: [[UInt8]] = Limits.beaconCounts.map { count in
            let marks = (0..<count).map { _ in Mark(tag: .random(in: 0 ... .max), check: .random(in: 0 ... .max)) }
            return Datagram.beacon(Beacon(port: 7747, nonce: noise(12), marks: marks)).encode()
        }
        kinds.append(kinds[0].enumerated().map { $0.offset == 2 ? 2 : $0.element })
        kinds.append(noise(20))
        kinds.append(noise(1_400))
        kinds.append(noise(60_000))
        kinds.append(Datagram.query(PairingQuery(nonce: noise(12), nameplate: 7)).encode())
        kinds.append(Datagram.offer(PairingOffer(port: 7747, nonce: noise(12), nameplate: 7)).encode())
        var sent = 0
        let start = Monotonic.now
        while Monotonic.now < until {
            for _ in 0..<50 {
                // Long ones are many packets each: few of them.
                let kind = sent % 100 == 99 ? 6 : [0, 1, 2, 2, 2, 3, 4, 5, 7, 8][sent % 10]
                mouths[(sent / 3) % mouths.count].send(kinds[kind])
                sent += 1
            }
            usleep(500)
        }
        return "\(sent) datagrams in \(Int(Monotonic.now - start)) s"
    }

    /// Two hundred at a time, each from an address of its own, who send a flight byte by byte, or a part of one and
    /// then nothing, or end their half and wait. Whoever is closed comes again.
    static func patience(until: Double) throws -> String {
        Lab.giveWay()
        struct Slow {
            var wire: Wire
            var left: [UInt8]
        }
        var slow: [Slow] = []
        var came = 0
        var closed = 0
        let start = Monotonic.now
        while Monotonic.now < until {
            while slow.count < 200, let wire = try? Wire(from: Address.routed(came)) {
                came += 1
                switch came % 4 {
                case 0: wire.send(noise(63))
                case 1: wire.send(noise(16)); wire.endOutput()
                default: break
                }
                slow.append(Slow(wire: wire, left: came % 4 > 1 ? noise(64) : []))
                if slow.count % 20 == 0 { break }
            }
            for index in slow.indices where !slow[index].left.isEmpty {
                slow[index].wire.send([slow[index].left.removeFirst()])
            }
            let staying = slow.filter { $0.wire.read(1, seconds: 0).end == .none }
            closed += slow.count - staying.count
            slow = staying
            usleep(50_000)
        }
        return "\(came) slow connections in \(Int(Monotonic.now - start)) s, \(closed) of them closed meanwhile"
    }

    /// Sixty-four who pour bytes as fast as they are taken, and come again when they are closed.
    static func pouring(until: Double) throws -> String {
        Lab.giveWay()
        var wires: [Wire] = []
        let bytes = noise(65_536)
        var came = 0
        var poured = 0
        let start = Monotonic.now
        while Monotonic.now < until {
            while wires.count < 64, let wire = try? Wire(from: Address.routed(came)) {
                came += 1
                wires.append(wire)
            }
            wires = wires.filter { wire in
                let count = bytes.withUnsafeBytes {
                    send(wire.descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
                }
                poured += max(0, count)
                return count >= 0 || errno == EAGAIN
            }
            usleep(1_000)
        }
        return "\(poured >> 20) MiB poured on \(came) connections in \(Int(Monotonic.now - start)) s"
    }

    /// Flights with somebody's tag and wrong checks.
    static func wrongFlights(of somebody: ModifiedMutual, until: Double) throws -> String {
        Lab.giveWay()
        let tag = Array(try somebody.flight1().bytes.prefix(8))
        var sent = 0
        while Monotonic.now < until {
            guard let wire = try? Wire(from: Address.routed(sent)) else { continue }
            wire.send(tag + noise(56))
            sent += 1
            usleep(1_000)
        }
        return "\(sent) flights with a known tag"
    }

    /// Beacons with somebody's tag and wrong checks, from fifty places.
    static func wrongBeacons(of somebody: ModifiedMutual, until: Double) throws -> String {
        Lab.giveWay()
        let mouths = try (0..<50).map { try Shout(from: Address.onLink($0)) }
        var sent = 0
        while Monotonic.now < until {
            for (number, mouth) in mouths.enumerated() {
                // Marked for another address than it is sent from.
                mouth.send(try somebody.beacon(from: Address.onLink(number + 1_000), port: 7747))
                sent += 1
            }
            usleep(20_000)
        }
        return "\(sent) beacons with a known tag"
    }
}
