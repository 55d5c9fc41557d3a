public import MutualCore
import MutualCrypto

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Takes a home away, keys first, so that it can be cut off anywhere and goes on at the next start `[storage-18]`.
///
/// The file `unfinished` is made before anything is touched and goes as the last: while it is there the home is nobody's.
public struct Wipe {
    /// What was begun and is to be gone through with; also what stands in the file.
    public enum Unfinished: String, Sendable {
        /// Everything goes.
        case wipe
        /// A home was being made from an exported one: what it has so far goes.
        case importing
    }

    /// The name of the file that says so.
    public static let markName = "unfinished"

    /// Files that hold keys, also under the names that they have while they are made.
    private static let keyFiles = ["vault", "keys", "vault.new", "keys.new"]
    /// What the store makes.
    private static let storeFiles = [
        "mutual.db", "mutual.db-wal", "mutual.db-shm", "mutual.db-journal", Snapshot.name, Snapshot.name + "-journal",
    ]

    private let home: DirectoryHome
    private let others: [String]
    private let beginnings: [String]
    private let step: () throws(JournalFault) -> Void

    /// A wipe of the home in this directory. `others` are names of files besides those of the store, `beginnings` how
    /// the names of further ones begin. `step` runs before each change of the disk; a test cuts there.
    public init(
        path: String, others: [String] = [], beginnings: [String] = [],
        step: @escaping () throws(JournalFault) -> Void = { () throws(JournalFault) in }
    ) {
        home = DirectoryHome(path: path)
        self.others = others
        self.beginnings = beginnings
        self.step = step
    }

    /// What was begun in this directory and not finished.
    public static func unfinished(in path: String) throws(JournalFault) -> Unfinished? {
        guard let bytes = try DirectoryHome(path: path).readFile(markName, atMost: 64) else { return nil }
        // It is on the disk before anything is touched: an empty one, or somebody else's file, means nothing.
        return Unfinished(rawValue: String(decoding: bytes, as: UTF8.self))
    }

    /// Marks the home; from here on a start goes on with it.
    public func begin(_ what: Unfinished) throws(JournalFault) {
        try step()
        let mark = home.path + "/" + Self.markName
        let part = mark + ".new"
        try home.withDescriptor(part, O_WRONLY | O_CREAT | O_TRUNC) { fd throws(JournalFault) in
            try DirectoryHome.write(Array(what.rawValue.utf8), to: fd, at: 0)
            guard DirectoryHome.flush(fd) else { throw DirectoryHome.fault(errno) }
        }
        // There whole or not at all.
        guard rename(part, mark) == 0 else { throw DirectoryHome.fault(errno) }
        try home.syncDirectory()
    }

    /// Takes everything away but the mark. `what` says whether also what is not of the store.
    public func run(_ what: Unfinished) throws(JournalFault) {
        for name in Self.keyFiles {
            try overwrite(name)
            try remove(name)
        }
        try step()
        try home.syncDirectory()
        for name in Self.storeFiles { try remove(name) }
        if what == .wipe {
            for name in others { try remove(name) }
            for name in names() where beginnings.contains(where: { name.hasPrefix($0) }) { try remove(name) }
        }
        try step()
        try home.syncDirectory()
    }

    /// The home is nobody's no more.
    public func finish() throws(JournalFault) {
        try remove(Self.markName + ".new")
        try remove(Self.markName)
        try step()
        try home.syncDirectory()
    }

    /// Random bytes over the whole file, on the disk when this returns.
    private func overwrite(_ name: String) throws(JournalFault) {
        var info = stat()
        guard lstat(home.path + "/" + name, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size > 0 else {
            return
        }
        try step()
        try home.withDescriptor(home.path + "/" + name, O_WRONLY) { fd throws(JournalFault) in
            var done = 0
            let size = Int(info.st_size)
            while done < size {
                var random = [UInt8](repeating: 0, count: min(65_536, size - done))
                random.withUnsafeMutableBytes { SystemRandom.fill($0) }
                try DirectoryHome.write(random, to: fd, at: done)
                done += random.count
            }
            try step()
            guard DirectoryHome.flush(fd) else { throw DirectoryHome.fault(errno) }
        }
    }

    private func remove(_ name: String) throws(JournalFault) {
        let path = home.path + "/" + name
        var info = stat()
        guard lstat(path, &info) == 0 else { return }
        try step()
        guard unlink(path) == 0 || errno == ENOENT else { throw DirectoryHome.fault(errno) }
    }

    /// The names in the directory, sorted.
    private func names() -> [String] {
        guard let folder = opendir(home.path) else { return [] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            found.append(name)
        }
        return found.sorted()
    }
}
