import Foundation
import MutualControl
import MutualDaemon
import Testing

/// What two people's homes hold after they met and wrote to each other, as the bytes of their files.
struct Fixture: Sendable {
    /// A state in which a home can be found, by the names of its files.
    typealias Files = [String: [UInt8]]

    /// As it lies there while the daemon runs: the database's log is full of what is not in the database yet.
    let running: Files
    /// As it lies there after a clean end.
    let ended: Files
    /// Every text that may ever be shown.
    let texts: Set<String>

    /// The files that can be damaged.
    static let names = ["vault", "keys", "mutual.db", "mutual.db-wal", "mutual.toml"]
    static let settings = """
        # What is said here counts after the next start.
        port = 0
        interfaces = ["lo", "lo0"]
        language = "en"
        log_level = "critical"
        allow_prefixes = ["192.0.2.0/24", "2001:db8::/32"]

        """

    static func variable(_ name: String) -> String? {
        switch name {
        case "MUTUAL_INTERFACES": "lo,lo0"
        case "MUTUAL_LOG_LEVEL": "critical"
        default: nil
        }
    }

    /// The bytes of the files in a home that there are.
    static func read(_ path: String) -> Files {
        var files: Files = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
            let file = path + "/" + name
            var info = stat()
            guard lstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { continue }
            files[name] = FileManager.default.contents(atPath: file).map { Array($0) }
        }
        return files
    }

    /// Writes a home of these files.
    static func write(_ files: Files, to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        for (name, bytes) in files {
            let made = FileManager.default.createFile(
                atPath: path + "/" + name, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            try #require(made)
        }
    }

    /// Two daemons over loopback, notes both ways, some taken, some waiting; then the first one's files.
    static func make(_ mark: String) throws -> Fixture {
        let paths = ["a", "b"].map { "/tmp/mc\(mark)-\(getpid())-\($0)" }
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        let homes = try paths.map { try HomeLocation($0) }
        for (home, name) in zip(homes, ["Alder", "Birch"]) {
            _ = try HomeMaker.make(home, name: name, environment: { variable($0) })
            try settings.write(toFile: home.path + "/mutual.toml", atomically: false, encoding: .utf8)
            chmod(home.path + "/mutual.toml", 0o600)
        }
        var daemons = try homes.map { home in
            var options = DaemonOptions(home: home)
            options.environment = { variable($0) }
            return try Daemon.start(options)
        }
        defer {
            for daemon in daemons {
                daemon.stop()
                daemon.wait()
            }
        }
        let lines = try homes.map { try Line(path: $0.socket) }
        let ids = try lines.map { try #require(try $0.call("identity.get")["result"]?["id"]?.text) }
        _ = try lines[0].call("people.add", "{\"id\":\"\(ids[1])\",\"name\":\"Birch\"}")
        _ = try lines[1].call("people.add", "{\"id\":\"\(ids[0])\",\"name\":\"Alder\"}")
        try eventually("they are mutuals") {
            try lines.allSatisfy {
                try $0.call("people.list")["result"]?["people"]?.elements?.first?["standing"] == .string("mutual")
            }
        }
        var texts: Set<String> = []
        func give(_ from: Int, _ to: String, _ count: Int) throws {
            for _ in 0..<count {
                // Some fill several pages of the database.
                let long = String(repeating: "lorem ", count: texts.count % 5 == 0 ? 2_000 : texts.count)
                let text = "\(texts.count) \(long)"
                texts.insert(text)
                let life = 3_600 * (1 + texts.count % 7)
                let answer = try lines[from].call(
                    "item.give", "{\"to\":[\"\(to)\"],\"kind\":\"note\",\"text\":\"\(text)\",\"life_s\":\(life)}")
                try #require(answer["result"] != nil, "\(answer)")
            }
        }
        try give(0, "birch", 30)
        try give(1, "alder", 30)
        try eventually("all is there") {
            try lines.allSatisfy { try $0.pages("inbox.list", "items").count == 30 }
        }
        daemons[1].stop()
        daemons[1].wait()
        daemons.remove(at: 1)
        _ = try lines[0].call("item.open")
        try give(0, "birch", 6)
        let running = read(paths[0])
        daemons[0].stop()
        daemons[0].wait()
        daemons.remove(at: 0)
        let ended = read(paths[0])
        try #require(running["mutual.db-wal"]?.count ?? 0 > 30_000 && ended["mutual.db"]?.count ?? 0 > 100_000)
        return Fixture(
            running: running.filter { names.contains($0.key) }, ended: ended.filter { names.contains($0.key) },
            texts: texts)
    }
}
