import CPlatform
import MutualCore
import MutualWire
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The UDP sockets of discovery: for each interface and family one that hears the group and one that sends to it.
final class DatagramSockets {
    /// The port and groups of `[discovery]`.
    static let port: UInt16 = 7747
    static let groupV4: [UInt8] = [239, 255, 77, 84]
    static let groupV6: [UInt8] = [0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0x6D, 0x75, 0x74, 0x75, 0x61, 0x6C]
    /// More than any datagram that means something; longer ones are cut and then have a wrong length.
    static let longest = 2_048

    /// What one place (an interface and a family) needs.
    private struct Place: Hashable {
        var interface: UInt32
        var family: AddressFamily
        var source: [UInt8]
        var broadcast: [UInt8]?
    }

    private final class Sockets {
        var sender: CInt = -1
        var receivers: [any Channel] = []
        var isWhole = false

        func close() {
            if sender >= 0 { _ = systemClose(sender) }
            sender = -1
            for channel in receivers { channel.close(promise: nil) }
            receivers = []
        }
    }

    private let loop: any EventLoop
    private let received: ([UInt8], Endpoint) -> Void
    private var open: [Place: Sockets] = [:]
    private var wanted: [Place] = []
    private var retry: Scheduled<Void>?

    init(loop: any EventLoop, received: @escaping ([UInt8], Endpoint) -> Void) {
        self.loop = loop
        self.received = received
    }

    /// Opens what these interfaces need and closes the rest; tries again by itself what could not be opened.
    func use(_ list: InterfaceList) {
        wanted = list.interfaces.flatMap { Self.places($0, broadcast: list.broadcasts[$0.index]) }
        for (place, sockets) in open where !wanted.contains(place) {
            sockets.close()
            open[place] = nil
        }
        openMissing()
    }

    func close() {
        wanted = []
        retry?.cancel()
        for sockets in open.values { sockets.close() }
        open = [:]
    }

    /// Sends to the group of a family on an interface. A failed send never stops another.
    func send(_ bytes: [UInt8], interface: UInt32, family: AddressFamily, widely: Bool) -> Int {
        var sent = 0
        for place in wanted where place.interface == interface && place.family == family {
            guard let sender = open[place]?.sender, sender >= 0 else { continue }
            if family == .v4 {
                if mutual_send_v4(sender, Self.groupV4, Self.port, bytes, bytes.count) == 0 { sent += 1 }
                if widely, let broadcast = place.broadcast,
                    mutual_send_v4(sender, broadcast, Self.port, bytes, bytes.count) == 0
                {
                    sent += 1
                }
            } else if mutual_send_v6(sender, Self.groupV6, Self.port, interface, bytes, bytes.count) == 0 {
                sent += 1
            }
        }
        return sent
    }

    /// The first IPv4 address and the link-local IPv6 address of an interface.
    private static func places(_ interface: Interface, broadcast: [UInt8]?) -> [Place] {
        let addresses = interface.addresses.map(\.address)
        var places: [Place] = []
        if let v4 = addresses.first(where: { $0.bytes.count == 4 }) {
            places.append(Place(interface: interface.index, family: .v4, source: v4.bytes, broadcast: broadcast))
        }
        if let v6 = addresses.first(where: { $0.bytes.count == 16 && $0.isLinkLocal }) {
            places.append(Place(interface: interface.index, family: .v6, source: v6.bytes, broadcast: nil))
        }
        return places
    }

    private func openMissing() {
        retry?.cancel()
        retry = nil
        var isMissing = false
        for place in wanted where open[place]?.isWhole != true {
            open[place]?.close()
            let sockets = Sockets()
            open[place] = sockets
            sockets.isWhole = openAll(place, sockets)
            if !sockets.isWhole { isMissing = true }
        }
        if isMissing { tryAgain() }
    }

    /// A socket that could not be opened makes no event of its own (an IPv6 address in its first second, say).
    private func tryAgain() {
        guard retry == nil else { return }
        let me = NIOLoopBound(self, eventLoop: loop)
        retry = loop.scheduleTask(in: .milliseconds(1_500)) {
            me.value.retry = nil
            me.value.openMissing()
        }
    }

    private func openAll(_ place: Place, _ sockets: Sockets) -> Bool {
        switch place.family {
        case .v4:
            sockets.sender = mutual_open_sender_v4(place.source, place.interface)
            var whole = listen(mutual_open_group_v4(Self.groupV4, Self.port, place.interface), place, sockets)
            if let broadcast = place.broadcast {
                // Without broadcasts the group still works.
                whole = listen(mutual_open_broadcast_v4(broadcast, Self.port), place, sockets) && whole
            }
            return whole && sockets.sender >= 0
        case .v6:
            sockets.sender = mutual_open_sender_v6(place.source, place.interface)
            return listen(mutual_open_group_v6(Self.groupV6, Self.port, place.interface), place, sockets)
                && sockets.sender >= 0
        }
    }

    private func listen(_ descriptor: CInt, _ place: Place, _ sockets: Sockets) -> Bool {
        guard descriptor >= 0 else { return false }
        let me = NIOLoopBound(self, eventLoop: loop)
        let mine = NIOLoopBound(sockets, eventLoop: loop)
        DatagramBootstrap(group: loop)
            .channelOption(.receivePacketInfo, value: true)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: Self.longest))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = DatagramHandler(fallback: place.interface) { me.value.received($0, $1) }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .withBoundSocket(descriptor)
            .whenComplete { result in
                guard case .success(let channel) = result else {
                    mine.value.isWhole = false
                    return me.value.tryAgain()
                }
                guard me.value.open[place] === mine.value else { return channel.close(promise: nil) }
                mine.value.receivers.append(channel)
                channel.closeFuture.whenComplete { _ in
                    guard me.value.open[place] === mine.value else { return }
                    mine.value.isWhole = false
                    me.value.tryAgain()
                }
            }
        return true
    }
}

/// `close(2)` where a method of the same name stands in the way.
func systemClose(_ descriptor: CInt) -> CInt {
    #if canImport(Glibc)
        Glibc.close(descriptor)
    #else
        Darwin.close(descriptor)
    #endif
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let fallback: UInt32
    private let received: ([UInt8], Endpoint) -> Void

    init(fallback: UInt32, received: @escaping ([UInt8], Endpoint) -> Void) {
        self.fallback = fallback
        self.received = received
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        // The interface that the kernel names, not the socket's: what is heard by one socket may have come by another.
        let named = envelope.metadata?.packetInfo.flatMap { UInt32(exactly: $0.interfaceIndex) } ?? 0
        guard let source = Endpoint(envelope.remoteAddress, interface: named == 0 ? fallback : named) else { return }
        received([UInt8](envelope.data.readableBytesView), source)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
