public import Foundation

/// A program that a test started with pipes; it ends with this object.
public final class Started {
    /// Its number.
    public let processIdentifier: pid_t
    private var ended: Int32?

    /// Starts a program with these ends at its stdin (nil: nothing to read), stdout and stderr. Throws `Spawn.Fault`.
    public init(
        _ path: String, _ arguments: [String], environment: [String: String], input: Pipe? = nil, output: Pipe,
        errors: Pipe
    ) throws {
        processIdentifier = try Spawn.start(
            [path] + arguments, environment: environment,
            input: input.map { .descriptor($0.fileHandleForReading.fileDescriptor) } ?? .null,
            output: .descriptor(output.fileHandleForWriting.fileDescriptor),
            errors: .descriptor(errors.fileHandleForWriting.fileDescriptor))
        // The ends are the program's alone: whoever reads sees when it is over.
        try output.fileHandleForWriting.close()
        try errors.fileHandleForWriting.close()
        try input?.fileHandleForReading.close()
    }

    /// Whether it runs still.
    public var isRunning: Bool { end(waiting: false) == nil }

    /// The exit code, or 128 and the signal; -1 while it runs.
    public var terminationStatus: Int32 { end(waiting: false) ?? -1 }

    /// Asks it to end.
    public func terminate() {
        if isRunning { kill(processIdentifier, SIGTERM) }
    }

    /// Waits for its end, without a bound.
    public func waitUntilExit() { _ = end(waiting: true) }

    private func end(waiting: Bool) -> Int32? {
        if ended == nil { ended = Spawn.end(of: processIdentifier, waiting: waiting) }
        return ended
    }

    deinit {
        if isRunning {
            kill(processIdentifier, SIGKILL)
            waitUntilExit()
        }
    }
}
