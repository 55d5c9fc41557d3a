/// What a fuzzer calls: functions of any bytes that must neither trap nor find something untrue.
///
/// The names are those of scripts/fuzz and of the folders in `corpus`.
enum FuzzTarget: String, CaseIterable, Sendable {
    /// Datagrams: beacons, offers, queries.
    case datagram
    /// Both flights of a session's handshake.
    case flight
    /// Messages of a pairing, and both sides of its handshake.
    case pairing
    /// Cells and the ciphers around them.
    case cell
    /// Records.
    case record
    /// The lines of the control socket.
    case control
    /// JSON.
    case json
    /// `mutual.toml` and the environment.
    case settings
    /// What people type: ids, codes, addresses, handles, times.
    case text
    /// The file `vault`.
    case vault
    /// The insides of sealed columns.
    case row
    /// A whole store whose rows were changed.
    case store
    /// A whole Node: datagrams, connections, records, requests, time.
    case node

    /// Throws `Violation` when something does not hold that must.
    func run(_ input: [UInt8]) throws {
        switch self {
        case .datagram: try fuzzDatagram(input)
        case .flight: try fuzzFlight(input)
        case .pairing: try fuzzPairing(input)
        case .cell: try fuzzCell(input)
        case .record: try fuzzRecord(input)
        case .control: try fuzzControl(input)
        case .json: try fuzzJSON(input)
        case .settings: try fuzzSettings(input)
        case .text: try fuzzText(input)
        case .vault: try fuzzVault(input)
        case .row: try fuzzRow(input)
        case .store: try fuzzStore(input)
        case .node: try fuzzNode(input)
        }
    }
}

/// Something that must hold for all inputs does not hold for this one.
struct Violation: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Ends the run of one input when `truth` is not one.
func hold(_ truth: Bool, _ description: @autoclosure () -> String) throws {
    if !truth { throw Violation(description()) }
}

/// Takes numbers and bytes from the front of an input; at its end everything is 0 and empty.
struct InputReader {
    private var rest: ArraySlice<UInt8>

    init(_ input: some Collection<UInt8>) { rest = Array(input)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func number16() -> UInt16 { UInt16(byte()) << 8 | UInt16(byte()) }

    /// A number of up to eight bytes: small ones are likely, and so are those near the ends of both ranges.
    mutating func number64() -> UInt64 {
        let first = byte()
        switch first {
        case 0xff: return UInt64.max - UInt64(byte())
        case 0xfe: return bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
        case 0xfd: return 1 << UInt64(byte() % 64)
        case 0xfc: return UInt64(Int64.max) - UInt64(byte())
        default: return UInt64(first)
        }
    }

    /// At most so many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return Array(taken)
    }

    /// Bytes with their number in front, one byte or, after 0xff, two.
    mutating func string() -> [UInt8] {
        let first = byte()
        return bytes(first == 0xff ? Int(number16()) : Int(first))
    }

    /// Everything that is left.
    mutating func remaining() -> [UInt8] { bytes(rest.count) }
}
