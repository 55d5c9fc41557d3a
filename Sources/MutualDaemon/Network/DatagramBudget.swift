import MutualWire

/// How many datagrams a second are read; what goes beyond is dropped unread `[discovery]`.
struct DatagramBudget {
    /// From one source.
    static let perSource = 20
    /// Sources that are counted; others are dropped in a second that has so many.
    static let sources = 1_024
    /// From all.
    static let total = 2_000

    private var second = Int64.min
    private var taken = 0
    private var bySource: [IPAddress: Int] = [:]

    /// Whether one more is read now.
    mutating func admits(_ source: IPAddress, monotonicMs: Int64) -> Bool {
        let now = monotonicMs / 1000
        if now != second {
            second = now
            taken = 0
            bySource.removeAll(keepingCapacity: true)
        }
        guard taken < Self.total else { return false }
        let count = bySource[source] ?? 0
        guard count < Self.perSource, count > 0 || bySource.count < Self.sources else { return false }
        bySource[source] = count + 1
        taken += 1
        return true
    }
}
