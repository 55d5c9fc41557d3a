import MutualCore
import Testing

@testable import MutualCrypto
@testable import MutualStore

@Suite struct AtRestVectorTests {
    private func sealer(_ script: [UInt8] = []) -> Sealer {
        let key = bytes(AtRest.vectors.storeKey).withUnsafeBytes { SecretBytes(copying: $0) }
        return Sealer(storeKey: key, entropy: Scripted(script))
    }

    @Test(arguments: AtRest.vectors.sealed) func sealed(_ vector: AtRest.Sealed) throws {
        let sealer = sealer(bytes(try #require(vector.nonce)))
        #expect(sealer.associated(vector.table, vector.column, row: vector.row) == bytes(try #require(vector.ad)))
        let value = bytes(try #require(vector.value))
        #expect(sealer.seal(value, vector.table, vector.column, row: vector.row) == bytes(vector.sealed))
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

    @Test(arguments: AtRest.vectors.slots) func slot(_ vector: AtRest.Slot) throws {
        let hour = bytes(try #require(vector.hour)).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // The same bytes are written when the same key and nonce are drawn: filled up to the slot before.
        let home = MemoryHome()
        let taken = [UInt8](repeating: 7, count: vector.slot * SlotKey.slotByteCount)
        if !taken.isEmpty { try home.create(.keys, taken) }
        let sealer = sealer(bytes(try #require(vector.bucketKey)) + bytes(try #require(vector.nonce)))
        let keys = try BucketKeys(files: home, sealer: sealer) { $0 < vector.slot }
        #expect(try keys.slot(ofHour: hour) == vector.slot)
        #expect(try home.read(.keys) == taken + bytes(vector.data))
        let again = try BucketKeys(files: home, sealer: sealer) { _ in true }
        #expect(try again.key(inSlot: vector.slot).secret.exposed == bytes(try #require(vector.bucketKey)))
    }

    @Test(arguments: AtRest.vectors.slotsRefused) func slotRefused(_ vector: AtRest.Slot) throws {
        let home = MemoryHome()
        let taken = [UInt8](repeating: 7, count: vector.slot * SlotKey.slotByteCount)
        try home.create(.keys, taken + bytes(vector.data))
        let keys = try BucketKeys(files: home, sealer: sealer()) { _ in true }
        let error = #expect(throws: JournalFault.self) { try keys.key(inSlot: vector.slot) }
        #expect(error?.reason == "damaged")
    }

    @Test(arguments: AtRest.vectors.itemKey) func placeOfAnItemsKeyAndText(_ vector: AtRest.ItemKey) {
        let sealer = sealer()
        #expect(sealer.associated("item", "key", row: vector.row) == bytes(vector.ad))
        #expect(sealer.associated("item", "text", row: vector.row) == bytes(vector.textAd))
    }
}
