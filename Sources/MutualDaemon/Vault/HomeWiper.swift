import MutualCore
import MutualStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Takes a home away for good, while no daemon runs on it or for the one that does.
public enum HomeWiper {
    /// Files of the daemon besides those of the store; what an editor left begins as said.
    private static func wipe(_ home: HomeLocation) -> Wipe {
        Wipe(
            path: home.path, others: ["mutual.toml", "mutuald.log", "mutuald.log.1", "control.sock"],
            beginnings: [".text-"])
    }

    /// Wipes a home on which no daemon runs; what a cut one left is taken away as well.
    public static func run(_ home: HomeLocation) throws(DaemonError) {
        guard access(home.path, F_OK) == 0 else {
            throw DaemonError("There is no home at \(home.path), and nothing to wipe.", reason: "no-home")
        }
        let lock = try HomeLock(home)
        do throws(JournalFault) {
            try takeAway(home)
        } catch {
            throw cannot(home, error)
        }
        finish(home, lock)
    }

    /// Everything but the mark that it was begun, and the lock.
    static func takeAway(_ home: HomeLocation) throws(JournalFault) {
        let wipe = wipe(home)
        try wipe.begin(.wipe)
        try wipe.run(.wipe)
    }

    /// The rest, and the directory where nothing of anybody else is in it.
    static func finish(_ home: HomeLocation, _ lock: HomeLock) {
        unlink(home.lock)
        try? wipe(home).finish()
        rmdir(home.path)
        lock.release()
    }

    /// Whether something was cut off in this home that a start goes on with.
    static func isBegun(_ home: HomeLocation) -> Bool { access(home.path + "/" + Wipe.markName, F_OK) == 0 }

    /// Goes on with what was cut off in this home; says what it was. The caller holds the lock.
    static func goOn(_ home: HomeLocation) throws(DaemonError) -> Wipe.Unfinished? {
        do throws(JournalFault) {
            guard let what = try Wipe.unfinished(in: home.path) else { return nil }
            let wipe = wipe(home)
            try wipe.run(what)
            try wipe.finish()
            return what
        } catch {
            throw cannot(home, error)
        }
    }

    private static func cannot(_ home: HomeLocation, _ fault: JournalFault) -> DaemonError {
        switch fault.reason {
        case "read-only":
            DaemonError(
                "\(home.path) cannot be written, so not everything is wiped.",
                advice: "Allow it, then again: chmod -R u+w '\(home.path)'", reason: "read-only", exitCode: .fault)
        default:
            DaemonError(
                "The disk that holds \(home.path) has a fault, so not everything is wiped.",
                advice: "Again: mutual wipe", reason: fault.reason, exitCode: .fault)
        }
    }
}
