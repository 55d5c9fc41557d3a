public import MutualCore
public import MutualCrypto

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes a home of an exported one. Sessions are not part of it, and logs begin anew where others say that more was
/// sent since `[log-5]`.
public enum Import {
    /// Makes the home in an existing directory without vault, keys and database. Whatever stops it, and wherever, no half of a home is
    /// left: what was begun is marked and taken away, at the next start at the latest. Nothing is touched before the
    /// passphrase has opened the beginning of the file. Takes a second or two: not for an event loop.
    public static func run(
        from path: String, into home: String, passphrase: SecretBytes, entropy: inout some Entropy,
        step: @escaping () throws(JournalFault) -> Void = { () throws(JournalFault) in }
    ) throws(ExportFault) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadable }
        defer { close(file) }
        let files = DirectoryHome(path: home)
        do throws(JournalFault) {
            guard try files.read(.vault) == nil, try files.read(.keys) == nil, try files.databaseHeader() == nil else {
                throw JournalFault("exists")
            }
        } catch {
            throw ExportFault(error)
        }
        try withTemporarySecret(ExportCipher.chunkByteCount) { (buffer) throws(ExportFault) in
            var reader = try ChunkReader(file: file, passphrase: passphrase, buffer: buffer)
            try reader.open()
            let wipe = Wipe(path: home, step: step)
            do throws(JournalFault) {
                try wipe.begin(.importing)
                try wipe.run(.importing)
            } catch {
                throw ExportFault(error)
            }
            do throws(ExportFault) {
                try fill(files, from: &reader, passphrase: passphrase, entropy: &entropy, step: step)
            } catch {
                // If the disk fails here, too, the mark is there: the next start goes on.
                try? wipe.run(.importing)
                try? wipe.finish()
                throw error
            }
            do throws(JournalFault) { try wipe.finish() } catch { throw ExportFault(error) }
        }
    }

    private static func fill(
        _ files: DirectoryHome, from reader: inout ChunkReader, passphrase: SecretBytes,
        entropy: inout some Entropy, step: () throws(JournalFault) -> Void
    ) throws(ExportFault) {
        let seed = try reader.secret(32)
        let storeKey = try reader.secret(32)
        let rest = try reader.bytes(ExportLayout.headByteCount - 64)
        func number(_ at: Int) -> UInt64 { rest[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        guard rest[0] <= 1, rest[1..<8].allSatisfy({ $0 == 0 }), let keysSize = Int(exactly: number(8)),
            let databaseSize = Int(exactly: number(16)), keysSize <= 1 << 28
        else { throw .damaged }
        let keys = try reader.bytes(keysSize)
        do throws(JournalFault) {
            try step()
            if !keys.isEmpty { try files.create(.keys, keys) }
            try step()
            try files.makeDatabaseFile()
        } catch {
            throw ExportFault(error)
        }
        guard case .file(let path) = files.database else { throw .fault("io") }
        try copy(databaseSize, from: &reader, to: path, step: step)
        guard reader.isAtEnd else { throw .damaged }
        // All of it is whole and sealed for this key, before the vault makes it somebody's home.
        do throws(JournalFault) {
            let store = try Store(files: files, storeKey: storeKey, entropy: Chance(), expecting: "name")
            _ = try store.peopleList()
            try store.close()
            try step()
        } catch {
            throw ExportFault(error)
        }
        do throws(VaultError) {
            _ = try Vault.restore(
                seed: seed, storeKey: storeKey, passphrase: rest[0] == 1 ? passphrase : nil, in: files,
                entropy: &entropy)
        } catch {
            if case .fault(let reason) = error { throw .fault(reason) }
            throw error == .exists ? .homeExists : .fault("io")
        }
        do throws(JournalFault) { try step() } catch { throw ExportFault(error) }
    }

    private static func copy(
        _ size: Int, from reader: inout ChunkReader, to path: String, step: () throws(JournalFault) -> Void
    ) throws(ExportFault) {
        let file = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { throw ExportFault(DirectoryHome.fault(errno)) }
        defer { close(file) }
        var done = 0
        while done < size {
            let part = try reader.bytes(min(size - done, ExportCipher.chunkByteCount))
            do throws(JournalFault) {
                try step()
                try DirectoryHome.write(part, to: file, at: done)
            } catch {
                throw ExportFault(error)
            }
            done += part.count
        }
        guard DirectoryHome.flush(file) else { throw ExportFault(DirectoryHome.fault(errno)) }
    }
}

/// The store that is only opened and closed draws nothing that lasts.
private struct Chance: Entropy {
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { SystemRandom.fill(buffer) }
}

/// Opens the chunks of an exported home one after another.
private struct ChunkReader {
    private let file: CInt
    private let cipher: ExportCipher
    /// Lent by the caller, who wipes it.
    private let buffer: UnsafeMutableRawBufferPointer
    private var number: UInt64 = 0
    private var offset = ExportLayout.headerByteCount
    private var size: Int
    private var at = 0
    private var end = 0
    private var wasLast = false

    init(file: CInt, passphrase: SecretBytes, buffer: UnsafeMutableRawBufferPointer) throws(ExportFault) {
        self.file = file
        self.buffer = buffer
        let whole = lseek(file, 0, SEEK_END)
        guard whole >= 0 else { throw .unreadable }
        size = Int(whole)
        let header = try Self.read(file, at: 0, count: min(size, ExportLayout.headerByteCount))
        guard header.starts(with: ExportLayout.magic) else { throw .notAnExport }
        guard header.count == ExportLayout.headerByteCount else { throw .damaged }
        guard header[8] == ExportLayout.version else { throw .newerVersion }
        func number(_ at: Int) -> UInt64 { header[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        let (ops, mem) = (number(32), number(40))
        guard header[9..<16].allSatisfy({ $0 == 0 }), 1...20 ~= ops, 8 << 20...2 << 30 ~= mem, mem % 1_024 == 0 else {
            throw .damaged
        }
        do throws(CryptoError) {
            cipher = try ExportCipher(
                passphrase: passphrase, salt: Array(header[16..<32]), ops: ops, memBytes: mem,
                prefix: Array(header[48..<64]), ad: header)
        } catch {
            throw .fault("no-memory")
        }
    }

    /// Opens the first chunk: whether the passphrase is right.
    mutating func open() throws(ExportFault) {
        do throws(ExportFault) {
            try next()
        } catch {
            guard case .damaged = error, size > offset + ExportCipher.overheadByteCount else { throw error }
            throw .wrongPassphrase
        }
    }

    /// Whether everything was read, and the last chunk was the last.
    var isAtEnd: Bool { at == end && wasLast && offset == size }

    private mutating func next() throws(ExportFault) {
        guard !wasLast else { throw .damaged }
        let most = ExportCipher.chunkByteCount + ExportCipher.overheadByteCount
        let count = min(most, size - offset)
        guard count > ExportCipher.overheadByteCount else { throw .damaged }
        let isLast = offset + count == size
        let sealed = try Self.read(file, at: offset, count: count)
        let length = count - ExportCipher.overheadByteCount
        do throws(CryptoError) {
            try cipher.open(
                sealed, number: number, isLast: isLast,
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<length]))
        } catch {
            throw .damaged
        }
        (at, end, wasLast) = (0, length, isLast)
        offset += count
        number += 1
    }

    /// The next bytes, which are no secret.
    mutating func bytes(_ count: Int) throws(ExportFault) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(min(count, 1 << 20))
        while result.count < count {
            if at == end { try next() }
            let part = min(count - result.count, end - at)
            result.append(contentsOf: buffer[at..<at + part])
            at += part
        }
        return result
    }

    /// The next bytes, into guarded memory. They stand in one chunk.
    mutating func secret(_ count: Int) throws(ExportFault) -> SecretBytes {
        guard end - at >= count else { throw .damaged }
        defer { at += count }
        return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: buffer[at..<at + count]))
    }

    private static func read(_ file: CInt, at offset: Int, count: Int) throws(ExportFault) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { place, done in
            while done < count {
                let got = pread(
                    file, place.baseAddress.map { $0 + done }, count - done, off_t(offset) + off_t(done))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    failed = true
                    return
                }
                done += got
            }
        }
        guard !failed else { throw .unreadable }
        return bytes
    }
}
