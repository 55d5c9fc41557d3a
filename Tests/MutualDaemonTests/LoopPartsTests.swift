import MutualCore
import MutualCrypto
import MutualWire
import Testing

@testable import MutualDaemon

/// Parts of the loop that need no sockets.
@Suite struct LoopPartsTests {
    @Test func aSourceIsReadTwentyTimesASecond() throws {
        var budget = DatagramBudget()
        let source = IPAddress.v4(1)
        let admitted = (0..<30).filter { _ in budget.admits(source, monotonicMs: 1_500) }
        #expect(admitted.count == 20)
        let another = budget.admits(.v4(2), monotonicMs: 1_999)
        let later = budget.admits(source, monotonicMs: 2_000)
        #expect(another)
        #expect(later)
    }

    @Test func atMostSoManySourcesAndDatagrams() {
        var budget = DatagramBudget()
        let admitted = (0..<3_000).filter { budget.admits(.v4(UInt32($0)), monotonicMs: 0) }
        #expect(admitted.count == 1_024)
        // Those that are counted may send more, up to 2,000 in all.
        let more = (0..<3_000).filter { budget.admits(.v4(UInt32($0 % 1_024)), monotonicMs: 0) }
        #expect(more.count == 2_000 - 1_024)
    }

    @Test func aTurnIsBounded() {
        var queue = InputQueue()
        for number in 0..<600 { queue.push(.connectionClosed(ConnectionID(UInt64(number)))) }
        var sizes: [Int] = []
        sizes.append(queue.takeTurn().count)
        sizes.append(queue.takeTurn().count)
        sizes.append(queue.takeTurn().count)
        #expect(sizes == [256, 256, 88])
        let rest = queue.takeTurn()
        #expect(rest.isEmpty)
        for _ in 0..<8 { queue.push(.bytesReceived(ConnectionID(1), [UInt8](repeating: 0, count: 300_000))) }
        sizes = [queue.takeTurn().count, queue.takeTurn().count]
        #expect(sizes == [4, 4])
    }

    @Test func readersComeAfterWhatWasPushedBefore() {
        var queue = InputQueue()
        var seen: [Int] = []
        for number in 0..<300 { queue.push(.connectionClosed(ConnectionID(UInt64(number)))) }
        queue.read { seen.append(1) }
        queue.push(.deadlineReached)
        queue.read { seen.append(2) }
        _ = queue.takeTurn()
        for read in queue.takeReads() { read() }
        #expect(seen.isEmpty)
        #expect(queue.hasWork)
        _ = queue.takeTurn()
        for read in queue.takeReads() { read() }
        #expect(seen == [1, 2])
        #expect(!queue.hasWork)
    }

    @Test func whatIsDroppedIsGivenBackOnce() {
        var queue = InputQueue()
        for number in 0..<300 { queue.push(.connectionClosed(ConnectionID(UInt64(number)))) }
        _ = queue.takeTurn()
        var isRead = false
        queue.read { isRead = true }
        let dropped = queue.dropAll()
        #expect(dropped.count == 44)
        for read in queue.takeReads() { read() }
        #expect(isRead)
        #expect(!queue.hasWork)
    }

    @Test func datagramsAreDroppedBeforeAnythingElse() {
        var queue = InputQueue()
        let source = Endpoint(address: .v4(1), port: 1)
        for _ in 0..<10_000 { queue.push(.datagramReceived([1], source: source)) }
        queue.push(.deadlineReached)
        var count = 0
        while !queue.isEmpty { count += queue.takeTurn().count }
        #expect(count == InputQueue.datagramLimit + 1)
    }
}
