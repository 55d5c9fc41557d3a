import ArgumentParser
import MutualDaemon

/// The daemon: runs in the foreground, and what a home needs while no daemon runs on it.
@main
struct Mutuald: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutuald",
        abstract: "Carries words between you and the people you know on your network.",
        discussion: "Without a subcommand it runs in the foreground until it is told to stop. See also: mutual help",
        subcommands: [Run.self, Init.self, Import.self, Wipe.self, Doctor.self],
        defaultSubcommand: Run.self)

    /// Parses and runs; whatever goes wrong is a sentence on stderr, or with `--json` a document, and an exit code.
    static func main() {
        ProcessGuard.begin()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as DaemonError {
            end(error)
        } catch let code as ExitCode {
            ProcessGuard.end(code.rawValue)
        } catch {
            guard exitCode(for: error).isSuccess else {
                let fact = message(for: error).split(separator: "\n").first.map(String.init) ?? ""
                end(
                    DaemonError(
                        fact.hasSuffix(".") ? fact : fact + ".", advice: "See: mutuald --help", reason: "usage",
                        exitCode: .usage))
            }
            ProcessGuard.say(fullMessage(for: error))
        }
    }

    private static func end(_ error: DaemonError) -> Never {
        let lines = CommandLine.arguments.contains("--json") ? [error.document] : error.lines
        for line in lines { ProcessGuard.complain(line) }
        ProcessGuard.end(error.exitCode.rawValue)
    }
}

/// Which home a command is about.
struct HomeOption: ParsableArguments {
    @Option(name: .long, help: "The home; else MUTUAL_HOME, else your data directory.")
    var home: String?

    /// Where it is.
    func location() throws -> HomeLocation { try HomeLocation(home) }
}

/// `mutuald`: runs the daemon.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run in the foreground (the default).")

    @OptionGroup var home: HomeOption

    @Option(name: .long, help: "TCP port to listen on; 0: any free one.")
    var port: UInt16?

    @Flag(name: .long, help: "Log to the home's file, and let go of stderr once the daemon answers.")
    var detached = false

    @Flag(name: .long, help: "What keeps it from running as one JSON document on stderr.")
    var json = false

    @Flag(name: .long, help: "The vault's passphrase is the first line of stdin.")
    var passphraseStdin = false

    func run() throws {
        var options = DaemonOptions(home: try home.location())
        options.takesPassphraseFromInput = passphraseStdin
        options.port = port
        options.isDetached = detached
        ProcessGuard.holdSignals()
        let daemon = try Daemon.start(options)
        if detached { ProcessGuard.detach() }
        daemon.runUntilToldToStop()
    }
}

/// `mutuald init`: makes a home.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a home with a new identity.")

    @OptionGroup var home: HomeOption

    @Option(name: .long, help: "What you call yourself: others see it when you meet.")
    var name: String

    @Flag(name: .long, help: "One JSON document, errors as JSON on stderr.")
    var json = false

    func run() throws {
        let made = try HomeMaker.make(try home.location(), name: name)
        for line in json ? [made.document] : made.lines { ProcessGuard.say(line) }
    }
}

/// `mutuald import`: makes a home of an exported one.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a home of an exported one. Its passphrase is the first line of stdin.")

    @OptionGroup var home: HomeOption

    @Flag(name: .long, help: "One JSON document, errors as JSON on stderr.")
    var json = false

    @Option(name: .long, help: "Take the passphrase from this file instead.")
    var passphraseFile: String?

    @Argument(help: "What mutual export wrote.")
    var file: String

    func run() throws {
        let lines = try HomeImporter.make(try home.location(), from: file, passphraseFile: passphraseFile)
        for line in json ? ["{\"schema\":1}"] : lines { ProcessGuard.say(line) }
    }
}

/// `mutuald wipe`: takes a home away while no daemon runs.
struct Wipe: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take everything in a home away for good.")

    @OptionGroup var home: HomeOption

    @Flag(name: .long, help: "What went wrong as one JSON document on stderr.")
    var json = false

    @Flag(name: .long, help: "Do it: nothing is asked here.")
    var yes = false

    func run() throws {
        guard yes else {
            throw DaemonError(
                "Nothing was wiped.", advice: "To do it: mutuald wipe --yes", reason: "confirm", exitCode: .usage)
        }
        try HomeWiper.run(try home.location())
    }
}

/// `mutuald doctor`: looks for what keeps people from finding each other, while no daemon runs.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Look for what keeps people from finding each other.")

    @OptionGroup var home: HomeOption

    @Flag(name: .long, help: "One JSON document.")
    var json = false

    func run() throws {
        let findings = try MutualDaemon.Doctor.examine(try home.location())
        if json {
            ProcessGuard.say(MutualDaemon.Doctor.json(findings))
        } else {
            for line in findings.flatMap(\.lines) { ProcessGuard.say(line) }
        }
        if findings.contains(where: { !$0.isWell }) { throw ExitCode(1) }
    }
}
