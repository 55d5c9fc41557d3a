import GRDB
public import MutualCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The database and the file `keys` of one moment, for an export.
public struct Snapshot: Sendable {
    /// The name of the file in the home while it is written out.
    static let name = "snapshot.db"

    /// Where the copy of the database lies. It is sealed as the database is.
    public let path: String
    /// The file `keys` of the same moment.
    public let keys: [UInt8]

    /// Takes the copy away.
    public func remove() { unlink(path) }

    /// Takes away what a crash left.
    public static func removeOld(in home: String) {
        unlink(home + "/" + name)
        unlink(home + "/" + name + "-journal")
    }
}

extension Store {
    /// Copies the database as it is now, without the pages that are free, beside the file `keys` of the same moment:
    /// rows and bucket keys belong together. Throws `disk-full`, `io` and `read-only`, leaving nothing.
    public func snapshot(in home: String) throws(JournalFault) -> Snapshot {
        let path = home + "/" + Snapshot.name
        Snapshot.removeOld(in: home)
        // Made here, so that nobody else can read it from its first moment.
        try DirectoryHome(path: home).withDescriptor(path, O_WRONLY | O_CREAT | O_EXCL) { _ throws(JournalFault) in }
        do throws(JournalFault) {
            return try reading { db throws(JournalFault) in
                try JournalFault.wrap { try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
                return Snapshot(path: path, keys: try keysFile() ?? [])
            }
        } catch {
            Snapshot.removeOld(in: home)
            throw error
        }
    }
}
