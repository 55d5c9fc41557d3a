import Foundation
import Testing

/// Two real daemons that are killed again and again while both write: everything that was accepted is there at the
/// other once, and in the order in which it was accepted.
@Suite(.serialized, .enabled(if: Spawned.programs != nil, "skipped: mutuald is not built")) struct KillTests {
    /// Most items each way between two homes: a day takes no more than 1,000 `[log-12]`.
    private static let mostItems = 900

    @Test(.timeLimit(.minutes(60))) func everythingAcceptedArrivesOnceOverKilledDaemons() throws {
        let network = try Network()
        defer { network.clear() }
        var random = Seed(Volume.seed)
        var done = KillCounts()
        let began = Date()
        while done.kills < Volume.rounds {
            done.homes += 1
            let play = try KillPlay(network, number: done.homes, seed: random.next())
            defer { play.clear() }
            do {
                try play.begin()
                while done.kills < Volume.rounds, play.mostGiven + KillPlay.mostABurst <= Self.mostItems {
                    try play.round(&done)
                }
                try play.heal()
                done.items += try play.check()
            } catch {
                Issue.record("seed \(Volume.seed), homes \(done.homes), after \(done.kills) kills: \(error)")
                play.keepLogs()
                break
            }
        }
        let seconds = Int(Date().timeIntervalSince(began))
        print("kills: \(done) in \(seconds) s; \(network.isReal ? "namespaces" : "loopback"), \(network.trouble)")
        #expect(done.kills >= Volume.rounds)
    }
}

/// What was done.
struct KillCounts: CustomStringConvertible {
    var kills = 0
    var stops = 0
    var cuts = 0
    var losses = 0
    var homes = 0
    var items = 0
    var copies = 0
    var description: String {
        "\(kills) kills, \(stops) stops, \(cuts) links down, \(losses) lossy rounds, \(copies) copies checked, "
            + "\(homes) pairs of homes, \(items) items"
    }
}

/// One pair of homes.
final class KillPlay {
    static let mostABurst = 8

    private let network: Network
    private let devices: [Device]
    private let folder: String
    private var random: Seed
    /// Texts that were accepted, by the side that wrote them, in order; those that wait for an answer follow.
    private var accepted: [[String]] = [[], []]
    private var asked: [[String]] = [[], []]
    private var given = [0, 0]

    var mostGiven: Int { given.max() ?? 0 }

    init(_ network: Network, number: Int, seed: UInt64) throws {
        self.network = network
        random = Seed(seed)
        let folder = "/tmp/mck-\(getpid())-\(number)"
        self.folder = folder
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        var settings = ["MUTUAL_LOG_LEVEL": "debug"]
        if !network.isReal { settings["MUTUAL_INTERFACES"] = "lo,lo0" }
        devices = try ["Alder", "Birch"].enumerated().map { index, name in
            try Device(
                name: name, home: "\(folder)/\(name.lowercased())", prefix: network.prefix(index), settings: settings)
        }
    }

    func begin() throws {
        for device in devices { try device.start() }
        try Device.introduce(devices[0], devices[1])
    }

    // MARK: writing

    /// Writes some items to both daemons without waiting for an answer.
    private func writeBursts() {
        for side in 0...1 {
            let other = devices[1 - side].name
            for _ in 0..<(1 + random.below(Self.mostABurst)) {
                given[side] += 1
                let size = random.chance(percent: 10) ? 2_000 : random.below(40)
                let text = "\(given[side]) " + String(repeating: "x", count: size)
                asked[side].append(text)
                send(side, other, text)
            }
        }
    }

    /// The key is the item's own: however often it is asked for, it is one item.
    private func send(_ side: Int, _ other: String, _ text: String) {
        let number = text.prefix { $0 != " " }
        devices[side].line?.send(
            "item.give",
            "{\"to\":[\"\(other)\"],\"kind\":\"note\",\"text\":\"\(text)\",\"key\":\"\(side)-\(number)\"}",
            id: Int(number) ?? 0)
    }

    /// Reads the answers that there are, until all have come or the daemon is gone.
    private func readAnswers(_ side: Int) throws {
        while let text = asked[side].first, let line = devices[side].line {
            do {
                let answer = try line.document()
                let number = text.split(separator: " ").first.flatMap { Int64($0) }
                guard answer["result"] != nil, answer["id"]?.integer == number else {
                    throw Wrong("item \(text.prefix(8)) was answered with \(answer)")
                }
                accepted[side].append(text)
                asked[side].removeFirst()
            } catch Line.Fault.ended {
                return devices[side].hangUp()
            }
        }
    }

    struct Wrong: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    // MARK: rounds

