import CPlatform
import NIOCore
import NIOPosix

/// Hears from the kernel when links, addresses or the wall clock change, without polling.
final class SystemWatch {
    /// What changed.
    enum Change {
        case network
        case clock
    }

    private let loop: any EventLoop
    private let changed: (Change) -> Void
    private var channels: [any Channel] = []
    private var isClosed = false

    init(loop: any EventLoop, changed: @escaping (Change) -> Void) {
        self.loop = loop
        self.changed = changed
    }

    func start() {
        open(.network)
        open(.clock)
    }

    func close() {
        isClosed = true
        for channel in channels { channel.close(promise: nil) }
        channels = []
    }

    private func open(_ change: Change) {
        let descriptor = change == .network ? mutual_open_route_socket() : mutual_open_clock_watch()
        guard descriptor >= 0 else {
            if change == .network { retry(change) }
            return
        }
        let me = NIOLoopBound(self, eventLoop: loop)
        NIOPipeBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(WatchHandler { me.value.heard(change, ended: $0) })
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    if me.value.isClosed { channel.close(promise: nil) } else { me.value.channels.append(channel) }
                case .failure:
                    me.value.retry(change)
                }
            }
    }

    /// A socket that overflowed or a clock that jumped ends its channel: what it meant is told, and it is opened anew.
    private func heard(_ change: Change, ended: Bool) {
        guard !isClosed else { return }
        changed(change)
        if ended {
            channels.removeAll { !$0.isActive }
            retry(change)
        }
    }

    private func retry(_ change: Change) {
        let me = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .seconds(1)) {
            guard !me.value.isClosed else { return }
            me.value.open(change)
            if change == .network { me.value.changed(.network) }
        }
    }
}

/// Every message is only a trigger: its bytes are not looked at.
private final class WatchHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let heard: (Bool) -> Void

    init(_ heard: @escaping (Bool) -> Void) { self.heard = heard }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { heard(false) }
    func channelInactive(context: ChannelHandlerContext) { heard(true) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
