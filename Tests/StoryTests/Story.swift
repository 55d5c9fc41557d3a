import Foundation

/// One command of a story and what is expected of it.
struct Step {
    /// How a command is played.
    enum Mode: Equatable {
        /// Once.
        case once
        /// Again and again until it is as expected, or the time is up: for what comes over the network.
        case until
        /// In the background; what it prints goes where the command says.
        case background
    }

    var line: Int
    /// The home, `a` or `b` and so on; nil: a plain shell.
    var home: String?
    var mode: Mode
    var command: String
    var output: [String] = []
    var errors: [String] = []
    var exitCode: Int32 = 0
    /// Whether it needs to mount, in a namespace of its own.
    var mounts = false
    /// The width of the terminal that it runs at; nil: it runs as a script does, with pipes.
    var columns: UInt16?
    /// The lines that are typed at that terminal.
    var typed: [String] = []
}

/// A story: commands as they are typed, and after each what it prints, as text.
///
///     # a comment
///     a$ mutual status              a command of home a; sh$ is a plain shell
///     b? mutual inbox               asked again until it prints this
///     a& mutual pair > "$T/pair"    goes on in the background
///     a line                        expected on stdout; ... stands for anything inside a line
///     stderr: a line                expected on stderr
///     exit 5                        expected exit code, 0 unless it is said
///     with mounts                   from here on in a mount namespace, where one can be made
///     with network                  each home on a device of its own, with cable and Wi-Fi; the first line of a story
///     with terminal 40              from here on at a terminal of so many columns; stderr is on it, too
///     with pipes                    from here on without one, as at the beginning
///     types: y                      a line typed at the terminal
struct Story {
    /// A line that is no story.
    struct Malformed: Error { var line: Int }

    var steps: [Step] = []
    /// Whether it needs a network of its own.
    var network = false

