import ArgumentParser
import MutualClient
import MutualControl
import MutualLanguage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `mutual passphrase`: sets, changes or takes away the passphrase of this home.
struct PassphraseVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passphrase", abstract: said("Set or change the passphrase of this home."),
        discussion: said("Without a terminal it is a line of stdin: the one until now first, where there is one."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("Take the new one from this file."))
    var file: String?

    @Option(name: .long, help: .said("Take the one until now from this file."))
    var currentFile: String?

    @Flag(name: .long, help: .said("Take the passphrase away: the home opens without one."))
    var remove = false

    func run() throws {
        let session = try common.session()
        let status: StatusResult = try session.call(.status)
        guard status.state == "running" else { throw Failure(.locked, .locked, reason: "locked") }
        guard !remove || status.passphrase == true else { throw Failure(.refused, .refused, reason: "no-passphrase") }
        let current =
            status.passphrase == true
            ? try HiddenInput.passphrase(file: currentFile, asking: .passphraseCurrent) : nil
        let new = remove ? nil : try HiddenInput.newPassphrase(file: file, asking: .passphraseNew)
        let result = try session.tree(
            .vaultSetPassphrase(VaultSetPassphraseParameters(passphrase: new, current: current)))
        if common.json { return Console.say(document: result.bytes()) }
        Console.say(remove ? .passphraseRemoved : .passphraseSet)
    }
}

/// `mutual unlock`: opens a locked home.
struct Unlock: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Open a locked home with its passphrase."),
        discussion: said("Without a terminal the passphrase is the first line of stdin."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("Take the passphrase from this file."))
    var file: String?

    func run() throws {
        let session = try common.session()
        let result = try Self.unlock(session, file: file)
        common.json ? Console.say(document: result.bytes()) : Console.say(.unlockDone)
    }

    /// Asks up to three times at a terminal.
    static func unlock(_ session: Session, file: String?) throws -> JSONValue {
        var triesLeft = file == nil && Console.canAsk ? 3 : 1
        while true {
            let status: StatusResult = try session.call(.status)
            if status.state == "running" { return ControlDone.tree }
            let passphrase = try HiddenInput.passphrase(file: file, asking: .passphraseAsk)
            do {
                return try session.tree(.vaultUnlock(VaultUnlockParameters(passphrase: passphrase)))
            } catch let failure as Failure where failure.error.data.reason == "wrong-passphrase" && triesLeft > 1 {
                triesLeft -= 1
                Console.complain(Words.say(.passphraseWrong))
            }
        }
    }

    /// What a method that has nothing to say answers.
    private enum ControlDone {
        static let tree = (try? JSONValue(parsing: DoneResult().bytes())) ?? .object([])
    }
}

/// `mutual lock`: forgets all keys until the passphrase is given again.
struct Lock: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: said("Forget all keys until the passphrase is given again."))

    @OptionGroup var common: CommonOptions

    func run() throws {
        let result = try common.session().tree(.vaultLock)
        common.json ? Console.say(document: result.bytes()) : Console.say(.lockDone)
    }
}

/// `mutual export`: everything in one sealed file.
struct ExportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: said("Write everything into one sealed file, for another machine."),
        discussion: said("Without a terminal the passphrase of the file is the first line of stdin."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("Take the passphrase of the file from this one."))
    var passphraseFile: String?

    @Argument(help: .said("The file; nothing is written over."))
    var file: String

    func run() throws {
        let session = try common.session()
        let status: StatusResult = try session.call(.status)
        guard status.state == "running" else { throw Failure(.locked, .locked, reason: "locked") }
        let path = try Self.absolute(file)
        guard access(path, F_OK) != 0 else { throw Failure(.conflict, .conflict, reason: "file-exists") }
        let passphrase = try HiddenInput.newPassphrase(file: passphraseFile, asking: .passphraseFile)
        let result = try session.tree(.vaultExport(VaultExportParameters(file: path, passphrase: passphrase)))
        common.json ? Console.say(document: result.bytes()) : Console.say(.exportDone, ["path": path])
    }

    /// The daemon has another working directory.
    static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        guard !path.isEmpty, let place = getcwd(nil, 0) else { throw Failure(.usage, .fileUnreadable, ["path": path]) }
        defer { free(place) }
        return String(cString: place) + "/" + path
    }
}

