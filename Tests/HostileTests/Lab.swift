import Foundation
import Synchronization
import TestSupport
import Testing

/// What is missing so that the tests of this target can run, if anything; and how long they are to run.
enum Needs {
    /// `mutuald`: in `$MUTUAL_BIN`, else beside the test runner.
    static let daemon: String? = {
        let runner = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent().path
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        return [ProcessInfo.processInfo.environment["MUTUAL_BIN"], bundle, runner].compactMap { $0 }
            .map { $0 + "/mutuald" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Whether namespaces with links can be made here: one is made and removed.
    static let namespaces: Bool = {
        let name = "mht\(getpid())try"
        defer { _ = Command.run(["ip", "netns", "del", name]) }
        return Command.run(["ip", "netns", "add", name]) == 0
            && Command.run(["ip", "-n", name, "link", "add", "br0", "type", "bridge"]) == 0
            && Command.run(["ip", "-n", name, "link", "add", "va", "type", "veth", "peer", "name", "vb"]) == 0
    }()

    /// `MUTUAL_ATTACK_S`: seconds of each flood. Unset: a few, and smaller numbers everywhere.
    static let attackS: Int? = ProcessInfo.processInfo.environment["MUTUAL_ATTACK_S"].flatMap { Int($0) }
    static var isLong: Bool { attackS != nil }

    /// Opens as many sockets as the system lets one process have: the attackers live in this one.
    static let manyDescriptors: Void = {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }()
}

/// Masses of everything: one after the other, as each wants the machine for itself.
@Suite(
    .serialized,
    .enabled(if: Needs.daemon != nil, "skipped: mutuald is not built"),
    .enabled(if: Needs.namespaces, "skipped: network namespaces cannot be made here"))
struct HostileMassTests {}

/// Few and clever bytes: one after the other, beside the masses, as they mostly wait.
@Suite(
    .serialized,
    .enabled(if: Needs.daemon != nil, "skipped: mutuald is not built"),
    .enabled(if: Needs.namespaces, "skipped: network namespaces cannot be made here"))
struct HostileBytesTests {}

/// A thread of its own for each piece of a task: these tests wait in system calls, and the few threads of the pool are
/// for all tests of the process.
private final class OwnThreads: TaskExecutor {
    static let shared = OwnThreads()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let thread = Thread { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
        thread.stackSize = 4 << 20
        thread.start()
    }
}

/// Something that did not happen in its time, or did not go through.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = what }
}

/// A program that a test starts.
enum Command {
    /// Starts it; what it complains of goes to the file, or nowhere.
    static func start(_ words: [String], complaints: String = "/dev/null") throws -> pid_t {
        let surroundings = [
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
            "MUTUAL_INTERFACES": "eth0",
        ]
        return try Spawn.start(words, environment: surroundings, errors: .appended(complaints))
    }

    /// Waits for its end: its exit code, 128 and more for a signal.
    @discardableResult static func wait(_ pid: pid_t) -> Int32 {
        Spawn.end(of: pid, waiting: true) ?? -1
    }

    static func run(_ words: [String]) -> Int32 { (try? start(words)).map { wait($0) } ?? -1 }

