import Foundation
import Testing

extension NamespaceTests {
    /// What others on the network see of somebody's boundaries, packet by packet.
    @Suite(.enabled(if: Needs.has("tcpdump") && Needs.has("bash"), "skipped: there is no tcpdump or no bash"))
    struct BoundaryPacketTests {
        /// Paused, a machine sends just what one sends on which no daemon runs.
        @Test func pausedLooksLikeOff() async throws {
            try await Lab.with { lab in
                let recording = try await Recording.begin(lab)
                let alder = try await lab.addHost("a", .v4).person("Alder")
                let birch = try await lab.addHost("b", .v4).person("Birch")
                let stranger = try await lab.addHost("c", .v4)
                try await Person.list(alder, birch)
                // Both are asked the same while it is off, and while it is paused.
                try await alder.stop()
                let off = try await answers(of: "10.77.0.1", to: stranger, recording)
                try await alder.start()
                _ = try await alder.note("Birch", "there")
                try await eventually("the note is there") { try await birch.received() == ["there"] }
                #expect(try await alder.mutual("pause").code == 0)
                let paused = try await answers(of: "10.77.0.1", to: stranger, recording)
                #expect(off == paused, "off: \(off.sorted()), paused: \(paused.sorted())")
                #expect(off.contains { $0.hasPrefix("tcp rst") } && off.contains { $0.hasPrefix("icmp 3 3") })
                #expect(try await alder.mutual("unpause").code == 0)
                let there = try await answers(of: "10.77.0.1", to: stranger, recording, isThere: true)
                // The comparison sees a machine that is there.
                #expect(there != off)
                _ = try await recording.end()
            }
        }

        /// What a machine sends while somebody knocks at its ports, each kind of packet once.
        private func answers(
            of address: String, to stranger: Host, _ recording: Recording, isThere: Bool = false
        ) async throws -> Set<String> {
            try await settled(address, recording)
            let before = try recording.soFar().file.count
            for _ in 0..<3 {
                // A connection and a datagram to the port, as somebody would who wants to know.
                let connects = try await stranger.begin([
                    "bash", "-c", "exec 3<>/dev/tcp/\(address)/7747 2>/dev/null && echo open",
                ]).outcome().output
                #expect(connects == (isThere ? "open\n" : ""))
                try await stranger.shell("head -c 148 /dev/urandom > /dev/udp/\(address)/7747 || true", by: "bash")
            }
            try await settled(address, recording)
            return Set(Self.kinds(from: address, in: Array(try recording.soFar().file.dropFirst(before))))
        }

        /// Waits until a machine has said nothing for a while: what it was doing before is over, the kernel's farewells to
        /// groups, which it repeats within a second, among it.
        private func settled(_ address: String, _ recording: Recording) async throws {
            var last = -1
            var since = ContinuousClock.now
            try await eventually("\(address) is still") {
                let count = Self.kinds(from: address, in: Array(try recording.soFar().file.dropFirst(24))).count
                if count != last { (last, since) = (count, ContinuousClock.now) }
                return ContinuousClock.now - since > .milliseconds(1_500)
            }
        }

        /// The kinds of packets that an IPv4 address sent, without those that belong to no program (ARP).
        private static func kinds(from address: String, in records: [UInt8]) -> [String] {
            let source = address.split(separator: ".").compactMap { UInt8($0) }
            var kinds: [String] = []
            var at = 0
            while at + 16 <= records.count {
                let length = (0..<4).reduce(0) { $0 | Int(records[at + 8 + $1]) << (8 * $1) }
                guard at + 16 + length <= records.count else { break }
                let frame = Array(records[(at + 16)..<(at + 16 + length)])
                at += 16 + length
                guard frame.count >= 34, frame[12] == 0x08, frame[13] == 0x00, Array(frame[26..<30]) == source else {
                    continue
                }
                let body = Array(frame.dropFirst(14 + Int(frame[14] & 0x0F) * 4))
                switch frame[23] {
                case 6 where body.count >= 14:
                    let flags = body[13]
                    kinds.append("tcp \(flags & 0x04 != 0 ? "rst" : "other") \(flags)")
                case 17 where body.count >= 4: kinds.append("udp to \(Int(body[2]) << 8 | Int(body[3]))")
                case 1 where body.count >= 2: kinds.append("icmp \(body[0]) \(body[1])")
                default: kinds.append("ip \(frame[23])")
                }
            }
            return kinds
        }

        /// Quiet changes not one byte: each note and its receipt are as long as before, in both directions.
        @Test func quietLooksLikeNothing() async throws {
            try await Lab.with { lab in
                let recording = try await Recording.begin(lab)
                let alder = try await lab.addHost("a", .v4).person("Alder")
                let birch = try await lab.addHost("b", .v4).person("Birch")
                try await Person.list(alder, birch)
                var sizes: [[Int]] = []
                for (index, quiet) in [["off"], ["all"], ["--daily", "00:00-23:59"], ["alder"], ["off"]].enumerated() {
                    let outcome = try await birch.host.begin(
                        [
                            "\(Needs.programs ?? "")/mutual", "quiet", "--home", birch.home,
                        ] + quiet
                    ).outcome()
                    #expect(outcome.code == 0, "\(outcome.errors)")
                    let before = try await stillness(recording)
                    _ = try await alder.mutual("note", "Birch", "number \(index)", "--wait", "20s")
                    let after = try await stillness(recording, above: before)
                    sizes.append(zip(after, before).map { $0 - $1 })
                }
                #expect(try await birch.received().count == 5)
                #expect(Set(sizes).count == 1 && sizes[0].allSatisfy { $0 > 0 && $0 % 512 == 0 }, "\(sizes)")
                _ = try await recording.end()
            }
        }

        /// How much went each way, once nothing more follows.
        private func stillness(_ recording: Recording, above: [Int] = []) async throws -> [Int] {
            var last: [Int] = []
            var since = ContinuousClock.now
            try await eventually("nothing more follows") {
                let streams = try recording.soFar().streams
                let now = [UInt8(1), 2].map { host in
                    streams.filter { $0.flow.from.last == host }.map(\.bytes.count).reduce(0, +)
                }
                if now != last { (last, since) = (now, ContinuousClock.now) }
                return now != above && ContinuousClock.now - since > .milliseconds(500)
            }
            return last
        }
    }
}

extension Host {
    /// Runs a line of this shell inside; it has to succeed.
    fileprivate func shell(_ line: String, by program: String) async throws {
        let outcome = try await begin([program, "-c", line]).outcome()
        try #require(outcome.code == 0, "\(outcome.errors)")
    }
}
