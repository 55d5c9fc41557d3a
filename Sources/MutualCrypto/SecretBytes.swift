import CSodium

/// A secret in guarded memory: pages of its own with an inaccessible page on either side, locked against swapping,
/// left out of core dumps, read-only after it was made, and overwritten with zeros when the last reference goes.
///
/// It cannot be printed, encoded or compared, and its bytes are reached only inside `withBytes`. Its pages stay
/// readable: taking that away and giving it back around each access costs more than most uses of a key. An
/// allocation costs some 25 microseconds and at least four pages: it is for keys that live; a key that lives for one
/// call belongs into `withTemporarySecret`.
///
/// A class, so that it can be stored in arrays and shared without ever being copied.
/// `@unchecked` only because a raw pointer is not `Sendable`: the memory is written before `init` returns, is
/// read-only for the processor from then on, and is freed by the last owner.
public final class SecretBytes: @unchecked Sendable {
    private let memory: GuardedMemory

    /// Size in bytes; no secret.
    public var count: Int { memory.count }

    /// A secret of `count` bytes (at least 1) that `fill` writes in place. The memory is zero before.
    public init<E: Error>(count: Int, fill: (UnsafeMutableRawBufferPointer) throws(E) -> Void) throws(E) {
        memory = GuardedMemory(count: count)
        try fill(memory.bytes)
        memory.makeReadOnly()
    }

    /// A copy of `bytes` (at least 1). Wiping the original is the caller's.
    public convenience init(copying bytes: UnsafeRawBufferPointer) {
        self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    /// Hands the bytes to `body`. The pointer must not leave it, and the bytes must not be copied out of it but into
    /// other guarded or temporary secret memory.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        // Keeps this object, and with it the memory, alive until `body` has returned.
        try withExtendedLifetime(self) { () throws(E) -> R in try body(memory.bytes.readOnly) }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same words: a secret is never printed.
    public var description: String { "SecretBytes" }
    /// Always the same words: a secret is never printed.
    public var debugDescription: String { "SecretBytes" }
    /// Empty: nothing inside is shown to debuggers and dumps.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// Guarded memory that stays writable, for state that changes (chaining keys, cipher keys). Used by one thread.
final class GuardedMemory {
    let bytes: UnsafeMutableRawBufferPointer
    var count: Int { bytes.count }

    init(count: Int) {
        precondition(count > 0, "a secret has at least one byte")
        Sodium.start()
        guard let base = sodium_malloc(count) else {
            preconditionFailure("no memory for a secret")
        }
        bytes = UnsafeMutableRawBufferPointer(start: base, count: count)
        Sodium.wipe(bytes)
    }

    func makeReadOnly() {
        sodium_mprotect_readonly(UnsafeMutableRawPointer(bytes.bytePointer))
    }

    deinit {
        // Checks the canary, wipes, unlocks and unmaps.
        sodium_free(bytes.baseAddress)
    }
}

/// Lends `count` bytes of zeroed memory, on the stack where they fit, and overwrites them with zeros afterwards:
/// for a key that lives for one call.
public func withTemporarySecret<R, E: Error>(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws(E) -> R
) throws(E) -> R {
    let result: Result<R, E> = withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer in
        let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
        Sodium.wipe(bytes)
        defer { Sodium.wipe(bytes) }
        do throws(E) { return .success(try body(bytes)) } catch { return .failure(error) }
    }
    return try result.get()
}
