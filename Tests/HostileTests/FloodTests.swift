import Foundation
import MutualWire
import Testing

extension HostileMassTests {
    /// What strangers can send costs a daemon little, and its people nothing `[session-8]`, `[discovery-15]`.
    struct FloodTests {
        /// In a short run all of it at once.
        @Test(.enabled(if: !Needs.isLong, "the long run has each by itself"))
        func everyFloodAtOnce() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                try Watch.over("all floods", victim: victim, honest: honest, seconds: 6) { until in
                    let work = [
                        lab.begin { try Floods.connections(until: until, rate: 400) },
                        lab.begin { try Floods.datagrams(until: until) },
                        lab.begin { try Floods.patience(until: until) },
                        lab.begin { try Floods.pouring(until: until) },
                    ]
                    return try work.map { try $0.value() }.joined(separator: ", ")
                }
            }
        }

        enum Flood: CaseIterable {
            case tenThousandAMinute
            case asFastAsTheyCome
            case datagrams
            case patience
            case pouring
        }

        @Test(.enabled(if: Needs.isLong, "the short run has all at once"), arguments: Flood.allCases)
        func eachFlood(_ flood: Flood) async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let seconds = Needs.attackS ?? 60
                try Watch.over("\(flood)", victim: victim, honest: honest, seconds: seconds) { until in
                    try lab.inside {
                        switch flood {
                        case .tenThousandAMinute: try Floods.connections(until: until, rate: 170)
                        case .asFastAsTheyCome: try Floods.connections(until: until, rate: nil)
                        case .datagrams: try Floods.datagrams(until: until)
                        case .patience: try Floods.patience(until: until)
                        case .pouring: try Floods.pouring(until: until)
                        }
                    }
                }
            }
        }

        /// The port that exists while somebody offers a code: noise spends nothing of it, and it closes with the code.
        @Test func thePairingPortInAFlood() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let ear = lab.begin { () -> UInt16? in
                    let ear = try Shout()
                    let end = Monotonic.now + 10
                    while Monotonic.now < end {
                        guard let heard = ear.hear(seconds: 0.2) else { continue }
                        if case .offer(let offer)? = try? Datagram.parse(heard.bytes) { return offer.port }
                    }
                    return nil
                }
                usleep(200_000)
                try victim.control.call("pair.open")
                let port = try #require(try ear.value())
                let seconds = Needs.attackS ?? 3
                try Watch.over("the pairing port", victim: victim, honest: honest, seconds: seconds) { until in
                    try lab.inside { try Floods.connections(until: until, rate: 400, port: port) }
                }
                #expect(try lab.inside { (try? Wire(port: port)) != nil }, "noise closed the window")
                try victim.control.call("pair.cancel")
                try eventually("the port is gone") { try lab.inside { (try? Wire(port: port)) == nil } }
            }
        }

        /// Somebody whose machine was off comes back while strangers flood the port, and is let in.
        @Test func aMutualComesBackDuringAFlood() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                honest.end(SIGKILL)
                let until = Monotonic.now + 6
                let flood = lab.begin { try Floods.connections(until: until, rate: 400) }
                usleep(1_000_000)
                try honest.startAgain()
                try honest.control.call("item.give", ["to": ["Alder"], "kind": "note", "text": "I am back"])
                let began = Monotonic.now
                try eventually("the note is there", seconds: 5) {
                    try victim.texts(with: "Birch").contains("I am back")
                }
                print("back in \(Int((Monotonic.now - began) * 1000)) ms, while a flood went on")
                _ = try flood.value()
            }
        }
    }
}
