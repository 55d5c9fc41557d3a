import MutualCrypto
import MutualWire

func fuzzDatagram(_ input: [UInt8]) throws {
    guard let datagram = try? Datagram.parse(input) else { return }
    try hold(datagram.encode() == input, "a datagram that is read is the one that would be written")
    try hold(input.count <= Limits.datagramBytes, "no datagram is longer than the longest")
    switch datagram {
    case .beacon(let beacon):
        try hold(Limits.beaconCounts.contains(beacon.marks.count) && beacon.port != 0, "a beacon has 8, 24 or 72 marks")
        try hold(beacon.nonce.count == Limits.datagramNonceBytes, "a nonce has 12 bytes")
    case .offer(let offer):
        try hold(Limits.nameplates.contains(offer.nameplate) && offer.port != 0, "an offer has a nameplate and a port")
    case .query(let query):
        try hold(Limits.nameplates.contains(query.nameplate), "a query has a nameplate")
    }
}

func fuzzRecord(_ input: [UInt8]) throws {
    guard let record = try? Record.parse(input) else {
        try hold((try? Record.parse(input, in: .session)) == nil, "no place makes a record of what is none")
        return
    }
    try hold(input.count <= Limits.recordBytes, "no record is longer than the longest")
    let encoded = record.encode()
    let again = try? Record.parse(encoded)
    let fault: WireError? = if case .item(let item) = record { item.fault } else { nil }
    if fault == nil {
        try hold(again == record, "a record that is written again is the same")
        try hold(again?.encode() == encoded, "and its bytes are the same")
        try hold(encoded.count <= input.count, "nobody writes it longer: \(encoded.count) of \(input.count)")
    }
    let places = [Record.Place.session, .pairing].filter { (try? Record.parse(input, in: $0)) != nil }
    switch record {
    case .answer: try hold(places == [.pairing], "an answer belongs into a pairing")
    case .unknown: try hold(places.count == 2, "what is unknown is passed over everywhere")
    default: try hold(places == [.session], "everything else belongs into a session")
    }
    try hold(encoded.isEmpty || assembled(Cells.cut(record: encoded)) == encoded, "cells bring back what was cut")
    switch record {
    case .hello(let hello): try check(hello)
    case .item(let item): try check(item)
    default: break
    }
}

private func assembled(_ cells: [[UInt8]]) -> [UInt8]? {
    var assembler = RecordAssembler()
    var records = cells.compactMap { try? assembler.take($0) }
    return records.count == 1 ? records.removeFirst() : nil
}

private func check(_ hello: Hello) throws {
    try hold(hello.version > 0 && hello.first > 0 && hello.first <= hello.next, "the numbers of a Hello are in order")
    try hold(hello.peerLog != nil || hello.received == 0, "nothing is received of no log")
    try hold(hello.name.utf8.count <= Limits.nameBytes, "a name has its limit")
    try hold(
        hello.name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "a name controls nothing")
    try hold(hello.abilities.count <= Limits.abilities, "abilities have their limit")
    try hold(hello.addresses.count <= Limits.helloAddresses, "addresses have their limit")
    try hold(hello.addresses.allSatisfy { $0.port != 0 }, "an address has a port")
}

private func check(_ item: Item) throws {
    try hold(item.seq > 0, "an item has a number")
    let kept = Item(stored: item.stored())
    try hold(kept != nil, "what the store was given can be read")
    guard item.fault == nil, var kept else { return }
    try hold(kept.check() == nil || kept.check() == .recordLong, "who was not refused would be let out again")
    kept.seq = item.seq
    kept.leftS = item.leftS
    try hold(kept == item, "the store loses nothing")
    try hold(kept.stored() == item.stored(), "and writes the same bytes again")
    try hold(item.about.utf8.count <= Limits.contentNoteBytes, "a content note has its limit")
    try hold(item.content.text.utf8.count <= Limits.textBytes, "a text has its limit")
    try hold(1...Limits.lifeMaxS ~= Int64(item.leftS), "a life has its limits")
    try hold(item.content.tidied.tidied == item.content.tidied, "what is tidy stays as it is")
    if case .exchange = item.content { return }
    try hold(!item.content.tidied.text.utf8.contains(13), "no carriage return is left")
}
