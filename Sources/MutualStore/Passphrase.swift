public import MutualCrypto

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a passphrase is, how hard it is to guess at, and how it is taken from a file `[storage-5]`.
public enum Passphrase {
    /// How many bytes it may have.
    public static let byteCounts = 8...1_024
    /// Passes over the memory for a new passphrase.
    public static let ops: UInt64 = 3
    /// Memory for a new passphrase in bytes: a guess costs this much, and most of a second.
    public static let memBytes: UInt64 = 256 << 20

    /// Why something is no passphrase.
    public enum Fault: Error, Hashable, Sendable {
        /// Shorter than 8 bytes, or longer than 1,024.
        case length
        /// Not UTF-8, or with control characters in it.
        case characters
        /// Could not be read.
        case unreadable
    }

    /// Checks bytes that somebody typed, and keeps them in guarded memory. Wiping the original is the caller's.
    public static func checked(_ bytes: UnsafeRawBufferPointer) throws(Fault) -> SecretBytes {
        guard byteCounts ~= bytes.count else { throw .length }
        guard isText(bytes) else { throw .characters }
        return SecretBytes(copying: bytes)
    }

    /// The first line of a file, a pipe or a credential, without its line end.
    public static func read(from descriptor: CInt) throws(Fault) -> SecretBytes {
        let limit = byteCounts.upperBound + 2
        return try withTemporarySecret(limit) { (buffer) throws(Fault) in
            var count = 0
            var end: Int?
            while count < limit, end == nil {
                let got = systemRead(descriptor, buffer.baseAddress.map { $0 + count }, limit - count)
                if got < 0, errno == EINTR { continue }
                guard got >= 0 else { throw .unreadable }
                if got == 0 { break }
                end = buffer[count..<count + got].firstIndex(of: 0x0A)
                count += got
            }
            var length = end ?? count
            if length > 0, buffer[length - 1] == 0x0D { length -= 1 }
            return try checked(UnsafeRawBufferPointer(rebasing: buffer[..<length]))
        }
    }

    /// Strict UTF-8 without control characters, looked at where it stands: a `String` could not be wiped.
    private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar): if scalar.properties.generalCategory == .control { return false }
            case .emptyInput: return true
            case .error: return false
            }
        }
    }
}

private func systemRead(_ descriptor: CInt, _ place: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.read(descriptor, place, count)
    #else
        Darwin.read(descriptor, place, count)
    #endif
}
