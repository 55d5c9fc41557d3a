/// What will happen, in order of time and, within a millisecond, of being planned: a binary heap.
struct EventQueue {
    struct Event {
        let atMs: Int64
        let order: UInt64
        let happen: () -> Void
    }

    private var heap: [Event] = []
    private var order: UInt64 = 0

    var nextMs: Int64? { heap.first?.atMs }
    var count: Int { heap.count }

    mutating func plan(_ atMs: Int64, _ happen: @escaping () -> Void) {
        order += 1
        heap.append(Event(atMs: atMs, order: order, happen: happen))
        var at = heap.count - 1
        while at > 0 {
            let parent = (at - 1) / 2
            guard Self.isBefore(heap[at], heap[parent]) else { break }
            heap.swapAt(at, parent)
            at = parent
        }
    }

    mutating func take() -> Event? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var at = 0
        while true {
            var least = at
            for child in [2 * at + 1, 2 * at + 2] where child < heap.count {
                if Self.isBefore(heap[child], heap[least]) { least = child }
            }
            if least == at { return first }
            heap.swapAt(at, least)
            at = least
        }
    }

    private static func isBefore(_ a: Event, _ b: Event) -> Bool { (a.atMs, a.order) < (b.atMs, b.order) }
}
