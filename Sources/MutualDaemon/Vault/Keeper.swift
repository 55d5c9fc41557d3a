import MutualCore
import MutualCrypto
import MutualStore
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Holds the vault of a running home: while it is locked there is no shell, and so no key, no Node and no network.
///
/// Everything here happens on one event loop; what takes long (a passphrase, a large file) on another thread.
final class Keeper {
    let loop: any EventLoop
    let home: HomeLocation
    let settings: Settings
    let log: DaemonLog
    let control: ControlServer
    private let lock: HomeLock
    private let clock: SystemClock
    private let makeFiles: @Sendable () -> any HomeFiles
    /// Nil: locked.
    private(set) var shell: Shell?
    /// Something is under way that nothing else may come between.
    private var isBusy = false
    private(set) var isStopping = false
    private var isWiped = false
    /// Done when the shell that was there last has let go of everything.
    private var closing: EventLoopFuture<Void>
    /// Done when what was begun on another thread last is over, and who asked for it is told.
    private var working: EventLoopFuture<Void>
    /// Called once everything is closed.
    var ended: () -> Void = {}

    /// What a call hears: nil when it was done.
    typealias Done = (Refusal?) -> Void

    init(
        loop: any EventLoop, home: HomeLocation, settings: Settings, log: DaemonLog, lock: HomeLock, clock: SystemClock,
        makeFiles: @escaping @Sendable () -> any HomeFiles
    ) {
        self.loop = loop
        self.home = home
        self.settings = settings
        self.log = log
        self.lock = lock
        self.clock = clock
        self.makeFiles = makeFiles
        closing = loop.makeSucceededVoidFuture()
        working = loop.makeSucceededVoidFuture()
        control = ControlServer(loop: loop, home: home)
        control.keeper = self
    }

    // MARK: open and locked

    /// Begins with an open vault.
    func open(_ vault: Vault) throws(JournalFault) {
        Snapshot.removeOld(in: home.path)
        Drafts.removeOld(in: home.path)
        let storage = try Storage(home: home, vault: vault, files: makeFiles())
        let opened = Shell(
            loop: loop, storage: storage, settings: settings, log: log, control: control, clock: clock)
        shell = opened
        do throws(JournalFault) {
            try opened.start()
        } catch {
            _ = closeShell("locked")
            throw error
        }
    }

    /// `vault.unlock`: the key is made of the passphrase on another thread.
    func unlock(_ passphrase: SecretBytes, _ done: @escaping Done) {
        guard shell == nil else { return done(nil) }
        guard begin(done) else { return }
        let makeFiles = makeFiles
        elsewhere(done, Self.refusal) { () throws(VaultError) in
            var entropy = SystemEntropy()
            return Handover(try Vault.open(in: makeFiles(), passphrase: passphrase, entropy: &entropy))
        } then: { me, handed in
            // Nothing is opened by who is about to close everything.
            guard !me.isStopping else { return done(Refusal(.fault, "stopping")) }
            guard let vault = handed.take() else { return done(Refusal(.fault, "internal")) }
            do throws(JournalFault) {
                try me.open(vault)
                me.log.note("unlocked")
                done(nil)
            } catch {
                done(Refusal(.fault, error.reason))
            }
        }
    }

    /// `vault.lock`: answered when nothing of the vault is left in memory.
    func lock(_ done: @escaping Done) {
        guard let shell else { return done(nil) }
        guard shell.storage.vault.hasPassphrase else { return done(Refusal(.rule, "no-passphrase")) }
        guard begin(done) else { return }
        afterClosing("locked") { me in
            me.isBusy = false
            me.log.note("locked")
            done(nil)
        }
    }

    /// `vault.set-passphrase`: the present one is asked for also of who has the vault open.
    func setPassphrase(_ passphrase: SecretBytes?, current: SecretBytes?, _ done: @escaping Done) {
        guard let shell else { return done(Refusal(.locked, "locked")) }
        guard current != nil || !shell.storage.vault.hasPassphrase else {
            return done(Refusal(.locked, "passphrase-needed"))
        }
        guard begin(done) else { return }
        let makeFiles = makeFiles
        elsewhere(done, Self.refusal) { () throws(VaultError) in
            var entropy = SystemEntropy()
            let files = makeFiles()
            let vault = try Vault.open(in: files, passphrase: current, entropy: &entropy)
            try vault.change(passphrase: passphrase, in: files, entropy: &entropy)
            return Handover(vault)
        } then: { me, handed in
            if let vault = handed.take() { me.shell?.storage.adopt(vault) }
            me.log.note("the passphrase was changed")
            done(nil)
        }
    }

    private static func refusal(_ error: VaultError) -> Refusal {
        switch error {
        case .open: Refusal(.locked, "wrong-passphrase")
        case .fault(let reason): Refusal(.fault, reason)
        default: Refusal(.fault, Storage.fault(error).reason)
        }
    }

    // MARK: export

