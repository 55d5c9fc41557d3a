import Foundation
import TestSupport

/// What a program said and how it ended.
struct Outcome: Sendable {
    var code: Int32
    var output: String
    var errors: String
}

/// Something that did not happen in its time.
struct Late: Error, CustomStringConvertible {
    let what: String
    var description: String { "not in time: \(what)" }
}

/// A program that a test started. What it says goes to files, so that no pipe can fill, and its end is that of the
/// process itself: what it leaves running (a daemon, say) holds nothing up.
final class Running {
    private let words: [String]
    private let pid: pid_t
    private var ended: Int32?
    private let said: String
    private let complained: String

    /// Starts the first word with the others as its arguments; `folder` takes what it says.
    init(_ words: [String], folder: String) throws {
        let stem = folder + "/said-\(UUID().uuidString)"
        said = stem + ".out"
        complained = stem + ".err"
        self.words = words
        let surroundings = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": folder, "LC_ALL": "C",
        ]
        pid = try Spawn.start(words, environment: surroundings, output: .file(said), errors: .file(complained))
    }

    var output: String { (try? String(contentsOfFile: said, encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: complained, encoding: .utf8)) ?? "" }

    var isRunning: Bool {
        if ended == nil { ended = Spawn.end(of: pid, waiting: false) }
        return ended == nil
    }

    /// Sends it a signal.
    func signal(_ number: Int32) {
        if isRunning { kill(pid, number) }
    }

    /// Waits for its end; one that does not end is ended.
    func outcome(atMost: Duration = .seconds(30)) async throws -> Outcome {
        let end = ContinuousClock.now + atMost
        while isRunning {
            guard ContinuousClock.now < end else {
                signal(SIGKILL)
                throw Late(what: "\(words.joined(separator: " ")): \(output)\(errors)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        return Outcome(code: ended ?? -1, output: output, errors: errors)
    }
}

/// Looks again and again until it is so.
func eventually(
    _ what: String, atMost: Duration = .seconds(30), _ isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + atMost
    while !(try await isSo()) {
        guard ContinuousClock.now < end else { throw Late(what: what) }
        try await Task.sleep(for: .milliseconds(30))
    }
}
