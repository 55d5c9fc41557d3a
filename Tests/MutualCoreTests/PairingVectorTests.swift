import Foundation
import MutualCrypto
import MutualWire
import Testing

@testable import MutualCore

/// The worked conversation of the protocol and its refused messages, byte for byte through the machine.
@Suite struct PairingVectorTests {
    /// Gives what it is told to give, in order, with zeros behind.
    struct Script: Entropy {
        var chunks: [[UInt8]]

        mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
            let chunk = chunks.isEmpty ? [] : chunks.removeFirst()
            for index in buffer.indices { buffer[index] = index < chunk.count ? chunk[index] : 0 }
        }
    }

    struct Vectors: Decodable {
        struct Person: Decodable { let seed: String }
        struct Pairing: Decodable {
            let whole: Whole
            let refused: [Refused]
        }
        struct Whole: Decodable {
            let prs, windowNonce, nonceI, yI, yR, eI, eR, p1, p2, n1, n2, n3: String
            let nameplate: UInt8
            let answers: [Answer]
        }
        struct Answer: Decodable { let name, from, cell: String }
        struct Refused: Decodable {
            let name, at, reader: String
            let typed, p1, p2, n1, n2: String?
        }
        let people: [String: Person]
        let pairing: Pairing
    }

    let vectors: Vectors
    let now = Instant(wallMs: 1_700_000_000_000, monotonicMs: 5_000)
    let typerID = ConnectionID(1)
    let offererID = ConnectionID(1 << 63)

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Protocol/vectors/mutual_v1.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        vectors = try decoder.decode(Vectors.self, from: Data(contentsOf: file))
    }

    /// Messages with their length before them.
    func framed(_ hex: String) -> [UInt8] {
        let body = bytes(hex)
        return [UInt8(body.count >> 8), UInt8(body.count & 0xff)] + body
    }

    func bytes(_ hex: String) -> [UInt8] {
        var result: [UInt8] = []
        var rest = hex[...]
        while rest.count >= 2 {
            result.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return result
    }

    func identity(_ name: String) throws -> Identity {
        let seed = bytes(try #require(vectors.people[name]).seed)
        return Identity(seed: seed.withUnsafeBytes { SecretBytes(copying: $0) })
    }

    /// Alder types; the dial is through and P1 is written.
    func typer(_ script: inout Script, typed: String? = nil) throws -> (Pairing, written: [UInt8]) {
        let whole = vectors.pairing.whole
        var pairing = Pairing()
        _ = try pairing.join(
            code: PairingCode(typed: typed ?? whole.prs), identity: identity("alder"), ownName: "Alder", number: 1,
            seq: 0, now: now)
        pairing.window?.search?.nonce = bytes(whole.windowNonce)
        pairing.window?.conversations = [
            PairingConversation(
                id: typerID, remote: pairingEndpoint(2), stage: .connecting, deadlineMs: now.monotonicMs + 3_000)
        ]
        script = Script(chunks: [bytes(whole.nonceI), bytes(whole.yI), bytes(whole.eI)])
        return (pairing, written(pairing.opened(typerID, now: now, drawing: &script)))
    }

    /// Birch offers; somebody connected.
    func offerer(_ script: inout Script) throws -> Pairing {
        let whole = vectors.pairing.whole
        var pairing = Pairing()
        var window = PairingWindow(
            number: 1, seq: 0, identity: try identity("birch"), ownName: "Birch",
            code: try PairingCode(typed: whole.prs), now: now)
        window.offer = PairingOffering(nonce: bytes(whole.windowNonce))
        pairing.window = window
        _ = pairing.accepted(offererID, remote: pairingEndpoint(1), now: now)
        script = Script(chunks: [bytes(whole.yR), bytes(whole.eR)])
        return pairing
    }

    func written(_ actions: [PairingAction]) -> [UInt8] {
        actions.flatMap { action -> [UInt8] in
            if case .effect(.write(_, let bytes)) = action { bytes } else { [] }
        }
    }

    func ends(_ actions: [PairingAction]) -> [String] {
        actions.compactMap { action in
            if case .event(let body) = action, body.kind == .pairEnded { body.how } else { nil }
        }
    }

    func isBurnt(_ actions: [PairingAction]) -> Bool {
        actions.contains { if case .burnt = $0 { true } else { false } }
    }

    @Test func theWholeConversation() throws {
        let whole = vectors.pairing.whole
        var alderScript = Script(chunks: [])
        var birchScript = Script(chunks: [])
        var (alder, p1) = try typer(&alderScript)
        var birch = try offerer(&birchScript)
        #expect(p1 == framed(whole.p1))
        func toBirch(_ bytes: [UInt8]) -> [PairingAction] {
            birch.bytes(bytes, on: offererID, now: now, drawing: &birchScript, standing: { _ in nil })
        }
        func toAlder(_ bytes: [UInt8]) -> [PairingAction] {
            alder.bytes(bytes, on: typerID, now: now, drawing: &alderScript, standing: { _ in nil })
        }
        #expect(written(toBirch(p1)) == framed(whole.p2))
        #expect(written(toAlder(framed(whole.p2))) == framed(whole.n1))
        #expect(written(toBirch(framed(whole.n1))) == framed(whole.n2))
        #expect(written(toAlder(framed(whole.n2))) == framed(whole.n3))
        #expect(written(toBirch(framed(whole.n3))) == [])
        #expect(alder.views.first?.name == "Birch" && birch.views.first?.name == "Alder")
        #expect(alder.views.first?.person == (try identity("birch")).publicKey)

        let yesOfAlder = try alder.answer(number: 1, yes: true, name: "Birch", now: now, standing: { _ in nil })
        #expect(written(yesOfAlder) == bytes(try #require(whole.answers.first { $0.from == "i" }).cell))
        #expect(ends(toBirch(written(yesOfAlder))) == [])
        let yesOfBirch = try birch.answer(number: 1, yes: true, name: "Alder", now: now, standing: { _ in nil })
        #expect(written(yesOfBirch) == bytes(try #require(whole.answers.first { $0.from == "r" }).cell))
        #expect(ends(yesOfBirch) == ["mutuals"])
        #expect(ends(toAlder(written(yesOfBirch))) == ["mutuals"])
    }

    @Test func theOfferersNo() throws {
        let whole = vectors.pairing.whole
        var script = Script(chunks: [])
        var (alder, _) = try typer(&script)
        for message in [whole.p2, whole.n2] {
            _ = alder.bytes(framed(message), on: typerID, now: now, drawing: &script, standing: { _ in nil })
        }
        let no = try #require(whole.answers.first { $0.name.contains("no") })
        let actions = alder.bytes(bytes(no.cell), on: typerID, now: now, drawing: &script, standing: { _ in nil })
        #expect(ends(actions) == ["no"])
    }

    @Test func refusedMessages() throws {
        let whole = vectors.pairing.whole
        var seen = 0
        for refused in vectors.pairing.refused {
            seen += 1
            var script = Script(chunks: [])
            var pairing: Pairing
            var id = typerID
            var messages: [String]
            if refused.reader == "offerer" {
                pairing = try offerer(&script)
                id = offererID
                messages = [refused.p1 ?? whole.p1] + (refused.at == "N1" ? [refused.n1 ?? ""] : [])
            } else {
                pairing = try typer(&script).0
                messages = [refused.p2 ?? whole.p2] + (refused.at == "N2" ? [refused.n2 ?? ""] : [])
            }
            var actions: [PairingAction] = []
            for message in messages {
                actions = pairing.bytes(framed(message), on: id, now: now, drawing: &script, standing: { _ in nil })
                if message != messages.last { #expect(!written(actions).isEmpty, "\(refused.name)") }
            }
            #expect(written(actions).isEmpty, "\(refused.name)")
            #expect(!pairing.owns(id), "\(refused.name)")
            switch refused.at {
            case "P1", "P2":
                // Nothing is spent.
                #expect(ends(actions) == [] && !isBurnt(actions) && pairing.isOpen, "\(refused.name)")
            case "N1":
                #expect(ends(actions) == ["wrong-code"] && isBurnt(actions), "\(refused.name)")
            default:
                #expect(ends(actions) == ["wrong-code"] && !isBurnt(actions), "\(refused.name)")
            }
        }
        #expect(seen >= 30)
    }

    @Test func theTypersWrongCode() throws {
        let refused = try #require(vectors.pairing.refused.first { $0.typed != nil })
        var script = Script(chunks: [])
        var (alder, p1) = try typer(&script, typed: refused.typed)
        #expect(p1 == framed(try #require(refused.p1)))
        let n1 = alder.bytes(
            framed(try #require(refused.p2)), on: typerID, now: now, drawing: &script, standing: { _ in nil })
        #expect(written(n1) == framed(try #require(refused.n1)))
    }
}