    /// `vault.export`: the copy is made between two turns, and sealed on another thread.
    func export(to file: String, passphrase: SecretBytes, _ done: @escaping Done) {
        guard let shell else { return done(Refusal(.locked, "locked")) }
        guard access(file, F_OK) != 0 else { return done(Refusal(.conflict, "file-exists")) }
        guard begin(done) else { return }
        let content: Export.Content
        do throws(JournalFault) {
            let (storage, vault) = (shell.storage, shell.storage.vault)
            content = Export.Content(
                seed: vault.seed, storeKey: vault.storeKey, hasPassphrase: vault.hasPassphrase,
                snapshot: try storage.store.snapshot(in: home.path))
        } catch {
            isBusy = false
            return done(Refusal(.fault, error.reason))
        }
        elsewhere(done, Self.refusal) { () throws(ExportFault) in
            defer { content.snapshot.remove() }
            var entropy = SystemEntropy()
            try Export.write(content, to: file, passphrase: passphrase, entropy: &entropy)
        } then: { me, _ in
            me.log.note("exported")
            done(nil)
        }
    }

    private static func refusal(_ fault: ExportFault) -> Refusal {
        switch fault {
        case .fileExists: Refusal(.conflict, "file-exists")
        case .fault("disk-full"): Refusal(.fault, "file-disk-full")
        case .fault("no-memory"): Refusal(.fault, "no-memory")
        default: Refusal(.fault, "file-unwritable")
        }
    }

    // MARK: wiping and stopping

    /// `vault.wipe`: keys first, then the rest; the daemon ends.
    func wipe(_ done: @escaping Done) {
        guard begin(done) else { return }
        afterClosing("locked") { me in
            me.log.note("wiping")
            me.log.close()
            do throws(JournalFault) {
                try HomeWiper.takeAway(me.home)
                me.isWiped = true
                done(nil)
            } catch {
                // The mark is there: the next start goes on.
                done(Refusal(.fault, error.reason))
            }
            me.later { $0.stop() }
        }
    }

    /// Ends sessions with a plain FIN, closes the store, removes the socket, then says so. What is being done with the
    /// vault is finished first, and told: a file that was half written would look like a whole one.
    func stop() {
        guard !isStopping else { return }
        isStopping = true
        log.note("stopping")
        let closed = shell == nil ? closing : closeShell("stopping")
        let me = NIOLoopBound(self, eventLoop: loop)
        working.flatMap { me.value.control.shutDown(within: .seconds(1)) }.and(closed).whenComplete { _ in
            me.value.log.note("stopped")
            if me.value.isWiped {
                HomeWiper.finish(me.value.home, me.value.lock)
            } else {
                // With the store closed and the socket gone another daemon may run here.
                me.value.lock.release()
            }
            me.value.ended()
        }
    }

    // MARK: waiting

    /// One thing at a time; another is told so.
    private func begin(_ done: Done) -> Bool {
        guard !isBusy, !isStopping else {
            done(isStopping ? Refusal(.fault, "stopping") : Refusal(.conflict, "vault-busy"))
            return false
        }
        isBusy = true
        return true
    }

    /// Lets go of the shell; done when it has let go of everything.
    private func closeShell(_ reason: String) -> EventLoopFuture<Void> {
        guard let closed = shell else { return closing }
        shell = nil
        let done = loop.makePromise(of: Void.self)
        closing = done.futureResult
        closed.close(reason) { done.succeed() }
        return closing
    }

    /// Locks, then goes on, after what still holds the shell on this loop has let go of it.
    private func afterClosing(_ reason: String, _ body: @escaping (Keeper) -> Void) {
        // First those who wait: they hear that it is locked.
        control.lock()
        let closed = closeShell(reason)
        let kept = NIOLoopBound((self, body), eventLoop: loop)
        closed.whenComplete { _ in kept.value.0.later(kept.value.1) }
    }

    private func later(_ body: @escaping (Keeper) -> Void) {
        let kept = NIOLoopBound((self, body), eventLoop: loop)
        loop.execute { kept.value.1(kept.value.0) }
    }

    /// Does something on another thread and comes back with what it gave.
    private func elsewhere<Value: Sendable, Fault: Error>(
        _ done: @escaping Done, _ refusal: @escaping (Fault) -> Refusal,
        _ work: @escaping @Sendable () throws(Fault) -> Value, then: @escaping (Keeper, Value) -> Void
    ) {
        let kept = NIOLoopBound((self, done, refusal, then), eventLoop: loop)
        let over = loop.makePromise(of: Void.self)
        working = over.futureResult
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) { () -> Result<Value, Fault> in
            do throws(Fault) { return .success(try work()) } catch { return .failure(error) }
        }.whenComplete { result in
            let (me, done, refusal, then) = kept.value
            me.isBusy = false
            defer { over.succeed() }
            switch result {
            case .success(.success(let value)): then(me, value)
            case .success(.failure(let fault)): done(refusal(fault))
            case .failure: done(Refusal(.fault, "stopping"))
            }
        }
    }
}
