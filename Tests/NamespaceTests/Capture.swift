import Foundation
import Testing

/// What went over the bridge, as `tcpdump` wrote it.
struct Capture {
    /// One direction of a TCP connection.
    struct Flow: Hashable {
        var from: [UInt8]
        var fromPort: UInt16
        var to: [UInt8]
        var toPort: UInt16

        var back: Flow { Flow(from: to, fromPort: toPort, to: from, toPort: fromPort) }
    }

    /// The whole file.
    let file: [UInt8]
    /// The payloads of UDP datagrams, with the port that they go to.
    private(set) var datagrams: [(port: UInt16, payload: [UInt8])] = []
    /// The streams in the order of their first byte.
    private(set) var streams: [(flow: Flow, bytes: [UInt8])] = []
    private var segments: [Flow: [UInt32: [UInt8]]] = [:]
    private var starts: [(flow: Flow, sequence: UInt32)] = []

    /// Reads a classic pcap file of Ethernet frames, in the byte order of a small-endian machine.
    init(file: [UInt8]) throws {
        self.file = file
        try #require(file.count >= 24 && Array(file[0..<4]) == [0xD4, 0xC3, 0xB2, 0xA1], "no pcap file")
        var at = 24
        while at + 16 <= file.count {
            let length = (0..<4).reduce(0) { $0 | Int(file[at + 8 + $1]) << (8 * $1) }
            guard at + 16 + length <= file.count else { break }
            frame(Array(file[(at + 16)..<(at + 16 + length)]))
            at += 16 + length
        }
        for (flow, start) in starts { streams.append((flow, joined(segments[flow] ?? [:], from: start))) }
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
        at + 1 < bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : 0
    }

    private mutating func frame(_ frame: [UInt8]) {
        let packet = Array(frame.dropFirst(14))
        switch Self.number(frame, 12) {
        case 0x0800 where packet.count >= 20:
            let header = Int(packet[0] & 0x0F) * 4
            let whole = packet.prefix(Self.number(packet, 2))
            segment(packet[9], Array(packet[12..<16]), Array(packet[16..<20]), Array(whole.dropFirst(header)))
        case 0x86DD where packet.count >= 40:
            let body = packet.dropFirst(40).prefix(Self.number(packet, 4))
            segment(packet[6], Array(packet[8..<24]), Array(packet[24..<40]), Array(body))
        default: break
        }
    }

    private mutating func segment(_ kind: UInt8, _ from: [UInt8], _ to: [UInt8], _ body: [UInt8]) {
        if kind == 17, body.count >= 8 {
            return datagrams.append((UInt16(Self.number(body, 2)), Array(body.dropFirst(8))))
        }
        guard kind == 6, body.count >= 20 else { return }
        let flow = Flow(
            from: from, fromPort: UInt16(Self.number(body, 0)), to: to, toPort: UInt16(Self.number(body, 2)))
        let sequence = UInt32(Self.number(body, 4)) << 16 | UInt32(Self.number(body, 6))
        if body[13] & 0x02 != 0 { starts.append((flow, sequence &+ 1)) }
        let payload = Array(body.dropFirst(Int(body[12] >> 4) * 4))
        if !payload.isEmpty { segments[flow, default: [:]][sequence] = payload }
    }

    /// Puts a stream together; what was sent twice counts once.
    private func joined(_ parts: [UInt32: [UInt8]], from start: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        for (sequence, payload) in parts.sorted(by: { $0.key &- start < $1.key &- start }) {
            let offset = Int(sequence &- start)
            guard offset <= bytes.count else { break }
            bytes += payload.dropFirst(bytes.count - offset)
        }
        return bytes
    }

    /// Everything in which something could be read: the file as it is, each stream, each datagram.
    var places: [[UInt8]] { [file] + streams.map(\.bytes) + datagrams.map(\.payload) }
}

/// Something that nobody on the network may read, and how it could show.
struct Needle {
    let what: String
    let bytes: [UInt8]

    init(_ what: String, _ bytes: [UInt8]) {
        self.what = what
        self.bytes = bytes
    }

    init(_ what: String, _ text: String) { self.init(what, Array(text.utf8)) }

    /// Raw, as hex in either case, and as base64 at each of its three offsets in both alphabets.
    var forms: [(form: String, bytes: [UInt8])] {
        let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var all = [("raw", bytes), ("hex", Array(hex.utf8)), ("upper hex", Array(hex.uppercased().utf8))]
        for offset in 0..<3 {
            let padded = [UInt8](repeating: 0, count: offset) + bytes
            let text = Data(padded).base64EncodedString().filter { $0 != "=" }
            // Only the letters whose six bits all come from the needle.
            let first = (offset * 8 + 5) / 6
            let letters = String(text.prefix(padded.count * 8 / 6).dropFirst(first))
            all.append(("base64 at \(offset)", Array(letters.utf8)))
            let other = letters.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            if other != letters { all.append(("base64url at \(offset)", Array(other.utf8))) }
        }
        return all
    }

    /// The forms in which it can be read somewhere.
    func found(in places: [[UInt8]]) -> [String] {
        let stores = places.map { Data($0) }
        return forms.filter { form in stores.contains { $0.range(of: Data(form.bytes)) != nil } }.map(\.form)
    }
}

/// The public key in an id `[identity-3]`: 33 bytes in groups of five bits, then six characters of checksum.
func publicKey(ofID id: String) throws -> [UInt8] {
    let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l")
    var bits = 0
    var waiting = 0
    var bytes: [UInt8] = []
    for letter in id.dropFirst("mutual1".count).dropLast(6) {
        waiting = waiting << 5 | (try #require(alphabet.firstIndex(of: letter)))
        bits += 5
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: waiting >> bits))
            waiting &= (1 << bits) - 1
        }
    }
    try #require(bytes.count == 33 && bytes[0] == 0x01)
    return Array(bytes.dropFirst())
}
