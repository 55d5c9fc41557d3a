public import MutualCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files of a home in one directory. Descriptors are opened for each call: these files are written seldom.
public final class DirectoryHome: HomeFiles {
    /// The directory, which exists and is 0700 (its owner is the daemon's to check).
    public let path: String

    /// A home in this directory.
    public init(path: String) { self.path = path }

    /// The file `mutual.db`.
    public var database: DatabasePlace { .file(databasePath) }

    private var databasePath: String { path + "/mutual.db" }
    private func path(of file: HomeFile) -> String { path + "/" + file.rawValue }

    /// The whole file; nil when it is not there.
    public func read(_ file: HomeFile) throws(JournalFault) -> [UInt8]? {
        try read(path(of: file), atMost: 1 << 28)
    }

    /// The beginning of any file of the home; nil when it is not there.
    func readFile(_ name: String, atMost limit: Int) throws(JournalFault) -> [UInt8]? {
        try read(path + "/" + name, atMost: limit)
    }

    /// The first 100 bytes of the database file; nil when there is none.
    public func databaseHeader() throws(JournalFault) -> [UInt8]? {
        try read(databasePath, atMost: 100)
    }

    /// Makes `mutual.db` where there is none; SQLite gives the files beside it the same mode.
    public func makeDatabaseFile() throws(JournalFault) {
        let fd = open(databasePath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard fd >= 0 else {
            if errno == EEXIST { return }
            throw Self.fault(errno)
        }
        close(fd)
        try syncDirectory()
    }

    /// Whether the disk has less room than SQLite's index of its log takes.
    public var isFull: Bool {
        var info = statvfs()
        // A file system that is none of a disk has no blocks at all.
        guard statvfs(path, &info) == 0, info.f_blocks > 0 else { return false }
        return UInt64(info.f_bavail).multipliedReportingOverflow(by: UInt64(info.f_frsize)).partialValue < 65_536
    }

    /// Makes a file (0600) under another name, syncs it, and gives it its name.
    public func create(_ file: HomeFile, _ bytes: [UInt8]) throws(JournalFault) {
        let whole = path(of: file)
        let part = whole + ".new"
        // Left by a creation that a crash cut off; only `link` below makes the file.
        unlink(part)
        do throws(JournalFault) {
            try withDescriptor(part, O_WRONLY | O_CREAT | O_EXCL) { fd throws(JournalFault) in
                try Self.write(bytes, to: fd, at: 0)
                guard fsync(fd) == 0 else { throw Self.fault(errno) }
            }
            guard link(part, whole) == 0 else {
                throw errno == EEXIST ? JournalFault("exists") : Self.fault(errno)
            }
        } catch {
            unlink(part)
            throw error
        }
        unlink(part)
        try syncDirectory()
    }

    /// Writes in place; durable only after `sync`.
    public func write(_ bytes: [UInt8], to file: HomeFile, at offset: Int) throws(JournalFault) {
        var isNew = stat()
        let existed = stat(path(of: file), &isNew) == 0
        try withDescriptor(path(of: file), O_WRONLY | O_CREAT) { fd throws(JournalFault) in
            try Self.write(bytes, to: fd, at: offset)
        }
        if !existed { try syncDirectory() }
    }

    /// Returns when the file is on the disk.
    public func sync(_ file: HomeFile) throws(JournalFault) {
        try withDescriptor(path(of: file), O_WRONLY) { fd throws(JournalFault) in
            guard Self.flush(fd) else { throw Self.fault(errno) }
        }
    }

    func syncDirectory() throws(JournalFault) {
        try withDescriptor(path, O_RDONLY | O_DIRECTORY) { fd throws(JournalFault) in
            guard fsync(fd) == 0 else { throw Self.fault(errno) }
        }
    }

    /// Down to the platter: on macOS `fsync` alone stops at the drive's cache.
    static func flush(_ fd: CInt) -> Bool {
        #if canImport(Darwin)
            return fcntl(fd, F_FULLFSYNC) == 0 || fsync(fd) == 0
        #else
            return fsync(fd) == 0
        #endif
    }

    func withDescriptor<R>(
        _ path: String, _ flags: CInt, _ body: (CInt) throws(JournalFault) -> R
    ) throws(JournalFault) -> R {
        let fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard fd >= 0 else { throw Self.fault(errno) }
        defer { close(fd) }
        return try body(fd)
    }

    private func read(_ path: String, atMost limit: Int) throws(JournalFault) -> [UInt8]? {
        let fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard fd >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.fault(errno)
        }
        defer { close(fd) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit, 65_536))
        while bytes.count < limit {
            let size = min(chunk.count, limit - bytes.count)
            let got = chunk.withUnsafeMutableBytes { pread(fd, $0.baseAddress, size, off_t(bytes.count)) }
            if got < 0 {
                if errno == EINTR { continue }
                throw Self.fault(errno)
            }
            if got == 0 { break }
            bytes.append(contentsOf: chunk[0..<got])
        }
        return bytes
    }

    static func write(_ bytes: [UInt8], to fd: CInt, at offset: Int) throws(JournalFault) {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { buffer in
                pwrite(fd, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            }
            if put < 0 {
                if errno == EINTR { continue }
                throw fault(errno)
            }
            done += put
        }
    }

    /// What a failed call is called in this project.
    static func fault(_ number: CInt) -> JournalFault {
        switch number {
        case ENOSPC, EDQUOT, EFBIG: JournalFault("disk-full")
        case EROFS, EACCES, EPERM: JournalFault("read-only")
        default: JournalFault("io")
        }
    }
}
