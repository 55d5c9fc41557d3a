import Foundation
import MutualControl
import MutualDaemon
import Testing

/// Two real daemons on the loopback interface of one host: real multicast, real TCP, real stores.
@Suite(.serialized) struct TwoDaemonsTests {
    private func start() throws -> (TestHome, TestHome, Daemon, Daemon) {
        let (a, b) = (try TestHome(name: "Alder"), try TestHome(name: "Birch"))
        return (a, b, try a.start(), try b.start())
    }

    private func identity(_ client: RawClient) throws -> String {
        try #require(try client.call("identity.get")["result"]?["id"]?.text)
    }

    /// Asks again and again until the answer is as wanted.
    private func wait(_ seconds: Double = 10, _ isDone: () throws -> Bool) throws -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        while Date() < end {
            if try isDone() { return true }
            usleep(20_000)
        }
        return false
    }

    private func isMutual(_ client: RawClient) throws -> Bool {
        let people = try client.call("people.list")["result"]?["people"]?.elements ?? []
        return people.first?["standing"] == .string("mutual")
    }

    private func texts(_ client: RawClient) throws -> [String?] {
        (try client.call("inbox.list")["result"]?["items"]?.elements ?? []).map { $0["text"]?.text }
    }

    @Test func addedOnBothSidesTheyMeetAndANoteArrivesOnce() throws {
        let (homeA, homeB, daemonA, daemonB) = try start()
        defer { for daemon in [daemonA, daemonB] { daemon.stop(); daemon.wait() } }
        let (a, b) = (try homeA.client(), try homeB.client())
        let (idA, idB) = (try identity(a), try identity(b))
        #expect(try a.call("people.add", "{\"id\":\"\(idB)\",\"name\":\"Birch\"}")["result"] != nil)
        #expect(try b.call("people.add", "{\"id\":\"\(idA)\",\"name\":\"Alder\"}")["result"] != nil)
        #expect(try wait { try isMutual(a) && isMutual(b) })
        let give = "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"one\",\"key\":\"k1\"}"
        let first = try #require(try a.call("item.give", give)["result"])
        // The same call under the same key is the same item.
        let second = try #require(try a.call("item.give", give)["result"])
        #expect(first["items"]?.elements?.first?["id"] == second["items"]?.elements?.first?["id"])
        #expect(try wait { try texts(b) == ["one"] })
        let state = try wait {
            try a.call("history.list")["result"]?["items"]?.elements?.first?["state"] == .string("delivered")
        }
        #expect(state)
        // Opening marks it here only.
        let opened = try b.call("item.open")["result"]?["items"]?.elements ?? []
        #expect(opened.map { $0["text"] } == [.string("one")])
        #expect(try b.call("inbox.list", "{\"unopened\":true}")["result"]?["items"] == .array([]))
    }

    @Test func pairedByACodeTheyAreMutuals() throws {
        let (homeA, homeB, daemonA, daemonB) = try start()
        defer { for daemon in [daemonA, daemonB] { daemon.stop(); daemon.wait() } }
        let (a, b) = (try homeA.client(), try homeB.client())
        let code = try #require(try a.call("pair.open")["result"]?["code"]?.text)
        #expect(try b.call("pair.join", "{\"code\":\"\(code)\"}")["result"] != nil)
        func isAsked(_ client: RawClient) throws -> Bool {
            try client.call("pair.list")["result"]?["pairings"]?.elements?.first?["stage"] == .string("asked")
        }
        #expect(try wait { try isAsked(a) && isAsked(b) })
        #expect(try a.call("pair.answer", "{\"yes\":true}")["result"] != nil)
        #expect(try b.call("pair.answer", "{\"yes\":true}")["result"] != nil)
        #expect(try wait { try isMutual(a) && isMutual(b) })
        let names = try a.call("people.list")["result"]?["people"]?.elements?.map { $0["name"] }
        #expect(names == [.string("Birch")])
    }

    @Test func whatWaitsArrivesInOrderWhenTheOtherComesBack() throws {
        let (homeA, homeB, daemonA, daemonB) = try start()
        let (a, b) = (try homeA.client(), try homeB.client())
        let (idA, idB) = (try identity(a), try identity(b))
        _ = try a.call("people.add", "{\"id\":\"\(idB)\",\"name\":\"Birch\"}")
        _ = try b.call("people.add", "{\"id\":\"\(idA)\",\"name\":\"Alder\"}")
        #expect(try wait { try isMutual(a) && isMutual(b) })
        daemonB.stop()
        daemonB.wait()
        for text in ["one", "two", "three"] {
            _ = try a.call("item.give", "{\"to\":[\"birch\"],\"kind\":\"note\",\"text\":\"\(text)\"}")
        }
        #expect(try a.call("outbox.list")["result"]?["items"]?.elements?.count == 3)
        daemonA.stop()
        daemonA.wait()
        let again = [try homeA.start(), try homeB.start()]
        defer { for daemon in again { daemon.stop(); daemon.wait() } }
        let reader = try homeB.client()
        #expect(try wait { try texts(reader).count == 3 })
        #expect(try texts(reader) == ["one", "two", "three"])
    }

    @Test func aStrangerGetsNotOneByte() throws {
        let home = try TestHome()
        let daemon = try home.start()
        defer { daemon.stop(); daemon.wait() }
        let client = try home.client()
        let port = try #require(try client.call("status")["result"]?["port"]?.integer)
        let stranger = try TCPStranger(port: UInt16(port))
        stranger.send((0..<64).map { _ in UInt8.random(in: 0...255) })
        #expect(stranger.read(waitMs: 1_000) == nil)
        // It is not even told that nobody listens: the connection stays open.
        #expect(!stranger.isClosed)
    }
}

/// Somebody who connects and sends what they like.
final class TCPStranger {
    private let descriptor: CInt
    private(set) var isClosed = false

    init(port: UInt16) throws {
        #if os(Linux)
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw RawClient.Fault.noSocket }
    }

    func send(_ bytes: [UInt8]) { _ = write(descriptor, bytes, bytes.count) }

    /// What comes within the time; nil when nothing does.
    func read(waitMs: Int32) -> [UInt8]? {
        var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&one, 1, waitMs) > 0 else { return nil }
        var chunk = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count <= 0 { isClosed = true }
        return count > 0 ? Array(chunk[..<count]) : []
    }

    deinit {
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }
}
