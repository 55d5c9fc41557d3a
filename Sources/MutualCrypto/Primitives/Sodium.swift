import CSodium

/// libsodium's start, and the two operations that everything else needs.
enum Sodium {
    /// A lazy global: `sodium_init` runs once a process, whichever thread comes first.
    private static let isReady = sodium_init() >= 0

    /// Must stand before the first allocation or random byte.
    static func start() {
        precondition(isReady, "libsodium cannot start on this machine")
    }

    /// Overwrites with zeros; the compiler cannot drop it.
    static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let base = buffer.baseAddress, buffer.count > 0 else { return }
        sodium_memzero(base, buffer.count)
    }
}

/// Comparisons whose time tells nothing of the content.
public enum ConstantTime {
    /// True when both have the same length and bytes. Only the lengths show in the time.
    public static func equal(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return a.isEmpty || sodium_memcmp(a, b, a.count) == 0
    }

    static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.isEmpty || sodium_is_zero(bytes.bytePointer, bytes.count) == 1
    }
}

/// Where an empty buffer stands, for C functions that refuse null: not null, aligned, and never read or written,
/// because the length beside it is 0.
private var emptyAddress: UnsafeRawPointer { UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped }

extension UnsafeRawBufferPointer {
    /// As C takes it.
    var bytePointer: UnsafePointer<UInt8> { (baseAddress ?? emptyAddress).assumingMemoryBound(to: UInt8.self) }

    func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }
}

extension UnsafeMutableRawBufferPointer {
    /// As C takes it.
    var bytePointer: UnsafeMutablePointer<UInt8> {
        (baseAddress ?? UnsafeMutableRawPointer(mutating: emptyAddress)).assumingMemoryBound(to: UInt8.self)
    }

    func part(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: self[range])
    }

    var readOnly: UnsafeRawBufferPointer { UnsafeRawBufferPointer(self) }
}

extension [UInt8] {
    /// `withUnsafeBytes` that keeps the type of the error.
    func withRaw<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        let result: Result<R, E> = withUnsafeBytes { bytes in
            do throws(E) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// `count` public bytes, written in place by `body`. Never for secrets: an array is not wiped.
    init(count: Int, filledBy body: (UnsafeMutableRawBufferPointer) -> Void) {
        // The empty array is one object that all threads share: not even its count is written.
        guard count > 0 else {
            body(UnsafeMutableRawBufferPointer(start: nil, count: 0))
            self = []
            return
        }
        self.init(unsafeUninitializedCapacity: count) { buffer, initialized in
            let raw = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
            body(raw)
            initialized = count
        }
    }

    /// Public bytes, written in place by a `body` that can fail.
    init<E: Error>(count: Int, tryingBy body: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        var failure: E?
        self.init(count: count) { raw in
            do throws(E) {
                try body(raw)
            } catch {
                raw.initializeMemory(as: UInt8.self, repeating: 0)
                failure = error
            }
        }
        if let failure { throw failure }
    }

    init(bigEndian number: some FixedWidthInteger) {
        self = Swift.withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
