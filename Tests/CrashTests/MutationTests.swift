import Foundation
import MutualControl
import MutualDaemon
import Testing

/// How a start on a damaged home ended.
enum Ending: Equatable {
    /// The daemon runs and does what it is asked.
    case service
    /// It does not start: the sentence and the exit code.
    case refused(String, Int32)
    /// It runs, and then cannot do what it is asked.
    case fault(String)

    var kind: String {
        switch self {
        case .service: "service"
        case .refused(_, let code): "refused with \(code)"
        case .fault: "fault while running"
        }
    }
}

/// What people ask of a daemon, and whether the answers can be true.
struct Questions {
    let fixture: Fixture

    /// Asks everything; says what is wrong.
    func ask(_ line: Line) throws -> String? {
        for method in ["status", "identity.get"] {
            if let wrong = refusal(try line.call(method), method) { return wrong }
        }
        for (method, field) in [
            ("people.list", "people"), ("inbox.list", "items"), ("outbox.list", "items"), ("history.list", "items"),
        ] {
            do {
                for entry in try line.pages(method, field) {
                    if let text = entry["text"]?.text, !fixture.texts.contains(text) {
                        return "\(method) shows what nobody wrote: \(text.prefix(40))"
                    }
                }
            } catch Line.Fault.noJSON(let answer) {
                return "\(method): \(answer)"
            }
        }
        if let wrong = refusal(try line.call("events.subscribe", "{\"since\":0}"), "events.subscribe") { return wrong }
        let give = "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"after\"}"
        let fresh = Line.answer(try line.call("item.give", give), from: line)
        return try refusal(fresh(), "item.give")
    }

    /// A fault of the machine, or an answer that is none; what a rule refuses is an answer.
    private func refusal(_ answer: JSONValue, _ method: String) -> String? {
        if answer["result"] != nil { return nil }
        guard let code = answer["error"]?["code"]?.integer, code != 7, code > 0 else { return "\(method): \(answer)" }
        return nil
    }
}

extension Line {
    /// The first document from this one on that is an answer: events may come between.
    static func answer(_ document: JSONValue, from line: Line) -> () throws -> JSONValue {
        {
            var document = document
            while document["method"] != nil { document = try line.document() }
            return document
        }
    }
}

/// What is damaged on the disk is noticed at the start and refused in one sentence, or does no harm.
@Suite(.serialized) struct MutationTests {
    /// Opens a home as `mutuald` does and asks it everything.
    static func start(_ path: String, _ questions: Questions) throws -> Ending {
        var options = DaemonOptions(home: try HomeLocation(path))
        options.environment = { $0 == "MUTUAL_LOG_LEVEL" ? "critical" : nil }
        let daemon: Daemon
        do throws(DaemonError) {
            daemon = try Daemon.start(options)
        } catch {
            return .refused(error.sentence, error.exitCode.rawValue)
        }
        defer {
            daemon.stop()
            daemon.wait()
        }
        if let wrong = try questions.ask(try Line(path: path + "/control.sock")) { return .fault(wrong) }
        return .service
    }

    /// What a refusal may not do: change a file. SQLite's index of its log is made anew at each start and counts for
    /// nothing, and so does a log with nothing in it.
    static func changes(_ before: Fixture.Files, _ after: Fixture.Files) -> [String] {
        let ignored: Set<String> = ["mutual.db-shm", "lock", "mutuald.log"]
        return Set(before.keys).union(after.keys).subtracting(ignored).sorted().filter { name in
            if name == "mutual.db-wal", (before[name] ?? []).isEmpty, (after[name] ?? []).isEmpty { return false }
            return before[name] != after[name]
        }
    }

    /// What is wrong with an ending, if anything.
    static func judge(_ ending: Ending, _ mutation: Mutation, _ after: Fixture.Files) -> String? {
        switch ending {
        case .service: return nil
        case .fault(let what): return what
        case .refused(let sentence, let code):
            let isSettings = mutation.description.contains("mutual.toml")
            guard code == 9 || (code == 2 && isSettings) else { return "exit code \(code): \(sentence)" }
            guard sentence.hasSuffix(".") || sentence.hasSuffix("NAME") || sentence.hasSuffix("'"),
                !sentence.contains("\n")
            else { return "no sentence: \(sentence)" }
            let changed = changes(mutation.files, after)
            return changed.isEmpty ? nil : "the refusal changed \(changed)"
        }
    }

    /// Keeps a damaged home to look at: keys and moments in it are new in each run, so that a seed alone is not enough.
    static func keep(_ mutation: Mutation) -> String {
        let path = "/tmp/mutual-mutation-\(mutation.seed)"
        try? Fixture.write(mutation.files, to: path)
        return path
    }

    @Test(.timeLimit(.minutes(60))) func damagedHomesAreServedOrRefusedUntouched() throws {
        let fixture = try Fixture.make("m")
        let questions = Questions(fixture: fixture)
        let path = "/tmp/mc-\(getpid())"
        // Where a process that does not outlive a seed leaves its number.
        let note = "/tmp/mutual-mutation-seed-\(getpid())"
        defer { for file in [path, note] { try? FileManager.default.removeItem(atPath: file) } }
        var counts: [String: Int] = [:]
        for seed in Volume.seed..<(Volume.seed + UInt64(max(1, Volume.mutations))) {
            try "\(seed)\n".write(toFile: note, atomically: false, encoding: .utf8)
            let mutation = try Mutation(seed: seed, of: fixture)
            try Fixture.write(mutation.files, to: path)
            let ending = try Self.start(path, questions)
            let wrong = Self.judge(ending, mutation, Fixture.read(path))
            if let wrong { Issue.record("\(mutation): \(wrong) [\(ending)] kept in \(Self.keep(mutation))") }
            counts[ending.kind, default: 0] += 1
        }
        print("mutations: \(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        // Both must happen, or nothing was tried.
        #expect(counts["service"] ?? 0 > 0 && counts["refused with 9"] ?? 0 > 0)
    }
}
