import Foundation
import MutualControl
import MutualCore
import MutualCrypto
import MutualStore
import TestSupport
import Testing

/// A daemon whose passphrase was not given: what it answers, what it has open, what is in its memory `[control-8]`.
@Suite(.enabled(if: Programs.folder != nil, "mutual and mutuald are not built"), .serialized)
struct LockedTests {
    private static let passphrase = "correct horse battery"

    private func lockedHome() throws -> RealHome {
        let home = try RealHome()
        let daemon = try home.start()
        let set = try home.mutual("passphrase", input: Self.passphrase + "\n")
        try #require(set.code == 0, "\(set.errors)")
        home.stop(daemon)
        return home
    }

    private static let some = [
        "people.list": "{}", "people.add": "{\"id\":\"mutual1x\"}", "people.rename": "{\"who\":\"a\",\"name\":\"b\"}",
        "people.reach": "{\"who\":\"a\",\"address\":\"127.0.0.1\"}", "people.remove": "{\"who\":\"a\"}",
        "pair.join": "{\"code\":\"7-tiger-lemon\"}", "pair.answer": "{\"yes\":true}",
        "item.give": "{\"to\":[\"a\"],\"kind\":\"note\",\"text\":\"x\"}", "item.get": "{\"item\":\"k3f\"}",
        "events.ack": "{\"consumer\":\"c\",\"seq\":1}", "vault.set-passphrase": "{\"passphrase\":\"another one\"}",
        "vault.export": "{\"file\":\"/tmp/never-made\",\"passphrase\":\"another one\"}",
    ]

    @Test func everyMethodIsRefusedButFive() throws {
        let home = try lockedHome()
        let daemon = try home.start()
        defer { home.stop(daemon) }
        var refused = 0
        for method in Method.allCases {
            switch method {
            case .hello, .status, .vaultUnlock, .vaultWipe, .stop, .vaultLock: continue
            default: break
            }
            let answer = try home.call(method.rawValue, Self.some[method.rawValue] ?? "{}")
            // A parameter that is not right is said before; then this test has to give a better one.
            guard answer["error"]?["code"]?.integer != -32_602 else { continue }
            refused += 1
            #expect(answer["error"]?["code"] == .integer(4), "\(method) \(answer)")
            #expect(answer["error"]?["data"]?["reason"] == .string("locked"), "\(method)")
            #expect(answer["error"]?["data"]?["advice"]?.text?.contains("mutual unlock") == true, "\(method)")
        }
        #expect(refused >= 20)
        #expect(try home.call("hello")["result"]?["version"] != nil)
        // Nothing but that it is locked.
        let status = try home.call("status")["result"]
        #expect(status?["state"] == .string("locked"))
        #expect(status?.members?.map(\.name).sorted() == ["schema", "state"])
        #expect(try home.call("vault.lock")["result"] != nil)
        let wrong = try home.call("vault.unlock", "{\"passphrase\":\"not the one\"}")
        #expect(wrong["error"]?["code"] == .integer(4))
        #expect(wrong["error"]?["data"]?["reason"] == .string("wrong-passphrase"))
        #expect(try home.call("status")["result"]?["state"] == .string("locked"))
        #expect(try home.call("vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")["result"] != nil)
        #expect(try home.call("status")["result"]?["state"] == .string("running"))
        #expect(try home.call("status")["result"]?["passphrase"] == .bool(true))
        #expect(try home.call("identity.get")["result"]?["name"] == .string("Alder"))
        #expect(try home.call("stop")["result"] != nil)
        daemon.waitUntilExit()
        #expect(daemon.terminationStatus == 0)
    }

