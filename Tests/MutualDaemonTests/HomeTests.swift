import Foundation
import MutualControl
import Testing

@testable import MutualDaemon

/// Homes: where, whose, one daemon each; settings.
@Suite struct HomeTests {
    @Test func whereAHomeIs() throws {
        let variables = ["HOME": "/h", "XDG_DATA_HOME": "/x", "MUTUAL_HOME": "/m/"]
        func variable(_ names: String...) -> (String) -> String? {
            { names.contains($0) ? variables[$0] : nil }
        }
        #expect(try HomeLocation("/a/b/", environment: variable("MUTUAL_HOME")).path == "/a/b")
        #expect(try HomeLocation(nil, environment: variable("MUTUAL_HOME", "HOME")).path == "/m")
        #if os(Linux)
            #expect(try HomeLocation(nil, environment: variable("XDG_DATA_HOME", "HOME")).path == "/x/mutual")
            #expect(try HomeLocation(nil, environment: variable("HOME")).path == "/h/.local/share/mutual")
        #endif
        #expect(throws: DaemonError.self) { try HomeLocation(nil, environment: variable()) }
    }

    @Test func aPathThatNoSocketCanHaveIsRefused() throws {
        let fits = try HomeLocation("/" + String(repeating: "a", count: HomeLocation.longestSocketPath - 14))
        try fits.checkLength()
        #expect(fits.socket.utf8.count == HomeLocation.longestSocketPath)
        let long = try HomeLocation(fits.path + "a")
        let error = #expect(throws: DaemonError.self) { try long.checkLength() }
        #expect(error?.exitCode == .usage)
        #expect(error?.sentence.contains("--home") == true)
    }