    init(_ text: String) throws {
        var mounts = false
        var columns: UInt16?
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = String(raw)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line == "with mounts" {
                mounts = true
            } else if line == "with network", steps.isEmpty {
                network = true
            } else if line == "with pipes" {
                columns = nil
            } else if line.hasPrefix("with terminal "), let width = UInt16(line.dropFirst(14)) {
                columns = width
            } else if var step = Self.command(line, at: index + 1) {
                step.mounts = mounts
                step.columns = columns
                steps.append(step)
            } else if steps.isEmpty {
                throw Malformed(line: index + 1)
            } else if line.hasPrefix("stderr: ") {
                steps[steps.count - 1].errors.append(String(line.dropFirst(8)))
            } else if line.hasPrefix("types: ") {
                steps[steps.count - 1].typed.append(String(line.dropFirst(7)))
            } else if line.hasPrefix("exit "), let code = Int32(line.dropFirst(5)) {
                steps[steps.count - 1].exitCode = code
            } else {
                steps[steps.count - 1].output.append(line)
            }
        }
    }

    private static func command(_ line: String, at number: Int) -> Step? {
        guard let blank = line.firstIndex(of: " ") else { return nil }
        var prompt = line[..<blank]
        guard let sign = prompt.popLast() else { return nil }
        let modes: [Character: Step.Mode] = ["$": .once, "?": .until, "&": .background]
        guard let mode = modes[sign], prompt == "sh" || ["a", "b", "c"].contains(prompt) else { return nil }
        return Step(
            line: number, home: prompt == "sh" ? nil : String(prompt), mode: mode,
            command: String(line[blank...].dropFirst()))
    }

    /// Whether a printed line is the expected one; `...` stands for anything.
    static func matches(_ line: String, _ expected: String) -> Bool {
        let parts = expected.components(separatedBy: "...")
        guard let first = parts.first, let last = parts.last, parts.count > 1 else { return line == expected }
        guard line.hasPrefix(first), line.hasSuffix(last), line.count >= first.count + last.count else { return false }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.range(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    static func matches(_ text: String, _ expected: [String]) -> Bool {
        var lines = text.components(separatedBy: "\n")
        if lines.last == "" { lines.removeLast() }
        return lines.count == expected.count && zip(lines, expected).allSatisfy { matches($0, $1) }
    }
}

/// Plays stories and commands over real daemons, in a folder of its own.
final class Stage {
    /// What a command did.
    struct Outcome {
        var code: Int32
        var output: String
        var errors: String
    }

    /// The folder, short enough for a socket's path.
    let folder: String
    private let runs = Runs()
    private var background: [pid_t] = []
    /// A process that holds a mount namespace.
    private var holder: pid_t?
    private var network: StoryNetwork?

    init() throws {
        folder = "/tmp/mu-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    func home(_ name: String) -> String { folder + "/" + name }

    // MARK: playing

    /// Plays a story; gives what was not as expected.
    func play(_ story: Story) throws -> [String] {
        var wrong: [String] = []
        if story.network { try makeNetwork() }
        for step in story.steps {
            if step.mounts, !Mounts.canBeMade { continue }
            switch step.mode {
            case .background: _ = try begin(step.command, home: step.home)
            case .once:
                let outcome = try run(step)
                if !isExpected(outcome, step) { wrong.append(Self.describe(step, outcome)) }
            case .until:
                var last: Outcome?
                let came = try until {
                    let outcome = try run(step)
                    last = outcome
                    return isExpected(outcome, step)
                }
                if !came, let last { wrong.append(Self.describe(step, last)) }
            }
        }
        return wrong
    }

    private func isExpected(_ outcome: Outcome, _ step: Step) -> Bool {
        func here(_ lines: [String]) -> [String] { lines.map { $0.replacingOccurrences(of: "$T", with: folder) } }
        return outcome.code == step.exitCode && Story.matches(outcome.output, here(step.output))
            && Story.matches(outcome.errors, here(step.errors))
    }

    private static func describe(_ step: Step, _ outcome: Outcome) -> String {
        """
        line \(step.line): \(step.home ?? "sh")$ \(step.command)
        expected exit \(step.exitCode)
        \(step.output.joined(separator: "\n"))
        stderr: \(step.errors.joined(separator: "\nstderr: "))
        but it was exit \(outcome.code)
        \(outcome.output)stderr: \(outcome.errors)
        """
    }

    /// Asks until it is so, at most a minute: a machine may be busy with other things.
    func until(_ isSo: () throws -> Bool) throws -> Bool {
        let end = Date(timeIntervalSinceNow: 60)
        repeat {
            if try isSo() { return true }
            usleep(20_000)
        } while Date() < end
        return false
    }

    // MARK: running

    private func makeNetwork() throws {
        let network = StoryNetwork(folder: folder)
        self.network = network
        let made = try run(network.making)
        guard made.code == 0 else { throw NoNetwork(errors: made.errors) }
    }

    private struct NoNetwork: Error { var errors: String }

    func run(_ step: Step) throws -> Outcome {
        guard let columns = step.columns else {
            return try run(step.command, home: step.home, mounts: step.mounts)
        }
        let terminal = try Terminal(columns: columns, typed: step.typed)
        let pid = try runs.begin(
            words(step.command, home: step.home, mounts: step.mounts), environment(step.home), terminal: terminal.path)
        let code = runs.end(of: pid, atMostSeconds: 60) { _ = terminal.read() }
        return Outcome(code: code, output: terminal.read(), errors: "")
    }

    /// Runs a command in a shell to its end.
    func run(
        _ command: String, home: String? = nil, mounts: Bool = false, atMostSeconds seconds: Double = 60
    ) throws -> Outcome {
        let number = runs.next()
        let (output, errors) = ("\(folder)/.\(number).out", "\(folder)/.\(number).err")
        let pid = try runs.begin(
            try words(command, home: home, mounts: mounts), environment(home), output: output, errors: errors)
        let code = runs.end(of: pid, atMostSeconds: seconds)
        defer {
            unlink(output)
            unlink(errors)
        }
        return Outcome(code: code, output: try Self.text(output), errors: try Self.text(errors))
    }

    /// Begins a command; it is ended with the stage.
    func begin(_ command: String, home: String? = nil) throws -> pid_t {
        let pid = try runs.begin(
            try words(command, home: home, mounts: false), environment(home), output: "/dev/null", errors: "/dev/null")
        background.append(pid)
        return pid
    }

    /// Ends one that was begun, and waits for its end.
    func end(_ pid: pid_t, with signal: Int32) {
        guard let index = background.firstIndex(of: pid) else { return }
        background.remove(at: index)
        kill(-pid, signal)
        _ = runs.end(of: pid, atMostSeconds: 30)
    }

    /// What a command prints, as JSON.
    func json(_ command: String, home: String) throws -> [String: Any] {
        let outcome = try run(command, home: home)
        let tree = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        return tree as? [String: Any] ?? [:]
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    private func words(_ command: String, home: String?, mounts: Bool) throws -> [String] {
        guard mounts else {
            guard let network, let home else { return ["/bin/bash", "-c", command] }
            return ["/usr/bin/env", "ip", "netns", "exec", network.namespace(home), "/bin/bash", "-c", command]
        }
        let mark = folder + "/.mounts"
        let holder = try self.holder ?? begin("exec unshare -rm bash -c 'touch \"$T/.mounts\"; exec sleep 3600'")
        self.holder = holder
        _ = try until { FileManager.default.fileExists(atPath: mark) }
        let join = "exec nsenter --preserve-credentials -t \(holder) -U -m bash -c \"$1\""
        return ["/bin/bash", "-c", join, "bash", command]
    }

    /// Begins `mutual` with these words at a terminal.
    func begin(_ words: [String], home: String, at terminal: LiveTerminal, _ more: [String] = []) throws -> pid_t {
        let program = (Programs.folder ?? "") + "/mutual"
        return try terminal.begin([program] + words, environment(home) + more)
    }

    private func environment(_ home: String?) -> [String] {
        var variables = [
            "PATH=\(Programs.folder ?? ""):\(Programs.scripts):/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME=\(folder)", "T=\(folder)", "LC_ALL=C.UTF-8", "TZ=UTC", "TERM=dumb",
        ]
        if let network {
            variables.append("HUB=\(network.namespace("hub"))")
        } else {
            variables += ["MUTUAL_PORT=0", "MUTUAL_INTERFACES=lo,lo0"]
        }
        if let home { variables.append("MUTUAL_HOME=\(self.home(home))") }
        return variables
    }

    // MARK: the end

    /// Ends everything that was begun here and takes the folder away.
    func clear() {
        for name in ["a", "b", "c"] { _ = try? run("mutual stop", home: name) }
        if holder != nil { for name in ["a", "b", "c"] { _ = try? run("mutual stop", home: name, mounts: true) } }
        for pid in background { end(pid, with: SIGKILL) }
        for pid in runs.daemons(under: folder) { kill(pid, SIGKILL) }
        if let network { _ = try? run(network.ending) }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
