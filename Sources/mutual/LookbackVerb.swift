import ArgumentParser
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `mutual lookback`: one's own check-ins by day, as long as they live. Nothing is weighed, and nothing is sent.
struct Lookback: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Look back on your own check-ins, by day, as long as they live."),
        discussion: said("A check-in given with --life 90d stands here longer, at both ends."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("Write it as one page for a browser, for you only."))
    var html: String?

    @Flag(name: .long, help: .said("Write over a file that is there already."))
    var yes = false

    func run() throws {
        if let html { try askToReplace(html) }
        let session = try common.session()
        let entries = try Self.entries(session)
        if let html {
            let page = LookbackPage(days: LookbackDay.days(entries), catalogue: Words.catalogue)
            try PrivateFile.write(Array(page.html.utf8), to: html, replacing: true)
            if common.json { return Console.say(document: ItemsResult(items: entries).bytes()) }
            return Console.say(.lookbackWritten, ["path": html])
        }
        if common.json { return Console.say(document: ItemsResult(items: entries).bytes()) }
        let days = LookbackDay.days(entries)
        if days.isEmpty { return Console.say(.lookbackEmpty) }
        for line in LookbackText(columns: Console.columns).lines(days) { Console.say(line) }
    }

    private func askToReplace(_ path: String) throws {
        guard PrivateFile.exists(path), !yes else { return }
        guard Console.canAsk else { throw Failure(.usage, .lookbackExistsScript, ["path": path]) }
        guard Console.confirm(Words.say(.lookbackExists, ["path": path]), usually: false) else {
            throw Failure(.other, .nothingChanged)
        }
    }

    /// All check-ins of one's own that live, oldest first; one that went to several stands once.
    private static func entries(_ session: Session) throws -> [ItemEntry] {
        var all: [ItemEntry] = []
        var before: String?
        repeat {
            let page: ItemsResult = try session.call(
                .historyList(HistoryListParameters(kind: "checkin", mine: true, before: before)))
            all = page.items + all
            before = page.next
        } while before != nil
        return once(all)
    }

    /// Copies have the same moment and the same words.
    static func once(_ items: [ItemEntry]) -> [ItemEntry] {
        var found: [ItemEntry] = []
        for item in items where item.mine && item.kind == "checkin" && item.erased != true {
            let isCopy = found.reversed().prefix { $0.made == item.made }.contains {
                $0.text == item.text && $0.feelings == item.feelings && $0.energy == item.energy
                    && $0.about == item.about
            }
            if !isCopy { found.append(item) }
        }
        return found
    }
}

/// The check-ins of one local day.
struct LookbackDay {
    let year: Int
    /// 1 to 12.
    let month: Int
    let day: Int
    /// 0 to 6, from Sunday on.
    let weekday: Int
    /// Each with its local time of the day.
    var entries: [(clock: String, item: ItemEntry)] = []

    /// `2026-11-24`.
    var date: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }

    /// Oldest first.
    static func days(_ items: [ItemEntry]) -> [LookbackDay] {
        var days: [LookbackDay] = []
        for item in items.sorted(by: { $0.made < $1.made }) {
            var moment = time_t(item.made.unixMs / 1_000)
            var local = tm()
            localtime_r(&moment, &local)
            let new = LookbackDay(
                year: Int(local.tm_year) + 1_900, month: Int(local.tm_mon) + 1, day: Int(local.tm_mday),
                weekday: Int(local.tm_wday))
            if days.last?.date != new.date { days.append(new) }
            days[days.count - 1].entries.append(
                ("\(two(Int(local.tm_hour))):\(two(Int(local.tm_min)))", item))
        }
        return days
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The days in a terminal, in the order in which they were, so that a screen reader can follow.
struct LookbackText {
    let columns: Int?

    func lines(_ days: [LookbackDay]) -> [String] {
        var lines: [String] = []
        var month = 0
        for day in days {
            if !lines.isEmpty { lines.append("") }
            if month != day.year * 12 + day.month {
                month = day.year * 12 + day.month
                lines += [Words.catalogue.month(day.month, year: day.year), ""]
            }
            lines.append(Words.catalogue.day(day.day, month: day.month, weekday: day.weekday))
            for (clock, item) in day.entries { lines += entry(clock, item) }
        }
        return lines
    }

    private func entry(_ clock: String, _ item: ItemEntry) -> [String] {
        let said = Self.said(item).joined(separator: "  ")
        if let about = item.about {
            let note = Words.say(.contentNote, ["about": about])
            return SafeText.rows("\(clock)  \(note)  mutual open \(item.handle)", columns: columns)
        }
        let head = SafeText.rows(said.isEmpty ? clock : "\(clock)  \(said)", columns: columns)
        return head + (item.text.map { SafeText.block($0, columns: columns) } ?? [])
    }

    /// Feeling words, energy, and what was wanted: each in a sentence.
    static func said(_ item: ItemEntry) -> [String] {
        var said: [String] = []
        if let feelings = item.feelings {
            said.append(Words.say(.feels, ["words": feelings.joined(separator: ", ")]))
        }
        switch item.energy {
        case "low": said.append(Words.say(.energyLow))
        case "some": said.append(Words.say(.energySome))
        case "high": said.append(Words.say(.energyHigh))
        default: break
        }
        if let want = item.want { said.append(Words.say(.youWantThis, ["want": Words.catalogue.want(want)])) }
        return said
    }
}

/// A file that only its writer can open.
enum PrivateFile {
    /// Whether anything stands there, a link without an end included.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Writes a whole file, mode 0600. One that is there is replaced as a whole, or stays as it was.
    static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws {
        guard replacing || !exists(path) else { throw Failure(.usage, .lookbackExistsScript, ["path": path]) }
        var name = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        let draft = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard descriptor >= 0 else { throw Failure(.usage, .fileUnwritable, ["path": path]) }
        let isWhole = fchmod(descriptor, 0o600) == 0 && all(bytes, to: descriptor) && fsync(descriptor) == 0
        close(descriptor)
        guard isWhole, rename(draft, path) == 0 else {
            unlink(draft)
            throw Failure(.usage, .fileUnwritable, ["path": path])
        }
    }

    private static func all(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
