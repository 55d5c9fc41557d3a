import CPlatform
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The lock that says "a daemon runs on this home"; held until this object goes or the process ends, however it ends.
final class HomeLock: Sendable {
    private let descriptor: Mutex<CInt>

    /// Takes the lock, or refuses because somebody else holds it.
    init(_ home: HomeLocation) throws(DaemonError) {
        let file = open(home.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw HomeLocation.cannot("write", home.lock, errno) }
        guard mutual_try_lock(file) == 0 else {
            close(file)
            throw DaemonError(
                "Mutual already runs on this home (\(home.path)).", reason: "already-running", exitCode: .conflict)
        }
        descriptor = Mutex(file)
    }

    /// Whether a daemon runs on this home now.
    static func isHeld(_ home: HomeLocation) -> Bool {
        let file = open(home.lock, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return mutual_try_lock(file) != 0
    }

    /// Gives the lock up before this object goes.
    func release() {
        descriptor.withLock { file in
            if file >= 0 { close(file) }
            file = -1
        }
    }

    deinit { release() }
}
