import CPlatform
import MutualCore
import MutualWire
import NIOCore
import NIOPosix

/// All TCP of the daemon: listeners, dials, connections. Facts go to `tell`.
final class Connections {
    /// The port that is tried first `[discovery]`.
    static let usualPort: UInt16 = 7747
    /// From connect to open.
    static let connectTimeout = TimeAmount.seconds(3)
    private static let acceptedBit: UInt64 = 1 << 63

    private let loop: any EventLoop
    private let tell: (Input) -> Void
    private let wantedPort: UInt16?
    private var listeners: [Listener: any Channel] = [:]
    private var opening: Set<Listener> = []
    private var table: [ConnectionID: PeerConnection] = [:]
    private var nextAccepted: UInt64 = 0
    private(set) var acceptedCount: UInt64 = 0
    /// The port that sessions come in by.
    private(set) var sessionPort: UInt16?
    private var isClosed = false
    /// What came since memory was last given back, in bytes; an end counts as `endBytes`.
    private var strainBytes = 0
    private var givingBack: Scheduled<Void>?
    /// So much is more than people write: what it took goes back to the system. Everyday use never wakes anybody.
    private static let muchBytes = 4 << 20
    private static let endBytes = 256 << 10

    init(loop: any EventLoop, port: UInt16?, tell: @escaping (Input) -> Void) {
        self.loop = loop
        wantedPort = port
        self.tell = tell
    }

    // MARK: listeners

    /// Opens a listener and tells where it stands. One that stands already is told again.
    func listen(_ listener: Listener) {
        if let port = listeners[listener]?.localAddress?.port.flatMap({ UInt16(exactly: $0) }) {
            return tell(.listening(listener, port: port))
        }
        guard opening.insert(listener).inserted else { return }
        switch listener {
        case .sessions: tryPorts(listener, wantedPort.map { [$0] } ?? [Self.usualPort, 0])
        case .pairing: tryPorts(listener, [0])
        }
    }

    func unlisten(_ listener: Listener) {
        opening.remove(listener)
        listeners.removeValue(forKey: listener)?.close(promise: nil)
        if listener == .sessions { sessionPort = nil }
        tell(.listening(listener, port: nil))
    }

    private func tryPorts(_ listener: Listener, _ ports: [UInt16]) {
        guard let port = ports.first, !isClosed, opening.contains(listener) else {
            opening.remove(listener)
            return tell(.listening(listener, port: nil))
        }
        let me = NIOLoopBound(self, eventLoop: loop)
        bind(listener, host: "::", port).flatMapError { _ in
            // A host without IPv6.
            me.value.bind(listener, host: "0.0.0.0", port)
        }.whenComplete { result in
            switch result {
            case .success(let channel): me.value.stands(listener, channel)
            case .failure: me.value.tryPorts(listener, Array(ports.dropFirst()))
            }
        }
    }

