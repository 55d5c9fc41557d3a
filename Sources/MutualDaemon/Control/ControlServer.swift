import CPlatform
import MutualCore
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The Unix socket of a home: who may talk, how many, and which connection waits for which answer `[control]`.
final class ControlServer {
    /// Most clients at a time.
    static let mostClients = 128

    private let loop: any EventLoop
    private let home: HomeLocation
    /// Who holds the vault of this home.
    weak var keeper: Keeper?
    /// The shell; nil while the vault is locked.
    var shell: Shell? { keeper?.shell }
    private var listener: (any Channel)?
    private var clients: [ObjectIdentifier: ControlConnection] = [:]
    private var waiting: [MutualCore.RequestID: (Result<Reply, Refusal>) -> Void] = [:]
    private var nextRequest: UInt64 = 0
    /// Searches that are under way.
    private(set) lazy var searches = Searches(server: self, loop: loop)
    /// Who follows events under which consumer's name: the newer wins.
    private var consumers: [String: ControlConnection] = [:]

    init(loop: any EventLoop, home: HomeLocation) {
        self.loop = loop
        self.home = home
    }

    /// Binds the socket. A stale one is removed first: the home's lock says that nobody else runs.
    func listen() throws(DaemonError) -> EventLoopFuture<Void> {
        unlink(home.socket)
        let descriptor = mutual_listen_unix(home.socket)
        guard descriptor >= 0 else { throw HomeLocation.cannot("make", home.socket, errno) }
        let me = NIOLoopBound(self, eventLoop: loop)
        return ServerBootstrap(group: loop)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .writeBufferWaterMark, value: ChannelOptions.Types.WriteBufferWaterMark(low: 64 << 10, high: 256 << 10)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try me.value.accept(channel) }
            }
            .withBoundSocket(descriptor)
            .map { me.value.listener = $0 }
    }

    private func accept(_ channel: any Channel) throws {
        let sync = channel.pipeline.syncOperations
        var uid = uid_t.max
        let status = try sync.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { mutual_peer_uid($0, &uid) }
        guard status == 0, uid == geteuid() else { throw ChannelError.inputClosed }
        let client = ControlConnection(channel: channel, server: self)
        guard clients.count < Self.mostClients else { throw ChannelError.inputClosed }
        clients[ObjectIdentifier(client)] = client
        try sync.addHandler(ControlHandler(client))
    }

    func gone(_ client: ControlConnection) {
        clients[ObjectIdentifier(client)] = nil
        searches.end(of: client)
        if let name = client.subscription?.consumer, consumers[name] === client { consumers[name] = nil }
    }

    // MARK: calls of the Node

    /// Hands a call to the Node; `answered` runs after the commit, once.
    func ask(_ request: Request, answered: @escaping (Result<Reply, Refusal>) -> Void) {
        guard let shell, !shell.isStopping else { return answered(.failure(Refusal(.fault, "stopping"))) }
        nextRequest += 1
        let id = MutualCore.RequestID(nextRequest)
        waiting[id] = answered
        shell.counters.requests += 1
        shell.push(.requestReceived(id, request))
    }

    func answer(_ id: MutualCore.RequestID, _ result: Result<Reply, Refusal>) {
        waiting.removeValue(forKey: id)?(result)
    }

    // MARK: events

    func published(_ events: [Event]) {
        guard let last = events.last?.seq else { return }
        // A copy: a follower that is too slow leaves the table while it is gone through.
        for client in Array(clients.values) { client.eventsReached(last) }
    }

    /// A client follows as this consumer; who did so before is told that it ended.
    func claim(_ consumer: String, for client: ControlConnection) {
        if let before = consumers[consumer], before !== client { before.endSubscription(reason: "taken-over") }
        consumers[consumer] = client
    }

    func release(_ consumer: String, by client: ControlConnection) {
        if consumers[consumer] === client { consumers[consumer] = nil }
    }

    // MARK: locking

    /// Ends what only an open vault can go on with.
    func lock() {
        for client in Array(clients.values) { client.endSubscription(reason: "locked") }
        searches.endAll(Refusal(.locked, "locked"))
        let left = waiting.sorted { $0.key < $1.key }
        waiting = [:]
        for (_, answered) in left { answered(.failure(Refusal(.locked, "locked"))) }
    }

    // MARK: end

    /// No new clients, the rest answered and closed, the socket removed.
    func shutDown(within time: TimeAmount) -> EventLoopFuture<Void> {
        unlink(home.socket)
        listener?.close(promise: nil)
        let left = waiting.sorted { $0.key < $1.key }
        waiting = [:]
        for (_, answered) in left { answered(.failure(Refusal(.fault, "stopping"))) }
        searches.endAll(Refusal(.fault, "stopping"))
        let open = Array(clients.values)
        for client in open { client.closeAfterWriting() }
        let done = loop.makePromise(of: Void.self)
        let timer = loop.scheduleTask(in: time) { done.succeed() }
        EventLoopFuture.andAllComplete(open.map(\.channel.closeFuture), on: loop).whenComplete { _ in
            timer.cancel()
            done.succeed()
        }
        return done.futureResult
    }
}