    static func must(_ words: String...) throws {
        let code = run(words)
        guard code == 0 else { throw Trouble("\(words.joined(separator: " ")) ended with \(code)") }
    }
}

/// Looks again and again until it is so.
func eventually(_ what: String, seconds: Double = 20, _ isSo: () throws -> Bool) throws {
    let end = Monotonic.now + seconds
    while !(try isSo()) {
        guard Monotonic.now < end else { throw Trouble("not in time: \(what)") }
        usleep(20_000)
    }
}

/// Seconds of the monotonic clock.
enum Monotonic {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Four namespaces on one bridge: the victim (10.77.0.1), an honest mutual (10.77.0.2), strangers (10.77.0.3 and all
/// of 10.77.64.0/18 and 10.78.0.0/16), and the bridge itself. No link leads out.
final class Lab: Sendable {
    static let victim = "10.77.0.1"
    static let honest = "10.77.0.2"
    static let stranger = "10.77.0.3"
    private static let made = Mutex(0)

    let name: String
    /// For the homes; short, as a socket's path has to be.
    let folder: String

    private init() throws {
        let number = Self.made.withLock { count in
            count += 1
            return count
        }
        name = "mht\(getpid())x\(number)"
        folder = "/tmp/\(name)"
        _ = Needs.manyDescriptors
        signal(SIGPIPE, SIG_IGN)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// Makes it, does the work, and clears all away however it went.
    static func with(_ work: @escaping @Sendable (Lab) throws -> Void) async throws {
        try await withTaskExecutorPreference(OwnThreads.shared) {
            let lab = try Lab()
            defer { lab.clear() }
            try lab.make()
            try work(lab)
        }
    }

    private var spaces: [String] { ["hub", "v", "h", "s"].map { name + $0 } }

    private func make() throws {
        for space in spaces {
            try Command.must("ip", "netns", "add", space)
            try Command.must(
                "ip", "netns", "exec", space, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6")
            try Command.must("ip", "-n", space, "link", "set", "lo", "up")
        }
        let hub = name + "hub"
        try Command.must("ip", "-n", hub, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0")
        try Command.must("ip", "-n", hub, "link", "set", "br0", "up")
        for (letter, address) in [("v", Self.victim), ("h", Self.honest), ("s", Self.stranger)] {
            let space = name + letter
            try Command.must(
                "ip", "-n", hub, "link", "add", "v\(letter)", "type", "veth", "peer", "name", "eth0", "netns", space)
            try Command.must("ip", "-n", space, "address", "add", "\(address)/16", "brd", "+", "dev", "eth0")
            try Command.must("ip", "-n", hub, "link", "set", "v\(letter)", "master", "br0", "up")
            try Command.must("ip", "-n", space, "link", "set", "eth0", "up")
        }
        // Every address of these networks is the strangers' own, so that each connection can have another one.
        for prefix in ["10.77.64.0/18", "10.78.0.0/16"] {
            try Command.must("ip", "-n", name + "s", "route", "add", "local", prefix, "dev", "lo")
        }
        try Command.must("ip", "-n", name + "v", "route", "add", "10.78.0.0/16", "via", Self.stranger)
    }

    /// Pulls a plug, or puts it in again.
    func setPlugged(_ letter: String, _ isPlugged: Bool) throws {
        try Command.must("ip", "-n", name + "hub", "link", "set", "v\(letter)", isPlugged ? "up" : "down")
    }

    /// Does work inside the strangers' namespace: a socket stays where it was made.
    func inside<T: Sendable>(_ letter: String = "s", _ work: @escaping @Sendable () throws -> T) throws -> T {
        try begin(letter, work).value()
    }

    /// Begins work inside a namespace, on a thread of its own.
    func begin<T: Sendable>(_ letter: String = "s", _ work: @escaping @Sendable () throws -> T) -> Work<T> {
        let space = name + letter
        return Work {
            try Self.enter(space)
            return try work()
        }
    }

    /// For a thread that attacks as fast as it can: attackers have machines of their own, and here they share one with
    /// whom they attack.
    static func giveWay() { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5) }

    /// setns(2), which Glibc shows only to programs that ask for GNU's own names.
    private static func enter(_ space: String) throws {
        typealias Enter = @convention(c) (CInt, CInt) -> CInt
        let descriptor = open("/var/run/netns/\(space)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, let symbol = dlsym(nil, "setns") else { throw Trouble("there is no \(space)") }
        defer { close(descriptor) }
        let network: CInt = 0x4000_0000
        guard unsafeBitCast(symbol, to: Enter.self)(descriptor, network) == 0 else {
            throw Trouble("setns: \(String(cString: strerror(errno)))")
        }
    }

    /// Ends what still runs in the namespaces (all of it was started here), and removes them and the homes.
    private func clear() {
        for space in spaces { _ = Command.run(["ip", "netns", "del", space]) }
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// Work on a thread of its own, and what came of it.
final class Work<T: Sendable>: Sendable {
    private let outcome = Mutex<Result<T, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    init(_ work: @escaping @Sendable () throws -> T) {
        let thread = Thread { [self] in
            let result = Result { try work() }
            outcome.withLock { $0 = result }
            done.signal()
        }
        thread.stackSize = 4 << 20
        thread.start()
    }

    /// Waits for it.
    func value() throws -> T {
        done.wait()
        done.signal()
        guard let result = outcome.withLock({ $0 }) else { throw Trouble("work without an end") }
        return try result.get()
    }
}
