import Foundation
import MutualCore
import MutualCrypto
import MutualWire
import TestSupport
import Testing

@testable import MutualStore

/// Letters that occur nowhere by chance.
private func randomText() -> String {
    var entropy = SystemEntropy()
    return String((0..<16).map { _ in Character(UnicodeScalar(UInt8(97 + entropy.below(26)))) })
}

private struct SystemEntropy: Entropy {
    mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) { SystemRandom.fill(buffer) }
}

/// Wrapped key and sealed text of a row, as they stand in the file.
private func sealedColumns(_ store: Store, _ row: ItemRow) throws -> (slot: Int, key: [UInt8], text: [UInt8]) {
    try store.turn { journal throws(JournalFault) in
        guard let found = try journal.row("SELECT slot, key, text FROM item WHERE row = ?", [row.number]),
            let slot = Int(exactly: try found.int(0))
        else { throw JournalFault("damaged") }
        return (slot, try found.blob(1), try found.blob(2))
    }
}

/// Whether a wrapped key and its text open with what the file `keys` holds now: with every slot, by the store key.
private func opens(_ columns: (slot: Int, key: [UInt8], text: [UInt8]), _ row: ItemRow, keys: [UInt8]) throws -> Bool {
    let home = MemoryHome()
    try home.create(.keys, keys)
    let sealer = Sealer(storeKey: storeKey(), entropy: Seeded("search"))
    let buckets = try BucketKeys(files: home, sealer: sealer) { _ in true }
    for slot in 0..<buckets.slotCount {
        guard let bucket = try? buckets.key(inSlot: slot) else { continue }
        let ad = sealer.associated("item", "key", row: row.number)
        if (try? bucket.withItemKey(wrapped: columns.key, ad: ad) { _ in }) != nil { return true }
    }
    return false
}

