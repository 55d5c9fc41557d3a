import GRDB
import MutualCore
import MutualCrypto

/// Reading single rows, inside a turn and outside.
extension Store {
    /// All who are not unlisted, in the order of their rows.
    func people() throws(JournalFault) -> [PersonRecord] {
        try reading { db throws(JournalFault) in
            let rows = try JournalFault.wrap {
                try Row.fetchAll(
                    db.cachedStatement(sql: "SELECT row, standing, record FROM person WHERE standing > 0 ORDER BY row"))
            }
            var people: [PersonRecord] = []
            for row in rows {
                let number = try row.int(0)
                if let known = try soft({ loaded throws(JournalFault) in loaded.people[number] }) {
                    people.append(known)
                    continue
                }
                let inside = try sealer.open(try row.blob(2), "person", "record", row: number)
                let person = try PersonColumns.unpack(inside, row: number, standing: try row.int(1))
                try soft { loaded throws(JournalFault) in loaded.people[number] = person }
                people.append(person)
            }
            return people
        }
    }

    /// Somebody who is not unlisted; throws `damaged` for a row that is not there.
    func person(_ number: Int64) throws(JournalFault) -> PersonRecord {
        if let known = try soft({ loaded throws(JournalFault) in loaded.people[number] }) { return known }
        guard let person = try people().first(where: { $0.row.number == number }) else { throw .damaged }
        return person
    }

    /// The name of anybody whose row is here, and the key of those who are not unlisted.
    func nameAndKey(_ number: Int64) throws(JournalFault) -> (name: String, key: PublicKey?) {
        if let known = try soft({ loaded throws(JournalFault) in loaded.people[number] }) {
            return (known.name, known.key)
        }
        return try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT standing, record FROM person WHERE row = ?"), arguments: [number])
            }
            guard let row else { throw .damaged }
            let inside = try sealer.open(try row.blob(1), "person", "record", row: number)
            let standing = try row.int(0)
            if standing == PersonColumns.goneStanding { return (try PersonColumns.name(inside), nil) }
            let person = try PersonColumns.unpack(inside, row: number, standing: standing)
            return (person.name, person.key)
        }
    }

    /// An item's row, nil when it is gone.
    func readItem(_ number: Int64) throws(JournalFault) -> ItemColumns.Item? {
        try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT \(ItemColumns.list) FROM item WHERE row = ?"), arguments: [number])
            }
            return try row.map { row throws(JournalFault) in try ItemColumns.read(row, sealer) }
        }
    }

    /// The content of an item, nil when it is erased or the row is gone.
    func content(_ number: Int64) throws(JournalFault) -> [UInt8]? { try underItemKey("text", number) }

    /// What belongs to an item and stays here, nil when there is none.
    func own(_ number: Int64) throws(JournalFault) -> [UInt8]? { try underItemKey("own", number) }

    /// A column that is sealed under the item's key; nil when nothing stands there.
    private func underItemKey(_ column: String, _ number: Int64) throws(JournalFault) -> [UInt8]? {
        try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT slot, key, \(column) FROM item WHERE row = ?"),
                    arguments: [number])
            }
            guard let row, let slot = try row.optionalInt(0), !row.hasNull(atIndex: 2) else { return nil }
            let value = try row.blob(2)
            let ad = sealer.associated("item", column, row: number)
            return try withItemKey(wrapped: try row.blob(1), slot: slot, row: number) { key throws(CryptoError) in
                try key.open(value, ad: ad)
            }
        }
    }

    /// A value sealed under the key of an item, for a column of its row; nil when the item is erased or gone.
    func sealUnderItemKey(_ value: [UInt8], _ column: String, _ number: Int64) throws(JournalFault) -> [UInt8]? {
        try reading { db throws(JournalFault) in
            let row = try JournalFault.wrap {
                try Row.fetchOne(
                    db.cachedStatement(sql: "SELECT slot, key FROM item WHERE row = ?"), arguments: [number])
            }
            guard let row, let slot = try row.optionalInt(0) else { return nil }
            let ad = sealer.associated("item", column, row: number)
            return try withItemKey(wrapped: try row.blob(1), slot: slot, row: number) { key in
                key.seal(nonce: sealer.nonce(), value: value, ad: ad)
            }
        }
    }

    /// Opens the key of an item for the length of one call.
    private func withItemKey<R>(
        wrapped: [UInt8], slot: Int64, row: Int64, _ body: (borrowing ItemKey) throws(CryptoError) -> R
    ) throws(JournalFault) -> R {
        guard let place = Int(exactly: slot) else { throw .damaged }
        let bucket = try soft { loaded throws(JournalFault) in try loaded.buckets.key(inSlot: place) }
        let ad = sealer.associated("item", "key", row: row)
        return try JournalFault.opening { () throws(CryptoError) in
            try bucket.withItemKey(wrapped: wrapped, ad: ad, body)
        }
    }

    /// Wraps the key of a row for another hour's bucket; gives the slot that it is to name.
    func move(row number: Int64, from slot: Int, toHour hour: UInt64) throws(JournalFault) -> Int {
        let db = try database()
        let buckets = try soft { loaded throws(JournalFault) in loaded.buckets }
        let fresh = try buckets.slot(ofHour: hour)
        let found = try JournalFault.wrap {
            try Row.fetchOne(db.cachedStatement(sql: "SELECT key FROM item WHERE row = ?"), arguments: [number])
        }
        guard let found else { throw .damaged }
        let wrapped = try rewrap(try found.blob(0), row: number, from: slot, to: fresh, buckets)
        try JournalFault.wrap {
            try db.cachedStatement(sql: "UPDATE item SET key = ?, slot = ? WHERE row = ?")
                .execute(arguments: [wrapped.data, fresh, number])
        }
        return fresh
    }

    /// The same item key under another bucket's.
    func rewrap(
        _ wrapped: [UInt8], row: Int64, from: Int, to: Int, _ buckets: BucketKeys
    ) throws(JournalFault) -> [UInt8] {
        let (old, new) = (try buckets.key(inSlot: from), try buckets.key(inSlot: to))
        let ad = sealer.associated("item", "key", row: row)
        return try JournalFault.opening { () throws(CryptoError) in
            try old.rewrap(wrapped, ad: ad, under: new, nonce: sealer.nonce())
        }
    }
}
