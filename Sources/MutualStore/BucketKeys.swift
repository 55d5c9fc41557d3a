import MutualCore
import MutualCrypto

/// The file `keys`: one key for all items whose life ends in the same hour, in slots of 128 bytes `[storage]`.
///
/// What the file holds is held here too, still sealed; a few keys that are in use are open in guarded memory.
final class BucketKeys {
    private static let slotSize = SlotKey.slotByteCount
    /// Open keys at a time; each takes four pages.
    private static let openKeys = 32

    /// A slot as it stands in the file, and the hour in it.
    private struct Bucket {
        var hour: UInt64
        var data: [UInt8]
    }

    private let files: any HomeFiles
    private let sealer: Sealer
    private var buckets: [Int: Bucket] = [:]
    private var slotOfHour: [UInt64: Int] = [:]
    private var open: [Int: BucketKey] = [:]
    /// Slots in the file, whole ones.
    private(set) var slotCount = 0
    /// Slots below `slotCount` that hold no key.
    private var free = SortedRows()

    /// Reads the file and, if it may write, overwrites what no row names, also where no key is found any more: what was
    /// written over it may not have reached the disk. A named slot that does not open is found when it is used.
    init(
        files: any HomeFiles, sealer: Sealer, mayWrite: Bool = true, isNamed: (Int) -> Bool
    ) throws(JournalFault) {
        self.files = files
        self.sealer = sealer
        let bytes = try files.read(.keys) ?? []
        slotCount = (bytes.count + Self.slotSize - 1) / Self.slotSize
        var unnamed: [Int] = []
        for slot in 0..<slotCount {
            let end = min(bytes.count, (slot + 1) * Self.slotSize)
            let data = Array(bytes[slot * Self.slotSize..<end])
            guard let hour = try? sealer.slotKey.hour(data, slot: UInt64(slot)) else {
                if !isNamed(slot) { unnamed.append(slot) }
                continue
            }
            buckets[slot] = Bucket(hour: hour, data: data)
            if isNamed(slot) { slotOfHour[hour] = slot } else { unnamed.append(slot) }
        }
        if mayWrite { try overwrite(unnamed) }
    }

    /// The slot of this hour's key; made, written and synced first where there is none.
    func slot(ofHour hour: UInt64) throws(JournalFault) -> Int {
        if let slot = slotOfHour[hour] { return slot }
        return try makeSlot(ofHour: hour)
    }

    /// A new key for this hour in a slot of its own; what names the one before is to be wrapped anew.
    func makeSlot(ofHour hour: UInt64) throws(JournalFault) -> Int {
        let slot = free.rows.first.map { Int($0) } ?? slotCount
        let key = BucketKey(sealer.entropy.secret(BucketKey.byteCount))
        let data = sealer.slotKey.seal(key, hour: hour, slot: UInt64(slot), nonce: sealer.nonce())
        try files.write(data, to: .keys, at: slot * Self.slotSize)
        try files.sync(.keys)
        free.remove(Int64(slot))
        slotCount = max(slotCount, slot + 1)
        buckets[slot] = Bucket(hour: hour, data: data)
        slotOfHour[hour] = slot
        keep(key, slot)
        return slot
    }

    /// The key in a slot; throws `damaged` when none is there.
    func key(inSlot slot: Int) throws(JournalFault) -> BucketKey {
        if let key = open[slot] { return key }
        guard let bucket = buckets[slot] else { throw .damaged }
        let (key, _) = try JournalFault.opening { () throws(CryptoError) in
            try sealer.slotKey.open(bucket.data, slot: UInt64(slot))
        }
        keep(key, slot)
        return key
    }

    private func keep(_ key: BucketKey, _ slot: Int) {
        if open.count >= Self.openKeys { open = [:] }
        open[slot] = key
    }

    /// Overwrites slots with random bytes, synced once: what their keys had wrapped is gone.
    func overwrite(_ slots: [Int]) throws(JournalFault) {
        guard !slots.isEmpty else { return }
        for slot in slots {
            open[slot] = nil
            if let bucket = buckets[slot], slotOfHour[bucket.hour] == slot { slotOfHour[bucket.hour] = nil }
            try files.write(sealer.entropy.bytes(Self.slotSize), to: .keys, at: slot * Self.slotSize)
        }
        try files.sync(.keys)
        for slot in slots {
            buckets[slot] = nil
            free.insert(Int64(slot))
        }
    }
}