@Suite struct ErasureTests {
    @Test func nothingReadableIsOnTheDisk() throws {
        let folder = try Folder()
        let store = try folder.open()
        let (text, name, secret) = (randomText(), randomText(), randomText())
        let row = try list(1, in: store, name: name)
        var record = item(1, row, mine: false)
        record.re = itemID(77)
        let stored = try insert(record, text, in: store)
        try store.turn { journal throws(JournalFault) in
            try journal.setSetting(secret, Array(secret.utf8))
            try journal.remember(
                IdempotencyKey(key: secret, parameters: Array(text.utf8)), result: Array(secret.utf8), atMs: startMs)
            var event = EventBody(.itemArrived, person: publicKey(1), item: itemID(1))
            event.how = secret
            _ = try journal.append(event, atMs: startMs)
            try journal.acknowledge(consumer: secret, seq: 1, atMs: startMs)
            try journal.remember(ephemeral: Array(secret.utf8), runningMs: 5)
        }
        let needles = [
            Array(text.utf8), Array(name.utf8), Array(secret.utf8), publicKey(1).bytes, itemID(1).bytes,
            itemID(77).bytes, logID(1).bytes, Array(itemID(1).text.utf8), Array(stored.handle.utf8) + [0],
        ]
        func search() throws {
            let files = try folder.contents()
            #expect(Set(files.keys).isSuperset(of: ["mutual.db", "keys"]))
            for (file, data) in files {
                for (index, needle) in needles.enumerated() { #expect(!data.contains(needle), "\(index) in \(file)") }
            }
        }
        #expect(try folder.contents()["mutual.db-wal"]?.isEmpty == false)
        try search()
        try store.housekeeping()
        try search()
        // That the search finds what is there: the same bytes in a file of their own.
        try Data(Array(text.utf8)).write(to: URL(fileURLWithPath: folder.path + "/note"))
        #expect(try folder.contents()["note"]?.contains(needles[0]) == true)
    }

    @Test func whatIsErasedEarlyIsBeyondTheStoreKey() throws {
        let folder = try Folder()
        let store = try folder.open()
        let row = try list(1, in: store)
        let stays = try insert(item(1, row, mine: true), "stays", in: store)
        let goes = try insert(item(2, row, mine: true), "goes", in: store)
        let other = try insert(item(3, row, mine: true, lifeMs: 5 * dayMs), "another hour", in: store)
        let before = try sealedColumns(store, goes.row)
        let (neighbour, elsewhere) = (try sealedColumns(store, stays.row), try sealedColumns(store, other.row))
        #expect(before.slot == neighbour.slot)
        #expect(try opens(before, goes.row, keys: #require(try folder.contents()["keys"])))
        try store.turn { journal throws(JournalFault) in try journal.eraseContent(goes.row) }
        // At once, without housekeeping: with the file `keys` as it is, the old pages do not open.
        let keys = try #require(try folder.contents()["keys"])
        #expect(try !opens(before, goes.row, keys: keys))
        #expect(try !opens(neighbour, stays.row, keys: keys))
        #expect(try opens(elsewhere, other.row, keys: keys))
        #expect(try sealedColumns(store, stays.row).slot != neighbour.slot)
        for store in [store, try folder.open("b")] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.content(stays.row) == Array("stays".utf8))
                #expect(try journal.content(other.row) == Array("another hour".utf8))
                #expect(try journal.content(goes.row) == nil)
                #expect(try journal.item(goes.row)?.erased == true)
            }
        }
        #expect(store.needsCheckpoint)
        try store.housekeeping()
        #expect(!store.needsCheckpoint)
        #expect(try folder.contents()["mutual.db-wal"]?.isEmpty == true)
    }

    /// What stands with an item is written anew: what stood there before opens with nothing, also on old pages.
    @Test func whatStoodWithAnItemIsBeyondTheStoreKey() throws {
        let folder = try Folder()
        let store = try folder.open()
        let row = try list(1, in: store)
        let stays = try insert(item(1, row, mine: true), "stays", in: store)
        let sealed = try insert(item(2, row, mine: true), "a seal", in: store)
        try store.turn { journal throws(JournalFault) in try journal.setOwn(Array("words".utf8), of: sealed.row) }
        let before = try sealedColumns(store, sealed.row)
        #expect(try opens(before, sealed.row, keys: #require(try folder.contents()["keys"])))
        try store.turn { journal throws(JournalFault) in try journal.setOwn(Array("after".utf8), of: sealed.row) }
        let after = try sealedColumns(store, sealed.row)
        let keys = try #require(try folder.contents()["keys"])
        #expect(try !opens(before, sealed.row, keys: keys))
        #expect(try opens(after, sealed.row, keys: keys))
        // The key of the item itself is another one: the old words do not open with the new wrapping either.
        #expect(before.text != after.text)
        for store in [store, try folder.open("b")] {
            try store.turn { journal throws(JournalFault) in
                #expect(try journal.own(sealed.row) == Array("after".utf8))
                #expect(try journal.content(sealed.row) == Array("a seal".utf8))
                #expect(try journal.content(stays.row) == Array("stays".utf8))
            }
        }
        #expect(store.needsCheckpoint)
    }

    @Test func whatRanOutGoesWithItsBucket() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        let first = try insert(item(1, row, mine: false, lifeMs: 1_000), "one", in: store)
        let second = try insert(item(2, row, mine: false, lifeMs: 2_000), "two", in: store)
        let (a, b) = (try sealedColumns(store, first.row), try sealedColumns(store, second.row))
        #expect(a.slot == b.slot)
        func sweep(_ atMs: Int64) throws {
            try store.turn { journal throws(JournalFault) in
                for record in try journal.expired(atMs: atMs, limit: 99) { try journal.eraseContent(record.row) }
            }
        }
        try sweep(startMs + 1_000)
        // The rest of the bucket stays as it is: no row is wrapped anew because another one's hour is near.
        #expect(try sealedColumns(store, second.row) == b)
        try sweep(startMs + 2_000)
        let keys = try #require(try world.home.read(.keys))
        #expect(try !opens(a, first.row, keys: keys))
        #expect(try !opens(b, second.row, keys: keys))
        // The slot is used again.
        let third = try insert(item(3, row, mine: true, lifeMs: 9 * dayMs), in: store)
        #expect(try sealedColumns(store, third.row).slot == a.slot)
    }

    @Test func whatIsKeptMovesToItsOwnBucket() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        var jar = try insert(item(1, row, mine: false), "kind words", in: store)
        let before = try sealedColumns(store, jar.row)
        jar.kept = true
        let kept = jar
        try store.turn { journal throws(JournalFault) in try journal.update(kept) }
        #expect(try sealedColumns(store, jar.row).slot != before.slot)
        #expect(try !opens(before, jar.row, keys: #require(try world.home.read(.keys))))
        #expect(try world.open().itemDetail(jar.row, nowMs: startMs + 400 * dayMs)?.content == Array("kind words".utf8))
        try store.turn { journal throws(JournalFault) in
            #expect(try journal.expired(atMs: Int64.max, limit: 9).isEmpty)
            #expect(try journal.nextExpiryMs() == nil)
        }
        let after = try sealedColumns(store, jar.row)
        try store.turn { journal throws(JournalFault) in try journal.removeItem(kept.row) }
        #expect(try !opens(after, jar.row, keys: #require(try world.home.read(.keys))))
    }

    /// All that is kept shares one bucket: what is taken back out of it is gone at once, and the rest stays.
    @Test func whatIsTakenBackFromTheJarIsBeyondTheStoreKey() throws {
        let folder = try Folder()
        let store = try folder.open()
        let row = try list(1, in: store)
        let text = randomText()
        var jar = [try insert(item(1, row, mine: false), text, in: store)]
        jar.append(try insert(item(2, row, mine: false, lifeMs: 5 * dayMs), "stays", in: store))
        for index in jar.indices {
            jar[index].kept = true
            let kept = jar[index]
            try store.turn { journal throws(JournalFault) in try journal.update(kept) }
        }
        let before = try sealedColumns(store, jar[0].row)
        #expect(try sealedColumns(store, jar[1].row).slot == before.slot)
        #expect(try opens(before, jar[0].row, keys: #require(try folder.contents()["keys"])))
        #expect(try store.jar(limit: 9).map(\.record.id) == [itemID(1), itemID(2)])
        // As a retract does it.
        var gone = jar[0]
        gone.kept = false
        gone.state = .takenBack
        let taken = gone
        try store.turn { journal throws(JournalFault) in
            try journal.eraseContent(taken.row)
            try journal.update(taken)
        }
        #expect(try !opens(before, jar[0].row, keys: #require(try folder.contents()["keys"])))
        for store in [store, try folder.open("b")] {
            #expect(try store.jar(limit: 9).map(\.content) == [Array("stays".utf8)])
        }
        try store.housekeeping()
        for (name, data) in try folder.contents() { #expect(!data.contains(Array(text.utf8)), "\(name)") }
    }

    /// The turn is committed, and then the disk fails before the old slot is overwritten.
    @Test func anErasureThatWasCutOffIsFinishedAtTheNextStart() throws {
        // Calls of the turn: write and sync of the new slot, commit, write and sync over the old one.
        for calls in 0..<5 {
            let world = World()
            let store = try world.open()
            let row = try list(1, in: store)
            let stays = try insert(item(1, row, mine: true), "stays", in: store)
            let goes = try insert(item(2, row, mine: true), "goes", in: store)
            let before = try sealedColumns(store, goes.row)
            (world.home.fault, world.home.callsBeforeFault) = (JournalFault("io"), calls)
            #expect(throws: JournalFault.self) {
                try store.turn { journal throws(JournalFault) in try journal.eraseContent(goes.row) }
            }
            world.home.fault = nil
            world.home.cutPower()
            for store in [try world.open(), store] {
                try store.turn { journal throws(JournalFault) in
                    #expect(try journal.content(stays.row) == Array("stays".utf8))
                    #expect(try (journal.content(goes.row) == nil) == (calls >= 3))
                }
            }
            let open = try opens(before, goes.row, keys: #require(try world.home.read(.keys)))
            #expect(open == (calls < 3), "\(calls)")
        }
    }

    /// The old slot was written over, and then the disk failed to take it: what stands in the file is not what outlives
    /// the power. Found by the simulator as `beyond-reach`.
    @Test func anErasureThatDidNotReachTheDiskIsFinishedBeforeAnythingElse() throws {
        let world = World()
        let store = try world.open()
        let row = try list(1, in: store)
        try insert(item(1, row, mine: true), "stays", in: store)
        let goes = try insert(item(2, row, mine: true), "goes", in: store)
        let before = try sealedColumns(store, goes.row)
        (world.home.fault, world.home.callsBeforeFault) = (JournalFault("io"), 4)
        #expect(throws: JournalFault.self) {
            try store.turn { journal throws(JournalFault) in try journal.eraseContent(goes.row) }
        }
        world.home.fault = nil
        #expect(try !opens(before, goes.row, keys: #require(try world.home.read(.keys))))
        #expect(try opens(before, goes.row, keys: #require(world.home.synced(.keys))))
        try store.turn { _ throws(JournalFault) in }
        #expect(try !opens(before, goes.row, keys: #require(world.home.synced(.keys))))
    }

    @Test func slotsThatNoRowNamesAreOverwrittenAtStart() throws {
        let home = MemoryHome()
        let sealer = Sealer(storeKey: storeKey(), entropy: Seeded("a"))
        let buckets = try BucketKeys(files: home, sealer: sealer) { _ in true }
        for hour in UInt64(1)...3 { _ = try buckets.slot(ofHour: hour) }
        let before = try #require(try home.read(.keys))
        _ = try BucketKeys(files: home, sealer: sealer) { $0 == 1 }
        let after = try #require(try home.read(.keys))
        #expect(after.count == before.count)
        #expect(after[128..<256] == before[128..<256])
        for slot in [0, 2] {
            let data = Array(after[slot * 128..<(slot + 1) * 128])
            #expect((try? sealer.slotKey.hour(data, slot: UInt64(slot))) == nil)
        }
        // A file that ends within a slot: the rest is written over when it is needed.
        let torn = MemoryHome()
        try torn.create(.keys, Array(before.prefix(300)))
        let again = try BucketKeys(files: torn, sealer: sealer) { $0 < 2 }
        #expect(again.slotCount == 3)
        #expect(try again.slot(ofHour: 9) == 2)
        #expect(try torn.read(.keys)?.count == 384)
    }
}

