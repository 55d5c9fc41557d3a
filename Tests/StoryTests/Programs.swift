import Foundation
import TestSupport

/// The built programs.
enum Programs {
    /// Where `mutual` and `mutuald` are: `$MUTUAL_BIN`, else beside the tests.
    static let folder: String? = {
        let environment = ProcessInfo.processInfo.environment["MUTUAL_BIN"]
        let runner = ProcessInfo.processInfo.arguments.first.map { ($0 as NSString).deletingLastPathComponent }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return [environment, Bundle.main.bundlePath, runner, root].compactMap { $0 }.first { folder in
            ["mutual", "mutuald"].allSatisfy { FileManager.default.isExecutableFile(atPath: folder + "/" + $0) }
        }
    }()
}

extension Programs {
    /// What stories call besides: short scripts, beside the stories.
    static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("scripts")
        .path
}

/// Mount namespaces.
enum Mounts {
    /// Whether a disk of a few pages can be made here, seen by nobody else.
    static let canBeMade: Bool = {
        let runs = Runs()
        let test = "unshare -rm bash -c 'mount -t tmpfs -o size=1m tmpfs /mnt' && command -v nsenter"
        guard
            let pid = try? runs.begin(
                ["/bin/bash", "-c", test], ["PATH=/usr/bin:/bin:/usr/sbin:/sbin"], output: "/dev/null",
                errors: "/dev/null")
        else { return false }
        return runs.end(of: pid, atMostSeconds: 10) == 0
    }()
}

/// Begins and ends processes, each in a session of its own: no terminal, and its group is its own.
final class Runs {
    private var count = 0

    func next() -> Int {
        count += 1
        return count
    }

    func begin(
        _ words: [String], _ environment: [String], output: String = "/dev/null", errors: String = "/dev/null",
        terminal: String? = nil
    ) throws -> pid_t {
        let pairs = environment.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let variables = Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { $1 }
        if let terminal {
            // The first terminal that the leader of a session opens is the one that it sits at.
            return try Spawn.start(
                words, environment: variables, input: .terminal(terminal), output: .terminal(terminal),
                errors: .terminal(terminal), group: .session)
        }
        return try Spawn.start(
            words, environment: variables, output: .file(output), errors: .file(errors), group: .session)
    }

    /// Waits for the end; what takes too long is ended. A signal counts as 128 and its number.
    func end(of pid: pid_t, atMostSeconds seconds: Double, meanwhile: () -> Void = {}) -> Int32 {
        let end = Date(timeIntervalSinceNow: seconds)
        while true {
            if let code = Spawn.end(of: pid, waiting: false) { return code }
            if Date() > end { kill(-pid, SIGKILL) }
            meanwhile()
            usleep(2_000)
        }
    }

    /// Daemons on homes in a folder that only these tests have.
    func daemons(under folder: String) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { pid in
            guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
            let words = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return ["mutuald", "mutuald-story"].contains { words.first?.hasSuffix($0) == true }
                && words.contains { $0.hasPrefix(folder + "/") }
        }
    }
}
