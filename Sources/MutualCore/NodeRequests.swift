import MutualCrypto
import MutualRules
import MutualWire

/// Control requests: each is decided in the turn and answered after its commit.
extension Node {
    mutating func answer(_ request: Request, _ id: RequestID, _ turn: Turn) throws {
        do {
            turn.emit(.answer(id, .success(try reply(to: request, turn))))
        } catch let refusal as Refusal {
            turn.emit(.answer(id, .failure(refusal)))
        }
    }

    /// A call under a key that was used before gives the first result; only successes are remembered.
    private mutating func reply(to request: Request, _ turn: Turn) throws -> Reply {
        guard let key = request.key else { return try reply(to: request.call, turn) }
        guard (1...64).contains(key.key.count) else { throw Refusal(.badParameters, "bad-key") }
        switch try turn.journal.recall(key, atMs: turn.now.wallMs) {
        case .conflict:
            throw Refusal(.conflict, "key-conflict", ["key": key.key])
        case .same(let remembered):
            return try recalled(remembered, turn)
        case .unused:
            let reply = try reply(to: request.call, turn)
            try turn.journal.remember(key, result: memory(of: reply), atMs: turn.now.wallMs)
            return reply
        }
    }

    private mutating func reply(to call: Call, _ turn: Turn) throws -> Reply {
        switch call {
        case .peopleAdd(let id, let name): return try add(id: id, name: name, turn)
        case .peopleRename(let who, let name): return try rename(who: who, name: name, turn)
        case .peopleReach(let who, let address): return try reach(who: who, address: address, turn)
        case .peopleRemove(let who): return try remove(who: who, turn)
        case .peopleReplace(let old, let new): return try replace(old: old, new: new, turn)
        case .peoplePart(let who, let text): return try part(from: who, text: text, turn)
        case .peopleBlock(let who): return try block(who: who, turn)
        case .peopleUnblock(let who): return try unblock(who: who, turn)
        case .quietSet(let who, let wish): return try setQuiet(who: who, wish, turn)
        case .pauseSet(let on):
            try setPause(on, turn)
            return .done
        case .pairOpen(let words): return try openPairing(words: words, turn)
        case .pairJoin(let code): return try joinPairing(code: code, turn)
        case .pairAnswer(let number, let yes, let name, let same):
            return try answerPairing(number, yes: yes, name: name, same: same, turn)
        case .pairCancel(let number):
            try perform(pairing.cancel(number: number), turn)
            return .done
        case .pairList: return .pairings(pairing.views)
        case .itemGive(let give): return try self.give(give, turn)
        case .itemPass(let item): return try pass(item, turn)
        case .itemRetract(let item, let everywhere): return try retract(item, everywhere: everywhere, turn)
        case .itemOpen(let target): return try open(target, turn)
        case .itemKeep(let item): return try keep(item, turn)
        case .feelingsSet(let words): return try setFeelings(words, turn)
        case .planSet(let sections): return try setPage(sections, turn)
        case .nudgesSet(let minute, let kindWord): return try setNudges(minute: minute, kindWord: kindWord, turn)
        case .eventsAck(let consumer, let seq):
            // What is still to come cannot have been dealt with.
            let dealtWith = min(seq, try turn.journal.lastEvent())
            try turn.journal.acknowledge(consumer: consumer, seq: dealtWith, atMs: turn.now.wallMs)
            return .done
        }
    }

    // MARK: what a key remembers: ids only

    private func memory(of reply: Reply) -> [UInt8] {
        switch reply {
        case .done: [0]
        case .person(let person): [1] + person.key.bytes
        case .given(let items): [2] + items.flatMap { $0.person.bytes + $0.id.bytes }
        case .retracted(let copies): [5] + copies.flatMap { $0.id.bytes + [Self.number(of: $0.reach)] }
        case .opened(let rows):
            [3] + rows.flatMap { row in (0..<8).map { UInt8(truncatingIfNeeded: row.number >> (56 - 8 * $0)) } }
        case .pairing(let view): [4] + (0..<8).map { UInt8(truncatingIfNeeded: view.number >> (56 - 8 * $0)) }
        case .pairings: [0]
        case .quiet: [6]
        }
    }

    private func recalled(_ bytes: [UInt8], _ turn: Turn) throws -> Reply {
        let body = Array(bytes.dropFirst())
        func number(_ at: Int) -> UInt64 { body[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        switch bytes.first {
        case 1:
            guard let key = PublicKey(body), let person = person(key) else { return .done }
            return .person(person.record)
        case 2:
            var items: [GivenItem] = []
            for start in stride(from: 0, to: body.count - body.count % 48, by: 48) {
                guard let key = PublicKey(Array(body[start..<start + 32])),
                    let id = ItemID(Array(body[start + 32..<start + 48])), let person = person(key)
                else { continue }
                let record = try turn.journal.item(id: id, person: person.row, mine: true)
                items.append(
                    GivenItem(
                        person: key, name: person.record.name, id: id,
                        handle: record?.handle ?? String(id.text.prefix(4)), state: record?.state ?? .undecided))
            }
            return .given(items)
        case 3:
            return .opened(
                stride(from: 0, to: body.count - body.count % 8, by: 8).map {
                    ItemRow(Int64(bitPattern: number($0)))
                })
        case 4:
            guard body.count == 8, let view = pairing.views.first(where: { $0.number == number(0) }) else {
                throw Refusal(.conflict, "no-pairing")
            }
            return .pairing(view)
        case 5:
            return .retracted(try recalledRetractions(body, turn))
        case 6: return .quiet
        default:
            return .done
        }
    }

    // MARK: opening

    /// What the texts of opened items may take of one line `[control-2]`.
    private static let openedBytes = 900_000

    private func open(_ target: OpenTarget, _ turn: Turn) throws -> Reply {
        let records: [ItemRecord]
        switch target {
        case .item(let typed): records = [try find(item: typed, turn)]
        case .oldest, .all:
            records = try turn.journal.unopened(atMs: turn.now.wallMs, limit: target == .oldest ? 1 : 200)
        }
        var rows: [ItemRow] = []
        var bytes = 0
        for var record in records {
            // An answer is one line: what does not fit stays for the next time.
            bytes += record.mostAnswerBytes
            if bytes > Self.openedBytes, !rows.isEmpty { break }
            rows.append(record.row)
            guard !record.mine, !record.opened else { continue }
            record.opened = true
            try turn.journal.update(record)
            try turn.tell(EventBody(.itemOpened, person: person(record.person)?.record.key, item: record.id))
        }
        return .opened(rows)
    }

    /// The item that `typed` means: an exact handle, an id, or the only one that begins so.
    func find(item typed: String, _ turn: Turn) throws -> ItemRecord {
        let now = turn.now.wallMs
        let matches = try turn.journal.items(beginning: typed.folded, limit: 16).filter {
            ($0.expiresMs > now || $0.kept) && !$0.isRetract
        }
        guard let first = matches.first else { throw Refusal(.notFound, "unknown-item", ["typed": typed]) }
        guard matches.count == 1 else {
            throw Refusal(.ambiguous, "ambiguous-item", ["typed": typed], choices: matches.map(\.handle))
        }
        return first
    }
}
