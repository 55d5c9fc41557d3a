import MutualWire

/// At most two Hellos and one new log a side and session, and nothing before the Hellos `[log-5]`, `[log-6]`.
final class Hellos: Checker {
    let name = "hellos"

    func gave(_ record: Record, _ speech: Speech, _ world: World) throws {
        let talk = speech.talk
        let who = "machine \(speech.from.number)"
        if case .hello(let hello) = record {
            try hold(talk.hellos < 2, "\(who) says a third Hello")
            if let first = talk.firstHello {
                try hold(hello.log != first.log, "\(who) says Hello again for the same log")
                try hold(hello.first == 1, "\(who) begins a new log at \(hello.first)")
            }
            try hold(hello.first <= hello.next && hello.first >= 1, "\(who): first \(hello.first), next \(hello.next)")
        } else {
            try hold(talk.hellos > 0, "\(who) speaks before its Hello: \(record.words)")
            try hold(speech.answerTalk.hellos > 0, "\(who) speaks before the other's Hello was written")
        }
    }
}