    /// Writes, and does harm while that is on its way.
    func round(_ done: inout KillCounts) throws {
        let isLossy = random.chance(percent: 15) && network.trouble != .none
        if isLossy {
            try network.disturb(lossPercent: 5 + random.below(20))
            done.losses += 1
        }
        writeBursts()
        // The moment, not a wait for something: anywhere in the work that the burst makes.
        usleep(UInt32(random.one(of: [0, 500, 3_000, 20_000, 120_000]) * (50 + random.below(100)) / 100))
        switch random.below(100) {
        case ..<35: try killAndStart([random.below(2)], &done)
        case ..<60: try killAndStart([random.below(2)], &done, startsTwice: true)
        case ..<70: try killAndStart([0, 1], &done)
        case ..<85: try pause(&done)
        default: try unplug(&done)
        }
        for side in 0...1 { try readAnswers(side) }
        if isLossy { network.calm() }
        // Sometimes what was written may arrive before the next blow, all of it or a part.
        switch random.below(3) {
        case 0: try waitForArrivals(all: true)
        case 1: try waitForArrivals(all: false)
        default: break
        }
    }

    private func killAndStart(_ sides: [Int], _ done: inout KillCounts, startsTwice: Bool = false) throws {
        for side in sides {
            try devices[side].killHard()
            done.kills += 1
        }
        for side in sides {
            try readAnswers(side)
            devices[side].hangUp()
            if random.chance(percent: 15) {
                done.copies += 1
                let found = try devices[side].integrity()
                guard found == "ok" else { throw Wrong("integrity_check after a kill: \(found)") }
            }
            try devices[side].begin()
            // Dead again at any moment of its start.
            if startsTwice {
                usleep(UInt32(random.below(60_000)))
                try devices[side].killHard()
                done.kills += 1
                try devices[side].begin()
            }
        }
        for side in sides {
            try devices[side].waitUntilReady()
            // What was not answered is asked for again: whether it was done nobody knows but the daemon.
            for text in asked[side] { send(side, devices[1 - side].name, text) }
        }
    }

    private func pause(_ done: inout KillCounts) throws {
        let side = random.below(2)
        done.stops += 1
        devices[side].daemon?.signal(SIGSTOP)
        defer { devices[side].daemon?.signal(SIGCONT) }
        // The other one goes on: it has answered everything while this one stands still.
        try readAnswers(1 - side)
    }

    private func unplug(_ done: inout KillCounts) throws {
        guard network.isReal else { return }
        let side = random.below(2)
        done.cuts += 1
        try network.setPlugged(side, false)
        for each in 0...1 { try readAnswers(each) }
        if random.chance(percent: 50) { try killAndStart([random.below(2)], &done) }
        try network.setPlugged(side, true)
    }

    /// Waits until all that was accepted has arrived, or something new has.
    private func waitForArrivals(all: Bool) throws {
        for side in 0...1 {
            let wanted = accepted[side].last
            let before = all ? nil : try devices[1 - side].newest()
            guard wanted != nil, all || before != wanted else { continue }
            try eventually("\(wanted?.prefix(8) ?? "") is at \(devices[1 - side].name)") {
                let newest = try devices[1 - side].newest()
                return newest == wanted || (!all && newest != before)
            }
        }
    }

    // MARK: the end

    /// Nothing stands in the way any more: what was not answered is asked for again.
    func heal() throws {
        network.calm()
        for side in 0...1 {
            try readAnswers(side)
            guard asked[side].isEmpty else { throw Wrong("\(devices[side].name) ended while nobody harmed it") }
        }
        try waitForArrivals(all: true)
        for device in devices {
            try eventually("\(device.name) knows it") { try device.states() == ["delivered"] }
        }
    }

    /// Everything is there once and in order, and the databases are sound; gives how many items that were.
    func check() throws -> Int {
        for side in 0...1 {
            let there = try devices[1 - side].received()
            guard there == accepted[side] else {
                throw Wrong(
                    "\(devices[side].name) gave \(numbers(accepted[side])), \(devices[1 - side].name) has "
                        + "\(numbers(there))")
            }
        }
        for device in devices {
            try device.stop()
            let found = try device.integrity()
            guard found == "ok" else { throw Wrong("integrity_check: \(found)") }
        }
        return accepted[0].count + accepted[1].count
    }

    private func numbers(_ texts: [String]) -> String {
        texts.map { String($0.prefix { $0 != " " }) }.joined(separator: " ")
    }

    /// What the daemons said last, for a failed run.
    func keepLogs() {
        for device in devices { print("\(device.name): \(device.daemon?.errors.suffix(3_000) ?? "")") }
    }

    func clear() {
        for device in devices { device.daemon?.signal(SIGKILL) }
        for device in devices { _ = try? device.daemon?.end() }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
