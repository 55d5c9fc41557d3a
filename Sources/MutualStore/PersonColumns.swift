import GRDB
import MutualCore
import MutualCrypto
import MutualWire

/// A row of table `person`, its log and positions, as values.
enum PersonColumns {
    /// `standing` of somebody who was unlisted and of whom something received is still here.
    static let goneStanding: Int64 = 0

    // MARK: the person

    static func pack(_ person: PersonRecord) -> [UInt8] {
        var packer = Packer(capacity: 160)
        packer.text(person.name)
        packer.string(person.key.bytes)
        packer.flag(person.nameIsProvisional)
        packer.number(person.listedMs)
        packer.flag(person.byCode)
        packer.text(person.helloName)
        packer.number(person.version)
        packer.list(person.abilities) { $0.text($1) }
        packer.list(person.helloAddresses) { $0.endpoint($1) }
        packer.list(person.usedAddresses) { $0.endpoint($1) }
        packer.list(person.givenAddresses) { $0.endpoint($1) }
        packer.flag(person.wasMutual)
        packer.number(person.partingMs)
        return packer.bytes
    }

    /// What stays of somebody who was unlisted: the name.
    static func pack(gone name: String) -> [UInt8] {
        var packer = Packer()
        packer.text(name)
        return packer.bytes
    }

    static func name(_ bytes: [UInt8]) throws(JournalFault) -> String {
        var inside = Unpacker(bytes)
        return try inside.text()
    }

    static func unpack(_ bytes: [UInt8], row: Int64, standing: Int64) throws(JournalFault) -> PersonRecord {
        var inside = Unpacker(bytes)
        let name = try inside.text()
        guard let key = PublicKey(try inside.string()), let standing = PersonRecord.Standing(rawValue: standing) else {
            throw .damaged
        }
        var person = PersonRecord(
            row: PersonRow(row), key: key, name: name, nameIsProvisional: try inside.flag(), standing: standing,
            listedMs: try inside.number(), byCode: try inside.flag())
        person.helloName = try inside.text()
        person.version = try inside.number()
        person.abilities = try inside.list { packed throws(JournalFault) in try packed.text() }
        person.helloAddresses = try inside.list { packed throws(JournalFault) in try packed.endpoint() }
        person.usedAddresses = try inside.list { packed throws(JournalFault) in try packed.endpoint() }
        person.givenAddresses = try inside.list { packed throws(JournalFault) in try packed.endpoint() }
        // Rows of the first builds end here.
        if !inside.isAtEnd {
            person.wasMutual = try inside.flag()
            person.partingMs = try inside.number()
        }
        try inside.end()
        return person
    }

    // MARK: logs

    static func pack(_ log: OutLog) -> [UInt8] {
        var packer = Packer()
        packer.fixed(log.log.bytes)
        packer.number(log.next)
        packer.number(log.first)
        packer.number(log.acked)
        packer.list(log.older) { $0.fixed($1.bytes) }
        packer.number(log.newLogDay)
        packer.number(Int64(log.newLogCount))
        return packer.bytes
    }

    static func outLog(_ bytes: [UInt8]) throws(JournalFault) -> OutLog {
        var inside = Unpacker(bytes)
        var log = OutLog(log: try inside.logID())
        log.next = try inside.number()
        log.first = try inside.number()
        log.acked = try inside.number()
        log.older = try inside.list { packed throws(JournalFault) in try packed.logID() }
        log.newLogDay = try inside.number()
        log.newLogCount = try inside.count()
        try inside.end()
        return log
    }

    static func pack(_ logs: InLogs) -> [UInt8] {
        var packer = Packer()
        packer.list(logs.positions) {
            $0.fixed($1.log.bytes)
            $0.number($1.received)
        }
        packer.number(logs.day)
        packer.number(Int64(logs.items))
        packer.number(Int64(logs.bytes))
        return packer.bytes
    }

    static func inLogs(_ bytes: [UInt8]) throws(JournalFault) -> InLogs {
        var inside = Unpacker(bytes)
        var logs = InLogs()
        logs.positions = try inside.list { packed throws(JournalFault) in
            InLogs.Position(log: try packed.logID(), received: try packed.number())
        }
        logs.day = try inside.number()
        logs.items = try inside.count()
        logs.bytes = try inside.count()
        try inside.end()
        return logs
    }
}

extension Packer {
    mutating func endpoint(_ endpoint: Endpoint) {
        string(endpoint.address.bytes)
        number(endpoint.port)
        number(endpoint.interface)
    }
}

extension Unpacker {
    mutating func endpoint() throws(JournalFault) -> Endpoint {
        guard let address = IPAddress(bytes: try string()) else { throw Self.damaged }
        return Endpoint(address: address, port: try number(), interface: try number())
    }

    /// A number of things, as `Int64` on the disk.
    mutating func count() throws(JournalFault) -> Int {
        guard let count = Int(exactly: try number(Int64.self)) else { throw Self.damaged }
        return count
    }
}
