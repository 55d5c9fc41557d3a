/// Why bytes or typed text are no message of the protocol. Each has a stable key, the one that the vectors expect.
public enum WireError: String, Error, Hashable, Sendable, CaseIterable {
    /// An id with a character outside bech32's.
    case idCharacter = "id-character"
    /// An id in mixed case.
    case idCase = "id-case"
    /// An id with another prefix, or none.
    case idPrefix = "id-prefix"
    /// An id whose checksum is wrong.
    case idChecksum = "id-checksum"
    /// An id whose padding bit is set.
    case idPadding = "id-padding"
    /// An id that has not 33 bytes, or over 90 characters.
    case idLength = "id-length"
    /// An id of an unknown version.
    case idVersion = "id-version"
    /// An id whose key is 2^255 - 19 or more, or has its top bit set.
    case idNotCanonical = "id-not-canonical"
    /// An id whose key is of low order.
    case idLowOrder = "id-low-order"
    /// One's own id.
    case idOwn = "id-own"

    /// A datagram of another length.
    case datagramLength = "datagram-length"
    /// A datagram that does not begin with MU.
    case datagramMagic = "datagram-magic"
    /// A datagram of another version.
    case datagramVersion = "datagram-version"
    /// A datagram of an unknown type.
    case datagramType = "datagram-type"
    /// A datagram with a count that its type has not.
    case datagramCount = "datagram-count"
    /// A datagram whose byte 7 is not 0.
    case datagramReserved = "datagram-reserved"
    /// A datagram whose nameplate is not 1 ... 99.
    case datagramNameplate = "datagram-nameplate"
    /// A query with a port, or an offer or a beacon without one.
    case datagramPort = "datagram-port"

    /// A cell of another size.
    case cellSize = "cell-size"
    /// A cell that says more than 494 bytes.
    case cellLength = "cell-length"
    /// A cell that says `more` and is not full.
    case cellMore = "cell-more"
    /// A cell whose padding is not zero.
    case cellPadding = "cell-padding"
    /// A cell without data.
    case cellEmpty = "cell-empty"
    /// A record over 65,536 bytes.
    case recordLong = "record-long"

    /// A code that is not a number and words.
    case codeShape = "code-shape"
    /// A code whose nameplate is not 1 ... 99.
    case codeNameplate = "code-nameplate"
    /// A code with a word that the list has not.
    case codeWord = "code-word"
    /// A code that has not 2, 3 or 4 words.
    case codeCount = "code-count"

    /// A pairing message of another length.
    case pairLength = "pair-length"
    /// A first pairing message of another version.
    case pairVersion = "pair-version"
    /// A card that is not laid out as said.
    case pairCard = "pair-card"

    /// No protobuf of this schema, or text that is not UTF-8.
    case recordParse = "record-parse"
    /// An id or a log that is not 16 bytes, a number that is 0.
    case recordField = "record-field"
    /// A Hello that breaks a limit.
    case helloLimit = "hello-limit"
    /// An Answer in a session, or a session's record in pairing.
    case answerHere = "answer-here"

    /// A text over its limit.
    case itemText = "item-text"
    /// A control character.
    case itemControl = "item-control"
    /// A text, choice or part that this kind needs is not there.
    case itemMissing = "item-missing"
    /// Too many feelings or sections.
    case itemMany = "item-many"
    /// A life that is not 1 ... 7,776,000 seconds.
    case itemLife = "item-life"
    /// `re`, seal or key of another length.
    case itemBytes = "item-bytes"
    /// This kind answers something.
    case itemRe = "item-re"
    /// This kind answers nothing.
    case itemNoRe = "item-no-re"
    /// A script in an exchange.
    case itemAuto = "item-auto"
    /// A scope, which version 1 has not.
    case itemScope = "item-scope"

    /// The stable key.
    public var code: String { rawValue }
}
