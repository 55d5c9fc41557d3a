import MutualCore
import MutualWire

/// A digest of everything that happened, to compare two runs of one seed: 64 bits that every input and effect turns.
struct Trace {
    private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    private(set) var count = 0

    mutating func add(_ number: UInt64) { digest = Chance.mix(digest ^ number) &+ 0x9e37_79b9_7f4a_7c15 }

    mutating func add(_ bytes: [UInt8]) {
        add(UInt64(bytes.count))
        var word: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            word = word << 8 | UInt64(byte)
            if index % 8 == 7 { add(word) }
        }
        add(word)
    }

    mutating func add(_ text: String) { add(Array(text.utf8)) }

    mutating func add(_ input: Input) {
        count += 1
        switch input {
        case .datagramReceived(let bytes, let source):
            add(1)
            add(bytes)
            add(source.address.bytes)
        case .connectionAccepted(let id, _, let remote, _):
            add(2)
            add(id.number)
            add(remote.address.bytes)
        case .connectionOpened(let id, _):
            add(3)
            add(id.number)
        case .dialFailed(let id):
            add(4)
            add(id.number)
        case .bytesReceived(let id, let bytes):
            add(5)
            add(id.number)
            add(bytes)
        case .bytesWritten(let id, let count):
            add(6)
            add(id.number)
            add(UInt64(count))
        case .inputEnded(let id):
            add(7)
            add(id.number)
        case .connectionClosed(let id):
            add(8)
            add(id.number)
        case .interfacesChanged(let all):
            add(9)
            for one in all.flatMap(\.addresses) { add(one.address.bytes) }
        case .listening(_, let port): add(10 + UInt64(port ?? 0) << 8)
        case .requestReceived(let id, _):
            add(11)
            add(id.number)
        case .deadlineReached: add(12)
        }
    }

    mutating func add(_ effect: Effect) {
        count += 1
        switch effect {
        case .listen(let listener): add("listen \(listener)")
        case .unlisten(let listener): add("unlisten \(listener)")
        case .hear(let on): add(on ? 27 : 28)
        case .broadcast(let bytes, let interface, let family, _):
            add(20 + UInt64(interface) << 8 + UInt64(family.rawValue) << 40)
            add(bytes)
        case .dial(let id, let endpoint):
            add(21)
            add(id.number)
            add(endpoint.address.bytes)
        case .write(let id, let bytes):
            add(22)
            add(id.number)
            add(bytes)
        case .close(let id):
            add(23)
            add(id.number)
        case .reset(let id):
            add(24)
            add(id.number)
        case .answer(let id, let result):
            add(25)
            add(id.number)
            if case .failure(let refusal) = result { add(refusal.reason) }
        case .publish(let events):
            for event in events {
                add(event.seq)
                add(event.body.kind.rawValue)
                add(event.body.item?.bytes ?? [])
                add(event.body.state?.rawValue ?? "")
            }
        case .log: break
        }
    }
}