@Suite struct FullDiskTests {
    /// A small file system of its own; nil where it may not be mounted.
    private static func mount(_ path: String) -> Bool {
        let words = ["/bin/mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", path]
        return Spawn.run(words, environment: [:]) == 0
    }

    private static func unmount(_ path: String) { Spawn.run(["/bin/umount", path], environment: [:]) }

    private static let mayMount: Bool = {
        guard let folder = try? Folder() else { return false }
        guard mount(folder.path) else { return false }
        unmount(folder.path)
        return true
    }()

    @Test(.enabled(if: mayMount, "mounting is not permitted here"))
    func aFullDiskIsAFaultAndNothingIsLost() throws {
        let folder = try Folder()
        try #require(Self.mount(folder.path))
        defer { Self.unmount(folder.path) }
        let store = try folder.open()
        let row = try list(1, in: store)
        let text = [UInt8](repeating: 65, count: 16_384)
        var stored: [ItemRecord] = []
        var reason: String?
        for number in 0..<1_000 where reason == nil {
            do {
                stored.append(
                    try store.turn { journal throws(JournalFault) in
                        try journal.insert(item(number, row, mine: true), content: text)
                    })
            } catch {
                reason = error.reason
            }
        }
        #expect(reason == "disk-full")
        #expect(stored.count > 10)
        for record in stored { #expect(try store.itemDetail(record.row, nowMs: startMs)?.content == text) }
        #expect(try store.outbox(limit: 2_000, nowMs: startMs).count == stored.count)
        #expect(try store.pragma("quick_check") == "ok")
        // A place that is given up makes room again: removed rows' pages are used anew.
        let gone = Array(stored.prefix(stored.count / 2))
        for record in gone {
            do {
                try store.turn { journal throws(JournalFault) in try journal.removeItem(record.row) }
            } catch {
                #expect(error.reason == "disk-full")
                try? store.housekeeping()
            }
        }
        try store.close()
        let again = try folder.open("b")
        #expect(try again.peopleList().count == 1)
        #expect(try again.itemDetail(stored[stored.count - 1].row, nowMs: startMs)?.content == text)
    }
}