    @Test func aSecondInitRefusesAndChangesNothing() throws {
        let home = try TestHome()
        let before = try Data(contentsOf: URL(fileURLWithPath: home.location.vault))
        let error = #expect(throws: DaemonError.self) { try HomeMaker.make(home.location, name: "Birch") }
        #expect(error?.exitCode == .conflict)
        #expect(
            error?.lines == [
                "There is somebody in \(home.location.path) already; nothing was changed.", "Next: mutual start",
            ])
        let after = try Data(contentsOf: URL(fileURLWithPath: home.location.vault))
        #expect(after == before)
        let daemon = try home.start()
        #expect(try home.client().call("identity.get")["result"]?["name"] == .string("Alder"))
        daemon.stop()
        daemon.wait()
    }

    @Test(arguments: ["", "a,b", "all", "ALL", " x", "x ", "a\nb", "a\u{1B}[31m", String(repeating: "x", count: 65)])
    func namesThatCannotStand(_ name: String) throws {
        let location = try HomeLocation("/tmp/mt-never-made")
        let error = #expect(throws: DaemonError.self) { try HomeMaker.make(location, name: name) }
        #expect(error?.exitCode == .refused)
        #expect(error?.lines.count == 2)
        #expect(error?.document.contains("\"reason\":\"bad-name\"") == true)
        #expect(!FileManager.default.fileExists(atPath: location.path))
    }

    @Test func aSecondDaemonRefuses() throws {
        let home = try TestHome()
        let daemon = try home.start()
        let error = #expect(throws: DaemonError.self) { try home.start() }
        #expect(error?.exitCode == .conflict)
        // The first one is untouched.
        #expect(try home.client().call("status")["result"]?["state"] == .string("running"))
        daemon.stop()
        daemon.wait()
    }

    @Test func aStaleSocketIsRemoved() throws {
        let home = try TestHome()
        // What a killed daemon leaves: a socket that nobody listens on.
        #expect(FileManager.default.createFile(atPath: home.location.socket, contents: nil))
        let daemon = try home.start()
        #expect(try home.client().call("status")["result"]?["state"] == .string("running"))
        daemon.stop()
        daemon.wait()
    }

    @Test func ahomeThatOthersCanReadIsRefused() throws {
        let home = try TestHome()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home.location.path)
        let error = #expect(throws: DaemonError.self) { try home.start() }
        #expect(error?.sentence.contains("chmod 700") == true)
    }

    @Test func aHomeThatIsNotThereSaysHowToMakeIt() throws {
        let location = try HomeLocation("/tmp/mt-not-there")
        let error = #expect(throws: DaemonError.self) { try Daemon.start(DaemonOptions(home: location)) }
        #expect(error?.sentence.contains("mutual init") == true)
    }

    @Test func settingsAreRead() throws {
        var settings = Settings()
        try settings.apply(
            file: """
                port = 8000
                interfaces = ["lo", "eth0"]
                allow_prefixes = ["192.0.2.0/24"]
                language = "en"
                log_level = "debug"
                """, path: "mutual.toml")
        #expect(settings.port == 8_000)
        #expect(settings.interfaces == ["lo", "eth0"])
        #expect(settings.allowPrefixes.map(\.text) == ["192.0.2.0/24"])
        #expect(settings.logLevel == .debug)
        try settings.apply { $0 == "MUTUAL_PORT" ? "9000" : nil }
        #expect(settings.port == 9_000)
    }

    @Test(arguments: [
        ("port = 1\nportt = 2\n", "line 2: there is no setting \"portt\""), ("port = 70000", "line 1: port is"),
        ("\n\nport = \"x\"", "line 3: port is"), ("allow_prefixes = [\"x\"]", "line 1: allow_prefixes is"),
        ("log_level = \"loud\"", "line 1: log_level is"), ("port = ", "line 1: this is no TOML"),
        ("[port]", "line 1: settings stand"), ("port = 1\r\n \t[#", "line 2: settings stand"),
        ("\u{FEFF}[[", "line 1: settings stand"), ("port = 1 port = 2", "line 1: this is no TOML"),
        ("port = 1\nlanguage = \"en\"\nport = 1", "line 3: \"port\" stands here a second"),
        ("interfaces = [\n\"a\",\n[]]", "line 3: a list holds"), ("language = \"\"\"en\"\"\"", "line 1: this is no"),
        ("port = 12:5", "line 1: port is"), ("port = 1e3", "line 1: port is"), ("port = 0_1", "line 1: port is"),
        ("language = \"e\u{7}\"", "line 1: this is no TOML"), ("language = \"\\uD800\"", "line 1: this is no TOML"),
    ])
    func settingsThatAreRefusedNameTheirLine(_ file: String, _ expected: String) {
        var settings = Settings()
        let error = #expect(throws: DaemonError.self) { try settings.apply(file: file, path: "mutual.toml") }
        #expect(error?.exitCode == .usage)
        #expect(error?.sentence.contains(expected) == true, "\(error?.sentence ?? "")")
    }

    /// As TOML writes them.
    @Test func settingsAreWrittenInMoreThanOneWay() throws {
        var settings = Settings()
        try settings.apply(
            file:
                "\u{FEFF}# c\r\n'port' = 0x1_F # d\r\n\"language\"=\"\\u0065\\U0000006E\"\ninterfaces = [ # e\n 'a\\',\n\"\\t\",]",
            path: "mutual.toml")
        #expect(settings.port == 31)
        #expect(settings.language == "en")
        #expect(settings.interfaces == ["a\\", "\t"])
        try settings.apply(file: "port = +7_000\ninterfaces = []", path: "mutual.toml")
        #expect(settings.port == 7_000)
        #expect(settings.interfaces == [])
    }

    @Test func badVariablesAreRefused() {
        var settings = Settings()
        #expect(throws: DaemonError.self) { try settings.apply { $0 == "MUTUAL_PORT" ? "x" : nil } }
        #expect(throws: DaemonError.self) { try settings.apply { $0 == "MUTUAL_LOG_LEVEL" ? "x" : nil } }
    }
}
