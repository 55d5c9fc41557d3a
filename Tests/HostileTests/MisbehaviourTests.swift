import Foundation
import MutualCrypto
import MutualWire
import Testing

extension HostileBytesTests {
    /// A listed person whose program was changed: sessions end where the rules say so, nothing is shown that must not
    /// be, and whoever else writes to the victim notices nothing.
    struct MisbehaviourTests {
        /// What ends a session without a word, each by its rule.
        static func violations(_ line: Line, _ hello: Hello, log: LogID) -> [(String, () -> Void)] {
            func item(_ seq: UInt64) -> Record { .item(.note("never", seq: seq)) }
            func header(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
            return [
                ("[session-25] a cell of random bytes", { line.wire.send(noise(512)) }),
                ("[session-25] a length of 495", { line.send(plaintext: header(495) + noise(494)) }),
                ("[session-25] more, and short", { line.send(plaintext: header(0x8000 | 10) + noise(10)) }),
                ("[session-25] a length of 0", { line.send(plaintext: header(0)) }),
                ("[session-25] padding that is not zero", { line.send(plaintext: header(1) + [0x0A, 1]) }),
                (
                    "[session-24] a record without an end",
                    { for _ in 0..<134 { line.send(plaintext: header(0x8000 | 494) + noise(494)) } }
                ),
                ("[records-3] no protobuf", { line.wire.send(line.cells([0xFF] + noise(200))) }),
                ("[records-3] an Answer", { line.send(.answer(true)) }),
                ("[log-2] a gap", { line.send(item(2)) }),
                ("[log-2] the highest number", { line.send(item(.max)) }),
                ("[records-4] number 0", { line.send(item(0)) }),
                ("[log-6] an Ack that is too high", { line.send(.ack(log: hello.log, received: hello.next)) }),
                ("[log-6] the highest Ack", { line.send(.ack(log: hello.log, received: .max)) }),
                ("[records-5] version 0", { line.send(.hello(.plain(version: 0))) }),
                ("[records-5] next 0", { line.send(.hello(.plain(next: 0))) }),
                ("[records-5] first over next", { line.send(.hello(.plain(next: 3, first: 5))) }),
                ("[records-5] received without a log", { line.send(.hello(.plain(received: 1))) }),
                (
                    "[records-6] a name of 65 bytes",
                    { line.send(.hello(.plain(name: String(repeating: "x", count: 65)))) }
                ),
                ("[records-6] a name that draws", { line.send(.hello(.plain(name: "a\u{1B}[2J"))) }),
                (
                    "[records-6] a Hello of 5,000 bytes",
                    { line.send(.hello(.plain(name: String(repeating: "x", count: 5_000)))) }
                ),
            ]
        }

        @Test func whatBreaksARuleEndsTheSessionAndSaysNothing() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let count = 20
                let mallories = try (0..<count).map { try ModifiedMutual(listedBy: victim, as: "Mallory\($0)") }
                try Watch.over("broken rules", victim: victim, honest: honest, seconds: 2) { _ in
                    let ends = try lab.inside { () -> [String] in
                        var wrong: [String] = []
                        for number in 0..<count {
                            let log = freshLog()
                            let (line, hello) = try mallories[number].meet(log: log, next: 1)
                            let violations = Self.violations(line, hello, log: log)
                            guard violations.count == count else { throw Trouble("\(violations.count) violations") }
                            violations[number].1()
                            let said = line.read(seconds: 2)
                            // An unread rest may turn the FIN into a reset.
                            if line.end == .none { wrong.append("\(violations[number].0): not closed") }
                            if !said.isEmpty { wrong.append("\(violations[number].0): answered with \(said)") }
                        }
                        return wrong
                    }
                    #expect(ends.isEmpty, "\(ends)")
                    return "\(count) broken rules"
                }
                for number in 0..<count {
                    #expect(try victim.texts(with: "Mallory\(number)").isEmpty)
                }
            }
        }

