import MutualCore
import MutualCrypto
import MutualWire

/// Reads along on a session between two Nodes: it knows both identities and the ephemerals that they drew.
final class Tap {
    private let dialler: Machine?
    private let listener: Machine?
    private var flight1: [UInt8] = []
    private var flight2: [UInt8] = []
    /// Opens what the dialler (0) and the listener (1) send.
    private var transports: [Transport?] = [nil, nil]
    private var assemblers = [RecordAssembler(), RecordAssembler()]
    private var buffers: [[UInt8]] = [[], []]
    private var isBlind = false

    /// What was said on it so far, for the checkers.
    var talk = [Talk(), Talk()]
    var isSession: Bool { transports[0] != nil }

    init(dialler: Machine?, listener: Machine?) {
        self.dialler = dialler
        self.listener = listener
    }

    /// Bytes that one end wrote; the records that became whole by them.
    func wrote(_ bytes: [UInt8], byDialler: Bool) -> [Record] {
        guard !isBlind, let dialler, let listener else { return [] }
        var rest = bytes[...]
        if byDialler, flight1.count < Limits.flight1Bytes {
            let part = rest.prefix(Limits.flight1Bytes - flight1.count)
            flight1 += part
            rest = rest.dropFirst(part.count)
        } else if !byDialler, flight2.count < Limits.flight2Bytes {
            let part = rest.prefix(Limits.flight2Bytes - flight2.count)
            flight2 += part
            rest = rest.dropFirst(part.count)
            if flight2.count == Limits.flight2Bytes { shake(dialler, listener) }
        }
        guard !isBlind, !rest.isEmpty else { return [] }
        let side = byDialler ? 0 : 1
        buffers[side] += rest
        var records: [Record] = []
        while buffers[side].count >= Limits.cellBytes, let transport = transports[side] {
            let cell = Array(buffers[side].prefix(Limits.cellBytes))
            buffers[side].removeFirst(Limits.cellBytes)
            guard let plain = try? transport.open(cell) else {
                isBlind = true
                return records
            }
            guard let whole = try? assemblers[side].take(plain) else { continue }
            if let record = try? Record.parse(whole) { records.append(record) }
        }
        return records
    }

    /// Makes the same handshake once more from both sides.
    private func shake(_ dialler: Machine, _ listener: Machine) {
        isBlind = true
        guard flight1.count == Limits.flight1Bytes,
            let first = secret(of: Array(flight1[16..<48]), in: dialler.draws),
            let second = secret(of: Array(flight2[0..<32]), in: listener.draws),
            let mine = try? dialler.identity.pair(with: listener.key),
            let theirs = try? listener.identity.pair(with: dialler.key)
        else { return }
        let mark = Array(flight1[0..<16])
        guard
            let (handshake, message) = try? SessionHandshake.dial(
                identity: dialler.identity, pair: mine, mark: mark, ephemeral: first),
            message == Array(flight1[16...]),
            let (fromDialler, answer) = try? SessionHandshake.answer(
                identity: listener.identity, pair: theirs, mark: mark, flight1Message: message, ephemeral: second),
            answer == flight2, let fromListener = try? handshake.finish(flight2: flight2)
        else { return }
        transports = [fromDialler, fromListener]
        isBlind = false
    }

    private func secret(of publicKey: [UInt8], in draws: Draws) -> SecretBytes? {
        for bytes in draws.secrets.reversed() {
            let secret = bytes.withUnsafeBytes { SecretBytes(copying: $0) }
            let found = try? secret.withBytes { (raw) throws(CryptoError) in try X25519.publicKey(of: raw) }
            if found == publicKey { return secret }
        }
        return nil
    }
}

/// What one side said on a session so far.
struct Talk {
    var hellos = 0
    var logs: [LogID] = []
    var firstHello: Hello?
    var lastHello: Hello?
    var lastSeq: UInt64?
    var given: Set<UInt64> = []
    var givenBytes = 0
    var saidBye = false
    /// The other side's acks of what this side gave.
    var acked: UInt64 = 0
}
