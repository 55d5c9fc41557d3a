import Logging
import MutualCore
import MutualCrypto
import MutualStore
import NIOCore
import NIOPosix

/// How a daemon is started.
public struct DaemonOptions: Sendable {
    /// Its home.
    public var home: HomeLocation
    /// A port that overrides the settings; 0: any free one.
    public var port: UInt16?
    /// Whether nobody reads stderr: the log goes to the home's file.
    public var isDetached = false
    /// Whether the vault's passphrase is the first line of stdin.
    public var takesPassphraseFromInput = false
    /// Where variables are looked up.
    public var environment: @Sendable (String) -> String? = { HomeLocation.variable($0) }

    /// Moves the daemon's clocks: only `mutuald-story` sets it, no flag, variable or setting of the product does.
    public var clockShift: (@Sendable () -> ClockShift)?

    /// Files of the home that can fail, for tests.
    var files: (@Sendable () -> any HomeFiles)?

    /// The usual options for a home.
    public init(home: HomeLocation) { self.home = home }
}

/// One running daemon: a home, an event loop, a shell around a Node.
public final class Daemon: Sendable {
    private let group: MultiThreadedEventLoopGroup
    let loop: any EventLoop
    let keeper: NIOLoopBound<Keeper>
    private let ended: EventLoopFuture<Void>

    /// Starts on a home and returns once the control socket answers. Blocks; not for an event loop.
    public static func start(_ options: DaemonOptions) throws(DaemonError) -> Daemon {
        let home = options.home
        try home.checkLength()
        try home.check()
        // Nothing is made in a directory that is no home.
        let lock = try home.hasVault || HomeWiper.isBegun(home) ? HomeLock(home) : nil
        if let lock { try goOn(home, lock) }
        guard let lock, home.hasVault else {
            if home.hasStore { throw Storage.sentence(for: JournalFault("damaged"), home: home) }
            throw DaemonError("There is nobody in \(home.path) yet. Make a home: mutual init --name NAME")
        }
        var settings = try Settings.load(home, environment: options.environment)
        if let port = options.port { settings.port = port }
        let log = DaemonLog(options.isDetached ? try LogSink(path: home.log) : LogSink(), level: settings.logLevel)
        let vault = try openVault(options, settings, log)
        return try Daemon(options, lock, settings, log, vault)
    }

    /// A wipe or an import that was cut off.
    private static func goOn(_ home: HomeLocation, _ lock: HomeLock) throws(DaemonError) {
        switch try HomeWiper.goOn(home) {
        case .wipe:
            HomeWiper.finish(home, lock)
            throw DaemonError(
                "This home was being wiped, and that is finished now.",
                advice: "Make a new one: mutual init --name NAME",
                reason: "was-wiped")
        case .importing:
            throw DaemonError(
                "An import into this home was cut off; what it left is taken away.",
                advice: "Do it again: mutual import FILE", reason: "import-cut")
        case nil: return
        }
    }

    /// The vault, open; nil while it waits for its passphrase.
    private static func openVault(
        _ options: DaemonOptions, _ settings: Settings, _ log: DaemonLog
    ) throws(DaemonError) -> Handover<Vault>? {
        let files = options.files?() ?? DirectoryHome(path: options.home.path)
        var passphrase: SecretBytes?
        var entropy = SystemEntropy()
        do throws(VaultError) {
            if try Vault.isLocked(in: files) {
                guard let found = try? find(options, settings, log) else { return nil }
                passphrase = found
            }
            return Handover(try Vault.open(in: files, passphrase: passphrase, entropy: &entropy))
        } catch {
            guard error == .open, passphrase != nil else {
                throw Storage.sentence(for: Storage.fault(error), home: options.home)
            }
            log.note("the passphrase that was handed over does not open the vault", level: .error)
            return nil
        }
    }

    /// A passphrase that can be had without asking. Where it cannot be taken from where it should be, the daemon runs
    /// and waits, as somebody can unlock it by hand.
    private static func find(
        _ options: DaemonOptions, _ settings: Settings, _ log: DaemonLog
    ) throws(DaemonError) -> SecretBytes? {
        do throws(DaemonError) {
            return try PassphraseSource.find(
                settings, home: options.home, fromInput: options.takesPassphraseFromInput,
                environment: options.environment)
        } catch {
            log.note("no passphrase could be taken from the place that is set", level: .error)
            if !options.isDetached {
                for line in error.lines { ProcessGuard.complain(line) }
            }
            throw error
        }
    }

    private init(
        _ options: DaemonOptions, _ lock: HomeLock, _ settings: Settings, _ log: DaemonLog, _ vault: Handover<Vault>?
    ) throws(DaemonError) {
        let home = options.home
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let ended = loop.makePromise(of: Void.self)
        do {
            keeper = try loop.submit {
                let keeper = Keeper(
                    loop: loop, home: home, settings: settings, log: log, lock: lock,
                    clock: SystemClock(shift: options.clockShift)
                ) {
                    options.files?() ?? DirectoryHome(path: home.path)
                }
                keeper.ended = { ended.succeed() }
                return NIOLoopBound(keeper, eventLoop: loop)
            }.wait()
            let keeper = keeper
            try loop.flatSubmit { Self.begin(keeper.value, vault, log) }.wait()
        } catch {
            ended.succeed()
            try? group.syncShutdownGracefully()
            throw Self.sentence(for: error, home)
        }
        self.group = group
        self.loop = loop
        self.ended = ended.futureResult
    }

    private static func begin(
        _ keeper: Keeper, _ vault: Handover<Vault>?, _ log: DaemonLog
    ) -> EventLoopFuture<Void> {
        do {
            if let vault = vault?.take() { try keeper.open(vault) }
            log.note("started")
            if keeper.shell == nil { log.note("locked") }
            return try keeper.control.listen()
        } catch {
            return keeper.loop.makeFailedFuture(error)
        }
    }

    private static func sentence(for error: any Error, _ home: HomeLocation) -> DaemonError {
        if let error = error as? DaemonError { return error }
        if let fault = error as? JournalFault { return Storage.sentence(for: fault, home: home) }
        if let error = error as? IOError { return HomeLocation.cannot("make", home.socket, error.errnoCode) }
        return DaemonError("Mutual cannot open its control socket.", exitCode: .fault)
    }

    /// Asks it to end: sessions with a plain FIN, the store closed, the socket removed.
    public func stop() {
        let keeper = keeper
        loop.execute { keeper.value.stop() }
    }

    /// Waits until it has ended, whoever asked for it. Blocks; not for an event loop.
    public func wait() {
        try? ended.wait()
        try? group.syncShutdownGracefully()
    }

    /// Runs until a client or a signal ends it. The signals must be held (`ProcessGuard.holdSignals`).
    public func runUntilToldToStop() {
        ended.whenComplete { _ in ProcessGuard.signalEnd() }
        ProcessGuard.waitForSignal()
        stop()
        wait()
    }

    /// The port that sessions come in by, once it listens.
    public var port: UInt16? {
        let keeper = keeper
        return (try? loop.submit { keeper.value.shell?.connections.sessionPort }.wait()) ?? nil
    }
}
