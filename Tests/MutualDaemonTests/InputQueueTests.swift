import MutualCore
import Testing

@testable import MutualDaemon

@Suite struct InputQueueTests {
    /// In a flood the queue is never empty: what was taken must not be held until it is.
    @Test func whatWasTakenIsNotHeld() {
        var queue = InputQueue()
        var waiting = 0
        for _ in 0..<100 {
            for _ in 0..<300 { queue.push(.bytesReceived(ConnectionID(1), [1, 2, 3])) }
            waiting += 300 - queue.takeTurn().count
            #expect(queue.heldCount == waiting)
        }
        #expect(waiting > 0)
        while !queue.isEmpty { waiting -= queue.takeTurn().count }
        #expect(waiting == 0 && queue.heldCount == 0)
    }
}
