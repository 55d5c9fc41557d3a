import Logging
import MutualCore
import NIOCore
import NIOPosix
import MutualStore

/// How a daemon is started.
public struct DaemonOptions: Sendable {
    /// Its home.
    public var home: HomeLocation
    /// A port that overrides the settings; 0: any free one.
    public var port: UInt16?
    /// Whether nobody reads stderr: the log goes to the home's file.
    public var isDetached = false
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
    private let loop: any EventLoop
    private let shell: NIOLoopBound<Shell>
    private let ended: EventLoopFuture<Void>

    /// Starts on a home and returns once the control socket answers. Blocks; not for an event loop.
    public static func start(_ options: DaemonOptions) throws(DaemonError) -> Daemon {
        let home = options.home
        try home.checkLength()
        try home.check()
        guard home.hasVault else {
            if home.hasStore { throw Storage.sentence(for: JournalFault("damaged"), home: home) }
            throw DaemonError("There is nobody in \(home.path) yet. Make a home: mutual init --name NAME")
        }
        let lock = try HomeLock(home)
        var settings = try Settings.load(home, environment: options.environment)
        if let port = options.port { settings.port = port }
        let log = DaemonLog(options.isDetached ? try LogSink(path: home.log) : LogSink(), level: settings.logLevel)
        return try Daemon(options, lock, settings, log)
    }

    private init(_ options: DaemonOptions, _ lock: HomeLock, _ settings: Settings, _ log: DaemonLog) throws(DaemonError)
    {
        let home = options.home
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let ended = loop.makePromise(of: Void.self)
        do {
            shell = try loop.submit {
                let shell = Shell(
                    loop: loop, storage: try Storage(home: home, files: options.files?()), settings: settings, log: log,
                    home: home, clock: SystemClock(shift: options.clockShift))
                shell.ended = { ended.succeed() }
                return NIOLoopBound(shell, eventLoop: loop)
            }.wait()
            let shell = shell
            try loop.flatSubmit { Self.begin(shell.value, log) }.wait()
        } catch {
            ended.succeed()
            try? group.syncShutdownGracefully()
            throw Self.sentence(for: error, home)
        }
        self.group = group
        self.loop = loop
        self.ended = ended.futureResult
        // With the store closed and the socket gone another daemon may run here.
        ended.futureResult.whenComplete { _ in lock.release() }
    }

    private static func begin(_ shell: Shell, _ log: DaemonLog) -> EventLoopFuture<Void> {
        do {
            try shell.start()
            log.note("started")
            return try shell.control.listen()
        } catch {
            return shell.loop.makeFailedFuture(error)
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
        let shell = shell
        loop.execute { shell.value.stop() }
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
        let shell = shell
        return (try? loop.submit { shell.value.connections.sessionPort }.wait()) ?? nil
    }
}