        @Test func aFirstRecordThatIsNoHelloEndsTheSession() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let records: [Record] = [
                    .item(.note("never", seq: 1)), .ping(1), .bye, .ack(log: freshLog(), received: 1), .answer(true),
                    .void(seq: 1, id: freshID()),
                ]
                let ends = try lab.inside {
                    try records.map { record in
                        let line = try mallory.dial()
                        line.send(record)
                        return line.ends(within: 2)
                    }
                }
                #expect(ends.allSatisfy { $0 != .none }, "\(ends)")
                // Nothing at all: three seconds `[session-17]`.
                let (took, end) = try lab.inside {
                    let line = try mallory.dial()
                    let began = Monotonic.now
                    let end = line.ends(within: 6)
                    return (Monotonic.now - began, end)
                }
                #expect(end == .fin && (2.5...4.5).contains(took), "\(end) after \(took) s")
                #expect(try victim.inbox().isEmpty)
                #expect(victim.lives)
            }
        }

        /// Numbers at the end of what 64 bits hold, in every field, and times at the end of time.
        @Test func theHighestNumbersTrapNothing() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                try lab.inside {
                    let log = freshLog()
                    let line = try mallory.dial()
                    line.send(.hello(.plain(log: log, next: .max, first: .max)))
                    line.send(.item(.note("the last number", seq: .max)))
                    line.send(.item(.note("the last number again", seq: .max)))
                    line.send(.item(.note("after the end", seq: 1)))
                    line.send(.ping(.max))
                    line.send(.void(seq: .max, id: freshID()))
                    _ = line.read(seconds: 1)
                    let again = try mallory.dial()
                    again.send(.hello(.plain(log: log, next: .max, first: .max)))
                    again.send(.item(.note("once more", seq: .max)))
                    _ = again.read(seconds: 1)
                    for (peerLog, received) in [(freshLog(), UInt64.max), (freshLog(), UInt64(Int64.max))] {
                        let line = try mallory.dial()
                        line.send(
                            .hello(.plain(log: freshLog(), next: .max, first: 1, peerLog: peerLog, received: received)))
                        _ = line.read(seconds: 0.5)
                    }
                    let (times, _) = try mallory.meet()
                    let moments: [Int64] = [.min, .max, 0, -1]
                    for (number, moment) in moments.enumerated() {
                        var item = Item(
                            id: freshID(), madeMs: moment, content: .note(text: "when \(moment)", want: nil))
                        item.seq = UInt64(number + 1)
                        item.leftS = number % 2 == 0 ? UInt32(Limits.lifeMaxS) : 60
                        times.send(.item(item))
                    }
                    for (number, life) in [UInt32.max, 0, UInt32(Limits.lifeMaxS) + 1].enumerated() {
                        times.send(.item(.note("a life of \(life)", seq: UInt64(number + 5), leftS: life)))
                    }
                    _ = times.read(seconds: 1)
                }
                #expect(victim.lives, "\(victim.log.suffix(2_000))")
                let texts = try victim.texts(with: "Mallory")
                #expect(texts.filter { $0.hasPrefix("when ") }.count == 4, "\(texts)")
                #expect(texts.filter { $0.hasPrefix("a life of ") } == [], "\(texts)")
                #expect(Set(texts).count == texts.count, "\(texts)")
                // What is stored can be read after a restart.
                victim.end(SIGKILL)
                try victim.startAgain()
                #expect(try victim.texts(with: "Mallory").count == texts.count)
            }
        }

        /// Ids of others, ids of one's own again, answers to and retracts of what is between other people.
        @Test func collidingIdsShowAndEraseNothingOfOthers() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let given = try honest.control.call(
                    "item.give", ["to": ["Alder"], "kind": "note", "text": "from Birch"])
                let items = given["items"] as? [[String: Any]] ?? []
                let id = try #require(ItemID(text: items.first?["id"] as? String ?? ""))
                try eventually("Birch's note is there") { try victim.texts(with: "Birch") == ["from Birch"] }
                let received = try lab.inside { () -> UInt64 in
                    let (line, _) = try mallory.meet()
                    var retract = Item(id: freshID(), madeMs: 0, content: .retract)
                    (retract.seq, retract.leftS, retract.re) = (1, 3_600, id)
                    line.send(.item(retract))
                    line.send(.void(seq: 2, id: id))
                    // The same id, from somebody else: another item.
                    line.send(.item(.note("from Mallory", seq: 3, id: id)))
                    line.send(.item(.note("from Mallory again", seq: 4, id: id)))
                    var heard = Item(id: freshID(), madeMs: 0, content: .heard(back: "what Birch said"))
                    (heard.seq, heard.leftS, heard.re) = (5, 3_600, id)
                    line.send(.item(heard))
                    var highest: UInt64 = 0
                    _ = line.read(seconds: 3) {
                        if case .ack(_, let received) = $0 { highest = max(highest, received) }
                        return highest == 5
                    }
                    return highest
                }
                #expect(received == 5)
                #expect(try victim.texts(with: "Birch") == ["from Birch"])
                let shown = try victim.texts(with: "Mallory")
                #expect(shown.filter { $0.hasPrefix("from Mallory") } == ["from Mallory"])
                #expect(victim.lives)
            }
        }

        @Test func byesWithoutEndAreOne() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let events = try Control(victim.socketPath)
                try events.call("events.subscribe", ["kinds": ["person.parted", "item.arrived"]])
                try lab.inside {
                    let (line, _) = try mallory.meet()
                    var bytes = line.cells(Record.item(.note("before", seq: 1)).encode())
                    for _ in 0..<1_000 { bytes += line.cells(Record.bye.encode()) }
                    bytes += line.cells(Record.item(.note("after the Bye", seq: 2)).encode())
                    line.wire.send(bytes)
                    guard line.ends(within: 3) != .none else { throw Trouble("a Bye did not end the session") }
                    // From now on a stranger.
                    let wire = try Wire()
                    wire.send(try mallory.flight1().bytes)
                    guard wire.read(seconds: 1).bytes.isEmpty else { throw Trouble("somebody unlisted was answered") }
                }
                var kinds: [String] = []
                while let event = try events.message(seconds: 0.5)?["params"] as? [String: Any] {
                    kinds.append(event["kind"] as? String ?? "")
                }
                #expect(kinds == ["item.arrived", "person.parted"])
                #expect(try !victim.people().contains { $0["name"] as? String == "Mallory" })
                #expect(try !victim.inbox().contains { $0["text"] as? String == "after the Bye" })
                #expect(try honest.isMutual(with: "Alder") && victim.isMutual(with: "Birch"))
            }
        }

        /// "You were put back": four times a day it is believed, and the log of others stays as it is `[log-5]`.
        @Test func forgedPositionsAskForFourNewLogsADay() async throws {
            try await Lab.with { lab in
                let (victim, honest) = try lab.people()
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let outcomes = try lab.inside { () -> [Int] in
                    let outcomes = try (0..<5).map { _ in
                        let line = try mallory.dial()
                        line.send(.hello(.plain(peerLog: freshLog(), received: 7)))
                        // Two Hellos: the first, and the one that names the new log.
                        let hellos = line.read(seconds: 0.5).filter { if case .hello = $0 { true } else { false } }
                        return line.end == .none ? hellos.count : -1
                    }
                    // From then on nobody answers for a while.
                    let wire = try Wire()
                    wire.send(try mallory.flight1().bytes)
                    guard wire.read(seconds: 1).bytes.isEmpty else { throw Trouble("it was answered at once") }
                    return outcomes
                }
                #expect(outcomes == [2, 2, 2, 2, -1])
                try honest.control.call("item.give", ["to": ["Alder"], "kind": "note", "text": "still here"])
                try eventually("Birch's note is there") { try victim.texts(with: "Birch") == ["still here"] }
                #expect(victim.lives)
            }
        }

        /// A clock that is a year off: its marks are nobody's, and what it says of time is shown and nothing more.
        @Test func aClockThatIsAYearOffIsNotHeard() async throws {
            try await Lab.with { lab in
                let victim = try Daemon(lab, "v", name: "Alder")
                let mallory = try ModifiedMutual(listedBy: victim, as: "Mallory")
                let year: Int64 = 365 * 86_400
                let came = try lab.inside { () -> [Int] in
                    try [year, -year, 2 * 3_600, -2 * 3_600, 0].map { off in
                        let wire = try Wire()
                        wire.send(try mallory.flight1(clockOffS: off).bytes)
                        return wire.read(Limits.flight2Bytes, seconds: 0.5).bytes.count
                    }
                }
                #expect(came == [0, 0, 0, 0, Limits.flight2Bytes])
            }
        }
    }
}
