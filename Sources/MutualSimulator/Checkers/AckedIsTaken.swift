import MutualCore
import MutualWire

/// What is acked was taken: the id of every item that a session carried stands among the taken ones of the reader's store
/// when its number is acked, shown or not `[log-3]`.
final class AckedIsTaken: Checker {
    let name = "acked-is-taken"
    private struct Side: Hashable {
        let connection: UInt64
        let byDialler: Bool
    }
    private var given: [Side: [(seq: UInt64, id: ItemID)]] = [:]

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        let side = Side(connection: speech.connection.number, byDialler: speech.byDialler)
        switch record {
        case .hello: given[side] = []
        case .item(let item): given[side, default: []].append((item.seq, item.id))
        case .ack(let log, let received):
            let theirs = Side(connection: side.connection, byDialler: !side.byDialler)
            guard log == speech.answerTalk.logs.last, let all = given[theirs] else { return }
            given[theirs] = all.filter { $0.seq > received }
            try look(all.filter { $0.seq <= received }.map(\.id), speech)
        case .void, .ping, .pong, .bye, .answer, .unknown: break
        }
    }

    private func look(_ ids: [ItemID], _ speech: Speech) throws {
        guard !ids.isEmpty, let row = speech.from.sees(speech.to)?.row else { return }
        for id in ids {
            let isTaken = try speech.from.read { journal throws(JournalFault) in try journal.isTaken(id, person: row) }
            try hold(isTaken, "machine \(speech.from.number) acks \(id.text), which it did not take")
        }
    }
}
