/// Takes bytes as they come, gives lines of at most 1 MiB `[control-2]`.
public struct LineFramer: Sendable {
    /// The longest line, in bytes, its line feed not counted.
    public static let limit = 1 << 20

    /// What a framer finds.
    public enum Frame: Hashable, Sendable {
        /// A line without its line feed (and without a carriage return before it).
        case line([UInt8])
        /// A line over the limit; told once, the rest of that line is dropped.
        case oversize
    }

    private var partial: [UInt8] = []
    private var isDropping = false
    private let limit: Int

    /// A framer; the limit is in bytes.
    public init(limit: Int = LineFramer.limit) { self.limit = limit }

    /// Adds bytes; gives what is whole now, in order. Empty lines are passed over.
    public mutating func push(_ bytes: some Collection<UInt8>) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            add(rest[rest.startIndex..<end], to: &frames)
            if !isDropping, let line = take() { frames.append(.line(line)) }
            isDropping = false
            rest = rest[rest.index(after: end)...]
        }
        add(rest, to: &frames)
        return frames
    }

    /// The input ended: a last line may lack its line feed.
    public mutating func finish() -> Frame? {
        defer { isDropping = false }
        return isDropping ? nil : take().map { .line($0) }
    }

    private mutating func add(_ bytes: some Collection<UInt8>, to frames: inout [Frame]) {
        guard !isDropping else { return }
        guard bytes.count <= limit - partial.count else {
            partial = []
            isDropping = true
            frames.append(.oversize)
            return
        }
        partial += bytes
    }

    private mutating func take() -> [UInt8]? {
        var line = partial
        partial = []
        if line.last == 0x0D { line.removeLast() }
        return line.isEmpty ? nil : line
    }
}
