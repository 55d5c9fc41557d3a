import CPlatform
import MutualControl
import MutualCore
import NIOCore

/// One client of the control socket: lines in, lines out, at most one subscription.
final class ControlConnection {
    /// Calls that may be unanswered before reading stops.
    static let mostOpenCalls = 64
    /// Events that a follower who does not read may be behind before it is told to come again.
    static let mostBehind: UInt64 = 1_024
    /// Events that are read from the store at a time.
    static let pageSize = 256

    let channel: any Channel
    let server: ControlServer
    /// The language of this connection's sentences; nil: the home's.
    var language: String?
    private(set) var subscription: Subscription?
    private var framer = LineFramer()
    /// Lines that came while too many calls were open.
    private var frames: [LineFramer.Frame] = []
    private var openCalls = 0
    private var isDealing = false
    private var hasInputEnded = false
    /// A line was too long: nothing that comes after it is read.
    private var isOverlong = false
    private var isClosing = false

    init(channel: any Channel, server: ControlServer) {
        self.channel = channel
        self.server = server
    }

    // MARK: in

    func received(_ buffer: ByteBuffer) {
        guard !isClosing, !isOverlong else { return }
        frames += framer.push(buffer.readableBytesView)
        // The framer has a copy; this one may hold a passphrase.
        buffer.withUnsafeReadableBytes { mutual_wipe($0.baseAddress, $0.count) }
        deal()
    }

    /// Deals with whole lines as long as not too many calls are open.
    private func deal() {
        var taken = 0
        while taken < frames.count, openCalls < Self.mostOpenCalls, !isClosing, !isOverlong {
            let frame = frames[taken]
            taken += 1
            openCalls += 1
            isDealing = true
            switch frame {
            case .line(let line): deal(line)
            case .oversize:
                isOverlong = true
                answer(ControlAnswer.failure(nil, .lineTooLong))
            }
            isDealing = false
        }
        frames.removeFirst(min(taken, frames.count))
        adjustReading()
        finishIfDone()
    }

    private func deal(_ line: [UInt8]) {
        let secret = SecretLine(taking: line) ?? SecretLine(plain: line)
        do {
            dispatch(try ControlRequest(line: secret.line), secret)
        } catch {
            answer(ControlAnswer.failure(error.id, error.error))
        }
    }

    /// The sentences of this connection.
    var sentences: Sentences { Sentences(tag: language ?? server.keeper?.settings.language ?? "en") }

    func inputEnded() {
        hasInputEnded = true
        if !isOverlong, let last = framer.finish() {
            frames.append(last)
            deal()
        }
        if isClosing { channel.close(promise: nil) } else { finishIfDone() }
    }

    // MARK: out

    /// The answer to one call.
    func answer(_ line: [UInt8]) {
        openCalls -= 1
        send(line)
        if !isDealing { deal() }
    }

    /// One line.
    private func send(_ line: [UInt8]) {
        guard !isClosing else { return }
        var buffer = channel.allocator.buffer(capacity: line.count + 1)
        buffer.writeBytes(line)
        buffer.writeInteger(UInt8(ascii: "\n"))
        channel.writeAndFlush(buffer, promise: nil)
    }

    /// A client that does not read its answers is not read from.
    private func adjustReading() {
        let on = channel.isWritable && openCalls < Self.mostOpenCalls
        try? channel.syncOptions?.setOption(.autoRead, value: on || isClosing)
    }

    func writabilityChanged() {
        adjustReading()
        if channel.isWritable { pump() }
    }

    /// A client that ended its input, or wrote a line that is too long, gets what it asked for; then we end, too.
    private func finishIfDone() {
        guard openCalls == 0, !isClosing else { return }
        guard isOverlong || hasInputEnded && frames.isEmpty && subscription == nil else { return }
        closeAfterWriting()
    }

    /// Ends our output after what was written, reads the rest away, closes.
    func closeAfterWriting() {
        guard !isClosing else { return }
        isClosing = true
        dropSubscription()
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let timer = channel.eventLoop.scheduleTask(in: .seconds(2)) { me.value.channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
        adjustReading()
        channel.writeAndFlush(channel.allocator.buffer(capacity: 0)).whenComplete { _ in
            if me.value.hasInputEnded {
                me.value.channel.close(promise: nil)
            } else {
                me.value.channel.close(mode: .output, promise: nil)
            }
        }
    }

    func inactive() {
        isClosing = true
        server.gone(self)
        subscription = nil
    }

    // MARK: events

    /// How far this client follows.
    struct Subscription {
        var consumer: String?
        var kinds: Set<EventKind>?
        /// The last event that was sent or passed over.
        var sent: UInt64
        /// The last event that there is.
        var last: UInt64
    }

    /// Begins to follow; `answer` is sent before the first event.
    func subscribe(_ new: Subscription, answer: () -> Void) {
        guard !isClosing else { return }
        dropSubscription()
        if let consumer = new.consumer { server.claim(consumer, for: self) }
        subscription = new
        answer()
        pump()
    }

    private func dropSubscription() {
        if let consumer = subscription?.consumer { server.release(consumer, by: self) }
        subscription = nil
    }

    func eventsReached(_ last: UInt64) {
        guard subscription != nil else { return }
        subscription?.last = last
        pump()
        guard let behind = subscription, !channel.isWritable, last - behind.sent > Self.mostBehind else { return }
        end(EventTranslation.lagged(behind.sent))
    }

    func endSubscription(reason: String) { end(EventTranslation.ended(reason: reason)) }

    private func end(_ line: [UInt8]) {
        guard subscription != nil else { return }
        dropSubscription()
        send(line)
        finishIfDone()
    }

    /// Sends what the client has room for, always from the store: without gap and without double.
    private func pump() {
        guard let shell = server.shell else { return }
        while let now = subscription, channel.isWritable, now.sent < now.last {
            do {
                let page = try shell.storage.events(after: now.sent, limit: Self.pageSize)
                guard let first = page.first, let end = page.last, first.seq == now.sent + 1 else {
                    // Older than what is kept.
                    return self.end(EventTranslation.lagged(max(now.sent, (page.first?.seq ?? now.last + 1) - 1)))
                }
                for event in page where now.kinds?.contains(event.body.kind) ?? true {
                    send(EventTranslation.line(event))
                }
                subscription?.sent = end.seq
            } catch {
                return self.end(EventTranslation.lagged(now.sent))
            }
        }
    }
}

final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let client: ControlConnection

    init(_ client: ControlConnection) { self.client = client }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { client.received(unwrapInboundIn(data)) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { client.inputEnded() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { client.writabilityChanged() }
    func channelInactive(context: ChannelHandlerContext) { client.inactive() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
