import Foundation
import Synchronization
import Testing

/// What was measured while something went on.
struct Figures: Sendable, CustomStringConvertible {
    static let mebibyte = 1_048_576.0

    var beforeBytes = 0
    var peakBytes = 0
    var afterBytes = 0
    var descriptorsBefore = 0
    var descriptorsPeak = 0
    var descriptorsAfter = 0
    /// Honest items that arrived in each whole second.
    var perSecond: [Int] = []
    /// From accepted at the writer to the event at the reader, seconds.
    var slowest = 0.0
    var median = 0.0

    var description: String {
        func mib(_ bytes: Int) -> String { String(format: "%.1f", Double(bytes) / Self.mebibyte) }
        let mean = perSecond.isEmpty ? 0 : Double(perSecond.reduce(0, +)) / Double(perSecond.count)
        return "resident \(mib(beforeBytes)) / \(mib(peakBytes)) / \(mib(afterBytes)) MiB before / peak / after, "
            + "descriptors \(descriptorsBefore) / \(descriptorsPeak) / \(descriptorsAfter), "
            + "\(perSecond.count) s with \(perSecond.min() ?? 0) at least and "
            + String(
                format: "%.1f honest items a second, %.0f ms median, %.0f ms at most", mean, median * 1000,
                slowest * 1000)
    }
}

/// An honest mutual who writes to the victim all the time, and somebody who looks at the victim's memory meanwhile.
final class Watch: Sendable {
    /// The bounds that hold whatever is done to a daemon.
    static let mostBytes = 64 << 20
    static let restBytes = 8 << 20
    /// Strangers, sessions, dials, listeners, UDP sockets, store, clients: far below what a process may have.
    static let mostDescriptors = 300

    private struct Seen {
        var isOver = false
        /// Whether what arrives is counted: before that nothing is given.
        var isCounting = false
        var given: [Double] = []
        var arrived: [Double] = []
        var peakBytes = 0
        var peakDescriptors = 0
    }

    private let seen = Mutex(Seen())
    private let workers = Mutex<[Work<Void>]>([])

    /// Begins. `honest` is a mutual of `victim`, who calls them Birch.
    init(victim: Daemon, honest: Daemon) throws {
        let (victimSocket, honestSocket, pid) = (victim.socketPath, honest.socketPath, victim.pid)
        let birch = try honest.id()
        let courier = Work { [self] in
            let control = try Control(honestSocket)
            var number = 0
            while !isOver, !seen.withLock({ $0.isCounting }) { usleep(1_000) }
            while !isOver {
                number += 1
                // An item a quarter of a second: never 1,000 a day, in the longest run.
                try control.call("item.give", ["to": ["Alder"], "kind": "note", "text": "tick \(number)"])
                seen.withLock { $0.given.append(Monotonic.now) }
                usleep(250_000)
            }
        }
        let reader = Work { [self] in
            let control = try Control(victimSocket)
            try control.call("events.subscribe", ["kinds": ["item.arrived"]])
            seen.withLock { $0.isCounting = true }
            while !isOver {
                guard let event = try control.message(seconds: 0.2)?["params"] as? [String: Any] else { continue }
                if event["person"] as? String == birch { seen.withLock { $0.arrived.append(Monotonic.now) } }
            }
        }
        let sampler = Work { [self] in
            while !isOver {
                let bytes = Self.residentBytes(pid)
                let descriptors = Self.descriptors(pid)
                seen.withLock {
                    $0.peakBytes = max($0.peakBytes, bytes)
                    $0.peakDescriptors = max($0.peakDescriptors, descriptors)
                }
                usleep(20_000)
            }
        }
        workers.withLock { $0 = [courier, reader, sampler] }
    }

    private var isOver: Bool { seen.withLock { $0.isOver } }

    static func residentBytes(_ pid: pid_t) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(getpagesize())
    }

    static func descriptors(_ pid: pid_t) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
    }

    /// Ends; what was seen between two moments.
    func end(from: Double, to: Double) throws -> Figures {
        // What was given last has its time to come.
        try eventually("the last honest item arrived") { seen.withLock { $0.arrived.count >= $0.given.count } }
        let all = seen.withLock { seen in
            seen.isOver = true
            return seen
        }
        for worker in workers.withLock({ $0 }) { try worker.value() }
        var figures = Figures()
        figures.peakBytes = all.peakBytes
        figures.descriptorsPeak = all.peakDescriptors
        figures.perSecond = (0..<Int(to - from)).map { second in
            let begin = from + Double(second)
            return all.arrived.filter { $0 >= begin && $0 < begin + 1 }.count
        }
        let took = zip(all.given, all.arrived).filter { $0.0 >= from && $0.0 < to }.map { max(0, $0.1 - $0.0) }.sorted()
        figures.slowest = took.last ?? 0
        figures.median = took.isEmpty ? 0 : took[took.count / 2]
        return figures
    }

    /// Lets somebody attack for so many seconds while the honest one writes, and holds the bounds.
    @discardableResult
    static func over(
        _ what: String, victim: Daemon, honest: Daemon, seconds: Int, _ attack: (_ until: Double) throws -> String
    ) throws -> Figures {
        let before = (residentBytes(victim.pid), descriptors(victim.pid))
        let watch = try Watch(victim: victim, honest: honest)
        // The first item is there: from now on each second counts.
        try eventually("honest items flow") { watch.seen.withLock { $0.arrived.count >= 2 } }
        let from = Monotonic.now
        let said = try attack(from + Double(seconds))
        let remaining = from + Double(seconds) - Monotonic.now
        if remaining > 0 { usleep(UInt32(remaining * 1_000_000)) }
        var figures = try watch.end(from: from, to: from + Double(seconds))
        (figures.beforeBytes, figures.descriptorsBefore) = before
        // Strangers have ten seconds, the rest a little more; then all that an attack took is given back.
        let end = Monotonic.now + 20
        repeat {
            usleep(200_000)
            figures.afterBytes = residentBytes(victim.pid)
            figures.descriptorsAfter = descriptors(victim.pid)
        } while Monotonic.now < end
            && (figures.afterBytes > before.0 + restBytes || figures.descriptorsAfter > before.1 + 4)
        print("\(what): \(said); \(figures)")
        #expect(victim.lives, "\(what): the daemon ended\n\(victim.log.suffix(2_000))")
        #expect(figures.peakBytes < mostBytes, "\(what): \(figures)")
        #expect(figures.afterBytes <= before.0 + restBytes, "\(what): \(figures)")
        #expect(figures.descriptorsPeak <= mostDescriptors, "\(what): \(figures)")
        #expect(figures.descriptorsAfter <= before.1 + 4, "\(what): \(figures)")
        // A short run shares its machine with all other tests: there a second may be empty, not all of them.
        let isServed = Needs.isLong ? figures.perSecond.allSatisfy { $0 >= 1 } : figures.perSecond.contains { $0 >= 1 }
        #expect(isServed, "\(what): \(figures.perSecond) honest items by second")
        return figures
    }
}

extension Lab {
    /// The victim Alder and the honest Birch, who are mutuals.
    func people() throws -> (victim: Daemon, honest: Daemon) {
        let victim = try Daemon(self, "v", name: "Alder")
        let honest = try Daemon(self, "h", name: "Birch")
        try victim.add(try honest.id(), "Birch")
        try honest.add(try victim.id(), "Alder")
        try eventually("Alder and Birch are mutuals") {
            try victim.isMutual(with: "Birch") && honest.isMutual(with: "Alder")
        }
        return (victim, honest)
    }
}
