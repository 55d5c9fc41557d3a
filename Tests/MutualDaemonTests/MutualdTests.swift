import Foundation
import MutualControl
import MutualDaemon
import TestSupport
import Testing

/// The built `mutuald`: exit codes, sentences, signals, and the doctor in namespaces of its own.
@Suite(.enabled(if: Mutuald.path != nil, "mutuald is not built")) struct MutualdTests {
    @Test func initOnceThenRefuses() throws {
        let home = try TestHome(name: nil)
        let first = try Mutuald.run(["init", "--home", home.location.path, "--name", "Alder"])
        #expect(first.code == 0)
        #expect(first.output.contains("Mutual carries words to people you know."))
        #expect(first.output.contains("mutual start"))
        let second = try Mutuald.run(["init", "--home", home.location.path, "--name", "Alder"])
        #expect(second.code == 8)
        #expect(second.errors.split(separator: "\n").last == "Next: mutual start")
        #expect(second.output.isEmpty)
        let third = try Mutuald.run(["init", "--home", home.location.path, "--name", "Alder", "--json"])
        #expect(third.code == 8)
        let error = try JSONValue(parsing: Array(third.errors.split(separator: "\n").joined().utf8))["error"]
        #expect(error?["data"]?["reason"] == .string("exists"))
    }

    @Test func initTellsWhoLivesThereAsJSON() throws {
        let home = try TestHome(name: nil)
        let made = try Mutuald.run(["init", "--home", home.location.path, "--name", "Alder", "--json"])
        let tree = try JSONValue(parsing: Array(made.output.split(separator: "\n").joined().utf8))
        #expect(IdentityResult(tree)?.name == "Alder")
        #expect(IdentityResult(tree)?.words.count == 10)
    }

    @Test func usageErrorsAreCodeTwo() throws {
        #expect(try Mutuald.run(["--no-such-flag"]).code == 2)
        #expect(try Mutuald.run(["init"]).code == 2)
        let long = "/tmp/" + String(repeating: "x", count: 120)
        let refused = try Mutuald.run(["--home", long])
        #expect(refused.code == 2)
        #expect(refused.errors.contains("too long"))
        #expect(try Mutuald.run(["--help"]).code == 0)
    }

    @Test func aHomeThatNobodyMadeSaysWhatToType() throws {
        let result = try Mutuald.run(["--home", "/tmp/mt-no-home"])
        #expect(result.code == 1)
        #expect(
            result.errors == "There is no home at /tmp/mt-no-home yet.\nMake one: mutual init --name NAME\n")
    }

    @Test func killedHardItStartsAgainOverTheStaleSocket() throws {
        let home = try TestHome()
        let first = try Mutuald.start(home).process
        #expect(try home.client().call("status")["result"]?["name"] == .string("Alder"))
        let second = try Mutuald.run(["--home", home.location.path, "--port", "0"])
        #expect(second.code == 8)
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        #expect(FileManager.default.fileExists(atPath: home.location.socket))
        let again = try Mutuald.start(home).process
        #expect(try home.client().call("status")["result"]?["name"] == .string("Alder"))
        again.terminate()
        again.waitUntilExit()
        #expect(again.terminationStatus == 0)
        #expect(!FileManager.default.fileExists(atPath: home.location.socket))
    }

    @Test func detachedItLogsToTheHomeAndLetsGoOfStderr() throws {
        let home = try TestHome()
        let (process, errors) = try Mutuald.start(home, ["--detached"])
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        // The pipe ends although the daemon runs.
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
        #expect(process.isRunning)
        let log = try String(contentsOfFile: home.location.path + "/mutuald.log", encoding: .utf8)
        #expect(log.contains("started"))
        #expect(!log.contains("Alder"))
    }

    // MARK: the doctor, in a network namespace of its own

    private func examine(_ home: TestHome, _ before: String) throws -> [JSONValue] {
        let command = "\(before); exec '\(Mutuald.path ?? "")' doctor --json --home '\(home.location.path)'"
        let result = try Mutuald.run(["-rn", "sh", "-c", command], program: "/usr/bin/unshare")
        let tree = try? JSONValue(parsing: Array(result.output.utf8).filter { $0 != 10 })
        return try #require(tree?["checks"]?.elements, "\(result.errors)")
    }

    private func problem(_ check: String, in checks: [JSONValue]) -> String? {
        checks.first { $0["check"] == .string(check) && $0["result"] == .string("problem") }?["message"]?.text
    }

    private static let withLoopback = "ip link set lo up"
    private static let withCable =
        "ip link set lo up; ip link add va type veth peer name vb; ip link set va up; ip link set vb up; "
        + "ip address add 10.9.0.1/24 dev va"

    @Test(.enabled(if: Mutuald.hasNamespaces, "skipped: no network namespaces here"))
    func noInterface() throws {
        let checks = try examine(try TestHome(), "true")
        #expect(problem("daemon", in: checks) == "Mutual does not run.")
        #expect(problem("network", in: checks) == "No network interface is up.")
    }

    @Test(.enabled(if: Mutuald.hasNamespaces, "skipped: no network namespaces here"))
    func loopbackOnly() throws {
        let checks = try examine(try TestHome(), Self.withLoopback)
        #expect(problem("network", in: checks)?.hasPrefix("This machine is on no network") == true)
        #expect(problem("echo", in: checks) == nil)
    }

    @Test(.enabled(if: Mutuald.hasNamespaces, "skipped: no network namespaces here"))
    func allWellOnACable() throws {
        let checks = try examine(try TestHome(), Self.withCable)
        let problems = checks.filter { $0["result"] == .string("problem") }
        #expect(problems.map { $0["check"]?.text } == ["daemon"], "\(problems)")
        #expect(checks.contains { $0["check"] == .string("echo") && $0["interface"] == .string("va") })
    }

    @Test(.enabled(if: Mutuald.hasNamespaces, "skipped: no network namespaces here"))
    func aTakenPort() throws {
        let other = try TestHome()
        let start = "'\(Mutuald.path ?? "")' --home '\(other.location.path)' --detached & P=$!; sleep 1"
        let stop = "trap 'kill $P; wait $P' EXIT"
        let command =
            "\(Self.withCable); \(start); \(stop); '\(Mutuald.path ?? "")' doctor --json --home "
        let home = try TestHome()
        let result = try Mutuald.run(
            ["-rn", "sh", "-c", command + "'\(home.location.path)'"], program: "/usr/bin/unshare")
        let tree = try #require(try? JSONValue(parsing: Array(result.output.utf8).filter { $0 != 10 }))
        let port = try #require(tree["checks"]?.elements?.first { $0["check"] == .string("port") })
        #expect(port["result"] == .string("ok"))
        #expect(port["message"]?.text?.hasPrefix("TCP port 7747 is taken by another Mutual on this machine") == true)
    }

    @Test(
        .enabled(if: Mutuald.hasNamespaces && Mutuald.hasNftables, "skipped: no namespaces or no nft here"),
        arguments: [("input", "udp dport 7747", "echo"), ("input", "tcp dport 7747", "connect")])
    func aFirewallThatDrops(_ hook: String, _ match: String, _ check: String) throws {
        let rules =
            "nft add table inet t; nft add chain inet t c '{ type filter hook \(hook) priority 0; }'; "
            + "nft add rule inet t c \(match) drop"
        let checks = try examine(try TestHome(), Self.withCable + "; " + rules)
        #expect(problem(check, in: checks)?.contains("firewall") == true)
        let advice = checks.first { $0["check"] == .string(check) && $0["result"] == .string("problem") }?["advice"]
        #expect(advice?.text?.contains("7747") == true)
    }
}

