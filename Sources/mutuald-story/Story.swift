import ArgumentParser
import MutualDaemon

/// The daemon with clocks that a file moves, so that stories that need hours can be played in seconds. It belongs to the
/// tests: it is never installed, and the daemon that is has no way to do the same.
@main
struct Story: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutuald-story",
        abstract: "Runs the daemon in the foreground, its clocks moved by a file. For tests only.",
        discussion: """
            The file holds one or two numbers in seconds: how far the wall clock is ahead (below 0: behind), and how \
            much more time has passed while the daemon ran. It may change at any moment; no file, or one that says \
            nothing else, moves nothing.
            """)

    @Option(name: .long, help: "The home; else MUTUAL_HOME, else your data directory.")
    var home: String?

    @Option(name: .long, help: "The file; else MUTUAL_STORY_CLOCK.")
    var clock: String?

    @Option(name: .long, help: "TCP port to listen on; 0: any free one.")
    var port: UInt16?

    @Flag(name: .long, help: "Log to the home's file, and let go of stderr once the daemon answers.")
    var detached = false

    /// Parses and runs; whatever goes wrong is one sentence on stderr and an exit code.
    static func main() {
        ProcessGuard.begin()
        do {
            try parse().run()
        } catch let error as DaemonError {
            ProcessGuard.complain(error.sentence)
            ProcessGuard.end(error.exitCode.rawValue)
        } catch {
            let message = fullMessage(for: error)
            guard exitCode(for: error).isSuccess else {
                ProcessGuard.complain(message)
                ProcessGuard.end(2)
            }
            ProcessGuard.say(message)
        }
    }

    func run() throws {
        guard let path = clock ?? HomeLocation.variable("MUTUAL_STORY_CLOCK") else {
            throw ValidationError("Name the file of the clock: --clock FILE or MUTUAL_STORY_CLOCK.")
        }
        var options = DaemonOptions(home: try HomeLocation(home))
        options.port = port
        options.isDetached = detached
        options.clockShift = { ClockFile.read(path) }
        ProcessGuard.holdSignals()
        let daemon = try Daemon.start(options)
        if detached { ProcessGuard.detach() }
        daemon.runUntilToldToStop()
    }
}
