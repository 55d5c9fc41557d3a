import MutualCrypto
import MutualWire

/// The proof of the code in one conversation: the messages of `MutualCrypto` with the cards of `MutualWire`. Nil always
/// means a message that is refused; which one that was decides what follows.
final class PairingSecrets {
    private var typer: TyperHandshake?
    private var offerer: OffererHandshake?

    // MARK: typer

    /// P1, 49 bytes.
    func typerWritesP1(window: PairingWindow, nonce: [UInt8], drawing: inout some Entropy) -> [UInt8]? {
        typer = try? TyperHandshake(
            identity: window.identity, code: Array(window.code.text.utf8), nameplate: window.code.nameplate,
            windowNonce: nonce, nonce: drawing.bytes(16), scalar: drawing.secret(64), ephemeral: drawing.secret(32))
        return typer?.p1
    }

    /// N1, 48 bytes, for a P2 that is in order.
    func typerReadsP2(_ p2: [UInt8]) -> [UInt8]? { try? typer?.readP2(p2) }

    /// Who an N2 comes from.
    func typerReadsN2(_ n2: [UInt8]) -> (key: PublicKey, name: String)? {
        guard let typer, let (card, key) = try? typer.readN2(n2), let name = try? Card.decode(card) else { return nil }
        return (key, name)
    }

    /// N3, 320 bytes, and the ciphers of the Answers.
    func typerWritesN3(window: PairingWindow) -> (n3: [UInt8], transport: Transport)? {
        guard let typer, let (n3, transport) = try? typer.writeN3(card: window.card) else { return nil }
        return (n3, transport)
    }

    // MARK: offerer

    /// P2, 32 bytes, for a P1 that is in order.
    func offererReadsP1(_ p1: [UInt8], window: PairingWindow, nonce: [UInt8], drawing: inout some Entropy) -> [UInt8]? {
        offerer = try? OffererHandshake(
            identity: window.identity, code: Array(window.code.text.utf8), nameplate: window.code.nameplate,
            windowNonce: nonce, scalar: drawing.secret(64), ephemeral: drawing.secret(32))
        return try? offerer?.readP1(p1)
    }

    /// N2, 352 bytes, for an N1 whose sender knew the code.
    func offererReadsN1(_ n1: [UInt8], window: PairingWindow) -> [UInt8]? {
        guard let offerer, (try? offerer.readN1(n1)) != nil else { return nil }
        return try? offerer.writeN2(card: window.card)
    }

    /// Who an N3 comes from, and the ciphers of the Answers.
    func offererReadsN3(_ n3: [UInt8]) -> (key: PublicKey, name: String, transport: Transport)? {
        guard let offerer, let (card, key, transport) = try? offerer.readN3(n3), let name = try? Card.decode(card)
        else { return nil }
        return (key, name, transport)
    }

    // MARK: Answers

    /// What a cell brought.
    enum Opened {
        /// A part of a record.
        case more
        case answer(Bool)
        /// Nothing that belongs here: the connection is to be closed.
        case bad
    }

    /// The cells of an Answer.
    static func seal(answer yes: Bool, with transport: Transport) -> [UInt8] {
        Cells.cut(record: Record.answer(yes).encode()).flatMap { transport.seal($0) }
    }

    /// Opens the next cell.
    static func open(_ cell: [UInt8], with transport: Transport, into assembler: inout RecordAssembler) -> Opened {
        do {
            guard let record = try assembler.take(try transport.open(cell)) else { return .more }
            guard case .answer(let yes) = try Record.parse(record, in: .pairing) else { return .bad }
            return .answer(yes)
        } catch {
            return .bad
        }
    }
}
