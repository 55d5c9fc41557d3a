import GRDB
import MutualCore
import MutualCrypto

extension JournalFault {
    static var damaged: JournalFault { JournalFault("damaged") }

    /// What an error of the database is called in this project.
    init(wrapping error: any Error) {
        if let fault = error as? JournalFault {
            self = fault
            return
        }
        guard let error = error as? DatabaseError else {
            self.init("io")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL: self.init("disk-full")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self.init("read-only")
        case .SQLITE_CANTOPEN: self.init("read-only")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_ERROR: self.init("damaged")
        default: self.init("io")
        }
    }

    /// Runs `body`: what does not open is damage.
    static func opening<R>(_ body: () throws(CryptoError) -> R) throws(JournalFault) -> R {
        do throws(CryptoError) { return try body() } catch { throw .damaged }
    }

    /// Runs `body` and gives its errors their names here.
    static func wrap<R>(_ body: () throws -> R) throws(JournalFault) -> R {
        do { return try body() } catch { throw JournalFault(wrapping: error) }
    }
}