    #if os(Linux)
        /// Sockets of the internet that a process has open.
        private func sockets(_ daemon: Started) -> Int {
            let folder = "/proc/\(daemon.processIdentifier)/fd"
            let links = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let inodes = Set(
                links.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0) }
                    .filter { $0.hasPrefix("socket:[") }.map { String($0.dropFirst(8).dropLast()) })
            return ["tcp", "tcp6", "udp", "udp6"].reduce(0) { count, table in
                let text = (try? String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8)) ?? ""
                return count
                    + text.split(separator: "\n").dropFirst().filter { line in
                        let fields = line.split(separator: " ")
                        return fields.count > 9 && inodes.contains(String(fields[9]))
                    }.count
            }
        }

        /// A file of /proc, whose size is not known before it is read.
        private func wholeText(_ path: String) throws -> String {
            let file = open(path, O_RDONLY)
            try #require(file >= 0)
            defer { close(file) }
            var all: [UInt8] = []
            var part = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(file, &part, part.count)
                guard count > 0 else { return String(decoding: all, as: UTF8.self) }
                all += part[..<count]
            }
        }

        /// All memory of a process that can be read.
        private func memory(_ daemon: Started, holds needles: [[UInt8]]) throws -> [Bool] {
            let place = "/proc/\(daemon.processIdentifier)"
            let maps = try wholeText(place + "/maps")
            try #require(maps.contains("[stack]"))
            let file = open(place + "/mem", O_RDONLY)
            try #require(file >= 0)
            defer { close(file) }
            var found = needles.map { _ in false }
            var part = [UInt8](repeating: 0, count: 4 << 20)
            for line in maps.split(separator: "\n") where line.contains(" r") {
                let range = line.prefix { $0 != " " }.split(separator: "-").compactMap { Int($0, radix: 16) }
                guard range.count == 2 else { continue }
                var at = range[0]
                while at < range[1] {
                    let count = part.withUnsafeMutableBytes {
                        pread(file, $0.baseAddress, min($0.count, range[1] - at), off_t(at))
                    }
                    guard count > 0 else { break }
                    let data = Data(part[..<count])
                    for (index, needle) in needles.enumerated() where !found[index] {
                        found[index] = data.range(of: Data(needle)) != nil
                    }
                    // Parts overlap, so that nothing hides where two meet.
                    at += count < 4_096 ? count : max(count - 256, 1)
                    if at + 256 >= range[1] { break }
                }
            }
            return found
        }

        private static let mayLookIntoMemory = geteuid() == 0

        private func secrets(_ home: RealHome) throws -> [[UInt8]] {
            var entropy = Chance()
            let passphrase = Array(Self.passphrase.utf8).withUnsafeBytes { SecretBytes(copying: $0) }
            let vault = try Vault.open(in: DirectoryHome(path: home.path), passphrase: passphrase, entropy: &entropy)
            return [vault.seed, vault.storeKey].map { $0.withBytes { Array($0) } } + [Array(Self.passphrase.utf8)]
        }

        @Test(.enabled(if: mayLookIntoMemory, "skipped: only root may look into another process"))
        func lockedThereIsNoSocketAndNoKey() throws {
            let home = try lockedHome()
            let secrets = try secrets(home)
            let daemon = try home.start()
            defer { home.stop(daemon) }
            #expect(sockets(daemon) == 0)
            #expect(try memory(daemon, holds: secrets) == [false, false, false])
            _ = try home.call("vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")
            #expect(sockets(daemon) >= 2)
            // The search finds what is there; the passphrase was only passing through.
            let open = try memory(daemon, holds: secrets)
            #expect(open == [true, true, false])
            #expect(try home.call("vault.lock")["result"] != nil)
            #expect(sockets(daemon) == 0)
            #expect(try memory(daemon, holds: secrets) == [false, false, false])
        }

        @Test func nobodyOfTheSameUserLooksIntoItAndNoCrashIsKept() throws {
            let home = try RealHome()
            let daemon = try home.start(environment: ["SWIFT_BACKTRACE": "enable=yes,color=no,output-to=stderr"])
            let limits = try String(contentsOfFile: "/proc/\(daemon.processIdentifier)/limits", encoding: .utf8)
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            #expect(core?.split(separator: " ").filter { $0 == "0" }.count == 2)
            // Not dumpable: its files in /proc belong to root, so that its own user cannot attach either.
            var info = stat()
            #expect(stat("/proc/\(daemon.processIdentifier)/mem", &info) == 0)
            #expect(info.st_uid == 0)
            if geteuid() != 0 { #expect(open("/proc/\(daemon.processIdentifier)/mem", O_RDONLY) < 0) }
            let errors = try #require(home.errors)
            kill(daemon.processIdentifier, SIGSEGV)
            daemon.waitUntilExit()
            #expect(daemon.terminationStatus > 128)
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(!said.contains("Thread") && !said.contains("0x"), "\(said)")
        }
    #endif

    /// Several calls at once, read in one go: while a key is made of a passphrase the loop answers.
    @Test func theLoopAnswersWhileAPassphraseIsTried() throws {
        let home = try lockedHome()
        let daemon = try home.start()
        defer { home.stop(daemon) }
        let caller = try Caller(path: home.path + "/control.sock")
        let calls = [
            ("vault.unlock", "{\"passphrase\":\"not the one\"}"),
            ("vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}"), ("status", "{}"),
        ]
        try caller.send(
            calls.enumerated().map { number, call in
                "{\"jsonrpc\":\"2.0\",\"id\":\(number),\"method\":\"\(call.0)\",\"params\":\(call.1)}"
            }.joined(separator: "\n"))
        let second = try caller.document()
        #expect(second["id"] == .integer(1))
        #expect(second["error"]?["data"]?["reason"] == .string("vault-busy"))
        #expect(try caller.document()["result"]?["state"] == .string("locked"))
        let first = try caller.document()
        #expect(first["id"] == .integer(0))
        #expect(first["error"]?["data"]?["reason"] == .string("wrong-passphrase"))
        #expect(try home.call("vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")["result"] != nil)
    }

    /// A name that is written with escapes is the same to a parser; its passphrase is not taken, and not used.
    @Test func aHiddenPassphraseIsNotUsed() throws {
        let home = try lockedHome()
        let daemon = try home.start()
        defer { home.stop(daemon) }
        let hidden = try home.call("vault.unlock", "{\"pa\\u0073sphrase\":\"\(Self.passphrase)\"}")
        #expect(hidden["error"]?["data"]?["reason"] == .string("passphrase-hidden"))
        // Written with escapes in its value it is the same passphrase.
        let escaped = Self.passphrase.replacingOccurrences(of: "c", with: "\\u0063")
        #expect(try home.call("vault.unlock", "{ \"passphrase\" : \"\(escaped)\" }")["result"] != nil)
    }

    @Test func whoFollowsIsToldThatItIsLocked() throws {
        let home = try lockedHome()
        let daemon = try home.start()
        defer { home.stop(daemon) }
        _ = try home.call("vault.unlock", "{\"passphrase\":\"\(Self.passphrase)\"}")
        let follower = try Caller(path: home.path + "/control.sock")
        #expect(try follower.call("events.subscribe")["result"] != nil)
        _ = try home.call("vault.lock")
        let end = try follower.document()["params"]
        #expect(end?["kind"] == .string("ended"))
        #expect(end?["reason"] == .string("locked"))
        #expect(try follower.call("people.list")["error"]?["code"] == .integer(4))
    }
}

struct Chance: Entropy {
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { SystemRandom.fill(buffer) }
}
