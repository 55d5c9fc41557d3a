import MutualCore
import NIOCore
import NIOPosix

/// One TCP connection with a peer: bounded in both directions, closed politely or at once.
final class PeerConnection {
    /// Bytes of ours that may wait for the peer; the Node keeps well below it by itself.
    static let longestOutput = 4 << 20
    /// Bytes of theirs that may wait for a turn before reading stops, and from where it goes on. Few, as strangers may
    /// have 64 connections, and whoever floods is not to stand long in front of the others.
    static let inputHigh = 64 << 10
    static let inputLow = 16 << 10
    /// How long a close waits for what was written, and then for the other's end.
    static let linger = TimeAmount.seconds(3)

    let id: ConnectionID
    /// Nil while a dial is under way and its channel is not made yet.
    var channel: (any Channel)?
    /// Whether the Node knows of this connection (an open dial or an accepted one).
    var isOpen = false
    private(set) var isClosing = false
    private var queuedInput = 0
    private var unwritten = 0
    private var hasWritten = false
    private var isReading = true

    init(id: ConnectionID) { self.id = id }

    /// Bytes came in and wait for a turn.
    func inputQueued(_ count: Int) {
        queuedInput += count
        if isReading, queuedInput > Self.inputHigh { setReading(false) }
    }

    /// A turn took them.
    func inputTaken(_ count: Int) {
        queuedInput = max(0, queuedInput - count)
        if !isReading, queuedInput < Self.inputLow { setReading(true) }
    }

    private func setReading(_ on: Bool) {
        isReading = on
        try? channel?.syncOptions?.setOption(.autoRead, value: on)
    }

    /// Writes without flushing; `written` is told when the bytes left.
    func write(_ bytes: [UInt8], written: @escaping (Int) -> Void) {
        guard let channel, isOpen, !isClosing, !bytes.isEmpty else { return }
        guard unwritten + bytes.count <= Self.longestOutput else { return reset() }
        unwritten += bytes.count
        hasWritten = true
        let promise = channel.eventLoop.makePromise(of: Void.self)
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let told = NIOLoopBound(written, eventLoop: channel.eventLoop)
        let count = bytes.count
        promise.futureResult.whenSuccess {
            me.value.unwritten -= count
            told.value(count)
            if me.value.isClosing, me.value.unwritten == 0 { me.value.finish() }
        }
        channel.write(channel.allocator.buffer(bytes: bytes), promise: promise)
    }

    func flush() { channel?.flush() }

    /// Closes with a plain FIN once everything written has left. Where nothing was ever written there is nothing that
    /// a reset could overtake, and the descriptor is free at once: strangers come faster than a close may linger.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        guard let channel else { return }
        guard isOpen, hasWritten else { return channel.close(promise: nil) }
        channel.flush()
        setReading(true)
        let me = NIOLoopBound(self, eventLoop: channel.eventLoop)
        let timer = channel.eventLoop.scheduleTask(in: Self.linger) { me.value.reset() }
        channel.closeFuture.whenComplete { _ in timer.cancel() }
        if unwritten == 0 { finish() }
    }

    /// Everything left: FIN now, then what the other still sends is read away, so that no reset overtakes our bytes.
    private func finish() {
        guard let channel else { return }
        let opened = NIOLoopBound(channel, eventLoop: channel.eventLoop)
        channel.close(mode: .output).whenFailure { _ in opened.value.close(promise: nil) }
    }

    /// The other's end came.
    func inputEnded() {
        if isClosing { channel?.close(promise: nil) }
    }

    /// Closes at once with a reset.
    func reset() {
        isClosing = true
        guard let channel else { return }
        guard isOpen, let options = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
        let kept = NIOLoopBound(channel, eventLoop: channel.eventLoop)
        options.setSoLinger(NIOLinger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
            kept.value.close(promise: nil)
        }
    }
}
