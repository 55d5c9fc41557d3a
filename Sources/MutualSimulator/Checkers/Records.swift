import MutualCore
import MutualWire

/// What a session carries keeps the rules of its log: numbers in order and once, lives in their limits, no more than 256
/// given and not acked, nothing after Bye `[log-2]`, `[log-7]`, `[log-11]`, `[log-12]`.
final class Records: Checker {
    let name = "records"

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        let talk = speech.talk
        let who = "machine \(speech.from.number)"
        // Nothing is read after a Bye; nothing that matters may follow it.
        let matters: Bool =
            switch record {
            case .item, .void, .hello, .bye: true
            case .ack, .ping, .pong, .answer, .unknown: false
            }
        try hold(!talk.saidBye || !matters, "\(who) speaks after its Bye: \(record.words)")
        switch record {
        case .item(let item):
            try number(item.seq, talk, speech, who)
            try hold(
                item.leftS >= 1 && Int64(item.leftS) <= Limits.lifeMaxS, "\(who) gives \(item.leftS) s of life")
            if let accepted = world.accepted[item.id] {
                try hold(accepted.reader == speech.to.key, "\(who) gives \(item.id.text) to somebody else")
            }
        case .void(let seq, _): try number(seq, talk, speech, who)
        case .ack(let log, let received):
            let theirs = speech.answerTalk
            guard log == theirs.logs.last else { return }
            let next = theirs.lastHello?.next ?? 1
            let highest = max(theirs.given.max() ?? 0, next - 1)
            let isTorn = speech.from.ledger.people[speech.to.key]?.wasPutBack ?? false
            try hold(received <= highest || isTorn, "\(who) acks \(received), which was not given")
        case .hello, .ping, .pong, .bye, .answer, .unknown: break
        }
    }

    private func number(_ seq: UInt64, _ talk: Talk, _ speech: Speech, _ who: String) throws {
        try hold(!talk.given.contains(seq), "\(who) gives number \(seq) twice on one session")
        if let last = talk.lastSeq { try hold(seq == last + 1, "\(who) gives \(seq) after \(last)") }
        let open = talk.given.filter { $0 > talk.acked }.count
        try hold(open < Limits.unackedRecords, "\(who) gives with \(open) numbers not acked")
    }
}
