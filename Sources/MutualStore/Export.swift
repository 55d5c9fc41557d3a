public import MutualCore
public import MutualCrypto

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why a home is not exported or imported.
public enum ExportFault: Error, Hashable, Sendable {
    /// A file of that name is there: nothing is written over.
    case fileExists
    /// There is somebody in the home already.
    case homeExists
    /// The file cannot be opened or read.
    case unreadable
    /// No file of this format.
    case notAnExport
    /// Of a later version of Mutual.
    case newerVersion
    /// Another passphrase, or altered where it says so.
    case wrongPassphrase
    /// Cut off or altered.
    case damaged
    /// The machine's fault: `disk-full`, `read-only`, `io`, `no-memory`.
    case fault(String)

    init(_ fault: JournalFault) {
        switch fault.reason {
        case "damaged": self = .damaged
        case "newer-version": self = .newerVersion
        case "exists": self = .homeExists
        default: self = .fault(fault.reason)
        }
    }
}

/// The layout of an exported home `[storage-20]`.
enum ExportLayout {
    static let magic = Array("MUTUAL X".utf8)
    static let version: UInt8 = 1
    static let headerByteCount = 64
    /// Seed, store key, whether a passphrase was set, seven zeros, and the sizes of `keys` and of the database.
    static let headByteCount = 32 + 32 + 8 + 8 + 8

    /// The 64 bytes before the first chunk.
    static func header(salt: [UInt8], ops: UInt64, mem: UInt64, prefix: [UInt8]) -> [UInt8] {
        var packer = Packer(capacity: headerByteCount)
        packer.fixed(magic)
        packer.number(version)
        packer.fixed([UInt8](repeating: 0, count: 7))
        packer.fixed(salt)
        packer.number(ops)
        packer.number(mem)
        packer.fixed(prefix)
        return packer.bytes
    }
}

/// Writes a home into one sealed file.
public enum Export {
    /// What goes into the file.
    public struct Content: Sendable {
        /// The vault's keys.
        public var seed: SecretBytes
        /// The vault's other key.
        public var storeKey: SecretBytes
        /// Whether the vault has a passphrase: where it has, the imported one opens with the file's.
        public var hasPassphrase: Bool
        /// Database and bucket keys.
        public var snapshot: Snapshot

        /// All of it.
        public init(seed: SecretBytes, storeKey: SecretBytes, hasPassphrase: Bool, snapshot: Snapshot) {
            self.seed = seed
            self.storeKey = storeKey
            self.hasPassphrase = hasPassphrase
            self.snapshot = snapshot
        }
    }

