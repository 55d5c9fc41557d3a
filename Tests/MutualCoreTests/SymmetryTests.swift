import MutualCore
import MutualWire
import Testing

/// Two equals: whatever the one of them can do, the other can, and the same comes of it. One script is played twice,
/// with the two in each other's place; what each then has is the same, but for names, ids and handles.
@Suite struct SymmetryTests {
    /// One of the two, and what they do.
    private enum Step {
        case give(Int, Content, re: Int? = nil, words: String? = nil)
        case retract(Int, Int)
        case pass(Int, Int)
        case open(Int)
        /// Writes one's own page.
        case page(Int, [Section])
        /// Somebody's link goes down or comes back.
        case link(Int, up: Bool)
        /// Refused, and why.
        case refused(Int, Content, re: Int? = nil)
    }

    /// Every kind, each way somewhere; numbers count what was given before.
    private static let script: [Step] = [
        .give(0, .checkIn(text: "Slept badly.", feelings: ["tired"], energy: .low, want: .listen)),
        .give(1, .heard(back: "You slept badly."), re: 0),
        .give(1, .here, re: 0),
        .refused(1, .idea(text: "Sleep.", mine: false), re: 0),
        .give(0, .want(.ideas), re: 0),
        .give(1, .idea(text: "A walk.", mine: true), re: 0),
        .give(0, .idea(text: "By the river.", mine: false), re: 4),
        .give(0, .take(text: "Yes."), re: 4),
        .give(0, .close(text: "", outcome: .partly), re: 0),
        .refused(1, .idea(text: "More.", mine: false), re: 0),
        .open(1),
        .give(1, .ask(text: "What helps you?")),
        .give(0, .relate(text: "I know this."), re: 8),
        .give(1, .celebrate(text: "It worked.", whose: .mine)),
        .give(0, .cheer(text: "Good."), re: 10),
        .give(0, .encourage(text: "I am glad.")),
        .give(1, .learned(text: "Rivers help."), re: 5),
        .give(1, .room(have: .resting, text: "")),
        .give(1, .room(have: .aLittle, text: "From noon on.")),
        .page(0, [Section(title: "Signs", text: "I stop cooking.")]),
        .give(0, .plan([])),
        .give(0, .exchange(.propose(topic: "The hardest part?", seal: [])), words: "The stairs."),
        .give(1, .exchange(.commit(seal: [])), re: 17, words: "The quiet."),
        .give(1, .exchange(.propose(topic: "And the best?", seal: [])), words: "Tea."),
        .pass(0, 19),
        .link(1, up: false),
        .give(0, .note(text: "one", want: nil)),
        .give(0, .note(text: "two", want: .nothing)),
        .give(1, .note(text: "three", want: nil)),
        .retract(0, 20),
        .link(1, up: true),
        .retract(1, 10),
        .refused(1, .relate(text: "I know."), re: 21),
        .refused(0, .retract, re: 22),
        .open(0),
        .open(1),
    ]

    @Test(arguments: [61, 62] as [UInt64]) func bothEndsAreAlike(seed: UInt64) throws {
        let there = try play(swapped: false, seed: seed)
        let back = try play(swapped: true, seed: seed)
        #expect(there.count == 2 && there[0].count > 40)
        for role in 0...1 { #expect(there[role] == back[role], "role \(role)") }
    }

    /// What the first and the second of the roles have after the script.
    private func play(swapped: Bool, seed: UInt64) throws -> [[String]] {
        let couple = try Couple(seed: seed)
        let roles = swapped ? [couple.birch, couple.alder] : [couple.alder, couple.birch]
        var given: [GivenItem] = []
        var said: [[String]] = [[], []]
        for step in Self.script {
            switch step {
            case .give(let role, let content, let re, let words):
                let item = try couple.give(roles[role], content, re: re.map { given[$0].id.text }, words: words)
                given.append(item)
                said[role].append("gave \(given.count - 1), \(item.state)")
            case .retract(let role, let item):
                _ = try couple.world.ask(roles[role], .itemRetract(item: given[item].id.text, everywhere: false))
            case .pass(let role, let item):
                _ = try couple.world.ask(roles[role], .itemPass(item: given[item].id.text))
            case .open(let role): _ = try couple.world.ask(roles[role], .itemOpen(.all))
            case .page(let role, let sections): _ = try couple.world.ask(roles[role], .planSet(sections))
            case .link(let role, let up):
                couple.world.setLink(roles[role], up: up)
                couple.world.run(60_000)
            case .refused(let role, let content, let re):
                let why = couple.reason { try couple.give(roles[role], content, re: re.map { given[$0].id.text }) }
                said[role].append("refused: \(try #require(why))")
            }
            couple.settle()
        }
        return try roles.enumerated().map { try said[$0] + told($1, given) + has(couple, $1, given) }
    }

    /// The events of a host, with items by the number in which they were given; a reveal, which nobody gave, has none.
    private func told(_ host: Host, _ given: [GivenItem]) -> [String] {
        host.events.map { event in
            let number = event.body.item.flatMap { id in given.firstIndex { $0.id == id } }.map { "\($0)" } ?? "-"
            let state = event.body.state.map { "\($0)" } ?? ""
            return "\(event.body.kind) \(number) \(state) \(event.body.cause.map { "\($0)" } ?? "")"
        }
    }

    /// Every item as a host has it.
    private func has(_ couple: Couple, _ host: Host, _ given: [GivenItem]) throws -> [String] {
        try given.enumerated().map { number, item in
            guard let record = try couple.record(host, item.id) else { return "\(number) gone" }
            let around = try couple.around(host, item.id)
            let answers = around?.answers.flatMap { handle in
                try? given.firstIndex { try couple.record(host, $0.id)?.handle == handle }
            }
            let view = around?.exchange.map { "\($0.stage) \($0.mine ?? "-") \($0.theirs ?? "-") \($0.fits)" } ?? ""
            return "\(number) \(record.mine) \(record.kind) \(record.state) \(record.shown) \(record.opened) "
                + "\(record.erased) \(try couple.text(host, item.id) ?? "-") \(answers.map { "\($0)" } ?? "-") "
                + "\(around?.want?.rawValue ?? "-") \(around?.crossed?.rawValue ?? "-") \(view)"
        }
    }
}
