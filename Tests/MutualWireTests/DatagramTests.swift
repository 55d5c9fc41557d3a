import MutualCrypto
import Testing

@testable import MutualWire

/// Beacons, offers, queries and what marks are computed over (Protocol/discovery.md, Protocol/marks.md).
@Suite struct DatagramTests {
    private func identity(_ seed: [UInt8]) -> Identity {
        Identity(seed: seed.withUnsafeBytes { SecretBytes(copying: $0) })
    }

    @Test func wholeBeaconsByteForByte() throws {
        let all = try Vectors.load()
        let beacons = try all["beacons"]
        let sender = identity(try all["people"][try beacons["sender"].text]["seed"].hex)
        let crowd = try beacons["crowd"].list.map { try sender.pair(with: #require(PublicKey($0["public"].hex))) }
        let cases = try beacons["cases"].list
        #expect(cases.count == 8)
        for one in cases {
            let name = try one.name
            let people = try one["people"].number
            let checks = try one["padding_checks"].list.map { try $0.large }
            let source = try #require(IPAddress(text: one["address"].text))
            let port = UInt16(try one["port"].number)
            let epoch = try one["epoch"].large
            let datagrams = try one["datagrams"].list
            #expect(try Beacon.sizes(people: people) == (datagrams.map { try $0["order"].list.count }))
            for datagram in datagrams {
                let nonce = try datagram["nonce"].hex
                let context = MarkContext.beacon(nonce: nonce, source: source, port: port)
                let marks = try datagram["order"].list.map { place -> Mark in
                    let place = try place.number
                    guard place >= 0 else {
                        let tag = sender.paddingTag(epoch: epoch, index: UInt16(-1 - place))
                        return Mark(tag: tag, check: checks[-1 - place])
                    }
                    return Mark(
                        tag: crowd[place].tag(from: .me, use: .beacon, epoch: epoch),
                        check: crowd[place].check(from: .me, use: .beacon, epoch: epoch, context: context))
                }
                let beacon = Datagram.beacon(Beacon(port: port, nonce: nonce, marks: marks))
                let bytes = try datagram["datagram"].hex
                #expect(beacon.encode() == bytes, "\(name)")
                #expect(try Datagram.parse(bytes) == beacon)
            }
        }
    }

    @Test func offersAndQueries() throws {
        let cases = try Vectors.load()["beacons"]["pairing"].list
        #expect(cases.count == 2)
        for one in cases {
            let (port, nonce) = (UInt16(try one["port"].number), try one["nonce"].hex)
            let nameplate = UInt8(try one["nameplate"].number)
            let datagram: Datagram =
                try one.name == "offer"
                ? .offer(PairingOffer(port: port, nonce: nonce, nameplate: nameplate))
                : .query(PairingQuery(nonce: nonce, nameplate: nameplate))
            #expect(try datagram.encode() == (one["datagram"].hex))
            #expect(try Datagram.parse(one["datagram"].hex) == datagram)
        }
    }

    @Test func refusedDatagrams() throws {
        let cases = try Vectors.load()["beacons"]["refused"].list
        #expect(cases.count == 22)
        for one in cases {
            let name = try one.name
            let bytes = try one["datagram"].hex
            let outcome = Vectors.outcome { () throws(WireError) in _ = try Datagram.parse(bytes) }
            #expect(try outcome == (one.expect), "\(name)")
        }
    }

    @Test func contextsOfMarks() throws {
        let cases = try Vectors.load()["marks"]["cases"].list
        #expect(cases.count == 13)
        for one in cases {
            let name = try one.name
            let first = try one["first"].hex
            // The scope of a link-local address does not count.
            let unscoped = try one["address"].text.split(separator: "%")[0]
            let address = try #require(IPAddress(text: String(unscoped)))
            let port = UInt16(try one["port"].number)
            let context =
                try one["use"].number == 1
                ? MarkContext.beacon(nonce: first, source: address, port: port)
                : MarkContext.flight(ephemeral: first, destination: address, port: port)
            #expect(try context == (one["context"].hex), "\(name)")
            let mark = Mark(tag: try UInt64(one["tag"].text, radix: 16) ?? 0, check: try one["check"].large)
            #expect(try mark.bytes == (one["tag"].hex + one["check"].hex))
            #expect(Mark(mark.bytes) == mark)
        }
        #expect(Mark([UInt8](repeating: 0, count: 15)) == nil)
    }

    @Test func sizesOfBeacons() {
        let wanted: [(Int, [Int])] = [
            (0, [8]), (8, [8]), (9, [24]), (24, [24]), (25, [72]), (72, [72]), (73, [72, 72]), (144, [72, 72]),
            (145, [72, 72, 72]),
        ]
        for (people, sizes) in wanted { #expect(Beacon.sizes(people: people) == sizes) }
    }
}
