/// Every size, count and rate of protocol version 1. Units stand last in the names.
public enum Limits {
    // MARK: sizes of frames

    /// The first flight of a session, bytes (Protocol/session.md).
    public static let flight1Bytes = 64
    /// The second flight of a session, bytes (Protocol/session.md).
    public static let flight2Bytes = 48
    /// A cell on the wire, bytes (Protocol/session.md).
    public static let cellBytes = 512
    /// A cell's plaintext, bytes (Protocol/session.md).
    public static let cellPlaintextBytes = 496
    /// Data in one cell, bytes (Protocol/session.md).
    public static let cellDataBytes = 494
    /// A record, bytes (Protocol/session.md).
    public static let recordBytes = 65_536
    /// A mark, bytes (Protocol/marks.md).
    public static let markBytes = 16
    /// A datagram before its body, bytes (Protocol/discovery.md).
    public static let datagramHeaderBytes = 20
    /// The nonce of a datagram, bytes (Protocol/discovery.md).
    public static let datagramNonceBytes = 12
    /// How many marks a beacon may have (Protocol/discovery.md).
    public static let beaconCounts = [8, 24, 72]
    /// The longest datagram, bytes (Protocol/discovery.md).
    public static let datagramBytes = 20 + 16 * 72
    /// Characters of an id text (Protocol/identity.md).
    public static let idCharacters = 66
    /// Characters over which an id text is not computed with at all (Protocol/identity.md).
    public static let idMaxCharacters = 90
    /// The UDP port, and the TCP port when it is free (Protocol/discovery.md).
    public static let port: UInt16 = 7747
    /// The lowest port that is dialled because of a beacon (Protocol/discovery.md).
    public static let lowestDialledPort: UInt16 = 1_024

    // MARK: discovery

    /// Sendings a minute and interface (Protocol/discovery.md).
    public static let beaconsAMinute = 12
    /// Datagrams a second that are read from one source (Protocol/discovery.md).
    public static let datagramsASecondASource = 20
    /// Datagrams a second that are read in all (Protocol/discovery.md).
    public static let datagramsASecond = 2_000
    /// Sources of datagrams that are counted (Protocol/discovery.md).
    public static let countedSources = 1_024
    /// Checks computed for one datagram (Protocol/marks.md).
    public static let checksADatagram = 8
    /// Failed checks a second (Protocol/marks.md).
    public static let failedChecksASecond = 200
    /// Epochs to either side of the present one in which tags are known (Protocol/marks.md).
    public static let epochsAround: UInt64 = 4
    /// An epoch, seconds (Protocol/marks.md).
    public static let epochS: Int64 = 900

    // MARK: sessions

    /// Connections that are met with silence, in all (Protocol/session.md).
    public static let strangers = 64
    /// Connections that are met with silence, from one address (Protocol/session.md).
    public static let strangersAnAddress = 8
    /// Flights a minute that are read for one person (Protocol/session.md).
    public static let flightsAMinute = 30
    /// Replacements of a session a minute before a pause (Protocol/session.md).
    public static let replacementsAMinute = 5
    /// Outgoing cells that wait for one session, bytes (Protocol/session.md).
    public static let sessionQueueBytes = 262_144
    /// Cells after which a direction is given a new key (Protocol/session.md).
    public static let cellsAKey: UInt64 = 4_096
    /// How long a seen ephemeral is remembered, minutes of running time (Protocol/session.md).
    public static let ephemeralMinutes = 150

    // MARK: pairing

    /// Nameplates (Protocol/pairing.md).
    public static let nameplates: ClosedRange<UInt8> = 1...99
    /// Words of a code (Protocol/pairing.md).
    public static let codeWords = 2...4
    /// A pairing window, seconds (Protocol/pairing.md).
    public static let pairingWindowS: Int64 = 600
    /// A card, bytes (Protocol/pairing.md).
    public static let cardBytes = 256
    /// The protobuf inside a card, bytes (Protocol/pairing.md).
    public static let cardDataBytes = 254
    /// Conversations of an offerer before the first Noise message, in all (Protocol/pairing.md).
    public static let conversations = 4
    /// The same from one address (Protocol/pairing.md).
    public static let conversationsAnAddress = 2
    /// Tries of a typer in a window that do not spend the code (Protocol/pairing.md).
    public static let pairingTries = 8

    // MARK: records

    /// A record with a Hello, bytes (Protocol/records.md).
    public static let helloBytes = 4_096
    /// A name, bytes (Protocol/records.md).
    public static let nameBytes = 64
    /// Abilities in a Hello (Protocol/records.md).
    public static let abilities = 32
    /// One ability, bytes (Protocol/records.md).
    public static let abilityBytes = 32
    /// Addresses in a Hello (Protocol/records.md).
    public static let helloAddresses = 8
    /// A text, bytes (Protocol/records.md).
    public static let textBytes = 16_384
    /// A content note, bytes (Protocol/records.md).
    public static let contentNoteBytes = 80
    /// A title or a topic, bytes (Protocol/records.md).
    public static let titleBytes = 200
    /// Feelings of a check-in (Protocol/records.md).
    public static let feelings = 12
    /// One feeling, bytes (Protocol/records.md).
    public static let feelingBytes = 32
    /// Sections of a plan (Protocol/records.md).
    public static let sections = 20
    /// A seal, bytes (Protocol/records.md).
    public static let sealBytes = 64
    /// The key of a seal, bytes (Protocol/records.md).
    public static let sealKeyBytes = 32
    /// The shortest life that is accepted, seconds (Protocol/records.md).
    public static let lifeMinS: Int64 = 600
    /// The longest life, seconds: 90 days (Protocol/records.md).
    public static let lifeMaxS: Int64 = 7_776_000
    /// The life of a kind that has none of its own, seconds: 30 days (Protocol/records.md).
    public static let defaultLifeS: Int64 = 2_592_000
    /// The life of what takes an item back, seconds: 90 days (Protocol/records.md).
    public static let retractLifeS: Int64 = 7_776_000

    /// Ideas on ideas up to the top of their thread; what is further away counts as gone (Protocol/records.md).
    public static let ideasInAThread = 64
    /// Wants, or closes, of one item that are looked at, the last ones (Protocol/records.md).
    public static let answersThatDecide = 64
    /// Changed names that are told of one person in a day (Protocol/log.md).
    public static let renamesToldADay = 24

    // MARK: logs

    /// Numbers given on a session and not acked (Protocol/log.md).
    public static let unackedRecords = 256
    /// Bytes of records given on a session and not acked (Protocol/log.md).
    public static let unackedBytes = 1_048_576
    /// New Items a day from one person (Protocol/log.md).
    public static let itemsADay = 1_000
    /// Bytes of new Items a day from one person (Protocol/log.md).
    public static let bytesADay = 16_777_216
    /// New logs a day for a person (Protocol/log.md).
    public static let newLogsADay = 4
    /// Logs of a person whose positions are kept (Protocol/log.md).
    public static let rememberedLogs = 8
    /// How long the id of a taken item is kept, days (Protocol/log.md).
    public static let takenIDDays: Int64 = 120
}