    private func bind(_ listener: Listener, host: String, _ port: UInt16) -> EventLoopFuture<any Channel> {
        let me = NIOLoopBound(self, eventLoop: loop)
        var bootstrap = ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try me.value.accept(channel, listener) }
            }
        if host == "::" {
            let option = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
            bootstrap = bootstrap.serverChannelOption(option, value: 0)
        }
        return bootstrap.bind(host: host, port: Int(port))
    }

    private func stands(_ listener: Listener, _ channel: any Channel) {
        // Not wanted any more in the meantime.
        guard !isClosed, opening.remove(listener) != nil else { return channel.close(promise: nil) }
        listeners[listener] = channel
        let port = channel.localAddress?.port.flatMap { UInt16(exactly: $0) }
        if listener == .sessions { sessionPort = port }
        tell(.listening(listener, port: port))
    }

    private func accept(_ channel: any Channel, _ listener: Listener) throws {
        nextAccepted += 1
        acceptedCount += 1
        let connection = PeerConnection(id: ConnectionID(Self.acceptedBit | nextAccepted))
        connection.channel = channel
        try channel.pipeline.syncOperations.addHandler(PeerHandler(self, connection, listener))
    }

    // MARK: orders of the Node

    func dial(_ id: ConnectionID, _ endpoint: Endpoint) {
        let connection = PeerConnection(id: id)
        table[id] = connection
        let me = NIOLoopBound(self, eventLoop: loop)
        let mine = NIOLoopBound(connection, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(Self.connectTimeout)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    mine.value.channel = channel
                    try channel.pipeline.syncOperations.addHandler(PeerHandler(me.value, mine.value, nil))
                }
            }
            .connect(to: endpoint.socketAddress)
            .whenFailure { _ in
                guard let known = me.value.table[id], known === mine.value, !known.isOpen else { return }
                me.value.table[id] = nil
                me.value.tell(.dialFailed(id))
            }
    }

    func write(_ id: ConnectionID, _ bytes: [UInt8]) {
        guard let connection = table[id] else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        connection.write(bytes) { count in
            guard me.value.table[id] != nil else { return }
            me.value.tell(.bytesWritten(id, count))
        }
    }

    func flush(_ id: ConnectionID) { table[id]?.flush() }
    func close(_ id: ConnectionID) { table[id]?.close() }
    func reset(_ id: ConnectionID) { table[id]?.reset() }

    /// A turn took so many bytes of a connection.
    func inputTaken(_ id: ConnectionID, _ count: Int) { table[id]?.inputTaken(count) }

    // MARK: ends

    /// The Node is made anew: every connection and dial goes, and nothing more is told of them. Listeners stay.
    func forgetAll() {
        let all = table
        table = [:]
        for connection in all.values { connection.close() }
        opening.remove(.pairing)
        if let pairing = listeners.removeValue(forKey: .pairing) { pairing.close(promise: nil) }
    }

    /// Ends everything with plain FINs; done when all are gone or the time is up.
    func shutDown(within time: TimeAmount) -> EventLoopFuture<Void> {
        isClosed = true
        givingBack?.cancel()
        for listener in listeners.values { listener.close(promise: nil) }
        listeners = [:]
        let channels = table.values.compactMap(\.channel)
        forgetAll()
        let done = loop.makePromise(of: Void.self)
        let all = EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: loop)
        let timer = loop.scheduleTask(in: time) { done.succeed() }
        all.whenComplete { _ in
            timer.cancel()
            done.succeed()
        }
        return done.futureResult
    }

    // MARK: facts of channels

    fileprivate func active(_ connection: PeerConnection, _ listener: Listener?) {
        guard let channel = connection.channel, !isClosed,
            let local = channel.localAddress.flatMap({ Endpoint($0) }),
            let remote = channel.remoteAddress.flatMap({ Endpoint($0) })
        else {
            connection.channel?.close(promise: nil)
            return
        }
        if let listener {
            guard listeners[listener] != nil || listener == .sessions else { return channel.close(promise: nil) }
            table[connection.id] = connection
            connection.isOpen = true
            tell(.connectionAccepted(connection.id, listener: listener, remote: remote, local: local))
        } else if table[connection.id] === connection, !connection.isClosing {
            connection.isOpen = true
            tell(.connectionOpened(connection.id, local: local))
        } else {
            channel.close(promise: nil)
        }
    }

    fileprivate func read(_ connection: PeerConnection, _ bytes: [UInt8]) {
        // What comes after our own close is read away.
        guard table[connection.id] === connection, !connection.isClosing else { return }
        connection.inputQueued(bytes.count)
        strain(bytes.count)
        tell(.bytesReceived(connection.id, bytes))
    }

    fileprivate func inputEnded(_ connection: PeerConnection) {
        connection.inputEnded()
        if table[connection.id] === connection, !connection.isClosing { tell(.inputEnded(connection.id)) }
    }

    fileprivate func inactive(_ connection: PeerConnection) {
        guard table[connection.id] === connection else { return }
        table[connection.id] = nil
        tell(connection.isOpen ? .connectionClosed(connection.id) : .dialFailed(connection.id))
        strain(Self.endBytes)
    }

    /// The allocator keeps the buffers of a flood for a later one; nothing says that there will be any.
    private func strain(_ bytes: Int) {
        strainBytes += bytes
        guard strainBytes >= Self.muchBytes, givingBack == nil, !isClosed else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        givingBack = loop.scheduleTask(in: .seconds(1)) {
            me.value.givingBack = nil
            me.value.strainBytes = 0
            mutual_give_memory_back()
        }
    }
}

private final class PeerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let connections: Connections
    private let connection: PeerConnection
    private let listener: Listener?

    init(_ connections: Connections, _ connection: PeerConnection, _ listener: Listener?) {
        self.connections = connections
        self.connection = connection
        self.listener = listener
    }

    func channelActive(context: ChannelHandlerContext) { connections.active(connection, listener) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connections.read(connection, [UInt8](unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { connections.inputEnded(connection) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) { connections.inactive(connection) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
