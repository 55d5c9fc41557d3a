import Foundation
import TestSupport

/// A program that a test started, in a process group of its own.
final class Spawned {
    let pid: pid_t
    private let errorsPath: String
    private var ended: Int32?

    /// The folder with the built programs: `$MUTUAL_BIN`, else that of the test runner.
    static let programs: String? = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        let runner = ProcessInfo.processInfo.arguments.first
        let besides = [bundle, runner].compactMap { $0.map { ($0 as NSString).deletingLastPathComponent } }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return ([ProcessInfo.processInfo.environment["MUTUAL_BIN"]].compactMap { $0 } + besides + [root]).first {
            FileManager.default.isExecutableFile(atPath: "\($0)/mutuald")
        }
    }()

    /// Starts the first word, found on the PATH, with the others as its arguments; stderr goes to a file.
    init(_ words: [String], environment: [String: String] = [:], errors: String) throws {
        errorsPath = errors
        let variables = environment.merging(
            ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/tmp"]
        ) { own, _ in own }
        pid = try Spawn.start(words, environment: variables, errors: .file(errors), group: .own)
    }

    /// What it complained of.
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    /// The same on one line: first the fact, then what helps.
    var complaint: String { errors.split(separator: "\n").joined(separator: " ") }

    var isRunning: Bool {
        if ended == nil { ended = Spawn.end(of: pid, waiting: false) }
        return ended == nil
    }

    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits for its end, and gives the exit code; one that does not end is ended.
    func end(atMostSeconds seconds: Double = 30) throws -> Int32 {
        do {
            try eventually("the end of \(pid)", atMostSeconds: seconds) { !isRunning }
        } catch {
            kill(pid, SIGKILL)
            throw error
        }
        return ended ?? -1
    }

    deinit {
        if isRunning {
            kill(pid, SIGKILL)
            _ = Spawn.end(of: pid, waiting: true)
        }
    }

    /// Runs it to its end; whether it went well.
    static func run(_ words: [String]) -> Bool {
        let errors = "/tmp/mc-\(getpid())-run"
        defer { try? FileManager.default.removeItem(atPath: errors) }
        return (try? Spawned(words, errors: errors).end()) == 0
    }

    /// The same, and it has to go well.
    static func must(_ words: String...) throws {
        let errors = "/tmp/mc-\(getpid())-run"
        defer { try? FileManager.default.removeItem(atPath: errors) }
        let spawned = try Spawned(words, errors: errors)
        guard try spawned.end() == 0 else { throw Late(what: "\(words.joined(separator: " ")): \(spawned.errors)") }
    }
}
