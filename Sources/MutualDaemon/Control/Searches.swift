import MutualControl
import MutualCore
import MutualStore
import NIOCore

/// Searches that are under way: a slice at a time, in turn, and after each one whatever else has come `[control-35]`.
final class Searches {
    /// How many may be under way.
    static let most = 16
    /// The pause between two slices: what came on the sockets meanwhile is dealt with first.
    private static let pause = TimeAmount.milliseconds(1)

    private struct UnderWay {
        let asked: ControlRequest
        let client: ControlConnection
        let needle: Needle
        let limit: Int?
        var search: Search
    }

    private unowned let server: ControlServer
    private let loop: any EventLoop
    private var underWay: [UnderWay] = []
    private var isScheduled = false
    /// How many slices were looked through since the beginning.
    private(set) var sliceCount = 0

    var count: Int { underWay.count }

    init(server: ControlServer, loop: any EventLoop) {
        self.server = server
        self.loop = loop
    }

    /// Begins one; its client is answered when it is over.
    func begin(_ p: SearchListParameters, _ asked: ControlRequest, for client: ControlConnection) {
        guard let shell = server.shell else { return client.fail(asked, Refusal(.locked, "locked")) }
        guard underWay.count < Self.most else { return client.fail(asked, Refusal(.limit, "busy")) }
        do throws(JournalFault) {
            switch try shell.storage.search(p, at: shell.now()) {
            case .failure(let refusal): client.fail(asked, refusal)
            case .success(let search):
                underWay.append(
                    UnderWay(
                        asked: asked, client: client, needle: Needle(p.text), limit: p.limit, search: search))
                goOn()
            }
        } catch {
            client.fail(asked, Refusal(.fault, error.reason))
        }
    }

    /// A client is gone: nobody waits for what it asked for.
    func end(of client: ControlConnection) { underWay.removeAll { $0.client === client } }

    /// The vault is locked, or the daemon ends.
    func endAll(_ refusal: Refusal) {
        let left = underWay
        underWay = []
        for one in left { one.client.fail(one.asked, refusal) }
    }

    // MARK: slices

    private func goOn() {
        guard !isScheduled, !underWay.isEmpty else { return }
        isScheduled = true
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: Self.pause) {
            me.value.isScheduled = false
            guard let shell = me.value.server.shell else { return }
            shell.afterCommit {
                me.value.slice(shell)
                me.value.goOn()
            }
        }
    }

    /// One slice of the search whose turn it is.
    private func slice(_ shell: Shell) {
        guard var one = underWay.first else { return }
        underWay.removeFirst()
        sliceCount += 1
        do throws(JournalFault) {
            let needle = one.needle
            try shell.storage.store.slice(&one.search, nowMs: shell.now().wallMs) { needle.isIn($0) }
            guard one.search.isOver else { return underWay.append(one) }
            let page = try shell.storage.page(of: one.search, for: needle, limit: one.limit, at: shell.now())
            one.client.succeed(one.asked, page)
        } catch {
            one.client.fail(one.asked, Refusal(.fault, error.reason))
        }
    }
}
