import Foundation
import Testing

/// `tcpdump` on the bridge, which hands everything on and so sees everything.
final class Recording {
    private let running: Running
    private let path: String

    private init(_ running: Running, path: String) {
        self.running = running
        self.path = path
    }

    /// Starts; returns when it records.
    static func begin(_ lab: Lab) async throws -> Recording {
        let path = "\(lab.folder)/bridge.pcap"
        let running = try Running(
            [
                "ip", "netns", "exec", lab.hub, "tcpdump", "-i", "br0", "-s", "0", "-U", "--immediate-mode", "-Z",
                "root", "-w", path,
            ], folder: lab.folder)
        try await eventually("tcpdump listens") {
            try #require(running.isRunning, "\(running.errors)")
            return running.errors.contains("listening on")
        }
        return Recording(running, path: path)
    }

    /// What was recorded so far.
    func soFar() throws -> Capture {
        try Capture(file: FileManager.default.contents(atPath: path).map { Array($0) } ?? [])
    }

    /// Ends it; nothing may be lost.
    func end() async throws -> Capture {
        running.signal(SIGTERM)
        let outcome = try await running.outcome()
        try #require(outcome.errors.contains("\n0 packets dropped by kernel"), "\(outcome.errors)")
        return try soFar()
    }
}
