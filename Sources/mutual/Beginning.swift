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

/// `mutual init`: makes a home.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Make a home with an identity of its own."))

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: .said("What you call yourself: others see it when you meet."))
    var name: String?

    func run() throws {
        let home = try Home(common.home)
        let chosen = try name ?? askName()
        guard !chosen.isEmpty else { throw Failure(.refused, .refused, reason: "bad-name") }
        let code = try Spawn.daemon(
            ["init", "--home=\(home.path)", "--name=\(chosen)"] + (common.json ? ["--json"] : []))
        guard code == 0 else { throw ExitCode(code) }
    }

    private func askName() throws -> String {
        guard Console.canAsk else { throw Failure(.usage, .needsTerminal, ["flag": "--name NAME"]) }
        Console.ask(Words.say(.askName))
        return Console.readLine() ?? ""
    }
}

/// `mutual start`: starts the daemon in the background and returns when it answers.
struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Start the daemon in the background."))
    private static let patienceMs: Int64 = 30_000

    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = try Home(common.home)
        do {
            _ = try Client(path: home.socket)
        } catch ClientError.notRunning {
            return try start(home)
        } catch {
            throw Failure(error, path: home.socket, key: nil)
        }
        try report(.startRunning, home)
    }

    /// A locked home is opened at a terminal; without one it stays locked, and this says so.
    private func report(_ key: Key, _ home: Home) throws {
        let session = try Session(home)
        let status: StatusResult = try session.call(.status)
        if status.state == "locked" {
            guard Console.canAsk else { throw Failure(.locked, .locked, reason: "locked") }
            _ = try Unlock.unlock(session, file: nil)
        }
        common.json ? Console.say(document: DoneResult().bytes()) : Console.say(key)
    }

    private func start(_ home: Home) throws {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure(.fault, .startSilent, advice: nil) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer {
            close(ends[0])
            close(null)
        }
        let pid: pid_t
        do {
            defer { close(ends[1]) }
            pid = try Spawn.begin(
                Spawn.daemonProgram, ["--home=\(home.path)", "--detached"] + (common.json ? ["--json"] : []),
                inputs: [(null, 0), (null, 1), (ends[1], 2)], ownSession: true)
        } catch {
            throw Failure(.other, .noDaemonProgram, advice: .noDaemonProgramAdvice)
        }
        try waitUntilItAnswers(home, pid, errors: ends[0])
    }

    private func waitUntilItAnswers(_ home: Home, _ pid: pid_t, errors: CInt) throws {
        var said: [UInt8] = []
        let endMs = Platform.nowMs + Self.patienceMs
        var isOpen = true
        var ended: Int32?
        var rounds = 0
        while Platform.nowMs < endMs {
            if (try? Client(path: home.socket)) != nil { return try report(.startDone, home) }
            if let code = ended ?? Spawn.ended(pid) {
                // Another one was first on this home, and answers as soon as it is ready. Looking for it now and then
                // only: who looks holds the lock for a moment.
                rounds += 1
                if code == ExitStatus.conflict.rawValue, rounds % 50 != 0 || home.isHeld {
                    ended = code
                    usleep(10_000)
                    continue
                }
                while isOpen, drain(errors, into: &said) {}
                guard !said.isEmpty else {
                    throw Failure(.fault, .startEnded, ["path": home.log], advice: .startSilentAdvice)
                }
                Console.write(said, to: 2)
                throw ExitCode(code == 0 ? ExitStatus.other.rawValue : code)
            }
            var polled = pollfd(fd: errors, events: Int16(POLLIN), revents: 0)
            if isOpen, poll(&polled, 1, 10) > 0 {
                isOpen = drain(errors, into: &said)
            } else if !isOpen {
                usleep(10_000)
            }
        }
        if !common.json { Console.write(said, to: 2) }
        throw Failure(.fault, .startSilent, ["path": home.log], advice: .startSilentAdvice)
    }

    /// Takes what the daemon says; false when it says no more.
    private func drain(_ errors: CInt, into said: inout [UInt8]) -> Bool {
        var page = [UInt8](repeating: 0, count: 4_096)
        let count = page.withUnsafeMutableBytes { Platform.read(errors, $0.baseAddress, $0.count) }
        guard count > 0 else { return count < 0 && errno == EINTR }
        if said.count < 65_536 { said += page.prefix(count) }
        return true
    }
}

/// `mutual stop`: ends the daemon and waits until it has ended.
struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("End the daemon."))
    private static let patienceMs: Int64 = 30_000

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try common.session()
        let result = try session.tree(.stop)
        let endMs = Platform.nowMs + Self.patienceMs
        _ = session.client.waitForEnd(atMost: Int(Self.patienceMs))
        while session.home.hasSocket || session.home.isHeld {
            guard Platform.nowMs < endMs else { throw Failure(.fault, .stopSlow) }
            usleep(10_000)
        }
        common.json ? Console.say(document: result.bytes()) : Console.say(.stopDone)
    }
}

/// `mutual status`: what the daemon is doing.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Say what the daemon is doing."))

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try common.session()
        let tree = try session.tree(.status)
        if common.json { return Console.say(document: tree.bytes()) }
        guard let status = StatusResult(tree) else { throw Failure(.notOurs, path: session.home.socket, key: nil) }
        guard status.state == "running" else { return Console.say(.statusLocked) }
        Console.say(.statusRunning, ["name": status.name ?? ""])
        if status.paused == true { Console.say(.statusPaused) }
        if let quiet = status.quiet { Console.fold(QuietVerb.line(quiet)) }
        if let port = status.port { Console.say(.statusPort, ["port": String(port)]) }
        let names = (status.interfaces ?? []).map { "\($0.name) (\($0.families.joined(separator: ", ")))" }
        if names.isEmpty {
            Console.say(.statusNoInterface)
        } else {
            Console.say(.statusInterfaces, ["names": names.joined(separator: ", ")])
        }
        for notice in status.notices ?? [] { Console.fold(SafeText.line(notice)) }
    }
}

/// `mutual whoami`: one's own id and its words.
struct Whoami: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Show your id and its ten words."))

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try common.session()
        let tree = try session.tree(.identityGet)
        if common.json { return Console.say(document: tree.bytes()) }
        guard let own = IdentityResult(tree) else { throw Failure(.notOurs, path: session.home.socket, key: nil) }
        Console.say(.whoamiName, ["name": own.name])
        Console.say(.whoamiID)
        Console.say("  " + SafeText.line(own.id))
        Console.say(.whoamiWords)
        Console.fold("  " + SafeText.line(own.words.joined(separator: " ")))
    }
}

/// `mutual doctor`: what keeps devices from meeting.
struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: said("Look for what keeps devices from meeting."))

    @OptionGroup var common: CommonOptions

    func run() throws {
        let home = try Home(common.home)
        let session: Session
        do {
            session = try Session(home)
        } catch let failure as Failure where failure.status == .notRunning {
            let code = try Spawn.daemon(["doctor", "--home=\(home.path)"] + (common.json ? ["--json"] : []))
            throw ExitCode(code)
        }
        let tree = try session.tree(.doctor)
        guard let found = DoctorResult(tree) else { throw Failure(.notOurs, path: home.socket, key: nil) }
        if common.json {
            Console.say(document: tree.bytes())
        } else {
            for check in found.checks {
                Console.fold((check.result == "ok" ? "ok    " : "look  ") + SafeText.line(check.message))
                // It may be a command to copy.
                if let advice = check.advice { Console.say("      " + SafeText.line(advice)) }
            }
        }
        if !found.ok { throw ExitCode(ExitStatus.other.rawValue) }
    }
}