/// The built program.
enum Mutuald {
    struct Result {
        var code: Int32
        var output: String
        var errors: String
    }

    /// Beside the test bundle, where the package's build puts it.
    static let path: String? = {
        let places = [
            Bundle.main.bundlePath, CommandLine.arguments.first.map { ($0 as NSString).deletingLastPathComponent },
        ]
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent(".build/debug").path
        return (places.compactMap { $0 } + [root]).map { $0 + "/mutuald" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static let hasNamespaces = (try? run(["-rn", "ip", "link"], program: "/usr/bin/unshare"))?.code == 0
    static let hasNftables =
        (try? run(["-rn", "nft", "list", "ruleset"], program: "/usr/bin/unshare"))?.code == 0

    private static func begin(
        _ arguments: [String], program: String? = nil, environment: [String: String] = [:]
    ) throws -> (process: Started, output: Pipe, errors: Pipe) {
        let (output, errors) = (Pipe(), Pipe())
        let process = try Started(
            try #require(program ?? path), arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 }, output: output,
            errors: errors)
        return (process, output, errors)
    }

    static func run(_ arguments: [String], program: String? = nil) throws -> Result {
        let (process, output, errors) = try begin(arguments, program: program)
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    /// Runs it on a home until its socket answers.
    static func start(_ home: TestHome, _ arguments: [String] = []) throws -> (process: Started, errors: Pipe) {
        let (process, _, errors) = try begin(
            ["--home", home.location.path, "--port", "0"] + arguments, environment: ["MUTUAL_INTERFACES": "lo,lo0"])
        for _ in 0..<200 {
            if (try? home.client()) != nil { return (process, errors) }
            usleep(25_000)
        }
        process.terminate()
        throw RawClient.Fault.time
    }
}
