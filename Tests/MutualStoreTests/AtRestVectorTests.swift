import MutualCore
import MutualCrypto
import Testing

@testable import MutualStore

@Suite struct AtRestVectorTests {
    private let vectors = AtRest.vectors

    private func sealer(_ script: [UInt8] = []) -> Sealer {
        let key = bytes(AtRest.vectors.storeKey).withUnsafeBytes { SecretBytes(copying: $0) }
        return Sealer(storeKey: key, entropy: Scripted(script))
    }

    @Test(arguments: AtRest.vectors.sealed) func sealed(_ vector: AtRest.Sealed) throws {
        let sealer = sealer(bytes(try #require(vector.nonce)))
        #expect(sealer.associated(vector.table, vector.column, row: vector.row) == bytes(try #require(vector.ad)))
        let value = bytes(try #require(vector.value))
        #expect(try sealer.seal(value, vector.table, vector.column, row: vector.row) == bytes(vector.sealed))
        #expect(try sealer.open(bytes(vector.sealed), vector.table, vector.column, row: vector.row) == value)
    }

    @Test(arguments: AtRest.vectors.sealedRefused) func sealedRefused(_ vector: AtRest.Sealed) {
        let error = #expect(throws: JournalFault.self) {
            try sealer().open(bytes(vector.sealed), vector.table, vector.column, row: vector.row)
        }
        #expect(error?.reason == "damaged")
    }

    @Test(arguments: AtRest.vectors.twins) func twin(_ vector: AtRest.Twin) {
        let twin = sealer().twin(bytes(vector.value), vector.table, vector.column, person: vector.person)
        #expect(twin == bytes(vector.twin))
    }

    @Test func slotKey() {
        #expect(sealer().slotKey.exposed == bytes(vectors.slotKey))
    }

    @Test(arguments: AtRest.vectors.slots) func slot(_ vector: AtRest.Slot) throws {
        let hour = bytes(try #require(vector.hour)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(try BucketKeys.hour(ofSlot: vector.slot, bytes(vector.data), key: sealer().slotKey) == hour)
        // The same bytes are written when the same key and nonce are drawn: filled up to the slot before.
        let home = MemoryHome()
        let taken = [UInt8](repeating: 7, count: vector.slot * BucketKeys.slotSize)
        if !taken.isEmpty { try home.create(.keys, taken) }
        let sealer = sealer(bytes(try #require(vector.bucketKey)) + bytes(try #require(vector.nonce)))
        let keys = try BucketKeys(files: home, sealer: sealer) { $0 < vector.slot }
        #expect(try keys.slot(ofHour: hour) == vector.slot)
        #expect(try home.read(.keys) == taken + bytes(vector.data))
        let again = try BucketKeys(files: home, sealer: sealer) { _ in true }
        #expect(try again.key(inSlot: vector.slot).exposed == bytes(try #require(vector.bucketKey)))
    }

    @Test(arguments: AtRest.vectors.slotsRefused) func slotRefused(_ vector: AtRest.Slot) {
        let error = #expect(throws: JournalFault.self) {
            try BucketKeys.hour(ofSlot: vector.slot, bytes(vector.data), key: sealer().slotKey)
        }
        #expect(error?.reason == vector.expect)
    }

    @Test(arguments: AtRest.vectors.itemKey) func itemKey(_ vector: AtRest.ItemKey) throws {
        let sealer = sealer(bytes(vector.nonce) + bytes(vector.textNonce))
        let keyAD = sealer.associated("item", "key", row: vector.row)
        let textAD = sealer.associated("item", "text", row: vector.row)
        #expect(keyAD == bytes(vector.ad))
        #expect(textAD == bytes(vector.textAd))
        let (bucket, key) = (bytes(vector.bucketKey), bytes(vector.itemKey))
        let wrapped = try bucket.withRaw { bucket throws(JournalFault) in
            try key.withRaw { key throws(JournalFault) in try sealer.seal(key, key: bucket, ad: keyAD) }
        }
        #expect(wrapped == bytes(vector.wrapped))
        let text = Array(vector.text.utf8)
        let (sealed, opened) = try key.withRaw { key throws(JournalFault) in
            let sealed = try text.withRaw { text throws(JournalFault) in try sealer.seal(text, key: key, ad: textAD) }
            return (sealed, try Sealer.open(sealed, key: key, ad: textAD))
        }
        #expect(sealed == bytes(vector.sealedText))
        #expect(opened == text)
    }
}
