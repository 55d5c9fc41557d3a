public import MutualCore

/// The files of a home that the store takes by name.
public enum HomeFile: String, Hashable, Sendable, CaseIterable {
    /// Seed and store key `[storage]`.
    case vault
    /// The keys of buckets in slots `[storage]`.
    case keys
}

/// Where the database lives.
public enum DatabasePlace {
    /// A file; SQLite puts `-wal` and `-shm` beside it.
    case file(String)
    /// Memory, for tests and simulators; outlives the `Store` over it as a file would.
    case memory(MemoryDatabase)
}

/// The way in which the store takes its files, so that a simulator can fail and cut them.
///
/// Every method throws `JournalFault` (`disk-full`, `read-only`, `io`).
public protocol HomeFiles: AnyObject {
    /// Where the database lives.
    var database: DatabasePlace { get }
    /// The whole file; nil when it is not there.
    func read(_ file: HomeFile) throws(JournalFault) -> [UInt8]?
    /// Makes a file of these bytes (0600), whole or not at all, durable when it returns. Throws `exists` when there is
    /// one.
    func create(_ file: HomeFile, _ bytes: [UInt8]) throws(JournalFault)
    /// Writes in place, growing the file where needed; durable only after `sync`.
    func write(_ bytes: [UInt8], to file: HomeFile, at offset: Int) throws(JournalFault)
    /// Returns when all that was written is on the disk.
    func sync(_ file: HomeFile) throws(JournalFault)
    /// The first 100 bytes of the database file, read without opening it; nil when there is none (or memory).
    func databaseHeader() throws(JournalFault) -> [UInt8]?
    /// Makes an empty database file (0600) where there is none, before SQLite would make one that others can read.
    func makeDatabaseFile() throws(JournalFault)
    /// Called before the commit of a turn that wrote something; what it throws makes the turn fail.
    func willCommit() throws(JournalFault)
    /// Whether there is no room for another page.
    var isFull: Bool { get }
}

extension HomeFiles {
    /// Nothing to make in memory.
    public func makeDatabaseFile() throws(JournalFault) {}
    /// Nothing stands in the way of a commit.
    public func willCommit() throws(JournalFault) {}
    /// There is room.
    public var isFull: Bool { false }

    /// The cause of a fault that has many: SQLite says of a full disk also that a file cannot be opened or grown.
    func cause(of fault: JournalFault) -> JournalFault {
        ["io", "read-only"].contains(fault.reason) && isFull ? JournalFault("disk-full") : fault
    }
}

/// A home in memory: what was synced, and what was only written.
public final class MemoryHome: HomeFiles {
    private struct Content {
        var written: [UInt8]
        var synced: [UInt8]
    }

    private var files: [HomeFile: Content] = [:]
    private let memory: MemoryDatabase
    /// Thrown by every writing call and commit while it is set.
    public var fault: JournalFault?
    /// How many more calls go well before `fault` holds; 0: at once.
    public var callsBeforeFault = 0
    /// How often `sync` was called.
    public private(set) var syncCount = 0

    /// An empty home.
    public init() { memory = MemoryDatabase() }

    private init(_ memory: MemoryDatabase, _ files: [HomeFile: Content]) {
        self.memory = memory
        self.files = files
    }

    /// The same home once more, as a copied disk or a backup: what is committed and synced now. No turn may be under
    /// way.
    public func copy() throws(JournalFault) -> MemoryHome {
        let copied = try JournalFault.wrap { try memory.copy() }
        return MemoryHome(copied, files.mapValues { Content(written: $0.synced, synced: $0.synced) })
    }

    /// A database that lives as long as this object.
    public var database: DatabasePlace { .memory(memory) }

    private func mayFail() throws(JournalFault) {
        guard let fault else { return }
        if callsBeforeFault > 0 {
            callsBeforeFault -= 1
            return
        }
        throw fault
    }

    /// What was written last.
    public func read(_ file: HomeFile) throws(JournalFault) -> [UInt8]? { files[file]?.written }

    /// What outlives a cut of the power.
    public func synced(_ file: HomeFile) -> [UInt8]? { files[file]?.synced }

    /// Makes a file.
    public func create(_ file: HomeFile, _ bytes: [UInt8]) throws(JournalFault) {
        try mayFail()
        guard files[file] == nil else { throw JournalFault("exists") }
        files[file] = Content(written: bytes, synced: bytes)
    }

    /// Writes in place.
    public func write(_ bytes: [UInt8], to file: HomeFile, at offset: Int) throws(JournalFault) {
        try mayFail()
        guard offset >= 0 else { throw JournalFault("io") }
        var content = files[file] ?? Content(written: [], synced: [])
        let end = offset + bytes.count
        if content.written.count < end {
            content.written += [UInt8](repeating: 0, count: end - content.written.count)
        }
        content.written.replaceSubrange(offset..<end, with: bytes)
        files[file] = content
    }

    /// What was written outlives `cutPower`.
    public func sync(_ file: HomeFile) throws(JournalFault) {
        try mayFail()
        syncCount += 1
        guard var content = files[file] else { return }
        content.synced = content.written
        files[file] = content
    }

    /// None: nothing older can be in memory.
    public func databaseHeader() throws(JournalFault) -> [UInt8]? { nil }

    /// Fails while `fault` holds.
    public func willCommit() throws(JournalFault) { try mayFail() }

    /// A cut of the power: what was not synced is gone. Drop the `Store` over this home first.
    public func cutPower() {
        for file in HomeFile.allCases {
            if let synced = files[file]?.synced { files[file]?.written = synced }
        }
    }
}
