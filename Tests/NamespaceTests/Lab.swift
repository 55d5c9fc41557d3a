import Foundation
import Synchronization
import TestSupport
import Testing

/// What is missing so that the tests of this target can run, if anything.
enum Needs {
    /// The folder with `mutual` and `mutuald`: `$MUTUAL_BIN`, else that of the test runner.
    static let programs: String? = {
        let runner = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent().path
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path
        }
        return [ProcessInfo.processInfo.environment["MUTUAL_BIN"], bundle, runner].compactMap { $0 }.first { folder in
            ["mutual", "mutuald"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
        }
    }()

    /// Whether namespaces with links can be made here: one is made and removed.
    static let namespaces: Bool = {
        let name = "mut\(getpid())try"
        defer { _ = run(["ip", "netns", "del", name]) }
        return run(["ip", "netns", "add", name]) && run(["ip", "-n", name, "link", "add", "br0", "type", "bridge"])
            && run(["ip", "-n", name, "link", "add", "va", "type", "veth", "peer", "name", "vb"])
    }()

    static let isMet = programs != nil && namespaces

    /// Whether the daemon whose clocks can be moved is there: it belongs to the tests.
    static let story = programs.map { FileManager.default.isExecutableFile(atPath: "\($0)/mutuald-story") } ?? false

    /// A firewall's front end, whose own rules do not lie in the tables that the tests make.
    static let hasFrontEnd = ["ufw", "firewall-cmd", "iptables"].contains { has($0) }

    static func has(_ program: String) -> Bool { run(["sh", "-c", "command -v \(program)"]) }

    private static func run(_ words: [String]) -> Bool {
        Spawn.run(words, environment: ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]) == 0
    }
}

/// Every test of this target: one after the other, and said to be skipped where it cannot run.
@Suite(
    .serialized,
    .enabled(if: Needs.programs != nil, "skipped: mutual and mutuald are not built"),
    .enabled(if: Needs.namespaces, "skipped: network namespaces cannot be made here"))
struct NamespaceTests {}

/// Which addresses a host has.
enum Family: String, Sendable, CaseIterable {
    case v4
    case v6
    case both
}

/// A hub namespace with a bridge, and hosts, each a namespace of its own. No link leads out.
final class Lab {
    private static let made = Mutex(0)

    let name: String
    /// For the homes and for what the programs say; short, as a socket's path has to be.
    let folder: String
    private var namespaces: [String] = []
    private var hosts = 0

    private init() throws {
        let number = Self.made.withLock { count in
            count += 1
            return count
        }
        name = "mut\(getpid())x\(number)"
        folder = "/tmp/\(name)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// Makes the hub, does the work, and clears all away however it went.
    static func with(_ work: (Lab) async throws -> Void) async throws {
        let lab = try Lab()
        do {
            try await lab.makeHub()
            try await work(lab)
        } catch {
            lab.keepLogs()
            await lab.clear()
            throw error
        }
        await lab.clear()
    }

    var hub: String { name + "hub" }

    /// Runs one command that has to succeed.
    @discardableResult func must(_ words: String...) async throws -> Outcome { try await must(words) }

    @discardableResult func must(_ words: [String]) async throws -> Outcome {
        let outcome = try await Running(words, folder: folder).outcome()
        try #require(outcome.code == 0, "\(words.joined(separator: " ")): \(outcome.errors)")
        return outcome
    }

    private func makeNamespace(_ namespace: String) async throws {
        try await must("ip", "netns", "add", namespace)
        namespaces.append(namespace)
    }

    private func makeHub() async throws {
        try await makeNamespace(hub)
        try await shell(hub, "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6")
        try await shell(hub, "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6")
        try await must("ip", "-n", hub, "link", "add", "br0", "type", "bridge", "mcast_snooping", "0")
        try await must("ip", "-n", hub, "link", "set", "br0", "up")
    }

    /// Runs a line of the shell inside a namespace; it has to succeed.
    func shell(_ namespace: String, _ line: String) async throws {
        try await must("ip", "netns", "exec", namespace, "sh", "-c", line)
    }

    /// A host that has a loopback interface only.
    func addLonelyHost(_ letter: String, isLoopbackUp: Bool = true) async throws -> Host {
        let host = Host(lab: self, letter: letter)
        try await makeNamespace(host.namespace)
        if isLoopbackUp { try await must("ip", "-n", host.namespace, "link", "set", "lo", "up") }
        return host
    }

    /// A host on the bridge by its interface `eth0`.
    func addHost(_ letter: String, _ family: Family = .both) async throws -> Host {
        let host = try await addLonelyHost(letter)
        hosts += 1
        if family == .v4 {
            try await shell(host.namespace, "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6")
            try await shell(host.namespace, "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6")
        }
        try await must(
            "ip", "-n", hub, "link", "add", "v\(letter)", "type", "veth", "peer", "name", "eth0", "netns",
            host.namespace)
        if family != .v6 { try await host.setAddress("10.77.0.\(hosts)") }
        try await must("ip", "-n", hub, "link", "set", "v\(letter)", "master", "br0", "up")
        try await must("ip", "-n", host.namespace, "link", "set", "eth0", "up")
        return host
    }

    /// Says in the test's output what the daemons logged, when a test failed.
    private func keepLogs() {
        for file in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        where file.hasSuffix("mutuald.log") {
            let log = (try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)) ?? ""
            print("\(file):\n\(log)")
        }
    }

    /// Ends what still runs in the namespaces (all of it was started here), and removes them and the homes.
    private func clear() async {
        for number in [SIGTERM, SIGKILL] {
            let end = ContinuousClock.now + .seconds(5)
            var pids = await allPids()
            for pid in pids { kill(pid, number) }
            while !pids.isEmpty, ContinuousClock.now < end {
                try? await Task.sleep(for: .milliseconds(20))
                pids = await allPids()
            }
        }
        for namespace in namespaces {
            if let running = try? Running(["ip", "netns", "del", namespace], folder: folder) {
                _ = try? await running.outcome()
            }
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func allPids() async -> [Int32] {
        var pids: [Int32] = []
        for namespace in namespaces {
            guard let running = try? Running(["ip", "netns", "pids", namespace], folder: folder),
                let outcome = try? await running.outcome()
            else { continue }
            pids += outcome.output.split(separator: "\n").compactMap { Int32($0) }
        }
        return pids
    }
}