/// `mutual import`: a home made of an exported one.
struct ImportVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: said("Make a home of an exported one."),
        discussion: said("Without a terminal the passphrase of the file is the first line of stdin."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("Take the passphrase of the file from this one."))
    var passphraseFile: String?

    @Argument(help: .said("What mutual export wrote."))
    var file: String

    func run() throws {
        let home = try Home(common.home)
        let arguments = ["import", "--home=\(home.path)"] + (common.json ? ["--json"] : [])
        if let passphraseFile {
            throw ExitCode(try Spawn.daemon(arguments + ["--passphrase-file=\(passphraseFile)", "--", file]))
        }
        guard Console.canAsk else { throw ExitCode(try Spawn.daemon(arguments + ["--", file])) }
        guard access(file, R_OK) == 0 else { throw Failure(.usage, .fileUnreadable, ["path": file]) }
        let passphrase = try HiddenInput.passphrase(file: nil, asking: .passphraseFile)
        throw ExitCode(try run(arguments + ["--", file], handing: passphrase))
    }

    /// Runs `mutuald` with the passphrase as the first line of its stdin.
    private func run(_ arguments: [String], handing passphrase: String) throws -> Int32 {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(.fault, .startSilent) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let pid: pid_t
        Spawn.handOverLanguage()
        do {
            defer { close(ends[0]) }
            pid = try Spawn.begin(Spawn.daemonProgram, arguments, inputs: [(ends[0], 0)])
        } catch {
            close(ends[1])
            throw Failure(.other, .noDaemonProgram, advice: .noDaemonProgramAdvice)
        }
        // It fits any pipe: the program need not read it for this to go on.
        Console.write(Array(passphrase.utf8) + [0x0A], to: ends[1])
        close(ends[1])
        return Spawn.exitCode(of: pid)
    }
}

/// `mutual wipe`: everything here goes, for good.
struct WipeVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wipe", abstract: said("Take everything in this home away for good."))
    private static let patienceMs: Int64 = 30_000

    @OptionGroup var common: CommonOptions

    @Flag(name: .long, help: .said("Do not ask."))
    var yes = false

    func run() throws {
        let home = try Home(common.home)
        guard access(home.path, F_OK) == 0 else { throw ExitCode(try Spawn.daemon(arguments(home))) }
        if !yes {
            guard Console.canAsk else { throw Failure(.usage, .needsTerminal, ["flag": "--yes"]) }
            guard Console.confirm(Words.say(.wipeAsk, ["path": home.path]), usually: false) else {
                throw Failure(.other, .wipeNothing)
            }
        }
        do {
            try byDaemon(home)
        } catch let failure as Failure where failure.status == .notRunning {
            let code = try Spawn.daemon(arguments(home))
            guard code == 0 else { throw ExitCode(code) }
        }
        common.json ? Console.say(document: DoneResult().bytes()) : Console.say(.wipeDone)
    }

    private func arguments(_ home: Home) -> [String] {
        ["wipe", "--yes", "--home=\(home.path)"] + (common.json ? ["--json"] : [])
    }

    /// Asks the running daemon, and waits until it has ended.
    private func byDaemon(_ home: Home) throws {
        let session = try Session(home)
        _ = try session.tree(.vaultWipe(VaultWipeParameters(confirm: true)))
        _ = session.client.waitForEnd(atMost: Int(Self.patienceMs))
        let endMs = Platform.nowMs + Self.patienceMs
        while home.hasSocket || home.isHeld || access(home.path + "/unfinished", F_OK) == 0 {
            guard Platform.nowMs < endMs else { throw Failure(.fault, .stopSlow) }
            usleep(10_000)
        }
        // The folder goes as the last; it stays where something else is in it.
        let lastMs = Platform.nowMs + 300
        while access(home.path, F_OK) == 0, Platform.nowMs < lastMs { usleep(5_000) }
    }
}