    /// Writes the file (0600), on the disk when this returns; a file that is there is left as it is, and one that
    /// cannot be finished is taken away. Takes most of a second for the passphrase: not for an event loop.
    public static func write(
        _ content: Content, to path: String, passphrase: SecretBytes, ops: UInt64 = Passphrase.ops,
        mem: UInt64 = Passphrase.memBytes, entropy: inout some Entropy
    ) throws(ExportFault) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST
                ? .fileExists : errno == ENOENT ? .unreadable : ExportFault(DirectoryHome.fault(errno))
        }
        defer { close(file) }
        do throws(ExportFault) {
            try write(content, to: file, passphrase: passphrase, ops: ops, mem: mem, entropy: &entropy)
        } catch {
            unlink(path)
            throw error
        }
        syncFolder(of: path)
    }

    private static func write(
        _ content: Content, to file: CInt, passphrase: SecretBytes, ops: UInt64, mem: UInt64,
        entropy: inout some Entropy
    ) throws(ExportFault) {
        let salt = entropy.bytes(ExportCipher.saltByteCount)
        let prefix = entropy.bytes(ExportCipher.prefixByteCount)
        let header = ExportLayout.header(salt: salt, ops: ops, mem: mem, prefix: prefix)
        let cipher: ExportCipher
        do throws(CryptoError) {
            cipher = try ExportCipher(
                passphrase: passphrase, salt: salt, ops: ops, memBytes: mem, prefix: prefix, ad: header)
        } catch {
            throw .fault("no-memory")
        }
        let database = open(content.snapshot.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard database >= 0 else { throw ExportFault(DirectoryHome.fault(errno)) }
        defer { close(database) }
        let size = lseek(database, 0, SEEK_END)
        guard size >= 0 else { throw .fault("io") }
        try withTemporarySecret(ExportCipher.chunkByteCount) { (buffer) throws(ExportFault) in
            var writer = ChunkWriter(file: file, cipher: cipher, buffer: buffer)
            do throws(JournalFault) {
                try writer.put(header)
                try appendHead(content, databaseSize: UInt64(size), to: &writer)
                try append(database, size: Int(size), to: &writer)
                try writer.finish()
            } catch {
                throw ExportFault(error)
            }
        }
    }

    private static func appendHead(
        _ content: Content, databaseSize: UInt64, to writer: inout ChunkWriter
    ) throws(JournalFault) {
        for secret in [content.seed, content.storeKey] {
            try secret.withBytes { (bytes) throws(JournalFault) in try writer.append(bytes) }
        }
        var packer = Packer()
        packer.number(UInt8(content.hasPassphrase ? 1 : 0))
        packer.fixed([UInt8](repeating: 0, count: 7))
        packer.number(UInt64(content.snapshot.keys.count))
        packer.number(databaseSize)
        try writer.append(packer.bytes)
        try writer.append(content.snapshot.keys)
    }

    private static func append(_ file: CInt, size: Int, to writer: inout ChunkWriter) throws(JournalFault) {
        var page = [UInt8](repeating: 0, count: ExportCipher.chunkByteCount)
        var done = 0
        while done < size {
            let got = page.withUnsafeMutableBytes {
                pread(file, $0.baseAddress, min($0.count, size - done), off_t(done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw JournalFault("io") }
            try writer.append(Array(page[..<got]))
            done += got
        }
    }

    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }
}

/// Gathers content and writes it as sealed chunks; the last one is known only when there is no more.
private struct ChunkWriter {
    let file: CInt
    let cipher: ExportCipher
    /// Lent by the caller, who wipes it.
    let buffer: UnsafeMutableRawBufferPointer
    private var filled = 0
    private var number: UInt64 = 0
    private var offset = 0

    init(file: CInt, cipher: ExportCipher, buffer: UnsafeMutableRawBufferPointer) {
        self.file = file
        self.cipher = cipher
        self.buffer = buffer
    }

    /// Bytes as they are.
    mutating func put(_ bytes: [UInt8]) throws(JournalFault) {
        try DirectoryHome.write(bytes, to: file, at: offset)
        offset += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) throws(JournalFault) {
        var done = 0
        while done < bytes.count {
            try makeRoom()
            let count = min(bytes.count - done, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
                .copyBytes(from: bytes[done..<done + count])
            filled += count
            done += count
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(JournalFault) {
        var done = 0
        while done < bytes.count {
            try makeRoom()
            let count = min(bytes.count - done, buffer.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + count]))
            filled += count
            done += count
        }
    }

    private mutating func makeRoom() throws(JournalFault) {
        if filled == buffer.count { try flush(isLast: false) }
    }

    private mutating func flush(isLast: Bool) throws(JournalFault) {
        let content = UnsafeRawBufferPointer(rebasing: buffer[..<filled])
        let sealed: [UInt8]
        do throws(CryptoError) {
            sealed = try cipher.seal(content, number: number, isLast: isLast)
        } catch {
            throw JournalFault("io")
        }
        try put(sealed)
        number += 1
        filled = 0
    }

    mutating func finish() throws(JournalFault) {
        try flush(isLast: true)
        guard DirectoryHome.flush(file) else { throw DirectoryHome.fault(errno) }
    }
}
